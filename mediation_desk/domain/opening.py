"""When the centre is open. Its own word on a half-day goes first, then the holidays, then its week.

Whose word on the holidays counts (an imported notice before a rule pack) was settled when the rules were put together.
A year that nobody has announced is counted as plain Monday to Friday and is not confirmed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, takewhile

from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay
from mediation_desk.domain.presence import OpeningException
from mediation_desk.domain.rules import Holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY, _FRIDAY = 5, 4
_LONGEST_CLOSED = 366
"""How many days are looked through for an open one."""


class Opening:
    """The open half-days of a centre.

    `pattern` lists the half-days of its week ("mon_am"); an empty one means every working day. Only working days are
    opened by it, but a Saturday or Sunday it lists is open as well unless it is a day off of a holiday. A weekend
    worked to make up for a holiday is open all day. `exceptions` are in the order of recording: the last one counts.
    """

    def __init__(self, pattern: Sequence[str], holidays: Holidays, exceptions: Iterable[OpeningException]) -> None:
        self._pattern = frozenset(pattern)
        self._holidays = holidays
        self._exceptions = {HalfDay(each.day, each.half): each for each in exceptions}

    def is_open(self, half_day: HalfDay) -> bool:
        if half_day in self._exceptions:
            return self._exceptions[half_day].is_open
        if half_day.day in self._holidays.days_off:
            return False
        if self._is_make_up(half_day.day):
            return True
        if self._pattern:
            return half_day.in_week in self._pattern
        return half_day.day.weekday() < _SATURDAY

    def why(self, half_day: HalfDay) -> str:
        """What makes it open or closed: "国庆节", "调休上班", "中心自定：停电检修", "周日", "工作日"."""
        day = half_day.day
        if half_day in self._exceptions:
            return "：".join(filter(None, ("中心自定", self._exceptions[half_day].reason)))
        if day in self._holidays.days_off:
            return self._holidays.days_off[day]
        if self._is_make_up(day):
            return "调休上班"
        return self._why_in_a_week(half_day) + ("" if self._holidays.knows(day) else "（未确认）")

    def _why_in_a_week(self, half_day: HalfDay) -> str:
        is_open = self.is_open(half_day)
        if half_day.day.weekday() >= _SATURDAY:
            return f"周{WEEKDAY_LABELS[half_day.day.weekday()]}{'开放' if is_open else ''}"
        return "工作日" if is_open else "非开放时段"

    def is_own(self, half_day: HalfDay) -> bool:
        """Whether the centre itself said what counts for it."""
        return half_day in self._exceptions

    def confirmed(self, day: date) -> bool:
        """Whether that year's notice is known, or the centre itself has said what counts for both halves of the day."""
        return self._holidays.knows(day) or all(self.is_own(HalfDay(day, half)) for half in Half)

    def of_day(self, day: date) -> tuple[HalfDay, ...]:
        return tuple(half_day for half in Half if self.is_open(half_day := HalfDay(day, half)))

    def of_month(self, month: date) -> tuple[HalfDay, ...]:
        """The open half-days of the month that `month` lies in."""
        first = month.replace(day=1)
        days = takewhile(lambda day: day.month == first.month, _from(first))
        return tuple(half_day for day in days for half_day in self.of_day(day))

    def next_open_days(self, day: date, number: int) -> list[date]:
        """The next days after `day` that are open at least half; fewer where a year long nothing is open."""
        days = islice(_from(day + _ONE_DAY), _LONGEST_CLOSED)
        return list(islice((each for each in days if self.of_day(each)), number))

    def is_unpopular(self, half_day: HalfDay) -> bool:
        """Whether an open half-day is one that nobody likes.

        Saturday, Sunday (make-up days among them), Friday afternoon, a day off of a holiday that was opened, and the
        last half-day before a holiday.
        """
        if not self.is_open(half_day):
            return False
        weekday = half_day.day.weekday()
        is_friday_afternoon = weekday == _FRIDAY and half_day.half is Half.PM
        is_day_off = weekday >= _SATURDAY or half_day.day in self._holidays.days_off
        return is_day_off or is_friday_afternoon or self._is_eve(half_day)

    def _is_eve(self, half_day: HalfDay) -> bool:
        """Whether a day off of a holiday comes before anything opens again."""
        closed = takewhile(lambda each: not self.is_open(each), _after(half_day))
        return any(each.day in self._holidays.days_off for each in islice(closed, 2 * _LONGEST_CLOSED))

    def _is_make_up(self, day: date) -> bool:
        """Whether a weekend is worked. A weekday that a later notice gives back is an ordinary working day."""
        return day.weekday() >= _SATURDAY and day in self._holidays.make_up_days


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _ONE_DAY


def _after(half_day: HalfDay) -> Iterator[HalfDay]:
    if half_day.half is Half.AM:
        yield HalfDay(half_day.day, Half.PM)
    for day in _from(half_day.day + _ONE_DAY):
        yield from (HalfDay(day, half) for half in Half)
