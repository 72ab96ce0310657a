"""Giving a case to mediators: who may preside, who is biased, who chose."""

from datetime import date
from typing import Any

import pytest

from mediation_desk.domain.case import (
    Answer,
    AssignmentRole,
    ChosenBy,
    EventKind,
)
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.errors import NotFound
from mediation_desk.services.assignment import Choice, assign, relieve
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
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
