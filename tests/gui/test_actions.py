"""An action is reached by its key while its owner is shown, and by its button; not by whoever may not take it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import Right, Role
from mediation_desk.gui.actions import add_action, reserve
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.services import afterwards, assignment, intake, mediation, triage
from mediation_desk.services.act import needed_for
from tests.gui.looking import bring_up
from tests.gui.people import works_as


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


def test_whoever_may_not_take_it_finds_it_disabled_and_is_told_why(desk: Desk, qtbot: QtBot) -> None:
    done: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    button = QPushButton("发布", page)
    action = add_action(page, "发布", "Ctrl+S", lambda: done.append("once"), button, needs=desk.needs(Right.ROSTER))
    bring_up(page, qtbot)
    works_as(desk, Role.CLERK)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    button.click()
    assert done == []
    assert not button.isEnabled()
    for part in (action, button):
        assert "您的角色是“窗口”，没有“排班”权限" in part.toolTip()


def test_another_user_gets_it_back_as_the_page_wants_it(desk: Desk, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    offered, senseless = QPushButton(page), QPushButton(page)
    offered.setToolTip("发布（Ctrl+S）")
    reserve(desk.needs(Right.ROSTER), offered, senseless)
    senseless.setEnabled(False)
    works_as(desk, Role.CLERK)
    for button in (offered, senseless):
        button.setEnabled(True)
        assert not button.isEnabled()
    senseless.setEnabled(False)
    desk.hand_over(1)
    assert offered.isEnabled()
    assert offered.toolTip() == "发布（Ctrl+S）"


def test_what_all_around_it_disables_is_enabled_with_it(desk: Desk, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = QPushButton(page)
    page.setEnabled(False)
    works_as(desk, Role.CLERK)
    reserve(desk.needs(Right.ROSTER), button)
    desk.hand_over(1)
    page.setEnabled(True)
    assert button.isEnabled()


def test_needs_that_are_not_met_refuse(desk: Desk) -> None:
    desk.needs(Right.ROSTER).check()
    works_as(desk, Role.CLERK)
    with pytest.raises(NotAllowed, match="排班"):
        desk.needs(Right.ROSTER).check()


def test_the_steps_of_a_case_ask_for_what_their_services_need(desk: Desk, qtbot: QtBot) -> None:
    tab = OverviewTab(desk)
    qtbot.addWidget(tab)
    services: dict[str, Callable[..., object]] = {
        "correct": intake.correct,
        "willingness": intake.ask_willingness,
        "triage": triage.triage,
        "decision": triage.accept,
        "void_number": triage.void_number,
        "assign": assignment.assign,
        "relieve": assignment.relieve,
        "outcome": mediation.record_outcome,
        "closing": afterwards.close_case,
        "reopen": afterwards.reopen,
    }
    assert {key: step.needs.any_of for key, step in tab._steps.items()} == {
        key: needed_for(service) for key, service in services.items()
    }
