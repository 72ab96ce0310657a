"""After the agreement: performance as it is reported, what is waived, follow-ups as they are made, and closing."""

from datetime import date

from mediation_desk.domain.agreement import Agreement, Obligation, ObligationKind, Performance, outstanding
from mediation_desk.domain.case import AttachmentKind, Case, Closing, EventKind, FollowUp, OutcomeKind
from mediation_desk.domain.case_clocks import open_duties
from mediation_desk.domain.clock_words import clock_called
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.money import figures
from mediation_desk.domain.petition_flow import PetitionState, petition_state
from mediation_desk.domain.referral_flow import unanswered
from mediation_desk.domain.rights import Right
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.agreements import find_agreement
from mediation_desk.services.case_file import AGREEMENT_LINE, missing_papers
from mediation_desk.store.records import Records


@needs(Right.FOLLOW_UP)
def record_performance(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    obligation_no: int,
    *,
    done_on: date,
    amount_fen: int | None = None,
    remark: str = "",
) -> Case:
    """Record that something was paid or done. More than is owed is refused: it would be a typing error."""
    case = records.cases.get(case_id)
    agreement = find_agreement(case, agreement_no)
    refuse_unless(agreement.effective_on, "协议还没有生效，不能登记履行。")
    obligation = _find_obligation(agreement, obligation_no)
    refuse_unless(obligation.waived_on is None, "这项已登记为不需履行；确有履行的，请先撤回不需履行的登记。")
    faults = Faults()
    faults.check(done_on <= act.today, "履行日期不能晚于今天。", "done_on")
    if obligation.kind is ObligationKind.MONEY:
        missing = (obligation.amount_fen or 0) - obligation.paid_fen
        faults.check(amount_fen and amount_fen > 0, "请填写付款金额。", "paid_amount")
        faults.check((amount_fen or 0) <= missing, f"超过未付金额（{figures(missing)}元），请核对。", "paid_amount")
    faults.refuse_if_any()
    obligation.performances.append(
        Performance(done_on=done_on, amount_fen=amount_fen, note=remark, by_id=act.by_id, recorded_at=act.at)
    )
    paid = f"{figures(amount_fen)}元" if amount_fen else "已完成"
    note(case, act, EventKind.PERFORMED, done_on, f"第{obligation.no}项 {paid}")
    records.flush()
    return case


def _find_obligation(agreement: Agreement, no: int) -> Obligation:
    found = next((each for each in agreement.obligations if each.no == no), None)
    refuse_unless(found, "找不到这项履行安排。")
    assert found is not None
    return found


@needs(Right.FOLLOW_UP)
def waive_obligation(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    obligation_no: int,
    *,
    waived_on: date,
    said_by: str,
    reason: str,
) -> Case:
    """Record that what is still owed need not be performed: the payee gave it up, or it fell away (民法典 art. 557).

    Who said so and why is kept with it.
    """
    case = records.cases.get(case_id)
    agreement = find_agreement(case, agreement_no)
    effective_on = agreement.effective_on
    refuse_unless(effective_on, "协议还没有生效，不能登记不需履行。")
    assert effective_on is not None
    obligation = _find_obligation(agreement, obligation_no)
    refuse_unless(obligation.waived_on is None, "这项已登记为不需履行。")
    refuse_unless(not obligation.is_performed, "这项已经履行完毕，不用再登记不需履行。")
    faults = Faults()
    faults.check(effective_on <= waived_on <= act.today, "日期应在协议生效以后、不晚于今天。", "waived_on")
    faults.check(said_by.strip(), "请填写是谁表示不需履行的。", "said_by")
    faults.check(reason.strip(), "请写明不需履行的原因。", "waived_reason")
    faults.refuse_if_any()
    obligation.waived_on, obligation.waived_by_id = waived_on, act.by_id
    obligation.waived_reason = f"{said_by.strip()}：{reason.strip()}"
    note(case, act, EventKind.WAIVED, waived_on, f"第{obligation.no}项 {obligation.waived_reason}")
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def withdraw_waiver(
    records: Records, act: Act, case_id: int, agreement_no: int, obligation_no: int, *, reason: str
) -> Case:
    """Take back that something need not be performed. The timeline keeps what was said, and why it was taken back."""
    case = records.cases.get(case_id)
    obligation = _find_obligation(find_agreement(case, agreement_no), obligation_no)
    refuse_unless(obligation.waived_on, "这项没有登记为不需履行。")
    refuse_unless(case.closing is None, "案件已按不需履行结案；要撤回的，请先重新办理。")
    refuse_unless(reason.strip(), "请写明撤回的原因。", "take_back_reason")
    obligation.waived_on, obligation.waived_by_id, obligation.waived_reason = None, None, ""
    note(case, act, EventKind.WAIVED, act.today, f"第{obligation.no}项 撤回不需履行：{reason.strip()}")
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def follow_up(
    records: Records, act: Act, case_id: int, *, done_on: date, situation: str, visitor: str, due_on: date | None = None
) -> Case:
    """Record a follow-up (D10) in a person's own words: the planned one of `due_on`, or one outside the plan."""
    case = records.cases.get(case_id)
    faults = Faults()
    faults.check(done_on <= act.today, "回访日期不能晚于今天。", "followed_up_on")
    faults.check(situation.strip(), "请写回访情况。", "situation")
    faults.check(visitor.strip(), "请填写回访人。", "visitor")
    faults.refuse_if_any()
    planned = next((each for each in case.follow_ups if each.done_on is None and each.due_on == due_on), None)
    if planned is None:
        planned = FollowUp(due_on=done_on, subject="临时回访")
        case.follow_ups.append(planned)
    planned.done_on, planned.situation, planned.visitor = done_on, situation.strip(), visitor.strip()
    planned.by_id, planned.recorded_at = act.by_id, act.at
    note(case, act, EventKind.FOLLOWED_UP, done_on, planned.subject)
    records.flush()
    return case


