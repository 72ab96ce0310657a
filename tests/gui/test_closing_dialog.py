"""Closing shows what is missing; what is missing needs a reason."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.closing_dialog import ClosingDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.triage import decline
from tests.desk import Desk as Clerk
from tests.gui.looking import refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> ClosingDialog:
    """Of a case whose outcome is not recorded."""
    dialog = ClosingDialog(desk, clerk.case(clerk.in_mediation()), place)
    dialog.open()
    return dialog


def test_what_is_missing_is_said_before(dialog: ClosingDialog) -> None:
    assert "调解结果、当事人身份证明" in dialog.ui.missing_text.text()


def test_what_is_missing_needs_a_reason(dialog: ClosingDialog, clerk: Clerk) -> None:
    dialog.ui.save_button.click()
    assert "还缺：调解结果" in refusal_at(dialog, "despite_reason")
    dialog.ui.despite_reason.setPlainText("当事人已搬离，无法联系")
    dialog.ui.save_button.click()
    closing = clerk.case(dialog.case_id).closing
    assert closing is not None
    assert closing.despite_reason == "当事人已搬离，无法联系"
    assert closing.missing_papers == ["调解结果", "当事人身份证明"]


def test_a_complete_file_closes_without_a_reason(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    case_id = clerk.registered()
    clerk.do(decline, case_id, reason_code="not_civil")
    dialog = ClosingDialog(desk, clerk.case(case_id), place)
    dialog.open()
    assert "材料齐全" in dialog.ui.missing_text.text()
    assert not dialog.ui.despite_reason.isVisible()
    dialog.ui.save_button.click()
    assert clerk.case(case_id).stage == "closed"


@pytest.mark.parametrize("day", ["明天", "2020-1-1", "", "不知道"])
def test_an_impossible_day_is_refused_at_its_field(dialog: ClosingDialog, clerk: Clerk, day: str) -> None:
    dialog.ui.despite_reason.setPlainText("当事人要求")
    dialog.ui.closed_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "closed_on")
    assert clerk.case(dialog.case_id).closing is None
