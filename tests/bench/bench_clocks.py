"""All time limits of 20,000 open cases counted anew, beside a plain loop that walks their days.

Goal: 1 s for all of them. A third of the cases was stopped, a tenth stands still or was lengthened.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.procedure_clock import acceptance_clock, mediation_clock, mediation_period
from mediation_desk.domain.rules import Rules, Unit

CASES, SECONDS, REPEATS = 20_000, 1.0, 5
TODAY = date(2026, 11, 23)
_ONE_DAY = timedelta(days=1)


class Facts(NamedTuple):
    """What the clocks of a case follow from."""

    case_source: str
    dispute_kind: str
    requested_on: date
    accepted_on: date
    stops: tuple[Stop, ...]
    further: int


def open_cases(rules: Rules) -> list[Facts]:
    draw = Random(6)
    sources, kinds = (
        ["", *(each.code for each in rules.table(name).codes)] for name in ("case_source", "dispute_kind")
    )
    made = []
    for _ in range(CASES):
        requested_on = TODAY - timedelta(days=draw.randrange(400))
        accepted_on = requested_on + timedelta(days=draw.randrange(8))
        stops: tuple[Stop, ...] = ()
        if draw.random() < 1 / 3:
            since = accepted_on + timedelta(days=draw.randrange(1, 20))
            until = None if draw.random() < 0.1 else since + timedelta(days=draw.randrange(40))
            stops = (Stop(since=since, until=until, reason="鉴定"),)
        further = draw.choice((10, 15, 30)) if draw.random() < 0.1 else 0
        made.append(Facts(draw.choice(sources), draw.choice(kinds), requested_on, accepted_on, stops, further))
    return made


def all_clocks(rules: Rules, cases: Sequence[Facts]) -> int:
    """How many are late."""
    late = 0
    for case in cases:
        late += acceptance_clock(rules, case.requested_on, case.accepted_on).is_late(TODAY)
        late += mediation_clock(rules, **case._asdict()).is_late(TODAY)
    return late


def day_by_day(rules: Rules, cases: Sequence[Facts]) -> int:
    """The mediation clocks alone, as somebody would count them with a calendar in hand."""
    off, work = rules.holidays.days_off, rules.holidays.make_up_days
    late = 0
    for case in cases:
        period = mediation_period(rules, case.case_source, case.dispute_kind, case.accepted_on)
        day, left = case.accepted_on, period.length + case.further
        in_work = period.unit is Unit.WORKING_DAY
        while left and day < TODAY:
            day += _ONE_DAY
            if any(stop.holds(day) for stop in case.stops):
                continue
            left -= day in work or (day.weekday() < 5 and day not in off) if in_work else 1
        late += not left and day < TODAY
    return late


def seconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def test_all_clocks(rules: Rules) -> None:
    cases = open_cases(rules)
    counted = statistics.median(seconds(lambda: all_clocks(rules, cases)) for _ in range(REPEATS))
    walked = statistics.median(seconds(lambda: day_by_day(rules, cases)) for _ in range(REPEATS))
    print(
        f"\n{2 * CASES} clocks of {CASES} open cases, {all_clocks(rules, cases)} late: {counted:.2f} s "
        f"(goal {SECONDS}), {counted / CASES * 5e5:.1f} µs each; {counted / walked:.2f} times a walk over the days "
        f"of half of them ({walked:.2f} s)"
    )
    assert counted <= SECONDS
