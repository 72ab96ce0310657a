"""Deciding the lawful way of a matter: triage, acceptance or not, hand-over; and the number of an accepted case."""

from datetime import date

from mediation_desk.domain.case import Case, Decision, DecisionKind, EventKind, IssuedNumber, NumberKind, Triage
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.numbering import render, template_for
from mediation_desk.domain.rights import Right
from mediation_desk.domain.willingness import refuse_if_somebody_refused
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records

MEDIATION_PATH = "M1"
"""Code of people's or administrative mediation in the table `statutory_path`."""


@needs(Right.TRIAGE)
def triage(
    records: Records,
    act: Act,
    case_id: int,
    *,
    path: str,
    reason: str = "",
    decided_on: date | None = None,
    dispute_kind: str = "",
    event_category: str = "",
    case_source: str = "",
    channel: str = "",
) -> Case:
    """Record which lawful way the matter takes (信访工作条例 art. 29 to 33), and what kind of dispute it is.

    A matter that the table marks as not open to people's mediation (domain 4.5.2, codes 11 to 16) needs a reason.
    """
    case = records.cases.get(case_id)
    day = decided_on or act.today
    faults = Faults()
    faults.check(path in act.rules.table("statutory_path"), "请选择办理途径。", "statutory_path")
    faults.check(
        not dispute_kind or dispute_kind in act.rules.table("dispute_kind"), "请选择纠纷类型。", "dispute_kind"
    )
    faults.check(
        not event_category or event_category in act.rules.table("event_category"), "请选择事项类别。", "event_category"
    )
    faults.check(case.requested_on <= day <= act.today, "分流日期应在登记日期之后、不晚于今天。", "decided_on")
    faults.check(
        path != MEDIATION_PATH or reason.strip() or is_mediable(act, event_category or case.event_category),
        "这类事项一般不属于人民调解范围；确要调解，请写明理由。",
        "triage_reason",
    )
    faults.refuse_if_any()
    case.dispute_kind = dispute_kind or case.dispute_kind
    case.event_category = event_category or case.event_category
    case.case_source = case_source or case.case_source
    case.channel = channel or case.channel
    if case.triage is None:
        case.triage = Triage(path=path, reason=reason, decided_on=day, by_id=act.by_id, recorded_at=act.at)
    else:
        case.triage.path, case.triage.reason, case.triage.decided_on = path, reason, day
        case.triage.by_id, case.triage.recorded_at = act.by_id, act.at
    case.version_id += 1
    note(case, act, EventKind.TRIAGED, day, act.rules.table("statutory_path").label(path))
    records.flush()
    return case


def is_mediable(act: Act, event_category: str) -> bool:
    """Whether people's mediation is open for an event category; unknown and empty ones are."""
    table = act.rules.table("event_category")
    while event_category in table:
        code = table[event_category]
        if code.extra.get("mediable") == "no":
            return False
        event_category = code.parent
    return True


@needs(Right.TRIAGE)
def accept(
    records: Records,
    act: Act,
    case_id: int,
    *,
    committee_id: int,
    decided_on: date | None = None,
    kind: NumberKind = NumberKind.CASE,
) -> Case:
    """Take the case for people's mediation and issue its number, once and for good.

    Refused when a party has refused (人民调解法 art. 17). A case taken up again keeps its number.
    """
    case = records.cases.get(case_id)
    refuse_if_somebody_refused(case)
    committee = records.centre.get().committee(committee_id)
    refuse_unless(committee and committee.active, "请选择受理的人民调解委员会。", "committee")
    _decide(case, act, DecisionKind.ACCEPTED, decided_on, committee_id=committee_id)
    case.committee_id = committee_id
    if not case.number:
        _issue_case_number(records, act, case, kind)
    records.flush()
    return case


@needs(Right.TRIAGE)
def decline(
    records: Records, act: Act, case_id: int, *, reason_code: str, reason: str = "", decided_on: date | None = None
) -> Case:
    """Record that the case is not accepted, and why; other routes stay open to the parties (人民调解法 art. 3)."""
    refuse_unless(reason_code in act.rules.table("non_acceptance_reason"), "请选择不予受理的原因。", "reason_code")
    case = records.cases.get(case_id)
    _decide(case, act, DecisionKind.NOT_ACCEPTED, decided_on, reason_code=reason_code, reason=reason)
    records.flush()
    return case


