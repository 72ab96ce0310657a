"""Which cases a list shows that is narrowed to a time limit, or to whom they wait for: asked once, not at each key."""

from enum import StrEnum

from mediation_desk.domain.waiting import Waiting, waiting
from mediation_desk.services.act import Act
from mediation_desk.services.today import DueKind, Grade, every_due
from mediation_desk.store.records import Records

LIMITS = frozenset({DueKind.DECISION, DueKind.MEDIATION})
"""The time limits of the desk itself; whatever else is due is something to be done in a case."""


class DueIn(StrEnum):
    """How soon."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


_GRADES = {
    DueIn.LATE: {Grade.LATE},
    DueIn.TODAY: {Grade.TODAY},
    DueIn.WEEK: {Grade.TODAY, Grade.SOON, Grade.WEEK},
}


def cases_due(records: Records, act: Act, due_in: DueIn, *, of_limits: bool) -> frozenset[int]:
    """The cases in which a time limit of the desk, or something else, is late, due today or within the week."""
    grades = _GRADES[due_in]
    return frozenset(
        due.case_id for due in every_due(records, act) if due.grade in grades and (due.kind in LIMITS) is of_limits
    )


def cases_waiting(records: Records, _act: Act, whom: Waiting) -> frozenset[int]:
    """The cases in which it is their turn; of those for which nothing is left to do, none."""
    standings = records.waiting.standings().items()
    return frozenset(case_id for case_id, standing in standings if waiting(standing) is whom)
