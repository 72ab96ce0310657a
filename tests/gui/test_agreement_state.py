"""A frozen agreement shows how far it has come; once it binds, every party can be given its card."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui import agreement_state
from mediation_desk.gui.agreement_state import AgreementState
from mediation_desk.gui.desk import Desk
from tests.desk import Desk as Clerk


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, int, bool]]:
    """What was asked to be printed: case, code, number of the agreement, whether large."""
    asked: list[tuple[int, str, int, bool]] = []

    def note(_window: QWidget, _desk: Desk, case_id: int, code: str, no: int, *, large: bool) -> None:
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
