"""Petition items, asked for across cases."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, CompoundSelect, Table, and_, func, select, union_all
from sqlalchemy.orm import Session

from mediation_desk.domain.case_clocks import belongs
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.petition_clocks import PetitionFacts, StepTaken
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import clock_stops, extensions, petition_steps, petitions
from mediation_desk.store.schema import cases, triages
from mediation_desk.store.sight import seen_in


class Unfinished(NamedTuple):
    """A petition item that nobody finished. `stops` are the days its time limit stood still, `further` those added."""

    case_id: int
    facts: PetitionFacts
    stops: Sequence[tuple[date, date | None]]
    further: int


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

    def unfinished(self, since: date) -> list[Unfinished]:
        """Items of cases that the desk has, whatever their age, which nobody finished, or which came back after that.

        Of cases that left it without being closed only those received on `since` or later: they are most of all.
        """
        found = self._session.execute(self._items(since)).all()
        ids, case_ids = [row.id for row in found], [row.case_id for row in found]
        at, days = petition_steps.c.recorded_at, clock_stops.c
        steps = self._parts(petition_steps, "petition_id", ids, petition_steps.c.kind, petition_steps.c.happened_on, at)
        paths = self._parts(triages, "case_id", case_ids, triages.c.path)
        stops = self._parts(clock_stops, "case_id", case_ids, days.clock, days.recorded_at, days.since, days.until)
        more = extensions.c
        further = self._parts(extensions, "case_id", case_ids, more.clock, more.recorded_at, more.days)
        items = []
        for row in found:
            path = paths[row.case_id][-1][0] if row.case_id in paths else ""
            taken = [StepTaken(*step) for step in steps.get(row.id, ())]
            facts = PetitionFacts(row.kind, path, row.received_on, row.contact_clear, taken)
            begun_at = facts.handling.begun_at if facts.handling else None
            own_stops = _of_this_handling(stops.get(row.case_id, ()), begun_at)
            own_days = _of_this_handling(further.get(row.case_id, ()), begun_at)
            items.append(Unfinished(row.case_id, facts, own_stops, sum(days for (days,) in own_days)))
        return items

    def _items(self, since: date) -> CompoundSelect[tuple[int, int, str, date, bool]]:
        open_again = _last_step(PetitionStepKind.FINISHED) <= _last_step(PetitionStepKind.RETURNED)
        asked = select(
            petitions.c.id, petitions.c.case_id, petitions.c.kind, petitions.c.received_on, petitions.c.contact_clear
        ).where(petitions.c.centre_id == the_centre, open_again, seen_in(self._session, petitions.c.case_id))
        at_the_desk = select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.stage.in_(OPEN_STAGES))
        its_case = and_(cases.c.centre_id == petitions.c.centre_id, cases.c.id == petitions.c.case_id)
        return union_all(
            asked.where(petitions.c.case_id.in_(at_the_desk)),
            asked.join(cases, its_case).where(petitions.c.received_on >= since, cases.c.stage.in_(_GONE)),
        )

    def _parts(self, table: Table, of: str, ids: Sequence[int], *columns: Column[Any]) -> dict[int, list[Any]]:
        """Those columns of the rows that are part of these, by what they are part of, in the order they came."""
        if not ids:
            return {}
        query = (
            select(table.c[of], *columns)
            .where(table.c.centre_id == the_centre, table.c[of].in_(ids))
            .order_by(table.c[of], table.c.id)
        )
        found: dict[int, list[Any]] = {}
        for key, *values in self._session.execute(query):
            found.setdefault(key, []).append(tuple(values))
        return found


def _last_step(kind: PetitionStepKind) -> ColumnElement[int]:
    """Where among all steps the last one of that kind of an item stands, 0 without one."""
    last = select(func.coalesce(func.max(petition_steps.c.id), 0)).where(
        petition_steps.c.centre_id == petitions.c.centre_id,
        petition_steps.c.petition_id == petitions.c.id,
        petition_steps.c.kind == kind,
    )
    return last.scalar_subquery()


def _of_this_handling(rows: Iterable[Any], begun_at: datetime | None) -> list[Any]:
    """What was recorded of the time limit of finishing since the item came back the last time."""
    return [
        tuple(values)
        for clock, recorded_at, *values in rows
        if clock is ClockKind.PETITION and belongs(recorded_at, begun_at)
    ]


_GONE = (Stage.NOT_ACCEPTED, Stage.HANDED_OVER)
