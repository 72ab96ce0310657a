"""What presses besides time limits: dangers nobody reported, and visitors somebody would like to hand over."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import red_flags, responsibility_transfers
from mediation_desk.store.schema import cases
from mediation_desk.store.sight import seen_in


class OwedReport(NamedTuple):
    """A danger that was marked and that nobody reported yet."""

    case_id: int
    flag: str
    marked_at: datetime


class Offer(NamedTuple):
    """Somebody would like to hand the visitor of a case over."""

    case_id: int
    by_id: int
    reason: str
    offered_at: datetime


class ProcedureDueRecords:
    """Light rows for 今日; each statement begins with the few that are open."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unreported(self) -> list[OwedReport]:
        """Those of cases that are not closed, the first to be marked before the others."""
        of_case = and_(cases.c.centre_id == red_flags.c.centre_id, cases.c.id == red_flags.c.case_id)
        query = (
            select(red_flags.c.case_id, red_flags.c.flag, red_flags.c.recorded_at)
            .join(cases, of_case)
            .where(
                red_flags.c.centre_id == the_centre,
                red_flags.c.met_at.is_(None),
                cases.c.stage != Stage.CLOSED,
                seen_in(self._session, cases.c.id),
            )
            .order_by(red_flags.c.id)
        )
        return [OwedReport(*row) for row in self._session.execute(query)]

    def offers_to(self, user_id: int) -> list[Offer]:
        """What this user was offered and has not answered."""
        offered = responsibility_transfers.c
        query = (
            select(offered.case_id, offered.by_id, offered.reason, offered.recorded_at)
            .where(
                offered.centre_id == the_centre,
                offered.to_id == user_id,
                offered.accepted.is_(None),
                offered.answered_at.is_(None),
                seen_in(self._session, offered.case_id),
            )
            .order_by(offered.id)
        )
        return [Offer(*row) for row in self._session.execute(query)]
