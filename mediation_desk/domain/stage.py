"""The stage of a case, read off its facts by one function. Nothing else decides or writes a stage."""

from mediation_desk.domain.case import Case, DecisionKind, EventKind, OutcomeKind
from mediation_desk.domain.labelled import Labelled


class Stage(Labelled):
    REGISTERED = "registered", "已登记"
    TRIAGED = "triaged", "已分流"
    ACCEPTED = "accepted", "已受理"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    HANDED_OVER = "handed_over", "已转办"
    ASSIGNED = "assigned", "已指派"
    IN_MEDIATION = "in_mediation", "调解中"
    AGREED_IN_WRITING = "agreed_in_writing", "已达成书面协议"
    AGREED_ORALLY = "agreed_orally", "已达成口头协议"
    FAILED = "failed", "调解不成"
    TERMINATED = "terminated", "已终止"
    WITHDRAWN = "withdrawn", "已撤回"
    PERFORMING = "performing", "履行中"
    CLOSED = "closed", "已结案"
    MERGED = "merged", "已并入"


OPEN_STAGES = frozenset(Stage) - {Stage.NOT_ACCEPTED, Stage.HANDED_OVER, Stage.CLOSED, Stage.MERGED}
"""Stages in which the desk still has something to do."""

_BY_OUTCOME = {
    OutcomeKind.WRITTEN: Stage.AGREED_IN_WRITING,
    OutcomeKind.ORAL: Stage.AGREED_ORALLY,
    OutcomeKind.FAILED: Stage.FAILED,
    OutcomeKind.TERMINATED: Stage.TERMINATED,
    OutcomeKind.WITHDRAWN: Stage.WITHDRAWN,
}
_BY_DECISION = {
    DecisionKind.NOT_ACCEPTED: Stage.NOT_ACCEPTED,
    DecisionKind.HANDED_OVER: Stage.HANDED_OVER,
}


def stage_of(case: Case) -> Stage:
    """Where the case stands, from its facts alone; the furthest fact counts."""
    if case.merged_into is not None:
        return Stage.MERGED
    if case.closing:
        return Stage.CLOSED
    decision, outcome = case.decision, case.outcome
    if outcome:
        return Stage.PERFORMING if case.is_agreed and case.effective_agreements else _BY_OUTCOME[outcome.kind]
    if decision is None:
        return Stage.TRIAGED if case.triage else Stage.REGISTERED
    if decision.kind is DecisionKind.HANDED_OVER and case.is_back:
        return Stage.TRIAGED
    if decision.kind is not DecisionKind.ACCEPTED:
        return _BY_DECISION[decision.kind]
    if case.sessions and not case.is_decided_since(EventKind.SESSION):
        return Stage.IN_MEDIATION
    return Stage.ASSIGNED if case.active_assignments else Stage.ACCEPTED


def restage(case: Case) -> None:
    """Store what follows from the facts and lists ask for. Services call this after every fact they add."""
    case.stage = stage_of(case).value
    for agreement in case.agreements:
        agreement.effect_day = agreement.effective_on
