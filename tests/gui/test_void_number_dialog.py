"""A number is voided with a reason and never comes back."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.void_number_dialog import VoidNumberDialog
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> VoidNumberDialog:
    dialog = VoidNumberDialog(desk, clerk.case(clerk.accepted()), place)
    dialog.open()
    return dialog


def test_it_says_what_it_means_before_it_is_done(dialog: VoidNumberDialog) -> None:
    assert "（2026）东人调字第1号 作废后不能恢复" in dialog.ui.number_text.text()


def test_a_new_number_takes_the_place_of_the_voided_one(dialog: VoidNumberDialog, clerk: Clerk) -> None:
    dialog.ui.void_reason.setPlainText("误按口头案件受理")
    pick(dialog.ui.number_kind, "口头案件")
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert [(each.text, each.void_reason) for each in case.numbers] == [
        ("（2026）东人调字第1号", "误按口头案件受理"),
        (case.number, ""),
    ]
    assert "口头" in case.number


def test_no_number_is_voided_without_a_reason(dialog: VoidNumberDialog, clerk: Clerk) -> None:
    dialog.ui.save_button.click()
    assert "请写明编号作废的原因" in refusal_at(dialog, "void_reason")
    assert clerk.case(dialog.case_id).number == "（2026）东人调字第1号"
