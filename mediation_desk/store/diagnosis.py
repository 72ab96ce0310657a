"""Finds out what is wrong with a store that does not open or lacks something. Looks only; changes nothing
but what a kill broke off, as every opening does.

Of an encrypted file every page has a sum of its own, so damage is always seen, and told from a wrong key: a wrong key
fits no page at all. A plain file has no sums; there SQLite's own look at its structure must do.
"""

import hmac
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from hashlib import pbkdf2_hmac
from pathlib import Path
from threading import Event
from typing import Any

import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.damage import Damage, Diagnosis
from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store import key_file, migrations, side_note
from mediation_desk.store.copying import go_on_unless
from mediation_desk.store.database import APPLICATION_ID, END_OF_LOG
from mediation_desk.store.sqlite_file import connect, undo_half, unlock

PAGE = 4096
PLAIN_HEADER = b"SQLite format 3\0"
_KINDS_OF_PAGES = frozenset({0, 2, 5, 10, 13})  # how a page may begin
_LOOKED_AT = 64
_SALT, _SUM = 16, 64  # bytes at the beginning of the file, and at the end of each page
_INSTRUCTIONS = 100_000


def diagnose(path: Path, key: bytes | None = None, *, stop: Event | None = None) -> Diagnosis:
    """What is wrong with the store at `path`; `key` is the one that should open it. Raises `Stopped`."""
    try:
        if not path.exists():
            return Diagnosis(damage=Damage.MISSING, known_no=_noted(path))
        if not path.is_file():
            return Diagnosis(damage=Damage.FOREIGN, detail="那里是一个文件夹。")
        if path.stat().st_size == 0:
            return Diagnosis(damage=Damage.EMPTY, known_no=_noted(path))
        with path.open("rb") as file:
            is_plain = file.read(len(PLAIN_HEADER)) == PLAIN_HEADER
    except OSError as error:
        return Diagnosis(damage=Damage.NO_ACCESS, detail=f"（{error.strerror}）")
    if not is_plain and key is None:
        return Diagnosis(damage=_without_key(path), known_no=_noted(path))
    return _looked_into(path, None if is_plain else key, stop)


def _noted(path: Path) -> int | None:
    note = side_note.read_note(path)
    return note.audit_no if note else None


