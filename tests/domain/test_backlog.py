from dataclasses import replace

from mediation_desk.domain.backlog import (
    BacklogPerson,
    BacklogPlace,
    BacklogProblem,
    cost_of,
    give_out_simply,
    plan_of,
)
from mediation_desk.domain.roster_problem import Method


def test_a_plan_costs_missing_points_load_and_places_left() -> None:
    places = (BacklogPlace(1, scores={1: 70}), BacklogPlace(2, scores={1: 90}), BacklogPlace(3, scores={}))
    problem = BacklogProblem(places, (BacklogPerson(1, open_cases=2),))
    assert cost_of(problem, {(1, ""): 1, (2, ""): 1}) == 30 + 10 + 4 * (3 + 4) + 10_000
    urgent = replace(problem, places=(*places[:2], BacklogPlace(3, urgent=True)))
    assert cost_of(urgent, {}) == 10_000 + 10_000 + 1_000_000


def test_the_simple_way_takes_the_best_fit_that_has_room() -> None:
    places = (
        BacklogPlace(1, scores={1: 50, 2: 90, 3: 99}),
        BacklogPlace(2, scores={2: 80}),
        BacklogPlace(3, scores={1: 10, 8: 100}),
    )
    people = (BacklogPerson(1), BacklogPerson(2, 3, 4), BacklogPerson(3, 5, 5))
    plan = give_out_simply(BacklogProblem(places, people), "说明")
    assert plan.given == {(1, ""): 1, (2, ""): 2, (3, ""): 1}
    assert plan.left == ()
    assert (plan.method, plan.proven, plan.trouble) == (Method.GREEDY, False, "说明")


def test_the_simple_way_fills_urgent_places_first_and_leaves_what_nobody_can_take() -> None:
    places = (BacklogPlace(1, scores={1: 100}), BacklogPlace(2, scores={1: 5}, urgent=True), BacklogPlace(3))
    plan = give_out_simply(BacklogProblem(places, (BacklogPerson(1, 0, 1),)))
    assert plan.given == {(2, ""): 1}
    assert plan.left == ((1, ""), (3, ""))


def test_the_simple_way_gives_two_roles_to_two_people() -> None:
    places = (BacklogPlace(1, "律师", {1: 90}), BacklogPlace(1, "心理", {1: 90, 2: 10}))
    plan = give_out_simply(BacklogProblem(places, (BacklogPerson(1), BacklogPerson(2))))
    assert plan.given == {(1, "律师"): 1, (1, "心理"): 2}


def test_room_is_what_the_limit_leaves() -> None:
    assert BacklogPerson(1, 3, 5).room(10) == 2
    assert BacklogPerson(1, 6, 5).room(10) == 0
    assert BacklogPerson(1, 6).room(10) == 10
    assert BacklogPerson(1, 0, 50).room(10) == 10


def test_a_plan_lists_what_is_given_and_left_in_order() -> None:
    places = (BacklogPlace(2, "律师", {1: 5}), BacklogPlace(2, "心理", {1: 5}), BacklogPlace(1, scores={1: 5}))
    plan = plan_of(BacklogProblem(places, (BacklogPerson(1),)), {(2, "律师"): 1, (1, ""): 1}, proven=True)
    assert list(plan.given) == [(1, ""), (2, "律师")]
    assert plan.left == ((2, "心理"),)
