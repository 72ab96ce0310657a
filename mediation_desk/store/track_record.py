"""What mediators did before, as light rows: cases given, how mediation ended, and cases with the same parties.

Tables are joined by their whole keys, the centre's included: only so are the indexes of use.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, case, func, select, union
from sqlalchemy.orm import Session

from mediation_desk.domain.case import AGREED, OutcomeKind
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import assignments, cases, mediators, outcomes, parties


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


_KNOWN = [parties.c[name] for name in KnownParty._fields]
_settled = case((outcomes.c.kind.in_(list(AGREED)), 1), else_=0)


class TrackRecords:
    """Asks what mediators did before; each question is one statement."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def given(self, since: date) -> dict[int, Given]:
        """By mediator, for everybody of the directory."""
        mine = and_(assignments.c.centre_id == mediators.c.centre_id, assignments.c.mediator_id == mediators.c.id)
        this_month = select(func.count()).where(mine, assignments.c.assigned_on >= since).scalar_subquery()
        last = select(func.max(assignments.c.assigned_on)).where(mine).scalar_subquery()
        query = select(mediators.c.id, this_month, last)
        return {row[0]: Given(row[1], row[2]) for row in self._session.execute(query)}

    def ended(self, dispute_kind: str, registered_since: date) -> dict[int | None, Ended]:
        """By mediator, and under None for the whole centre: closed cases of that kind, withdrawn ones left out.

        The last outcome of a case counts, for everybody who was in it to the end.
        """
        closed = and_(
            cases.c.centre_id == the_centre,
            cases.c.dispute_kind == dispute_kind,
            cases.c.stage == Stage.CLOSED,
            cases.c.registered_at >= datetime.combine(registered_since, datetime.min.time()),
        )
        query = (
            select(assignments.c.mediator_id, func.sum(_settled), func.count())
            .select_from(cases)
            .join(outcomes, and_(_of_case(outcomes), outcomes.c.id == _last_outcome()))
            .join(assignments, and_(_of_case(assignments), assignments.c.ended_on.is_(None)))
            .where(closed, outcomes.c.kind != OutcomeKind.WITHDRAWN)
            .group_by(assignments.c.mediator_id)
        )
        own = {row[0]: Ended(int(row[1]), row[2]) for row in self._session.execute(query)}
        whole = Ended(sum(each.settled for each in own.values()), sum(each.ended for each in own.values()))
        return {None: whole, **own}

    def known_parties(
        self, *, names: Collection[str], id_numbers: Collection[str], except_id: int | None
    ) -> list[KnownParty]:
        """Parties of other cases with one of these names or numbers."""
        here = and_(parties.c.centre_id == the_centre, parties.c.case_id != (except_id or 0))
        query = union(
            select(*_KNOWN).where(here, parties.c.name.in_([each for each in names if each])),
            select(*_KNOWN).where(here, parties.c.id_number.in_([each for each in id_numbers if each])),
        )
        return [KnownParty(*row) for row in self._session.execute(query)]

    def mediated(self, case_ids: Collection[int]) -> list[EarlierMediation]:
        """Who was given these cases and how they ended, the newest case first."""
        query = (
            select(cases.c.id, cases.c.number, assignments.c.mediator_id, outcomes.c.id, _settled)
            .join(assignments, _of_case(assignments))
            .outerjoin(outcomes, and_(_of_case(outcomes), outcomes.c.id == _last_outcome()))
            .where(cases.c.centre_id == the_centre, cases.c.id.in_(list(case_ids)))
            .order_by(cases.c.id.desc(), assignments.c.id)
        )
        return [
            EarlierMediation(row[0], row[1], row[2], bool(row[4]) if row[3] is not None else None)
            for row in self._session.execute(query)
        ]


def _of_case(table: Table) -> ColumnElement[bool]:
    return and_(table.c.centre_id == cases.c.centre_id, table.c.case_id == cases.c.id)


def _last_outcome() -> ColumnElement[int]:
    later = outcomes.alias()
    return (
        select(func.max(later.c.id))
        .where(later.c.centre_id == cases.c.centre_id, later.c.case_id == cases.c.id)
        .scalar_subquery()
    )