def _without_key(path: Path) -> Damage:
    """A file that is not plain, or not any more, and no key at hand. With its key file it can be unlocked first."""
    if key_file.key_path(path).exists():
        return Damage.NONE if key_file.is_whole(path) else Damage.KEYS_DAMAGED
    pages = list(_some_pages(path))
    if pages and all(page[0] in _KINDS_OF_PAGES for page in pages):
        return Damage.HEADER
    is_store = bool(pages) and path.stat().st_size % PAGE == 0 and all(len(set(page)) > PAGE // 20 for page in pages)
    return Damage.KEYS_LOST if is_store else Damage.FOREIGN


def _some_pages(path: Path) -> Iterator[bytes]:
    """Pages from all over the file, but not the first."""
    number = path.stat().st_size // PAGE
    with path.open("rb") as file:
        for page in range(1, number, max(1, number // _LOOKED_AT)):
            file.seek(page * PAGE)
            yield file.read(PAGE)


def _looked_into(path: Path, key: bytes | None, stop: Event | None) -> Diagnosis:
    is_log_gone = side_note.is_log_gone(path)
    undo_half(path, key)
    try:
        with looking_into(path, key) as connection:
            if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                return Diagnosis(damage=Damage.FOREIGN)
            found = _looked_at_content(connection, path, key, stop)
            lacks = is_log_gone or side_note.steps_missing(path, found.audit_no or 0)
            return replace(found, damage=Damage.LOG_LOST) if found.damage is Damage.NONE and lacks else found
    except CannotOpen as error:  # the folder cannot be written, and the log not be read therefore
        return Diagnosis(damage=Damage.NO_ACCESS, detail=str(error))
    except driver.Error as error:
        go_on_unless(stop)
        return _not_connected(path, key, str(error))


@contextmanager
def looking_into(path: Path, key: bytes | None) -> Iterator[Any]:
    """A connection that only reads. The empty log that reading makes goes again: it would hide that the log is lost."""
    log = path.with_name(path.name + "-wal")
    had_log = log.exists()
    try:
        with closing(connect(path, key, writable=False)) as connection:
            yield connection
    finally:
        if not had_log:
            with suppress(OSError):
                log.unlink(missing_ok=True)


def _looked_at_content(connection: Any, path: Path, key: bytes | None, stop: Event | None) -> Diagnosis:
    revision = connection.execute("select version_num from alembic_version").fetchone()
    if revision is not None and revision[0] not in migrations.REVISIONS:
        return Diagnosis(damage=Damage.NEWER)
    audit_no, at = end_of_log(connection)
    known: dict[str, Any] = {"audit_no": audit_no, "at": at, "known_no": _noted(path)}
    faults = faults_of(connection, key, stop)
    if faults or revision is None:
        damage = Damage.LOG_WRONG if is_sound_without_log(path, key) else Damage.PAGES
        return Diagnosis(damage=damage, detail=f"损坏的有{max(faults, 1)}处。", **known)
    return Diagnosis(damage=Damage.NONE, **known)


def faults_of(connection: Any, key: bytes | None, stop: Event | None = None) -> int:
    """How many places of an open file are damaged. An error of the driver counts as one."""
    if stop is not None:
        connection.set_progress_handler(stop.is_set, _INSTRUCTIONS)
    try:
        sums = connection.execute("pragma cipher_integrity_check").fetchall() if key is not None else []
        return len(sums) or sum(line != "ok" for (line,) in connection.execute("pragma quick_check"))
    except driver.DatabaseError:
        go_on_unless(stop)
        return 1


def is_sound_without_log(path: Path, key: bytes | None) -> bool:
    """Whether the store is whole if what is in its log file is left out, and there is something in that."""
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        return False
    with suppress(driver.Error), closing(without_log(path, key)) as connection:
        return faults_of(connection, key) == 0 and connection.execute("select count(*) from cases").fetchone()[0] >= 0
    return False


def without_log(path: Path, key: bytes | None) -> Any:
    """A connection that reads the file alone, whatever lies beside it."""
    connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    if key is not None:
        unlock(connection, key)
    return connection


def end_of_log(connection: Any) -> tuple[int | None, datetime | None]:
    """Number and moment of the newest entry of the log; None for what cannot be read."""
    try:
        no, at = connection.execute(END_OF_LOG).fetchone() or (0, None)
        return int(no), datetime.fromisoformat(at) if at else None
    except (driver.Error, ValueError, TypeError):
        return None, None


def _not_connected(path: Path, key: bytes | None, said: str) -> Diagnosis:
    if "locked" in said:
        return Diagnosis(damage=Damage.LOCKED)
    if "unable to open" in said:
        return Diagnosis(damage=Damage.NO_ACCESS)
    known = _noted(path)
    if is_sound_without_log(path, key):
        return Diagnosis(damage=Damage.LOG_WRONG, known_no=known)
    if key is not None:
        good = sum(fits_page(path, key))
        if not good:
            detail = "钥匙文件不是这份数据的，或者文件的开头损坏了。"
            return Diagnosis(damage=Damage.WRONG_KEY, detail=detail, known_no=known)
    return Diagnosis(damage=Damage.PAGES, detail="损坏的是文件的开头。", known_no=known)


def fits_page(path: Path, key: bytes) -> Iterator[bool]:
    """Whether the sums of some pages, from all over the file, are those that this key makes (SQLCipher 4)."""
    with path.open("rb") as file:
        salt = bytes(each ^ 0x3A for each in file.read(_SALT))
        sum_key = pbkdf2_hmac("sha512", key, salt, 2, 32)
        number = path.stat().st_size // PAGE
        for page in range(1, number, max(1, number // _LOOKED_AT)):
            file.seek(page * PAGE)
            content = file.read(PAGE)
            counted = hmac.new(sum_key, content[:-_SUM] + (page + 1).to_bytes(4, "little"), "sha512").digest()
            yield hmac.compare_digest(content[-_SUM:], counted)
