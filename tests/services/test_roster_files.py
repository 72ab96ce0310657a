"""Rosters as workbooks and calendars."""

from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.roster_files import roster_calendar, roster_workbook
from mediation_desk.services.roster_making import place
from tests.desk import Desk
from tests.duty import MONTH, PM, Duty, at

JANUARY = MONTH.replace(year=2027, month=1)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """Two lawyers wanted on Tuesday mornings, and two of them."""
    duty = Duty(desk)
    duty.post("律师", "lawyer", needed=2, weekly_pattern=["tue_am"])
    duty.people(["周一", "郑二"])
    return duty


def shift(duty: Duty, name: str, day: int) -> Placing:
    return Placing(at(day), 1, duty.ids[name])


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(BytesIO(content))}


def events(content: bytes, *members: str) -> list[tuple[str, ...]]:
    found = Calendar.from_ical(content).walk("VEVENT")
    return [tuple(str(each[member]) for member in members or ("summary", "status", "sequence")) for each in found]


def test_a_workbook_shows_half_days_people_and_how_evenly_it_is_shared(duty: Duty) -> None:
    duty.published(shift(duty, "周一", 1), shift(duty, "郑二", 1), shift(duty, "周一", 8))
    book = sheets(duty.desk.do(roster_workbook, MONTH))
    assert list(book) == ["班表", "人员", "均衡"]
    assert book["班表"][0][0] == "示例街道综治中心2026年12月排班表 第1版"
    assert book["班表"][1] == ("日期", "星期", "半天", "律师")
    first, afternoon = book["班表"][2:4]
    assert (str(first[0])[:10], *first[1:]) == ("2026-12-01", "周二", "上午", "周一、郑二")
    assert afternoon[3] is None
    assert "周一、缺1人" in [row[3] for row in book["班表"]]
    one = next(row for row in book["人员"] if row[0] == "周一")
    assert one[:5] == ("周一", "周一所", 2, 0, "律师")
    line = next(row for row in book["均衡"] if row[0] == "周一")
    assert line[1:5] == (2, 1.5, 0, 0.5)
    assert ("按应担班次折算，最多与最少差1次（周一、郑二）。") in [row[0] for row in book["均衡"]]


def test_a_draft_says_so_and_tells_nothing_of_fairness(duty: Duty) -> None:
    with duty.desk.refuses("本月还没有排班。"):
        duty.desk.do(roster_workbook, MONTH)
    duty.draft(shift(duty, "周一", 1))
    book = sheets(duty.desk.do(roster_workbook, MONTH))
    assert list(book) == ["班表", "人员"]
    assert book["班表"][0][0] == "示例街道综治中心2026年12月排班表 第1版（草案）"


def test_a_published_roster_of_a_month_nobody_announced_is_still_a_draft_on_paper(duty: Duty) -> None:
    duty.published(Placing(at(5, month=JANUARY), 1, duty.ids["周一"]), month=JANUARY)
    book = sheets(duty.desk.do(roster_workbook, JANUARY))
    assert str(book["班表"][0][0]).endswith("第1版（草案）")
    assert ("2027年放假安排未导入，暂按周一至周五；草案") in [row[0] for row in book["班表"]]


def test_a_calendar_holds_the_published_shifts_and_strikes_out_what_is_gone(duty: Duty) -> None:
    with duty.desk.refuses("本月还没有已发布的排班，不能写成日历。"):
        duty.desk.do(roster_calendar, MONTH)
    duty.published(shift(duty, "周一", 1), shift(duty, "周一", 8))
    duty.published(shift(duty, "周一", 1), shift(duty, "郑二", 8))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(15), 1)  # a draft is nobody's duty yet
    assert set(events(duty.desk.do(roster_calendar, MONTH))) == {
        ("值班（律师） 周一", "CONFIRMED", "2"),
        ("值班（律师） 郑二", "CONFIRMED", "2"),
        ("已取消：值班（律师） 周一", "CANCELLED", "2"),
    }
    own = duty.desk.do(roster_calendar, MONTH, duty.ids["郑二"])
    assert events(own) == [("值班（律师） 郑二", "CONFIRMED", "2")]
    assert str(Calendar.from_ical(own)["x-wr-calname"]) == "2026年12月值班 郑二"


def test_a_shift_keeps_its_name_from_version_to_version_and_from_post_to_post(duty: Duty) -> None:
    other = duty.post("法律咨询")
    duty.published(shift(duty, "周一", 1))
    before = duty.desk.do(roster_calendar, MONTH)
    duty.published(Placing(at(1), other, duty.ids["周一"]), Placing(at(1, PM), other, duty.ids["周一"]))
    after = duty.desk.do(roster_calendar, MONTH)
    assert events(before, "uid")[0] in events(after, "uid")
    assert len(set(events(after, "uid"))) == 2
    assert events(after, "status") == [("CONFIRMED",), ("CONFIRMED",)]
