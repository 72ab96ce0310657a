"""Deciding the lawful way of a matter: triage, acceptance or not, hand-over; and the number of an accepted case."""

from collections.abc import Mapping
from datetime import date

from mediation_desk.domain.case import Case, Decision, DecisionKind, EventKind, IssuedNumber, NumberKind, Triage
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.numbering import render, template_for
from mediation_desk.domain.path_aid import MEDIATION_PATH, Situation
from mediation_desk.domain.path_words import as_asked, matter_of
from mediation_desk.domain.petition import ACCUSATION
from mediation_desk.domain.petition_flow import none_for_mediation
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.domain.referral_flow import NOT_TO_THE_ACCUSED, may_not_see, open_way_out, sending_faults
from mediation_desk.domain.rights import Right
from mediation_desk.domain.willingness import refuse_if_somebody_refused
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.referrals import send_out
from mediation_desk.store.records import Records


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
    petition_kind: str = "",
    answers: Mapping[str, bool] | None = None,
) -> Case:
    """Record which lawful way the matter takes (信访工作条例 art. 29 to 33), and what kind of dispute it is.

    `answers` are those given to the questions of the rule pack; they and the way they lead to are kept with the
    reason. Another way than that one needs a reason, and so does mediation of a matter that the table marks as not
    open to it (domain 4.5.2, codes 11 to 16). An earlier way stays to be read; a case that is being mediated leaves
    mediation for a reason only, and its acceptance has to be ended by an outcome.
    """
    case = records.cases.get(case_id)
    day, tables = decided_on or act.today, act.rules.tables
    faults = Faults()
    faults.check(path in tables["statutory_path"], "请选择办理途径。", "statutory_path")
    faults.check(not dispute_kind or dispute_kind in tables["dispute_kind"], "请选择纠纷类型。", "dispute_kind")
    known = not event_category or event_category in tables["event_category"]
    faults.check(known, "请选择事项类别。", "event_category")
    faults.check(case.requested_on <= day <= act.today, "分流日期应在登记日期之后、不晚于今天。", "decided_on")
    is_mediable = tables["event_category"].is_mediable(event_category or case.event_category)
    faults.check(not case.was_closed_before(day), "案件已结案，结案后不再分流；情况有变的请先重新办理。", "decided_on")
    faults.check(
        path != MEDIATION_PATH or reason.strip() or is_mediable,
        "这类事项一般不属于人民调解范围；确要调解，请写明理由。",
        "triage_reason",
    )
    if case.closing is None:
        _check_change(faults, case, path, reason)
    faults.refuse_if_any()
    if answers is not None:
        codes = {"dispute_kind": dispute_kind, "event_category": event_category, "case_source": case_source}
        situation = matter_of(act.rules, act.today, case, kind=petition_kind, **codes)
        reason = _with_answers(act, situation, path, reason.strip(), answers)
    case.dispute_kind = dispute_kind or case.dispute_kind
    case.event_category = event_category or case.event_category
    case.case_source = case_source or case.case_source
    case.channel = channel or case.channel
    case.triages.append(Triage(path=path, reason=reason, decided_on=day, by_id=act.by_id, recorded_at=act.at))
    case.version_id += 1
    note(case, act, EventKind.TRIAGED, day, _path_in_words(act, case))
    records.flush()
    return case


def _check_change(faults: Faults, case: Case, path: str, reason: str) -> None:
    """Note what keeps the matter from this way because of where it is already."""
    accuses = case.petition is not None and case.petition.kind == ACCUSATION
    faults.check(
        not (accuses and path == MEDIATION_PATH),
        "检举控告不能调解，请转纪检监察机关或者有权处理的机关（信访工作条例第30条）。",
        "statutory_path",
    )
    before = case.triage
    if before is None or before.path == path:
        return
    faults.check(
        not case.effective_agreements,
        "调解协议已经生效，途径不能再改。对协议有争议的，可以向人民法院起诉（人民调解法第32条）。",
        "statutory_path",
    )
    faults.check(
        before.path != MEDIATION_PATH or not is_under_way(case) or reason.strip() not in ("", before.reason),
        "案件正在调解，改走其他途径请写明理由。原途径和受理决定都保留，改后请登记终止调解或者申请人撤回。",
        "triage_reason",
    )


