"""Whoever received the visitor stays responsible until the one who was asked accepts."""

from dataclasses import replace
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rights import Role
from mediation_desk.services.responsibility import answer_hand_over, offer_hand_over, take_back_offer, takers
from mediation_desk.services.today import DueKind, Grade, look_at_today
from tests.desk import NOW, TODAY, Desk
from tests.services.colleagues import add_user, do_as

FIRST = 1


@pytest.fixture
def second(desk: Desk) -> int:
    return add_user(desk, "李窗口", Role.CLERK)


@pytest.fixture
def offered(desk: Desk, second: int) -> int:
    case_id = desk.registered()
    desk.do(offer_hand_over, case_id, second, reason="调休")
    return case_id


def test_an_offer_changes_nothing_until_it_is_accepted(desk: Desk, offered: int, second: int) -> None:
    case = desk.case(offered)
    [offer] = case.transfers
    assert (offer.to_id, offer.reason, offer.accepted, offer.by_id, offer.recorded_at) == (second, "调休", None, 1, NOW)
    assert (case.first_contact_id, case.responsible_id) == (FIRST, FIRST)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.TRANSFER, "请李窗口接手：调休")


def test_whoever_accepts_is_responsible_and_the_first_contact_stays(desk: Desk, offered: int, second: int) -> None:
    do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=True)
    case = desk.case(offered)
    assert (case.first_contact_id, case.responsible_id) == (FIRST, second)
    assert (case.transfers[0].accepted, case.transfers[0].answered_at) == (True, NOW)
    assert case.events[-1].text == "李窗口接手"


def test_whoever_declines_says_why(desk: Desk, offered: int, second: int) -> None:
    with pytest.raises(RuleBroken, match="请写明不接手的理由"):
        do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=False)
    do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=False, answer="手上太满")
    case = desk.case(offered)
    assert (case.responsible_id, case.open_offer) == (FIRST, None)
    assert case.events[-1].text == "李窗口没有接手：手上太满"


def test_nobody_answers_for_another(desk: Desk, offered: int) -> None:
    with desk.refuses("这项移交是请李窗口接手的，由本人答复。"):
        desk.do(answer_hand_over, offered, accepted=True)


def test_an_offer_is_taken_back_with_a_reason(desk: Desk, offered: int, second: int) -> None:
    with desk.refuses("请写明撤回的理由。", "take_back_reason"):
        desk.do(take_back_offer, offered, reason=" ")
    with pytest.raises(RuleBroken, match="这项移交是登记员提出的，由本人或者主任撤回。"):
        do_as(desk, second, Role.CLERK, take_back_offer, offered, reason="不想")
    desk.do(take_back_offer, offered, reason="不调休了")
    case = desk.case(offered)
    assert (case.transfers[0].accepted, case.transfers[0].was_taken_back) == (None, True)
    assert case.events[-1].text == "撤回移交给李窗口：不调休了"
    for step in (
        lambda: do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=True),
        lambda: desk.do(take_back_offer, offered, reason="再撤"),
    ):
        with pytest.raises(RuleBroken, match="现在没有等待答复的移交"):
            step()


def test_one_offer_at_a_time(desk: Desk, offered: int) -> None:
    third = add_user(desk, "周窗口", Role.CLERK)
    with desk.refuses("已经请李窗口接手，还没有答复。要换人，请先撤回。"):
        desk.do(offer_hand_over, offered, third)


def test_whoever_accepted_may_hand_over_further_and_the_first_one_no_more(
    desk: Desk, offered: int, second: int
) -> None:
    do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=True)
    with pytest.raises(RuleBroken, match="本案的首问责任人是李窗口，由本人移交"):
        do_as(desk, FIRST, Role.CLERK, offer_hand_over, offered, FIRST)
    do_as(desk, second, Role.CLERK, offer_hand_over, offered, FIRST)
    do_as(desk, FIRST, Role.CLERK, answer_hand_over, offered, accepted=True)
    assert desk.case(offered).responsible_id == FIRST


def test_the_director_hands_over_for_somebody_who_is_away(desk: Desk, second: int) -> None:
    case_id = desk.registered()
    director = add_user(desk, "许主任", Role.DIRECTOR)
    do_as(desk, director, Role.DIRECTOR, offer_hand_over, case_id, second)
    do_as(desk, director, Role.DIRECTOR, take_back_offer, case_id, reason="改请别人")
    assert desk.case(case_id).open_offer is None


def test_only_who_receives_visitors_can_take_a_case_over(desk: Desk, second: int) -> None:
    case_id = desk.registered()
    mediator, retired = add_user(desk, "赵和", Role.MEDIATOR), add_user(desk, "退休", Role.CLERK)
    desk.write(save_retired, retired)
    users = desk.look(lambda records, _: records.centre.get().users)
    assert [user.id for user in takers(users, desk.case(case_id))] == [second]
    for taker in (mediator, retired, FIRST, 99):
        with desk.refuses("请选择接手的人：在岗、能接待来访的其他使用者。", "taker"):
            desk.do(offer_hand_over, case_id, taker)


def save_retired(records: Any, user_id: int) -> None:
    user = next(each for each in records.centre.get().users if each.id == user_id)
    user.active = False


def test_a_closed_case_is_not_handed_over(desk: Desk, second: int) -> None:
    case_id = desk.closed()
    with desk.refuses("案件已结案，不能移交首问责任。"):
        desk.do(offer_hand_over, case_id, second)


def test_whom_it_was_offered_to_sees_it_on_today_until_it_is_answered(desk: Desk, offered: int, second: int) -> None:
    def dues(user_id: int) -> list[tuple[int, Grade, str]]:
        act = replace(desk.act, by_id=user_id)
        with desk.database.reading() as records:
            found = look_at_today(records, act).dues
        assert all(due.due_on == TODAY for due in found if due.kind is DueKind.TRANSFER)
        return [(due.case_id, due.grade, due.text) for due in found if due.kind is DueKind.TRANSFER]

    assert dues(FIRST) == []
    assert dues(second) == [(offered, Grade.TODAY, "登记员请您接手：调休")]
    do_as(desk, second, Role.CLERK, answer_hand_over, offered, accepted=True)
    assert dues(second) == []
