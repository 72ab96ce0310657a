from dataclasses import replace
from threading import Event

import pytest

from mediation_desk.domain.roster_problem import RosterPerson, RosterPost
from mediation_desk.domain.roster_value import shortages
from mediation_desk.solver import relief as reliefs
from mediation_desk.solver.model import CannotSolve
from mediation_desk.solver.relief import Relief, ReliefKind, certain_shortages, what_would_help
from mediation_desk.solver.roster import least_shortage, solve_roster
from tests.solver.brute_force import every_roster, tiny_problem
from tests.solver.instances import Size, roster_problem, small_problem


def test_the_cause_is_named_first() -> None:
    problem = small_problem()
    people = tuple(replace(each, unit=unit) for each, unit in zip(problem.people, "甲乙乙", strict=True))
    needs = dict.fromkeys(problem.needs, 2)
    clashing = replace(problem, people=people, needs=needs, clashes=frozenset({frozenset("甲乙")}))
    found = what_would_help(clashing, solve_roster(clashing))
    assert [relief.words for relief in found] == [
        "取消单位互斥→缺0",
        "允许同单位的人同时当班→缺0",
        "增加1名人员（调解岗）→缺0",
    ]


def test_caps_that_are_too_low_are_found() -> None:
    problem = small_problem()
    few = replace(problem, people=tuple(replace(each, week_cap=1) for each in problem.people))
    assert what_would_help(few, solve_roster(few)) == [
        Relief(ReliefKind.WEEK_CAP, (), 0),
        Relief(ReliefKind.ONE_MORE, ("调解岗",), 2),
    ]


def test_half_days_too_near_can_be_opened_but_past_ones_cannot() -> None:
    problem = small_problem()
    first, second = problem.half_days[:2]
    frozen = replace(problem, frozen=frozenset({first, second}), past=frozenset({first}))
    found = what_would_help(frozen, solve_roster(frozen))
    assert found == [Relief(ReliefKind.UNFREEZE, (), 1)]
    all_past = replace(frozen, past=frozen.frozen)
    assert what_would_help(all_past, solve_roster(all_past)) == []


def test_where_nobody_is_missing_nothing_is_asked(no_least_shortage: None) -> None:
    problem = small_problem()
    assert what_would_help(problem, solve_roster(problem)) == []


def test_an_empty_list_of_people_asks_for_one_more() -> None:
    problem = small_problem(people=())
    assert what_would_help(problem, solve_roster(problem)) == [Relief(ReliefKind.ONE_MORE, ("调解岗",), 0)]


def test_each_relief_leaves_as_few_missing_as_it_says() -> None:
    problem = roster_problem(0, Size(9, days=12))
    solution = solve_roster(problem)
    found = what_would_help(problem, solution)
    assert found
    assert [each.short for each in found] == sorted(each.short for each in found)
    assert all(each.short < sum(solution.short.values()) for each in found)
    without_clashes = replace(problem, clashes=frozenset())
    assert Relief(ReliefKind.NO_CLASH, (), least_shortage(without_clashes).value) in found


def test_a_shortage_that_can_be_moved_is_not_certain() -> None:
    one = RosterPerson(1, "演示1", posts=frozenset({1, 2}))
    posts = (
        RosterPost(1, "调解岗", "people"),
        RosterPost(2, "律师岗", "lawyer"),
        RosterPost(3, "咨询岗", "counsellor"),
    )
    problem = small_problem(people=(one,), posts=posts)
    half_day = problem.half_days[0]
    problem = replace(problem, needs={(half_day, post.id): 1 for post in posts})
    solution = solve_roster(problem)
    assert sum(solution.short.values()) == 2
    movable = next(post_id for _, post_id in solution.short if post_id != 3)
    assert certain_shortages(problem, solution) == {(half_day, movable): 0, (half_day, 3): 1}


def test_what_is_missing_on_frozen_half_days_is_certain() -> None:
    problem = small_problem()
    frozen = replace(problem, frozen=frozenset(problem.half_days[:1]))
    assert certain_shortages(frozen, solve_roster(frozen)) == {(problem.half_days[0], 1): 1}


@pytest.mark.parametrize("seed", range(12))
def test_certain_shortages_are_those_of_every_roster_that_misses_no_more(seed: int) -> None:
    problem = tiny_problem(seed)
    solution = solve_roster(problem)
    missing = sum(solution.short.values())
    shorts = [short for each in every_roster(problem) if sum((short := shortages(problem, each)).values()) == missing]
    certain = {place: min(short.get(place, 0) for short in shorts) for place in solution.short}
    assert certain_shortages(problem, solution) == certain


def test_without_a_solver_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = small_problem(people=())
    solution = solve_roster(problem)
    monkeypatch.setattr(reliefs, "least_shortage", _cannot)
    assert what_would_help(problem, solution) == []
    limited = roster_problem(0, Size(8, days=8))
    solution = solve_roster(limited)
    monkeypatch.setattr("mediation_desk.solver.model.Model.minimise", _cannot)
    assert certain_shortages(limited, solution) == {}


def test_once_stopped_nothing_more_is_claimed() -> None:
    stop = Event()
    stop.set()
    problem = roster_problem(0, Size(8, days=8))
    solution = solve_roster(problem)
    assert what_would_help(problem, solution)
    assert what_would_help(problem, solution, stop=stop) == []
    assert certain_shortages(problem, solution, stop=stop) == {}


@pytest.fixture
def no_least_shortage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliefs, "least_shortage", _cannot)


def _cannot(*arguments: object, **options: object) -> None:
    raise CannotSolve("test")
