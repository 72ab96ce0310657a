from dataclasses import replace

from mediation_desk.domain.half_day import Half
from mediation_desk.domain.roster_problem import Level, LevelName, RosterPost
from mediation_desk.domain.roster_value import (
    Load,
    RosterValue,
    levels_of,
    levels_reached,
    loads_after,
    shortages,
    starting_loads,
    value_of,
)
from tests.solver.instances import placings, small_problem


def test_nobody_there_is_everybody_missing() -> None:
    problem = small_problem()
    value = value_of(problem, frozenset())
    assert value == RosterValue(shortage=6, priority=54)
    assert shortages(problem, frozenset()) == problem.needs


def test_loads_are_squared_in_tenths_of_a_shift() -> None:
    problem = small_problem()
    placed = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 1), (2, Half.AM, 1, 2))
    # three shifts, one of them the fair part of each: 10, 0 and -10 tenths beyond it
    assert loads_after(problem, placed) == {1: Load(10, 0), 2: Load(0, 0), 3: Load(-10, 0)}
    assert value_of(problem, placed).total == 200


def test_what_was_carried_before_counts_too() -> None:
    problem = small_problem()
    people = (replace(problem.people[0], carried=7, carried_unpopular=-3), *problem.people[1:])
    assert starting_loads(replace(problem, people=people), 0) == {1: Load(7, -3), 2: Load(0, 0), 3: Load(0, 0)}


def test_fair_parts_go_by_share_and_are_rounded_to_tenths() -> None:
    problem = small_problem()
    one, other, third = problem.people
    people = (one, replace(other, share=50), replace(third, posts=frozenset()))
    parts = starting_loads(replace(problem, people=people), 5)
    assert parts == {1: Load(-33, 0), 2: Load(-17, 0), 3: Load(0, 0)}


def test_the_fair_part_of_unpopular_shifts_goes_by_how_many_are_needed() -> None:
    problem = small_problem()
    unpopular = replace(problem, unpopular=frozenset(problem.half_days[:3]))
    parts = starting_loads(unpopular, 6)
    assert {load.unpopular for load in parts.values()} == {-10}
    placed = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 2), (2, Half.AM, 1, 2))
    assert [load.unpopular for load in loads_after(unpopular, placed).values()] == [5, 15, -5]


def test_nobody_to_share_with_is_no_error() -> None:
    assert starting_loads(small_problem(people=()), 4) == {}
    problem = small_problem(needs={})
    people = tuple(replace(person, share=0) for person in problem.people)
    assert set(starting_loads(replace(problem, people=people), 0).values()) == {Load(0, 0)}


def test_changes_are_published_shifts_that_are_gone() -> None:
    published = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 2))
    now = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 3), (2, Half.AM, 1, 2))
    assert value_of(small_problem(published=published), now).changes == 1
    assert value_of(small_problem(), now).changes == 0


def test_wishes_met_count_below_zero_and_strangers_have_none() -> None:
    problem = small_problem()
    first, second = problem.half_days[:2]
    people = (replace(problem.people[0], wishes={first: 3, second: -2}), *problem.people[1:])
    placed = placings((1, Half.AM, 1, 1), (1, Half.PM, 1, 1), (2, Half.AM, 1, 99))
    assert value_of(replace(problem, people=people), placed).wishes == -1


def test_only_levels_that_mean_something_are_told() -> None:
    problem = small_problem()
    always = (LevelName.SHORTAGE, LevelName.TOTAL, LevelName.UNPOPULAR, LevelName.WISHES)
    assert levels_of(problem, RosterValue()) == always
    assert levels_of(problem, RosterValue(shortage=1)) == always
    two_posts = replace(problem, posts=(*problem.posts, RosterPost(2, "律师岗", "lawyer", 2)), published=frozenset())
    assert levels_of(two_posts, RosterValue(shortage=1)) == tuple(LevelName)


def test_only_what_cannot_be_beaten_is_proven_without_a_solver() -> None:
    problem = small_problem()
    people = (replace(problem.people[0], wishes={problem.half_days[0]: 2}), *problem.people[1:])
    levels = levels_reached(replace(problem, people=people), placings((1, Half.AM, 1, 1)))
    assert levels == (
        Level(LevelName.SHORTAGE, 5, 0, proven=False),
        Level(LevelName.TOTAL, 7**2 + 3**2 + 3**2, 0, proven=False),
        Level(LevelName.UNPOPULAR, 0, 0, proven=True),
        Level(LevelName.WISHES, -2, -2, proven=True),
    )
