"""Recording judicial confirmation step by step, late entries, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.aftermath import ConfirmationState as State
from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services.confirmation import record_confirmation, take_back_confirmation
from tests.desk import TODAY, TOMORROW, YESTERDAY, Desk

COURT = "示例区人民法院"


def take(desk: Desk, case_id: int, state: State, **facts: Any) -> None:
    given: dict[str, Any] = {"happened_on": desk.now.date()} | facts
    desk.do(record_confirmation, case_id, 1, state, **given)


def test_the_whole_way_to_a_ruling_is_kept_with_court_and_number(desk: Desk) -> None:
    case_id = desk.performing()
    take(desk, case_id, State.CONSIDERING, text="双方当面表示")
    take(desk, case_id, State.APPLIED, court=f" {COURT} ")
    desk.now += timedelta(days=5)
    take(desk, case_id, State.ACCEPTED, court_number=" （２０２６）示特1号 ")
    desk.now += timedelta(days=20)
    take(desk, case_id, State.CONFIRMED, text="裁定书已送达双方")
    case = desk.case(case_id)
    assert [(each.state, each.happened_on, each.court, each.court_number) for each in case.confirmation_steps] == [
        (State.CONSIDERING, TODAY, "", ""),
        (State.APPLIED, TODAY, COURT, ""),
        (State.ACCEPTED, TODAY + timedelta(days=5), COURT, "（2026）示特1号"),
        (State.CONFIRMED, TODAY + timedelta(days=25), "", ""),
    ]
    number = case.agreements[0].number
    assert (case.events[-1].kind, case.events[-1].text) == (
        EventKind.CONFIRMATION,
        f"{number} 裁定有效 裁定书已送达双方",
    )


@pytest.mark.parametrize(
    ("state", "said", "sentence", "place"),
    [
        (State.CONFIRMED, {}, "还没有登记各方共同申请，请先登记“已申请”。", "confirmation_state"),
        (State.EXPIRED, {}, "是否逾期由申请期限得出，不用登记。", "confirmation_state"),
        (State.APPLIED, {"court": ""}, "请写明是哪个人民法院。", "court"),
        (State.APPLIED, {"happened_on": TOMORROW}, "日期不能晚于今天。", "happened_on"),
        (State.APPLIED, {"happened_on": YESTERDAY}, "日期早于协议生效日，请核对。", "happened_on"),
    ],
)
def test_what_a_step_is_refused_for(desk: Desk, state: State, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    with desk.refuses(sentence, place):
        take(desk, case_id, state, **({"court": COURT} | said))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(State.DISMISSED, "请写明法院驳回的理由。"), (State.WITHDRAWN, "请写明撤回申请的原因。")],
)
def test_a_dismissal_and_a_withdrawal_say_why(desk: Desk, state: State, sentence: str) -> None:
    case_id = desk.performing()
    take(desk, case_id, State.APPLIED, court=COURT)
    with desk.refuses(sentence, "confirmation_text"):
        take(desk, case_id, state)
    take(desk, case_id, state, text="标的物有争议")


def test_steps_come_in_the_order_of_their_days(desk: Desk) -> None:
    case_id = desk.performing()
    desk.now += timedelta(days=3)
    take(desk, case_id, State.APPLIED, court=COURT)
    with desk.refuses("日期早于上一步，请核对。", "happened_on"):
        take(desk, case_id, State.ACCEPTED, happened_on=TODAY)


def test_an_application_in_time_may_be_recorded_late_and_a_late_one_never(desk: Desk) -> None:
    """Thirty days from 2026-11-23 end on 2026-12-23."""
    case_id = desk.performing()
    desk.now += timedelta(days=60)
    with desk.refuses("申请期限到2026年12月23日为止，以后法院不再受理。", "happened_on"):
        take(desk, case_id, State.APPLIED, court=COURT, happened_on=date(2026, 12, 24))
    with desk.refuses("申请期限到2026年12月23日为止", "happened_on"):
        take(desk, case_id, State.NOT_WANTED)
    take(desk, case_id, State.APPLIED, court=COURT, happened_on=date(2026, 12, 23))
    take(desk, case_id, State.CONFIRMED)


def test_only_a_binding_written_agreement_is_confirmed(desk: Desk) -> None:
    frozen, oral = desk.frozen(), desk.performing_orally()
    with desk.refuses("协议还没有生效，不能登记司法确认；签名盖章齐全之日起生效。"):
        take(desk, frozen, State.APPLIED, court=COURT)
    with desk.refuses("口头协议没有协议书，不能申请司法确认；各方愿意的，先订立书面协议。"):
        take(desk, oral, State.APPLIED, court=COURT)
    with pytest.raises(NotFound):
        desk.do(record_confirmation, oral, 9, State.APPLIED, happened_on=TODAY)


def test_a_step_that_was_recorded_by_mistake_is_taken_back_with_a_reason(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("还没有登记司法确认的进展，没有可以撤回的。"):
        desk.do(take_back_confirmation, case_id, 1, reason="点错了")
    take(desk, case_id, State.APPLIED, court=COURT)
    take(desk, case_id, State.CONFIRMED)
    with desk.refuses("请写明撤回的原因。", "take_back_reason"):
        desk.do(take_back_confirmation, case_id, 1, reason=" ")
    desk.do(take_back_confirmation, case_id, 1, reason="点错了")
    case = desk.case(case_id)
    assert [each.state for each in case.confirmation_steps] == [State.APPLIED]
    assert case.events[-1].text == f"{case.agreements[0].number} 撤回登记“裁定有效”：点错了"
    take(desk, case_id, State.ACCEPTED)
