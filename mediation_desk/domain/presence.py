"""Who is at the centre when: opening of the centre, leave and absence, coming and going."""

from dataclasses import dataclass
from datetime import date, datetime, time

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.labelled import Labelled

LUNCH_ENDS = time(13, 0)


class LeaveKind(Labelled):
    """Leave is known beforehand and keeps a person off the roster; absence is noted when somebody did not come."""

    LEAVE = "leave", "请假"
    ABSENCE = "absence", "缺勤"


@dataclass(eq=False, kw_only=True)
class Leave:
    """A mediator is not there from one half-day to another, both included.

    `reason` is a code of the table `absence_reason`. `substitute_id` is the mediator who stands in.
    A withdrawn leave stays to be read and counts no longer.
    """

    id: int | None = None
    mediator_id: int
    kind: LeaveKind = LeaveKind.LEAVE
    first_day: date
    first_half: Half = Half.AM
    last_day: date
    last_half: Half = Half.PM
    reason: str = ""
    note: str = ""
    substitute_id: int | None = None
    by_id: int
    recorded_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def first(self) -> HalfDay:
        return HalfDay(self.first_day, self.first_half)

    @property
    def last(self) -> HalfDay:
        return HalfDay(self.last_day, self.last_half)

    def covers(self, half_day: HalfDay) -> bool:
        return self.withdrawn_at is None and self.first <= half_day <= self.last

    def touches(self, first: HalfDay, last: HalfDay) -> bool:
        """Whether any half-day from `first` to `last` is of it, withdrawn or not."""
        return self.first <= last and first <= self.last

    @property
    def span_in_words(self) -> str:
        return span_in_words(self.first, self.last)


def span_in_words(first: HalfDay, last: HalfDay) -> str:
    """From one half-day to another, both included: 9月3日–9月8日, 9月3日下午–9月8日上午, 9月3日上午."""
    years = first.day.year != last.day.year
    whole_days = (first.half, last.half) == (Half.AM, Half.PM)

    def words(each: HalfDay) -> str:
        year = f"{each.day.year}年" if years else ""
        return f"{year}{each.day.month}月{each.day.day}日{'' if whole_days else each.half.label}"

    begins, ends = words(first), words(last)
    return begins if begins == ends else f"{begins}–{ends}"


@dataclass(eq=False, kw_only=True)
class Attendance:
    """Somebody came to the centre, and perhaps left again the same day.

    One that was recorded by mistake stays to be read: `left_at` is `came_at` then, and it counts for nothing.
    """

    id: int | None = None
    mediator_id: int
    day: date
    came_at: datetime
    left_at: datetime | None = None
    note: str = ""
    by_id: int

    @property
    def is_mistaken(self) -> bool:
        return self.left_at == self.came_at

    def covers(self, half_day: HalfDay) -> bool:
        """Whether somebody was there in that half-day, if only for a while."""
        return self.day == half_day.day and half_day in half_days_there(self.came_at, self.left_at)


def half_days_there(came_at: datetime, left_at: datetime | None) -> tuple[HalfDay, ...]:
    """The half-days of a coming; none of one that was recorded by mistake.

    Who never checked out stayed all day; who leaves at lunch time was there in the morning only.
    """
    if left_at == came_at:
        return ()
    first = HalfDay.of(came_at)
    if first.half is Half.PM or (left_at is not None and left_at.time() < LUNCH_ENDS):
        return (first,)
    return first, HalfDay(first.day, Half.PM)


@dataclass(eq=False, kw_only=True)
class OpeningException:
    """The centre's own word on one half-day: open although others rest, or closed although others work.

    It goes before the State Council's notices. The last one recorded for a half-day counts.
    """

    id: int | None = None
    day: date
    half: Half
    is_open: bool
    reason: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class HolidayNotice:
    """A notice of the State Council on days off and make-up working days, as somebody pasted and confirmed it.

    `days` holds what it says of single days: `{"2027-01-01": ["off", "元旦"], "2027-02-20": ["work", "春节"]}`, and
    "plain" where it gives back what an earlier one had taken (`holiday_days.DayKind`).
    A later `issued_on` goes before an earlier one, day by day, and all notices before the rule packs.
    """

    id: int | None = None
    year: int
    number: str = ""
    issued_on: date
    text: str
    days: dict[str, list[str]]
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class OwnSetting:
    """The centre's own value for a setting of the rule packs, from a day on; of several the last one counts."""

    id: int | None = None
    name: str
    value: int
    effective_from: date
    reason: str = ""
    by_id: int
    recorded_at: datetime
