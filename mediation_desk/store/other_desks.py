"""Tells whether another desk, or another program of this one, changed something since one last looked.

What was changed stands in the log, so that nothing is missed while nobody listens: a note of the server, or SQLite's
`data_version`, only says when looking is worth while. Looks and prints are logged too, but nobody has to read anew for
them.
"""

from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from mediation_desk.store.database import Database
from mediation_desk.store.sealing import CHANNEL
from mediation_desk.store.troubles import database_errors, said_plainly

_VERSION = "mediation_desk_data_version"
_AT_A_TIME = 10_000
_HERE = "centre_id = (select id from centres limit 1)"
_HEAD = f"select coalesce(max(no), 0) from audit_heads where {_HERE}"
_CHANGED = f"select no from audit where {_HERE} and no > {{}} and changes <> '' order by no limit {_AT_A_TIME}"


class OtherDesks:
    """Looks out for others. All methods belong to one thread; `close` may be called when that has ended."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: int | None = None
        self._ear: Any = None

    def look(self) -> bool:
        """Whether others changed something since the last look; the first look only finds out where the log is.

        Raises `CannotRead` when the store is out of reach.
        """
        with said_plainly(saving=False), self._database._reader.connect() as connection:
            connection.begin()
            if self._database.path is not None and not _has_moved(connection):
                return False
            return self._read_on(connection)

    def wait(self, seconds: float) -> bool:
        """Listen to the server for so long, or until something is changed; then `look`."""
        with said_plainly(saving=False):
            try:
                self._listen(seconds)
            except database_errors():
                self.close()
                raise
        return self.look()

    def close(self) -> None:
        if self._ear is not None:
            with suppress(*database_errors()):
                self._ear.close()
            self._ear = None

    def _read_on(self, connection: Connection) -> bool:
        if self._seen is None:
            self._seen = int(connection.exec_driver_sql(_HEAD).scalar_one())
            return False
        found = connection.exec_driver_sql(_CHANGED.format(self._seen)).scalars().all()
        if not found:
            return False
        self._seen = int(found[-1])
        own = [range(head.first_no, head.no + 1) for head in list(self._database.own)]
        return not all(any(no in numbers for numbers in own) for no in found)

    def _listen(self, seconds: float) -> None:
        if self._ear is None:
            self._ear = _ear(self._database)
            return  # what happened before may have been missed
        for _ in self._ear.notifies(timeout=seconds, stop_after=1):
            pass


def _ear(database: Database) -> Any:
    """A connection of the driver that does nothing but listen."""
    borrowed = database._engine.raw_connection()
    connection: Any = borrowed.driver_connection
    borrowed.detach()
    connection.autocommit = True
    connection.execute(f"listen {CHANNEL}")
    return connection


def _has_moved(connection: Connection) -> bool:
    """Whether another connection wrote since this one was asked last."""
    version = connection.exec_driver_sql("pragma data_version").scalar_one()
    moved = bool(connection.info.get(_VERSION) != version)
    connection.info[_VERSION] = version
    return moved
