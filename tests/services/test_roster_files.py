"""The roster for people outside the program: wall sheet, workbook, calendar."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from mediation_desk.documents import wall_sheet
from mediation_desk.documents.broadsheet import Broad
from mediation_desk.documents.wall_sheet import WallPlace, WallSheet
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.roster_files import draw_wall, roster_calendar, roster_workbook
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, Desk
from tests.duty import AM, MONTH, PM, Duty, at


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[WallSheet, Broad]]:
    """What was given to be drawn."""
    given: list[tuple[WallSheet, Broad]] = []

    def note(sheet: WallSheet, paper: Broad) -> bytes:
        given.append((sheet, paper))
        return b"%PDF"

    monkeypatch.setattr(wall_sheet, "draw_wall_sheet", note)
    return given


def wall(desk: Desk, month: date = MONTH, **how: bool) -> bytes:
    with desk.database.reading() as records:
        return draw_wall(records, desk.act, month, **how)


# ---- the wall sheet


def test_the_wall_sheet_shows_the_published_roster_with_version_and_hours(
    duty: Duty, said: list[tuple[WallSheet, Broad]]
) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one))
    duty.draft(Placing(at(7), post, other))
    wall(duty.desk)
    wall(duty.desk, draft=True, a3=False)
    [(published, a3), (draft, a4)] = said
    assert published.places[at(7), post] == WallPlace(("王芳",), 0)
    assert published.places[at(8), post] == WallPlace((), 1)
    assert (published.version, published.mark) == ("第1版　2026年11月23日 9:30发布", "")
    assert published.hours == {AM: "9:00—12:00", PM: "13:30—17:30"}
    assert published.closed[at(5)] == "周六"
    assert published.notes == ["常驻：赵和"]
    assert (draft.places[at(7), post].names, draft.mark) == (("李平",), "草案")
    assert draft.version == "草案，尚未发布"
    assert (a3, a4) == (Broad.A3, Broad.A4)


def test_who_is_away_is_left_out_and_who_stands_in_is_named(duty: Duty, said: list[tuple[WallSheet, Broad]]) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one), Placing(at(8), post, one))
    duty.leave(one, at(7), substitute_id=other)
    duty.leave(one, at(8))
    wall(duty.desk)
    [(sheet, _)] = said
    assert sheet.places[at(7), post] == WallPlace(("李平",), 0)
    assert sheet.places[at(8), post] == WallPlace((), 1)


def test_standing_people_stand_at_their_posts(duty: Duty, said: list[tuple[WallSheet, Broad]]) -> None:
    def become_a_lawyer(records: Records) -> None:
        records.mediators.get(APPOINTED).profession = "lawyer"

    duty.desk.write(become_a_lawyer)
    post = duty.post("律师", "lawyer", needed=2)
    one = duty.person("王芳")
    duty.published(Placing(at(7), post, one))
    wall(duty.desk)
    [(sheet, _)] = said
    assert sheet.places[at(7), post] == WallPlace(("赵和", "王芳"), 0)
    assert sheet.places[at(8), post] == WallPlace(("赵和",), 1)


def test_a_month_whose_holidays_are_not_known_is_a_draft_though_published(
    duty: Duty, said: list[tuple[WallSheet, Broad]]
) -> None:
    month = date(2027, 3, 1)
    post, one = duty.post(), duty.person("王芳")
    duty.published(Placing(at(8, month=month), post, one), month=month)
    wall(duty.desk, month)
    [(sheet, _)] = said
    assert sheet.mark == "草案"
    assert sheet.version.endswith("发布　放假安排未确认")


def test_a_practice_store_says_so_on_the_wall(duty: Duty, said: list[tuple[WallSheet, Broad]]) -> None:
    def practise(records: Records) -> None:
        records.centre.get().is_practice = True

    duty.desk.write(practise)
    shift = Placing(at(7), duty.post(), duty.person("王芳"))
    duty.draft(shift)
    wall(duty.desk)
    duty.published(shift)
    wall(duty.desk)
    assert [sheet.mark for sheet, _ in said] == ["练习草案", "练习"]


def test_without_a_roster_there_is_nothing_to_give_away(desk: Desk) -> None:
    for give in (draw_wall, roster_workbook, roster_calendar):
        with desk.database.reading() as records, pytest.raises(RuleBroken, match="2026年12月还没有"):
            give(records, desk.act, MONTH)


def test_the_wall_sheet_is_a_paper(duty: Duty) -> None:
    duty.draft(Placing(at(7), duty.post(), duty.person("王芳")))
    assert wall(duty.desk).startswith(b"%PDF-1.5")


# ---- the workbook


def book_of(desk: Desk, **how: bool) -> Any:
    with desk.database.reading() as records:
        return load_workbook(BytesIO(roster_workbook(records, desk.act, MONTH, **how)))


def test_the_workbook_has_grid_list_and_fairness(duty: Duty) -> None:
    post = duty.post("=律师岗")
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(4, PM), post, one), Placing(at(7), post, other))
    duty.leave(one, at(4, PM), substitute_id=other)
    book = book_of(duty.desk)
    grid, listed, fairness = (book[name] for name in ("网格", "名单", "均衡"))
    head = [cell.value for cell in grid[2]]
    rows = {row[0].value: [cell.value for cell in row] for row in grid.iter_rows(3)}
    assert rows["王芳"][head.index("12/4 周五下午")] == "=律师岗，请假"
    assert rows["李平"][head.index("12/7 周一上午")] == "=律师岗"
    assert grid["A1"].value.startswith("示例街道综治中心 2026年12月值班表　第1版")
    shifts = [[cell.value for cell in row] for row in listed.iter_rows(3)]
    assert shifts[0][:5] == [datetime(2026, 12, 1), "周二", "上午", "=律师岗", None]
    assert shifts[0][8] == "缺1人"
    [away] = [row for row in shifts if row[4] == "王芳"]
    assert away[5:] == ["王芳所", "自动排", None, "请假，由李平代"]
    carried = {row[0].value: [cell.value for cell in row][2:] for row in fairness.iter_rows(3, fairness.max_row - 2)}
    assert carried == {"王芳": [1, 1, 0, 0, 0], "李平": [1, 0, 0, 0, 0], "钱平": [0, 0, 0, 0, 0]}


def test_the_draft_goes_into_the_workbook_where_asked(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one))
    duty.draft(Placing(at(7), post, other))
    for how, name in (({}, "王芳"), ({"draft": True}, "李平")):
        names = [row[4].value for row in book_of(duty.desk, **how)["名单"].iter_rows(3)]
        assert [each for each in names if each] == [name]


# ---- the calendar


def events(desk: Desk, person_id: int | None = None) -> list[Any]:
    with desk.database.reading() as records:
        content = roster_calendar(records, desk.act, MONTH, person_id)
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_has_each_shift_at_the_hours_of_the_centre(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one), Placing(at(7, PM), post, other))
    morning, afternoon = events(duty.desk)
    assert morning["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 12, 7, 9)
    assert afternoon["dtend"].dt.replace(tzinfo=None) == datetime(2026, 12, 7, 17, 30)
    assert [str(each["summary"]) for each in (morning, afternoon)] == ["值班（律师） 王芳", "值班（律师） 李平"]
    assert [each["sequence"] for each in (morning, afternoon)] == [1, 1]


def test_one_person_gets_their_own_shifts_and_nobody_elses_name(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one), Placing(at(8), post, other))
    with duty.desk.database.reading() as records:
        content = roster_calendar(records, duty.desk.act, MONTH, one).decode()
    assert "王芳" in content
    assert "李平" not in content


def test_a_shift_keeps_its_uid_and_one_that_is_gone_is_cancelled(duty: Duty) -> None:
    post, another = duty.post(), duty.post("咨询", "lawyer")
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one), Placing(at(8), post, one), Placing(at(9), post, one))
    before = {str(each["uid"]): each for each in events(duty.desk)}
    duty.published(Placing(at(7), post, one), Placing(at(8), another, one), Placing(at(9), post, other))
    after = {str(each["uid"]): each for each in events(duty.desk)}
    assert set(before) < set(after)
    kept, moved, gone = (after[uid] for uid in sorted(before))
    assert (kept["sequence"], str(kept["status"])) == (1, "CONFIRMED")
    assert (moved["sequence"], str(moved["summary"])) == (2, "值班（咨询） 王芳")
    assert (gone["sequence"], str(gone["status"])) == (2, "CANCELLED")
    assert len(after) == 4


def test_a_cancelled_shift_that_comes_back_is_there_again(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    for person in (one, other, one):
        duty.published(Placing(at(7), post, person))
    states = {str(each["summary"]): (str(each["status"]), each["sequence"]) for each in events(duty.desk)}
    assert states == {"值班（律师） 王芳": ("CONFIRMED", 3), "已取消：值班（律师） 李平": ("CANCELLED", 3)}


def test_a_draft_is_in_no_calendar(duty: Duty) -> None:
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one))
    duty.draft(Placing(at(7), post, other))
    assert [str(each["summary"]) for each in events(duty.desk)] == ["值班（律师） 王芳"]
