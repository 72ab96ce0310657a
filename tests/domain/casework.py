"""Cases for tests of what follows from their facts, made without a desk."""

from datetime import date, datetime, time
from typing import Any

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.agreement import Agreement, Obligation, Signature, SignerRole
from mediation_desk.domain.case import Case, CaseEvent, Closing, Decision, DecisionKind, EventKind, Outcome, OutcomeKind
from mediation_desk.domain.petition import Petition, PetitionStep, PetitionStepKind
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStep, ReferralStepKind
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension


def recorded(day: date) -> dict[str, Any]:
    """On that day at nine."""
    return {"by_id": 1, "recorded_at": datetime.combine(day, time(9))}


def a_case(requested_on: date, **facts: Any) -> Case:
    told: dict[str, Any] = {
        "uid": "case",
        "centre_id": 1,
        "requested_on": requested_on,
        "registered_at": datetime.combine(requested_on, time(9)),
        "first_contact_id": 1,
        "matter": "漏水",
        "demand": "赔偿",
    }
    return Case(**told | facts)


def decide(case: Case, day: date, kind: DecisionKind = DecisionKind.ACCEPTED) -> None:
    case.decisions.append(Decision(kind=kind, decided_on=day, **recorded(day)))
    case.events.append(CaseEvent(kind=EventKind.DECIDED, happened_on=day, **recorded(day)))


def end(case: Case, day: date, kind: OutcomeKind = OutcomeKind.FAILED) -> None:
    case.outcomes.append(Outcome(kind=kind, ended_on=day, **recorded(day)))
    case.events.append(CaseEvent(kind=EventKind.OUTCOME, happened_on=day, **recorded(day)))


def close(case: Case, day: date) -> None:
    case.closings.append(Closing(closed_on=day, **recorded(day)))


def stop(
    case: Case,
    since: date,
    until: date | None,
    *,
    clock: ClockKind = ClockKind.MEDIATION,
    reason_code: str = "appraisal",
    reason: str = "",
) -> None:
    case.clock_stops.append(
        ClockStop(clock=clock, reason_code=reason_code, reason=reason, since=since, until=until, **recorded(since))
    )


def extend(case: Case, days: int, approved_on: date, clock: ClockKind = ClockKind.MEDIATION) -> None:
    case.extensions.append(
        Extension(
            clock=clock,
            days=days,
            approved_on=approved_on,
            approved_by="示例负责人",
            reason="案情复杂",
            **recorded(approved_on),
        )
    )


def petition(received_on: date, *steps: tuple[PetitionStepKind, date], **facts: Any) -> Petition:
    taken = [PetitionStep(kind=kind, happened_on=day, **recorded(day)) for kind, day in steps]
    told: dict[str, Any] = {
        "kind": "redress_claim",
        "received_on": received_on,
        "steps": taken,
        **recorded(received_on),
    }
    return Petition(**told | facts)


def referral(sent_on: date, *steps: tuple[ReferralStepKind, date], **facts: Any) -> Referral:
    taken = [ReferralStep(kind=kind, happened_on=day, **recorded(day)) for kind, day in steps]
    told: dict[str, Any] = {"no": 1, "direction": Direction.OUT, "kind": ReferralKind.FORWARD, "unit": "示例住建委"}
    return Referral(**told | {"sent_on": sent_on, "steps": taken, **recorded(sent_on)} | facts)


def order(issued_on: date, due_on: date, **facts: Any) -> SupervisionOrder:
    told: dict[str, Any] = {"no": 1, "unit": "示例所", "fault_code": "overdue", "demand": "说明"}
    return SupervisionOrder(**told | {"issued_on": issued_on, "due_on": due_on, **recorded(issued_on)} | facts)


def in_effect(day: date, *obligations: Obligation, **facts: Any) -> Agreement:
    """A written agreement with the marks of a mediator and of the committee, all of that day."""
    marks = [
        Signature(role=role, mediator_id=mediator_id, signed_on=day, **recorded(day))
        for role, mediator_id in ((SignerRole.MEDIATOR, 1), (SignerRole.SEAL, None))
    ]
    told: dict[str, Any] = {
        "no": 1,
        "number": "示调字第1号",
        "made_on": day,
        "obligations": [*obligations],
        "signatures": marks,
    }
    frozen_at = datetime.combine(day, time(9))
    return Agreement(**told | {"frozen_at": frozen_at, "mediator_ids": [1]} | facts)


def confirmation(case: Case, *steps: tuple[ConfirmationState, date], agreement_no: int = 1) -> None:
    case.confirmation_steps += [
        ConfirmationStep(agreement_no=agreement_no, state=state, happened_on=day, **recorded(day))
        for state, day in steps
    ]
