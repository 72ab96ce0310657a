"""The centre, its committees and its users: one of each store.

Every statement of a service names the centre, and every key and reference begins with it. So the tables of a server can
be spread by centre (PostgreSQL with Citus and engines like it): each step then goes to one part only. `the_centre` and
`centre_id_here` are the two places that say which centre that is; a store of several would have to be told there.

These cross centres, as they are of the store as a whole and of nobody's everyday: the steps of `migrations/`, what
`checking.py` and `audit.py` hold against each other, the list of back-ups (`backup_log.py`), and the notes of the
triggers in `row_changes`, which are gone before a step ends. `centres`, `watched_columns` and `alembic_version` belong
on every part. Ids come from one sequence for each table: unique in the store, not dense; `uid` sorts by time.
"""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.schema import centres

the_centre = select(centres.c.id).limit(1).scalar_subquery()
"""The centre's key within another query: indexes begin with it and are of use only where it is told."""

HOLDS = "mediation_desk_holds"
"""Option of connections on which another desk may take a step at the same time: what is changed has to be held."""

_CENTRE_ID = "mediation_desk_centre_id"

_T = TypeVar("_T")


def one(session: Session, kind: type[_T], row_id: int) -> _T | None:
    """The record of that id, asked for by its whole key.

    In a step on a server its row is held until the step ends, so that no two desks change a record by what both read
    before; a step in a file is alone anyhow.
    """
    key = (centre_id_here(session), row_id)
    is_known = session.identity_key(kind, key) in session.identity_map
    holds = not is_known and session.connection().get_execution_options().get(HOLDS)
    return session.get(kind, key, with_for_update={"key_share": True} if holds else None)


def centre_id_here(session: Session) -> int:
    """The centre's own key, 0 before the first set-up. It never changes, so each connection asks for it once."""
    known = session.connection().info
    if not known.get(_CENTRE_ID):
        known[_CENTRE_ID] = session.connection().execute(select(centres.c.id).limit(1)).scalar() or 0
    return int(known[_CENTRE_ID])


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
        fact.centre_id = centre_id_here(self._session) or self.get().id
        self._session.add(fact)
