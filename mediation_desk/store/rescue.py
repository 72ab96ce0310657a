"""The ways out for a store that does not open: what each would lose, and how it is gone.

Whatever is done, the file as it was is put aside under another name with its log and its key file; nothing is removed,
and no empty store ever takes its place. A back-up is compared with its manifest before it is offered.
"""

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import SQLAlchemyError

from mediation_desk.domain.audit import AuditKind, Doing
from mediation_desk.domain.damage import Damage, Diagnosis, Loss, WayOut
from mediation_desk.domain.errors import CannotOpen, CannotRead, CannotSave, DeskError
from mediation_desk.store import key_file, side_note
from mediation_desk.store.backup import Backup, check, verify
from mediation_desk.store.backup_places import all_backups
from mediation_desk.store.copying import Progress, copy_file, go_on_unless, onto_the_disk, share
from mediation_desk.store.database import APPLICATION_ID, create, open_store
from mediation_desk.store.diagnosis import PAGE, PLAIN_HEADER, end_of_log, looking_into, without_log
from mediation_desk.store.restoring import finish, lay_ready, restore_from
from mediation_desk.store.salvage import Salvaged, read_into
from mediation_desk.store.sealing import Told
from mediation_desk.store.sqlite_file import connect, engine_of, remove
from mediation_desk.store.stand_ins import Mended, put_together
from mediation_desk.store.troubles import why
from mediation_desk.store.watching import watch

_KEYS = frozenset({Damage.KEYS_LOST, Damage.KEYS_DAMAGED, Damage.WRONG_KEY})
_READABLE = frozenset({Damage.PAGES, Damage.LOG_WRONG})


class Choice(NamedTuple):
    """One way out, and what would be missing afterwards. `backup` is what it uses, if any."""

    way: WayOut
    loss: Loss
    backup: Backup | None = None


@dataclass(frozen=True)
class Offer:
    """The ways out, the one to be recommended first, and the back-ups that turned out to be damaged themselves."""

    choices: list[Choice]
    bad_backups: list[Backup]


