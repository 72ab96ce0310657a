"""The centre, its committees and its users: one of each store."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.schema import centres

the_centre = select(centres.c.id).limit(1).scalar_subquery()
"""The centre's key within another query: indexes begin with it and are of use only where it is told."""


class CentreRecords:
    """Reads and writes the centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, centre: Centre) -> None:
        self._session.add(centre)

    def find(self) -> Centre | None:
        """The centre of this store; None while nobody has set it up."""
        return self._session.scalars(select(Centre)).first()

    def get(self) -> Centre:
        """The centre of this store. Raises `NotFound` before the first set-up."""
        centre = self.find()
        if centre is None:
            raise NotFound("这份数据还没有设置综治中心。请先完成首次设置。")
        return centre

    def opening_pattern(self) -> list[str]:
        """The half-days of a week at which the centre is open (see `Centre`)."""
        self._session.flush()
        pattern: list[str] = self._session.execute(select(centres.c.opening_pattern)).scalar_one()
        return pattern

    def add_own(self, fact: Any) -> None:
        """Add a record that belongs to the centre. Raises `NotFound` before the first set-up."""
        fact.centre_id = self._session.execute(select(centres.c.id)).scalar() or self.get().id
        self._session.add(fact)
