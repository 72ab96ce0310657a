"""Matters that go to other units and come from them: one sentence for everything out of order, and all recoverable."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Case, DecisionKind, EventKind, OutcomeKind
from mediation_desk.domain.referral import Direction, Referral, ReferralKind
from mediation_desk.domain.referral import ReferralStepKind as Step
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.referrals import (
    Arrival,
    answer_objection,
    feed_back,
    raise_objection,
    recall,
    receive,
    send_back,
    sign_for,
)
from mediation_desk.services.triage import accept, decline, hand_over
from tests.desk import TODAY, TOMORROW, YESTERDAY, Desk

UNIT = "示例局"


def sent(desk: Desk, **said: Any) -> int:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to=UNIT, **said)
    return case_id


def signed(desk: Desk, **said: Any) -> int:
    case_id = sent(desk, **said)
    desk.do(sign_for, case_id, 1, person="周收发")
    return case_id


def objected(desk: Desk) -> int:
    case_id = signed(desk)
    desk.do(raise_objection, case_id, 1, text="不属于本局职权范围", person="周收发")
    return case_id


def arrival(**facts: Any) -> Arrival:
    said: dict[str, Any] = {
        "kind": ReferralKind.PRE_FILING,
        "unit": "示例法院",
        "sent_on": YESTERDAY,
        "received_on": TODAY,
        "signed_by": "登记员",
        "document_no": "（2026）诉前调1号",
    }
    return Arrival(**said | facts)


def steps(case: Case, no: int = 1) -> list[Step]:
    return [each.kind for each in case.referrals[no - 1].steps]


# --- going out


def test_who_signed_when_is_kept(desk: Desk) -> None:
    case_id = signed(desk, document_no="示综转〔2026〕1号", due_on=TOMORROW, matter="漏水部分")
    case = desk.case(case_id)
    [referral] = case.referrals
    assert (referral.document_no, referral.due_on, referral.matter) == ("示综转〔2026〕1号", TOMORROW, "漏水部分")
    assert [(each.kind, each.person, each.happened_on) for each in referral.steps] == [
        (Step.SIGNED_FOR, "周收发", TODAY)
    ]
    assert [(each.kind, each.text) for each in case.events[-2:]] == [
        (EventKind.REFERRED, "第1号 转办 示例局：转出，2026-11-24前反馈"),
        (EventKind.REFERRED, "第1号 转办 示例局：签收 周收发"),
    ]


def test_a_wrong_signature_is_corrected_with_a_reason(desk: Desk) -> None:
    case_id = desk.triaged(requested_on=YESTERDAY)
    desk.do(hand_over, case_id, handed_to=UNIT, decided_on=YESTERDAY)
    desk.do(sign_for, case_id, 1, person="周收发")
    with desk.refuses("2026-11-23已签收；签收登记有误要更正的，请写明原因。", "step_text"):
        desk.do(sign_for, case_id, 1, person="周收发", happened_on=YESTERDAY)
    desk.do(sign_for, case_id, 1, person="周收发", happened_on=YESTERDAY, text="回执上是前一天")
    signature = desk.case(case_id).referrals[0].step(Step.SIGNED_FOR)
    assert signature is not None
    assert signature.happened_on == YESTERDAY


def test_an_objection_that_is_right_gives_the_matter_back(desk: Desk) -> None:
    case_id = objected(desk)
    assert desk.case(case_id).stage == "handed_over"
    desk.do(answer_objection, case_id, 1, upheld=True, text="")
    case = desk.case(case_id)
    assert (case.is_back, case.stage) == (True, "triaged")
    assert steps(case) == [Step.SIGNED_FOR, Step.OBJECTED, Step.OBJECTION_UPHELD, Step.RETURNED]
    assert [each.text for each in case.events[-2:]] == [
        "第1号 转办 示例局：异议成立",
        "第1号 转办 示例局：退回 异议成立",
    ]
    desk.do(hand_over, case_id, handed_to="另一局")
    case = desk.case(case_id)
    assert (case.is_back, case.stage, [each.no for each in case.referrals]) == (False, "handed_over", [1, 2])


def test_an_objection_that_is_wrong_needs_a_reason_and_the_unit_goes_on(desk: Desk) -> None:
    case_id = objected(desk)
    with desk.refuses("异议不成立的，请写明理由。", "step_text"):
        desk.do(answer_objection, case_id, 1, upheld=False, text=" ")
    desk.do(answer_objection, case_id, 1, upheld=False, text="属于该局监管")
    desk.do(feed_back, case_id, 1, text="已立案查处")
    case = desk.case(case_id)
    assert steps(case)[-2:] == [Step.OBJECTION_REJECTED, Step.FED_BACK]
    assert (case.is_back, case.stage) == (False, "handed_over")


def test_a_late_objection_names_the_last_day(desk: Desk) -> None:
    case_id = signed(desk)
    desk.now += timedelta(days=8)
    with desk.refuses("异议应在签收后5个工作日内提出，最后一日是2026-11-30，已经逾期", "happened_on"):
        desk.do(raise_objection, case_id, 1, text="不属于本局")
    desk.do(raise_objection, case_id, 1, text="不属于本局", happened_on=date(2026, 11, 30))  # told late, made in time


@pytest.mark.parametrize(
    ("way", "action", "sentence", "place"),
    [
        (sent, lambda desk, each: desk.do(sign_for, each, 1, person=" "), "请填写签收人。", "person"),
        (signed, lambda desk, each: desk.do(raise_objection, each, 1, text=" "), "请写明异议的理由。", "step_text"),
        (signed, lambda desk, each: desk.do(feed_back, each, 1, text=" "), "请写明办理结果。", "step_text"),
        (signed, lambda desk, each: desk.do(send_back, each, 1, text=" "), "请写明退回的原因。", "step_text"),
        (signed, lambda desk, each: desk.do(recall, each, 1, text=" "), "请写明撤回的原因。", "step_text"),
        (sent, lambda desk, each: desk.do(feed_back, each, 1, text="办好了"), "示例局还没有签收", ""),
        (objected, lambda desk, each: desk.do(send_back, each, 1, text="x"), "示例局提出的异议还没有答复", ""),
        (signed, lambda desk, each: desk.do(sign_for, each, 9, person="周"), "找不到这次往来", ""),
        (
            signed,
            lambda desk, each: desk.do(feed_back, each, 1, text="x", happened_on=TOMORROW),
            "日期应在2026-11-23以后、不晚于今天。",
            "happened_on",
        ),
        (
            signed,
            lambda desk, each: desk.do(feed_back, each, 1, text="x", happened_on=YESTERDAY),
            "日期应在2026-11-23以后、不晚于今天。",
            "happened_on",
        ),
    ],
)
def test_what_is_refused_and_where(
    desk: Desk, way: Callable[[Desk], int], action: Callable[[Desk, int], Any], sentence: str, place: str
) -> None:
    case_id = way(desk)
    with desk.refuses(sentence, place):
        action(desk, case_id)


@pytest.mark.parametrize("end", [send_back, recall])
def test_what_came_back_is_decided_anew(desk: Desk, end: Callable[..., Case]) -> None:
    case_id = signed(desk)
    desk.do(end, case_id, 1, text="转错了")
    assert desk.case(case_id).stage == "triaged"
    desk.do(decline, case_id, reason_code="not_civil")
    assert desk.case(case_id).stage == "not_accepted"


def test_what_was_answered_may_be_taken_for_mediation(desk: Desk) -> None:
    case_id = desk.willing()
    desk.do(hand_over, case_id, handed_to=UNIT)
    desk.do(sign_for, case_id, 1, person="周收发")
    desk.do(feed_back, case_id, 1, text="双方要求调解")
    desk.do(accept, case_id, committee_id=1)
    assert desk.case(case_id).stage == "accepted"


# --- units that are no more


def test_nothing_goes_to_a_unit_that_is_gone_without_a_reason(desk: Desk) -> None:
    case_id = sent(desk)
    desk.do(recall, case_id, 1, text="职责并入区住建委", unit_is_gone=True)
    assert desk.look(lambda records, _: records.referrals.units()) == []
    gone = (
        "“示例局”：单位已撤销或者更名：职责并入区住建委。请转给承继其职责的单位；确实仍要转给它，请在说明中写明理由。"
    )
    with desk.refuses(gone, "handed_to"):
        desk.do(hand_over, case_id, handed_to=UNIT)
    desk.do(hand_over, case_id, handed_to=UNIT, reason="经核实没有撤销")
    desk.do(sign_for, case_id, 2, person="周收发")
    other = desk.triaged()
    desk.do(hand_over, other, handed_to=UNIT)
    assert desk.look(lambda records, _: records.referrals.units()) == [UNIT]


def test_only_a_unit_that_something_went_to_is_said_to_be_gone(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(receive, case_id, arrival())
    with desk.refuses("只有转出的事项才登记接收单位撤销或者更名。", "unit_is_gone"):
        desk.do(recall, case_id, 1, text="撤案", unit_is_gone=True)


def test_units_are_offered_by_how_often_they_are_needed(desk: Desk) -> None:
    for unit in ("甲局", "乙局", "乙局"):
        desk.do(hand_over, desk.triaged(), handed_to=unit)
    assert desk.look(lambda records, _: records.referrals.units()) == ["乙局", "甲局"]


# --- coming in


def test_what_a_court_referred_is_signed_for_and_has_its_source(desk: Desk) -> None:
    case_id = desk.registered(case_source="referral")
    desk.do(receive, case_id, arrival(due_on=TOMORROW))
    case = desk.case(case_id)
    [referral] = case.referrals
    assert (referral.direction, referral.unit, referral.sent_on) == (Direction.IN, "示例法院", YESTERDAY)
    assert [(each.kind, each.person, each.happened_on) for each in referral.steps] == [
        (Step.SIGNED_FOR, "登记员", TODAY)
    ]
    assert (case.case_source, case.source_document) == ("referral_court_pre_filing", "（2026）诉前调1号")
    assert case.events[-1].text == "第1号 委派调解 示例法院：收到，2026-11-24前反馈"


def test_another_source_is_corrected_first(desk: Desk) -> None:
    case_id = desk.registered(case_source="application")
    with desk.refuses("案件来源登记的是“依申请调解”，与“委派调解”不符；", "referral_kind"):
        desk.do(receive, case_id, arrival())
    desk.do(receive, case_id, arrival(kind=ReferralKind.ENTRUSTED, unit="示例派出所"))
    assert desk.case(case_id).case_source == "application"


@pytest.mark.parametrize(
    ("said", "sentence", "place"),
    [
        ({"unit": " "}, "请填写来文单位。", "unit"),
        ({"signed_by": ""}, "请填写签收人。", "person"),
        ({"received_on": YESTERDAY - timedelta(days=1)}, "签收日期早于来文日期。", "received_on"),
        ({"received_on": TOMORROW}, "签收日期不能晚于今天。", "received_on"),
        ({"due_on": YESTERDAY - timedelta(days=1)}, "答复期限早于来文日期。", "due_on"),
    ],
)
def test_what_receiving_refuses(desk: Desk, said: dict[str, Any], sentence: str, place: str) -> None:
    case_id = desk.registered()
    with desk.refuses(sentence, place):
        desk.do(receive, case_id, arrival(**said))


def test_the_same_letter_is_received_once(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(receive, case_id, arrival())
    with desk.refuses("示例法院的这份来文已登记（第1号），还没有办结。", "unit"):
        desk.do(receive, case_id, arrival())
    desk.do(recall, case_id, 1, text="法院撤回委派")
    desk.do(receive, case_id, arrival())


def test_after_closing_only_what_came_before_is_told(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(receive, case_id, arrival(kind=ReferralKind.ENTRUSTED))
    desk.now += timedelta(days=1)
    with desk.refuses("案件已结案，结案后转来的事项请另行登记。", "received_on"):
        desk.do(receive, case_id, arrival(kind=ReferralKind.ENTRUSTED, unit="别处", received_on=TOMORROW))


def referral_of(desk: Desk, case_id: int) -> Referral:
    return desk.case(case_id).referrals[0]


def test_a_court_is_answered_with_the_result(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(receive, case_id, arrival())
    with desk.refuses("调解还没有结束，请先登记调解结果。"):
        desk.do(feed_back, case_id, 1)
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(feed_back, case_id, 1, text="卷宗一并退回", person="李书记员")
    answer = referral_of(desk, case_id).step(Step.FED_BACK)
    assert answer is not None
    assert (answer.text, answer.person) == ("调解不成：卷宗一并退回", "李书记员")


def test_what_is_not_accepted_is_answered_with_that(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(receive, case_id, arrival())
    with desk.refuses("还没有调解结果，也没有不予受理的决定"):
        desk.do(feed_back, case_id, 1)
    desk.do(decline, case_id, reason_code="party_refuses")
    desk.do(feed_back, case_id, 1)
    answer = referral_of(desk, case_id).step(Step.FED_BACK)
    assert answer is not None
    assert answer.text == "不予受理"


def test_the_centre_objects_to_what_was_sent_to_it_by_mistake(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(receive, case_id, arrival(kind=ReferralKind.FORWARD, unit="区信访办"))
    desk.do(raise_objection, case_id, 1, text="不属于本街道")
    desk.do(answer_objection, case_id, 1, upheld=True, text="收回")
    case = desk.case(case_id)
    assert case.referrals[0].came_back
    assert (case.is_back, case.stage) == (False, "registered")  # it was never sent away from here
    assert case.decision is None


def test_a_case_that_is_away_can_be_closed_with_a_reason(desk: Desk) -> None:
    case_id = signed(desk)
    with desk.refuses("还缺：示例局的反馈。", "despite_reason"):
        desk.do(close_case, case_id)
    desk.do(close_case, case_id, despite_reason="长期没有反馈")
    desk.do(feed_back, case_id, 1, text="已办")
    case = desk.case(case_id)
    assert case.stage == "closed"
    assert case.decision is not None
    assert case.decision.kind is DecisionKind.HANDED_OVER
