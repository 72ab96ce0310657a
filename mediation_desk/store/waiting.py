"""How open cases stand, in a few statements for all of them, so that a list can be narrowed to whom they wait for."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, exists, select
from sqlalchemy.orm import Session

from mediation_desk.domain.referral import ENDS, Direction
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.waiting import MEDIATION_PATH, Standing
from mediation_desk.store.centre import the_centre
from mediation_desk.store.dues import DueRecords
from mediation_desk.store.procedure_schema import clock_stops, referral_steps, referrals
from mediation_desk.store.schema import agreements, assignments, cases, parties, triages, willingness
from mediation_desk.store.sight import seen_in

_BEFORE_DECISION = (Stage.REGISTERED, Stage.TRIAGED)
_UNDER_WAY = (Stage.ACCEPTED, Stage.ASSIGNED, Stage.IN_MEDIATION)
_AGREED = (Stage.AGREED_IN_WRITING, Stage.AGREED_ORALLY)


class WaitingRecords:
    """Asks how cases stand."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standings(self) -> dict[int, Standing]:
        """How every open case stands, and every one that another unit has."""
        sides, answers = self._sides_and_answers()
        other_way, assigned, stopped = self._other_ways(), self._assigned(), self._stopped()
        signing, out, dues = self._signing(), self._out(), DueRecords(self._session)
        owes = {each.case_id for each in dues.obligations() if not each.owed.is_done}
        visits = {each.case_id for each in dues.follow_ups(date.max)}
        stages = self._session.execute(
            select(cases.c.id, cases.c.stage).where(_in_stage(*OPEN_STAGES), seen_in(self._session, cases.c.id))
        ).all()
        return {
            case_id: Standing(
                stage=Stage(stage),
                sides=sides.get(case_id, {}),
                answers=answers.get(case_id, {}),
                takes_other_way=case_id in other_way,
                is_assigned=case_id in assigned,
                is_stopped=case_id in stopped,
                is_signing=case_id in signing,
                owes=case_id in owes,
                visits=case_id in visits,
                is_out=case_id in out,
            )
            for case_id, stage in (*stages, *((case_id, Stage.HANDED_OVER) for case_id in out))
        }

    def _sides_and_answers(self) -> tuple[dict[int, dict[int, Any]], dict[int, dict[int, Any]]]:
        """Of each party in cases that are not agreed yet: its side, and its last answer."""
        stages = (*_BEFORE_DECISION, *_UNDER_WAY)
        sides = _of(parties, *stages).add_columns(parties.c.no, parties.c.side)
        answers = _of(willingness, *stages).add_columns(willingness.c.party_no, willingness.c.answer)
        return self._by_party(sides), self._by_party(answers.order_by(willingness.c.id))

    def _by_party(self, query: Select[Any]) -> dict[int, dict[int, Any]]:
        found: dict[int, dict[int, Any]] = {}
        for case_id, no, what in self._session.execute(query):
            found.setdefault(case_id, {})[no] = what
        return found

    def _other_ways(self) -> set[int]:
        """Cases of which the last path is not mediation."""
        query = _of(triages, *_BEFORE_DECISION).add_columns(triages.c.path).order_by(triages.c.id)
        last: dict[int, str] = dict(self._session.execute(query).all())
        return {case_id for case_id, path in last.items() if path != MEDIATION_PATH}

    def _assigned(self) -> set[int]:
        return self._ids(_of(assignments, *_UNDER_WAY).where(assignments.c.ended_on.is_(None)))

    def _stopped(self) -> set[int]:
        stands_still = clock_stops.c.clock == ClockKind.MEDIATION, clock_stops.c.until.is_(None)
        return self._ids(_of(clock_stops, *_UNDER_WAY).where(*stands_still))

    def _signing(self) -> set[int]:
        frozen = agreements.c.frozen_at.is_not(None), agreements.c.withdrawn_at.is_(None)
        return self._ids(_of(agreements, *_AGREED).where(*frozen, agreements.c.effect_day.is_(None)))

    def _out(self) -> set[int]:
        ending = exists().where(
            referral_steps.c.centre_id == referrals.c.centre_id,
            referral_steps.c.referral_id == referrals.c.id,
            referral_steps.c.kind.in_(ENDS),
        )
        query = (
            select(referrals.c.case_id)
            .join(cases, and_(cases.c.centre_id == referrals.c.centre_id, cases.c.id == referrals.c.case_id))
            .where(
                referrals.c.centre_id == the_centre,
                referrals.c.direction == Direction.OUT,
                cases.c.stage == Stage.HANDED_OVER,
                seen_in(self._session, cases.c.id),
                ~ending,
            )
        )
        return self._ids(query)

    def _ids(self, query: Select[Any]) -> set[int]:
        return set(self._session.scalars(query))


def _of(table: Table, *stages: Stage) -> Select[Any]:
    """The cases that rows of a table belong to, only those that stand at these stages."""
    of_stage = select(cases.c.id).where(_in_stage(*stages))
    return select(table.c.case_id).where(table.c.centre_id == the_centre, table.c.case_id.in_(of_stage))


def _in_stage(*stages: Stage) -> ColumnElement[bool]:
    return and_(cases.c.centre_id == the_centre, cases.c.stage.in_(stages))
