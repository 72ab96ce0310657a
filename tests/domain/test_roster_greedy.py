from dataclasses import replace

import pytest

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import Blocker, Method
from mediation_desk.domain.roster_value import levels_reached, shortages
from tests.solver.instances import Size, placings, published, roster_problem, shuffled, small_problem


@pytest.mark.parametrize("seed", range(12))
def test_the_simple_roster_keeps_every_rule(seed: int) -> None:
    problem = roster_problem(seed, Size(14, (2, 1, 1), days=14))
    solution = fill(problem)
    assert broken_rules(problem, solution.placings) == []
    assert solution.short == shortages(problem, solution.placings)
    assert solution.levels == levels_reached(problem, solution.placings)
    assert solution.method is Method.GREEDY
    assert not solution.proven


def test_the_order_of_what_is_given_changes_nothing() -> None:
    problem = roster_problem(1, Size(9, days=12))
    assert fill(shuffled(problem, 1)) == fill(problem)


def test_the_least_loaded_serve_first() -> None:
    problem = small_problem()
    people = tuple(replace(each, carried=carried) for each, carried in zip(problem.people, (40, 0, -20), strict=True))
    placed = fill(replace(problem, people=people)).placings
    counts = [sum(each.person_id == person.id for each in placed) for person in people]
    assert counts == [0, 2, 4]


def test_a_wish_decides_between_people_of_the_same_load() -> None:
    problem = small_problem()
    first = problem.half_days[0]
    people = (*problem.people[:2], replace(problem.people[2], wishes={first: 1}))
    assert placings((1, Half.AM, 1, 3)) <= fill(replace(problem, people=people)).placings


def test_what_was_published_stays_where_it_can() -> None:
    problem = small_problem()
    can_stay = placings((1, Half.AM, 1, 3), (1, Half.PM, 1, 3))
    before = can_stay | placings((2, Half.AM, 1, 3), (2, Half.PM, 1, 9), (3, Half.AM, 2, 1))
    away = {problem.half_days[2]: Blocker.ON_LEAVE}
    people = (*problem.people[:2], replace(problem.people[2], unavailable=away))
    kept = fill(published(replace(problem, people=people), before)).placings & before
    assert kept == can_stay


def test_locks_and_frozen_half_days_are_left_alone() -> None:
    problem = small_problem()
    locked = placings((1, Half.AM, 1, 2), (2, Half.AM, 1, 77))
    frozen = frozenset(problem.half_days[:2])
    solution = fill(replace(problem, locked=locked, frozen=frozen), trouble="说明")
    assert locked <= solution.placings
    assert solution.short == {(problem.half_days[1], 1): 1}
    assert solution.trouble == "说明"


def test_a_need_of_a_post_that_is_not_there_stays_open() -> None:
    problem = small_problem()
    place = (problem.half_days[0], 1)
    assert fill(replace(problem, people=(), needs={place: 2})).short == {place: 2}
