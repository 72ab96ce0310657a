"""A mediator leaves: every open case goes to somebody else in one step, or nothing changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, AssignmentRole
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.services.assignment import Choice, assign, record_recusal
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.hand_over import HandOver, cases_to_hand_over, hand_over
from mediation_desk.services.intake import ask_willingness
from tests.desk import APPOINTED, NOW, ON_CALL, TODAY, TOMORROW, Desk, uid

TAKER = 4


@pytest.fixture
def house(desk: Desk) -> Desk:
    appointed = Appointment(committee_id=1, since=date(2025, 1, 1))
    desk.do(save_mediator, Mediator(uid=uid(14), name="周芳", appointments=[appointed]))
    return desk


def leaves(*cases: int, **facts: Any) -> HandOver:
    told: dict[str, Any] = {"mediator_id": APPOINTED, "reason": " 调离 ", "takers": dict.fromkeys(cases, TAKER)}
    return HandOver(**told | facts)


def test_every_open_case_goes_to_its_taker_and_history_keeps_who_was_responsible(house: Desk) -> None:
    assigned, in_mediation, performing = house.assigned(), house.in_mediation(), house.performing()
    closed = house.closed()
    assert house.do(hand_over, leaves(assigned, in_mediation, performing)) == 3
    for case_id in (assigned, in_mediation, performing):
        case = house.case(case_id)
        before, after = case.assignments
        assert (before.mediator_id, before.ended_on, before.end_reason) == (APPOINTED, TODAY, "移交：调离")
        assert (after.mediator_id, after.role, after.assigned_on) == (TAKER, AssignmentRole.PRESIDING, TODAY)
        assert case.rankings[-1].chosen_id == TAKER
    assert house.case(closed).active_assignments[0].mediator_id == APPOINTED


def test_a_helper_is_followed_by_a_helper(house: Desk) -> None:
    case_id = house.assigned()
    house.do(assign, case_id, Choice(mediator_id=ON_CALL, role=AssignmentRole.HELPER))
    house.do(hand_over, leaves(case_id, mediator_id=ON_CALL))
    roles = {each.mediator_id: each.role for each in house.case(case_id).active_assignments}
    assert roles == {APPOINTED: AssignmentRole.PRESIDING, TAKER: AssignmentRole.HELPER}


def test_a_case_in_which_somebody_refused_meanwhile_is_handed_over_too(house: Desk) -> None:
    case_id = house.assigned()
    house.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=NOW)
    house.do(hand_over, leaves(case_id))
    assert house.case(case_id).active_assignments[0].mediator_id == TAKER


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"reason": " "}, "请写明移交的原因。", "hand_over_reason"),
        ({"takers": {}}, "还有1件没有选定接手的人：张三与李四", "proposals"),
        ({"left_on": date(2020, 1, 1)}, "离册日期早于入册日期。", "hand_over_left_on"),
    ],
)
def test_what_handing_over_refuses(house: Desk, facts: dict[str, Any], sentence: str, place: str) -> None:
    case_id = house.assigned()
    with house.database.reading() as records:
        mediator = records.mediators.get(APPOINTED)
    mediator.joined_on = date(2025, 1, 1)
    house.do(save_mediator, mediator)
    with house.refuses(sentence, place):
        house.do(hand_over, leaves(case_id, **facts))


def test_a_taker_who_must_stay_out_keeps_all_cases_where_they_are(house: Desk) -> None:
    first, second = house.assigned(), house.assigned()
    house.do(record_recusal, second, TAKER, "kinship", RecusalAnswer.YES)
    with house.refuses("周芳与本案有利害关系", "despite_reason"):
        house.do(hand_over, leaves(first, second))


def test_who_leaves_for_good_leaves_the_directory_on_that_day(house: Desk) -> None:
    case_id = house.assigned()
    house.do(hand_over, leaves(case_id, left_on=TOMORROW))
    with house.database.reading() as records:
        mediator = records.mediators.get(APPOINTED)
    assert mediator.left_on == TOMORROW
    assert mediator.is_active(TODAY)
    assert not mediator.is_active(TODAY + timedelta(days=1))


def test_the_leaver_is_not_among_those_who_could_take_over(house: Desk) -> None:
    house.assigned()
    [task] = house.do(cases_to_hand_over, APPOINTED).tasks
    assert APPOINTED not in {each.person.id for each in task.ranked.candidates}
