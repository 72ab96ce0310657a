"""A mediator's open cases go to others: one proposal each, all carried out or none."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.mediator import Appointment
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.hand_over_dialog import HandOverDialog
from mediation_desk.gui.mediators_page import MediatorsPage
from mediation_desk.services.directory import save_mediator
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at

LAWYER, COUNSELLOR = 1, 2


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    with clerk.database.reading() as records:
        counsellor = records.mediators.get(COUNSELLOR)
    counsellor.appointments = [Appointment(committee_id=1, since=date(2025, 1, 1))]
    clerk.do(save_mediator, counsellor)
    return clerk.assigned()


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, case_id: int, place: QWidget, qtbot: QtBot) -> HandOverDialog:
    assert case_id
    with clerk.database.reading() as records:
        lawyer = records.mediators.get(LAWYER)
    dialog = HandOverDialog(desk, lawyer, place)
    dialog.open()
    qtbot.waitUntil(lambda: "正在统筹" not in dialog.ui.state_text.text())
    return dialog


def test_all_open_cases_go_over_with_a_reason(dialog: HandOverDialog, clerk: Clerk, case_id: int) -> None:
    assert "钱律师名下未办结的案件" in dialog.ui.leaver_text.text()
    assert dialog.ui.state_text.text() == "共1件，将移交1件"
    dialog.ui.save_button.click()
    assert "请写明移交的原因" in refusal_at(dialog, "hand_over_reason")
    dialog.ui.hand_over_reason.setText("调离")
    dialog.ui.hand_over_left_on.setText("11-30")
    dialog.ui.save_button.click()
    before, after = clerk.case(case_id).assignments
    assert (before.end_reason, after.mediator_id) == ("移交：调离", COUNSELLOR)
    with clerk.database.reading() as records:
        assert records.mediators.get(LAWYER).left_on == date(2026, 11, 30)


def test_a_case_without_a_taker_stops_it(dialog: HandOverDialog, clerk: Clerk, case_id: int) -> None:
    pick(dialog.ui.taker, "未选定")
    dialog.ui.taker.activated.emit(0)
    dialog.ui.hand_over_reason.setText("调离")
    dialog.ui.save_button.click()
    assert "还有1件没有选定接手的人" in refusal_at(dialog, "proposals")
    assert len(clerk.case(case_id).assignments) == 1


def test_an_impossible_day_is_refused_at_its_field(dialog: HandOverDialog) -> None:
    dialog.ui.hand_over_reason.setText("调离")
    dialog.ui.hand_over_left_on.setText("13-1")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "hand_over_left_on")


def test_the_page_of_mediators_opens_it_for_who_is_chosen(desk: Desk, case_id: int, qtbot: QtBot) -> None:
    assert case_id
    page = MediatorsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ui.hand_over_cases.click()
    assert page.findChildren(HandOverDialog) == []
    page.ui.mediators.setCurrentIndex(page.model.index(0, 0))
    page.ui.hand_over_cases.click()
    [dialog] = page.findChildren(HandOverDialog)
    qtbot.waitUntil(lambda: dialog.ui.state_text.text() == "共1件，将移交1件")
    dialog.reject()
