"""The file of a store: how a connection to it is made, plain or encrypted, and looked at without changing anything.

One driver in every mode (sqlcipher3), BEGIN emitted by ourselves (the driver's own modes silently lose concurrent
updates), WAL with synchronous=FULL: what was acknowledged survives a power cut. The key of an encrypted file is always
the raw one: deriving it from a password again for every connection would cost 0.1 s each time.
"""

import json
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from mediation_desk.domain.errors import CannotOpen

BUSY_SECONDS = 5
"""How long a step waits for another program to finish writing."""

PRAGMAS = (
    "foreign_keys=on",
    "journal_mode=wal",
    "synchronous=full",
    "cache_size=-16384",
    "temp_store=memory",
    "trusted_schema=off",
    "cell_size_check=on",
    "secure_delete=on",
)
_READING_PRAGMAS = tuple(pragma for pragma in PRAGMAS if not pragma.startswith(("journal_mode", "synchronous")))
_CACHE_OF_A_KEYED_FILE = "cache_size=-32768"  # each page read anew is decrypted anew


def connect(path: Path, key: bytes | None = None, *, writable: bool = True) -> Any:
    """A connection of the driver to the file. Raises the driver's error when it is damaged or the key is another."""
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={'rw' if writable else _reading_mode(path)}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if key is not None:
            unlock(connection, key)
        connection.execute("select count(*) from sqlite_master").fetchone()
        for pragma in PRAGMAS if writable else _READING_PRAGMAS:
            connection.execute(f"pragma {pragma}")
        if key is not None:
            connection.execute(f"pragma {_CACHE_OF_A_KEYED_FILE}")
    except driver.Error:
        connection.close()
        raise
    return connection


def undo_half(path: Path, key: bytes | None = None) -> None:
    """Undo a change that a kill broke off before the file kept a write-ahead log: a back-up is restored without one.

    Only a connection that may write can do that; one that reads would call the file damaged. What cannot be undone is
    left for whoever opens the store, and told then.
    """
    if path.with_name(path.name + "-journal").exists():
        with suppress(driver.Error):
            connection = driver.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
            with closing(connection):
                if key is not None:
                    unlock(connection, key)
                connection.execute("select count(*) from sqlite_master").fetchone()


def unlock(connection: Any, key: bytes) -> None:
    """Tell a fresh connection the key of 32 bytes. Whether it is the right one shows at the first read."""
    connection.execute("pragma cipher_log_level=none")  # else a wrong key is told on the standard error output
    connection.execute(f"pragma key=\"x'{key.hex()}'\"")


def _reading_mode(path: Path) -> str:
    """Without the shared memory file of its log SQLite can read a store only as an immutable one, past the log."""
    if _can_write_beside(path):
        return "ro"
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise CannotOpen(
            f"“{path}”所在的文件夹不可写，而最近的改动还在日志文件“{log.name}”里，现在打开会看不到它们。"
            "请把这两个文件一起复制到可写的文件夹后再打开。"
        )
    return "ro&immutable=1"


def _can_write_beside(path: Path) -> bool:
    probe = path.with_name(path.name + "-probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def engine_of(path: Path, key: bytes | None = None, *, writable: bool = True) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=partial(connect, path, key, writable=writable),
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,  # one connection keeps its pages warm
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("mediation_desk_begin", "BEGIN")
        connection.connection.cursor().execute(how)

    return engine


def remove(file: Path) -> None:
    """Remove a store that never got its name."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
