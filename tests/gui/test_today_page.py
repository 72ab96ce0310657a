"""今日: what is due, who is here, who waits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case, NumberKind
from mediation_desk.domain.party import Party, Side
from mediation_desk.gui.call_out_begin_dialog import CallOutBeginDialog
from mediation_desk.gui.call_out_dialog import CallOutDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.due_model import due_line
from mediation_desk.gui.line_model import ORANGE, RED, LineModel
from mediation_desk.gui.today_page import TodayPage
from mediation_desk.services.attendance import check_in
from mediation_desk.services.call_out import CallOutWish, begin_call_out, stop_call_out
from mediation_desk.services.intake import Intake, take_in
from mediation_desk.services.today import Due, DueKind, grade_of
from mediation_desk.services.triage import accept
from mediation_desk.store.cases import CaseRow
from tests.desk import NOW
from tests.desk import Desk as Clerk


def take(desk: Desk, claimant: str = "张三", on: date = date(2026, 11, 23)) -> Case:
    parties = (
        Party(no=1, side=Side.CLAIMANT, name=claimant),
        Party(no=2, side=Side.RESPONDENT, name="李四"),
    )
    intake = Intake(uid=desk.new_uid(), parties=parties, matter="楼上漏水", demand="修复", requested_on=on)
    return desk.do(take_in, intake)


def park(desk: Desk, label: str, case_id: int | None = None, at: datetime = datetime(2026, 11, 23, 9, 5)) -> str:
    uid, centre_id = desk.new_uid(), desk.centre.id
    assert centre_id is not None
    details: dict[str, Any] = {"form": "register", "user_id": desk.user_id, "content": {}}
    desk.keep(
        lambda records: records.drafts.save(
            uid, centre_id=centre_id, now=at, label=label, case_id=case_id, parked=True, **details
        )
    )
    return uid


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Callable[[], TodayPage]:
    def shown() -> TodayPage:
        made = TodayPage(desk)
        qtbot.addWidget(made)
        made.show()
        return made

    return shown


def column(model: LineModel, number: int) -> list[str]:
    return [str(line.cells[number]) for line in model.lines]


def test_the_day_and_the_people_are_shown(page: Callable[[], TodayPage]) -> None:
    today = page()
    assert today.ui.day_line.text() == "2026年11月23日 星期一 上午"
    assert column(today.presence.on_duty, 1) == ["钱律师", "孙咨询师"]
    assert column(today.presence.call_list, 0) == ["周干部"]


def test_somebody_on_call_is_called_from_here(page: Callable[[], TodayPage]) -> None:
    today = page()
    today.presence.ui.call_out.click()
    dialog = today.findChild(CallOutBeginDialog)
    assert dialog is not None
    dialog.ui.purpose.setText("协助普法")
    dialog.ui.save_button.click()
    assert today.findChild(CallOutDialog) is not None
    assert [list(line.cells) for line in today.call_outs.lines] == [["一般", "协助普法", "等待周干部答复"]]


def test_a_call_that_goes_on_stands_above_everything_until_it_is_ended(
    page: Callable[[], TodayPage], desk: Desk
) -> None:
    today = page()
    assert not today.ui.call_outs.isVisible()
    call_out = desk.do(begin_call_out, CallOutWish(uid=desk.new_uid(), purpose="协助普法", order=(3,)))
    assert today.ui.call_outs.isVisible()
    today.ui.call_outs.activated.emit(today.call_outs.index(0, 0))
    dialog = today.findChild(CallOutDialog)
    assert dialog is not None
    dialog.ui.silent_button.click()
    [line] = today.call_outs.lines
    assert line.tone is RED
    assert line.cells[2] == "名单用尽，没有人接受：请报值班领导"
    desk.do(stop_call_out, call_out.id or 0, "值班领导另派")
    assert not today.ui.call_outs.isVisible()


def test_an_empty_list_says_so_instead_of_standing_there_empty(page: Callable[[], TodayPage]) -> None:
    today = page()
    assert today.ui.dues_empty.isVisible()
    assert not today.ui.dues.isVisible()
    assert today.ui.dues_summary.text() == ""
    assert today.presence.ui.on_duty.isVisible()
    assert not today.presence.ui.on_duty_empty.isVisible()


def test_due_dates_are_told_by_words_and_colour_the_latest_first(desk: Desk, page: Callable[[], TodayPage]) -> None:
    take(desk, "王五", date(2026, 11, 23))
    late = take(desk, "张三", date(2026, 11, 16))
    take(desk, "赵六", date(2026, 11, 18))
    today = page()
    assert column(today.dues, 0) == ["逾期4天", "今天到期", "临近 剩3天"]
    assert (today.dues.lines[0].key, today.dues.lines[0].tone) == (late.id, RED)
    assert column(today.dues, 4)[0] == "张三与李四"
    assert today.ui.dues_summary.text() == "逾期1 · 今天1 · 临近1"


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 11, 20), "逾期3天"), (date(2026, 11, 30), "七日内 剩7天"), (date(2026, 12, 20), "一月内 剩27天")],
)
def test_how_long_is_left_is_said_in_words(on: date, words: str) -> None:
    today = date(2026, 11, 23)
    due = Due(1, DueKind.CONFIRMATION, on, grade_of(on, today, 3), "")
    row = CaseRow(1, "", "performing", datetime(2026, 11, 1, 9, 0), "", "张三", "李四", "", "楼上漏水", [])
    line = due_line(due, row, today)
    assert line.cells[0] == words
    assert (line.tone is RED) is (on < today)


def test_a_date_in_a_year_without_holiday_notice_is_marked_as_uncertain(
    desk: Desk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_clock", lambda: datetime(2027, 2, 1, 9, 30))
    take(desk, on=date(2027, 2, 1))
    assert column(page().dues, 5) == ["节假日安排未导入，日期待核"]


def test_opening_a_due_date_or_a_registration_asks_for_its_case(
    desk: Desk, page: Callable[[], TodayPage], qtbot: QtBot
) -> None:
    case = take(desk)
    today = page()
    for view in (today.ui.dues, today.ui.registered):
        with qtbot.waitSignal(desk.case_wanted) as wanted:
            view.activated.emit(view.model().index(0, 1))
        assert wanted.args == [case.id]


def test_a_parked_registration_is_taken_up_where_it_was_left(desk: Desk, page: Callable[[], TodayPage]) -> None:
    park(desk, "郑九")
    uid = park(desk, "王十", at=datetime(2026, 11, 20, 16, 5))
    today = page()
    assert [tuple(line.cells) for line in today.waiting.lines] == [
        ("2026-11-20 16:05", "王十", "王窗口"),
        ("9:05", "郑九", "王窗口"),
    ]
    wanted: list[str] = []
    desk.page_wanted.connect(wanted.append)
    desk.draft_wanted.connect(wanted.append)
    today.ui.waiting.activated.emit(today.waiting.index(0, 0))
    assert wanted == ["register", uid]


def test_a_parked_form_of_a_case_opens_the_case(desk: Desk, page: Callable[[], TodayPage], qtbot: QtBot) -> None:
    case = take(desk)
    park(desk, "调解记录", case.id)
    today = page()
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        today.actions()[0].trigger()
    assert wanted.args == [case.id]


def test_with_nobody_waiting_there_is_nothing_to_take_up(
    desk: Desk, page: Callable[[], TodayPage], qtbot: QtBot
) -> None:
    today = page()
    with qtbot.assertNotEmitted(desk.page_wanted):
        today.actions()[0].trigger()


def test_a_registration_appears_at_once_and_its_number_when_it_is_issued(
    desk: Desk, page: Callable[[], TodayPage]
) -> None:
    today = page()
    case = take(desk)
    assert [tuple(line.cells) for line in today.registered.lines] == [("9:30", "张三与李四", "已登记", "楼上漏水")]
    assert case.id is not None
    committee_id = desk.centre.committees[0].id
    assert committee_id is not None
    desk.do(accept, case.id, committee_id=committee_id, kind=NumberKind.CASE)
    assert column(today.registered, 1) == ["张三与李四 （2026）东人调字第1号"]


def test_a_hidden_page_reads_when_it_is_shown_again(desk: Desk, page: Callable[[], TodayPage]) -> None:
    today = page()
    today.hide()
    take(desk)
    assert not today.registered.lines
    today.show()
    assert len(today.registered.lines) == 1


def test_after_noon_the_people_on_duty_change(
    desk: Desk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = page()
    monkeypatch.setattr(desk, "_clock", lambda: datetime(2026, 11, 23, 12, 0))
    today._minute.timeout.emit()
    assert column(today.presence.on_duty, 1) == ["钱律师"]
    assert today.ui.day_line.text().endswith("下午")


def test_who_was_due_is_missing_after_a_while(
    desk: Desk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_clock", lambda: datetime(2026, 11, 23, 8, 50))
    desk.do(check_in, 1)
    today = page()
    assert column(today.presence.on_duty, 0) == ["已到 8:50", "应到"]
    monkeypatch.setattr(desk, "_clock", lambda: datetime(2026, 11, 23, 9, 11))
    today._minute.timeout.emit()
    assert column(today.presence.on_duty, 0) == ["已到 8:50", "未到"]


def test_a_danger_turns_red_by_itself_when_the_hour_is_over(
    desk: Desk, clerk: Clerk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.registered(safety_flags=("violence",))
    today = page()
    [danger] = [line for line in today.dues.lines if line.cells[2] == "报告险情"]
    assert (danger.cells[0], danger.cells[5], danger.tone) == ("今天到期", "暴力倾向，应在10:30前报告", ORANGE)
    monkeypatch.setattr(desk, "_clock", lambda: NOW + timedelta(minutes=60))
    today._minute.timeout.emit()
    assert danger in today.dues.lines
    monkeypatch.setattr(desk, "_clock", lambda: NOW + timedelta(minutes=61))
    today._minute.timeout.emit()
    [danger] = [line for line in today.dues.lines if line.cells[2] == "报告险情"]
    assert (danger.cells[0], danger.tone) == ("逾期", RED)


def test_a_hidden_page_does_not_follow_the_clock(
    desk: Desk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = page()
    today.hide()
    desk.do(check_in, 1)
    today._minute.timeout.emit()
    assert column(today.presence.on_duty, 0) == ["应到", "应到"]


def test_a_clock_that_was_set_back_is_told_before_anything_is_registered(
    desk: Desk, page: Callable[[], TodayPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(check_in, 1)
    today = page()
    assert "电脑时间" not in today.ui.backup_line.text()
    monkeypatch.setattr(desk, "_clock", lambda: datetime(2026, 11, 22, 9, 0))
    today.refresh()
    assert "电脑时间不对，请校准" in today.ui.backup_line.text()
    assert "请先校准电脑的日期和时间再登记" in today.ui.backup_line.toolTip()
