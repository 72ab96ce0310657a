"""A mediator's part ends on a day, for a reason."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.relieve_dialog import RelieveDialog
from tests.desk import TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> RelieveDialog:
    dialog = RelieveDialog(desk, clerk.case(clerk.assigned()), place)
    dialog.open()
    return dialog


def test_who_was_responsible_until_then_stays_to_be_read(dialog: RelieveDialog, clerk: Clerk) -> None:
    assert dialog.ui.mediator.currentText() == "钱律师"
    dialog.ui.end_reason.setPlainText("当事人申请更换")
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    [assignment] = case.assignments
    assert (assignment.ended_on, assignment.end_reason) == (TODAY, "当事人申请更换")
    assert case.stage == "accepted"


@pytest.mark.parametrize(
    ("reason", "day", "field"),
    [("", "今天", "end_reason"), ("外出", "明天", "ended_on"), ("外出", "昨天", "ended_on"), ("外出", "", "ended_on")],
)
def test_what_is_wrong_is_said_at_its_field(
    dialog: RelieveDialog, clerk: Clerk, reason: str, day: str, field: str
) -> None:
    dialog.ui.end_reason.setPlainText(reason)
    dialog.ui.ended_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert clerk.case(dialog.case_id).active_assignments
