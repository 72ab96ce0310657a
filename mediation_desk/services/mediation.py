"""What happens in the mediation room: sessions, confidential notes, and how it ended."""

from datetime import date

from mediation_desk.domain.case import AGREED, Case, ConfidentialNote, EventKind, Outcome, OutcomeKind, Session
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.domain.willingness import refuse_unless_willing
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records


@needs(Right.MEDIATE)
def record_session(records: Records, act: Act, case_id: int, session: Session) -> Case:
    """Add a session record (D07). Several a case, also after an agreement and after closing (then marked late).

    Refused unless the case was accepted and those present have agreed to mediation (人民调解法 art. 17). The service
    numbers the session and notes who recorded it when.
    """
    case = records.cases.get(case_id)
    accepted_on = min((each.decided_on for each in case.decisions if each.committee_id), default=None)
    refuse_unless(accepted_on, "案件还没有受理，不能登记调解。")
    assert accepted_on is not None
    refuse_unless_willing(case, session.present_nos)
    faults = Faults()
    faults.check(session.held_on <= act.today, "调解日期不能晚于今天。", "held_on")
    faults.check(session.held_on >= accepted_on, f"调解日期早于受理日期（{accepted_on:%Y-%m-%d}），请核对。", "held_on")
    if session.began and session.ended:
        faults.check(session.began <= session.ended, "结束时间早于开始时间。", "ended")
    faults.check(session.place.strip(), "请填写调解地点。", "place")
    faults.check(session.record.strip(), "请写调解记录。", "record")
    faults.check(session.mediator_ids, "请选择主持或参加的调解员。", "session_mediators")
    faults.check(session.present_nos, "请勾选到场的当事人。", "present_parties")
    faults.check(all(case.party(no) for no in session.present_nos), "到场当事人不在本案中。", "present_parties")
    assigned = {each.mediator_id for each in case.assignments}
    faults.check(set(session.mediator_ids) <= assigned, "有调解员没有被指派到本案，请先指派。", "session_mediators")
    faults.check(
        not session.participants.strip() or session.participants_agreed,
        "邀请他人参加须经当事人同意（人民调解法第二十条），请确认。",
        "participants_agreed",
    )
    faults.refuse_if_any()
    session.no = max((each.no for each in case.sessions), default=0) + 1
    session.by_id, session.recorded_at = act.by_id, act.at
    case.sessions.append(session)
    note(case, act, EventKind.SESSION, session.held_on, f"第{session.no}次，{session.result.label}")
    records.flush()
    return case


@needs(Right.MEDIATE)
def confidential_notes(records: Records, _act: Act, case_id: int) -> list[ConfidentialNote]:
    """What mediators noted for themselves alone (人民调解法 art. 15); never for a paper or an export."""
    return records.cases.notes(case_id)


@needs(Right.MEDIATE)
def add_confidential_note(
    records: Records, act: Act, case_id: int, text: str, session_no: int | None = None
) -> ConfidentialNote:
    """Keep a note that no paper and no export ever shows (人民调解法 art. 15). It leaves no line in the timeline."""
    refuse_unless(text.strip(), "请填写内容。", "confidential_note")
    records.cases.get(case_id)
    kept = ConfidentialNote(
        centre_id=act.centre_id,
        case_id=case_id,
        session_no=session_no,
        text=text,
        by_id=act.by_id,
        recorded_at=act.at,
    )
    records.cases.add_note(kept)
    records.flush()
    return kept


@needs(Right.MEDIATE)
def record_outcome(
    records: Records,
    act: Act,
    case_id: int,
    kind: OutcomeKind,
    *,
    ended_on: date | None = None,
    reason_code: str = "",
    reason: str = "",
) -> Case:
    """Record how mediation ended. Failure and termination need a reason code (人民调解法 art. 26)."""
    case = records.cases.get(case_id)
    day = ended_on or act.today
    refuse_unless(case.is_accepted, "案件还没有受理，不能登记调解结果。")
    assert case.decision is not None
    faults = Faults()
    faults.check(day <= act.today, "日期不能晚于今天。", "ended_on")
    faults.check(day >= case.decision.decided_on, "日期早于受理日期，请核对。", "ended_on")
    faults.check(not case.was_closed_before(day), "案件已结案；结案后又调解的，请先重新办理。", "ended_on")
    faults.check(kind not in AGREED or case.sessions, "还没有调解记录，不能登记达成协议。", "outcome_kind")
    faults.check(not case.effective_agreements, "已有生效的协议，调解结果不能再改。", "outcome_kind")
    needs_code = kind in (OutcomeKind.FAILED, OutcomeKind.TERMINATED)
    faults.check(
        not needs_code or reason_code in act.rules.table("termination_reason"), "请选择原因。", "termination_reason"
    )
    faults.refuse_if_any()
    case.outcomes.append(
        Outcome(kind=kind, ended_on=day, reason_code=reason_code, reason=reason, by_id=act.by_id, recorded_at=act.at)
    )
    detail = act.rules.table("termination_reason").label(reason_code) if reason_code else ""
    note(case, act, EventKind.OUTCOME, day, f"{kind.label} {detail}".strip())
    records.flush()
    return case
