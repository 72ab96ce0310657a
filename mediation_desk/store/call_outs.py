"""Searches for people on call, and every call that was made."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.call_out import CallAnswer, CallOut, Urgency
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.centre import CentreRecords, one, the_centre
from mediation_desk.store.duty_schema import call_outs, calls
from mediation_desk.store.sight import refuse_unless_seen, seen_or_of_none

_SAYING_NOTHING = (CallAnswer.WAITING, CallAnswer.WITHDRAWN)


class CallRow(NamedTuple):
    """A call with what it was for."""

    call_out_id: int
    case_id: int | None
    profession: str
    purpose: str
    urgency: Urgency
    mediator_id: int
    called_at: datetime
    answer: CallAnswer
    answered_at: datetime | None
    late: bool
    reason: str
    arrived_at: datetime | None


_OF_SEARCH = ("case_id", "profession", "purpose", "urgency")
_ROW = [(call_outs if name in _OF_SEARCH else calls).c[name] for name in CallRow._fields]


class CallOutRecords:
    """Reads and writes call-outs."""

    def __init__(self, session: Session, centre: CentreRecords) -> None:
        self._session = session
        self._centre = centre

    @property
    def _seen(self) -> ColumnElement[bool]:
        return seen_or_of_none(self._session, call_outs.c.case_id)

    def add(self, call_out: CallOut) -> None:
        self._centre.add_own(call_out)

    def get(self, call_out_id: int) -> CallOut:
        """Raises `NotFound`, or `NotAllowed` when it is for a case out of sight."""
        call_out = one(self._session, CallOut, call_out_id)
        if call_out is None:
            raise NotFound("找不到这次呼叫。请刷新。")
        refuse_unless_seen(self._session, call_out.case_id)
        return call_out

    def running(self) -> list[CallOut]:
        """Searches that nobody ended yet, those whose list is used up among them; the oldest first."""
        if not self._any_is_running():
            return []
        query = (
            select(CallOut)
            .where(call_outs.c.centre_id == the_centre, call_outs.c.ended_at.is_(None), self._seen)
            .order_by(call_outs.c.id)
        )
        return list(self._session.scalars(query))

    def _any_is_running(self) -> bool:
        """Asked first, because 今日 asks at the start, when the classes of rosters are not worked out yet."""
        self._session.flush()
        query = select(call_outs.c.id).where(call_outs.c.centre_id == the_centre, call_outs.c.ended_at.is_(None))
        return self._session.execute(query.limit(1)).first() is not None

    def of_case(self, case_id: int) -> list[CallOut]:
        """All searches for a case, the oldest first."""
        query = (
            select(CallOut)
            .where(call_outs.c.centre_id == the_centre, call_outs.c.case_id == case_id, self._seen)
            .order_by(call_outs.c.id)
        )
        return list(self._session.scalars(query))

    def calls(self, first: datetime, last: datetime) -> list[CallRow]:
        """Calls made from one moment to another, both included, in the order of calling."""
        self._session.flush()
        query = (
            select(*_ROW)
            .join(call_outs, and_(call_outs.c.centre_id == calls.c.centre_id, call_outs.c.id == calls.c.call_out_id))
            .where(calls.c.centre_id == the_centre, calls.c.called_at.between(first, last), self._seen)
            .order_by(calls.c.called_at, calls.c.id)
        )
        return [CallRow(*row) for row in self._session.execute(query)]

    def last_answers(self, mediator_ids: Iterable[int], most: int) -> dict[int, list[CallAnswer]]:
        """What each said to the last `most` calls, the newest first; [] for who was never called.

        Calls that still wait or were withdrawn say nothing of a person and are left out.
        """
        self._session.flush()
        ids = list(mediator_ids)
        newest_first = func.row_number().over(
            partition_by=calls.c.mediator_id, order_by=(calls.c.called_at.desc(), calls.c.id.desc())
        )
        ranked = (
            select(calls.c.mediator_id, calls.c.answer, newest_first.label("back"))
            .where(
                calls.c.centre_id == the_centre,
                calls.c.mediator_id.in_(ids),
                calls.c.answer.not_in(_SAYING_NOTHING),
            )
            .subquery()
        )
        query = (
            select(ranked.c.mediator_id, ranked.c.answer)
            .where(ranked.c.back <= most)
            .order_by(ranked.c.mediator_id, ranked.c.back)
        )
        answers: dict[int, list[CallAnswer]] = {each: [] for each in ids}
        for mediator_id, answer in self._session.execute(query):
            answers[mediator_id].append(answer)
        return answers
