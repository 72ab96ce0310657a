"""Petition items as the indicators see them, read off the facts of their cases."""

from collections.abc import Iterator
from datetime import date, timedelta

from mediation_desk.domain.case import Case, DecisionKind
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.day_count import count
from mediation_desk.domain.indicators import More, PetitionItem
from mediation_desk.domain.path_aid import MEDIATION_PATH
from mediation_desk.domain.petition import Petition, PetitionStepKind
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.referral import Direction, ReferralKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import period_end
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records

LOOKED_BACK = timedelta(days=3 * 365)
"""So long before a period an item may have come whose time limit ends in it, with all that may lengthen it."""

_HANDLED = "T21"
_TELLS = (PetitionStepKind.NOTICE, PetitionStepKind.OPINION, PetitionStepKind.FINISHED)
_SENT_ON = (ReferralKind.FORWARD, ReferralKind.ASSIGNED_TASK, ReferralKind.HAND_OVER)


@needs(Right.FIGURES)
def petition_items(records: Records, act: Act, span: Span) -> Iterator[PetitionItem]:
    """Every item that may count in the period; merged cases are left out."""
    ids = records.indicators.petitioned(span.first - LOOKED_BACK, span.last)
    for case in records.cases.whole(ids):
        if case.petition is not None:
            yield item_of(case, case.petition, act.rules)


def item_of(case: Case, petition: Petition, rules: Rules) -> PetitionItem:
    """What K1 to K4 ask of one item (信访工作条例 art. 22, 23, 31 and 34)."""
    assert case.id is not None
    period = rules.period(_HANDLED, petition.received_on)
    finishing = next((each for each in clocks_of(case, rules) if each.kind is ClockKind.PETITION), None)
    finish_by, more_time = time_of(case, finishing, rules) if finishing else (None, ())
    return PetitionItem(
        case_id=case.id,
        registered_on=petition.received_on,
        kind=petition.kind,
        domain=petition.domain,
        contact_clear=petition.contact_clear,
        handled_on=_handled_on(case, petition),
        handle_by=period_end(petition.received_on, period, rules.holidays).effective,
        triaged_on=case.triage.decided_on if case.triage else None,
        path=case.triage.path if case.triage else "",
        path_act_on=_path_act_on(case),
        finish_by=finish_by,
        more_time=more_time,
        finished_on=finishing.met_on if finishing else None,
        repeat_seq=2 if any(each.kind is RelationKind.SAME_DISPUTE and each.stands for each in case.relations) else 1,
    )


def time_of(case: Case, clock: Clock, rules: Rules) -> tuple[date | None, tuple[More, ...]]:
    """The last day of a time limit as it first was, and what was added to it, each up to its own new last day.

    What was approved too late adds nothing to what is approved afterwards. None while the clock stands still.
    """

    def end(further: int) -> date | None:
        counted = count(clock.started_on, clock.period, rules.holidays, stops=clock.stops, further=further)
        return counted.end.effective if counted.end else None

    due_on, further, more = end(0), 0, []
    first = due_on
    added = [each for each in case.extensions if each.clock is clock.kind]
    for each in sorted(added, key=lambda extension: extension.approved_on):
        until = end(further + each.days)
        if due_on is not None and until is not None and each.approved_on <= due_on:
            more.append(More(each.approved_on, until))
            due_on, further = until, further + each.days
    return first, tuple(more)


def _handled_on(case: Case, petition: Petition) -> date | None:
    """The first written act: the sender was told, or it was sent to whom it concerns."""
    told = [each.happened_on for each in petition.steps if each.kind in _TELLS]
    sent = [each.sent_on for each in case.referrals if each.direction is Direction.OUT and each.kind in _SENT_ON]
    return min(told + sent, default=None)


def _path_act_on(case: Case) -> date | None:
    """The first thing that was done in the path of the last triage: sent there, handed over, or taken for mediation."""
    triage = case.triage
    if triage is None:
        return None
    acts = [
        each.sent_on for each in case.referrals if each.direction is Direction.OUT and each.path in ("", triage.path)
    ]
    done = DecisionKind.ACCEPTED if triage.path == MEDIATION_PATH else DecisionKind.HANDED_OVER
    acts += [each.decided_on for each in case.decisions if each.kind is done]
    return min((each for each in acts if each >= triage.decided_on), default=None)
