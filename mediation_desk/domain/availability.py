"""When people can be put on the roster, as offices tell it in a workbook: what was read of it and what is said of it.

Nothing here is in force: a person looks at what would be taken over and confirms it (`services/availability.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.half_day import Half, HalfDay

MOST_NEEDED = 20
"""More people at one post at a time are a slip of the pen."""

LEAVE_MARK = "假"
WISH_MARKS: Mapping[str, int] = {"愿": 1, "愿2": 2, "愿3": 3, "不愿": -1, "不愿2": -2, "不愿3": -3}
LOCK_MARK = "锁定"


class Spot(NamedTuple):
    """A cell of the workbook: sheet, row as the spreadsheet counts, the caption of its column and what stands there."""

    sheet: str
    row: int
    field: str = ""
    value: str = ""

    @property
    def label(self) -> str:
        """「请假」第12行 开始日期“9.31”."""
        cell = f" {self.field}“{self.value}”" if self.value else f" {self.field}".rstrip()
        return f"「{self.sheet}」第{self.row}行{cell}" if self.row else f"「{self.sheet}」{cell.strip()}"

    @property
    def key(self) -> "SpotKey":
        return self.sheet, self.row, self.field


SpotKey: TypeAlias = tuple[str, int, str]


@dataclass(frozen=True)
class Remark:
    """Something that has to be said of one cell. Of one that is `held` nothing is taken over.

    `suggestion` is what the cell may have been meant to say: for a person to accept, never taken by itself.
    """

    spot: Spot
    sentence: str
    held: bool = False
    suggestion: str = ""

    @property
    def text(self) -> str:
        return f"{self.spot.label}{self.sentence}"


def not_known(spot: Spot, what: str, suggestion: str) -> Remark:
    """「人员」第12行 职业身份“律師”不在字典，是否为“律师”？"""
    asked = f"，是否为“{suggestion}”？" if suggestion else "，请核对。"
    return Remark(spot, f"不在{what}{asked}", held=True, suggestion=suggestion)


class Who(NamedTuple):
    """A person as a row names them: 工号 ("" where none is given) and name."""

    number: str
    name: str


@dataclass(frozen=True)
class LeaveEntry:
    """Leave from one half-day to another. `halves_open`: a half was not written, so that the whole day is meant."""

    spot: Spot
    who: Who
    first: HalfDay
    last: HalfDay
    reason: str = ""
    halves_open: bool = False

    @property
    def span(self) -> "Span":
        return Span(self.first, self.last)


@dataclass(frozen=True)
class WishEntry:
    spot: Spot
    who: Who
    half_day: HalfDay
    weight: int


@dataclass(frozen=True)
class LockEntry:
    """Somebody is to be at a post. `post` is what the cell says, which may also be a mark nobody knows."""

    spot: Spot
    who: Who
    half_day: HalfDay
    post: str


@dataclass(frozen=True)
class PersonEntry:
    """What a row says of a person; None and "" where the cell is empty. `caps` by field of the mediator."""

    spot: Spot
    who: Who
    unit: str = ""
    profession: str = ""
    caps: Mapping[str, int] = field(default_factory=dict)
    weekly_pattern: tuple[str, ...] | None = None


@dataclass(frozen=True)
class NeedEntry:
    spot: Spot
    post: str
    needed: int
    profession: str = ""


@dataclass(frozen=True)
class ClashEntry:
    spot: Spot
    one_unit: str
    other_unit: str
    reason: str = ""


Entry: TypeAlias = LeaveEntry | WishEntry | LockEntry | PersonEntry | NeedEntry | ClashEntry


@dataclass(frozen=True)
class AvailabilityRead:
    """What a workbook says about one month, and what could not be read of it."""

    month: date
    entries: tuple[Entry, ...] = ()
    messages: tuple[Remark, ...] = ()

    @property
    def held_back(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.messages if each.held)


class Span(NamedTuple):
    """From one half-day to another, both included."""

    first: HalfDay
    last: HalfDay

    @property
    def label(self) -> str:
        """9/3上午—9/8下午, 9/3全天, 9/3上午."""
        if self.first == self.last:
            return _short(self.first)
        if self.first.day == self.last.day:
            return f"{self.first.day.month}/{self.first.day.day}全天"
        return f"{_short(self.first)}—{_short(self.last)}"

    def clipped(self, within: "Span") -> "Span | None":
        """The part that lies within another span."""
        first, last = max(self.first, within.first), min(self.last, within.last)
        return Span(first, last) if first <= last else None


def whole_month(month: date) -> Span:
    """All half-days of the month of that day."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Span(HalfDay(first, Half.AM), HalfDay(last, Half.PM))


def half_day_after(half_day: HalfDay) -> HalfDay:
    if half_day.half is Half.AM:
        return HalfDay(half_day.day, Half.PM)
    return HalfDay(half_day.day + timedelta(days=1), Half.AM)


def half_day_before(half_day: HalfDay) -> HalfDay:
    if half_day.half is Half.PM:
        return HalfDay(half_day.day, Half.AM)
    return HalfDay(half_day.day - timedelta(days=1), Half.PM)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same half-days in as few spans as can be: what overlaps or adjoins becomes one. In order of time."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= half_day_after(found[-1].last):
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def without(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What of a span none of the others covers. In order of time."""
    left: list[Span] = []
    begin = span.first
    for other in merged(taken):
        if other.last < begin or other.first > span.last:
            continue
        if begin < other.first:
            left.append(Span(begin, half_day_before(other.first)))
        begin = half_day_after(other.last)
    if begin <= span.last:
        left.append(Span(begin, span.last))
    return left


def _short(half_day: HalfDay) -> str:
    return f"{half_day.day.month}/{half_day.day.day}{half_day.half.label}"
