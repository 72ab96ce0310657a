"""What a case waits for, all along its way."""

from collections.abc import Callable
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, OutcomeKind, SessionResult
from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.gui.next_step import next_step
from mediation_desk.gui.procedure_topics import TOPICS
from mediation_desk.services.afterwards import follow_up, record_performance
from mediation_desk.services.agreements import draft_agreement
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.referrals import (
    Arrival,
    answer_objection,
    feed_back,
    raise_objection,
    recall,
    receive,
    sign_for,
)
from mediation_desk.services.relations import merge
from mediation_desk.services.triage import decline, hand_over, triage
from tests.desk import TODAY, TOMORROW, draw_as_a_line, session
from tests.desk import Desk as Clerk


@pytest.fixture(autouse=True)
def papers_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    from mediation_desk.services import agreements

    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)


def willing(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(ask_willingness, case_id, [1, 2], Answer.AGREES, asked_at=clerk.now)
    return case_id


def refused(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    return case_id


def refused_later(clerk: Clerk) -> int:
    case_id = clerk.accepted()
    clerk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=clerk.now)
    return case_id


def undecided_again(clerk: Clerk) -> int:
    case_id = clerk.assigned()
    clerk.do(ask_willingness, case_id, [2], Answer.UNDECIDED, asked_at=clerk.now)
    return case_id


def sent_elsewhere(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(triage, case_id, path="P2")
    return case_id


def sent_elsewhere_later(clerk: Clerk) -> int:
    case_id = clerk.in_mediation()
    clerk.do(triage, case_id, path="P1", reason="对方已向法院起诉")
    return case_id


def declined(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(decline, case_id, reason_code="not_civil")
    return case_id


def handed_over(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(hand_over, case_id, handed_to="区住建委")
    return case_id


def to_be_continued(clerk: Clerk) -> int:
    case_id = clerk.assigned()
    clerk.do(record_session, case_id, session(result=SessionResult.CONTINUES))
    return case_id


def failed(clerk: Clerk) -> int:
    case_id = clerk.in_mediation()
    clerk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    return case_id


def drafting(clerk: Clerk) -> int:
    case_id = clerk.agreed()
    clerk.do(draft_agreement, case_id)
    return case_id


def performed(clerk: Clerk) -> int:
    case_id = clerk.performing()
    clerk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    return case_id


def followed_up_late(clerk: Clerk) -> int:
    case_id = clerk.performing()
    clerk.now = clerk.now.replace(month=12, day=31)
    return case_id


def signed_for(clerk: Clerk, **said: Any) -> int:
    case_id = clerk.registered()
    clerk.do(hand_over, case_id, handed_to="区住建委", **said)
    clerk.do(sign_for, case_id, 1, person="周收发")
    return case_id


def to_be_answered(clerk: Clerk) -> int:
    return signed_for(clerk, due_on=TOMORROW)


def forwarded(clerk: Clerk) -> int:
    return signed_for(clerk, kind=ReferralKind.FORWARD)


def objected(clerk: Clerk) -> int:
    case_id = signed_for(clerk)
    clerk.do(raise_objection, case_id, 1, text="不属于本委")
    return case_id


def given_back(clerk: Clerk) -> int:
    case_id = objected(clerk)
    clerk.do(answer_objection, case_id, 1, upheld=True, text="")
    return case_id


def called_back(clerk: Clerk) -> int:
    case_id = signed_for(clerk)
    clerk.do(recall, case_id, 1, text="转错了")
    return case_id


def answered(clerk: Clerk) -> int:
    case_id = signed_for(clerk)
    clerk.do(feed_back, case_id, 1, text="已查处")
    return case_id


def handed_over_long_ago(clerk: Clerk) -> int:
    case_id = clerk.registered()
    clerk.do(hand_over, case_id, handed_to="区住建委", kind=None)
    return case_id


def court_waits(clerk: Clerk) -> int:
    case_id = failed(clerk)
    court = Arrival(kind=ReferralKind.PRE_FILING, unit="示例法院", sent_on=TODAY, received_on=TODAY, signed_by="周")
    clerk.do(receive, case_id, court)
    return case_id


def petition(clerk: Clerk, case_id: int, *steps: Step, kind: str = "redress_claim") -> int:
    clerk.do(record_petition, case_id, PetitionItem(kind=kind, received_on=TODAY))
    for step in steps:
        clerk.do(record_petition_step, case_id, step)
    return case_id


def from_petition_office(clerk: Clerk) -> int:
    return clerk.willing(case_source="referral_petition")


def unoffered(clerk: Clerk) -> int:
    return petition(clerk, clerk.willing())


def offered(clerk: Clerk) -> int:
    return petition(clerk, clerk.willing(), Step.OFFERED)


def taken_up(clerk: Clerk) -> int:
    return petition(clerk, clerk.willing(), Step.OFFERED, Step.TAKEN_UP)


def no_claim(clerk: Clerk) -> int:
    return petition(clerk, clerk.willing(), kind="suggestion")


def taken_up_and_failed(clerk: Clerk) -> int:
    return petition(clerk, failed(clerk), Step.OFFERED, Step.TAKEN_UP)


def sent_to_petition_office(clerk: Clerk) -> int:
    case_id = taken_up_and_failed(clerk)
    clerk.do(record_petition_step, case_id, Step.RETURNED)
    return case_id


def agreed_of_petition(clerk: Clerk) -> int:
    return petition(clerk, clerk.performing(), Step.OFFERED, Step.TAKEN_UP)


def mediation_of_petition(clerk: Clerk) -> int:
    return petition(clerk, clerk.accepted(), Step.OFFERED, Step.TAKEN_UP)


def merged(clerk: Clerk) -> int:
    first, again = clerk.registered(), clerk.registered()
    clerk.do(merge, again, first, reason="登记了两次")
    return again


WAY: list[tuple[Callable[[Clerk], int], str, str]] = [
    (Clerk.registered, "张三、李四还没有表态", "willingness"),
    (willing, "请分流", "triage"),
    (Clerk.willing, "请决定是否受理", "decision"),
    (refused, "李四拒绝调解", "decision"),
    (sent_elsewhere, "不走人民调解", "decision"),
    (sent_elsewhere_later, "途径已改，受理还没有结束", "outcome"),
    (declined, "不予受理，可以结案", "closing"),
    (handed_over_long_ago, "已转办，可以结案", "closing"),
    (handed_over, "已转给区住建委，还没有签收。", "procedure/referrals"),
    (signed_for, "区住建委已签收，等待反馈。", "procedure/referrals"),
    (to_be_answered, "等待反馈（2026-11-24前）。", "procedure/referrals"),
    (forwarded, "转送不要求反馈", "closing"),
    (objected, "区住建委提出异议，请答复。", "procedure/referrals"),
    (given_back, "区住建委已退回（异议成立）。", "decision"),
    (called_back, "已从区住建委撤回（转错了）。", "decision"),
    (answered, "区住建委已反馈。", "closing"),
    (court_waits, "调解不成。请函复示例法院。", "procedure/referrals"),
    (from_petition_office, "请登记信访编号和种类", "procedure/petition"),
    (unoffered, "请登记信访事项“告知可以调解”", "procedure/petition"),
    (offered, "请把信访事项转入调解", "procedure/petition"),
    (taken_up, "请决定是否受理", "decision"),
    (no_claim, "不进入调解", "decision"),
    (mediation_of_petition, "请指派调解员", "assign"),
    (taken_up_and_failed, "调解不成。请把信访事项转回信访程序。", "procedure/petition"),
    (sent_to_petition_office, "已转回信访程序", "procedure/petition"),
    (agreed_of_petition, "请登记信访事项“调解达成协议”", "procedure/petition"),
    (Clerk.accepted, "请指派调解员", "assign"),
    (refused_later, "李四拒绝调解，不能继续", "outcome"),
    (undecided_again, "李四还没有表态", "willingness"),
    (Clerk.assigned, "登记调解记录", "sessions"),
    (to_be_continued, "有待继续调解", "sessions"),
    (Clerk.in_mediation, "最近一次调解：调解成功", "outcome"),
    (failed, "整理材料后结案", "closing"),
    (Clerk.agreed, "请起草", "agreement"),
    (drafting, "正在起草", "agreement"),
    (Clerk.frozen, "请登记签署", "agreement"),
    (Clerk.performing, "还有1项没有履行完毕", "agreement"),
    (Clerk.performing_orally, "还有1项没有履行完毕", "agreement"),
    (followed_up_late, "回访（协议生效后回访）", "agreement"),
    (performed, "已全部履行", "closing"),
    (Clerk.closed, "已结案", "papers"),
    (merged, "已并入另一个案件", "procedure/related"),
]


@pytest.mark.parametrize(("bring", "sentence", "goes_to"), WAY, ids=lambda each: getattr(each, "__name__", ""))
def test_a_case_says_what_it_waits_for(
    clerk: Clerk, bring: Callable[[Clerk], int], sentence: str, goes_to: str
) -> None:
    case = clerk.case(bring(clerk))
    step = next_step(case, clerk.now.date())
    assert sentence in step.sentence
    assert step.goes_to == goes_to
    assert step.button
    tab, _, topic = step.goes_to.partition("/")
    assert not topic or (tab, topic in dict(TOPICS)) == ("procedure", True)


def test_a_follow_up_that_was_made_is_no_longer_waited_for(clerk: Clerk) -> None:
    case_id = followed_up_late(clerk)
    for planned in clerk.case(case_id).follow_ups:
        if planned.due_on <= clerk.now.date():
            clerk.do(
                follow_up, case_id, done_on=clerk.now.date(), situation="已付", visitor="王窗口", due_on=planned.due_on
            )
    assert "回访" not in next_step(clerk.case(case_id), clerk.now.date()).sentence
