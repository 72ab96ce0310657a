"""Who acts, when, for which centre, and under which rules: what every service is told besides its own subject."""

from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.case import Case, CaseEvent, EventKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import restage


@dataclass(frozen=True, kw_only=True)
class Act:
    """One doing of one user. `at` is wall time of the desk, without zone."""

    centre_id: int
    by_id: int
    at: datetime
    rules: Rules

    @property
    def today(self) -> date:
        return self.at.date()


def note(case: Case, act: Act, kind: EventKind, happened_on: date, text: str = "") -> None:
    """Add a line to the timeline of the case and let its stage follow. Every service that adds a fact ends here."""
    case.events.append(CaseEvent(kind=kind, happened_on=happened_on, text=text, by_id=act.by_id, recorded_at=act.at))
    restage(case)
