"""Back-ups of a store in a file: copied while people work, checked, hashed, and listed by what lies in a folder.

SQLite's online back-up copies the pages. It begins anew whenever another connection writes, and so would never end
beside somebody who saves steadily (measured: 20 s and not done, where 3 s are enough). Here it therefore reads within
one read transaction: nobody waits for it, and only the write-ahead log grows meanwhile. `VACUUM INTO` reads within one
as well, but cannot pause: saves beside it waited up to 185 ms for the disk, and 30 ms for this one.

A back-up is a file `<store>-20261123-093000.db` with a manifest `….json` beside it, and where it is encrypted the key
file of that time. It has its name only once it is whole, checked and on the disk; until then it is called `….part`.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from re import compile as pattern
from threading import Event
from time import sleep
from typing import Any

import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.errors import CannotOpen, CannotRead, CannotSave
from mediation_desk.domain.thinning import BackupReason, Made
from mediation_desk.store.columns import metadata
from mediation_desk.store.copying import (
    PAUSE,
    Progress,
    Stopped,
    copy_file,
    go_on_unless,
    note_names,
    onto_the_disk,
    sha256_of,
    share,
    write_whole,
)
from mediation_desk.store.database import APPLICATION_ID, Database
from mediation_desk.store.key_file import copy_beside, identity, key_path
from mediation_desk.store.sqlite_file import connect, remove, unlock
from mediation_desk.store.troubles import why

PAGES_AT_A_TIME = 256
"""One megabyte: small enough for the disk to let a save pass, large enough that pauses do not count."""

MEGABYTE = 1024 * 1024
_LEFT_TO_THE_STORE = 64 * MEGABYTE
_LITTLE_CACHE = "pragma cache_size=-2048"  # each page is read once
_INSTRUCTIONS = 100_000  # of SQLite's machine, between two looks at `stop`
_LONGEST_STEM = 40
_NAME = pattern(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})(-\d+)?\.db")
_AT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A back-up as it lies in a folder. It names nobody.

    `audit_no` and `audit_hash` are the end of the log then, `counts` the rows of each table. One whose manifest is
    lost has no `sha256`: it may be whole, but nothing tells.
    """

    folder: Path
    file_name: str
    made_at: datetime
    reason: BackupReason = BackupReason.UNKNOWN
    size: int = 0
    sha256: str = ""
    revision: str = ""
    encrypted: bool = False
    audit_no: int = 0
    audit_hash: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / self.file_name

    @property
    def manifest(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def keys(self) -> Path:
        """Where the key file lies if it is encrypted."""
        return key_path(self.path)

    def as_made(self, proven: frozenset[str] = frozenset()) -> Made:
        """As it counts for the thinning; `proven` are the names of files with which a rehearsal went well."""
        is_proven = self.file_name in proven
        return Made(
            name=self.file_name, made_at=self.made_at, no=self.audit_no, reason=self.reason, is_proven=is_proven
        )


def backups_folder(store: Path) -> Path:
    """Where back-ups go unless somebody chose another place."""
    return store.parent / "backups"


# ---- making one


def back_up(
    database: Database,
    folder: Path,
    *,
    reason: BackupReason,
    now: datetime,
    pages_at_a_time: int = PAGES_AT_A_TIME,
    pause: float = PAUSE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Backup:
    """Copy an open store into a folder, check and hash the copy. For a thread of its own: it takes its time.

    Uses connections of its own; people go on saving meanwhile. `pause` 0 makes it as quick as the disk allows.
    Raises `CannotSave` or `CannotRead` with a sentence, or `Stopped`; nothing new is left then, and no back-up is lost.
    """
    if database.path is None:
        raise CannotSave("数据在服务器上，由服务器管理员用 pg_dump 定时备份；本程序没有另做备份。")
    store, key = database.path, database.key
    with _said_of(folder):
        folder.mkdir(exist_ok=True)  # never its parents: a disk that is gone must not become a folder of this one
        path = _free_name(folder, store, now)
        part = path.with_name(path.name + ".part")
        refuse_without_room(folder, size_of(store), store)
        try:
            _copy_pages(store, part, key, pages_at_a_time, pause, share(progress, 0, 0.7), stop)
            found = check(part, key, stop=stop)
            onto_the_disk(part)
            digest = sha256_of(part, progress=share(progress, 0.85, 1.0), stop=stop)
            with suppress(CannotOpen):  # without its key file a back-up is worth more than none at all
                if key is not None:
                    copy_beside(store, path)
            backup = Backup(
                folder=folder,
                file_name=path.name,
                made_at=now,
                reason=reason,
                size=part.stat().st_size,
                sha256=digest,
                encrypted=key is not None,
                **found,
            )
            _name(backup, part)
        except BaseException:
            _forget_part(part)
            raise
    return backup


def size_of(store: Path) -> int:
    """How many bytes a copy of a store may need. Raises `OSError`."""
    log = store.with_name(store.name + "-wal")
    return store.stat().st_size + (log.stat().st_size if log.exists() else 0)


def refuse_without_room(folder: Path, needed: int, store: Path) -> None:
    """Raise `CannotSave` unless so many bytes fit into a folder, and where the store lies on that disk, it can grow on.

    Raises `OSError` where that cannot be told.
    """
    shared = folder.stat().st_dev == store.stat().st_dev
    free = shutil.disk_usage(folder).free
    if free < needed + (_LEFT_TO_THE_STORE if shared else 0):
        raise CannotSave(
            f"“{folder}”所在磁盘只剩 {free // MEGABYTE} MB，放不下一份备份（约 {needed // MEGABYTE + 1} MB）。"
            "以前的备份都在。请清理磁盘或换一个文件夹。"
        )


def _copy_pages(
    store: Path,
    part: Path,
    key: bytes | None,
    pages: int,
    pause: float,
    progress: Progress | None,
    stop: Event | None,
) -> None:
    remove(part)

    def after_each_piece(_status: int, left: int, total: int) -> None:
        go_on_unless(stop)
        onto_the_disk(part)
        if progress:
            progress(1 - left / max(total, 1))
        sleep(pause)

    with closing(connect(store, key, writable=False)) as source, closing(driver.connect(str(part))) as target:
        if key is not None:
            unlock(target, key)
        for connection in (source, target):
            connection.execute(_LITTLE_CACHE)
        target.execute("pragma journal_mode=off")  # nobody needs half of it
        target.execute("pragma synchronous=off")
        source.execute("begin")
        source.execute("select count(*) from sqlite_master").fetchone()  # from here on, it sees no other's writing
        source.backup(target, pages=pages, progress=after_each_piece)
        target.execute("pragma journal_mode=delete")  # one file, to be read from any medium


def check(path: Path, key: bytes | None, *, stop: Event | None = None) -> dict[str, Any]:
    """Look whether a store that nobody has open is whole: `revision`, `audit_no`, `audit_hash` and `counts` of it.

    Of an encrypted one the sum of every page is checked, of a plain one its structure, as it has no sums.
    Raises `CannotRead` with a sentence, or `Stopped`.
    """
    try:
        with closing(connect(path, key, writable=False)) as connection:
            connection.execute(_LITTLE_CACHE)
            if stop is not None:
                connection.set_progress_handler(stop.is_set, _INSTRUCTIONS)
            if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                raise CannotRead(f"“{path.name}”不是调解工作台的数据文件。")
            # The one tells every fault and of a sound file nothing, the other says "ok".
            faults = connection.execute("pragma cipher_integrity_check" if key else "pragma quick_check").fetchall()
            if faults and faults != [("ok",)]:
                raise CannotRead(f"“{path.name}”已经损坏（{len(faults)}处）。")
            return _told(connection)
    except driver.Error as error:
        go_on_unless(stop)
        raise CannotRead(f"“{path.name}”读不出来（{why(error)}）。") from error


def _told(connection: Any) -> dict[str, Any]:
    revision = connection.execute("select version_num from alembic_version").fetchone()
    there = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    tables = sorted(there & metadata.tables.keys())
    counts = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}
    heads = "select no, hash from audit_heads order by centre_id limit 1"
    no, last = (connection.execute(heads).fetchone() if "audit_heads" in there else None) or (0, "")
    return {"revision": str(revision[0]), "audit_no": no, "audit_hash": last, "counts": counts}


def _free_name(folder: Path, store: Path, now: datetime) -> Path:
    """The name for a back-up made now, numbered where there is one of this very second."""
    name = f"{_stem(store)}-{now.strftime(_AT)}"
    path, no = folder / f"{name}.db", 1
    while path.exists() or path.with_suffix(".json").exists() or path.with_name(path.name + ".part").exists():
        no += 1
        path = folder / f"{name}-{no}.db"
    return path


def _stem(store: Path) -> str:
    """The store's own name, cut so that whatever is added to it still makes a name for a file anywhere."""
    return store.stem[:_LONGEST_STEM]


def _name(backup: Backup, part: Path) -> None:
    """From here on it is a back-up. Its manifest is there first: a name without one would promise too much."""
    told = {
        "file": backup.file_name,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason.value,
        "size": backup.size,
        "sha256": backup.sha256,
        "revision": backup.revision,
        "encrypted": backup.encrypted,
        "audit_no": backup.audit_no,
        "audit_hash": backup.audit_hash,
        "counts": dict(backup.counts),
    }
    write_whole(backup.manifest, json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8"))
    part.replace(backup.path)
    note_names(backup.folder)


def _forget_part(part: Path) -> None:
    """Remove what never became a back-up: of a kill, a full disk, a stick pulled out."""
    path = part.with_name(part.name.removesuffix(".part"))
    with suppress(OSError):
        remove(part)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)
        if not path.exists():
            path.with_suffix(".json").unlink(missing_ok=True)
            key_path(path).unlink(missing_ok=True)


# ---- those that are there


def list_backups(folder: Path, store: Path | None = None) -> list[Backup]:
    """The back-ups in a folder, the newest first; only those of `store` if it is given. A missing folder has none."""
    try:
        files = [each for each in folder.iterdir() if each.suffix == ".db"]
    except OSError:
        return []
    found = [_read(each) for each in files if _is_of(each, store)]
    return sorted(filter(None, found), key=lambda each: (each.made_at, each.audit_no, each.file_name), reverse=True)


def _is_of(file: Path, store: Path | None) -> bool:
    named = _NAME.fullmatch(file.name)
    return named is not None and (store is None or named["stem"] == _stem(store))


def _read(file: Path) -> Backup | None:
    named = _NAME.fullmatch(file.name)
    assert named is not None
    try:
        size = file.stat().st_size
        by_name = datetime.strptime(named["at"], _AT)
    except (OSError, ValueError):
        return None
    try:
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        return Backup(
            folder=file.parent,
            file_name=file.name,
            made_at=datetime.fromisoformat(told["made_at"]),
            reason=BackupReason(told["reason"]),
            size=size,
            sha256=str(told["sha256"]),
            revision=str(told["revision"]),
            encrypted=bool(told["encrypted"]),
            audit_no=int(told["audit_no"]),
            audit_hash=str(told["audit_hash"]),
            counts={str(name): int(number) for name, number in told["counts"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Backup(folder=file.parent, file_name=file.name, made_at=by_name, size=size)


def verify(backup: Backup, *, progress: Progress | None = None, stop: Event | None = None) -> None:
    """Read a back-up whole and compare it with its manifest. Raises `CannotRead` with a sentence, or `Stopped`."""
    try:
        digest = sha256_of(backup.path, progress=progress, stop=stop)
    except OSError as error:
        raise CannotRead(f"备份“{backup.file_name}”读不出来（{why(error)}）。请换一个备份。") from error
    if digest != backup.sha256:
        raise is_another(backup)


def is_another(backup: Backup) -> CannotRead:
    """What is said of a back-up that is not what its manifest tells."""
    if not backup.sha256:
        return CannotRead(f"备份“{backup.file_name}”没有清单，无法核对是否完整。请换一个备份。")
    return CannotRead(f"备份“{backup.file_name}”与做成时不一致，可能已损坏。请换一个备份。")


def is_of_older_key(backup: Backup, store: Path) -> bool:
    """Whether an encrypted back-up opens with another key than the store has by now."""
    try:
        return backup.encrypted and identity(backup.path) != identity(store)
    except CannotOpen:  # nobody can tell
        return False


def copy_to(
    backup: Backup,
    folder: Path,
    *,
    pause: float = PAUSE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Backup:
    """Put a copy into a second folder that is there, with manifest and key file, and read it back.

    Raises as `back_up`.
    """
    copy = replace(backup, folder=folder)
    part = copy.path.with_name(copy.file_name + ".part")
    with _said_of(folder):
        try:
            refuse_without_room(folder, backup.size, backup.path)
            read = copy_file(backup.path, part, pause=pause, progress=share(progress, 0, 0.8), stop=stop)
            if read != backup.sha256:
                raise is_another(backup)
            if sha256_of(part, progress=share(progress, 0.8, 1), stop=stop) != read:
                raise CannotSave(f"“{folder}”里的副本读回来与原件不一致，没有采用。请检查这个磁盘。")
            with suppress(CannotOpen):
                if backup.encrypted:
                    copy_beside(backup.path, copy.path)
            _name(copy, part)
        except BaseException:
            _forget_part(part)
            raise
    return copy


def forget(backup: Backup) -> None:
    """Remove a back-up. What cannot be removed now stays listed. The file goes first: a manifest alone is nothing."""
    with suppress(OSError):
        backup.path.unlink(missing_ok=True)
        backup.manifest.unlink(missing_ok=True)
        backup.keys.unlink(missing_ok=True)


def sweep(folder: Path, store: Path) -> None:
    """Remove what a back-up left that was killed midway. Only for whoever has `store` open and is making none now."""
    with suppress(OSError):
        for part in list(folder.glob("*.db.part")):
            if _is_of(part.with_name(part.name.removesuffix(".part")), store):
                _forget_part(part)


@contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """Say plainly why nothing could be written there, or what is the matter with the store itself."""
    kept = "以前的备份都在，正在用的数据没有改动。"
    try:
        yield
    except Stopped:
        raise
    except OSError as error:
        raise CannotSave(f"备份写不进“{folder}”（{why(error)}）。{kept}请检查这个文件夹或换一个。") from error
    except driver.Error as error:
        if any(part in str(error) for part in ("malformed", "not a database")):
            raise CannotRead(
                f"数据文件读到损坏的地方，没有做成备份。{kept}请停止录入，保留该文件，并从备份恢复。"
            ) from error
        happened = "磁盘已满" if "full" in str(error) else why(error)
        raise CannotSave(f"备份写不进“{folder}”（{happened}）。{kept}请清理磁盘或换一个文件夹。") from error