def offer(
    path: Path,
    key: bytes | None,
    diagnosis: Diagnosis,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Offer:
    """What can be done about a store that is harmed. Reads back-ups until one is whole. Raises `Stopped`."""
    if not diagnosis.is_harmed:
        return Offer([], [])
    backup, bad = newest_good(all_backups(path), key, progress=progress, stop=stop)
    choices = []
    if diagnosis.damage in _KEYS and (keys := _keys_from(path)):
        choices.append(Choice(WayOut.KEYS, Loss(steps=0), keys))
    if diagnosis.damage is Damage.HEADER:
        choices.append(Choice(WayOut.HEADER, Loss(steps=0)))
    if diagnosis.damage is Damage.LOG_WRONG:
        choices.append(Choice(WayOut.WITHOUT_LOG, _loss_without_log(path, key, diagnosis)))
    if diagnosis.damage is Damage.LOG_LOST:
        choices.append(Choice(WayOut.AS_IT_IS, _loss_as_it_is(diagnosis)))
    if backup:
        choices.append(Choice(WayOut.BACKUP, loss_since(path, key, diagnosis, backup), backup))
    if diagnosis.damage in _READABLE:
        choices.append(Choice(WayOut.SALVAGE, Loss()))
    if diagnosis.damage is Damage.MISSING:
        choices.append(Choice(WayOut.ANEW, Loss()))
    return Offer(sorted(choices, key=_how_bad), bad)


def _how_bad(choice: Choice) -> tuple[bool, int]:
    """Ways whose loss is known come first, the smallest before all."""
    return choice.loss.steps is None, choice.loss.steps or 0


def newest_good(
    backups: list[Backup], key: bytes | None, *, progress: Progress | None = None, stop: Event | None = None
) -> tuple[Backup | None, list[Backup]]:
    """The first back-up that is whole, and those before it that are not."""
    bad: list[Backup] = []
    for turn, backup in enumerate(backups):
        step = share(progress, turn / len(backups), (turn + 1) / len(backups))
        try:
            if backup.sha256:
                verify(backup, progress=step, stop=stop)
            else:
                check(backup.path, key, stop=stop)
        except CannotRead:
            bad.append(backup)
        else:
            return backup, bad
    return None, bad


def _keys_from(path: Path) -> Backup | None:
    """The newest back-up with a key file that can be read and is not the one that lies beside the store."""
    with suppress(OSError):
        there = key_file.key_path(path)
        present = there.read_bytes() if there.exists() else b""
        for backup in all_backups(path):
            if key_file.is_whole(backup.path) and backup.keys.read_bytes() != present:
                return backup
    return None


def loss_since(path: Path, key: bytes | None, diagnosis: Diagnosis, backup: Backup) -> Loss:
    """What was recorded after a back-up, counted in the store as far as it can be read."""
    with suppress(driver.Error, DeskError), looking_into(path, key) as connection:
        no, _ = end_of_log(connection)
        changes = "select count(*) from audit where no > ? and kind = 'change'"
        [steps] = connection.execute(changes, (backup.audit_no,)).fetchone()
        registered = (
            "select count(*) from audit where no > ? and kind = 'change' and what in ('take_in', 'import_case')"
        )
        [registrations] = connection.execute(registered, (backup.audit_no,)).fetchone()
        if diagnosis.damage is not Damage.LOG_LOST and no is not None and no >= (diagnosis.known_no or 0):
            return Loss(since=backup.made_at, registrations=registrations, steps=steps)
    known = max(diagnosis.known_no or 0, diagnosis.audit_no or 0)
    is_known = known > backup.audit_no and not _is_end_unknown(diagnosis)
    return Loss(since=backup.made_at, steps=known - backup.audit_no if is_known else None)


def _is_end_unknown(diagnosis: Diagnosis) -> bool:
    """Whether records got lost of which nothing tells how many they were."""
    return diagnosis.damage is Damage.LOG_LOST and (diagnosis.known_no or 0) <= (diagnosis.audit_no or 0)


def _loss_without_log(path: Path, key: bytes | None, diagnosis: Diagnosis) -> Loss:
    with suppress(driver.Error), closing(without_log(path, key)) as connection:
        no, at = end_of_log(connection)
        known = diagnosis.known_no
        return Loss(since=at, steps=max(0, known - no) if known is not None and no is not None else None)
    return Loss()


def _loss_as_it_is(diagnosis: Diagnosis) -> Loss:
    missing = (diagnosis.known_no or 0) - (diagnosis.audit_no or 0)
    return Loss(since=diagnosis.at, steps=missing if missing > 0 else None)


# ---- going a way out: each returns where the file as it was lies now


def restore(choice: Choice, path: Path, *, now: datetime, progress: Progress | None, stop: Event | None) -> Path | None:
    assert choice.backup is not None
    return restore_from(choice.backup, path, now=now, progress=progress, stop=stop)


def take_keys(choice: Choice, path: Path, *, now: datetime) -> Path | None:
    """Put the key file of a back-up beside the store; the one that lay there is put aside."""
    assert choice.backup is not None
    there, aside = key_file.key_path(path), None
    try:
        if there.exists():
            aside = there.with_name(f"{path.stem}.before-{now:%Y%m%d-%H%M%S}{path.suffix}.keys")
            there.replace(aside)
    except OSError as error:
        raise CannotSave(f"原来的钥匙文件移不开（{why(error)}），没有改动。请检查文件夹权限。") from error
    key_file.copy_beside(choice.backup.path, path)
    return aside


def open_as_it_is(path: Path) -> None:
    """Take the store for what it is, and let the note forget what it knew."""
    side_note.forget_note(path)


class Rescued(NamedTuple):
    """A store that was made beside the damaged one and waits to take its place; and what it holds and lacks."""

    fresh: Path
    salvaged: Salvaged
    mended: Mended

    @property
    def sentence(self) -> str:
        """In the clerk's words."""
        lost, shells = self.salvaged.lost, len(self.mended.case_ids)
        no_registration = max(lost.get("cases", 0), shells)
        others = sum(number for name, number in lost.items() if name != "cases") + self.mended.dropped.total()
        told = [f"读出{self.salvaged.read.get('cases', 0)}个案件"]
        told += [f"{no_registration}个案件的登记内容读不出来"] if no_registration else []
        told += [f"其中{shells}个留了空壳，可按卷宗补录"] if shells else []
        told += [f"另有{others}行附属记录读不出来"] if others else []
        told += [f"还有{len(self.salvaged.unknown)}类记录读不全，数目不明"] if self.salvaged.unknown else []
        return "，".join(told) + ("。" if len(told) > 1 else "，什么也不缺。")


def salvage(
    path: Path,
    key: bytes | None,
    *,
    now: datetime,
    new_uid: Callable[[], str],
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Rescued:
    """Make a fresh store of what can be read. Nothing is put in its place yet. Raises `DeskError` or `Stopped`."""
    fresh = _fresh_name(path)
    try:
        remove(fresh)
        create(fresh, key).close()
        with closing(connect(fresh, key)) as connection:
            connection.execute("pragma foreign_keys=off")
            _unwatch(connection)
            connection.execute("begin")
            for table in ("watched_columns", "audit", "audit_heads"):
                connection.execute(f"delete from {table}")
            salvaged = read_into(path, key, connection, progress=share(progress, 0, 0.8), stop=stop)
            if connection.execute("select count(*) from centres").fetchone() == (0,):
                raise CannotOpen("综治中心的资料读不出来，抢救不成。请用备份恢复；损坏的文件原样留着。")
            connection.execute(_HEADS)
            connection.execute("commit")
        _watch(fresh, key)
        database = open_store(fresh, key)
        try:
            doing = Doing(kind=AuditKind.STORE, what="salvage", at=now)
            with database.writing(doing=doing) as records:
                mended = put_together(records, now, new_uid)
                records.told.append(Told(AuditKind.STORE, "从损坏的数据文件抢救"))
        finally:
            database.close()
        go_on_unless(stop)
        onto_the_disk(fresh)
        _forget_what_lies_beside(fresh)
    except BaseException as error:
        _forget(fresh)
        if isinstance(error, (OSError, driver.Error, SQLAlchemyError)):
            raise CannotSave(f"抢救没有做成（{why(error)}）。损坏的文件没有改动。请检查磁盘空间。") from error
        raise
    return Rescued(fresh, salvaged, mended)


def _unwatch(connection: Any) -> None:
    """What is taken over as it was is no new step."""
    for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")


def _watch(path: Path, key: bytes | None) -> None:
    engine = engine_of(path, key)
    with engine.begin() as connection:
        watch(connection)
    engine.dispose()


_HEADS = """
insert or replace into audit_heads (centre_id, no, hash)
select centre_id, no, hash from audit a where no = (select max(no) from audit b where b.centre_id = a.centre_id)
"""


def mend_header(path: Path, *, progress: Progress | None = None, stop: Event | None = None) -> Path:
    """Make a copy of a plain store with a header as this program writes it; `CannotRead` if that is not enough."""
    return _copied(path, None, _write_header, progress, stop, with_log=True)


def leave_log_out(
    path: Path, key: bytes | None, *, progress: Progress | None = None, stop: Event | None = None
) -> Path:
    """Make a copy of the file without its log. Raises `CannotRead` if it is not whole."""
    return _copied(path, key, lambda _: None, progress, stop, with_log=False)


def _copied(
    path: Path,
    key: bytes | None,
    change: Callable[[Path], Any],
    progress: Progress | None,
    stop: Event | None,
    *,
    with_log: bool,
) -> Path:
    fresh, log = _fresh_name(path), path.with_name(path.name + "-wal")
    try:
        remove(fresh)
        copy_file(path, fresh, pause=0, progress=share(progress, 0, 0.8), stop=stop)
        change(fresh)
        if with_log and log.exists():
            shutil.copyfile(log, fresh.with_name(fresh.name + "-wal"))
        with closing(connect(fresh, key)) as connection:
            connection.execute("vacuum")  # pages that nobody uses any more are gone then
            connection.execute("pragma wal_checkpoint(truncate)")
        check(fresh, key, stop=stop)
        onto_the_disk(fresh)
        _forget_what_lies_beside(fresh)
    except BaseException as error:
        _forget(fresh)
        if isinstance(error, driver.Error):
            raise CannotRead(f"这样补不好（{why(error)}）。请选别的办法；损坏的文件没有改动。") from error
        if isinstance(error, OSError):
            raise CannotSave(f"副本写不出来（{why(error)}）。损坏的文件没有改动。请检查磁盘空间。") from error
        raise
    return fresh


def _write_header(file: Path) -> None:
    """The first 100 bytes of a store of this program (sqlite.org/fileformat.html), without a list of free pages."""
    numbers = ((24, 1), (28, file.stat().st_size // PAGE), (40, 1), (44, 4), (56, 1), (68, APPLICATION_ID), (92, 1))
    header = bytearray(100)
    header[: len(PLAIN_HEADER)] = PLAIN_HEADER
    header[16:24] = PAGE.to_bytes(2, "big") + bytes((2, 2, 0, 64, 32, 32))
    for place, number in (*numbers, (96, driver.sqlite_version_info[0] * 1_000_000)):
        header[place : place + 4] = number.to_bytes(4, "big")
    with file.open("r+b") as opened:
        opened.write(header)


def put_in_place(fresh: Path, path: Path, *, now: datetime) -> Path | None:
    """Let a store that was made beside it take the place of the damaged one, which is put aside."""
    lay_ready(fresh, path, now=now)
    return finish(path)


def give_up(fresh: Path) -> None:
    """Nobody wants what was salvaged."""
    _forget(fresh)


def _forget(fresh: Path) -> None:
    with suppress(OSError):
        remove(fresh)
    _forget_what_lies_beside(fresh)


def _forget_what_lies_beside(fresh: Path) -> None:
    """It is closed, so its log is empty; what took its place must not inherit anything."""
    side_note.forget_note(fresh)
    for ending in ("-wal", "-shm"):
        with suppress(OSError):
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def _fresh_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.rescued")


def was_here(path: Path) -> bool:
    """Whether a store that is missing now has left something: its log, its key file, back-ups, or one put aside.

    A new store must not be made in its place without asking.
    """
    with suppress(OSError):
        beside = [path.with_name(path.name + ending) for ending in ("-wal", ".keys", ".note", ".backup.json")]
        aside = list(path.parent.glob(f"{path.stem}.before-*{path.suffix}"))
        return any(each.exists() for each in beside) or bool(aside) or bool(all_backups(path))
    return False
