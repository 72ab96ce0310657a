"""What is due: light rows for 今日, straight from the tables.

Tables are joined by their whole keys, the centre's included: only so are the indexes of use.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.agreement import Agreement, AgreementForm, Obligation
from mediation_desk.domain.stage import Stage
from mediation_desk.store.schema import agreements, cases, decisions, follow_ups, obligations


class Undecided(NamedTuple):
    """A registered case without a decision on acceptance."""

    case_id: int
    requested_on: date


class UnderWay(NamedTuple):
    """An accepted case whose mediation has not ended."""

    case_id: int
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


class DueRecords:
    """Asks for what is due."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def undecided(self) -> list[Undecided]:
        query = select(cases.c.id, cases.c.requested_on).where(cases.c.stage.in_([Stage.REGISTERED, Stage.TRIAGED]))
        return [Undecided(*row) for row in self._session.execute(query)]

    def under_way(self) -> list[UnderWay]:
        """The day of the last decision counts: a case taken up again starts anew."""
        query = (
            select(cases.c.id, func.max(decisions.c.decided_on))
            .join(decisions, and_(decisions.c.centre_id == cases.c.centre_id, decisions.c.case_id == cases.c.id))
            .where(cases.c.stage.in_([Stage.ACCEPTED, Stage.ASSIGNED, Stage.IN_MEDIATION]))
            .group_by(cases.c.id)
        )
        return [UnderWay(*row) for row in self._session.execute(query)]

    def in_effect_since(self, since: date) -> list[InEffect]:
        """Agreements that took effect on `since` or later, withdrawn ones left out."""
        query = (
            select(agreements.c.case_id, agreements.c.no, agreements.c.number, agreements.c.effect_day)
            .where(agreements.c.effect_day >= since, agreements.c.form == AgreementForm.WRITTEN)
            .order_by(agreements.c.effect_day)
        )
        return [InEffect(*row) for row in self._session.execute(query)]

    def follow_ups(self, until: date) -> list[DueFollowUp]:
        """Planned follow-ups up to `until` that are not done, of cases that are still performing."""
        query = (
            select(follow_ups.c.case_id, follow_ups.c.due_on, follow_ups.c.subject)
            .join(cases, and_(cases.c.centre_id == follow_ups.c.centre_id, cases.c.id == follow_ups.c.case_id))
            .where(follow_ups.c.done_on.is_(None), follow_ups.c.due_on <= until, cases.c.stage == Stage.PERFORMING)
            .order_by(follow_ups.c.due_on)
        )
        return [DueFollowUp(*row) for row in self._session.execute(query)]

    def obligations(self) -> list[tuple[int, Obligation]]:
        """(case id, obligation) of every agreement in effect whose case is performing."""
        query = (
            select(agreements.c.case_id, Obligation)
            .join(
                Agreement,
                and_(agreements.c.centre_id == obligations.c.centre_id, agreements.c.id == obligations.c.agreement_id),
            )
            .join(cases, and_(cases.c.centre_id == agreements.c.centre_id, cases.c.id == agreements.c.case_id))
            .where(cases.c.stage == Stage.PERFORMING, agreements.c.effect_day.is_not(None))
        )
        return [(row[0], row[1]) for row in self._session.execute(query)]