def _path_in_words(act: Act, case: Case) -> str:
    """The way, and the one that it replaced."""
    labels = [act.rules.table("statutory_path").label(each.path) for each in case.triages[-2:]]
    return labels[-1] if len(set(labels)) == 1 else f"{labels[1]}（原为{labels[0]}）"


def is_under_way(case: Case) -> bool:
    """Whether the case was accepted and mediation has not ended."""
    return case.is_accepted and case.outcome is None


def _with_answers(act: Act, situation: Situation, path: str, reason: str, answers: Mapping[str, bool]) -> str:
    """The reason with what was asked and where it led. Refuses another way than that without a reason."""
    asked = act.rules.path_aid(act.today).ask(situation, answers)
    proposed = asked.proposal.rule.path if asked.proposal else path
    refuse_unless(
        path == proposed or reason,
        f"按所答问题应走“{act.rules.table('statutory_path').label(proposed)}”；改走别的途径，请写明理由。",
        "triage_reason",
    )
    told = as_asked(act.rules, asked)
    return reason if told in reason else reason + told


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

    Refused when a party has refused (人民调解法 art. 17), and for suggestions and accusations (信访工作条例 art. 29 and
    30). A case taken up again keeps its number.
    """
    case = records.cases.get(case_id)
    refuse_if_somebody_refused(case)
    never = none_for_mediation(case.petition, act.rules)
    refuse_unless(not never, never)
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
    records: Records,
    act: Act,
    case_id: int,
    *,
    handed_to: str,
    reason: str = "",
    decided_on: date | None = None,
    kind: ReferralKind | None = ReferralKind.HAND_OVER,
    due_on: date | None = None,
    document_no: str = "",
    matter: str = "",
) -> Case:
    """Record that the matter goes to the unit that is competent, and send it there (信访工作条例 art. 22; E5, E6).

    `matter` tells what of it goes, where that is not all. `kind` None: only the decision is known, as of a case that
    comes in a file.
    """
    case, unit, day = records.cases.get(case_id), handed_to.strip(), decided_on or act.today
    if kind is None:
        refuse_unless(unit, "请写明转给哪个单位。", "handed_to")
        refuse_unless(not may_not_see(case, unit), NOT_TO_THE_ACCUSED, "handed_to")
    else:
        gone = "" if reason.strip() else records.referrals.why_gone(unit)
        sending_faults(case, kind=kind, unit=unit, sent_on=day, due_on=due_on, gone=gone).refuse_if_any()
    _decide(case, act, DecisionKind.HANDED_OVER, decided_on, handed_to=unit, reason=reason)
    if kind is not None:
        send_out(case, act, kind=kind, unit=unit, sent_on=day, due_on=due_on, document_no=document_no, matter=matter)
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
    faults.check(not is_under_way(case), _why_under_way(case))
    faults.check(not case.effective_agreements, "已有生效的协议，不能再作受理决定。")
    faults.check(
        not case.is_agreed or case.effective_agreements,
        "调解结果是达成协议；协议没有生效、不再签的，请先重新登记调解结果。",
    )
    faults.check(
        case.outcome is None or case.is_agreed or kind is not DecisionKind.NOT_ACCEPTED,
        "案件已受理并调解结束，不能再作不予受理决定；请告知其他途径后结案。",
    )
    away = open_way_out(case)
    faults.check(away is None, f"已转给{away.unit if away else ''}，还没有办结；请先登记反馈、退回或者撤回。")
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


def _why_under_way(case: Case) -> str:
    if case.triage is None or case.triage.path == MEDIATION_PATH:
        return "案件已经受理，正在办理中。"
    return "案件的途径已改，但受理还没有结束。请先登记终止调解或者申请人撤回，再作决定。"


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
