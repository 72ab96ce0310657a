"""A frozen agreement shows how far it has come; once it binds, every party can be given its card."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui import agreement_state
from mediation_desk.gui.agreement_state import AgreementState
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.gui.waiver_dialog import WaiverDialog
from mediation_desk.services.afterwards import record_performance
from tests.desk import TODAY
from tests.desk import Desk as Clerk


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, int, bool]]:
    """What was asked to be printed: case, code, number of the agreement, whether large."""
    asked: list[tuple[int, str, int, bool]] = []

    def note(_window: QWidget, _desk: Desk, case_id: int, code: str, no: int, *, large: bool = False) -> None:
        asked.append((case_id, code, no, large))

    monkeypatch.setattr(agreement_state, "print_case_paper", note)
    return asked


@pytest.fixture
def state(qtbot: QtBot) -> AgreementState:
    state = AgreementState()
    qtbot.addWidget(state)
    state.show()
    return state


def show(state: AgreementState, desk: Desk, clerk: Clerk, case_id: int) -> None:
    state.show_agreement(desk, clerk.case(case_id), clerk.agreement(case_id), {})


def test_a_card_is_there_once_the_agreement_binds(
    state: AgreementState, desk: Desk, clerk: Clerk, printed: list[tuple[int, str, int, bool]]
) -> None:
    state.print_card()  # no agreement is shown yet
    show(state, desk, clerk, clerk.frozen())
    assert not state.ui.card_panel.isVisible()
    case_id = clerk.performing()
    show(state, desk, clerk, case_id)
    assert state.ui.card_panel.isVisible()
    state.ui.print_card.click()
    state.ui.large_type.click()
    state.ui.print_card.click()
    assert printed == [(case_id, "R1", 1, False), (case_id, "R1", 1, True)]


def test_a_receipt_is_printed_for_the_payment_that_is_chosen(
    state: AgreementState, desk: Desk, clerk: Clerk, printed: list[tuple[int, str, int, bool]]
) -> None:
    case_id = clerk.performing()
    show(state, desk, clerk, case_id)
    assert not state.ui.print_receipt.isEnabled()
    for fen in (100_000, 50_000):
        clerk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=fen)
    show(state, desk, clerk, case_id)
    state.ui.performances.setCurrentIndex(state.performances.index(1, 0))
    state.ui.print_receipt.click()
    assert printed == [(case_id, "E11", 2, False)]


def test_what_need_not_be_performed_is_recorded_and_taken_back(state: AgreementState, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.performing()
    show(state, desk, clerk, case_id)
    state.ui.waive.click()
    dialog = state.findChild(WaiverDialog)
    assert dialog is not None
    assert dialog.ui.owed_text.text() == "第1项：付款共3,000.00元，尚未履行3,000.00元。"
    dialog.ui.save_button.click()
    assert "请填写是谁表示不需履行的" in dialog.ui.said_by_caption.text()
    dialog.ui.said_by.setCurrentText("张三")
    dialog.ui.waived_reason.setPlainText("已用货物抵清")
    dialog.ui.save_button.click()
    show(state, desk, clerk, case_id)
    assert [line.cells[0] for line in state.schedule.lines] == ["不需履行", "不需履行"]
    assert state.schedule.lines[0].cells[-1] == "张三：已用货物抵清"
    assert state.ui.waive.text() == "撤回不需履行…"
    state.ui.waive.click()
    back = state.findChild(TakeBackDialog)
    assert back is not None
    assert "张三：已用货物抵清" in back.ui.take_back_text.text()
    back.ui.take_back_reason.setPlainText("登记错了")
    back.ui.save_button.click()
    assert clerk.agreement(case_id).obligations[0].waived_on is None
