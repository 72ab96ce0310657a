"""Who is at the centre when: leave, coming and going, and days on which the centre opens otherwise than usual."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.presence import Attendance, Leave, OpeningException
from mediation_desk.store.centre import CentreRecords, one, the_centre
from mediation_desk.store.duty_schema import attendances, leaves, opening_exceptions


class PresenceRecords:
    """Reads and writes what is known of presence. Days from `first` to `last` include both."""

    def __init__(self, session: Session, centre: CentreRecords) -> None:
        self._session = session
        self._centre = centre

    def add(self, fact: Leave | Attendance | OpeningException) -> None:
        self._centre.add_own(fact)

    def leave(self, leave_id: int) -> Leave:
        """Raises `NotFound`."""
        leave = one(self._session, Leave, leave_id)
        if leave is None:
            raise NotFound("找不到这条请假或缺勤记录。请刷新。")
        return leave

    def leaves(
        self, first: date, last: date, *, mediator_id: int | None = None, withdrawn: bool = False
    ) -> list[Leave]:
        """Leave and absence that touches those days, by its beginning; withdrawn ones only where asked for."""
        query = (
            select(Leave)
            .where(leaves.c.centre_id == the_centre, leaves.c.last_day >= first, leaves.c.first_day <= last)
            .order_by(leaves.c.first_day, leaves.c.id)
        )
        if mediator_id is not None:
            query = query.where(leaves.c.mediator_id == mediator_id)
        if not withdrawn:
            query = query.where(leaves.c.withdrawn_at.is_(None))
        return list(self._session.scalars(query))

    def attendances(self, first: date, last: date) -> list[Attendance]:
        """Comings and goings of those days, in the order of coming."""
        query = (
            select(Attendance)
            .where(attendances.c.centre_id == the_centre, attendances.c.day.between(first, last))
            .order_by(attendances.c.came_at, attendances.c.id)
        )
        return list(self._session.scalars(query))

    def open_attendance(self, mediator_id: int, day: date) -> Attendance | None:
        """The coming of that day after which the mediator has not left yet."""
        query = (
            select(Attendance)
            .where(
                attendances.c.centre_id == the_centre,
                attendances.c.day == day,
                attendances.c.mediator_id == mediator_id,
                attendances.c.left_at.is_(None),
            )
            .order_by(attendances.c.id.desc())
            .limit(1)
        )
        return self._session.scalars(query).first()

    def opening_exceptions(self, first: date, last: date) -> list[OpeningException]:
        """The centre's own word on half-days of those days, in the order of recording: the last one counts."""
        query = (
            select(OpeningException)
            .where(opening_exceptions.c.centre_id == the_centre, opening_exceptions.c.day.between(first, last))
            .order_by(opening_exceptions.c.id)
        )
        return list(self._session.scalars(query))
