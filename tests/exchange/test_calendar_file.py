"""Shifts for the calendar of a phone, as another program reads them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from mediation_desk.exchange.calendar_file import CalendarShift, write_calendar

SHIFT = CalendarShift(
    uid="m1-2026-09-04-am@centre",
    person="王芳",
    post="律师岗",
    day=date(2026, 9, 4),
    begin=time(9),
    end=time(12),
    version=2,
    said_at=datetime(2026, 8, 25, 6, 30),
)


def event_of(content: bytes) -> Any:
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_shift_has_its_time_in_shanghai_its_place_and_its_version() -> None:
    event = event_of(write_calendar("值班表", "示例街道综治中心", [SHIFT]))
    begin, end = event["dtstart"].dt, event["dtend"].dt
    assert begin.replace(tzinfo=None) == datetime(2026, 9, 4, 9)
    assert begin.utcoffset() == end.utcoffset() == timedelta(hours=8)
    assert end - begin == timedelta(hours=3)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (SHIFT.uid, 2, "CONFIRMED")
    assert (str(event["summary"]), str(event["location"])) == ("值班（律师岗） 王芳", "示例街道综治中心")


def test_the_moment_of_publishing_is_given_in_utc() -> None:
    assert b"DTSTAMP:20260824T223000Z" in write_calendar("值班表", "", [SHIFT])


def test_a_cancelled_shift_stays_and_says_so() -> None:
    event = event_of(write_calendar("值班表", "", [replace(SHIFT, cancelled=True, version=3)]))
    assert (str(event["uid"]), str(event["status"]), event["sequence"]) == (SHIFT.uid, "CANCELLED", 3)
    assert str(event["transp"]) == "TRANSPARENT"
    assert str(event["summary"]).startswith("已取消")


def test_names_with_marks_of_the_format_come_back_as_they_are() -> None:
    event = event_of(write_calendar("值班表", "甲；乙,丙;丁\\戊", [replace(SHIFT, person="阿·布,𠮷;")]))
    assert str(event["summary"]) == "值班（律师岗） 阿·布,𠮷;"
    assert str(event["location"]) == "甲；乙,丙;丁\\戊"


def test_the_same_shifts_give_the_same_bytes_and_none_a_calendar_all_the_same() -> None:
    assert write_calendar("值班表", "", [SHIFT]) == write_calendar("值班表", "", [SHIFT])
    empty = Calendar.from_ical(write_calendar("值班表", "", []))
    assert empty.walk("VEVENT") == []
    assert str(empty["x-wr-calname"]) == "值班表"


def test_lines_are_no_longer_than_the_format_allows() -> None:
    content = write_calendar("值" * 200, "中心" * 100, [SHIFT])
    assert max(map(len, content.split(b"\r\n"))) <= 75
