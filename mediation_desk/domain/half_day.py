"""Half-days: what presence, rosters and leave are counted in. The afternoon begins at noon."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.labelled import Labelled

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_LABELS = "一二三四五六日"


class Half(Labelled):
    AM = "am", "上午"
    PM = "pm", "下午"


class HalfDay(NamedTuple):
    """One half of one day; sorts by time."""

    day: date
    half: Half

    @classmethod
    def of(cls, moment: datetime) -> "HalfDay":
        return cls(moment.date(), Half.AM if moment.hour < 12 else Half.PM)

    @property
    def in_week(self) -> str:
        """How weekly patterns write it: "mon_am" … "sun_pm"."""
        return f"{WEEKDAYS[self.day.weekday()]}_{self.half.value}"

    @property
    def label(self) -> str:
        """In words for a person: 2026年9月4日（周五）下午."""
        return f"{day_in_words(self.day)}（周{WEEKDAY_LABELS[self.day.weekday()]}）{self.half.label}"

    @property
    def in_month(self) -> str:
        """In words where the year is clear: 9月4日（周五）下午."""
        return self.label.partition("年")[2]


def half_days(first: HalfDay, last: HalfDay) -> Iterator[HalfDay]:
    """Every half-day from `first` to `last`, both included; none when `last` is earlier."""
    for number in range((last.day - first.day).days + 1):
        day = first.day + timedelta(days=number)
        yield from (each for half in Half if first <= (each := HalfDay(day, half)) <= last)
