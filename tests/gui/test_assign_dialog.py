"""Giving a case to a mediator: proposed by fitness, with who chose and what is known of bias."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Answer, AssignmentRole, ChosenBy
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.gui.assign_dialog import AssignDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, said_in_a_box, set_ticks


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> AssignDialog:
    dialog = AssignDialog(desk, clerk.case(clerk.accepted()), place)
    dialog.open()
    return dialog


def rows(dialog: AssignDialog) -> list[list[str]]:
    return [list(line.cells[:5]) for line in dialog.model.lines]


def test_everybody_is_shown_with_what_matters(dialog: AssignDialog) -> None:
    assert rows(dialog) == [
        ["钱律师", "在岗", "", "有效", "0件"],
        ["孙咨询师", "在岗", "", "无", "0件"],
        ["周干部", "随驻", "", "无", "0件"],
    ]


def test_the_first_is_proposed_to_preside(dialog: AssignDialog, clerk: Clerk) -> None:
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    [given] = case.assignments
    assert (given.mediator_id, given.role, given.chosen_by) == (1, AssignmentRole.PRESIDING, ChosenBy.COMMITTEE)
    assert given.kinship is RecusalAnswer.UNCHECKED
    assert case.stage == "assigned"


def test_who_has_no_appointment_is_proposed_as_a_helper(dialog: AssignDialog, clerk: Clerk) -> None:
    dialog.ui.mediator.selectRow(1)
    assert "孙咨询师没有本调委会的有效聘任" in dialog.ui.fitness_text.text()
    assert not dialog.ui.assignment_title.isVisible()
    dialog.ui.save_button.click()
    assert clerk.case(dialog.case_id).assignments[0].role is AssignmentRole.HELPER


def test_another_title_lets_an_official_preside(dialog: AssignDialog, clerk: Clerk) -> None:
    dialog.ui.mediator.selectRow(2)
    pick(dialog.ui.assignment_role, "主持调解")
    pick(dialog.ui.assignment_title, "信访调解")
    dialog.ui.save_button.click()
    given = clerk.case(dialog.case_id).assignments[0]
    assert (given.role, given.title) == (AssignmentRole.PRESIDING, "petition_mediation")


def test_parties_choose_their_mediator_and_are_named(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.chosen_by, "当事人选择")
    set_ticks(dialog.ui.chosen_by_parties, "李四")
    for answer in (dialog.ui.kinship, dialog.ui.same_employer, dialog.ui.earlier_role):
        pick(answer, "无")
    dialog.ui.save_button.click()
    given = clerk.case(dialog.case_id).assignments[0]
    assert (given.chosen_by_nos, given.is_biased) == ([2], False)


def test_a_known_bias_needs_a_reason_to_go_on(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.same_employer, "有")
    dialog.ui.save_button.click()
    assert "利害关系" in refusal_at(dialog, "despite_reason")
    dialog.ui.despite_reason.setPlainText("双方知情并同意")
    dialog.ui.save_button.click()
    assert clerk.case(dialog.case_id).assignments[0].despite_reason == "双方知情并同意"


def test_parties_who_chose_must_be_named(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.chosen_by, "当事人选择")
    dialog.ui.save_button.click()
    assert "是哪一方" in refusal_at(dialog, "chosen_by_parties")
    assert clerk.case(dialog.case_id).assignments == []


def test_nobody_presides_over_peoples_mediation_without_appointment(dialog: AssignDialog, clerk: Clerk) -> None:
    dialog.ui.mediator.selectRow(2)
    pick(dialog.ui.assignment_role, "主持调解")
    dialog.ui.save_button.click()
    assert "没有本调委会的有效聘任" in refusal_at(dialog, "assignment_role")
    assert clerk.case(dialog.case_id).assignments == []


@pytest.mark.parametrize("day", ["明天", "昨天", "", "13-1"])
def test_an_impossible_day_is_refused_at_its_field(dialog: AssignDialog, clerk: Clerk, day: str) -> None:
    dialog.ui.assigned_on.setText(day)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "assigned_on")
    assert clerk.case(dialog.case_id).assignments == []


def test_a_party_that_refused_meanwhile_stops_it(dialog: AssignDialog, clerk: Clerk) -> None:
    clerk.do(ask_willingness, dialog.case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    dialog.ui.save_button.click()
    assert "李四已拒绝调解" in said_in_a_box(dialog)


def test_who_left_meanwhile_cannot_be_given_the_case(dialog: AssignDialog, clerk: Clerk) -> None:
    with clerk.database.reading() as records:
        lawyer = records.mediators.get(1)
    lawyer.left_on = clerk.now.date()
    clerk.do(save_mediator, lawyer)
    dialog.ui.save_button.click()
    assert "已离开名册" in refusal_at(dialog, "mediator")


def test_an_empty_directory_says_what_to_do(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    for mediator_id in (1, 2, 3):
        with clerk.database.reading() as records:
            mediator = records.mediators.get(mediator_id)
        mediator.left_on = clerk.now.date()
        clerk.do(save_mediator, mediator)
    dialog = AssignDialog(desk, clerk.case(clerk.accepted()), place)
    dialog.open()
    assert "请先在“调解员”页登记" in dialog.ui.fitness_text.text()
    dialog.ui.save_button.click()
    assert "请选择调解员" in refusal_at(dialog, "mediator")
