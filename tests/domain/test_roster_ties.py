from dataclasses import replace

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_ties import settle_ties
from mediation_desk.domain.roster_value import value_of
from tests.solver.instances import Size, placings, roster_problem, small_problem

AM, PM = Half


def test_the_lower_id_takes_what_both_could_have() -> None:
    assert settle_ties(small_problem(), placings((1, AM, 1, 3))) == placings((1, AM, 1, 1))


def test_nobody_takes_what_would_change_the_value() -> None:
    problem = small_problem()
    wished = replace(problem.people[2], wishes={problem.half_days[0]: 1})
    placed = placings((1, AM, 1, 3))
    assert settle_ties(replace(problem, people=(*problem.people[:2], wished)), placed) == placed


def test_what_is_locked_or_frozen_stays() -> None:
    problem = small_problem()
    placed = placings((1, AM, 1, 3), (1, PM, 1, 2))
    kept = replace(problem, locked=placings((1, AM, 1, 3)), frozen=frozenset({problem.half_days[1]}))
    assert settle_ties(kept, placed) == placed


def test_a_settled_roster_is_worth_the_same_and_stays_settled() -> None:
    problem = roster_problem(4, Size(9, days=12))
    placed = fill(problem).placings
    settled = settle_ties(problem, placed)
    assert value_of(problem, settled) == value_of(problem, placed)
    assert settle_ties(problem, settled) == settled
