"""Anybody is checked in or out at any time: who was not planned, and what was forgotten."""

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.presence import Attendance
from mediation_desk.gui.check_in_dialog import CheckInDialog, Step
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.services.attendance import check_in
from tests.gui.conftest import NOW
from tests.gui.looking import refusal_at

FRIDAY = datetime(2026, 11, 20, 8, 55)


@pytest.fixture
def dialog(desk: Desk, place: QWidget) -> CheckInDialog:
    made = CheckInDialog(desk, place, mediator_id=1)
    made.open()
    return made


def kept(desk: Desk) -> list[Attendance]:
    return desk.look(lambda records, _: records.presence.attendances(date.min, date.max))


def test_it_begins_with_the_chosen_person_and_now(dialog: CheckInDialog) -> None:
    ui = dialog._form.ui
    assert ui.mediator.currentText() == "钱律师（律师，正大律师事务所）"
    assert (ui.day.text(), ui.at.text()) == ("2026-11-23", "9:30")


def test_a_check_in_of_this_morning_is_entered_later(dialog: CheckInDialog, desk: Desk, qtbot: QtBot) -> None:
    dialog._form.ui.at.setText("8点50")
    with qtbot.waitSignal(dialog.said) as said:
        dialog.ui.save.click()
    assert said.args == ["钱律师已签到。"]
    assert [each.came_at for each in kept(desk)] == [NOW.replace(hour=8, minute=50)]


def test_a_forgotten_check_out_is_made_good(dialog: CheckInDialog, desk: Desk, qtbot: QtBot) -> None:
    desk.do(check_in, 1, at=FRIDAY)
    choose(dialog._form.ui.attendance_step, Step.OUT)
    dialog._form.ui.day.setText("11-20")
    dialog._form.ui.at.setText("1705")
    with qtbot.waitSignal(dialog.said) as said:
        dialog.ui.save.click()
    assert said.args == ["钱律师已签退。"]
    assert [each.left_at for each in kept(desk)] == [FRIDAY.replace(hour=17, minute=5)]


def test_a_check_in_that_was_wrong_is_taken_back(dialog: CheckInDialog, desk: Desk, qtbot: QtBot) -> None:
    desk.do(check_in, 1, at=FRIDAY)
    choose(dialog._form.ui.attendance_step, Step.BACK)
    dialog._form.ui.day.setText("11-20")
    with qtbot.waitSignal(dialog.said) as said:
        dialog.ui.save.click()
    assert said.args == ["钱律师的签到已撤销。"]
    assert kept(desk)[0].is_mistaken


def test_what_cannot_be_is_refused_at_its_field(dialog: CheckInDialog, desk: Desk) -> None:
    dialog._form.ui.at.setText("")
    dialog.ui.save.click()
    assert refusal_at(dialog, "at") == "请填写时间。"
    dialog._form.ui.at.setText("17:00")
    dialog.ui.save.click()
    assert refusal_at(dialog, "at") == "签到时间不能晚于现在。"
    assert kept(desk) == []


def test_an_empty_directory_is_told(desk: Desk, place: QWidget) -> None:
    def empty(records: object, _: object) -> None:
        for mediator in records.mediators.all():  # type: ignore[attr-defined]  # the real records
            mediator.left_on = NOW.date()

    desk.do(empty)
    dialog = CheckInDialog(desk, place)
    dialog.open()
    dialog.ui.save.click()
    assert "名册里还没有人" in refusal_at(dialog, "mediator")
