"""Giving many cases out at once: proposals with reasons, and all or none of what was agreed to."""

from datetime import date
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, AssignmentRole, ChosenBy
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.services.assignment import record_recusal, record_stance, relieve
from mediation_desk.services.backlog import (
    IN_THE_WHOLE,
    ONLY_UNDER_ANOTHER_HEAD,
    Proposal,
    Tasks,
    give_out,
    propose,
    waiting_cases,
)
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from tests.desk import APPOINTED, NOW, ON_CALL, Desk, uid

SECOND = 4


@pytest.fixture
def house(desk: Desk) -> Desk:
    """A second appointed mediator, who knows quarrels of neighbours."""
    appointed = Appointment(committee_id=1, since=date(2025, 1, 1))
    desk.do(save_mediator, Mediator(uid=uid(14), name="周芳", appointments=[appointed], specialities=["02"]))
    return desk


def change(desk: Desk, mediator_id: int, **facts: Any) -> None:
    with desk.database.reading() as records:
        mediator = records.mediators.get(mediator_id)
    for name, value in facts.items():
        setattr(mediator, name, value)
    desk.do(save_mediator, mediator)


def waiting(desk: Desk) -> Tasks:
    return desk.do(waiting_cases)


def proposed(desk: Desk) -> dict[int, Proposal]:
    return {each.task.row.id: each for each in propose(waiting(desk)).proposals}


def test_every_accepted_case_without_a_mediator_gets_a_proposal(house: Desk) -> None:
    cases = [house.accepted() for _ in range(3)]
    house.assigned()
    house.willing()
    found = proposed(house)
    assert sorted(found) == cases
    assert all(each.candidate and each.alternative for each in found.values())
    assert all(each.task.role is AssignmentRole.PRESIDING for each in found.values())


def test_the_plan_keeps_loads_even_and_limits(house: Desk) -> None:
    cases = [house.accepted() for _ in range(3)]
    change(house, SECOND, case_most=1)
    given = [each.candidate.person.id for each in proposed(house).values() if each.candidate]
    assert len(given) == len(cases)
    assert given.count(SECOND) == 1


def test_who_would_need_another_head_is_not_proposed(desk: Desk) -> None:
    case_id = desk.accepted()
    change(desk, APPOINTED, case_most=0)
    proposal = proposed(desk)[case_id]
    assert (proposal.candidate, proposal.why) == (None, ONLY_UNDER_ANOTHER_HEAD)
    assert waiting(desk).tasks[0].ranked.candidate(ON_CALL) is not None


def test_whom_the_parties_chose_goes_before_the_best_plan(house: Desk) -> None:
    case_id = house.accepted()
    house.do(record_stance, case_id, [1, 2], APPOINTED, StanceKind.CHOOSES)
    proposal = proposed(house)[case_id]
    assert proposal.candidate is not None
    assert proposal.candidate.person.id == APPOINTED
    assert proposal.alternative is None


def test_why_nobody_takes_a_case(house: Desk) -> None:
    refused, recused, full = (house.accepted() for _ in range(3))
    house.do(ask_willingness, refused, [1], Answer.REFUSES, asked_at=NOW)
    for mediator_id in (APPOINTED, SECOND, ON_CALL):
        house.do(record_recusal, recused, mediator_id, "interest", RecusalAnswer.YES)
    change(house, APPOINTED, case_most=0)
    change(house, SECOND, case_most=1)
    house.accepted()
    found = proposed(house)
    assert found[refused].why.startswith("张三已拒绝调解")
    assert found[recused].why == "4人均不可：回避3、资格1"
    left = [each for each in found.values() if each.why == "能办此案的人在办件数都已到上限。"]
    assert [each.alternative.person.id for each in left if each.alternative] == [SECOND]
    assert full in found


def test_what_was_agreed_to_is_given_with_its_order(house: Desk) -> None:
    first, second, left = (house.accepted() for _ in range(3))
    house.do(record_stance, first, [1], APPOINTED, StanceKind.CHOOSES)
    tasks = waiting(house)
    assert house.do(give_out, tasks, {first: APPOINTED, second: APPOINTED}) == 2
    chosen, planned = house.case(first), house.case(second)
    assert (chosen.assignments[0].chosen_by, chosen.assignments[0].chosen_by_nos) == (ChosenBy.PARTIES, [1])
    assert chosen.rankings[0].override_reason == ""
    assert (planned.assignments[0].chosen_by, planned.rankings[0].override_reason) == (
        ChosenBy.COMMITTEE,
        IN_THE_WHOLE,
    )
    assert house.case(left).assignments == []


def test_nobody_is_given_more_than_may_be(house: Desk) -> None:
    cases = [house.accepted() for _ in range(2)]
    change(house, SECOND, case_most=1)
    tasks = waiting(house)
    with house.refuses("周芳将有2件在办，上限1件，请改选几件。", "proposals"):
        house.do(give_out, tasks, dict.fromkeys(cases, SECOND))


def test_all_are_given_or_none(house: Desk) -> None:
    first, second = house.accepted(), house.accepted()
    tasks = waiting(house)
    house.do(ask_willingness, first, [2], Answer.REFUSES, asked_at=NOW)
    with house.refuses("李四已拒绝调解", "willingness"):
        house.do(give_out, tasks, {first: APPOINTED, second: APPOINTED})


def test_who_is_not_in_the_order_is_refused(house: Desk) -> None:
    case_id = house.accepted()
    tasks = waiting(house)
    appointed = Appointment(committee_id=1, since=date(2025, 1, 1))
    house.do(save_mediator, Mediator(uid=uid(15), name="新人", appointments=[appointed]))
    with house.refuses("名册已有变化", "mediator"):
        house.do(give_out, tasks, {case_id: SECOND + 1})


def test_a_case_that_was_taken_away_again_waits_anew(house: Desk) -> None:
    case_id = house.assigned()
    house.do(relieve, case_id, APPOINTED, reason="生病")
    assert list(proposed(house)) == [case_id]


def test_nothing_to_give_out(house: Desk) -> None:
    assert propose(waiting(house)).proposals == ()
