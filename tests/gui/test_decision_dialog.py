"""Taking a case, not taking it, handing it over: what is asked, what is issued, what is refused."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Answer, Case, DecisionKind
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.gui.decision_dialog import DecisionDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.setting_up import save_committee
from mediation_desk.services.triage import triage
from tests.desk import TOMORROW, uid
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, said_in_a_box


@pytest.fixture
def case(clerk: Clerk) -> Case:
    return clerk.case(clerk.willing())


@pytest.fixture
def dialog(desk: Desk, case: Case, place: QWidget) -> DecisionDialog:
    dialog = DecisionDialog(desk, case, place)
    dialog.open()
    return dialog


def test_acceptance_issues_the_number(dialog: DecisionDialog, clerk: Clerk) -> None:
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert (case.stage, case.number) == ("accepted", "（2026）东人调字第1号")


def test_an_oral_case_is_numbered_in_its_own_row(dialog: DecisionDialog, clerk: Clerk) -> None:
    pick(dialog.ui.number_kind, "口头案件")
    dialog.ui.save_button.click()
    assert "口头" in clerk.case(dialog.case_id).number


def test_a_case_not_taken_says_why(dialog: DecisionDialog, clerk: Clerk) -> None:
    pick(dialog.ui.decision_kind, "不予受理")
    assert not dialog.ui.committee.isVisible()
    pick(dialog.ui.reason_code, "不属于民间纠纷")
    dialog.ui.decision_reason.setPlainText("单位内部管理事项")
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert case.decision is not None
    assert (case.decision.reason_code, case.decision.reason) == ("not_civil", "单位内部管理事项")
    assert case.stage == "not_accepted"


def test_the_title_says_what_is_decided(dialog: DecisionDialog) -> None:
    assert dialog.windowTitle() == "受理决定"
    pick(dialog.ui.decision_kind, "转办")
    assert dialog.windowTitle() == "转办决定"
    pick(dialog.ui.decision_kind, "不予受理")
    assert dialog.windowTitle() == "受理决定"


def test_the_dialog_for_sending_a_case_out_does_not_speak_of_acceptance(desk: Desk, case: Case, place: QWidget) -> None:
    assert DecisionDialog(desk, case, place, DecisionKind.HANDED_OVER).windowTitle() == "转办决定"


def test_a_case_is_handed_to_who_is_competent(dialog: DecisionDialog, clerk: Clerk) -> None:
    pick(dialog.ui.decision_kind, "转办")
    dialog.ui.handed_to.setText("区住建委")
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert case.decision is not None
    assert (case.decision.handed_to, case.stage) == ("区住建委", "handed_over")
    assert [(each.kind, each.unit, each.due_on) for each in case.referrals] == [
        (ReferralKind.HAND_OVER, "区住建委", None)
    ]


def test_how_a_matter_goes_out_is_kept_with_it(desk: Desk, case: Case, clerk: Clerk, place: QWidget) -> None:
    dialog = DecisionDialog(desk, case, place, DecisionKind.HANDED_OVER)
    dialog.open()
    ui = dialog.ui
    ui.handed_to.setText("区住建委")
    pick(ui.referral_kind, "交办")
    ui.save_button.click()
    assert refusal_at(dialog, "due_on") == "交办请写明反馈期限。"
    ui.due_on.setText("明天")
    ui.document_no.setText("示综转1号")
    ui.referral_matter.setText("漏水部分")
    ui.save_button.click()
    [referral] = clerk.case(dialog.case_id).referrals
    assert (referral.kind, referral.due_on) == (ReferralKind.ASSIGNED_TASK, TOMORROW)
    assert (referral.document_no, referral.matter) == ("示综转1号", "漏水部分")


def test_only_what_goes_out_is_asked_how(dialog: DecisionDialog) -> None:
    assert not dialog.ui.referral_kind.isVisible()
    pick(dialog.ui.decision_kind, "转办")
    assert dialog.ui.referral_kind.isVisible()
    assert dialog.ui.document_no.isVisible()


@pytest.mark.parametrize(
    ("kind", "day", "field"),
    [
        ("不予受理", "今天", "reason_code"),
        ("转办", "今天", "handed_to"),
        ("受理", "明天", "decided_on"),
        ("受理", "2020-1-1", "decided_on"),
        ("受理", "", "decided_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    dialog: DecisionDialog, clerk: Clerk, kind: str, day: str, field: str
) -> None:
    pick(dialog.ui.decision_kind, kind)
    dialog.ui.decided_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert clerk.case(dialog.case_id).decision is None


def test_a_refusal_to_mediate_keeps_the_case_from_being_taken(dialog: DecisionDialog, clerk: Clerk) -> None:
    clerk.do(ask_willingness, dialog.case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    dialog.ui.save_button.click()
    assert "李四已拒绝调解" in said_in_a_box(dialog)
    assert clerk.case(dialog.case_id).decision is None


def test_one_of_several_committees_must_be_chosen(desk: Desk, case: Case, clerk: Clerk, place: QWidget) -> None:
    another = type(desk.centre.committees[0])(uid=uid(99), name="西城街道人民调解委员会", short_name="西")
    clerk.do(save_committee, another)
    desk.refresh_centre()
    dialog = DecisionDialog(desk, case, place)
    dialog.open()
    dialog.ui.save_button.click()
    assert "请选择受理的人民调解委员会" in refusal_at(dialog, "committee")
    pick(dialog.ui.committee, "西城街道人民调解委员会")
    dialog.ui.save_button.click()
    assert clerk.case(dialog.case_id).number == "（2026）西人调字第1号"


def test_another_lawful_way_proposes_handing_over(desk: Desk, case: Case, clerk: Clerk, place: QWidget) -> None:
    assert case.id is not None
    clerk.do(triage, case.id, path="P2")
    dialog = DecisionDialog(desk, clerk.case(case.id), place)
    assert dialog.ui.decision_kind.currentData() == DecisionKind.HANDED_OVER


def test_a_case_taken_up_again_keeps_its_number(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = DecisionDialog(desk, clerk.case(clerk.accepted()), place)
    dialog.open()
    assert "沿用已有编号 （2026）东人调字第1号" in dialog.ui.number_text.text()
    assert not dialog.ui.number_kind.isVisible()


def test_what_is_recorded_proposes_why_it_is_not_accepted_and_who_is_competent(
    desk: Desk, clerk: Clerk, place: QWidget
) -> None:
    case_id = clerk.registered(event_category="1301")
    clerk.do(triage, case_id, path="P4a")
    ui = DecisionDialog(desk, clerk.case(case_id), place).ui
    assert ui.reason_code.currentData() == "not_civil"
    assert ui.handed_to.placeholderText().startswith("行政复议机关")
    assert ui.handed_to.text() == "", "a proposal is not an entry"
