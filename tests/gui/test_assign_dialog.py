"""Giving a case to a mediator: who comes first and why, who is kept out, what nobody asked, who chose."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from mediation_desk.domain.case import Answer, Assignment, AssignmentRole, ChosenBy
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.mediator import Appointment
from mediation_desk.domain.presence import Leave
from mediation_desk.gui.assign_dialog import AssignDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.assignment import record_recusal, record_stance
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent
from tests.gui.looking import pick, refusal_at, said_in_a_box, set_ticks, ticks

LAWYER, COUNSELLOR, OFFICIAL = 1, 2, 3
QUESTIONS = ("kinship", "interest", "same_employer", "earlier_role", "other_relation")

MakeDialog = Callable[..., AssignDialog]


@pytest.fixture
def open_dialog(desk: Desk, clerk: Clerk, place: QWidget) -> MakeDialog:
    """Opens the dialog for an accepted case; facts of the registration can be given."""

    def make(case_id: int | None = None, **facts: Any) -> AssignDialog:
        dialog = AssignDialog(desk, clerk.case(case_id or clerk.accepted(**facts)), place)
        dialog.open()
        return dialog

    return make


@pytest.fixture
def dialog(open_dialog: MakeDialog) -> AssignDialog:
    return open_dialog()


def change(clerk: Clerk, mediator_id: int, **facts: Any) -> None:
    with clerk.database.reading() as records:
        mediator = records.mediators.get(mediator_id)
    for name, value in facts.items():
        setattr(mediator, name, value)
    clerk.do(save_mediator, mediator)


def appoint(clerk: Clerk, mediator_id: int) -> None:
    change(clerk, mediator_id, appointments=[Appointment(committee_id=1, since=date(2025, 1, 1))])


def rows(dialog: AssignDialog) -> list[list[str]]:
    return [list(line.cells[:4]) for line in dialog.model.lines]


def choose_person(dialog: AssignDialog, name: str) -> None:
    dialog.ui.mediator.selectRow([line.cells[0] for line in dialog.model.lines].index(name))


def answer(dialog: AssignDialog, said: str, *codes: str) -> None:
    for code in codes or QUESTIONS:
        pick(dialog.questions.choices[code], said)


def save(dialog: AssignDialog) -> None:
    """Press the button, and say yes to what is asked about questions that nobody answered."""
    dialog.ui.save_button.click()
    for box in dialog.findChildren(QMessageBox, "question_box"):
        if box.isVisible():
            next(each for each in box.buttons() if each.text() == "未核实，仍要指派").click()


def given(clerk: Clerk, dialog: AssignDialog) -> list[Assignment]:
    return clerk.case(dialog.case_id).assignments


def test_everybody_is_shown_in_order_with_score_and_reasons_and_the_excluded_last(dialog: AssignDialog) -> None:
    assert rows(dialog) == [
        ["钱律师", "41", "6 一般纠纷；15 在中心；20 在办0件（上限20件）；0 本类还没有结案，按全中心平均计", "5项"],
        ["周干部", "26", "6 一般纠纷；0 随驻可呼叫；20 在办0件（上限20件）；0 本类还没有结案，按全中心平均计", "5项"],
        ["孙咨询师", "资格", "没有本调委会的有效聘任，只能协助调解", "5项"],
    ]


def test_the_first_three_have_cards_whose_points_are_the_reasons(dialog: AssignDialog) -> None:
    assert dialog.ui.card_1.text().splitlines() == [
        "1. 钱律师　41分",
        "律师 · 正大律师事务所",
        "6 一般纠纷",
        "15 在中心",
        "20 在办0件（上限20件）",
        "0 本类还没有结案，按全中心平均计",
        "未核实5项",
    ]
    assert "以信访调解名义" in dialog.ui.card_2.text()
    assert dialog.ui.card_1.isChecked()
    assert not dialog.ui.card_3.isVisible()


def test_a_card_chooses_its_person(dialog: AssignDialog) -> None:
    dialog.ui.card_2.click()
    assert dialog.ui.mediator.currentIndex().row() == 1
    assert "以信访调解名义主持" in dialog.ui.fitness_text.text()
    assert not dialog.ui.card_1.isChecked()


def test_the_first_is_proposed_to_preside_and_the_order_is_kept(dialog: AssignDialog, clerk: Clerk) -> None:
    assert not dialog.ui.override_reason.isVisible()
    save(dialog)
    case = clerk.case(dialog.case_id)
    [assignment], [ranking] = case.assignments, case.rankings
    assert (assignment.mediator_id, assignment.role, assignment.chosen_by) == (
        LAWYER,
        AssignmentRole.PRESIDING,
        ChosenBy.COMMITTEE,
    )
    assert assignment.kinship is RecusalAnswer.UNCHECKED
    assert (case.stage, ranking.chosen_id) == ("assigned", LAWYER)


def test_what_nobody_asked_is_named_before_the_case_is_given(dialog: AssignDialog, clerk: Clerk) -> None:
    answer(dialog, "无", "kinship", "interest", "same_employer", "earlier_role")
    dialog.ui.save_button.click()
    assert given(clerk, dialog) == []
    assert "未核实与当事人关系：\n钱律师：与当事人有其他关系吗\n" in said_in_a_box(dialog)
    save(dialog)
    assert clerk.case(dialog.case_id).rankings[0].candidates[0]["unchecked"] == ["other_relation"]


def test_with_every_question_answered_nothing_is_asked(dialog: AssignDialog, clerk: Clerk) -> None:
    answer(dialog, "无")
    dialog.ui.save_button.click()
    [assignment] = given(clerk, dialog)
    assert (assignment.kinship, assignment.same_employer, assignment.earlier_role) == (RecusalAnswer.NO,) * 3


def test_an_answer_counts_at_once_and_keeps_out(dialog: AssignDialog, clerk: Clerk) -> None:
    answer(dialog, "有", "kinship")
    assert [row[:2] for row in rows(dialog)] == [["周干部", "26"], ["钱律师", "回避"], ["孙咨询师", "资格"]]
    assert "钱律师不可指派：是当事人或者其代理人的近亲属" in dialog.ui.fitness_text.text()
    assert dialog.questions.choices["kinship"].currentText() == "有"
    assert not dialog.ui.despite_reason.isVisible()
    dialog.ui.override_reason.setText("当事人信任")
    dialog.ui.save_button.click()
    assert "应当回避，不能指派" in said_in_a_box(dialog)
    assert given(clerk, dialog) == []
    assert [each.reason_code for each in clerk.case(dialog.case_id).recusal_checks] == ["kinship"]


def test_a_bias_that_gives_way_asks_how_the_parties_agreed(open_dialog: MakeDialog, clerk: Clerk) -> None:
    dialog = open_dialog(parties=(claimant(workplace="正大律师事务所"), respondent()))
    choose_person(dialog, "钱律师")
    dialog.ui.override_reason.setText("双方信任")
    dialog.ui.save_button.click()
    assert "利害关系" in refusal_at(dialog, "despite_reason")
    dialog.ui.despite_reason.setPlainText("双方知情并同意")
    dialog.ui.save_button.click()
    [assignment] = given(clerk, dialog)
    assert (assignment.mediator_id, assignment.despite_reason) == (LAWYER, "双方知情并同意")


def test_taking_another_than_the_first_asks_for_one_line(dialog: AssignDialog, clerk: Clerk) -> None:
    choose_person(dialog, "周干部")
    save(dialog)
    assert "没有选排在首位的钱律师" in refusal_at(dialog, "override_reason")
    dialog.ui.override_reason.setText("熟悉信访事项")
    save(dialog)
    [assignment], [ranking] = given(clerk, dialog), clerk.case(dialog.case_id).rankings
    assert (assignment.role, assignment.title) == (AssignmentRole.PRESIDING, "petition_mediation")
    assert ranking.override_reason == "熟悉信访事项"


def test_as_helpers_everybody_is_ranked(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.assignment_role, "协助调解")
    assert rows(dialog)[0][0] == "孙咨询师"
    assert not dialog.ui.assignment_title.isVisible()
    choose_person(dialog, "孙咨询师")
    save(dialog)
    assert given(clerk, dialog)[0].role is AssignmentRole.HELPER


def test_nobody_presides_over_peoples_mediation_without_appointment(dialog: AssignDialog, clerk: Clerk) -> None:
    choose_person(dialog, "周干部")
    pick(dialog.ui.assignment_title, "人民调解")
    dialog.ui.override_reason.setText("熟悉")
    save(dialog)
    assert "没有本调委会的有效聘任" in refusal_at(dialog, "assignment_role")
    assert given(clerk, dialog) == []


def test_who_is_on_leave_is_seen_and_not_given(dialog: AssignDialog, open_dialog: MakeDialog, clerk: Clerk) -> None:
    leave = Leave(
        mediator_id=LAWYER, first_day=clerk.now.date(), last_day=clerk.now.date(), by_id=1, recorded_at=clerk.now
    )
    clerk.do(lambda records, _: records.presence.add(leave))
    again = open_dialog(dialog.case_id)
    choose_person(again, "钱律师")
    assert "请假：11月23日" in again.ui.fitness_text.text()
    again.ui.override_reason.setText("就是他")
    again.ui.save_button.click()
    assert "钱律师现在不能指派" in refusal_at(again, "mediator")


# ---- what the parties say


def test_whom_both_sides_choose_comes_first_and_is_given_as_chosen(dialog: AssignDialog, clerk: Clerk) -> None:
    choose_person(dialog, "周干部")
    set_ticks(dialog.ui.stance_parties, "张三", "李四")
    dialog.ui.record_stance.click()
    assert rows(dialog)[0][:2] == ["周干部", "26"]
    assert "双方选择" in dialog.ui.card_1.text()
    assert dialog.ui.stances_text.text() == "张三选择周干部；李四选择周干部"
    assert ticks(dialog.ui.chosen_by_parties) == ["张三（申请方）", "李四（被申请方）"]
    save(dialog)
    [assignment] = given(clerk, dialog)
    assert (assignment.mediator_id, assignment.chosen_by, assignment.chosen_by_nos) == (
        OFFICIAL,
        ChosenBy.PARTIES,
        [1, 2],
    )


def test_an_objection_needs_a_reason_and_is_decided_here(dialog: AssignDialog, clerk: Clerk) -> None:
    assert not dialog.ui.uphold_objection.isVisible()
    set_ticks(dialog.ui.stance_parties, "李四")
    pick(dialog.ui.stance, "反对")
    dialog.ui.record_stance.click()
    assert "请写明当事人反对的理由" in refusal_at(dialog, "stance_reason")
    dialog.ui.stance_reason.setText("曾代理过对方")
    dialog.ui.record_stance.click()
    assert dialog.ui.stances_text.text() == "李四反对钱律师：曾代理过对方"
    dialog.ui.uphold_objection.click()
    assert [row[:2] for row in rows(dialog)][-2:] == [["钱律师", "回避"], ["孙咨询师", "资格"]]
    assert not dialog.ui.uphold_objection.isVisible()


def test_an_objection_that_is_overruled_keeps_nobody_out(open_dialog: MakeDialog, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    clerk.do(record_stance, case_id, [1], LAWYER, StanceKind.OPPOSES, "不喜欢")
    dialog = open_dialog(case_id)
    dialog.ui.overrule_objection.click()
    assert rows(dialog)[0][0] == "钱律师"
    assert "（异议不成立）" in dialog.ui.stances_text.text()


def test_a_stance_needs_its_party(dialog: AssignDialog) -> None:
    dialog.ui.record_stance.click()
    assert "是哪一方" in refusal_at(dialog, "stance_parties")


def test_parties_who_chose_must_be_named(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.chosen_by, "当事人选择")
    save(dialog)
    assert "是哪一方" in refusal_at(dialog, "chosen_by_parties")
    assert given(clerk, dialog) == []


# ---- two together


def test_the_best_pair_is_proposed_and_given_in_one_step(dialog: AssignDialog, clerk: Clerk) -> None:
    assert not dialog.ui.pair_button.isVisible()
    pick(dialog.ui.partner_profession, "心理咨询师")
    assert dialog.ui.pair_text.text() == "联合方案：钱律师主持（41分）＋孙咨询师协助（51分）。"
    dialog.ui.pair_button.click()
    [box] = [each for each in dialog.findChildren(QMessageBox, "question_box") if each.isVisible()]
    assert "钱律师：" in box.text()
    assert "孙咨询师：" in box.text()
    next(each for each in box.buttons() if each.text() == "未核实，仍要指派").click()
    case = clerk.case(dialog.case_id)
    assert [(each.mediator_id, each.role) for each in case.assignments] == [
        (LAWYER, AssignmentRole.PRESIDING),
        (COUNSELLOR, AssignmentRole.HELPER),
    ]
    assert [each.no for each in case.rankings] == [1, 2]


def test_a_pair_is_found_for_who_looks_for_a_helper_too(dialog: AssignDialog) -> None:
    pick(dialog.ui.assignment_role, "协助调解")
    pick(dialog.ui.partner_profession, "律师")
    assert dialog.ui.pair_text.text() == "联合方案：周干部主持（26分）＋钱律师协助（41分）。"


def test_in_a_pair_somebody_who_is_not_the_first_is_taken_for_the_pair(dialog: AssignDialog, clerk: Clerk) -> None:
    pick(dialog.ui.partner_profession, "律师")
    dialog.ui.pair_button.click()
    for box in dialog.findChildren(QMessageBox, "question_box"):
        next(each for each in box.buttons() if each.text() == "未核实，仍要指派").click()
    reasons = [each.override_reason for each in clerk.case(dialog.case_id).rankings]
    assert reasons == ["联合调解，按最佳搭配指派", ""]


def test_without_a_partner_it_says_why(dialog: AssignDialog) -> None:
    pick(dialog.ui.partner_profession, "政法干部")
    assert dialog.ui.pair_text.text().startswith("没有合适的搭档：")
    assert not dialog.ui.pair_button.isVisible()


# ---- ties, nobody left, and what changes meanwhile


def test_a_draw_is_shown(open_dialog: MakeDialog, clerk: Clerk) -> None:
    for mediator_id in (LAWYER, OFFICIAL):
        change(clerk, mediator_id, presence="standing", unit="")
        appoint(clerk, mediator_id)
    dialog = open_dialog()
    assert "条件相同，按抽签排序（签号" in dialog.ui.draw_text.text()
    names = "、".join(row[0] for row in rows(dialog)[:2])
    assert dialog.ui.draw_text.text().startswith(names)


def test_where_nobody_is_left_it_says_why_and_what_could_be_done(open_dialog: MakeDialog, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    clerk.do(record_recusal, case_id, LAWYER, "interest", RecusalAnswer.YES)
    change(clerk, OFFICIAL, case_most=0)
    dialog = open_dialog(case_id)
    assert dialog.ui.nobody_text.text() == (
        "3人均不可：回避1、满额1、资格1。可行办法：提高在办上限（1人可用）、"
        "请有聘任的人主持，或以其他身份调解（1人可用）、移送其他中心或调委会。"
    )
    assert not dialog.ui.card_1.isVisible()


def test_an_empty_directory_says_what_to_do(open_dialog: MakeDialog, clerk: Clerk) -> None:
    for mediator_id in (LAWYER, COUNSELLOR, OFFICIAL):
        change(clerk, mediator_id, left_on=clerk.now.date())
    dialog = open_dialog()
    assert "请先在“调解员”页登记" in dialog.ui.nobody_text.text()
    dialog.ui.save_button.click()
    assert "请选择调解员" in refusal_at(dialog, "mediator")
    dialog.ui.record_stance.click()
    assert "请选择调解员" in refusal_at(dialog, "mediator")


@pytest.mark.parametrize("day", ["明天", "昨天", "", "13-1"])
def test_an_impossible_day_is_refused_at_its_field(dialog: AssignDialog, clerk: Clerk, day: str) -> None:
    dialog.ui.assigned_on.setText(day)
    save(dialog)
    assert refusal_at(dialog, "assigned_on")
    assert given(clerk, dialog) == []


def test_a_party_that_refused_meanwhile_stops_it(dialog: AssignDialog, clerk: Clerk) -> None:
    clerk.do(ask_willingness, dialog.case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    save(dialog)
    assert "李四已拒绝调解" in said_in_a_box(dialog)


def test_who_left_meanwhile_cannot_be_given_the_case(dialog: AssignDialog, clerk: Clerk) -> None:
    change(clerk, LAWYER, left_on=clerk.now.date())
    save(dialog)
    assert "已离开名册" in refusal_at(dialog, "mediator")


def test_nothing_is_asked_in_vain_where_the_line_for_passing_over_the_first_is_missing(dialog: AssignDialog) -> None:
    dialog.ui.mediator.selectRow(1)
    dialog.ui.save_button.click()
    assert dialog.findChild(QMessageBox, "question_box") is None
    assert refusal_at(dialog, "override_reason")
