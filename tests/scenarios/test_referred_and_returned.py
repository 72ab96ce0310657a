"""A matter goes to another unit, which signs, objects and gives it back; the desk decides anew and gets its answer."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import EventKind
from mediation_desk.gui.closing_dialog import ClosingDialog
from mediation_desk.gui.decision_dialog import DecisionDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.referral_step_dialog import ReferralStepDialog
from mediation_desk.services.today import DueKind, look_at_today
from tests.desk import NOW
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, said_in_a_box
from tests.scenarios.windows import CaseWindow


@pytest.fixture
def window(desk: Desk, clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CaseWindow:
    monkeypatch.setattr(desk, "now", lambda: clerk.now)
    return CaseWindow(desk, clerk.willing(), qtbot)


def send_to(window: CaseWindow, unit: str, how: str, due_on: str) -> None:
    window.open_topic("referrals")
    window.press("send_out")
    dialog = window.dialog(DecisionDialog)
    dialog.ui.handed_to.setText(unit)
    pick(dialog.ui.referral_kind, how)
    dialog.ui.due_on.setText(due_on)
    dialog.ui.save_button.click()


def tell(window: CaseWindow, button: str, *, person: str = "", words: str = "") -> ReferralStepDialog:
    """Press a button of the topic, fill in its dialog and save."""
    window.open_topic("referrals")
    window.press(button)
    dialog = window.dialog(ReferralStepDialog)
    dialog.ui.person.setText(person)
    dialog.ui.step_text.setPlainText(words)
    dialog.ui.save_button.click()
    return dialog


def due_kinds(clerk: Clerk) -> set[DueKind]:
    return {each.kind for each in clerk.look(look_at_today).dues}


def test_referred_objected_to_returned_and_answered(window: CaseWindow, clerk: Clerk) -> None:
    case_id = window.page._case_id
    assert case_id is not None
    send_to(window, "示例区住建委", "转办", "2026-12-31")
    assert window.stage == "已转办"
    assert "还没有签收" in window.next_step
    assert DueKind.SIGNATURE in due_kinds(clerk)

    # An answer before anybody signed for it is out of order; then somebody does.
    dialog = tell(window, "feed_back_referral", words="已办")
    assert said_in_a_box(dialog) == "示例区住建委还没有签收，请先登记签收。"
    dialog.reject()
    tell(window, "sign_referral", person="周收发")
    assert DueKind.SIGNATURE not in due_kinds(clerk)

    # On the last day the unit objects, and is right: the matter is back at the desk.
    clerk.now = NOW + timedelta(days=8)
    late = tell(window, "object_to_referral", words="属于城管职权")
    assert "最后一日是2026-11-30" in refusal_at(late, "happened_on")
    late.ui.happened_on.setText("2026-11-30")
    late.ui.save_button.click()
    assert "示例区住建委提出异议，请答复" in window.next_step
    tell(window, "answer_objection", words="确属城管")
    assert window.stage == "已分流"
    assert "示例区住建委已退回" in window.next_step

    # The desk decides anew; the second unit answers, and the case is closed without a gap.
    send_to(window, "示例街道城管队", "交办", "2026-12-31")
    tell(window, "sign_referral", person="吴队长")
    assert "等待反馈（2026-12-31前）" in window.next_step
    clerk.now = NOW + timedelta(days=40)
    assert DueKind.REFERRED_OUT in due_kinds(clerk)
    tell(window, "feed_back_referral", person="吴队长", words="违法建设已拆除")
    assert [cells[2:] for cells in window.told("referrals")] == [
        ("示例区住建委", "转办", "2026-12-31", "已退回"),
        ("示例街道城管队", "交办", "2026-12-31", "已反馈"),
    ]
    assert "示例街道城管队已反馈" in window.next_step
    window.take_next_step()
    closing = window.dialog(ClosingDialog)
    assert "反馈" not in closing.ui.missing_text.text()
    closing.ui.despite_reason.setPlainText("转办事项已反馈")
    closing.ui.save_button.click()
    case = clerk.case(case_id)
    assert case.stage == "closed"
    assert [each.kind for each in case.events].count(EventKind.REFERRED) == 8
