"""Whom a case waits for, read off its facts: of a whole case, or of the few facts that a list knows."""

from collections.abc import Mapping
from typing import NamedTuple

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.referral import Direction
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.willingness import still_to_answer

MEDIATION_PATH = "M1"


class Waiting(Labelled):
    """Whose turn it is."""

    DECISION = "decision", "中心决定"
    ANSWER = "answer", "当事人表态"
    ASSIGNMENT = "assignment", "指派调解员"
    MEDIATOR = "mediator", "调解员"
    STOPPED = "stopped", "停计事由消除"
    SIGNATURES = "signatures", "签署协议"
    PERFORMANCE = "performance", "当事人履行"
    FOLLOW_UP = "follow_up", "中心回访"
    CLOSING = "closing", "中心结案"
    OTHER_UNIT = "other_unit", "其他单位"
    NOBODY = "nobody", "不等谁"


class Standing(NamedTuple):
    """What whose turn it is follows from.

    `answers` are the last ones of the parties, by number; `takes_other_way` where the matter is not for mediation;
    `is_stopped` while the time limit of mediation stands still; `is_signing` when an agreement is frozen and not in
    effect; `owes` and `visits` where something is still to be performed or to be looked after; `is_out` when another
    unit has it.
    """

    stage: Stage
    sides: Mapping[int, str] = {}
    answers: Mapping[int, Answer] = {}
    takes_other_way: bool = False
    is_assigned: bool = False
    is_stopped: bool = False
    is_signing: bool = False
    owes: bool = False
    visits: bool = False
    is_out: bool = False


def waiting(standing: Standing) -> Waiting:
    """Whose turn it is."""
    match standing.stage:
        case Stage.REGISTERED | Stage.TRIAGED:
            return _before_decision(standing)
        case Stage.ACCEPTED | Stage.ASSIGNED | Stage.IN_MEDIATION:
            return _in_mediation(standing)
        case Stage.AGREED_IN_WRITING | Stage.AGREED_ORALLY:
            return Waiting.SIGNATURES if standing.is_signing else Waiting.MEDIATOR
        case Stage.PERFORMING if standing.owes:
            return Waiting.PERFORMANCE
        case Stage.PERFORMING if standing.visits:
            return Waiting.FOLLOW_UP
        case Stage.PERFORMING | Stage.FAILED | Stage.TERMINATED | Stage.WITHDRAWN:
            return Waiting.CLOSING
        case Stage.HANDED_OVER if standing.is_out:
            return Waiting.OTHER_UNIT
    return Waiting.NOBODY


def _before_decision(standing: Standing) -> Waiting:
    if standing.takes_other_way or Answer.REFUSES in standing.answers.values():
        return Waiting.DECISION
    return Waiting.ANSWER if still_to_answer(standing.sides, standing.answers) else Waiting.DECISION


def _in_mediation(standing: Standing) -> Waiting:
    if standing.is_stopped:
        return Waiting.STOPPED
    if not standing.is_assigned:
        return Waiting.ASSIGNMENT
    if Answer.REFUSES in standing.answers.values():
        return Waiting.MEDIATOR
    return Waiting.ANSWER if still_to_answer(standing.sides, standing.answers) else Waiting.MEDIATOR


def waiting_for(case: Case) -> Waiting:
    """Whose turn it is in a whole case."""
    current = [agreement for agreement in case.agreements if agreement.withdrawn_at is None]
    out = [each for each in case.referrals if each.direction is Direction.OUT]
    obligations = [each for agreement in case.effective_agreements for each in agreement.obligations]
    return waiting(
        Standing(
            stage=stage_of(case),
            sides={party.no: party.side for party in case.parties},
            answers={each.party_no: each.answer for each in case.willingness},
            takes_other_way=case.triage is not None and case.triage.path != MEDIATION_PATH,
            is_assigned=bool(case.active_assignments),
            is_stopped=any(each.clock is ClockKind.MEDIATION and each.until is None for each in case.clock_stops),
            is_signing=any(not each.is_draft and each.effective_on is None for each in current),
            owes=any(not each.is_done and each.waived_on is None for each in obligations),
            visits=any(each.done_on is None for each in case.follow_ups),
            is_out=any(each.is_open for each in out),
        )
    )
