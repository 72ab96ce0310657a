"""Counts a period with what stops or lengthens it, and tells of each day why it counts or does not.

`count` finds the last day by arithmetic; `days_of` walks the same days one by one, for whoever asks how it was counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import Holidays, Period, Unit
from mediation_desk.domain.working_days import (
    PeriodEnd,
    add_months,
    add_working_days,
    ending,
    is_working_day,
    why_no_work,
)

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Days that do not count, from `since` to `until`, both included; `until` is None while the clock stands still."""

    since: date
    until: date | None
    reason: str

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Count:
    """How far a period has come. `end` is None while it stands still: nobody can say then when it ends.

    `counted` of `length` days of the period's unit (a month counts as its days) are known to have passed at its end,
    or when it was stopped.
    """

    end: PeriodEnd | None
    counted: int
    length: int


class DayKind(Labelled):
    FIRST = "first", "起算日，不计"
    COUNTED = "counted", "计入"
    REST = "rest", "休息日，不计"
    STOPPED = "stopped", "停计"
    MOVED = "moved", "末日逢休息日，顺延"


@dataclass(frozen=True)
class CountedDay:
    """A day of a period: its number if it counts, else 0.

    `why` names the holiday for which it does not count, or is worked; or it is the reason of the stop.
    """

    day: date
    kind: DayKind
    number: int
    why: str = ""


def count(start: date, period: Period, holidays: Holidays, *, stops: Iterable[Stop] = (), further: int = 0) -> Count:
    """Count `period`, lengthened by `further` days of its unit, from `start`, which is not counted itself."""
    length = _length(start, period, further)
    in_work = period.unit is Unit.WORKING_DAY
    left, last = length, start
    for stop in sorted(stops, key=lambda each: each.since):
        if stop.until is not None and stop.until <= last:
            continue
        before = _between(last, stop.since - _ONE_DAY, holidays if in_work else None)
        if before >= left:
            break
        left -= before
        if stop.until is None:
            return Count(None, length - left, length)
        last = stop.until
    nominal = add_working_days(last, left, holidays) if in_work else last + timedelta(days=left)
    return Count(ending(start, nominal, period, holidays), length, length)


def days_of(
    start: date,
    period: Period,
    holidays: Holidays,
    *,
    stops: Sequence[Stop] = (),
    further: int = 0,
    today: date | None = None,
) -> Iterator[CountedDay]:
    """Every day from the first to the last; of a period that stands still, those up to `today`."""
    length, number, day = _length(start, period, further), 0, start
    yield CountedDay(day, DayKind.FIRST, 0)
    while number < length:
        day += _ONE_DAY
        stop = next((each for each in stops if each.holds(day)), None)
        if stop is not None:
            if stop.until is None and (today is None or day > today):
                return
            yield CountedDay(day, DayKind.STOPPED, 0, stop.reason)
        elif period.unit is Unit.WORKING_DAY and not is_working_day(day, holidays):
            yield CountedDay(day, DayKind.REST, 0, why_no_work(day, holidays))
        else:
            number += 1
            why = holidays.make_up_days.get(day, "") if period.unit is Unit.WORKING_DAY else ""
            yield CountedDay(day, DayKind.COUNTED, number, why)
    while period.rollover and not is_working_day(day, holidays):
        day += _ONE_DAY
        yield CountedDay(day, DayKind.MOVED, 0)


def _length(start: date, period: Period, further: int) -> int:
    """Months are laid down as days when they begin (民法典 art. 202), so that a stop can take days out of them."""
    if period.unit is Unit.MONTH:
        return (add_months(start, period.length) - start).days + further
    return period.length + further


def _between(first: date, last: date, holidays: Holidays | None) -> int:
    """The days after `first` up to `last`; working days only where `holidays` are given."""
    days = max((last - first).days, 0)
    if holidays is None:
        return days
    return sum(is_working_day(first + timedelta(days=each), holidays) for each in range(1, days + 1))
