"""Writes shifts as a calendar file (iCalendar, RFC 5545), to be put on a phone. Nothing of any case goes into it.

A shift keeps its UID in every version of the roster, so that a calendar that reads a newer file moves what changed
and strikes out what is gone, instead of showing both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Timezone

SHANGHAI = "Asia/Shanghai"
_AHEAD_OF_UTC = timedelta(hours=8)  # without summer time since 1991
_PRODUCT = "-//Mediation Desk//Duty roster//ZH"


@dataclass(frozen=True, kw_only=True)
class CalendarShift:
    """One person's shift. `uid` is the same in every version; `version` counts up when the shift changed.

    `said_at`: when the roster that says so was published, wall time of the desk.
    """

    uid: str
    person: str
    post: str
    day: date
    begin: time
    end: time
    version: int
    said_at: datetime
    cancelled: bool = False


def write_calendar(name: str, place: str, shifts: Iterable[CalendarShift]) -> bytes:
    """A calendar of that name; each shift at `place` and under the name of its own person alone."""
    from icalendar import Calendar, Event  # 0.1 s, and only whoever exports needs it

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(_time_zone())
    for shift in shifts:
        event = Event()
        event.add("uid", shift.uid)
        event.add("dtstamp", (shift.said_at - _AHEAD_OF_UTC).replace(tzinfo=UTC))
        event.add("dtstart", datetime.combine(shift.day, shift.begin), parameters={"TZID": SHANGHAI})
        event.add("dtend", datetime.combine(shift.day, shift.end), parameters={"TZID": SHANGHAI})
        event.add("summary", f"{'已取消：' if shift.cancelled else ''}值班（{shift.post}） {shift.person}")
        event.add("location", place)
        event.add("sequence", shift.version)
        event.add("status", "CANCELLED" if shift.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT" if shift.cancelled else "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _time_zone() -> "Timezone":
    """The zone by its one rule: what time zone data say of the years before 1992 is no shift's business."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1992, 1, 1))
    standard.add("tzoffsetfrom", _AHEAD_OF_UTC)
    standard.add("tzoffsetto", _AHEAD_OF_UTC)
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", SHANGHAI)
    zone.add_component(standard)
    return zone
