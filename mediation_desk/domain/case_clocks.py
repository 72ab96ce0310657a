"""Every time limit that runs or ran in one case, from its facts alone."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from mediation_desk.domain import agreement_clocks, petition_clocks, unit_clocks
from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import AGREED, Case, Decision, DecisionKind, Outcome
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.procedure_clock import Clock, acceptance_clock, mediation_clock
from mediation_desk.domain.referral import Direction, ReferralStepKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension

_CLOSED = "结案"
_OUTLIVE_CLOSING = (ClockKind.PETITION_NOTICE, ClockKind.PETITION, ClockKind.FEEDBACK, ClockKind.SUPERVISION)
_COMES_BACK = (ReferralStepKind.RETURNED, ReferralStepKind.RECALLED)


def clocks_of(case: Case, rules: Rules) -> list[Clock]:
    """The time limits of the case: its own, those of its petition item, of other units, of its agreements."""
    return [
        *_acceptance(case, rules),
        *_mediation(case, rules),
        *_petition(case, rules),
        *(clock for each in case.referrals for clock in unit_clocks.referral_clocks(rules, unit_clocks.facts_of(each))),
        *(unit_clocks.reply_clock(rules, unit_clocks.order_facts_of(each)) for each in case.supervision_orders),
        *_after_agreements(case, rules),
    ]


def running_clock(case: Case, rules: Rules, kind: ClockKind, no: int = 0) -> Clock | None:
    """The one of that kind that still waits for its end."""
    fitting = (each for each in clocks_of(case, rules) if each.kind is kind and each.no == no and each.is_running)
    return next(fitting, None)


def petition_in_mediation(case: Case, rules: Rules) -> Clock | None:
    """The time limit of finishing a petition item that mediation has just now; None for other cases."""
    in_mediation = case.petition is not None and case.petition.is_in_mediation
    return running_clock(case, rules, ClockKind.PETITION) if in_mediation else None


def open_duties(case: Case, rules: Rules) -> list[Clock]:
    """What somebody still owes an answer to; closing the case does not end it."""
    return [each for each in clocks_of(case, rules) if each.kind in _OUTLIVE_CLOSING and each.is_running]


def open_stop(case: Case, kind: ClockKind) -> ClockStop | None:
    """The stop that has not ended, of the time limit as it runs now."""
    return next((each for each in _own_stops(case, kind) if each.until is None), None)


def suspension(case: Case) -> ClockStop | None:
    """Why and since when mediation is suspended (暂停); None while it goes on, or once it has ended."""
    under_way = case.is_accepted and case.outcome is None and case.closing is None
    return open_stop(case, ClockKind.MEDIATION) if under_way else None


def suspension_in_words(case: Case, rules: Rules) -> str:
    """Such as "已暂停：2026-11-20起，等待对方答复或补充材料"; "" while mediation goes on."""
    stopped = suspension(case)
    if stopped is None:
        return ""
    stop = as_stop(rules, stopped.reason_code, stopped.reason, stopped.since, None)
    return f"已暂停：{show_day(stop.since)}起，{stop.reason}"


def stops_of(case: Case, kind: ClockKind, rules: Rules) -> tuple[Stop, ...]:
    """When that time limit, as it runs now, stood still, and why."""
    return tuple(
        as_stop(rules, each.reason_code, each.reason, each.since, each.until) for each in _own_stops(case, kind)
    )


def as_stop(rules: Rules, reason_code: str, reason: str, since: date, until: date | None) -> Stop:
    told = "：".join(filter(None, (rules.table("clock_stop_reason").label(reason_code), reason)))
    return Stop(since=since, until=until, reason=told)


def extensions_of(case: Case, kind: ClockKind) -> list[Extension]:
    """What was added to that time limit, as it runs now."""
    begun_at = _begun_at(case, kind)
    return [each for each in case.extensions if each.clock is kind and belongs(each.recorded_at, begun_at)]


def further_of(case: Case, kind: ClockKind) -> int:
    """How many days were added to that time limit, as it runs now."""
    return sum(each.days for each in extensions_of(case, kind))


def belongs(recorded_at: datetime, begun_at: datetime | None) -> bool:
    """Whether what was recorded then is about the time limit as it runs now.

    `begun_at` is when it was recorded that it began anew, None where it never did.
    """
    return begun_at is None or recorded_at >= begun_at


def came_back_on(case: Case) -> date | None:
    """The day a matter came back that had been handed over, so that the desk has to decide anew."""
    if not (case.decision and case.decision.kind is DecisionKind.HANDED_OVER and case.is_back):
        return None
    steps = [step for each in case.referrals if each.direction is Direction.OUT for step in each.steps]
    return max(each.happened_on for each in steps if each.kind in _COMES_BACK)


class _Round(NamedTuple):
    """Mediation since the case was last taken up."""

    accepted: Decision
    is_anew: bool
    ended: Outcome | None


def _round(case: Case) -> _Round | None:
    taken_up = [each for each in case.decisions if each.kind is DecisionKind.ACCEPTED]
    if not taken_up:
        return None
    ended = case.outcome if case.is_accepted else next(reversed(case.outcomes), None)
    return _Round(taken_up[-1], len(taken_up) > 1, ended)


def _acceptance(case: Case, rules: Rules) -> Iterator[Clock]:
    first = case.decisions[0] if case.decisions else None
    ended = (first.decided_on, first.kind.label) if first else _closing(case)
    yield acceptance_clock(rules, case.requested_on, *ended)
    back_on = came_back_on(case)
    if back_on:
        yield acceptance_clock(rules, back_on, *_closing(case))


def _mediation(case: Case, rules: Rules) -> Iterator[Clock]:
    taken_up = _round(case)
    if taken_up is None:
        return
    ended_on, ended_by = (taken_up.ended.ended_on, taken_up.ended.kind.label) if taken_up.ended else _closing(case)
    yield mediation_clock(
        rules,
        case_source=case.case_source,
        dispute_kind=case.dispute_kind,
        requested_on=case.requested_on,
        accepted_on=taken_up.accepted.decided_on,
        received_on=_received_on(case),
        is_anew=taken_up.is_anew,
        stops=stops_of(case, ClockKind.MEDIATION, rules),
        further=further_of(case, ClockKind.MEDIATION),
        ended_on=ended_on,
        ended_by=ended_by,
    )
    if taken_up.ended and taken_up.ended.kind not in AGREED:
        yield agreement_clocks.limitation_clock(rules, taken_up.ended.ended_on)


def _received_on(case: Case) -> date | None:
    """The day the papers were signed for with which the matter was referred to the desk."""
    steps = [step for each in case.referrals if each.direction is Direction.IN for step in each.steps]
    return next((each.happened_on for each in steps if each.kind is ReferralStepKind.SIGNED_FOR), None)


def _petition(case: Case, rules: Rules) -> list[Clock]:
    if case.petition is None:
        return []
    facts = petition_clocks.facts_of(case.petition, case.triage.path if case.triage else "")
    kind = ClockKind.PETITION
    stops, further = stops_of(case, kind, rules), further_of(case, kind)
    return petition_clocks.petition_clocks(rules, facts, stops=stops, further=further)


def _after_agreements(case: Case, rules: Rules) -> Iterator[Clock]:
    for agreement in case.agreements:
        effect_day = agreement.effective_on
        if effect_day is None:
            continue
        facts = agreement_clocks.facts_of(agreement, effect_day, case.confirmation_steps)
        if agreement.form is AgreementForm.WRITTEN:
            yield from agreement_clocks.confirmation_clocks(rules, facts)
        claim = agreement_clocks.claim_clock(rules, agreement, facts)
        if claim is not None:
            yield claim


def _own_stops(case: Case, kind: ClockKind) -> Iterator[ClockStop]:
    begun_at = _begun_at(case, kind)
    return (each for each in case.clock_stops if each.clock is kind and belongs(each.recorded_at, begun_at))


def _begun_at(case: Case, kind: ClockKind) -> datetime | None:
    """When it was recorded that mediation, or the handling of a petition item, began anew; None where it did not."""
    if kind is ClockKind.PETITION and case.petition is not None:
        handling = petition_clocks.facts_of(case.petition, "").handling
        return handling.begun_at if handling else None
    taken_up = _round(case) if kind is ClockKind.MEDIATION else None
    return taken_up.accepted.recorded_at if taken_up and taken_up.is_anew else None


def _closing(case: Case) -> tuple[date | None, str]:
    """What ends the desk's own time limits where nothing else did."""
    if case.closing:
        return case.closing.closed_on, _CLOSED
    merged = next((each for each in case.relations if each.stands and each.kind is RelationKind.MERGED), None)
    return (merged.recorded_at.date(), merged.kind.label) if merged else (None, "")
