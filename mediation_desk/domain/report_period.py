"""The months, quarters and years that figures are about, and which time comes before one."""

from datetime import date, timedelta
from typing import NamedTuple

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.working_days import add_months

_ONE_DAY = timedelta(days=1)
_MONTHS_A_QUARTER = 3
_MONTHS_A_YEAR = 12


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def in_words(self) -> str:
        """2026年, 2026年第3季度, 2026年9月, or both days."""
        year, month = self.first.year, self.first.month
        if self == year_of(self.first):
            return f"{year}年"
        if self == quarter_of(self.first):
            return f"{year}年第{(month - 1) // _MONTHS_A_QUARTER + 1}季度"
        if self == month_of(self.first):
            return f"{year}年{month}月"
        return f"{day_in_words(self.first)}至{day_in_words(self.last)}"

    @property
    def before(self) -> "Span":
        """The month before a month, the quarter before a quarter, the year before a year; else as many days before."""
        yesterday = self.first - _ONE_DAY
        for whole in (year_of, quarter_of, month_of):
            if self == whole(self.first):
                return whole(yesterday)
        return Span(yesterday - (self.last - self.first), yesterday)


def month_of(day: date) -> Span:
    return _months(day.replace(day=1), 1)


def quarter_of(day: date) -> Span:
    return _months(day.replace(month=day.month - (day.month - 1) % _MONTHS_A_QUARTER, day=1), _MONTHS_A_QUARTER)


def year_of(day: date) -> Span:
    return _months(date(day.year, 1, 1), _MONTHS_A_YEAR)


def _months(first: date, number: int) -> Span:
    return Span(first, add_months(first, number) - _ONE_DAY)
