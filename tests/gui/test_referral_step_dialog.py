"""What happened to a matter at another unit: each action asks only what it needs."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.referral import Referral
from mediation_desk.domain.referral import ReferralStepKind as Step
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.referral_step_dialog import Action, ReferralStepDialog
from mediation_desk.services.referrals import raise_objection, sign_for
from mediation_desk.services.triage import hand_over
from tests.desk import NOW
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, said_in_a_box


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    case_id = clerk.triaged()
    clerk.do(hand_over, case_id, handed_to="示例局")
    return case_id


def opened(desk: Desk, clerk: Clerk, case_id: int, action: Action, place: QWidget) -> ReferralStepDialog:
    case = clerk.case(case_id)
    dialog = ReferralStepDialog(desk, case, case.referrals[0], action, place)
    dialog.open()
    return dialog


def referral_of(clerk: Clerk, case_id: int) -> Referral:
    return clerk.case(case_id).referrals[0]


def test_a_first_signature_asks_who_and_when(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> None:
    dialog = opened(desk, clerk, case_id, Action.SIGN, place)
    assert dialog.windowTitle() == "登记签收"
    assert dialog.ui.step_hint.text() == "转出　转办　示例局"
    assert not dialog.ui.step_text.isVisible()
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "person") == "请填写签收人。"
    dialog.ui.person.setText("周收发")
    dialog.ui.save_button.click()
    [step] = referral_of(clerk, case_id).steps
    assert (step.kind, step.person) == (Step.SIGNED_FOR, "周收发")


def test_a_corrected_signature_asks_why(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    dialog = opened(desk, clerk, case_id, Action.SIGN, place)
    assert dialog.ui.step_text.isVisible()
    dialog.ui.person.setText("吴收发")
    dialog.ui.save_button.click()
    assert "请写明原因" in refusal_at(dialog, "step_text")


def test_an_objection_is_told_until_when_it_may_come(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    dialog = opened(desk, clerk, case_id, Action.OBJECT, place)
    assert "示例局可以在2026-11-30以前提出异议。" in dialog.ui.step_hint.text()
    dialog.ui.step_text.setPlainText("不属于本局")
    dialog.ui.save_button.click()
    assert referral_of(clerk, case_id).steps[-1].kind is Step.OBJECTED


def test_a_late_objection_is_refused_with_its_last_day(
    desk: Desk, clerk: Clerk, case_id: int, place: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    monkeypatch.setattr(desk, "now", lambda: NOW + timedelta(days=20))
    dialog = opened(desk, clerk, case_id, Action.OBJECT, place)
    dialog.ui.step_text.setPlainText("不属于本局")
    dialog.ui.save_button.click()
    assert "最后一日是2026-11-30" in refusal_at(dialog, "happened_on")
    assert dialog.ui.step_text.toPlainText() == "不属于本局"


@pytest.mark.parametrize(
    ("answer", "kinds", "stage"),
    [
        ("异议成立，退回重新决定", [Step.OBJECTION_UPHELD, Step.RETURNED], "triaged"),
        ("异议不成立，由该单位办理", [Step.OBJECTION_REJECTED], "handed_over"),
    ],
)
def test_an_objection_is_answered(
    desk: Desk, clerk: Clerk, case_id: int, place: QWidget, answer: str, kinds: list[Step], stage: str
) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    clerk.do(raise_objection, case_id, 1, text="不属于本局")
    dialog = opened(desk, clerk, case_id, Action.ANSWER, place)
    assert not dialog.ui.person.isVisible()
    pick(dialog.ui.objection_answer, answer)
    dialog.ui.step_text.setPlainText("核对了职责清单")
    dialog.ui.save_button.click()
    assert [each.kind for each in referral_of(clerk, case_id).steps[2:]] == kinds
    assert clerk.case(case_id).stage == stage


def test_what_came_of_it_is_recorded(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> None:
    dialog = opened(desk, clerk, case_id, Action.FEED_BACK, place)
    dialog.ui.step_text.setPlainText("已办结")
    dialog.ui.save_button.click()
    assert said_in_a_box(dialog) == "示例局还没有签收，请先登记签收。"
    clerk.do(sign_for, case_id, 1, person="周收发")
    dialog.ui.save_button.click()
    assert referral_of(clerk, case_id).steps[-1].text == "已办结"


def test_it_is_given_back(desk: Desk, clerk: Clerk, case_id: int, place: QWidget) -> None:
    dialog = opened(desk, clerk, case_id, Action.SEND_BACK, place)
    dialog.ui.person.setText("周收发")
    dialog.ui.step_text.setPlainText("重复转办")
    dialog.ui.save_button.click()
    assert clerk.case(case_id).is_back


def test_a_unit_that_is_gone_is_told_when_it_is_called_back(
    desk: Desk, clerk: Clerk, case_id: int, place: QWidget
) -> None:
    dialog = opened(desk, clerk, case_id, Action.RECALL, place)
    assert "职责由谁承继" in dialog.ui.step_hint.text()
    dialog.ui.unit_is_gone.setChecked(True)
    dialog.ui.step_text.setPlainText("并入区住建委")
    dialog.ui.save_button.click()
    assert referral_of(clerk, case_id).steps[-1].text == "单位已撤销或者更名：并入区住建委"
