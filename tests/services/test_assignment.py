"""Giving a case to mediators: who may preside, who is biased, who chose."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import (
    Answer,
    AssignmentRole,
    ChosenBy,
    EventKind,
)
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.ranking import Ranked
from mediation_desk.services.assignment import (
    Choice,
    assign,
    assign_all,
    decide_objection,
    record_recusal,
    record_stance,
    relieve,
)
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.ranking import rank_for
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, TOMORROW, YESTERDAY, Desk

YES, NO = RecusalAnswer.YES, RecusalAnswer.NO


def test_an_appointed_mediator_presides(desk: Desk) -> None:
    case_id = desk.accepted()
    choice = Choice(
        mediator_id=APPOINTED,
        chosen_by=ChosenBy.PARTIES,
        chosen_by_nos=(1, 2),
        kinship=NO,
        same_employer=NO,
        earlier_role=NO,
    )
    desk.do(assign, case_id, choice)
    case = desk.case(case_id)
    [assignment] = case.active_assignments
    assert (assignment.mediator_id, assignment.role, assignment.chosen_by_nos) == (
        APPOINTED,
        AssignmentRole.PRESIDING,
        [1, 2],
    )
    assert (assignment.assigned_on, assignment.recorded_at, assignment.is_biased) == (TODAY, NOW, False)
    assert (case.stage, case.events[-1].kind) == ("assigned", EventKind.ASSIGNED)
    assert case.events[-1].text == "赵和（主持调解，当事人选择）"


@pytest.mark.parametrize(
    "choice",
    [
        Choice(mediator_id=LAPSED, role=AssignmentRole.HELPER),
        Choice(mediator_id=ON_CALL, title="lawyer_agreement"),
    ],
)
def test_who_is_not_appointed_may_help_or_mediate_under_another_head(desk: Desk, choice: Choice) -> None:
    case_id = desk.accepted()
    desk.do(assign, case_id, choice)
    assert desk.case(case_id).active_assignments[0].mediator_id == choice.mediator_id


@pytest.mark.parametrize(
    ("chosen", "sentence", "place"),
    [
        ({"mediator_id": LAPSED}, "钱平没有本调委会的有效聘任，不能主持人民调解", "assignment_role"),
        ({"mediator_id": ON_CALL}, "孙律没有本调委会的有效聘任，不能主持人民调解", "assignment_role"),
        ({"chosen_by": ChosenBy.PARTIES}, "请勾选是哪一方当事人选择的。", "chosen_by_parties"),
        ({"chosen_by": ChosenBy.PARTIES, "chosen_by_nos": (1, 9)}, "请勾选是哪一方", "chosen_by_parties"),
        ({"kinship": YES}, "赵和与本案有利害关系（是当事人或者其代理人的近亲属），应当回避", "despite_reason"),
        ({"kinship": YES, "despite_reason": "双方同意"}, "赵和与本案有利害关系（是当事人", "despite_reason"),
        ({"earlier_role": YES}, "赵和与本案有利害关系（曾在本纠纷中", "despite_reason"),
        ({"same_employer": YES, "despite_reason": " "}, "赵和与本案有利害关系（与当事人在同一", "despite_reason"),
        ({"assigned_on": TOMORROW}, "指派日期不能晚于今天。", "assigned_on"),
        ({"assigned_on": YESTERDAY}, "指派日期早于受理日期。", "assigned_on"),
    ],
)
def test_what_assigning_refuses(desk: Desk, chosen: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.accepted()
    choice = Choice(**{"mediator_id": APPOINTED} | chosen)
    with desk.refuses(sentence, place):
        desk.do(assign, case_id, choice)


def test_a_bias_that_gives_way_needs_a_reason_that_is_kept(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED, same_employer=YES, despite_reason=" 双方知情并同意 "))
    [assignment] = desk.case(case_id).assignments
    assert assignment.is_biased
    assert assignment.despite_reason == "双方知情并同意"


def test_a_case_that_is_not_accepted_is_given_to_nobody(desk: Desk) -> None:
    case_id = desk.willing()
    with desk.refuses("案件还没有受理，不能指派调解员。"):
        desk.do(assign, case_id, Choice(mediator_id=APPOINTED))


def test_after_a_refusal_nobody_is_assigned(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(ask_willingness, case_id, [1], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("张三已拒绝调解", "willingness"):
        desk.do(assign, case_id, Choice(mediator_id=APPOINTED))


def test_nobody_is_assigned_twice(desk: Desk) -> None:
    case_id = desk.assigned()
    with desk.refuses("赵和已在本案中。", "mediator"):
        desk.do(assign, case_id, Choice(mediator_id=APPOINTED, role=AssignmentRole.HELPER))


def test_a_closed_case_is_given_to_nobody_but_an_earlier_assignment_may_be_told(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    helper = Choice(mediator_id=ON_CALL, role=AssignmentRole.HELPER)
    with desk.refuses("案件已结案，结案后不再指派；", "assigned_on"):
        desk.do(assign, case_id, helper)
    desk.do(assign, case_id, replace(helper, assigned_on=TODAY))


def test_who_has_left_is_not_assigned(desk: Desk) -> None:
    case_id = desk.accepted()
    with desk.database.reading() as records:
        mediator = records.mediators.get(APPOINTED)
    mediator.left_on = TODAY
    desk.do(save_mediator, mediator)
    with desk.refuses("赵和已离开名册，不能指派。", "mediator"):
        desk.do(assign, case_id, Choice(mediator_id=APPOINTED))


def test_a_mediator_nobody_knows_is_told(desk: Desk) -> None:
    case_id = desk.accepted()
    with pytest.raises(NotFound, match="找不到这位调解员"):
        desk.do(assign, case_id, Choice(mediator_id=99))


def test_a_relieved_mediator_stays_to_be_read_and_can_come_back(desk: Desk) -> None:
    case_id = desk.assigned()
    desk.do(relieve, case_id, APPOINTED, reason=" 生病 ")
    case = desk.case(case_id)
    assert [(each.ended_on, each.end_reason) for each in case.assignments] == [(TODAY, "生病")]
    assert (case.stage, case.events[-1].text) == ("accepted", "赵和：生病")
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    assert len(desk.case(case_id).assignments) == 2


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"reason": " "}, "请写明更换的原因。", "end_reason"),
        ({"mediator_id": LAPSED}, "这位调解员不在本案中。", "mediator"),
        ({"ended_on": TOMORROW}, "结束日期应在指派之后、不晚于今天。", "ended_on"),
        ({"ended_on": date(2026, 11, 1)}, "结束日期应在指派之后、不晚于今天。", "ended_on"),
    ],
)
def test_what_relieving_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.assigned()
    with desk.refuses(sentence, place):
        given: dict[str, Any] = {"mediator_id": APPOINTED, "reason": "生病"} | said
        desk.do(relieve, case_id, **given)


# ---- the order that was shown


def shown(desk: Desk, case_id: int, role: AssignmentRole = AssignmentRole.PRESIDING) -> Ranked:
    return desk.do(rank_for, case_id, role)


def test_the_order_that_was_shown_is_kept_with_the_assignment(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED, ranked=shown(desk, case_id)))
    case = desk.case(case_id)
    [assignment], [ranking] = case.assignments, case.rankings
    assert assignment.ranking_no == ranking.no == 1
    assert (ranking.chosen_id, ranking.role, ranking.override_reason) == (APPOINTED, "presiding", "")
    assert ranking.weights["assign_on_duty"] == 25
    assert [each["mediator_id"] for each in ranking.excluded] == [LAPSED]


def test_taking_another_than_the_first_takes_one_line_that_is_kept(desk: Desk) -> None:
    case_id = desk.accepted()
    ranked = shown(desk, case_id, AssignmentRole.HELPER)
    first, second = (each.person for each in ranked.candidates[:2])
    choice = Choice(mediator_id=second.id, role=AssignmentRole.HELPER, ranked=ranked)
    with desk.refuses(f"没有选排在首位的{first.name}，请用一句话写明原因。", "override_reason"):
        desk.do(assign, case_id, choice)
    desk.do(assign, case_id, replace(choice, override_reason=" 当事人熟悉 "))
    [ranking] = desk.case(case_id).rankings
    assert (ranking.chosen_id, ranking.override_reason) == (second.id, "当事人熟悉")


def test_who_is_on_leave_is_not_given_the_case(desk: Desk) -> None:
    case_id = desk.accepted()
    leave = Leave(mediator_id=APPOINTED, first_day=TODAY, last_day=TODAY, by_id=1, recorded_at=NOW)
    desk.do(lambda records, _: records.presence.add(leave))
    choice = Choice(mediator_id=APPOINTED, ranked=shown(desk, case_id), override_reason="就是他")
    with desk.refuses("赵和现在不能指派：请假：11月23日。请另选。", "mediator"):
        desk.do(assign, case_id, choice)


def test_a_recused_mediator_is_told_of_as_recused(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_recusal, case_id, APPOINTED, "interest", YES)
    choice = Choice(mediator_id=APPOINTED, ranked=shown(desk, case_id), override_reason="就是他", despite_reason="同意")
    with desk.refuses("赵和与本案有利害关系（与纠纷有利害关系），应当回避，不能指派。", "despite_reason"):
        desk.do(assign, case_id, choice)


def test_a_bias_that_gives_way_is_kept_with_the_order(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_recusal, case_id, APPOINTED, "other_relation", YES, "同村")
    ranked = shown(desk, case_id)
    choice = Choice(mediator_id=APPOINTED, ranked=ranked, override_reason="双方信任", despite_reason="各方知情同意")
    desk.do(assign, case_id, choice)
    assert desk.case(case_id).rankings[0].chosen_id == APPOINTED


def test_who_is_not_in_the_order_is_not_given_the_case(desk: Desk) -> None:
    case_id = desk.accepted()
    ranked = shown(desk, case_id)
    nobody = replace(ranked, candidates=(), excluded=())
    with desk.refuses("名册已有变化，请关闭后重新选择。", "mediator"):
        desk.do(assign, case_id, Choice(mediator_id=APPOINTED, ranked=nobody))


def test_several_are_given_in_one_step_or_none(desk: Desk) -> None:
    case_id = desk.accepted()
    both = [Choice(mediator_id=APPOINTED), Choice(mediator_id=ON_CALL, role=AssignmentRole.HELPER)]
    with desk.refuses("钱平没有本调委会的有效聘任", "assignment_role"):
        desk.do(assign_all, case_id, [both[0], Choice(mediator_id=LAPSED)])
    desk.do(assign_all, case_id, both)
    assert [each.mediator_id for each in desk.case(case_id).active_assignments] == [APPOINTED, ON_CALL]


# ---- what parties say, what was asked


def test_parties_choose_a_mediator(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_stance, case_id, [1, 2], APPOINTED, StanceKind.CHOOSES)
    case = desk.case(case_id)
    assert [(each.party_no, each.mediator_id, each.kind) for each in case.stances] == [
        (1, APPOINTED, StanceKind.CHOOSES),
        (2, APPOINTED, StanceKind.CHOOSES),
    ]
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.STANCE, "张三、李四选择赵和")


@pytest.mark.parametrize(
    ("nos", "kind", "sentence", "place"),
    [
        ([], StanceKind.CHOOSES, "请勾选是哪一方当事人。", "stance_parties"),
        ([9], StanceKind.CHOOSES, "请勾选是哪一方当事人。", "stance_parties"),
        ([1], StanceKind.OPPOSES, "请写明当事人反对的理由。", "stance_reason"),
    ],
)
def test_what_recording_a_stance_refuses(
    desk: Desk, nos: list[int], kind: StanceKind, sentence: str, place: str
) -> None:
    case_id = desk.accepted()
    with desk.refuses(sentence, place):
        desk.do(record_stance, case_id, nos, APPOINTED, kind, " ")


@pytest.mark.parametrize(("upheld", "said"), [(True, "成立，回避"), (False, "不成立")])
def test_an_objection_is_decided(desk: Desk, upheld: bool, said: str) -> None:
    case_id = desk.accepted()
    desk.do(record_stance, case_id, [2], APPOINTED, StanceKind.OPPOSES, "偏袒")
    desk.do(decide_objection, case_id, 2, APPOINTED, upheld=upheld)
    case = desk.case(case_id)
    assert [each.upheld for each in case.stances] == [upheld]
    assert case.events[-2].text == "李四反对赵和：偏袒"
    assert case.events[-1].text == f"李四对赵和的异议{said}"


def test_where_nobody_opposes_nothing_is_decided(desk: Desk) -> None:
    case_id = desk.accepted()
    with desk.refuses("这一方当事人没有反对这位调解员。", "stance_parties"):
        desk.do(decide_objection, case_id, 1, APPOINTED, upheld=True)
    desk.do(record_stance, case_id, [1], APPOINTED, StanceKind.CHOOSES)
    with desk.refuses("这一方当事人没有反对这位调解员。", "stance_parties"):
        desk.do(decide_objection, case_id, 1, APPOINTED, upheld=True)


def test_an_answer_about_bias_is_kept_and_goes_along_with_the_assignment(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_recusal, case_id, APPOINTED, "kinship", NO, " 本人陈述 ")
    [check] = desk.case(case_id).recusal_checks
    assert (check.reason_code, check.answer, check.note) == ("kinship", NO, "本人陈述")
    assert desk.case(case_id).events[-1].text == "赵和：是当事人或者其代理人的近亲属：无：本人陈述"
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    [given] = desk.case(case_id).assignments
    assert (given.kinship, given.same_employer) == (NO, RecusalAnswer.UNCHECKED)


def test_a_question_nobody_knows_is_refused(desk: Desk) -> None:
    case_id = desk.accepted()
    with desk.refuses("请选择要核实的事项。", "recusal_reason"):
        desk.do(record_recusal, case_id, APPOINTED, "horoscope", NO)


def test_an_answer_that_is_known_already_is_not_recorded_again(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_recusal, case_id, APPOINTED, "kinship", NO)
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED, kinship=NO, earlier_role=NO))
    assert [each.reason_code for each in desk.case(case_id).recusal_checks] == ["kinship", "earlier_role"]