_NAMED_BELOW = (ClockKind.PETITION, ClockKind.FEEDBACK)
"""Duties that are named whether or not a time limit is set for them."""


def missing_for_closing(case: Case, act: Act) -> list[str]:
    """What a complete file would still need, as short Chinese phrases (domain 2.1 and 12, soft rule 1).

    These are the papers that the file itself names as missing, but of the agreement more is asked than a final text.
    """
    missing = []
    agreements = case.effective_agreements
    outcome = case.outcome
    if case.decision is None:
        missing.append("受理决定")
    if outcome is None and case.is_accepted:
        missing.append("调解结果")
    if case.is_agreed and not agreements:
        missing.append("生效的协议")
    scans = {each.kind for each in case.standing_attachments if not case.shows_withdrawn(each)}
    if outcome and outcome.kind is OutcomeKind.WRITTEN and AttachmentKind.SIGNED_AGREEMENT not in scans:
        missing.append("签署的协议书扫描件")
    missing += [line.label for line in missing_papers(case, act) if line.code != AGREEMENT_LINE]
    duties = open_duties(case, act.rules)
    missing += [clock_called(clock) for clock in duties if clock.kind not in _NAMED_BELOW]
    if any(outstanding(agreement.obligations) for agreement in agreements):
        missing.append("全部履行")
    if agreements and not any(each.done_on for each in case.follow_ups):
        missing.append("回访记录")
    missing += unanswered(case)
    if case.petition is not None and petition_state(case.petition) is not PetitionState.FINISHED:
        missing.append("信访事项办结")
    return missing


@needs(Right.FOLLOW_UP)
def close_case(
    records: Records, act: Act, case_id: int, *, closed_on: date | None = None, despite_reason: str = ""
) -> Case:
    """Close the case. What is missing does not block it, but needs a reason by the person who closes."""
    case = records.cases.get(case_id)
    day = closed_on or act.today
    faults = Faults()
    faults.check(case.closing is None, "案件已经结案。")
    faults.check(case.requested_on <= day <= act.today, "结案日期应在登记日期之后、不晚于今天。", "closed_on")
    taken_up = case.closings[-1].reopened_on if case.closings else None
    too_early = f"结案日期早于重新办理的日期（{show_day(taken_up)}），请核对。"
    faults.check(taken_up is None or day >= taken_up, too_early, "closed_on")
    missing = missing_for_closing(case, act)
    faults.check(
        not missing or despite_reason.strip(),
        f"还缺：{'、'.join(missing)}。请补齐，或写明仍要结案的理由。",
        "despite_reason",
    )
    faults.refuse_if_any()
    case.closings.append(
        Closing(
            closed_on=day,
            missing_papers=missing,
            despite_reason=despite_reason.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    note(case, act, EventKind.CLOSED, day, despite_reason.strip())
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def reopen(records: Records, act: Act, case_id: int, *, reason: str, reopened_on: date | None = None) -> Case:
    """Take a closed case up again. How it was closed stays to be read; its stage follows from the facts it has."""
    case = records.cases.get(case_id)
    closing = case.closing
    refuse_unless(closing, "案件没有结案，不用重新办理。")
    assert closing is not None
    refuse_unless(
        case.merged_into is None,
        "本案已并入另一案，不能重新办理。请打开并入的那一案办理；并错了的，请先取消并案。",
    )
    day = reopened_on or act.today
    faults = Faults()
    faults.check(
        closing.closed_on <= day <= act.today,
        f"重新办理日期应在结案日期（{show_day(closing.closed_on)}）之后、不晚于今天。",
        "reopened_on",
    )
    faults.check(reason.strip(), "请写明重新办理的理由。", "reopen_reason")
    faults.refuse_if_any()
    closing.reopened_on, closing.reopened_reason = day, reason.strip()
    closing.reopened_by_id, closing.reopened_at = act.by_id, act.at
    note(case, act, EventKind.REOPENED, day, reason.strip())
    records.flush()
    return case
