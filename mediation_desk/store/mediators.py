"""The directory of mediators."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.stage import OPEN_STAGES
from mediation_desk.store.centre import one, the_centre
from mediation_desk.store.schema import assignments, cases, mediators


class MediatorRecords:
    """Reads and writes mediators."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, mediator: Mediator, centre_id: int) -> None:
        mediator.centre_id = centre_id  # type: ignore[attr-defined]  # the mapping adds it; the domain has one centre
        self._session.add(mediator)

    def get(self, mediator_id: int) -> Mediator:
        """Raises `NotFound`."""
        mediator = one(self._session, Mediator, mediator_id)
        if mediator is None:
            raise NotFound("找不到这位调解员。请刷新名册。")
        return mediator

    def all(self) -> list[Mediator]:
        """Everybody, those who have left included, in order of entry."""
        return list(
            self._session.scalars(select(Mediator).where(mediators.c.centre_id == the_centre).order_by(mediators.c.id))
        )

    def some(self, ids: Iterable[int]) -> dict[int, Mediator]:
        wanted = list(ids)
        if not wanted:
            return {}
        query = select(Mediator).where(mediators.c.centre_id == the_centre, mediators.c.id.in_(wanted))
        return {each.id: each for each in self._session.scalars(query) if each.id is not None}

    def open_cases(self) -> dict[int, int]:
        """How many open cases each mediator has now."""
        query = (
            select(assignments.c.mediator_id, func.count())
            .join(cases, and_(cases.c.centre_id == assignments.c.centre_id, cases.c.id == assignments.c.case_id))
            .where(
                assignments.c.centre_id == the_centre,
                assignments.c.ended_on.is_(None),
                cases.c.stage.in_([stage.value for stage in OPEN_STAGES]),
            )
            .group_by(assignments.c.mediator_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}
