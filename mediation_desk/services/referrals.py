"""Matters that went to another unit or came from one: signed for, objected to, answered, given back, called back.

A matter goes out by `triage.hand_over`, which decides it and makes the referral in the same act.
"""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStep, ReferralStepKind
from mediation_desk.domain.referral_flow import (
    MEDIATED,
    SOURCE_OF,
    UNIT_IS_GONE,
    referral_step_faults,
)
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A matter as it came from another unit. `signed_by` took it at this centre on `received_on`."""

    kind: ReferralKind
    unit: str
    sent_on: date
    received_on: date
    signed_by: str
    document_no: str = ""
    matter: str = ""
    due_on: date | None = None


def send_out(
    case: Case,
    act: Act,
    *,
    kind: ReferralKind,
    unit: str,
    sent_on: date,
    due_on: date | None,
    document_no: str,
    matter: str,
) -> None:
    """Add the referral by which the matter goes out; the lawful way it goes is that of the last triage."""
    referral = Referral(
        no=_next_no(case),
        direction=Direction.OUT,
        kind=kind,
        unit=unit,
        document_no=document_no.strip(),
        matter=matter.strip(),
        path=case.triage.path if case.triage else "",
        sent_on=sent_on,
        due_on=due_on,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.referrals.append(referral)
    note(case, act, EventKind.REFERRED, sent_on, f"{_called(referral)}：转出{_until(due_on)}")


@needs(Right.REGISTER, Right.TRIAGE)
def receive(records: Records, act: Act, case_id: int, arrival: Arrival) -> Case:
    """Record that the case came from another unit, and who signed for it here (E5, E6).

    What a court referred has that as its source: the time for mediation follows from it (法释〔2016〕14号 art. 27).
    """
    case = records.cases.get(case_id)
    unit, signed_by = arrival.unit.strip(), arrival.signed_by.strip()
    source = SOURCE_OF.get(arrival.kind, "")
    faults = Faults()
    faults.check(unit, "请填写来文单位。", "unit")
    faults.check(signed_by, "请填写签收人。", "person")
    faults.check(arrival.sent_on <= arrival.received_on, "签收日期早于来文日期。", "received_on")
    faults.check(arrival.received_on <= act.today, "签收日期不能晚于今天。", "received_on")
    faults.check(arrival.due_on is None or arrival.due_on >= arrival.sent_on, "答复期限早于来文日期。", "due_on")
    faults.check(
        not case.was_closed_before(arrival.received_on),
        "案件已结案，结案后转来的事项请另行登记。",
        "received_on",
    )
    twin = next((each for each in case.referrals if _is_same(each, unit, arrival.document_no.strip())), None)
    faults.check(twin is None, f"{unit}的这份来文已登记（第{twin.no if twin else 0}号），还没有办结。", "unit")
    faults.check(
        not source or _agrees(act, case.case_source, source),
        f"案件来源登记的是“{act.rules.table('case_source').label(case.case_source)}”，与“{arrival.kind.label}”不符；"
        "请先更正登记的案件来源。",
        "referral_kind",
    )
    faults.refuse_if_any()
    if source and case.case_source != source:
        case.case_source = source
        case.version_id += 1
    case.source_document = case.source_document or arrival.document_no.strip()
    referral = Referral(
        no=_next_no(case),
        direction=Direction.IN,
        kind=arrival.kind,
        unit=unit,
        document_no=arrival.document_no.strip(),
        matter=arrival.matter.strip(),
        sent_on=arrival.sent_on,
        due_on=arrival.due_on,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    case.referrals.append(referral)
    _add(referral, act, ReferralStepKind.SIGNED_FOR, arrival.received_on, signed_by, "")
    note(case, act, EventKind.REFERRED, arrival.received_on, f"{_called(referral)}：收到{_until(arrival.due_on)}")
    records.flush()
    return case


@needs(Right.TRIAGE)
def sign_for(
    records: Records, act: Act, case_id: int, no: int, *, person: str, happened_on: date | None = None, text: str = ""
) -> Case:
    """Record who signed for it at the unit, and when: the days for an objection run from then.

    Signed for already, it can be corrected with a reason, while nothing followed.
    """
    case = records.cases.get(case_id)
    referral = find_referral(case, no)
    signed = referral.step(ReferralStepKind.SIGNED_FOR)
    faults = Faults()
    faults.check(person.strip(), "请填写签收人。", "person")
    faults.check(
        signed is None or text.strip(),
        f"{signed.happened_on if signed else ''}已签收；签收登记有误要更正的，请写明原因。",
        "step_text",
    )
    earliest = referral.sent_on  # a corrected one may be before what it replaces
    return _record(
        records, act, case, referral, ReferralStepKind.SIGNED_FOR, happened_on, person, text, faults, earliest
    )


@needs(Right.TRIAGE)
def raise_objection(
    records: Records, act: Act, case_id: int, no: int, *, text: str, happened_on: date | None = None, person: str = ""
) -> Case:
    """Record that whoever signed for it holds that it went to the wrong unit (信访工作条例 art. 23), and why.

    Later than the days of the law it is refused, with the last day.
    """
    case = records.cases.get(case_id)
    faults = Faults()
    faults.check(text.strip(), "请写明异议的理由。", "step_text")
    referral = find_referral(case, no)
    return _record(records, act, case, referral, ReferralStepKind.OBJECTED, happened_on, person, text, faults)


@needs(Right.TRIAGE)
def answer_objection(
    records: Records,
    act: Act,
    case_id: int,
    no: int,
    *,
    upheld: bool,
    text: str,
    happened_on: date | None = None,
) -> Case:
    """Record whether the objection is right. One that is gives the matter back: the desk decides it anew."""
    case = records.cases.get(case_id)
    referral = find_referral(case, no)
    faults = Faults()
    faults.check(upheld or text.strip(), "异议不成立的，请写明理由。", "step_text")
    kind = ReferralStepKind.OBJECTION_UPHELD if upheld else ReferralStepKind.OBJECTION_REJECTED
    _record(records, act, case, referral, kind, happened_on, "", text, faults)
    if upheld:
        _add(referral, act, ReferralStepKind.RETURNED, happened_on or act.today, "", "异议成立")
        _note_step(case, act, referral)
        records.flush()
    return case


@needs(Right.TRIAGE, Right.MEDIATE)
def feed_back(
    records: Records,
    act: Act,
    case_id: int,
    no: int,
    *,
    text: str = "",
    happened_on: date | None = None,
    person: str = "",
) -> Case:
    """Record what came of it: what the unit answered, or what this centre answered the unit.

    A matter that came to be mediated is answered with how mediation ended; words may be added to that.
    """
    case = records.cases.get(case_id)
    referral = find_referral(case, no)
    told = _result(case) if referral.direction is Direction.IN and referral.kind in MEDIATED else ""
    words = "：".join(filter(None, (told, text.strip())))
    faults = Faults()
    faults.check(words, "请写明办理结果。", "step_text")
    return _record(records, act, case, referral, ReferralStepKind.FED_BACK, happened_on, person, words, faults)


@needs(Right.TRIAGE)
def send_back(
    records: Records, act: Act, case_id: int, no: int, *, text: str, happened_on: date | None = None, person: str = ""
) -> Case:
    """Record that it was given back to whoever had sent it; one that went out the desk decides anew."""
    case = records.cases.get(case_id)
    faults = Faults()
    faults.check(text.strip(), "请写明退回的原因。", "step_text")
    referral = find_referral(case, no)
    return _record(records, act, case, referral, ReferralStepKind.RETURNED, happened_on, person, text, faults)


@needs(Right.TRIAGE)
def recall(
    records: Records,
    act: Act,
    case_id: int,
    no: int,
    *,
    text: str,
    unit_is_gone: bool = False,
    happened_on: date | None = None,
) -> Case:
    """Record that whoever had sent it took it back.

    `unit_is_gone`: because the unit was dissolved or renamed; `text` then says what came of it, and nothing goes there
    by mistake any more.
    """
    case = records.cases.get(case_id)
    referral = find_referral(case, no)
    faults = Faults()
    faults.check(text.strip(), "请写明撤回的原因。", "step_text")
    faults.check(
        not unit_is_gone or referral.direction is Direction.OUT,
        "只有转出的事项才登记接收单位撤销或者更名。",
        "unit_is_gone",
    )
    words = f"{UNIT_IS_GONE}：{text.strip()}" if unit_is_gone else text
    return _record(records, act, case, referral, ReferralStepKind.RECALLED, happened_on, "", words, faults)


def find_referral(case: Case, no: int) -> Referral:
    found = next((each for each in case.referrals if each.no == no), None)
    refuse_unless(found, "找不到这次往来，可能已被改动。请刷新案件。")
    assert found is not None
    return found


def _record(
    records: Records,
    act: Act,
    case: Case,
    referral: Referral,
    kind: ReferralStepKind,
    happened_on: date | None,
    person: str,
    text: str,
    faults: Faults,
    earliest: date | None = None,
) -> Case:
    day = happened_on or act.today
    order = Faults()
    for sentence in referral_step_faults(case, referral, kind, day, act.rules):
        order.add(sentence, "happened_on" if kind is ReferralStepKind.OBJECTED else "")
    order.refuse_if_any()
    begun = earliest or max([referral.sent_on, *(each.happened_on for each in referral.steps)])
    faults.check(begun <= day <= act.today, f"日期应在{begun:%Y-%m-%d}以后、不晚于今天。", "happened_on")
    faults.refuse_if_any()
    _add(referral, act, kind, day, person.strip(), text.strip())
    _note_step(case, act, referral)
    records.flush()
    return case


def _add(referral: Referral, act: Act, kind: ReferralStepKind, day: date, person: str, text: str) -> None:
    referral.steps.append(
        ReferralStep(kind=kind, happened_on=day, person=person, text=text, by_id=act.by_id, recorded_at=act.at)
    )


def _note_step(case: Case, act: Act, referral: Referral) -> None:
    step = referral.steps[-1]
    said = "，".join(filter(None, (step.person, step.text)))
    note(case, act, EventKind.REFERRED, step.happened_on, f"{_called(referral)}：{step.kind.label} {said}".rstrip())


def _next_no(case: Case) -> int:
    return max((each.no for each in case.referrals), default=0) + 1


def _called(referral: Referral) -> str:
    return f"第{referral.no}号 {referral.kind.label} {referral.unit}"


def _until(due_on: date | None) -> str:
    return f"，{due_on:%Y-%m-%d}前反馈" if due_on else ""


def _is_same(referral: Referral, unit: str, document_no: str) -> bool:
    is_open_in = referral.direction is Direction.IN and referral.is_open
    return is_open_in and (referral.unit, referral.document_no) == (unit, document_no)


def _agrees(act: Act, known: str, source: str) -> bool:
    """Whether the source that is registered is this one, or a more general one, or none."""
    table = act.rules.table("case_source")
    while source and source != known and source in table:
        source = table[source].parent
    return not known or source == known


def _result(case: Case) -> str:
    """How it ended here: by mediation, or by the decision not to take it."""
    if case.outcome is not None:
        return case.outcome.kind.label
    return case.decision.kind.label if case.decision else ""
