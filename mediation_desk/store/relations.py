"""How cases stand to each other, asked for across cases. What was withdrawn binds nothing and is not asked for."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mediation_desk.domain.relation import RelationKind
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import relations
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import seen_in, seen_of

_GOES_ON = (RelationKind.SAME_DISPUTE, RelationKind.SAME_PERSON, RelationKind.MERGED)


class Visit(NamedTuple):
    """One coming of a dispute: its case, and when protection was asked for."""

    case_id: int
    requested_on: date
    is_merged: bool


class Link(NamedTuple):
    """What another case says of this one."""

    case_id: int
    kind: RelationKind
    party_no: int | None
    other_party_no: int | None


class RelationRecords:
    """Asks for the relations of cases."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def later(self, case_id: int) -> list[int]:
        """The cases that come back directly to this one, or go on in it."""
        kinds = (RelationKind.SAME_DISPUTE, RelationKind.MERGED)
        query = select(relations.c.case_id).where(self._standing(), relations.c.other_id == case_id)
        query = query.where(relations.c.kind.in_(kinds), seen_in(self._session, relations.c.case_id))
        return list(self._session.execute(query.order_by(relations.c.id)).scalars())

    def said_by_others(self, case_id: int) -> list[Link]:
        """What stands at other cases about this one, the oldest first."""
        query = select(relations.c.case_id, relations.c.kind, relations.c.party_no, relations.c.other_party_no)
        query = query.where(self._standing(), relations.c.other_id == case_id)
        query = query.where(seen_in(self._session, relations.c.case_id)).order_by(relations.c.id)
        return [Link(*row) for row in self._session.execute(query)]

    def linked(self, case_ids: Collection[int]) -> dict[int, int]:
        """Cases that a person tied to one of these as the same dispute or the same person, and to which of them."""
        ids = set(case_ids)
        query = select(relations.c.case_id, relations.c.other_id).where(
            self._standing(),
            relations.c.kind.in_(_GOES_ON),
            or_(relations.c.case_id.in_(ids), relations.c.other_id.in_(ids)),
        )
        found: dict[int, int] = {}
        for one, other in self._session.execute(query.order_by(relations.c.id)):
            for known, further in ((one, other), (other, one)):
                if known in ids and further not in ids:
                    found.setdefault(further, known)
        seen = seen_of(self._session, found)
        return {further: known for further, known in found.items() if further in seen}

    def visits(self, case_ids: Collection[int]) -> dict[int, list[Visit]]:
        """By case: the whole way of its dispute from the first coming to this case, over all steps between."""
        before: dict[int, int] = {}
        asked = set(case_ids)
        while asked:
            query = select(relations.c.case_id, relations.c.other_id).where(
                self._standing(), relations.c.kind == RelationKind.SAME_DISPUTE, relations.c.case_id.in_(asked)
            )
            new = {row.case_id: row.other_id for row in self._session.execute(query)}
            before |= new
            asked = set(new.values()) - before.keys()
        told = self._told({*case_ids, *before, *before.values()})
        return {case_id: [told[each] for each in _way(case_id, before) if each in told] for case_id in case_ids}

    def _told(self, case_ids: Collection[int]) -> dict[int, Visit]:
        merged = select(relations.c.case_id).where(
            self._standing(), relations.c.kind == RelationKind.MERGED, relations.c.case_id.in_(case_ids)
        )
        gone = set(self._session.execute(merged).scalars())
        query = select(cases.c.id, cases.c.requested_on).where(
            cases.c.centre_id == the_centre, cases.c.id.in_(case_ids), seen_in(self._session, cases.c.id)
        )
        return {case_id: Visit(case_id, day, case_id in gone) for case_id, day in self._session.execute(query)}

    def _standing(self) -> ColumnElement[bool]:
        return and_(relations.c.centre_id == the_centre, relations.c.withdrawn_at.is_(None))


def _way(case_id: int, before: dict[int, int]) -> list[int]:
    """From the first coming on. A case comes back to an earlier one only, so the way has an end."""
    way = [case_id]
    while way[-1] in before:
        way.append(before[way[-1]])
    return way[::-1]
