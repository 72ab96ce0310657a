"""放假安排: what a pasted notice would change is seen before it counts."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.duty_roster import DutyRoster, RosterState
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.holiday_notice_dialog import HolidayNoticeDialog
from tests.gui.conftest import NOW, new_uid
from tests.gui.looking import refusal_at
from tests.notices import AMENDMENT, NOTICE_2027


@pytest.fixture
def dialog(desk: Desk, place: QWidget) -> HolidayNoticeDialog:
    made = HolidayNoticeDialog(desk, place)
    made.open()
    return made


def paste(dialog: HolidayNoticeDialog, text: str) -> None:
    dialog.ui.notice_text.setPlainText(text)


def cells(dialog: HolidayNoticeDialog) -> dict[date, object]:
    """What each shown day says."""
    model = dialog.days
    indexes = [model.index(row, column) for row in range(model.rowCount()) for column in range(7)]
    return {day: index.data() for index in indexes if (day := model.day(index))}


def troubles(dialog: HolidayNoticeDialog) -> list[str]:
    shown = dialog.ui.notice_troubles
    return [shown.item(row).text() for row in range(shown.count())]


def test_before_anything_is_pasted_it_says_what_to_do(dialog: HolidayNoticeDialog) -> None:
    assert dialog.ui.notice_summary.text() == "粘贴后，这里显示会改变哪些日子。"
    assert not dialog.ui.adopt.isEnabled()
    assert not dialog.ui.notice_troubles.isVisibleTo(dialog)
    assert dialog.days.rowCount() == 0


def test_the_months_concerned_show_what_becomes_of_each_day(dialog: HolidayNoticeDialog) -> None:
    paste(dialog, NOTICE_2027)
    assert dialog.ui.notice_summary.text() == (
        "2027年，国办发明电〔2026〕8号，2026-11-20：改变33天；采用后2027年即为已确认。"
    )
    shown = cells(dialog)
    assert {day.month for day in shown} == {1, 2, 4, 5, 6, 9, 10}
    assert shown[date(2027, 1, 1)] == "1 工作日\n→ 元旦"


def test_published_rosters_that_are_touched_are_named(dialog: HolidayNoticeDialog, desk: Desk) -> None:
    month = date(2027, 2, 1)
    roster = DutyRoster(uid=new_uid(), month=month, version=1, state=RosterState.PUBLISHED, by_id=1, made_at=NOW)
    desk.do(lambda records, _: records.rosters.add(roster))
    paste(dialog, NOTICE_2027)
    assert dialog.ui.notice_summary.text().endswith("。2027年2月的排班已发布，采用后请核对。")


def test_a_notice_counts_once_it_is_adopted(dialog: HolidayNoticeDialog, desk: Desk, qtbot: QtBot) -> None:
    paste(dialog, NOTICE_2027)
    with qtbot.waitSignals([desk.rules_changed, dialog.accepted]):
        dialog.ui.adopt.click()
    assert desk.act().rules.holidays.days_off[date(2027, 10, 1)] == "国庆节"
    assert not dialog.isVisible()


def test_an_amendment_shows_what_it_gives_back(desk: Desk, place: QWidget) -> None:
    first = HolidayNoticeDialog(desk, place)
    paste(first, NOTICE_2027)
    first.accept()
    second = HolidayNoticeDialog(desk, place)
    second.open()
    paste(second, NOTICE_2027)
    assert second.ui.notice_summary.text().endswith("：与现行安排一致，没有要改变的日子。")
    paste(second, AMENDMENT)
    shown = cells(second)
    assert shown[date(2027, 5, 4)] == "4 劳动节\n→ 工作日"
    assert shown[date(2027, 5, 1)] == "1 劳动节"
    assert second.ui.notice_summary.text() == "2027年，2026-11-22：改变4天。"


def test_sentences_that_were_not_read_must_be_seen_first(dialog: HolidayNoticeDialog, desk: Desk) -> None:
    paste(dialog, NOTICE_2027.replace("五、端午节：6月9日（周三）放假1天。", "五、端午节：6月9日大家休息好。"))
    assert troubles(dialog) == ["没有读懂：“五、端午节：6月9日大家休息好。”"]
    assert dialog.ui.notice_summary.text().endswith("没有读到端午节，2027年仍为未确认。")
    assert not dialog.ui.adopt.isEnabled()
    dialog.accept()
    assert "有读不懂的句子" in refusal_at(dialog, "notice_text")
    dialog.ui.notice_seen.setChecked(True)
    assert dialog.ui.adopt.isEnabled()
    dialog.ui.adopt.click()
    assert date(2027, 10, 1) in desk.rules.holidays.days_off
    assert 2027 not in desk.rules.holidays.years


def test_a_tick_counts_only_for_what_was_seen(dialog: HolidayNoticeDialog) -> None:
    paste(dialog, NOTICE_2027 + "\n大家休息好")
    dialog.ui.notice_seen.setChecked(True)
    paste(dialog, NOTICE_2027 + "\n大家休息更好")
    assert not dialog.ui.notice_seen.isChecked()
    assert not dialog.ui.adopt.isEnabled()


def test_a_contradiction_is_told_and_cannot_be_adopted(dialog: HolidayNoticeDialog) -> None:
    paste(dialog, NOTICE_2027.replace("共7天", "共8天", 1))
    [trouble] = troubles(dialog)
    assert trouble.startswith("写明共8天，实际数出7天：")
    assert not dialog.ui.notice_seen.isVisibleTo(dialog)
    assert not dialog.ui.adopt.isEnabled()


def test_a_text_without_a_year_is_told(dialog: HolidayNoticeDialog) -> None:
    paste(dialog, "1月1日放假")
    assert dialog.ui.notice_summary.text() == "还读不出是哪一年的安排。"
    assert troubles(dialog) == ["看不出是哪一年的安排。请连同标题一起粘贴。"]


def test_a_missing_day_of_issue_is_typed(dialog: HolidayNoticeDialog, desk: Desk) -> None:
    paste(dialog, NOTICE_2027.replace("2026年11月20日", ""))
    assert troubles(dialog) == ["没有找到发文日期，请填写。"]
    dialog.ui.notice_issued_on.setText("十一月")
    assert not dialog.ui.adopt.isEnabled()
    dialog.accept()
    assert "看不懂日期" in refusal_at(dialog, "notice_issued_on")
    dialog.ui.notice_issued_on.setText("11-20")
    dialog.ui.adopt.click()
    [notice] = desk.look(lambda records, _: records.own.notices())
    assert notice.issued_on == date(2026, 11, 20)
