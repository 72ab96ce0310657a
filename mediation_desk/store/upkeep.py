"""What is done for the file of a store while nobody saves: folding in its log, and looking after the disk."""

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from mediation_desk.store.copying import PIECE
from mediation_desk.store.database import Database
from mediation_desk.store.sqlite_file import connect

BALLAST = 64 * 1024 * 1024
"""Bytes set aside on the disk of a store: given up when it is full, they let people save until somebody clears it."""

_WORTH_FOLDING = 4 * 1024 * 1024
_FREE_TO_SET_ASIDE = 16 * BALLAST


def free_bytes(folder: Path) -> int | None:
    """How much can still be written to the disk of a folder; None where that cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def fold_log(database: Database) -> None:
    """Fold the write-ahead log into the file when it has grown, and give its room back.

    First what is possible beside others, so that nobody waits for the rest; where somebody reads or writes just then,
    it is left for the next time.
    """
    if database.path is None or database.read_only:
        return
    log = database.path.with_name(database.path.name + "-wal")
    with suppress(OSError, driver.Error):
        if log.stat().st_size < _WORTH_FOLDING:
            return
        with closing(connect(database.path, database.key)) as connection:
            connection.execute("pragma busy_timeout=0")
            connection.execute("pragma wal_checkpoint(passive)")
            connection.execute("pragma wal_checkpoint(truncate)")


def ballast_of(store: Path) -> Path:
    return store.with_name(store.name + ".ballast")


def set_ballast_aside(store: Path, size: int = BALLAST) -> None:
    """Set the ballast aside while there is plenty of room. Nothing happens where that cannot be done."""
    ballast = ballast_of(store)
    with suppress(OSError):
        if ballast.exists() or (free_bytes(store.parent) or 0) < max(_FREE_TO_SET_ASIDE, size):
            return
        part = ballast.with_name(ballast.name + ".part")
        with part.open("wb") as opened:
            for _ in range(0, size, PIECE):
                opened.write(os.urandom(PIECE))  # nothing that a disk could store in less room
                opened.flush()
                os.fsync(opened.fileno())
        part.replace(ballast)


def give_ballast_up(store: Path) -> bool:
    """Let go of the ballast; whether there was any. Nothing happens where it cannot be removed."""
    with suppress(OSError):
        ballast_of(store).unlink()
        return True
    return False
