import sys
from collections.abc import Mapping
from itertools import product
from random import Random
from threading import Event

import pytest

from mediation_desk.domain.backlog import BacklogPerson, BacklogPlace, BacklogProblem, cost_of, give_out_simply
from mediation_desk.domain.roster_problem import Method
from mediation_desk.solver.backlog import plan_backlog


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_costs_less_by_brute_force(seed: int) -> None:
    problem = backlog_problem(seed, cases=4, people=3)
    plan = plan_backlog(problem)
    assert plan.proven
    assert plan.method is Method.SOLVER
    assert plan.cost == cost_of(problem, plan.given) == _least_cost(problem)
    assert set(plan.given) | set(plan.left) == {place.key for place in problem.places}
    assert _is_allowed(problem, plan.given)


@pytest.mark.parametrize("seed", range(5))
def test_a_larger_backlog_is_never_worse_than_the_simple_way(seed: int) -> None:
    problem = backlog_problem(seed, cases=40, people=12)
    plan, simple = plan_backlog(problem), give_out_simply(problem)
    assert plan.proven
    assert plan.cost <= simple.cost
    assert _is_allowed(problem, plan.given)


def test_the_order_of_what_is_given_changes_nothing() -> None:
    problem, chance = backlog_problem(1, cases=30, people=8), Random(1)
    mixed = BacklogProblem(
        tuple(chance.sample(problem.places, len(problem.places))),
        tuple(chance.sample(problem.people, len(problem.people))),
    )
    assert plan_backlog(mixed) == plan_backlog(problem)


def test_nobody_takes_both_roles_of_one_case() -> None:
    places = (BacklogPlace(1, "律师", {1: 100, 2: 10}), BacklogPlace(1, "心理", {1: 100, 2: 20}))
    plan = plan_backlog(BacklogProblem(places, (BacklogPerson(1), BacklogPerson(2))))
    assert plan.given == {(1, "律师"): 1, (1, "心理"): 2}


def test_cases_of_two_roles_come_out_in_whole_numbers() -> None:
    # three cases of two roles each, for three people with room for one each, every two of whom fit one case
    places = tuple(
        BacklogPlace(case_id, role, dict.fromkeys(able, 50))
        for case_id, able in ((1, (1, 2)), (2, (2, 3)), (3, (1, 3)))
        for role in ("律师", "心理")
    )
    problem = BacklogProblem(places, tuple(BacklogPerson(number, 0, 1) for number in (1, 2, 3)))
    plan = plan_backlog(problem)
    assert plan.proven
    assert plan.cost == _least_cost(problem)


def test_urgent_places_are_filled_first() -> None:
    places = (BacklogPlace(1, scores={1: 100}), BacklogPlace(2, scores={1: 1}, urgent=True))
    plan = plan_backlog(BacklogProblem(places, (BacklogPerson(1, 3, 4),)))
    assert plan.given == {(2, ""): 1}
    assert plan.left == ((1, ""),)


def test_nobody_goes_over_the_limit() -> None:
    places = tuple(BacklogPlace(number, scores={1: 90, 7: 100}) for number in range(1, 4))
    plan = plan_backlog(BacklogProblem(places, (BacklogPerson(1, open_cases=5, most=5),)))
    assert plan.given == {}
    assert len(plan.left) == 3


def test_an_empty_backlog_is_an_empty_plan() -> None:
    plan = plan_backlog(BacklogProblem((), ()))
    assert (plan.given, plan.left, plan.cost) == ({}, (), 0)


def test_without_a_solver_the_simple_way_is_taken_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    problem = backlog_problem(2, cases=10, people=4)
    plan = plan_backlog(problem)
    assert plan.trouble == "求解组件不可用（ModuleNotFoundError），已用简易办法分派，结果未证明最优。"
    assert (plan.method, plan.proven) == (Method.GREEDY, False)
    assert _is_allowed(problem, plan.given)


def test_stopped_before_it_ended_the_simple_way_is_taken_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediation_desk.solver.model._run_until", lambda highs, stop: False)
    plan = plan_backlog(backlog_problem(2, cases=10, people=4), stop=Event())
    assert plan.trouble == "未算完即停止，已用简易办法分派，结果未证明最优。"
    assert not plan.proven


def backlog_problem(seed: int, cases: int, people: int) -> BacklogProblem:
    """So many cases, every fourth of two roles, and people with some cases open already; by chance from the seed."""
    chance = Random(seed)
    persons = tuple(
        BacklogPerson(number, chance.randint(0, 4), chance.choice((None, 4, 6, 9))) for number in range(1, people + 1)
    )
    places = tuple(
        BacklogPlace(
            case_id,
            role,
            {person.id: chance.randint(5, 100) for person in persons if chance.random() < 0.7},
            urgent=case_id % 7 == 1,
        )
        for case_id in range(1, cases + 1)
        for role in (("律师", "心理") if case_id % 4 == 0 else ("",))
    )
    return BacklogProblem(places, persons)


def _least_cost(problem: BacklogProblem) -> int:
    options = [[None, *sorted(place.scores)] for place in problem.places]
    keys = [place.key for place in problem.places]
    plans = ({key: who for key, who in zip(keys, taken, strict=True) if who is not None} for taken in product(*options))
    return min(cost_of(problem, plan) for plan in plans if _is_allowed(problem, plan))


def _is_allowed(problem: BacklogProblem, given: Mapping[tuple[int, str], int]) -> bool:
    taken = list(given.values())
    within = all(
        person.most is None or taken.count(person.id) <= max(0, person.most - person.open_cases)
        for person in problem.people
    )
    scores = {place.key: place.scores for place in problem.places}
    apart = len({(case_id, who) for (case_id, _), who in given.items()}) == len(given)
    return within and apart and all(who in scores[key] for key, who in given.items())
