"""What is due: light rows for 今日, straight from the tables.

The centre is told, and tables are joined by their whole keys, the centre's included: only so are the indexes of use.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Table, and_, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.agreement import AgreementForm, Owed
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import agreements, cases, decisions, follow_ups, instalments, obligations, performances
from mediation_desk.store.sight import seen_in


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


class InEffect(NamedTuple):
    """An agreement that took effect."""

    case_id: int
    agreement_no: int
    number: str
    effect_day: date


class DueFollowUp(NamedTuple):
    """A planned follow-up that nobody has made yet."""

    case_id: int
    due_on: date
    subject: str


class DueObligation(NamedTuple):
    """An obligation of an agreement in effect."""

    case_id: int
    what: str
    owed: Owed


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
        ).where(_in_stage(Stage.ACCEPTED, Stage.ASSIGNED, Stage.IN_MEDIATION), seen_in(self._session, cases.c.id))
        return [UnderWay(*row) for row in self._session.execute(query)]

    def in_effect_since(self, since: date) -> list[InEffect]:
        """Agreements that took effect on `since` or later, withdrawn ones left out."""
        query = (
            select(agreements.c.case_id, agreements.c.no, agreements.c.number, agreements.c.effect_day)
            .where(
                agreements.c.centre_id == the_centre,
                agreements.c.effect_day >= since,
                agreements.c.form == AgreementForm.WRITTEN,
                seen_in(self._session, agreements.c.case_id),
            )
            .order_by(agreements.c.effect_day)
        )
        return [InEffect(*row) for row in self._session.execute(query)]

    def follow_ups(self, until: date) -> list[DueFollowUp]:
        """Planned follow-ups up to `until` that are not done, of cases that are still performing.

        The cases come first, by their stage: of most follow-ups that were never done the case is closed.
        """
        query = (
            select(follow_ups.c.case_id, follow_ups.c.due_on, follow_ups.c.subject)
            .join(cases, and_(cases.c.centre_id == follow_ups.c.centre_id, cases.c.id == follow_ups.c.case_id))
            .where(
                cases.c.centre_id == the_centre,
                cases.c.stage == Stage.PERFORMING,
                follow_ups.c.done_on.is_(None),
                follow_ups.c.due_on <= until,
                seen_in(self._session, cases.c.id),
            )
            .order_by(follow_ups.c.due_on)
        )
        return [DueFollowUp(*row) for row in self._session.execute(query)]

    def obligations(self) -> list[DueObligation]:
        """Every obligation of an agreement in effect whose case is performing, done or not.

        The cases come first, by their stage, or all agreements that ever were would be looked through.
        """
        query = (
            select(
                agreements.c.case_id,
                obligations.c.id,
                obligations.c.what,
                obligations.c.kind,
                obligations.c.amount_fen,
                obligations.c.due_on,
            )
            .join(
                agreements,
                and_(agreements.c.centre_id == obligations.c.centre_id, agreements.c.id == obligations.c.agreement_id),
            )
            .where(
                agreements.c.centre_id == the_centre,
                agreements.c.case_id.in_(select(cases.c.id).where(_in_stage(Stage.PERFORMING))),
                agreements.c.effect_day.is_not(None),
                seen_in(self._session, agreements.c.case_id),
            )
        )
        found = self._session.execute(query).all()
        ids = [row.id for row in found]
        parts = self._parts(instalments, ids, instalments.c.due_on, instalments.c.amount_fen)
        performed = self._parts(performances, ids, performances.c.amount_fen)
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
            )
            for row in found
        ]

    def _parts(self, table: Table, ids: Iterable[int], *columns: Column[Any]) -> dict[int, list[Sequence[Any]]]:
        """Those columns of the rows that are part of these obligations, by obligation."""
        query = (
            select(table.c.obligation_id, *columns)
            .where(table.c.centre_id == the_centre, table.c.obligation_id.in_(ids))
            .order_by(table.c.obligation_id, table.c.id)
        )
        found: dict[int, list[Sequence[Any]]] = {}
        for obligation_id, *values in self._session.execute(query):
            found.setdefault(obligation_id, []).append(values)
        return found


def _in_stage(*stages: Stage) -> ColumnElement[bool]:
    return and_(cases.c.centre_id == the_centre, cases.c.stage.in_(stages))
