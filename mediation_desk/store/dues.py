"""What is due: light rows for 今日, straight from the tables.

The centre is told, and tables are joined by their whole keys, the centre's included: only so are the indexes of use.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, Table, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import AgreementForm, Owed
from mediation_desk.domain.agreement_clocks import ConfirmationFacts
from mediation_desk.domain.referral import ENDS, Direction
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import (
    clock_stops,
    conference_decisions,
    conferences,
    confirmation_steps,
    extensions,
    referral_steps,
    referrals,
    supervision_orders,
)
from mediation_desk.store.schema import (
    agreements,
    cases,
    decisions,
    follow_ups,
    instalments,
    obligations,
    performances,
)
from mediation_desk.store.sight import seen_in

_UNDER_WAY = (Stage.ACCEPTED, Stage.ASSIGNED, Stage.IN_MEDIATION)


class Undecided(NamedTuple):
    """A registered case without a decision on acceptance."""

    case_id: int
    requested_on: date


class UnderWay(NamedTuple):
    """An accepted case whose mediation has not ended."""

    case_id: int
    case_source: str
    dispute_kind: str
    requested_on: date
    accepted_on: date
    stops: tuple[tuple[date, date | None], ...] = ()
    """From when until when its time limit stood still."""
    further: int = 0
    """Days that were added to it."""


class ForCourt(NamedTuple):
    """An agreement in effect that a court is, or may still be, asked to confirm."""

    case_id: int
    facts: ConfirmationFacts


class DueFollowUp(NamedTuple):
    """A planned follow-up that nobody has made yet."""

    case_id: int
    due_on: date
    subject: str


class DueObligation(NamedTuple):
    """An obligation of an agreement in effect. Who owes it is a party, by number, or a third person, by name."""

    case_id: int
    what: str
    owed: Owed
    payer_no: int | None
    payer_name: str


class DueAnswer(NamedTuple):
    """Something that `unit` is to answer or to do by a day."""

    case_id: int
    due_on: date
    unit: str


class DueRecords:
    """Asks for what is due."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def undecided(self) -> list[Undecided]:
        query = select(cases.c.id, cases.c.requested_on).where(
            _in_stage(Stage.REGISTERED, Stage.TRIAGED), seen_in(self._session, cases.c.id)
        )
        return [Undecided(*row) for row in self._session.execute(query)]

    def under_way(self) -> list[UnderWay]:
        """The day of the last decision counts: a case taken up again starts anew."""
        last_decided_on = (
            select(func.max(decisions.c.decided_on))
            .where(decisions.c.centre_id == cases.c.centre_id, decisions.c.case_id == cases.c.id)
            .scalar_subquery()
        )
        query = select(
            cases.c.id, cases.c.case_source, cases.c.dispute_kind, cases.c.requested_on, last_decided_on
        ).where(_in_stage(*_UNDER_WAY), seen_in(self._session, cases.c.id))
        stops = self._of_time(clock_stops, clock_stops.c.since, clock_stops.c.until)
        further = self._of_time(extensions, extensions.c.days)
        return [
            UnderWay(*row, tuple(stops.get(row.id, ())), sum(days for (days,) in further.get(row.id, ())))
            for row in self._session.execute(query)
        ]

    def _of_time(self, table: Table, *columns: Column[Any]) -> dict[int, list[Any]]:
        """What somebody recorded about the mediation time limits that run, by case."""
        query = (
            select(table.c.case_id, *columns)
            .where(
                table.c.centre_id == the_centre,
                table.c.clock == ClockKind.MEDIATION,
                table.c.case_id.in_(select(cases.c.id).where(_in_stage(*_UNDER_WAY))),
            )
            .order_by(table.c.id)
        )
        return _by_key(self._session.execute(query))

    def for_court(self, since: date) -> list[ForCourt]:
        """Written agreements that took effect on `since` or later, and older ones of performing cases with a step."""
        steps = confirmation_steps.c
        in_effect = select(agreements.c.case_id, agreements.c.no, agreements.c.number, agreements.c.effect_day).where(
            agreements.c.centre_id == the_centre,
            agreements.c.form == AgreementForm.WRITTEN,
            seen_in(self._session, agreements.c.case_id),
        )
        has_steps = select(steps.case_id).where(steps.centre_id == the_centre, steps.case_id.in_(_performing()))
        recent = agreements.c.effect_day >= since
        older = and_(agreements.c.effect_day < since, agreements.c.case_id.in_(has_steps))
        found = self._session.execute(union_all(in_effect.where(recent), in_effect.where(older))).all()
        recent_ids = select(agreements.c.case_id).where(agreements.c.centre_id == the_centre, recent)
        taken = (
            select(steps.case_id, steps.agreement_no, steps.state, steps.happened_on)
            .where(
                steps.centre_id == the_centre,
                or_(steps.case_id.in_(_performing()), steps.case_id.in_(recent_ids)),
            )
            .order_by(steps.id)
        )
        of_agreement: dict[tuple[int, int], list[tuple[ConfirmationState, date]]] = {}
        for case_id, no, state, happened_on in self._session.execute(taken):
            of_agreement.setdefault((case_id, no), []).append((state, happened_on))
        return [
            ForCourt(case_id, ConfirmationFacts(no, number, effect_day, of_agreement.get((case_id, no), ())))
            for case_id, no, number, effect_day in found
        ]

    def follow_ups(self, until: date) -> list[DueFollowUp]:
        """Planned follow-ups up to `until` that are not done, of cases that are still performing.

        The cases come first, by their stage: of most follow-ups that were never done the case is closed. What is open
        is asked for in a way that leads no index of days through all of those.
        """
        open_until = case((follow_ups.c.done_on.is_(None), follow_ups.c.due_on))
        query = (
            select(follow_ups.c.case_id, follow_ups.c.due_on, follow_ups.c.subject)
            .where(
                follow_ups.c.centre_id == the_centre,
                follow_ups.c.case_id.in_(_performing()),
                open_until <= until,
                seen_in(self._session, follow_ups.c.case_id),
            )
            .order_by(follow_ups.c.due_on)
        )
        return [DueFollowUp(*row) for row in self._session.execute(query)]

    def obligations(self) -> list[DueObligation]:
        """Every obligation of an agreement in effect whose case is performing, done or not; but none that fell away.

        The cases come first, by their stage, or all agreements that ever were would be looked through.
        """
        query = self._of_obligations(
            select(
                agreements.c.case_id,
                obligations.c.id,
                obligations.c.what,
                obligations.c.kind,
                obligations.c.amount_fen,
                obligations.c.due_on,
                obligations.c.payer_no,
                obligations.c.payer_name,
            )
        )
        found = self._session.execute(query).all()
        parts = self._parts(instalments, instalments.c.due_on, instalments.c.amount_fen)
        performed = self._parts(performances, performances.c.amount_fen)
        return [
            DueObligation(
                row.case_id,
                row.what,
                Owed(
                    row.kind,
                    row.amount_fen,
                    row.due_on,
                    [(due_on, amount_fen) for due_on, amount_fen in parts.get(row.id, [])],
                    [amount_fen for (amount_fen,) in performed.get(row.id, [])],
                ),
                row.payer_no,
                row.payer_name,
            )
            for row in found
        ]

    def _of_obligations(self, wanted: Select[Any]) -> Select[Any]:
        """What is wanted of the obligations of agreements in effect, and only of cases that are performing."""
        whole = and_(agreements.c.centre_id == obligations.c.centre_id, agreements.c.id == obligations.c.agreement_id)
        return wanted.join(agreements, whole).where(
            agreements.c.centre_id == the_centre,
            agreements.c.case_id.in_(_performing()),
            agreements.c.effect_day.is_not(None),
            obligations.c.waived_on.is_(None),
            seen_in(self._session, agreements.c.case_id),
        )

    def _parts(self, table: Table, *columns: Column[Any]) -> dict[int, list[Any]]:
        """Those columns of the rows that are part of these obligations, by obligation."""
        whole = and_(table.c.centre_id == obligations.c.centre_id, table.c.obligation_id == obligations.c.id)
        wanted = select(table.c.obligation_id, *columns).select_from(table).join(obligations, whole)
        query = self._of_obligations(wanted).order_by(table.c.obligation_id, table.c.id)
        return _by_key(self._session.execute(query))

    def supervision(self) -> list[DueAnswer]:
        """Orders of supervision that were not replied to."""
        orders = supervision_orders.c
        query = select(orders.case_id, orders.due_on, orders.unit).where(
            orders.centre_id == the_centre, orders.settled_on.is_(None), orders.replied_on.is_(None)
        )
        return self._answers(query, supervision_orders)

    def conference_decisions(self) -> list[DueAnswer]:
        """What was decided in conferences and is not done."""
        decided = conference_decisions.c
        of_meeting = and_(conferences.c.centre_id == decided.centre_id, conferences.c.id == decided.conference_id)
        query = (
            select(conferences.c.case_id, decided.due_on, decided.unit)
            .join(conferences, of_meeting)
            .where(decided.centre_id == the_centre, decided.done_on.is_(None))
        )
        return self._answers(query, conferences)

    def referrals(self, direction: Direction) -> list[DueAnswer]:
        """Matters that went to another unit, or came from one, and whose result is still to be told."""
        ending = exists().where(
            referral_steps.c.centre_id == referrals.c.centre_id,
            referral_steps.c.referral_id == referrals.c.id,
            referral_steps.c.kind.in_(ENDS),
        )
        query = select(referrals.c.case_id, referrals.c.due_on, referrals.c.unit).where(
            referrals.c.centre_id == the_centre,
            referrals.c.due_on.is_not(None),
            referrals.c.direction == direction,
            ~ending,
        )
        return self._answers(query, referrals)

    def _answers(self, query: Select[Any], of_case: Table) -> list[DueAnswer]:
        """What the query finds of cases that are not closed, the first due before the others."""
        query = query.join(
            cases, and_(cases.c.centre_id == of_case.c.centre_id, cases.c.id == of_case.c.case_id)
        ).where(cases.c.stage != Stage.CLOSED, seen_in(self._session, cases.c.id))
        found = (DueAnswer(*row) for row in self._session.execute(query))
        return sorted(found, key=lambda each: (each.due_on, each.case_id))


def _by_key(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """The rest of each row, by its first value."""
    found: dict[int, list[Any]] = {}
    for key, *values in rows:
        found.setdefault(key, []).append(tuple(values))
    return found


def _performing() -> Select[tuple[int]]:
    return select(cases.c.id).where(_in_stage(Stage.PERFORMING))


def _in_stage(*stages: Stage) -> ColumnElement[bool]:
    return and_(cases.c.centre_id == the_centre, cases.c.stage.in_(stages))
