"""What mediators did before, as light rows: cases given, how mediation ended, and cases with the same parties.

Tables are joined by their whole keys, the centre's included: only so are the indexes of use.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, bindparam, case, func, select, union
from sqlalchemy.orm import Session

from mediation_desk.domain.case import AGREED, OutcomeKind
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import assignments, cases, mediators, outcomes, parties
from mediation_desk.store.sight import seen_of


class Given(NamedTuple):
    """How many cases somebody was given since a day, and when the last one (None: never)."""

    since: int
    last_on: date | None


class Ended(NamedTuple):
    """How many closed cases of one kind somebody had to the end, and in how many the parties agreed."""

    settled: int
    ended: int


class KnownParty(NamedTuple):
    """A party of another case, with what tells whether it is the same person."""

    case_id: int
    name: str
    id_number: str
    phone: str
    uscc: str


class EarlierMediation(NamedTuple):
    """Somebody who had a case; `settled` is None while it has not ended."""

    case_id: int
    number: str
    mediator_id: int
    settled: bool | None


def _of_case(table: Table) -> ColumnElement[bool]:
    return and_(table.c.centre_id == cases.c.centre_id, table.c.case_id == cases.c.id)


_later = outcomes.alias()
_last_outcome = and_(
    _of_case(outcomes),
    outcomes.c.id
    == select(func.max(_later.c.id))
    .where(_later.c.centre_id == cases.c.centre_id, _later.c.case_id == cases.c.id)
    .scalar_subquery(),
)
_settled = case((outcomes.c.kind.in_(list(AGREED)), 1), else_=0)
_known = [parties.c[name] for name in KnownParty._fields]
_elsewhere = and_(parties.c.centre_id == the_centre, parties.c.case_id != bindparam("except_id"))
_of_mediator = and_(assignments.c.centre_id == mediators.c.centre_id, assignments.c.mediator_id == mediators.c.id)

# Put together once: that costs as much as asking.
_GIVEN = select(
    mediators.c.id,
    select(func.count()).where(_of_mediator, assignments.c.assigned_on >= bindparam("since")).scalar_subquery(),
    select(func.max(assignments.c.assigned_on)).where(_of_mediator).scalar_subquery(),
)
_ENDED = (
    select(assignments.c.mediator_id, func.sum(_settled), func.count())
    .select_from(cases)
    .join(outcomes, _last_outcome)
    .join(assignments, and_(_of_case(assignments), assignments.c.ended_on.is_(None)))
    .where(
        cases.c.centre_id == the_centre,
        cases.c.dispute_kind == bindparam("kind"),
        cases.c.stage == Stage.CLOSED.value,
        cases.c.registered_at >= bindparam("since"),
        outcomes.c.kind != OutcomeKind.WITHDRAWN,
    )
    .group_by(assignments.c.mediator_id)
)
_KNOWN_PARTIES = union(
    select(*_known).where(_elsewhere, parties.c.name.in_(bindparam("names", expanding=True))),
    select(*_known).where(_elsewhere, parties.c.id_number.in_(bindparam("id_numbers", expanding=True))),
)
_MEDIATED = (
    select(cases.c.id, cases.c.number, assignments.c.mediator_id, outcomes.c.id, _settled)
    .join(assignments, _of_case(assignments))
    .outerjoin(outcomes, _last_outcome)
    .where(cases.c.centre_id == the_centre, cases.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(cases.c.id.desc(), assignments.c.id)
)


class TrackRecords:
    """Asks what mediators did before; each question is one statement."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def given(self, since: date) -> dict[int, Given]:
        """By mediator, for everybody of the directory."""
        found = self._session.execute(_GIVEN, {"since": since})
        return {mediator_id: Given(number, last_on) for mediator_id, number, last_on in found}

    def ended(self, dispute_kind: str, registered_since: date) -> dict[int | None, Ended]:
        """By mediator, and under None for the whole centre: closed cases of that kind, withdrawn ones left out.

        The last outcome of a case counts, for everybody who was in it to the end.
        """
        since = datetime.combine(registered_since, datetime.min.time())
        found = self._session.execute(_ENDED, {"kind": dispute_kind, "since": since})
        own = {mediator_id: Ended(int(settled), number) for mediator_id, settled, number in found}
        whole = Ended(sum(each.settled for each in own.values()), sum(each.ended for each in own.values()))
        return {None: whole, **own}

    def known_parties(
        self, *, names: Collection[str], id_numbers: Collection[str], except_id: int | None
    ) -> list[KnownParty]:
        """Parties of other cases with one of these names or numbers."""
        asked = {
            "except_id": except_id or 0,
            "names": [each for each in names if each],
            "id_numbers": [each for each in id_numbers if each],
        }
        found = [KnownParty(*row) for row in self._session.execute(_KNOWN_PARTIES, asked)]
        seen = seen_of(self._session, [each.case_id for each in found])
        return [each for each in found if each.case_id in seen]

    def mediated(self, case_ids: Collection[int]) -> list[EarlierMediation]:
        """Who was given these cases and how they ended, the newest case first."""
        found = self._session.execute(_MEDIATED, {"ids": list(seen_of(self._session, case_ids))})
        return [
            EarlierMediation(case_id, number, mediator_id, bool(settled) if outcome_id is not None else None)
            for case_id, number, mediator_id, outcome_id, settled in found
        ]
