"""A petition item comes to the window, is told of, offered mediation, mediated, settled and finished."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer, OutcomeKind
from mediation_desk.gui.decision_dialog import DecisionDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.petition_dialog import PetitionDialog
from mediation_desk.gui.petition_step_dialog import PetitionStepDialog
from mediation_desk.gui.register_page import RegisterPage
from mediation_desk.gui.triage_dialog import TriageDialog
from mediation_desk.services import agreements
from mediation_desk.services.agreements import draft_agreement, freeze_agreement, record_signatures, save_agreement
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.today import DueKind, look_at_today
from mediation_desk.store.cases import CaseFilter
from tests.desk import Desk as Clerk
from tests.desk import all_marks, draw_as_a_line, session, text
from tests.gui.looking import pick
from tests.scenarios.windows import CaseWindow

APPOINTED = 1


@pytest.fixture(autouse=True)
def papers_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)


def register(desk: Desk, qtbot: QtBot) -> int:
    page = RegisterPage(desk)
    qtbot.addWidget(page)
    page.show()
    ui = page.form.ui
    ui.claimant_name.setText("张三")
    ui.respondent_name.setText("李四")
    ui.matter.setPlainText("楼上漏水，半年没有修好，已到信访办反映。")
    ui.demand.setPlainText("修好并赔偿。")
    choose(ui.case_source, "referral_petition")
    ui.petition_number.setText("XF2026-0001")
    choose(ui.petition_kind, "redress_claim")
    page.ui.register_button.click()
    [case_id] = desk.look(lambda records, _: list(records.cases.ids(CaseFilter())))
    return case_id


def take_petition_step(window: CaseWindow, step: str, words: str = "") -> None:
    window.open_topic("petition")
    window.press("petition_step_button")
    dialog = window.dialog(PetitionStepDialog)
    pick(dialog.ui.petition_step, step)
    dialog.ui.step_text.setPlainText(words)
    dialog.ui.save_button.click()


def mediate(clerk: Clerk, case_id: int) -> None:
    """What happens in the mediation room and at the agreement page: told elsewhere."""
    clerk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    clerk.do(record_session, case_id, session(mediator_ids=[APPOINTED]))
    clerk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    clerk.do(draft_agreement, case_id)
    clerk.do(save_agreement, case_id, 1, text())
    clerk.do(freeze_agreement, case_id, 1)
    clerk.do(record_signatures, case_id, 1, all_marks())


def test_from_the_petition_to_the_agreement_and_back_to_its_end(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = register(desk, qtbot)
    window = CaseWindow(desk, case_id, qtbot)
    assert window.told("petition") == [("2026-11-23", "收到申诉求决", "XF2026-0001")]

    # The petitioner is to be told within fifteen days.
    clerk.now += timedelta(days=10)
    [due] = [each for each in clerk.look(look_at_today).dues if each.kind is DueKind.PETITION_NOTICE]
    assert (due.case_id, f"{due.due_on}") == (case_id, "2026-12-08")
    clerk.now -= timedelta(days=10)
    take_petition_step(window, "书面告知")
    assert window.told("petition")[-1] == ("2026-11-23", "书面告知", "信访事项受理告知书")

    # It is a civil dispute: mediation is its lawful way, and both sides want it.
    window.page.open_tab("overview")
    window.press("triage_button")
    dialog = window.dialog(TriageDialog)
    choose(dialog.ui.statutory_path, "M1")
    dialog.ui.save_button.click()
    clerk.do(ask_willingness, case_id, [1, 2], Answer.AGREES, asked_at=clerk.now)
    window.page.refresh()
    assert "请登记信访事项“告知可以调解”" in window.next_step
    window.take_next_step()
    take_petition_step(window, "告知可以调解", "当面告知")
    assert "请把信访事项转入调解" in window.next_step
    take_petition_step(window, "转入调解")

    # It is taken, mediated and agreed.
    assert "请决定是否受理" in window.next_step
    window.take_next_step()
    window.dialog(DecisionDialog).ui.save_button.click()
    assert window.stage == "已受理"
    mediate(clerk, case_id)
    window.page.refresh()
    assert "请登记信访事项“调解达成协议”" in window.next_step
    take_petition_step(window, "调解达成协议")
    take_petition_step(window, "办结")
    assert [cells[1] for cells in window.told("petition")] == [
        "收到申诉求决",
        "书面告知",
        "告知可以调解",
        "转入调解",
        "调解达成协议",
        "办结",
    ]
    assert window.stage == "履行中"


def test_an_item_that_is_not_settled_goes_back_with_its_result(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = clerk.in_mediation()
    window = CaseWindow(desk, case_id, qtbot)
    window.open_topic("petition")
    window.press("record_petition")
    registering = window.dialog(PetitionDialog)
    pick(registering.ui.petition_kind, "申诉求决")
    registering.ui.save_button.click()
    for step in ("告知可以调解", "转入调解"):
        take_petition_step(window, step)
    clerk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    window.page.refresh()
    assert "请把信访事项转回信访程序" in window.next_step
    take_petition_step(window, "转回信访程序", "差距太大")
    assert window.told("petition")[-1] == ("2026-11-23", "转回信访程序", "调解不成：差距太大")
    assert "请按信访程序办理、答复" in window.next_step
    take_petition_step(window, "出具处理意见", "请求事实清楚，予以支持")
    take_petition_step(window, "办结")
    assert window.told("petition")[-1][1] == "办结"
