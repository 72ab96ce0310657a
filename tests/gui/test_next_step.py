"""What a case waits for, all along its way."""

from collections.abc import Callable

import pytest

from mediation_desk.domain.case import Answer, OutcomeKind, SessionResult
from mediation_desk.gui.next_step import next_step
from mediation_desk.services.afterwards import follow_up, record_performance
from mediation_desk.services.agreements import draft_agreement
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome, record_session
from mediation_desk.services.triage import decline, hand_over, triage
from tests.desk import TODAY, draw_as_a_line, session
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


WAY: list[tuple[Callable[[Clerk], int], str, str]] = [
    (Clerk.registered, "张三、李四还没有表态", "willingness"),
    (willing, "请分流", "triage"),
    (Clerk.willing, "请决定是否受理", "decision"),
    (refused, "李四拒绝调解", "decision"),
    (sent_elsewhere, "不走人民调解", "decision"),
    (declined, "不予受理，可以结案", "closing"),
    (handed_over, "已转办，可以结案", "closing"),
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


def test_a_follow_up_that_was_made_is_no_longer_waited_for(clerk: Clerk) -> None:
    case_id = followed_up_late(clerk)
    for planned in clerk.case(case_id).follow_ups:
        if planned.due_on <= clerk.now.date():
            clerk.do(
                follow_up, case_id, done_on=clerk.now.date(), situation="已付", visitor="王窗口", due_on=planned.due_on
            )
    assert "回访" not in next_step(clerk.case(case_id), clerk.now.date()).sentence
