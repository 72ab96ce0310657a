"""Who could mediate a case, the likeliest first: who is here now, who knows such matters, who has fewest cases."""

from datetime import datetime
from typing import NamedTuple

from mediation_desk.domain.case import Case
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records


class Candidate(NamedTuple):
    """A mediator as the clerk weighs him. `may_preside` is a valid appointment of the committee of the case today."""

    mediator: Mediator
    is_here: bool
    knows_such_matters: bool
    may_preside: bool
    open_cases: int


def candidates(records: Records, act: Act, case: Case) -> list[Candidate]:
    """Everybody of the directory who is not yet in the case, the likeliest first."""
    busy = records.mediators.open_cases()
    taken = {each.mediator_id for each in case.active_assignments}
    found = [
        _candidate(each, act.at, case, act.rules, busy.get(each.id or 0, 0))
        for each in records.mediators.all()
        if each.id not in taken and each.is_active(act.today)
    ]
    return sorted(found, key=lambda each: (not each.is_here, not each.knows_such_matters, each.open_cases))


def _candidate(mediator: Mediator, now: datetime, case: Case, rules: Rules, open_cases: int) -> Candidate:
    return Candidate(
        mediator,
        mediator.is_here(now),
        knows_such_matters(mediator, case.dispute_kind, rules),
        mediator.may_preside(now.date(), case.committee_id),
        open_cases,
    )


def knows_such_matters(mediator: Mediator, dispute_kind: str, rules: Rules) -> bool:
    """Whether a speciality is this kind of dispute or the kind above it."""
    table = rules.table("dispute_kind")
    kinds = {dispute_kind, table[dispute_kind].parent} - {""} if dispute_kind in table else set()
    return bool(kinds.intersection(mediator.specialities))
