"""A backlog given out at once: 500 cases among 120 people in at most 1 s; the simple way of doing it is the floor."""

import statistics
import time
from collections.abc import Callable

import pytest

from mediation_desk.domain.backlog import BacklogPlan, BacklogProblem, give_out_simply
from mediation_desk.solver.backlog import plan_backlog
from tests.solver.test_backlog import backlog_problem

MOST = 1.0


@pytest.mark.parametrize(("cases", "people"), [(60, 40), (200, 60), (500, 120)])
def test_a_backlog_is_given_out(cases: int, people: int) -> None:
    plan_backlog(backlog_problem(0, 4, 3))  # HiGHS is loaded once in a process
    taken, floors = [], []
    for seed in range(5):
        problem = backlog_problem(seed, cases, people)
        simple, simple_plan = _seconds(problem, give_out_simply)
        seconds, plan = _seconds(problem, plan_backlog)
        assert plan.proven
        assert plan.cost <= simple_plan.cost
        floors.append(simple)
        taken.append(seconds)
    median, floor = statistics.median(taken), statistics.median(floors)
    told = f"simple way {floor * 1000:.0f} ms, ratio {median / floor:.0f}"
    print(f"\n{cases} cases among {people} people: {median:.2f} s (goal {MOST}), at most {max(taken):.2f}; {told}")
    assert median <= MOST


def _seconds(problem: BacklogProblem, give_out: Callable[[BacklogProblem], BacklogPlan]) -> tuple[float, BacklogPlan]:
    begun = time.perf_counter()
    plan = give_out(problem)
    return time.perf_counter() - begun, plan
