"""Counts periods: calendar days, working days and months, and where a last day that is a rest day moves to.

The first day is never counted (民法典 art. 201, 民事诉讼法 art. 85). A year whose holiday notice is not known is
counted as plain Monday to Friday, and the result says that it is not certain.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.half_day import WEEKDAY_LABELS
from mediation_desk.domain.rules import Holidays, Period, Unit

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PeriodEnd:
    """The last day of a period.

    `nominal` is the last day as counted, `effective` the one after a rest day was passed over; the period ends at
    24:00 of it, or at the close of business (民法典 art. 203). `certain` is False when the count touches a year whose
    holidays are not known. `note` says in Chinese what moved the day or what is to be checked, "" if nothing.
    """

    nominal: date
    effective: date
    certain: bool
    note: str


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Whether work is done that day: a weekday that is not off, or a weekend worked to make up for a holiday."""
    if day in holidays.make_up_days:
        return True
    return day.weekday() < 5 and day not in holidays.days_off


def add_working_days(day: date, number: int, holidays: Holidays) -> date:
    """Return the `number`-th working day after `day`, or before it when `number` is negative."""
    step = _ONE_DAY if number > 0 else -_ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def add_months(day: date, number: int) -> date:
    """Return the same-numbered day `number` months later, or the last day of that month (民法典 art. 202)."""
    years, month = divmod(day.month - 1 + number, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def period_end(start: date, period: Period, holidays: Holidays) -> PeriodEnd:
    """Return when `period` ends if it begins to run on `start`."""
    if period.unit is Unit.WORKING_DAY:
        nominal = add_working_days(start, period.length, holidays)
    elif period.unit is Unit.MONTH:
        nominal = add_months(start, period.length)
    else:
        nominal = start + timedelta(days=period.length)
    return ending(start, nominal, period, holidays)


def ending(start: date, nominal: date, period: Period, holidays: Holidays) -> PeriodEnd:
    """What follows from the last day as counted: where it moves to if it is a rest day, and how certain that is."""
    if period.unit is Unit.WORKING_DAY:
        unknown = [year for year in range(start.year, nominal.year + 1) if year not in holidays.years]
        return PeriodEnd(nominal, nominal, not unknown, _unknown_note(unknown))
    if not period.rollover:
        return PeriodEnd(nominal, nominal, True, "")
    effective = nominal
    while not is_working_day(effective, holidays):
        effective += _ONE_DAY
    unknown = sorted({day.year for day in (nominal, effective) if not holidays.knows(day)})
    notes = [_moved_note(nominal, effective, holidays), _unknown_note(unknown)]
    return PeriodEnd(nominal, effective, not unknown, "".join(filter(None, notes)))


def why_no_work(day: date, holidays: Holidays) -> str:
    """The holiday or weekday for which no work is done that day."""
    return holidays.days_off.get(day) or f"星期{WEEKDAY_LABELS[day.weekday()]}"


def _moved_note(nominal: date, effective: date, holidays: Holidays) -> str:
    if nominal == effective:
        return ""
    return f"{day_in_words(nominal)}是休息日（{why_no_work(nominal, holidays)}），顺延到{day_in_words(effective)}。"


def _unknown_note(years: list[int]) -> str:
    named = "、".join(f"{year}年" for year in years)
    return f"{named}的放假安排尚未导入，暂按周一至周五推算，请核对。" if years else ""
