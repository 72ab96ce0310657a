"""Turns a store from plain to encrypted, gives it another key, or takes its key away.

SQLCipher cannot change a file in place safely, so a new one is written beside it, checked against it and put in its
place. A kill at any moment leaves the old store or the new one, whole, and a key file that leads to it: the key file
is written first, and goes last. Nobody may have the store open meanwhile; whoever has is noticed.

What nobody may read any more is overwritten before it is removed. That is as much as a program can do: disks that
write each time to another place, as SSDs do, may hold the old content until they need the room.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.errors import CannotSave
from mediation_desk.store import key_file, sqlite_file
from mediation_desk.store.copying import Progress, Stopped, go_on_unless, note_names, onto_the_disk, share
from mediation_desk.store.left_behind import fresh_name, old_name, wipe
from mediation_desk.store.sqlite_file import connect, unlock
from mediation_desk.store.troubles import why

_INSTRUCTIONS = 20_000  # of SQLite's machine, between two looks at `stop`
_ROOM = 1.05  # an encrypted page holds 80 bytes less
_MEGABYTE = 1024 * 1024
_LEFT_TO_THE_STORE = 64 * _MEGABYTE
_EXPORTED, _CHECKED = 0.6, 0.8


def encrypt(path: Path, key: bytes, *, progress: Progress | None = None, stop: Event | None = None) -> None:
    """Encrypt a plain store whose key file is there already (see `key_file.make`). What was plain is overwritten.

    Copies of it elsewhere stay: see `left_behind.plain_copies`. Raises `CannotSave` with a sentence (in use, no room,
    a full disk), `CannotOpen` if there is no key file, or `Stopped`; the store is as it was then.
    """
    key_file.identity(path)
    _convert(path, None, key, "没有加密", progress, stop)


def rekey(path: Path, old: bytes, new: bytes, *, progress: Progress | None = None, stop: Event | None = None) -> None:
    """Give an encrypted store another key. Raises as `encrypt`.

    Every password and the sheet lead to the new key until `key_file.start_anew` locks it up for others.
    """
    key_file.announce(path, old, new)
    try:
        _convert(path, old, new, "没有换钥匙", progress, stop)
    except BaseException:
        if key_file.fits(path, old):
            key_file.take_back(path)
        raise


def decrypt(path: Path, key: bytes, *, progress: Progress | None = None, stop: Event | None = None) -> None:
    """Make an encrypted store plain. Its key file goes; back-ups keep their copies of it. Raises as `encrypt`."""
    _convert(path, key, None, "没有解密", progress, stop)
    with suppress(OSError):
        key_file.key_path(path).unlink(missing_ok=True)


def _convert(
    path: Path, old: bytes | None, new: bytes | None, refusal: str, progress: Progress | None, stop: Event | None
) -> None:
    fresh, log = fresh_name(path), path.with_name(path.name + "-wal")
    replaced = (old_name(path), old_name(log))
    with _said_plainly(path, refusal):
        wipe(fresh)
        _refuse_without_room(path, refusal)
        try:
            _second_name(log, old_name(log))  # SQLite removes it without overwriting it
            with closing(_alone(path, old)) as source:
                _export(source, fresh, new, share(progress, 0, _EXPORTED), path.stat().st_size, stop)
                _compare(source, fresh, new, stop)
                onto_the_disk(fresh)
            if progress:
                progress(_CHECKED)
            go_on_unless(stop)
            _take_log_away(log)
            _second_name(path, old_name(path))
            fresh.replace(path)
            note_names(path.parent)
        finally:
            for file in (fresh, *replaced):
                with suppress(OSError):  # else the next start does it
                    wipe(file, progress=share(progress, _CHECKED, 1))


def _alone(path: Path, key: bytes | None) -> Any:
    """A connection to a store that nobody else has open; its write-ahead log is folded in, and goes with it."""
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=sqlite_file.BUSY_SECONDS, isolation_level=None
    )
    try:
        if key is not None:
            unlock(connection, key)
        connection.execute("pragma locking_mode=exclusive")  # before the log is looked at: others then are in the way
        connection.execute("pragma temp_store=memory")
        connection.execute("begin exclusive")
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(full)")
    except driver.Error:
        connection.close()
        raise
    return connection


def _take_log_away(log: Path) -> None:
    """Remove what is left of the log of the old file; one that was not folded in would be played into the new one."""
    if log.exists() and log.stat().st_size:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    log.unlink(missing_ok=True)
    log.with_name(log.name.removesuffix("-wal") + "-shm").unlink(missing_ok=True)


def _export(
    source: Any, fresh: Path, key: bytes | None, progress: Progress | None, size: int, stop: Event | None
) -> None:
    def look() -> bool:
        if progress:
            progress(min(1.0, fresh.stat().st_size / max(size, 1)))
        return stop is not None and stop.is_set()

    source.execute("attach ? as fresh key ?", (str(fresh), f"x'{key.hex()}'" if key else ""))
    source.execute("pragma fresh.journal_mode=off")  # nobody needs half of it
    source.execute("pragma fresh.synchronous=off")
    source.set_progress_handler(look, _INSTRUCTIONS)
    try:
        source.execute("select sqlcipher_export('fresh')")
    except driver.Error:
        go_on_unless(stop)
        raise
    finally:
        source.set_progress_handler(None, 0)
    for name in ("application_id", "user_version"):
        source.execute(f"pragma fresh.{name}={source.execute(f'pragma main.{name}').fetchone()[0]}")
    source.execute("detach fresh")


def _compare(source: Any, fresh: Path, key: bytes | None, stop: Event | None) -> None:
    """Raise `CannotSave` unless the new file is whole and has everything that the old one has."""
    wanted = list(_told(source))
    try:
        with closing(connect(fresh, key, writable=False)) as target:
            if stop is not None:
                target.set_progress_handler(stop.is_set, _INSTRUCTIONS)
            faults = target.execute("pragma cipher_integrity_check").fetchall() if key else []
            faults += [row for row in target.execute("pragma quick_check").fetchall() if row != ("ok",)]
            is_same = not faults and list(_told(target)) == wanted
    except driver.Error:
        go_on_unless(stop)
        is_same = False
    if not is_same:
        raise CannotSave("新写的文件与原来的数据不一致，没有采用；原来的数据没有改动。请检查磁盘后再试。")


def _told(connection: Any) -> Iterator[object]:
    """What two files must have in common: marks, schema, and how many rows each table has."""
    for name in ("application_id", "user_version"):
        yield connection.execute(f"pragma {name}").fetchone()
    schema = connection.execute("select type, name, sql from sqlite_master order by type, name").fetchall()
    yield schema
    for kind, name, sql in schema:
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            yield connection.execute(f'select count(*) from "{name}"').fetchone()


def _second_name(file: Path, other: Path) -> None:
    """Give a file a name by which it can be overwritten when it has lost its own; not every disk knows such a thing."""
    with suppress(OSError):
        wipe(other)
        os.link(file, other)


def _refuse_without_room(path: Path, refusal: str) -> None:
    needed = int(path.stat().st_size * _ROOM) + _LEFT_TO_THE_STORE
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise CannotSave(
            f"磁盘只剩 {free // _MEGABYTE} MB，这一步要用 {needed // _MEGABYTE + 1} MB，{refusal}；数据没有改动。"
            "请清理磁盘后再试。"
        )


@contextmanager
def _said_plainly(path: Path, refusal: str) -> Iterator[None]:
    try:
        yield
    except Stopped:
        raise
    except (OSError, driver.Error) as error:
        if "locked" in str(error) or isinstance(error, PermissionError):
            happened = "另一个窗口或程序正在使用数据"
            advice = "请关闭那个程序，等备份等后台工作结束后再试。"
        elif "full" in str(error):
            happened, advice = "磁盘已满", "请清理磁盘后再试。"
        elif any(part in str(error) for part in ("malformed", "not a database")):
            happened, advice = "数据文件读到损坏的地方", "请停止录入，保留该文件，并从备份恢复。"
        else:
            happened, advice = f"“{path.name}”读写失败（{why(error)}）", "请检查磁盘和权限后再试。"
        raise CannotSave(f"{happened}，{refusal}；数据没有改动。{advice}") from error
