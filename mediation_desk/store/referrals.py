"""What referrals tell across cases: who has not signed yet, which units there are, and which are no more."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, desc, exists, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.referral import ENDS, Direction, ReferralStepKind
from mediation_desk.domain.referral_flow import UNIT_IS_GONE
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.unit_clocks import OPEN_TO_OBJECTION
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import referral_steps, referrals
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import seen_in

_LOOKED_THROUGH = 2000
"""So many of the last referrals are looked through for the names of units."""


class Unsigned(NamedTuple):
    """A matter that went to a unit where nobody signed for it yet."""

    case_id: int
    sent_on: date
    unit: str


class Received(NamedTuple):
    """A matter of another unit that was signed for here and may still be objected to."""

    case_id: int
    signed_on: date
    unit: str


class ReferralRecords:
    """Asks for referrals; the names of units are no secret of a case."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unsigned(self) -> list[Unsigned]:
        """What went out of cases that are not closed and waits for a signature."""
        anything_happened = exists().where(
            referral_steps.c.centre_id == referrals.c.centre_id, referral_steps.c.referral_id == referrals.c.id
        )
        query = (
            select(referrals.c.case_id, referrals.c.sent_on, referrals.c.unit)
            .join(cases, and_(cases.c.centre_id == referrals.c.centre_id, cases.c.id == referrals.c.case_id))
            .where(
                referrals.c.centre_id == the_centre,
                referrals.c.direction == Direction.OUT,
                ~anything_happened,
                cases.c.stage != Stage.CLOSED,
                seen_in(self._session, cases.c.id),
            )
        )
        return [Unsigned(*row) for row in self._session.execute(query)]

    def received(self) -> list[Received]:
        """What came into cases that wait for their decision, and nobody objected to or answered."""
        signed = referral_steps.alias()
        answered = exists().where(
            referral_steps.c.centre_id == referrals.c.centre_id,
            referral_steps.c.referral_id == referrals.c.id,
            referral_steps.c.kind.in_((ReferralStepKind.OBJECTED, *ENDS)),
        )
        undecided = select(cases.c.id).where(
            cases.c.centre_id == the_centre, cases.c.stage.in_((Stage.REGISTERED, Stage.TRIAGED))
        )
        query = (
            select(referrals.c.case_id, func.min(signed.c.happened_on), referrals.c.unit)
            .join(signed, and_(signed.c.centre_id == referrals.c.centre_id, signed.c.referral_id == referrals.c.id))
            .where(
                referrals.c.centre_id == the_centre,
                referrals.c.case_id.in_(undecided),
                referrals.c.direction == Direction.IN,
                referrals.c.kind.in_(OPEN_TO_OBJECTION),
                signed.c.kind == ReferralStepKind.SIGNED_FOR,
                ~answered,
                seen_in(self._session, referrals.c.case_id),
            )
            .group_by(referrals.c.id, referrals.c.case_id, referrals.c.unit)
        )
        return [Received(*row) for row in self._session.execute(query)]

    def units(self) -> list[str]:
        """The units that the last matters went to or came from, the most frequent first; not those that are gone."""
        last = (
            select(referrals.c.id, referrals.c.unit)
            .where(referrals.c.centre_id == the_centre)
            .order_by(referrals.c.id.desc())
            .limit(_LOOKED_THROUGH)
            .subquery()
        )
        query = select(last.c.unit).group_by(last.c.unit).order_by(desc(func.count()), last.c.unit)
        gone = self._gone(referrals.c.id.in_(select(last.c.id)))
        return [each for each in self._session.scalars(query) if each not in gone]

    def why_gone(self, unit: str) -> str:
        """What was said when a referral was recalled because that unit is no more; "" where nothing was.

        Somebody of that unit who signed for a later one is there after all.
        """
        return self._gone(referrals.c.unit == unit).get(unit, "")

    def _gone(self, among: ColumnElement[bool]) -> dict[str, str]:
        """Which units are gone by those referrals, and why."""
        query = (
            select(referrals.c.unit, referral_steps.c.kind, referral_steps.c.text)
            .join(
                referrals,
                and_(
                    referrals.c.centre_id == referral_steps.c.centre_id, referrals.c.id == referral_steps.c.referral_id
                ),
            )
            .where(
                referral_steps.c.centre_id == the_centre,
                referrals.c.direction == Direction.OUT,
                among,
                referral_steps.c.kind.in_((ReferralStepKind.RECALLED, ReferralStepKind.SIGNED_FOR)),
            )
            .order_by(referral_steps.c.id)
        )
        gone: dict[str, str] = {}
        for unit, kind, text in self._session.execute(query):
            if kind is ReferralStepKind.RECALLED and text.startswith(UNIT_IS_GONE):
                gone[unit] = text
            elif kind is ReferralStepKind.SIGNED_FOR:
                gone.pop(unit, None)
        return gone
