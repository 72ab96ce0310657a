"""Leave is asked for in a dialog; what has to be said of it stands over the page."""

from datetime import date

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.presence import Leave, LeaveKind
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen
from mediation_desk.gui.leave_dialog import LeaveDialog
from tests.gui.looking import found, refusal_at, said_in_a_box
from tests.gui.rosters import Month, at

STANDING, ROTATING, ON_CALL = 1, 2, 3


@pytest.fixture
def dialog(desk: Desk, place: QWidget) -> LeaveDialog:
    made = LeaveDialog(desk, STANDING, place)
    made.open()
    return made


def kept(desk: Desk) -> list[Leave]:
    return desk.look(lambda records, _: records.presence.leaves(date.min, date.max))


def test_it_begins_with_the_whole_of_today_and_everybody_else_as_substitute(dialog: LeaveDialog) -> None:
    ui = dialog._form.ui
    assert dialog.windowTitle() == "请假：钱律师"
    assert (ui.first_day.text(), chosen(ui.first_half), ui.last_day.text(), chosen(ui.last_half)) == (
        "2026-11-23",
        "am",
        "",
        "pm",
    )
    offered = [ui.substitute.itemText(row) for row in range(ui.substitute.count())]
    assert offered == ["", "孙咨询师（轮驻，心理咨询师）", "周干部（随驻，信访干部）"]
    assert [ui.reason.itemText(row) for row in range(ui.reason.count())] == [
        "", "事假", "病假", "公差", "培训", "出庭", "其他单位任务", "其他",
    ]  # fmt: skip


def test_it_begins_with_the_half_day_that_was_chosen_on_the_roster(desk: Desk, place: QWidget) -> None:
    ui = LeaveDialog(desk, STANDING, place, HalfDay(date(2026, 12, 3), Half.PM))._form.ui
    assert (ui.first_day.text(), chosen(ui.first_half), chosen(ui.last_half)) == ("2026-12-03", "pm", "pm")


def test_what_was_typed_is_recorded(dialog: LeaveDialog, desk: Desk, place: QWidget) -> None:
    ui = dialog._form.ui
    ui.first_day.setText("12-3")
    ui.last_day.setText("12-8")
    choose(ui.last_half, Half.AM)
    choose(ui.reason, "sick")
    choose(ui.substitute, ON_CALL)
    ui.leave_note.setPlainText("住院")
    dialog.ui.save.click()
    assert not dialog.isVisible()
    [held] = kept(desk)
    assert (held.kind, held.span_in_words) == (LeaveKind.LEAVE, "12月3日上午–12月8日上午")
    assert (held.reason, held.substitute_id, held.note) == ("sick", ON_CALL, "住院")
    assert said_in_a_box(place) == "请注意：周干部没有钱律师的职业身份，不能代其专业职责。"


def test_a_refusal_stands_at_its_field(dialog: LeaveDialog, desk: Desk) -> None:
    dialog._form.ui.last_day.setText("2026-11-20")
    dialog.ui.save.click()
    assert "结束早于开始" in refusal_at(dialog, "last_day")
    dialog._form.ui.last_day.setText("下周")
    dialog.ui.save.click()
    assert "看不懂日期" in refusal_at(dialog, "last_day")
    assert dialog.isVisible()
    assert kept(desk) == []


def test_joined_leave_is_said_over_the_page(dialog: LeaveDialog, desk: Desk, place: QWidget) -> None:
    dialog.ui.save.click()
    again = LeaveDialog(desk, STANDING, place, HalfDay(date(2026, 11, 24), Half.AM))
    again.open()
    again.ui.save.click()
    assert "相接，已合并为 11月23日上午–11月24日上午" in said_in_a_box(place)


def test_an_absence_needs_its_reason(desk: Desk, place: QWidget) -> None:
    half_day = HalfDay(date(2026, 11, 23), Half.AM)
    dialog = LeaveDialog(desk, ROTATING, place, half_day, LeaveKind.ABSENCE)
    dialog.open()
    dialog.ui.save.click()
    assert "请选择缺勤事由" in refusal_at(dialog, "reason")
    choose(dialog._form.ui.reason, "court")
    dialog.ui.save.click()
    assert [each.kind for each in kept(desk)] == [LeaveKind.ABSENCE]


def ill(month: Month, place: QWidget, *, leads_to_roster: bool) -> None:
    month.publish(month.placing("蒋平", 26))
    dialog = LeaveDialog(month.desk, month.ids["蒋平"], place, at(26), leads_to_roster=leads_to_roster)
    dialog.open()
    dialog.ui.save.click()


def test_lost_shifts_are_named_and_lead_to_their_month(month: Month, place: QWidget, qtbot: QtBot) -> None:
    ill(month, place, leads_to_roster=True)
    box = found(place, QMessageBox, "question_box")
    assert box.text().startswith("影响已发布排班的1个班次：11月26日（周四）上午调解员。")
    [lead] = [button for button in box.buttons() if button.text() == "到排班页"]
    assert box.defaultButton().text() == "知道了"
    with qtbot.waitSignal(month.desk.month_wanted) as wanted:
        lead.click()
    assert wanted.args == [date(2026, 11, 26)]


def test_on_the_roster_page_lost_shifts_are_only_named(month: Month, place: QWidget) -> None:
    ill(month, place, leads_to_roster=False)
    assert said_in_a_box(place).startswith("影响已发布排班的1个班次：")
