"""Reads what it takes to say who should be at the centre over some days."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.expected import Expected, expected
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import Leave, LeaveKind
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import opening
from mediation_desk.store.records import Records
from mediation_desk.store.rosters import ShiftRow


@dataclass(frozen=True)
class Staffing:
    """What is known of the days from one to another; asking for other days gives wrong answers."""

    opening: Opening
    mediators: Sequence[Mediator]
    leaves: Sequence[Leave]
    shifts: Mapping[HalfDay, Sequence[ShiftRow]]
    roster_months: frozenset[date]

    def expected(self, half_day: HalfDay) -> list[Expected]:
        """Who should be there, as leave, absence and substitutes have it."""
        return self._expected(half_day, self.leaves)

    def planned(self, half_day: HalfDay) -> list[Expected]:
        """Who was to be there as far as it was known beforehand: absence, which is noted afterwards, is left out."""
        return self._expected(half_day, [each for each in self.leaves if each.kind is LeaveKind.LEAVE])

    def usual(self, half_day: HalfDay) -> list[Expected]:
        """Who would be there if nobody were away."""
        return self._expected(half_day, ())

    def _expected(self, half_day: HalfDay, leaves: Sequence[Leave]) -> list[Expected]:
        shifts = self.shifts.get(half_day, ())
        return expected(half_day, self.mediators, leaves, shifts, self.roster_months, self.opening)


def staffing(records: Records, act: Act, first: date, last: date) -> Staffing:
    """Read the days from `first` to `last`, both included."""
    return staffing_under(records, opening(records, act, first, last), first, last)


def staffing_under(records: Records, opening: Opening, first: date, last: date) -> Staffing:
    """Read the days from `first` to `last` where the opening of the centre is known already."""
    shifts: dict[HalfDay, list[ShiftRow]] = {}
    for row in records.rosters.shifts(first, last):
        shifts.setdefault(HalfDay(row.day, row.half), []).append(row)
    return Staffing(
        opening=opening,
        mediators=records.mediators.all(),
        leaves=records.presence.leaves(first, last),
        shifts=shifts,
        roster_months=frozenset(_published(records, first, last, {each.day.replace(day=1) for each in shifts})),
    )


def _published(records: Records, first: date, last: date, seen: Collection[date]) -> Iterator[date]:
    """The months with a roster in force. One that was seen in a shift need not be asked for."""
    return (month for month in _months(first, last) if month in seen or records.rosters.has_published(month))


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
