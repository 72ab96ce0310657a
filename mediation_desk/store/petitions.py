"""Petition items, asked for across cases."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, exists, select, union_all
from sqlalchemy.orm import Session

from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import petition_steps, petitions
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import seen_in


class Untold(NamedTuple):
    """A petition item whose sender was not told yet what becomes of it."""

    case_id: int
    received_on: date


class PetitionRecords:
    """Asks for petition items; of a case that is out of sight no more than its id is told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def other_case(self, number: str, case_id: int) -> int | None:
        """The id of another case of the centre whose petition item has that number."""
        query = select(petitions.c.case_id).where(
            petitions.c.centre_id == the_centre, petitions.c.number == number, petitions.c.case_id != case_id
        )
        return self._session.execute(query).scalars().first()

    def untold(self, since: date) -> list[Untold]:
        """Items that are not finished and whose sender is known, of cases that the desk has, whatever their age.

        Of cases that left it without being closed only those received on `since` or later: they are most of all.
        """
        told = exists().where(
            petition_steps.c.centre_id == petitions.c.centre_id,
            petition_steps.c.petition_id == petitions.c.id,
            petition_steps.c.kind.in_((PetitionStepKind.NOTICE, PetitionStepKind.FINISHED)),
        )
        asked = select(petitions.c.case_id, petitions.c.received_on).where(
            petitions.c.centre_id == the_centre,
            petitions.c.contact_clear,
            ~told,
            seen_in(self._session, petitions.c.case_id),
        )
        at_the_desk = select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.stage.in_(OPEN_STAGES))
        its_case = and_(cases.c.centre_id == petitions.c.centre_id, cases.c.id == petitions.c.case_id)
        query = union_all(
            asked.where(petitions.c.case_id.in_(at_the_desk)),
            asked.join(cases, its_case).where(petitions.c.received_on >= since, cases.c.stage.in_(_GONE)),
        )
        return [Untold(*row) for row in self._session.execute(query)]


_GONE = (Stage.NOT_ACCEPTED, Stage.HANDED_OVER)
