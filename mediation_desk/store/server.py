"""A store on a PostgreSQL server, shared by several desks: how a connection to it is made.

A look is one snapshot (REPEATABLE READ, read only); a step is READ COMMITTED and waits for rows that another desk is
just changing, no longer than its patience. What holds on to rows without a word, a desk whose plug was pulled, is cut
off by the server itself. Statements are written with positional placeholders, as for a file, so that what goes past
SQLAlchemy (`insertion.py`, `sealing.py`) is the same on both.
"""

import json
from collections.abc import Callable
from functools import partial
from time import monotonic, sleep
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event

from mediation_desk.store.address import SURE, ServerAddress
from mediation_desk.store.sealing import Head
from mediation_desk.store.troubles import database_errors

BUSY_SECONDS = 5
"""How long a step waits for rows that another desk is changing."""

UNREACHABLE_SECONDS = 3
"""How long a server that could not be reached is not asked again: a window must not wait at every look."""

_CONNECT_SECONDS = 5
_SILENT_SECONDS = 60
PAUSE_SECONDS = 1.0
_ASKED_AGAIN = 5
_SETTINGS = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{_SILENT_SECONDS}s",
    "synchronous_commit": "on",  # what is acknowledged is on the server's disk, whatever its administrator prefers
    "jit": "off",  # compiling a statement takes longer than any of ours runs
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


def engine_of(address: ServerAddress, password: str | None = None) -> Engine:
    """An engine of that server. The password is in none of its texts."""
    engine = create_engine(
        URL.create("postgresql+psycopg", address.user, host=address.host, port=address.port, database=address.database),
        paramstyle="format",
        connect_args=connection_settings(address),
        pool_size=4,
        pool_pre_ping=True,
        use_native_hstore=False,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "do_connect", _Door(password))
    return engine


def connection_settings(address: ServerAddress) -> dict[str, Any]:
    """What libpq is told besides who and where."""
    settings = {
        "application_name": "mediation-desk",
        "client_encoding": "utf8",
        "connect_timeout": _CONNECT_SECONDS,
        "keepalives_idle": 20,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": _CONNECT_SECONDS * 2000,
        "options": " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items()),
        "sslmode": address.security,
    }
    if address.root:
        settings["sslrootcert"] = address.root
    elif address.security == SURE:
        settings["sslrootcert"] = "system"
    return settings


class _Door:
    """Makes connections with the password; a server that is gone is knocked at again only after a while."""

    def __init__(
        self,
        password: str | None,
        clock: Callable[[], float] = monotonic,
        connect: Callable[..., Any] = psycopg.connect,
    ) -> None:
        self._password = password
        self._clock = clock
        self._connect = connect
        self._trouble: tuple[float, psycopg.OperationalError] | None = None

    def __call__(self, _dialect: object, _record: object, arguments: list[Any], settings: dict[str, Any]) -> Any:
        if self._trouble and self._clock() < self._trouble[0]:
            raise self._trouble[1]
        if self._password is not None:
            settings = {**settings, "password": self._password}
        try:
            connection = self._connect(*arguments, **settings)
        except psycopg.OperationalError as error:
            self._trouble = (self._clock() + UNREACHABLE_SECONDS, error)
            raise
        self._trouble = None
        return connection


def is_cut_off(connection: Connection) -> bool:
    """Whether the server behind a connection is out of reach, so that nobody knows what it did last."""
    raw = connection.connection.dbapi_connection if not connection.invalidated else None
    return raw is None or raw.closed or raw.broken


def is_kept(engine: Engine, head: Head) -> bool | None:
    """Whether a step whose commit was cut off is in the store; None when the server does not come back to tell.

    The step held the head of the log. Whoever gets hold of it now knows that the step has ended, one way or the other.
    """
    hold = "select 1 from audit_heads where centre_id = %s for update"
    find = "select 1 from audit where centre_id = %s and no = %s and hash = %s"
    for _ in range(_ASKED_AGAIN):
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(hold, (head.centre_id,))
                return bool(connection.exec_driver_sql(find, (head.centre_id, head.no, head.hash)).first())
        except database_errors():
            sleep(PAUSE_SECONDS)
    return None
