"""A case that came from another unit."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.referral import ReferralKind
from mediation_desk.gui.arrival_dialog import ArrivalDialog
from mediation_desk.gui.desk import Desk
from tests.desk import TODAY, YESTERDAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> ArrivalDialog:
    dialog = ArrivalDialog(desk, clerk.case(clerk.registered(source_document="诉前调1号")), place)
    dialog.open()
    return dialog


def test_a_court_is_to_be_answered_within_the_time_for_mediation(dialog: ArrivalDialog, clerk: Clerk) -> None:
    ui = dialog.ui
    assert (ui.document_no.text(), ui.person.text()) == ("诉前调1号", "王窗口")
    pick(ui.referral_kind, "委派调解")
    assert ui.due_on.text() == "2026-12-23"
    pick(ui.referral_kind, "委托调解（立案后）")
    assert ui.due_on.text() == "2026-12-08"
    ui.unit.setText("示例法院")
    ui.sent_on.setText("昨天")
    ui.save_button.click()
    case = clerk.case(dialog.case_id)
    [referral] = case.referrals
    assert (referral.kind, referral.unit, referral.sent_on) == (ReferralKind.POST_FILING, "示例法院", YESTERDAY)
    assert (referral.steps[0].person, referral.steps[0].happened_on) == ("王窗口", TODAY)
    assert case.case_source == "referral_court_post_filing"


def test_what_was_typed_as_the_day_is_left_alone(dialog: ArrivalDialog) -> None:
    dialog.ui.due_on.setText("2026-12-01")
    pick(dialog.ui.referral_kind, "委派调解")
    assert dialog.ui.due_on.text() == "2026-12-01"


def test_nothing_is_proposed_for_others_nor_from_a_day_that_is_none(dialog: ArrivalDialog) -> None:
    dialog.ui.received_on.setText("13-1")
    pick(dialog.ui.referral_kind, "委派调解")
    assert dialog.ui.due_on.text() == ""
    dialog.ui.received_on.setText("")
    dialog.ui.received_on.editingFinished.emit()
    assert dialog.ui.due_on.text() == ""
    dialog.ui.received_on.setText("今天")
    dialog.ui.received_on.editingFinished.emit()
    assert dialog.ui.due_on.text() == "2026-12-23"
    pick(dialog.ui.referral_kind, "转送")
    assert dialog.ui.due_on.text() == ""


def test_how_it_came_and_from_whom_must_be_said(dialog: ArrivalDialog, clerk: Clerk) -> None:
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "referral_kind") == "请选择怎样转来。"
    pick(dialog.ui.referral_kind, "转送")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "unit") == "请填写来文单位。"
    assert clerk.case(dialog.case_id).referrals == []
