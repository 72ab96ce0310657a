"""The solver's rosters, judged by counting anew: rules, values, brute force, and what happens when it fails."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from threading import Event

import pytest

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import (
    Blocker,
    Level,
    LevelName,
    Method,
    RosterPerson,
    RosterPost,
)
from mediation_desk.domain.roster_reasons import explain
from mediation_desk.domain.roster_value import shortages, value_of
from mediation_desk.solver import model
from mediation_desk.solver.model import CannotSolve, Outcome
from mediation_desk.solver.roster import solve_roster
from tests.solver.brute_force import every_roster, tiny_problem
from tests.solver.instances import Size, placings, published, roster_problem, shuffled, small_problem, with_leave

SMALL = Size(9, days=12)
MIDDLING = Size(14, (2, 1, 1), days=14)


@pytest.mark.parametrize("seed", range(50))
def test_rosters_keep_every_rule_and_are_worth_what_their_levels_say(seed: int) -> None:
    problem = roster_problem(seed, MIDDLING if seed % 5 == 0 else SMALL)
    solution = solve_roster(problem)
    assert solution.proven
    assert solution.method is Method.SOLVER
    assert not solution.trouble
    assert broken_rules(problem, solution.placings) == []
    value = dict(zip(LevelName, value_of(problem, solution.placings), strict=True))
    assert {level.name: level.value for level in solution.levels}.items() <= value.items()
    assert solution.short == shortages(problem, solution.placings)
    assert sum(solution.short.values()) == value[LevelName.SHORTAGE]
    assert value_of(problem, fill(problem).placings) >= tuple(value.values())


@pytest.mark.parametrize("seed", range(0, 50, 5))
def test_no_single_replacement_makes_a_proven_roster_better(seed: int) -> None:
    problem = roster_problem(seed, MIDDLING)
    solution = solve_roster(problem)
    explanation = explain(problem, solution.placings)
    for placing in solution.placings:
        for other in explanation.others(placing):
            if other.delta is not None:
                taken = solution.placings - {placing} | {placing._replace(person_id=other.person_id)}
                assert broken_rules(problem, taken) == []
                assert value_of(problem, taken) >= value_of(problem, solution.placings)
    for place in solution.short:
        assert all(other.blocker for other in explanation.blockers_of_shortage(*place))


@pytest.mark.parametrize("seed", range(24))
def test_brute_force_finds_nothing_better(seed: int) -> None:
    problem = tiny_problem(seed)
    best = min(value_of(problem, each) for each in every_roster(problem))
    solution = solve_roster(problem)
    assert solution.proven
    assert value_of(problem, solution.placings) == best
    assert broken_rules(problem, solution.placings) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_what_is_given_changes_nothing(seed: int) -> None:
    problem = roster_problem(seed, SMALL)
    assert solve_roster(shuffled(problem, seed)) == solve_roster(problem)


def test_ties_go_to_the_lower_id() -> None:
    problem = small_problem(people=tuple(RosterPerson(number, "", posts=frozenset({1})) for number in range(1, 8)))
    placed = solve_roster(problem).placings
    assert sorted(each.person_id for each in placed) == [1, 2, 3, 4, 5, 6]
    assert [each.person_id for each in sorted(placed)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("seed", range(6))
def test_an_illness_moves_little_more_than_the_shifts_it_takes(seed: int) -> None:
    problem = roster_problem(seed, MIDDLING)
    before = solve_roster(problem).placings
    ill = next(iter(sorted(before))).person_id
    later = with_leave(published(problem, before, until=date(2026, 9, 2)), ill, date(2026, 9, 3), 5)
    after = solve_roster(later)
    lost = {
        each for each in before if each.person_id == ill and date(2026, 9, 3) <= each.half_day.day <= date(2026, 9, 7)
    }
    changes = next(level for level in after.levels if level.name is LevelName.CHANGES)
    assert after.proven
    assert broken_rules(later, after.placings) == []
    assert changes.value == len(before - after.placings)
    assert len(lost) <= changes.value <= len(lost) + 6
    assert {each for each in before if each.half_day in later.frozen} <= after.placings


def test_posts_held_by_the_same_people_are_filled_as_the_published_roster_has_them() -> None:
    problem = roster_problem(3, Size(9, days=6, posts_each=(2, 1, 2)))
    before = solve_roster(problem).placings
    # the same people, at the other of two posts alike
    swapped = {1: 2, 2: 1, 3: 3, 4: 5, 5: 4}
    mirrored = frozenset(each._replace(post_id=swapped[each.post_id]) for each in before)
    in_force = published(problem, mirrored)
    again = solve_roster(in_force)
    assert again.proven
    assert broken_rules(in_force, mirrored) == []
    assert again.placings == mirrored


def test_locked_shifts_stay() -> None:
    problem = roster_problem(2, SMALL)
    chance = Random(2)
    locked = frozenset(chance.sample(sorted(solve_roster(problem).placings), 8))
    wished = replace(problem, locked=locked)
    solution = solve_roster(wished)
    assert locked <= solution.placings
    assert broken_rules(wished, solution.placings) == []


def test_locks_that_break_rules_stay_and_nothing_is_added_to_them() -> None:
    problem = small_problem()
    both = placings((1, Half.AM, 1, 1), (1, Half.AM, 1, 2), (1, Half.PM, 1, 1), (2, Half.AM, 1, 77))
    people = tuple(replace(person, unit="甲", day_cap=1) for person in problem.people)
    locked = replace(problem, people=people, locked=both)
    solution = solve_roster(locked)
    assert both <= solution.placings
    assert solution.proven
    assert broken_rules(locked, solution.placings) == []
    assert not solution.short


def test_frozen_half_days_are_left_as_they_are() -> None:
    problem = small_problem()
    first = problem.half_days[0]
    solution = solve_roster(replace(problem, frozen=frozenset({first})))
    assert all(each.half_day != first for each in solution.placings)
    assert solution.short == {(first, 1): 1}
    assert solution.levels[0] == Level(LevelName.SHORTAGE, 1, 1, proven=True)


def test_a_week_that_began_last_month_counts_what_was_served_in_it() -> None:
    problem = small_problem()
    served = tuple(replace(each, week_cap=3, served_in_week={(2026, 36): 2}) for each in problem.people)
    solution = solve_roster(replace(problem, people=served))
    assert len(solution.placings) == 3
    assert sum(solution.short.values()) == 3


def test_who_is_there_half_the_time_serves_half_as_much() -> None:
    problem = small_problem()
    one, other = problem.people[:2]
    solution = solve_roster(replace(problem, people=(one, replace(other, share=50))))
    assert sorted(each.person_id for each in solution.placings) == [1, 1, 1, 1, 2, 2]


def test_of_two_clashing_units_one_may_send_two_people() -> None:
    problem = small_problem()
    people = tuple(replace(each, unit=unit) for each, unit in zip(problem.people, ("甲", "甲", "乙"), strict=True))
    needs = dict.fromkeys(problem.needs, 3)
    clashing = replace(problem, people=people, needs=needs, unit_most=2, clashes=frozenset({frozenset("甲乙")}))
    solution = solve_roster(clashing)
    assert broken_rules(clashing, solution.placings) == []
    assert sum(solution.short.values()) == 6
    assert {each.person_id for each in solution.placings} == {1, 2}


def test_a_locked_unit_keeps_the_clashing_one_away() -> None:
    problem = small_problem()
    people = tuple(replace(each, unit=unit) for each, unit in zip(problem.people, ("甲", "乙", "甲"), strict=True))
    locked = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 2))
    needs = dict.fromkeys(problem.needs, 2)
    for unit_most in (1, 2):
        clashing = replace(
            problem,
            people=people,
            needs=needs,
            unit_most=unit_most,
            clashes=frozenset({frozenset("甲乙"), frozenset("甲")}),
            locked=locked,
        )
        assert broken_rules(clashing, solve_roster(clashing).placings) == []


def test_people_are_missing_at_the_post_of_less_weight() -> None:
    problem = small_problem()
    posts = (RosterPost(1, "调解岗", "people", 1), RosterPost(2, "咨询岗", "people", 3))
    people = (replace(problem.people[0], posts=frozenset({1, 2})),)
    needs = {(half_day, post.id): 1 for half_day in problem.half_days for post in posts}
    solution = solve_roster(replace(problem, posts=posts, people=people, needs=needs))
    assert {post_id for _, post_id in solution.short} == {2}
    assert [level.name for level in solution.levels][:2] == [LevelName.SHORTAGE, LevelName.PRIORITY]
    assert solution.levels[1].value == 6 * 7


def test_a_post_nobody_holds_is_short_by_all_it_needs() -> None:
    problem = small_problem(people=())
    solution = solve_roster(problem)
    assert solution.proven
    assert solution.short == problem.needs
    assert solution.placings == frozenset()


def test_nothing_to_fill_is_filled_without_a_solver(no_solver: None) -> None:
    solution = solve_roster(small_problem(needs={}))
    assert solution.short == {}
    assert solution.placings == frozenset()


def test_every_level_is_told_as_it_is_done() -> None:
    told: list[Level] = []
    solution = solve_roster(roster_problem(1, SMALL), on_level=told.append)
    assert tuple(told) == solution.levels


def test_stopped_midway_the_best_so_far_is_given_and_not_called_proven() -> None:
    problem, stop = roster_problem(1, SMALL), Event()
    solution = solve_roster(problem, on_level=lambda _: stop.set(), stop=stop)
    assert [level.proven for level in solution.levels][:2] == [True, False]
    assert not solution.proven
    assert solution.trouble.startswith("已按要求停止，保留已得排班；“")
    assert broken_rules(problem, solution.placings) == []


def test_stopped_before_it_began_the_simple_roster_is_given() -> None:
    problem, stop = roster_problem(1, SMALL), Event()
    stop.set()
    solution = solve_roster(problem, stop=stop)
    assert solution.method is Method.GREEDY
    assert not solution.proven
    assert broken_rules(problem, solution.placings) == []


def test_when_time_is_up_the_roster_is_usable_and_says_what_is_not_proven() -> None:
    problem = roster_problem(1, SMALL)
    solution = solve_roster(problem, seconds=0)
    assert broken_rules(problem, solution.placings) == []
    assert not solution.proven
    assert solution.trouble.startswith("已到时限，已得可用排班；“")
    assert all(level.bound <= level.value for level in solution.levels)


def test_a_roster_that_is_not_yet_even_says_by_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_run_until", lambda highs, stop: False)
    problem = small_problem()
    away = dict.fromkeys(problem.half_days[:4], Blocker.NOT_COMING)
    people = (problem.people[0], replace(problem.people[1], unavailable=away))
    solution = solve_roster(replace(problem, people=people))
    assert [level.proven for level in solution.levels] == [True, False, True, True]
    assert solution.levels[1] == Level(LevelName.TOTAL, 200, 100, proven=False)
    assert solution.trouble == "已到时限，已得可用排班；“均衡”一项尚未证明最优（差≤1）。"


def test_a_solver_left_behind_does_not_hold_a_stop_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    monkeypatch.setattr(model, "_run_until", lambda highs, stop: stop.set() or False)
    problem = roster_problem(1, SMALL)
    solution = solve_roster(problem, stop=stop)
    assert solution.method is Method.GREEDY
    assert "已按要求停止" in solution.trouble
    assert broken_rules(problem, solution.placings) == []


def test_without_a_solver_the_simple_way_is_taken_and_said(no_solver: None) -> None:
    problem = roster_problem(1, SMALL)
    solution = solve_roster(problem)
    assert solution.trouble == "求解组件不可用（ModuleNotFoundError），已用简易排法，结果未证明最优。"
    assert replace(solution, trouble="") == fill(problem)


def test_a_solver_that_fails_midway_is_replaced_by_the_simple_way(monkeypatch: pytest.MonkeyPatch) -> None:
    right = model.Model.minimise
    rounds: list[int] = []

    def fail_later(self: model.Model, costs: Mapping[int, int], **options: object) -> Outcome | None:
        rounds.append(len(costs))
        if len(rounds) > 1:
            raise CannotSolve("Solve error")
        return right(self, costs)

    monkeypatch.setattr(model.Model, "minimise", fail_later)
    problem = roster_problem(1, SMALL)
    solution = solve_roster(problem)
    assert len(rounds) == 2
    assert solution.method is Method.GREEDY
    assert not solution.proven
    assert "（Solve error）" in solution.trouble


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
