"""An action is reached by its key while its owner is shown, and by its button."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui.actions import add_action
from tests.gui.looking import bring_up


def test_key_and_button_do_the_same(qtbot: QtBot) -> None:
    done: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    button = QPushButton("保存", page)
    add_action(page, "保存", "Ctrl+S", lambda: done.append("once"), button)
    bring_up(page, qtbot)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    button.click()
    assert done == ["once", "once"]
    assert button.toolTip() == "保存（Ctrl+S）"


def test_a_page_that_is_not_shown_hears_no_key(qtbot: QtBot) -> None:
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    page = QWidget(window)
    add_action(page, "保存", "Ctrl+S", lambda: done.append("once"))
    bring_up(window, qtbot)
    page.hide()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert done == []


def test_the_enter_of_the_number_pad_does_what_return_does(qtbot: QtBot) -> None:
    done: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    add_action(page, "保存", "Ctrl+Return", lambda: done.append("once"))
    bring_up(page, qtbot)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
    assert done == ["once", "once"]
