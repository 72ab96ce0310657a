"""The filters of the list of cases that users keep under names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.store.centre import the_centre
from mediation_desk.store.procedure_schema import saved_filters
from mediation_desk.store.saved_filter import SavedFilter


class FilterRecords:
    """Reads and writes saved filters. Each belongs to one user, and nobody else is told of it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, kept: SavedFilter) -> None:
        self._session.add(kept)

    def of_user(self, user_id: int) -> list[SavedFilter]:
        """The filters of a user, by name."""
        query = select(SavedFilter).where(saved_filters.c.centre_id == the_centre, saved_filters.c.user_id == user_id)
        return sorted(self._session.scalars(query), key=lambda each: each.name)

    def named(self, user_id: int, name: str) -> SavedFilter | None:
        return next((each for each in self.of_user(user_id) if each.name == name), None)

    def drop(self, kept: SavedFilter) -> None:
        self._session.delete(kept)
