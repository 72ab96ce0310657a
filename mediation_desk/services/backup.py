"""Backs up the records: into the folder of back-ups and a second one, thinned, and remembered in the store.

This is work for a thread of its own, or for somebody who waits: a back-up takes as long as its store is large. Whoever
changes a whole store (encrypts, restores, repairs it) calls `back_up_first`.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.backup_standing import keep_of
from mediation_desk.domain.errors import CannotSave, DeskError
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import BackupReason, to_remove
from mediation_desk.services.act import Act, needs
from mediation_desk.store import key_file
from mediation_desk.store.backup import Backup, back_up, copy_to, forget, list_backups, sweep
from mediation_desk.store.backup_places import Places, read_places, write_places
from mediation_desk.store.copying import PAUSE, Progress, Stopped, share
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.restoring import prepare
from mediation_desk.store.sealing import Told

ON_A_SERVER = "数据在服务器上，备份由服务器管理员用 pg_dump 定时做，不在这里。"


@dataclass(frozen=True)
class BackedUp:
    """What became of a back-up. `trouble` says what it lacks: a copy in the second folder, or the key file."""

    backup: Backup
    trouble: str = ""


def back_up_now(
    database: Database,
    rules: Rules,
    reason: BackupReason,
    now: datetime,
    *,
    pause: float = PAUSE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> BackedUp:
    """Back the store up, put a copy into the second folder, and remove what is no longer needed.

    A second folder that cannot be reached does not make the first back-up any worse: it is told in the result.
    Raises `CannotSave`, `CannotRead` or `Stopped` when there is no back-up; those that were there before still are.
    """
    if database.path is None:
        raise CannotSave(ON_A_SERVER)
    store, places = database.path, read_places(database.path)
    whole_way = 0.6 if places.second else 1.0
    backup = back_up(
        database,
        places.folder,
        reason=reason,
        now=now,
        pause=pause,
        progress=share(progress, 0, whole_way),
        stop=stop,
    )
    remember(database, backup)
    proven = proven_files(database)
    thin(places.folder, store, rules, now, proven)
    trouble = places.trouble or _key_trouble(database)
    if places.second:
        try:
            copy_to(backup, places.second, pause=pause, progress=share(progress, whole_way, 1), stop=stop)
            thin(places.second, store, rules, now, proven)
        except Stopped:
            raise
        except DeskError as error:
            trouble = trouble or str(error)
    return BackedUp(backup, trouble)


def _key_trouble(database: Database) -> str:
    """Why a back-up of an encrypted store has no key file beside it, "" if it has one or needs none."""
    if database.path is None or database.key is None:
        return ""
    try:
        key_file.users(database.path)
    except DeskError as error:
        return str(error)
    return ""


def back_up_first(
    database: Database, rules: Rules, reason: BackupReason, now: datetime, *, progress: Progress | None = None
) -> Backup:
    """Back the store up before something is done to all of it. Raises a `DeskError` that says that it was not done."""
    try:
        return back_up_now(database, rules, reason, now, pause=0, progress=progress).backup
    except DeskError as error:
        raise CannotSave(f"事先的备份没有做成，所以没有继续。{error}") from error


def remember(database: Database, backup: Backup) -> None:
    """Note a back-up in the store. One that cannot be noted just now (busy, read-only, full) is none the worse."""
    with suppress(DeskError), database.writing() as records:
        records.backups.add(backup)


def proven_files(database: Database) -> frozenset[str]:
    """The names of the back-ups with which a rehearsal went well."""
    with database.reading() as records:
        return records.backups.proven()


def thin(folder: Path, store: Path, rules: Rules, now: datetime, proven: frozenset[str]) -> None:
    """Remove the back-ups of this store that are no longer needed from a folder."""
    there = {each.file_name: each for each in list_backups(folder, store) if each.sha256}
    for made in to_remove([each.as_made(proven) for each in there.values()], now, keep_of(rules, now)):
        forget(there[made.name])


def catch_up(database: Database, rules: Rules, now: datetime, *, stop: Event | None = None) -> str:
    """Give the second folder the newest back-up if it lacks it. Says why that cannot be, "" when all is there."""
    assert database.path is not None
    store, places = database.path, read_places(database.path)
    if places.second is None:
        return places.trouble
    newest = next((each for each in list_backups(places.folder, store) if each.sha256), None)
    try:
        if not places.second.is_dir():
            raise CannotSave(f"第二备份位置“{places.second}”现在不在，最近的备份没有放进去。插上或连上后会自动补上。")
        sweep(places.second, store)
        if newest and not any(each.sha256 == newest.sha256 for each in list_backups(places.second, store)):
            copy_to(newest, places.second, stop=stop)
            thin(places.second, store, rules, now, proven_files(database))
    except OSError as error:
        return f"第二备份位置“{places.second}”读不出来（{error.strerror}）。请检查。"
    except Stopped:
        raise
    except DeskError as error:
        return str(error)
    return places.trouble


def try_second_folder(folder: Path, places: Places) -> None:
    """Raise `CannotSave` with a sentence unless `folder` can serve as the second one."""
    if folder == places.folder or folder.resolve() == places.folder.resolve():
        raise CannotSave("第二备份位置不能与第一个相同。请选 U 盘、移动硬盘或共享文件夹。")
    probe = folder / ".mediation-desk-probe"
    try:
        probe.write_bytes(b"probe")
        read = probe.read_bytes()
        probe.unlink()
    except OSError as error:
        raise CannotSave(f"“{folder}”写不进去（{error.strerror}），没有采用。请换一个文件夹。") from error
    if read != b"probe":
        raise CannotSave(f"“{folder}”写进去的内容读回来不一样，没有采用。请换一个磁盘。")


@needs(Right.BACKUP)
def choose_places(records: Records, act: Act, store: Path, places: Places) -> None:  # noqa: ARG001 - what every service is given
    """Say where the back-ups of a store go from now on. Those that were made stay where they are."""
    write_places(store, places)
    records.told.append(Told(AuditKind.STORE, f"备份位置：{'、'.join(str(each) for each in places.folders)}"))


@needs(Right.BACKUP)
def announce_restoring(records: Records, act: Act, backup: Backup) -> None:  # noqa: ARG001 - what every service is given
    """Log that the store is about to be put back to a back-up, in the store that will be put aside."""
    records.told.append(Told(AuditKind.STORE, f"从备份恢复：{backup.file_name}"))


def prepare_restoring(
    database: Database,
    rules: Rules,
    backup: Backup,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> None:
    """Back up what is there, then lay `backup` ready, so that opening the store next puts it in its place.

    Raises a `DeskError`, or `Stopped`; the store is as it was then.
    """
    assert database.path is not None
    back_up_first(database, rules, BackupReason.RESTORE, now, progress=share(progress, 0, 0.5))
    prepare(backup, database.path, now=now, progress=share(progress, 0.5, 1), stop=stop)
