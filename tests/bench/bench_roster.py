"""A month's roster, proven at every level: median of five seeds for 12, 40 and 120 people, beside the cover alone.

The floor is the same month's cover alone, of the same machine and moment: what it takes to have HiGHS look at these
rules at all. Goals in seconds: 12 people 0.5, 40 people 2.5, 120 people 15; a stop is
answered in 0.5, an absence in 2, every shift of 40 people explained in 0.2, the simple way takes 0.1 for 120 people.
"""

import statistics
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Event
from typing import TypeVar

import pytest

from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import LevelName, Placing, RosterProblem
from mediation_desk.domain.roster_reasons import explain, other_in_words, reason_in_words
from mediation_desk.solver.roster import solve_roster
from mediation_desk.solver.roster_aims import aim_of
from mediation_desk.solver.roster_model import RosterModel
from tests.solver.instances import (
    FORTY,
    FORTY_HEAVY,
    HUNDRED_AND_TWENTY,
    TWELVE,
    TWELVE_POSTS,
    Size,
    published,
    roster_problem,
    with_leave,
)

SEEDS = range(5)
T = TypeVar("T")


@pytest.mark.parametrize(
    ("name", "size", "most"),
    [
        ("12 people", TWELVE, 0.5),
        ("40 people", FORTY, 2.5),
        ("40 people, 6 at a time", FORTY_HEAVY, 2.5),
        ("120 people, 12 at a time", HUNDRED_AND_TWENTY, 15.0),
        ("120 people, 12 posts", TWELVE_POSTS, 15.0),
    ],
)
def test_a_month_is_proven(name: str, size: Size, most: float) -> None:
    floors, taken = [], []
    for problem in _months(size):
        floors.append(_seconds(partial(_cover_alone, problem))[0])
        seconds, solution = _seconds(partial(solve_roster, problem))
        taken.append(seconds)
        assert solution.proven
    median, floor = statistics.median(taken), statistics.median(floors)
    told = f"from {min(taken):.2f} to {max(taken):.2f}; cover alone {floor:.3f} s, ratio {median / floor:.0f}"
    print(f"\nroster of {name}: {median:.2f} s (goal {most}), {told}")
    assert median <= most


def test_an_absence_is_answered() -> None:
    taken = []
    for problem in _months(HUNDRED_AND_TWENTY):
        before = solve_roster(problem).placings
        ill = sorted(each.person_id for each in before if each.half_day.day == date(2026, 9, 15))[0]
        later = with_leave(published(problem, before, until=date(2026, 9, 14)), ill, date(2026, 9, 14), 5)
        seconds, solution = _seconds(partial(solve_roster, later))
        taken.append(seconds)
        assert solution.proven
    print(f"\nan absence among 120 people: {statistics.median(taken):.2f} s (goal 2), at most {max(taken):.2f}")
    assert statistics.median(taken) <= 2.0


def test_a_stop_is_answered_at_once_and_the_window_stays_alive() -> None:
    problem = roster_problem(2, HUNDRED_AND_TWENTY)
    waits, gaps = [], []
    for moment in (0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5):
        stop = Event()
        with ThreadPoolExecutor(max_workers=1) as worker:
            ended = worker.submit(_when_stopped, problem, stop)
            gaps.append(_longest_gap(moment))
            stop.set()
            asked = time.perf_counter()
        waits.append(ended.result() - asked)
    print(f"\na stop is answered in {max(waits):.2f} s at most (goal 0.5)")
    gap = statistics.median(gaps)  # other programs on these cores make single ones long
    print(f"another thread waits {gap * 1000:.0f} ms at a time meanwhile (goal 50), at most {max(gaps) * 1000:.0f}")
    assert max(waits) <= 0.5
    assert gap <= 0.05


def test_every_shift_of_a_month_is_explained() -> None:
    for size, most in ((FORTY_HEAVY, 0.2), (HUNDRED_AND_TWENTY, None)):
        problem = roster_problem(0, size)
        placings = solve_roster(problem).placings
        seconds = min(_seconds(partial(_all_words, problem, placings))[0] for _ in range(3))
        goal = f"(goal {most})" if most else "(no goal)"
        print(f"\n{len(placings)} shifts of {size.people} people explained in words: {seconds:.3f} s {goal}")
        assert most is None or seconds <= most


def test_the_simple_way_is_quick() -> None:
    problem = roster_problem(0, HUNDRED_AND_TWENTY)
    seconds = min(_seconds(partial(fill, problem))[0] for _ in range(5))
    print(f"\n120 people the simple way: {seconds * 1000:.0f} ms (goal 100)")
    assert seconds <= 0.1


def _months(size: Size) -> list[RosterProblem]:
    solve_roster(roster_problem(0, Size(6, days=3)))  # HiGHS is loaded once in a process
    return [roster_problem(seed, size) for seed in SEEDS]


def _cover_alone(problem: RosterProblem) -> None:
    roster = RosterModel(problem.in_order())
    shortage = aim_of(roster, LevelName.SHORTAGE, 0, all_filled=False)
    assert roster.model.minimise(shortage.costs) is not None


def _when_stopped(problem: RosterProblem, stop: Event) -> float:
    solution = solve_roster(problem, stop=stop)
    assert solution.placings
    return time.perf_counter()


def _longest_gap(seconds: float) -> float:
    """For how long of these seconds this thread was kept from running at most, beyond the 5 ms it sleeps each time."""
    longest, last = 0.0, time.perf_counter()
    until = last + seconds
    while last < until:
        time.sleep(0.005)
        longest, last = max(longest, time.perf_counter() - last - 0.005), time.perf_counter()
    return longest


def _all_words(problem: RosterProblem, placings: Collection[Placing]) -> None:
    names = {person.id: person.name for person in problem.people}
    explanation = explain(problem, placings)
    for placing in placings:
        for reason in explanation.reasons(placing):
            reason_in_words(reason, names)
        for other in explanation.others(placing):
            other_in_words(other, names)


def _seconds(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done
