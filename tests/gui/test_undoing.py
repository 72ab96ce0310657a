"""撤销 and 重做 in the window: named, by key outside text fields and by button, told in the status line."""

from datetime import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.services.intake import ask_willingness, take_in
from mediation_desk.services.triage import triage
from tests.desk import Desk as Clerk
from tests.desk import intake
from tests.gui.looking import bring_up, said_in_a_box

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk, settings: QSettings, qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    bring_up(window, qtbot)
    window.begin(desk)
    return window


def ask(desk: Desk, case_id: int) -> None:
    desk.do(ask_willingness, case_id, [1, 2], Answer.AGREES, asked_at=datetime(2026, 11, 23, 9, 0))


def answers(desk: Desk, case_id: int) -> int:
    return len(desk.look(lambda records, _: records.cases.get(case_id)).willingness)


def test_a_step_is_told_in_the_status_line_and_nobody_loses_the_focus(
    window: MainWindow, desk: Desk, clerk: Clerk
) -> None:
    window.ui.search_box.setFocus()
    ask(desk, clerk.registered())
    assert window.statusBar().currentMessage() == "已记录：记调解意愿。可撤销（Ctrl+Z）"
    assert QApplication.focusWidget() is window.ui.search_box


def test_keys_undo_and_do_again(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.registered()
    ask(desk, case_id)
    window.open_page("cases")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert answers(desk, case_id) == 0
    assert window.statusBar().currentMessage().startswith("已撤销：记调解意愿")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert answers(desk, case_id) == 2


def test_in_a_text_field_the_key_undoes_what_was_typed(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.registered()
    ask(desk, case_id)
    window.ui.search_box.setFocus()
    QTest.keyClicks(window.ui.search_box, "z")
    QTest.keyClick(window.ui.search_box, Qt.Key.Key_Z, CONTROL)
    assert (window.ui.search_box.text(), answers(desk, case_id)) == ("", 2)


def test_buttons_name_what_they_undo(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    undo, redo = window.ui.undo_button, window.ui.redo_button
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    case_id = clerk.registered()
    desk.do(triage, case_id, path="M1", dispute_kind="02")
    assert (undo.isEnabled(), undo.toolTip()) == (True, "撤销：分流（Ctrl+Z）")
    undo.click()
    assert (undo.isEnabled(), redo.toolTip()) == (False, "重做：分流（Ctrl+Shift+Z）")
    redo.click()
    assert undo.accessibleName() == "撤销：分流"


def test_what_cannot_be_undone_says_what_to_do(window: MainWindow, desk: Desk) -> None:
    desk.do(take_in, intake())
    window.ui.undo_button.click()
    assert said_in_a_box(window) == "来访已经登记，不能撤销。登记有误请用“更正登记”；不该受理的请作出决定。"
    assert not window.ui.undo_button.isEnabled()


def test_the_roster_keeps_the_key_for_its_own_steps(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.registered()
    ask(desk, case_id)
    window.open_page("roster")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert answers(desk, case_id) == 2
    window.open_page("today")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert answers(desk, case_id) == 0


def test_the_page_of_the_case_shows_at_once_what_was_undone(window: MainWindow, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.registered()
    window.open_case(case_id)
    desk.do(triage, case_id, path="M1", dispute_kind="02")
    assert window._case_page is not None
    assert window._case_page.ui.stage_text.text() == "已分流"
    window.ui.undo_button.click()
    assert window._case_page.ui.stage_text.text() == "已登记"
