"""Performance, follow-ups, and closing."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.agreement import ObligationKind
from mediation_desk.domain.case import AttachmentKind, EventKind, OutcomeKind
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.services.afterwards import (
    close_case,
    follow_up,
    missing_for_closing,
    record_performance,
    reopen,
    waive_obligation,
    withdraw_waiver,
)
from mediation_desk.services.agreements import freeze_agreement, record_signatures, save_agreement
from mediation_desk.services.attachments import attach
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.referrals import Arrival, recall, receive, send_back
from mediation_desk.services.triage import accept, decline, hand_over
from mediation_desk.store.sight import Sight
from tests.desk import APPOINTED, NOW, TODAY, TOMORROW, YESTERDAY, Desk, all_marks, payment, text
from tests.related import merge

# --- performance


def test_what_was_paid_is_recorded_as_it_was_told(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=120_050, remark="现金")
    case = desk.case(case_id)
    obligation = case.agreements[0].obligations[0]
    assert [(each.done_on, each.amount_fen, each.note, each.recorded_at) for each in obligation.performances] == [
        (TODAY, 120_050, "现金", NOW)
    ]
    assert obligation.next_due() == (date(2027, 1, 31), 179_950)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.PERFORMED, "第1项 1,200.50元")


def performing_an_act(desk: Desk) -> int:
    case_id = desk.drafted()
    act = payment(kind=ObligationKind.ACT, what="修水管", amount_fen=None, instalments=[], due_on=TODAY)
    said = text(obligations=(act,), clauses=("李四修好水管。",), performance_terms="今日修好。")
    desk.do(save_agreement, case_id, 1, said)
    desk.do(freeze_agreement, case_id, 1)
    desk.do(record_signatures, case_id, 1, all_marks())
    return case_id


def test_an_act_is_done_without_an_amount(desk: Desk) -> None:
    case_id = performing_an_act(desk)
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY)
    case = desk.case(case_id)
    assert case.agreements[0].obligations[0].is_done
    assert case.events[-1].text == "第1项 已完成"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"done_on": TOMORROW}, "履行日期不能晚于今天。", "done_on"),
        ({"amount_fen": None}, "请填写付款金额。", "paid_amount"),
        ({"amount_fen": 0}, "请填写付款金额。", "paid_amount"),
        ({"amount_fen": -5}, "请填写付款金额。", "paid_amount"),
        ({"amount_fen": 300_001}, "超过未付金额（3,000.00元），请核对。", "paid_amount"),
        ({"obligation_no": 9}, "找不到这项履行安排。", ""),
    ],
)
def test_what_a_performance_is_refused_for(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    given: dict[str, Any] = {"obligation_no": 1, "done_on": TODAY, "amount_fen": 100} | said
    with desk.refuses(sentence, place):
        desk.do(record_performance, case_id, 1, **given)


def test_what_is_paid_in_full_takes_no_more(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    with desk.refuses("超过未付金额（0.00元），请核对。", "paid_amount"):
        desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=1)


def test_nothing_is_performed_before_the_agreement_binds(desk: Desk) -> None:
    case_id = desk.frozen()
    with desk.refuses("协议还没有生效，不能登记履行。"):
        desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100)


# --- what need not be performed

WAIVED: dict[str, Any] = {"waived_on": TODAY, "said_by": " 李四 ", "reason": " 已用货物抵清 "}


def test_a_waiver_is_kept_with_who_said_so_and_why(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000)
    desk.do(waive_obligation, case_id, 1, 1, **WAIVED)
    case = desk.case(case_id)
    obligation = case.agreements[0].obligations[0]
    assert (obligation.waived_on, obligation.waived_reason, obligation.waived_by_id) == (TODAY, "李四：已用货物抵清", 1)
    assert obligation.next_due() is None
    assert "全部履行" not in missing_for_closing(case, desk.act)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.WAIVED, "第1项 李四：已用货物抵清")


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"waived_on": TOMORROW}, "日期应在协议生效以后、不晚于今天。", "waived_on"),
        ({"waived_on": YESTERDAY}, "日期应在协议生效以后、不晚于今天。", "waived_on"),
        ({"said_by": " "}, "请填写是谁表示不需履行的。", "said_by"),
        ({"reason": ""}, "请写明不需履行的原因。", "waived_reason"),
    ],
)
def test_what_a_waiver_is_refused_for(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.performing()
    with desk.refuses(sentence, place):
        desk.do(waive_obligation, case_id, 1, 1, **(WAIVED | said))


def test_only_what_is_owed_under_a_binding_agreement_is_waived(desk: Desk) -> None:
    frozen = desk.frozen()
    with desk.refuses("协议还没有生效，不能登记不需履行。"):
        desk.do(waive_obligation, frozen, 1, 1, **WAIVED)
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    with desk.refuses("这项已经履行完毕，不用再登记不需履行。"):
        desk.do(waive_obligation, case_id, 1, 1, **WAIVED)


def test_what_was_waived_takes_no_payment_and_no_second_waiver(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(waive_obligation, case_id, 1, 1, **WAIVED)
    with desk.refuses("这项已登记为不需履行；确有履行的，请先撤回不需履行的登记。"):
        desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100)
    with desk.refuses("这项已登记为不需履行。"):
        desk.do(waive_obligation, case_id, 1, 1, **WAIVED)


def test_a_waiver_is_taken_back_with_a_reason_and_what_was_said_stays_in_the_timeline(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("这项没有登记为不需履行。"):
        desk.do(withdraw_waiver, case_id, 1, 1, reason="登记错了")
    desk.do(waive_obligation, case_id, 1, 1, **WAIVED)
    with desk.refuses("请写明撤回的原因。", "take_back_reason"):
        desk.do(withdraw_waiver, case_id, 1, 1, reason=" ")
    desk.do(withdraw_waiver, case_id, 1, 1, reason="登记错了")
    case = desk.case(case_id)
    obligation = case.agreements[0].obligations[0]
    assert (obligation.waived_on, obligation.waived_reason, obligation.waived_by_id) == (None, "", None)
    assert [each.text for each in case.events[-2:]] == ["第1项 李四：已用货物抵清", "第1项 撤回不需履行：登记错了"]


def test_a_waiver_by_which_a_case_was_closed_stays(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(waive_obligation, case_id, 1, 1, **WAIVED)
    desk.do(close_case, case_id, despite_reason="当事人要求")
    with desk.refuses("案件已按不需履行结案；要撤回的，请先重新办理。"):
        desk.do(withdraw_waiver, case_id, 1, 1, reason="登记错了")


# --- follow-ups


def test_a_planned_follow_up_is_made_in_a_person_s_own_words(desk: Desk) -> None:
    case_id = desk.performing()
    planned = desk.case(case_id).follow_ups[0]
    desk.now += timedelta(days=30)
    done_on = desk.now.date()
    desk.do(follow_up, case_id, done_on=done_on, situation=" 已付一期 ", visitor=" 赵和 ", due_on=planned.due_on)
    case = desk.case(case_id)
    assert len(case.follow_ups) == 3
    made = case.follow_ups[0]
    assert (made.done_on, made.situation, made.visitor, made.by_id, made.recorded_at) == (
        done_on,
        "已付一期",
        "赵和",
        1,
        desk.now,
    )
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.FOLLOWED_UP, "协议生效后回访")


@pytest.mark.parametrize("due_on", [None, YESTERDAY])
def test_a_follow_up_outside_the_plan_is_added(desk: Desk, due_on: date | None) -> None:
    case_id = desk.performing()
    desk.do(follow_up, case_id, done_on=TODAY, situation="电话询问", visitor="赵和", due_on=due_on)
    added = desk.case(case_id).follow_ups[-1]
    assert (added.due_on, added.subject, added.done_on) == (TODAY, "临时回访", TODAY)


def test_a_follow_up_that_was_made_is_not_made_over(desk: Desk) -> None:
    case_id = desk.performing()
    due_on = desk.case(case_id).follow_ups[0].due_on
    for situation in ("第一次", "第二次"):
        desk.do(follow_up, case_id, done_on=TODAY, situation=situation, visitor="赵和", due_on=due_on)
    follow_ups = desk.case(case_id).follow_ups
    assert [each.situation for each in follow_ups if each.done_on] == ["第一次", "第二次"]


def test_all_that_a_follow_up_lacks_is_told_at_once(desk: Desk) -> None:
    case_id = desk.performing()
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(follow_up, case_id, done_on=TOMORROW, situation=" ", visitor="")
    assert [fault.place for fault in refused.value.faults] == ["followed_up_on", "situation", "visitor"]
    assert desk.contents() == before


# --- closing


def complete(desk: Desk) -> int:
    """A case that lacks nothing for closing."""
    case_id = desk.performing()
    for kind in (AttachmentKind.SIGNED_AGREEMENT, AttachmentKind.IDENTITY):
        desk.do(attach, case_id, kind=kind, file_name="扫描.pdf", content=b"%PDF-1.7")
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付清", visitor="赵和")
    return case_id


def test_a_complete_case_is_closed_without_a_reason(desk: Desk) -> None:
    case_id = complete(desk)
    desk.do(close_case, case_id)
    case = desk.case(case_id)
    assert case.closing is not None
    assert (case.closing.closed_on, case.closing.missing_papers, case.closing.despite_reason) == (TODAY, [], "")
    assert (case.stage, case.events[-1].kind) == ("closed", EventKind.CLOSED)


def test_what_is_missing_needs_a_reason_and_is_kept_with_it(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.refuses("还缺：签署的协议书扫描件、当事人身份证明、全部履行、回访记录。请补齐", "despite_reason"):
        desk.do(close_case, case_id, despite_reason=" ")
    desk.do(close_case, case_id, closed_on=TODAY, despite_reason=" 当事人要求 ")
    closing = desk.case(case_id).closing
    assert closing is not None
    assert closing.missing_papers == ["签署的协议书扫描件", "当事人身份证明", "全部履行", "回访记录"]
    assert closing.despite_reason == "当事人要求"


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        (Desk.registered, ["受理决定"]),
        (Desk.accepted, ["调解结果", "当事人身份证明", "人民调解记录"]),
        (Desk.agreed, ["生效的协议", "签署的协议书扫描件", "当事人身份证明"]),
        (Desk.performing_orally, ["当事人身份证明", "全部履行", "回访记录"]),
        (complete, []),
    ],
)
def test_what_a_complete_file_still_needs(desk: Desk, way: Any, missing: list[str]) -> None:
    assert missing_for_closing(desk.case(way(desk)), desk.act) == missing


def test_a_declined_case_needs_nothing_more(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(decline, case_id, reason_code="other")
    assert missing_for_closing(desk.case(case_id), desk.act) == []


def test_a_case_taken_up_again_needs_a_new_outcome(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="other")
    assert missing_for_closing(desk.case(case_id), desk.act) == ["当事人身份证明"]
    desk.now += timedelta(minutes=1)
    desk.do(accept, case_id, committee_id=1)
    assert missing_for_closing(desk.case(case_id), desk.act) == ["调解结果", "当事人身份证明"]


def test_a_case_is_closed_once(desk: Desk) -> None:
    case_id = complete(desk)
    desk.do(close_case, case_id)
    with desk.refuses("案件已经结案。"):
        desk.do(close_case, case_id)


def test_answers_that_are_owed_are_missing(desk: Desk) -> None:
    case_id = desk.triaged()
    court = Arrival(kind=ReferralKind.PRE_FILING, unit="示例法院", sent_on=TODAY, received_on=TODAY, signed_by="周")
    desk.do(receive, case_id, court)
    desk.do(record_petition, case_id, PetitionItem(kind="redress_claim", received_on=TODAY))
    desk.do(record_petition_step, case_id, PetitionStepKind.NOTICE, text="当面告知受理")
    desk.do(hand_over, case_id, handed_to="示例局")
    assert missing_for_closing(desk.case(case_id), desk.act) == ["对示例法院的答复", "示例局的反馈", "信访事项办结"]
    desk.do(recall, case_id, 2, text="改为转送")
    desk.do(hand_over, case_id, handed_to="示例局", kind=ReferralKind.FORWARD)
    desk.do(send_back, case_id, 1, text="不能调解")
    desk.do(record_petition_step, case_id, PetitionStepKind.FINISHED, text="已转送")
    assert missing_for_closing(desk.case(case_id), desk.act) == []


@pytest.mark.parametrize("closed_on", [YESTERDAY, TOMORROW])
def test_a_case_is_closed_between_registration_and_today(desk: Desk, closed_on: date) -> None:
    case_id = complete(desk)
    with desk.refuses("结案日期应在登记日期之后、不晚于今天。", "closed_on"):
        desk.do(close_case, case_id, closed_on=closed_on)


def test_late_payments_and_follow_ups_are_taken_and_marked_late(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    desk.do(record_performance, case_id, 1, 1, done_on=TOMORROW, amount_fen=100)
    desk.do(follow_up, case_id, done_on=TOMORROW, situation="补记", visitor="赵和")
    case = desk.case(case_id)
    assert case.stage == "closed"
    assert case.is_late(case.agreements[0].obligations[0].performances[0].recorded_at)
    assert [case.is_late(event.recorded_at) for event in case.events[-3:]] == [False, True, True]


# --- taken up again


def test_a_case_taken_up_again_stands_where_its_facts_say_and_its_end_stays_to_be_read(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    desk.do(reopen, case_id, reason=" 又漏水 ")
    case = desk.case(case_id)
    assert (case.stage, case.closing) == ("performing", None)
    [closing] = case.closings
    assert (closing.closed_on, closing.despite_reason) == (TODAY, "当事人要求先行结案。")
    assert (closing.reopened_on, closing.reopened_reason) == (TOMORROW, "又漏水")
    assert (closing.reopened_by_id, closing.reopened_at) == (1, desk.now)
    last = case.events[-1]
    assert (last.kind, last.happened_on, last.text) == (EventKind.REOPENED, TOMORROW, "又漏水")


@pytest.mark.parametrize("way", [Desk.registered, Desk.triaged, Desk.assigned, Desk.in_mediation, Desk.agreed])
def test_whatever_its_stage_was_is_its_stage_again(desk: Desk, way: Any) -> None:
    case_id = way(desk)
    before = desk.case(case_id).stage
    desk.do(close_case, case_id, despite_reason="当事人要求")
    desk.do(reopen, case_id, reason="又来了")
    assert desk.case(case_id).stage == before


def test_it_is_closed_again_and_both_ends_are_kept(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=2)
    desk.do(reopen, case_id, reason="又漏水")
    with desk.refuses("结案日期早于重新办理的日期（2026-11-25），请核对。", "closed_on"):
        desk.do(close_case, case_id, closed_on=TOMORROW, despite_reason="已修好")
    desk.now += timedelta(days=1)
    desk.do(close_case, case_id, despite_reason="已修好")
    case = desk.case(case_id)
    assert (case.stage, [each.despite_reason for each in case.closings]) == (
        "closed",
        ["当事人要求先行结案。", "已修好"],
    )
    assert case.closing is case.closings[-1]


def test_late_is_what_was_recorded_while_it_was_closed(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(days=1)
    desk.do(follow_up, case_id, done_on=TODAY, situation="补记", visitor="赵和")
    desk.now += timedelta(days=1)
    desk.do(reopen, case_id, reason="又漏水")
    desk.now += timedelta(days=1)
    desk.do(follow_up, case_id, done_on=TODAY, situation="回访", visitor="赵和")
    case = desk.case(case_id)
    assert [case.is_late(event.recorded_at) for event in case.events[-3:]] == [True, False, False]


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"reason": " "}, "请写明重新办理的理由。", "reopen_reason"),
        ({"reopened_on": YESTERDAY}, "重新办理日期应在结案日期（2026-11-23）之后、不晚于今天。", "reopened_on"),
        ({"reopened_on": TOMORROW}, "重新办理日期应在结案日期（2026-11-23）之后、不晚于今天。", "reopened_on"),
    ],
)
def test_what_taking_up_again_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.closed()
    told: dict[str, Any] = {"reason": "又漏水"}
    with desk.refuses(sentence, place):
        desk.do(reopen, case_id, **told | said)


def test_only_a_closed_case_is_taken_up_again_and_none_that_goes_on_elsewhere(desk: Desk) -> None:
    open_case = desk.registered()
    with desk.refuses("案件没有结案，不用重新办理。"):
        desk.do(reopen, open_case, reason="又漏水")
    merged = merge(desk, desk.closed(), open_case)
    with desk.refuses("本案已并入另一案，不能重新办理。"):
        desk.do(reopen, merged, reason="又漏水")


def test_whoever_keeps_closed_files_only_does_not_see_it_any_more(desk: Desk) -> None:
    case_id = desk.closed()

    def seen_by(sight: Sight) -> bool:
        with desk.database.reading(sight=sight) as records:
            return case_id in records.cases.ids()

    keeper, mediator = Sight(closed_files=True), Sight(APPOINTED)
    assert seen_by(keeper)
    desk.do(reopen, case_id, reason="又漏水")
    assert not seen_by(keeper)
    assert seen_by(mediator)
