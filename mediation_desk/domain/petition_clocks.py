"""The time limits of a petition item: until its sender is told in writing, and until it is finished.

信访工作条例 art. 23 and 34. Whether the second one stands still during mediation no national rule says: it runs on,
and mediation has to end some working days before it (访调对接).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.petition import Petition, PetitionStepKind
from mediation_desk.domain.procedure_clock import Clock, running
from mediation_desk.domain.rules import Period, Rules
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import add_working_days

HANDLING_PERIOD = "handling_period"
"""What a code of `petition_kind` calls the time limit of finishing an item of that kind."""

_NOTICE = "T21"
_LEAD = "petition_mediation_lead_days"
_TELLS = frozenset({PetitionStepKind.NOTICE, PetitionStepKind.OPINION, PetitionStepKind.FINISHED})
"""An answer in writing tells the sender too that somebody took the matter."""


class StepTaken(NamedTuple):
    """A step of a petition item: on which day it was taken, and when it was recorded."""

    kind: PetitionStepKind
    day: date
    recorded_at: datetime


class Handling(NamedTuple):
    """The handling of an item, from the notice that it was accepted, or from the day a finished item came back.

    `begun_at` is when it was recorded that it came back, None where it never did.
    """

    since: date
    begun_at: datetime | None
    finished: StepTaken | None


class PetitionFacts(NamedTuple):
    """What the time limits of a petition item follow from. `path` is that of the last triage, "" before the first."""

    kind: str
    path: str
    received_on: date
    contact_clear: bool
    steps: Sequence[StepTaken]

    @property
    def handling(self) -> Handling | None:
        """As it goes on now; None before the sender was told."""
        found: Handling | None = None
        for step in self.steps:
            if found is None and step.kind is PetitionStepKind.NOTICE:
                found = Handling(step.day, None, None)
            elif found is not None and step.kind is PetitionStepKind.FINISHED:
                found = found._replace(finished=step)
            elif found is not None and found.finished and step.kind is PetitionStepKind.RETURNED:
                found = Handling(step.day, step.recorded_at, None)
        return found


def facts_of(petition: Petition, path: str) -> PetitionFacts:
    steps = [StepTaken(each.kind, each.happened_on, each.recorded_at) for each in petition.steps]
    return PetitionFacts(petition.kind, path, petition.received_on, petition.contact_clear, steps)


def petition_clocks(
    rules: Rules, facts: PetitionFacts, *, stops: tuple[Stop, ...] = (), further: int = 0
) -> list[Clock]:
    """The time limits that run: none for telling a sender whose name or address is unclear (art. 23).

    `stops` and `further` are of the time limit of finishing.
    """
    found = []
    if facts.contact_clear:
        told = next((step for step in facts.steps if step.kind in _TELLS), None)
        period = rules.period(_NOTICE, facts.received_on)
        found.append(_clock(ClockKind.PETITION_NOTICE, rules, period, facts.received_on, told))
    handling = facts.handling
    limit = _handling_period(rules, facts, handling.since) if handling else None
    if handling and limit:
        found.append(_clock(ClockKind.PETITION, rules, limit, handling.since, handling.finished, stops, further))
    return found


def latest_mediation_day(rules: Rules, petition: Clock) -> date | None:
    """Until when mediation of a petition item has to end, so that it can still be finished in time.

    None while nobody can say when that is.
    """
    if petition.ends_on is None:
        return None
    return add_working_days(petition.ends_on, -rules.setting(_LEAD, petition.started_on), rules.holidays)


def lead_in_words(rules: Rules, petition: Clock) -> str:
    """Until when mediation has to end, and why: what a mediator should see beside the time limit of mediation."""
    latest = latest_mediation_day(rules, petition)
    if latest is None:
        return ""
    days = rules.setting(_LEAD, petition.started_on)
    unsure = "" if rules.holidays.knows(latest) else "（未确认）"
    return (
        f"提示：这是信访事项，应于{show_day(petition.ends_on)}前办结；调解最好在{show_day(latest)}{unsure}前结束"
        f"（早{days}个工作日，可在设置中改；信访期限在调解期间照常计算）。"
    )


def _handling_period(rules: Rules, facts: PetitionFacts, since: date) -> Period | None:
    """None for a kind, or on a way, for which the law has another time limit or none."""
    named = rules.table("petition_kind").inherited(facts.kind, HANDLING_PERIOD)
    if not named:
        return None
    period = rules.period(named, since)
    return None if period.paths and facts.path and facts.path not in period.paths else period


def _clock(
    kind: ClockKind,
    rules: Rules,
    period: Period,
    since: date,
    ended: StepTaken | None,
    stops: tuple[Stop, ...] = (),
    further: int = 0,
) -> Clock:
    met_by, met_on = (ended.kind.label, ended.day) if ended else ("", None)
    return running(kind, rules, period, since, stops=stops, further=further, met_on=met_on, met_by=met_by)
