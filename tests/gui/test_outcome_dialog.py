"""How mediation ended, with a reason where it failed or was ended."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.outcome_dialog import OutcomeDialog
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> OutcomeDialog:
    dialog = OutcomeDialog(desk, clerk.case(clerk.in_mediation()), place)
    dialog.open()
    return dialog


@pytest.mark.parametrize(
    ("kind", "stage"),
    [("达成书面协议", "agreed_in_writing"), ("达成口头协议", "agreed_orally"), ("申请人撤回", "withdrawn")],
)
def test_an_outcome_without_reason_code_moves_the_case_on(
    dialog: OutcomeDialog, clerk: Clerk, kind: str, stage: str
) -> None:
    pick(dialog.ui.outcome_kind, kind)
    assert not dialog.ui.termination_reason.isVisible()
    dialog.ui.save_button.click()
    assert clerk.case(dialog.case_id).stage == stage


def test_an_ended_mediation_says_why(dialog: OutcomeDialog, clerk: Clerk) -> None:
    pick(dialog.ui.outcome_kind, "终止调解")
    pick(dialog.ui.termination_reason, "无法与当事人取得联系")
    dialog.ui.outcome_reason.setPlainText("电话停机")
    dialog.ui.save_button.click()
    outcome = clerk.case(dialog.case_id).outcome
    assert outcome is not None
    assert (outcome.reason_code, outcome.reason) == ("unreachable", "电话停机")


def test_a_reason_code_chosen_before_is_not_kept_for_an_agreement(dialog: OutcomeDialog, clerk: Clerk) -> None:
    pick(dialog.ui.outcome_kind, "终止调解")
    pick(dialog.ui.termination_reason, "其他")
    pick(dialog.ui.outcome_kind, "达成书面协议")
    dialog.ui.save_button.click()
    outcome = clerk.case(dialog.case_id).outcome
    assert outcome is not None
    assert outcome.reason_code == ""


@pytest.mark.parametrize(
    ("kind", "day", "field"),
    [
        ("请选择", "今天", "outcome_kind"),
        ("调解不成", "今天", "termination_reason"),
        ("终止调解", "今天", "termination_reason"),
        ("达成书面协议", "明天", "ended_on"),
        ("达成书面协议", "昨天", "ended_on"),
        ("达成书面协议", "", "ended_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    dialog: OutcomeDialog, clerk: Clerk, kind: str, day: str, field: str
) -> None:
    pick(dialog.ui.outcome_kind, kind)
    dialog.ui.ended_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert clerk.case(dialog.case_id).outcome is None


def test_no_agreement_without_a_session(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = OutcomeDialog(desk, clerk.case(clerk.assigned()), place)
    dialog.open()
    pick(dialog.ui.outcome_kind, "达成书面协议")
    dialog.ui.save_button.click()
    assert "还没有调解记录" in refusal_at(dialog, "outcome_kind")
