"""Calling somebody in for a case, until the one who accepted is given the case."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import AssignmentRole
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.gui.assign_dialog import AssignDialog
from mediation_desk.gui.call_out_begin_dialog import CallOutBeginDialog
from mediation_desk.gui.call_out_dialog import CallOutDialog
from mediation_desk.gui.calling import call_in
from mediation_desk.gui.desk import Desk
from mediation_desk.services.directory import save_mediator
from tests.desk import Desk as Clerk
from tests.gui.conftest import new_uid

COUNSELLOR = 4


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    return clerk.accepted()


@pytest.fixture
def running(desk: Desk, case_id: int, place: QWidget) -> CallOutDialog:
    counsellor = Mediator(
        uid=new_uid(), name="沈咨询师", profession="counsellor", presence=Presence.ON_CALL, travel_minutes=5
    )
    desk.do(save_mediator, counsellor)
    call_in(desk, place, case_id, "协助普法")
    dialog = place.findChild(CallOutBeginDialog)
    assert dialog is not None
    dialog.ui.save_button.click()
    shown = place.findChild(CallOutDialog)
    assert shown is not None
    return shown


def test_a_search_that_runs_for_the_case_is_gone_on_with(
    running: CallOutDialog, desk: Desk, case_id: int, place: QWidget
) -> None:
    running.close()
    call_in(desk, place, case_id)
    shown = [each for each in place.findChildren(CallOutDialog) if each.isVisible()]
    assert len(shown) == 1
    assert len(desk.look(lambda records, _: records.call_outs.of_case(case_id))) == 1


def test_who_accepts_is_proposed_for_the_case_as_a_helper_where_presiding_is_barred(
    running: CallOutDialog, desk: Desk, case_id: int, place: QWidget, qtbot: QtBot
) -> None:
    running.ui.accept_button.click()
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        running.ui.assign_button.click()
    assert wanted.args == [case_id]
    dialog = place.findChild(AssignDialog)
    assert dialog is not None
    person = dialog._chosen()
    assert person is not None
    assert (person.id, dialog.ui.assignment_role.currentText()) == (COUNSELLOR, AssignmentRole.HELPER.label)
    assert dialog.ui.override_reason.text() == "呼叫随驻人员，由接受的人参加"
