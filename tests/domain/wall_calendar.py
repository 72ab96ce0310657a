"""How somebody counts who crosses off days on a calendar on the wall: nothing is shared with what it is to prove."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from mediation_desk.domain.rules import Holidays, Period, Unit


def last_day(
    start: date, limit: Period, holidays: Holidays, is_stopped: Callable[[date], bool | None], further: int
) -> date | None:
    """The last day; None where the count comes to a day of which `is_stopped` cannot say when it goes on."""
    length = limit.length
    if limit.unit is Unit.MONTH:
        later = start.month - 1 + length
        year, month = start.year + later // 12, later % 12 + 1
        length = (date(year, month, min(start.day, monthrange(year, month)[1])) - start).days

    def is_off(day: date) -> bool:
        return day not in holidays.make_up_days and (day in holidays.days_off or day.isoweekday() > 5)

    day, crossed = start, 0
    while crossed < length + further:
        day = date.fromordinal(day.toordinal() + 1)
        stopped = is_stopped(day)
        if stopped is None:
            return None
        if not stopped and not (limit.unit is Unit.WORKING_DAY and is_off(day)):
            crossed += 1
    while limit.rollover and is_off(day):
        day = date.fromordinal(day.toordinal() + 1)
    return day
