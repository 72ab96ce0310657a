"""Judicial confirmation as it goes: what the parties want, what they asked a court, what the court answered."""

from datetime import date

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.confirmation import Confirmation, confirmation_of, why_not, why_too_late
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.agreements import find_agreement
from mediation_desk.store.records import Records

_WITH_A_COURT = (ConfirmationState.APPLIED, ConfirmationState.ACCEPTED)
_WITH_A_REASON = {
    ConfirmationState.DISMISSED: "请写明法院驳回的理由。",
    ConfirmationState.WITHDRAWN: "请写明撤回申请的原因。",
}


@needs(Right.FOLLOW_UP)
def record_confirmation(
    records: Records,
    act: Act,
    case_id: int,
    agreement_no: int,
    state: ConfirmationState,
    *,
    happened_on: date,
    court: str = "",
    court_number: str = "",
    text: str = "",
) -> Case:
    """Record a step of judicial confirmation (人民调解法 art. 33, 民事诉讼法 art. 205 and 206).

    `court_number` is the court's own, as the court writes it. An application is of the day it was made, which may be
    recorded later; one after the last day is refused.
    """
    case = records.cases.get(case_id)
    confirmation = _find(case, act, agreement_no)
    effective_on = confirmation.agreement.effective_on
    assert effective_on is not None
    last = confirmation.steps[-1] if confirmation.steps else None
    recorded = last.state if last else None
    faults = Faults()
    refusal = why_not(recorded, state)
    faults.check(not refusal, refusal, "confirmation_state")
    faults.check(happened_on <= act.today, "日期不能晚于今天。", "happened_on")
    faults.check(happened_on >= effective_on, "日期早于协议生效日，请核对。", "happened_on")
    faults.check(last is None or happened_on >= last.happened_on, "日期早于上一步，请核对。", "happened_on")
    if not refusal:
        late = why_too_late(happened_on, confirmation.last_day, state)
        faults.check(not late, late, "happened_on")
    named = court.strip() or confirmation.court
    faults.check(named or state not in _WITH_A_COURT, "请写明是哪个人民法院。", "court")
    faults.check(text.strip() or state not in _WITH_A_REASON, _WITH_A_REASON.get(state, ""), "confirmation_text")
    faults.refuse_if_any()
    case.confirmation_steps.append(
        ConfirmationStep(
            agreement_no=agreement_no,
            state=state,
            happened_on=happened_on,
            court=court.strip() or (named if state in _WITH_A_COURT else ""),
            court_number=clean_digits(court_number).strip(),
            text=text.strip(),
            by_id=act.by_id,
            recorded_at=act.at,
        )
    )
    said = (confirmation.agreement.number, state.label, court.strip(), court_number.strip(), text.strip())
    note(case, act, EventKind.CONFIRMATION, happened_on, " ".join(filter(None, said)))
    records.flush()
    return case


@needs(Right.FOLLOW_UP)
def take_back_confirmation(records: Records, act: Act, case_id: int, agreement_no: int, *, reason: str) -> Case:
    """Take back the last step, which was recorded by mistake. The timeline keeps what it was, and why it went."""
    case = records.cases.get(case_id)
    confirmation = _find(case, act, agreement_no)
    refuse_unless(confirmation.steps, "还没有登记司法确认的进展，没有可以撤回的。")
    refuse_unless(reason.strip(), "请写明撤回的原因。", "take_back_reason")
    last = confirmation.steps[-1]
    case.confirmation_steps.remove(last)
    said = f"{confirmation.agreement.number} 撤回登记“{last.state.label}”：{reason.strip()}"
    note(case, act, EventKind.CONFIRMATION, act.today, said)
    records.flush()
    return case


def _find(case: Case, act: Act, agreement_no: int) -> Confirmation:
    agreement = find_agreement(case, agreement_no)
    refuse_unless(
        agreement.form is AgreementForm.WRITTEN, "口头协议没有协议书，不能申请司法确认；各方愿意的，先订立书面协议。"
    )
    refuse_unless(agreement.effective_on, "协议还没有生效，不能登记司法确认；签名盖章齐全之日起生效。")
    found = confirmation_of(case, agreement, act.rules, act.today)
    assert found is not None
    return found