@needs(Right.TRIAGE)
def hand_over(
    records: Records, act: Act, case_id: int, *, handed_to: str, reason: str = "", decided_on: date | None = None
) -> Case:
    """Record that the matter goes to the unit that is competent."""
    refuse_unless(handed_to.strip(), "请写明转给哪个单位。", "handed_to")
    case = records.cases.get(case_id)
    _decide(case, act, DecisionKind.HANDED_OVER, decided_on, handed_to=handed_to.strip(), reason=reason)
    records.flush()
    return case


def _decide(
    case: Case,
    act: Act,
    kind: DecisionKind,
    decided_on: date | None,
    *,
    committee_id: int | None = None,
    reason_code: str = "",
    reason: str = "",
    handed_to: str = "",
) -> None:
    day = decided_on or act.today
    faults = Faults()
    faults.check(case.closing is None, "案件已结案，不能再作受理决定。")
    faults.check(not (case.is_accepted and case.outcome is None), "案件已经受理，正在办理中。")
    faults.check(not case.effective_agreements, "已有生效的协议，不能再作受理决定。")
    faults.check(case.requested_on <= day <= act.today, "决定日期应在登记日期之后、不晚于今天。", "decided_on")
    faults.refuse_if_any()
    case.decisions.append(
        Decision(
            kind=kind,
            decided_on=day,
            committee_id=committee_id,
            reason_code=reason_code,
            reason=reason,
            handed_to=handed_to,
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    detail = handed_to or (act.rules.table("non_acceptance_reason").label(reason_code) if reason_code else "")
    note(case, act, EventKind.DECIDED, day, f"{kind.label} {detail}".strip())


@needs(Right.TRIAGE)
def void_number(records: Records, act: Act, case_id: int, *, reason: str, kind: NumberKind = NumberKind.CASE) -> Case:
    """Void the number of an accepted case, with a reason that is kept, and issue a new one. The old is never reused."""
    refuse_unless(reason.strip(), "请写明编号作废的原因。", "void_reason")
    case = records.cases.get(case_id)
    refuse_unless(case.number, "案件还没有编号。")
    refuse_unless(
        not any(agreement.number == case.number for agreement in case.agreements), "协议书已使用这个编号，不能作废。"
    )
    void(case, act, case.number, reason)
    _issue_case_number(records, act, case, kind)
    records.flush()
    return case


def void(case: Case, act: Act, text: str, reason: str) -> None:
    """Mark an issued number as voided; the row stays."""
    for number in case.numbers:
        if number.text == text:
            number.voided_at, number.void_reason = act.at, reason.strip()
    note(case, act, EventKind.NUMBER_VOIDED, act.today, f"{text} 作废：{reason.strip()}")


def _issue_case_number(records: Records, act: Act, case: Case, kind: NumberKind) -> None:
    case.number = issue_number(records, act, case, kind)


def issue_number(records: Records, act: Act, case: Case, kind: NumberKind) -> str:
    """Issue the next number of the case's committee. Call it last in a step: it holds the counter until the commit."""
    committee = records.centre.get().committee(case.committee_id)
    assert committee is not None
    assert committee.id is not None
    template = template_for(committee, kind, act.rules.number_formats.template(kind, act.today))
    seq = records.numbers.next(act.centre_id, committee.id, kind, act.today.year)
    text = render(template, act.today.year, committee.short_name, seq)
    refuse_unless(
        not records.numbers.is_issued(act.centre_id, text),
        f"编号“{text}”以前已经发出，不能重号。请在设置中改用不会重复的编号格式或简称。",
        "number_formats",
    )
    case.numbers.append(
        IssuedNumber(
            committee_id=committee.id,
            kind=kind,
            year=act.today.year,
            seq=seq,
            text=text,
            by_id=act.by_id,
            issued_at=act.at,
        )
    )
    note(case, act, EventKind.NUMBERED, act.today, text)
    return text
