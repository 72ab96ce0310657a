"""A closed case is taken up again with a reason."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.reopen_dialog import ReopenDialog
from tests.desk import Desk as Clerk
from tests.gui.looking import refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> ReopenDialog:
    dialog = ReopenDialog(desk, clerk.case(clerk.closed()), place)
    dialog.open()
    return dialog


def test_it_says_when_the_case_was_closed_and_needs_a_reason(dialog: ReopenDialog, clerk: Clerk) -> None:
    assert "本案于2026-11-23结案" in dialog.ui.closing_line.text()
    dialog.ui.save_button.click()
    assert "请写明重新办理的理由" in refusal_at(dialog, "reopen_reason")
    assert clerk.case(dialog.case_id).stage == "closed"
    dialog.ui.reopen_reason.setPlainText("又漏水")
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert (case.stage, case.closings[0].reopened_reason) == ("performing", "又漏水")


@pytest.mark.parametrize("day", ["明天", "2020-1-1", "", "不知道"])
def test_an_impossible_day_is_refused_at_its_field(dialog: ReopenDialog, day: str) -> None:
    dialog.ui.reopen_reason.setPlainText("又漏水")
    dialog.ui.reopened_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "reopened_on")
