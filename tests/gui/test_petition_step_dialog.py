"""What was done with a petition item: which step is likely, and why another cannot be."""

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.petition_step_dialog import PetitionStepDialog
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from tests.desk import TODAY, YESTERDAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


def opened(desk: Desk, clerk: Clerk, place: QWidget, *steps: Step, clear: bool = True) -> PetitionStepDialog:
    case_id = clerk.willing()
    item = PetitionItem(kind="redress_claim", received_on=YESTERDAY, contact_clear=clear)
    clerk.do(record_petition, case_id, item)
    for step in steps:
        clerk.do(record_petition_step, case_id, step, text="已办")
    dialog = PetitionStepDialog(desk, clerk.case(case_id), place)
    dialog.open()
    return dialog


@pytest.mark.parametrize(
    ("steps", "likely"),
    [
        ((), "书面告知"),
        ((Step.NOTICE,), "告知可以调解"),
        ((Step.OFFERED,), "书面告知"),
        ((Step.NOTICE, Step.OFFERED), "不愿调解"),
        ((Step.NOTICE, Step.OPINION), "转回信访程序"),
    ],
)
def test_the_first_step_that_may_follow_is_chosen(
    desk: Desk, clerk: Clerk, place: QWidget, steps: tuple[Step, ...], likely: str
) -> None:
    assert opened(desk, clerk, place, *steps).ui.petition_step.currentText() == likely


def test_who_cannot_be_told_is_first_offered_mediation(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    assert opened(desk, clerk, place, clear=False).ui.petition_step.currentText() == "告知可以调解"


def test_a_notice_is_named_after_its_paper(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = opened(desk, clerk, place)
    pick(dialog.ui.notice_kind, "信访事项转送（交办）告知书")
    dialog.ui.step_text.setPlainText("挂号寄出")
    dialog.ui.happened_on.setText("昨天")
    dialog.ui.save_button.click()
    petition = clerk.case(dialog.case_id).petition
    assert petition is not None
    assert [(each.kind, each.happened_on, each.text) for each in petition.steps] == [
        (Step.NOTICE, YESTERDAY, "信访事项转送（交办）告知书；挂号寄出")
    ]


def test_why_a_step_cannot_follow_stands_there_before_it_is_tried(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = opened(desk, clerk, place)
    assert not dialog.ui.step_hint.isVisible()
    pick(dialog.ui.petition_step, "转入调解")
    assert dialog.ui.step_hint.text().startswith("还没有告知当事人可以调解")
    assert not dialog.ui.notice_kind.isVisible()
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "petition_step").startswith("还没有告知当事人可以调解")


def test_mediation_is_taken_up(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    dialog = opened(desk, clerk, place, Step.NOTICE, Step.OFFERED)
    pick(dialog.ui.petition_step, "转入调解")
    dialog.ui.save_button.click()
    petition = clerk.case(dialog.case_id).petition
    assert petition is not None
    assert petition.is_in_mediation
    assert petition.steps[-1].happened_on == TODAY
