"""Leave of the mediator who is chosen: listed, taken, withdrawn."""

from datetime import date

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.leave_dialog import LeaveDialog
from mediation_desk.gui.leave_panel import LeavePanel
from mediation_desk.services.presence import LeaveAsked, note_absence, take_leave

STANDING, ROTATING = 1, 2


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> LeavePanel:
    made = LeavePanel(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda: show(made))
    made.show()
    return made


def show(panel: LeavePanel) -> None:
    mediators = panel.desk.look(lambda records, _: records.mediators.all())
    panel.show_mediator(mediators[0], {each.id: each.name for each in mediators if each.id is not None})


def lines(panel: LeavePanel) -> list[tuple[str, ...]]:
    return [tuple(line.cells) for line in panel.model.lines]


def question(panel: LeavePanel) -> QMessageBox | None:
    return next((box for box in panel.findChildren(QMessageBox) if box.isVisible()), None)


def test_leave_is_listed_the_newest_first_with_all_that_is_known(panel: LeavePanel, desk: Desk) -> None:
    desk.do(
        take_leave, LeaveAsked(mediator_id=STANDING, first_day=date(2026, 12, 3), substitute_id=ROTATING, note="住院")
    )
    desk.do(note_absence, LeaveAsked(mediator_id=STANDING, first_day=date(2026, 11, 20), reason="court"))
    desk.do(take_leave, LeaveAsked(mediator_id=ROTATING, first_day=date(2026, 12, 3)))
    desk.do(take_leave, LeaveAsked(mediator_id=STANDING, first_day=date(2026, 8, 1)))
    assert lines(panel) == [
        ("12月3日", "请假", "", "孙咨询师", "住院", "2026-11-23", ""),
        ("11月20日", "缺勤", "出庭", "", "", "2026-11-23", ""),
    ]


def test_nobody_chosen_and_nothing_known_say_what_to_do(panel: LeavePanel) -> None:
    assert panel.ui.leaves_empty.text() == "请先选一位调解员。"
    assert not panel.ui.take_leave.isEnabled()
    panel.actions()[0].trigger()
    assert panel.findChild(LeaveDialog) is None
    show(panel)
    assert "钱律师" in panel.ui.leaves_empty.text()
    assert panel.ui.take_leave.isEnabled()
    assert not panel.ui.withdraw_leave.isEnabled()


def test_leave_is_taken_from_here(panel: LeavePanel) -> None:
    show(panel)
    panel.ui.take_leave.click()
    dialog = panel.findChild(LeaveDialog)
    assert dialog is not None
    dialog.ui.save.click()
    assert [line[0] for line in lines(panel)] == ["11月23日"]


def test_leave_is_withdrawn_after_a_question_and_stays_to_be_read(panel: LeavePanel, desk: Desk) -> None:
    desk.do(take_leave, LeaveAsked(mediator_id=STANDING, first_day=date(2026, 12, 3)))
    panel.ui.withdraw_leave.click()
    assert question(panel) is None  # first the choice
    panel.ui.withdraw_leave.click()
    box = question(panel)
    assert box is not None
    assert "撤回12月3日的请假" in box.text()
    next(button for button in box.buttons() if button.text() == "撤回").click()
    assert [line[-1] for line in lines(panel)] == ["已撤回或合并"]
