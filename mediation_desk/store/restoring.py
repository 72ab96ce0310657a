"""Puts a back-up in the place of a store. What lay there is put aside under another name, never removed.

Restoring happens in two steps, so that a power cut leaves either the old store or the new one, whole: the back-up is
copied beside the store and compared with its manifest; only then do names change. What was begun and not ended is
ended when the store is opened next. Nobody may have the store open meanwhile.
"""

import os
from contextlib import suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from threading import Event

from mediation_desk.domain.errors import CannotSave
from mediation_desk.store.backup import Backup, is_another
from mediation_desk.store.copying import Progress, copy_file, note_names
from mediation_desk.store.key_file import copy_beside, is_plain, is_whole, key_path
from mediation_desk.store.side_note import forget_note
from mediation_desk.store.troubles import why

_WAITING = ".restoring-"
_AT = "%Y%m%d-%H%M%S"


def restore_from(
    backup: Backup,
    path: Path,
    *,
    now: datetime,
    pause: float = 0,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Path | None:
    """Put `backup` in the place of the store at `path`, and return where the old one was put aside.

    None when nothing was there. The store is to be opened anew afterwards, with the key of that back-up.
    Raises `CannotRead` or `CannotSave` with a sentence, or `Stopped`; the store is as it was then.
    """
    prepare(backup, path, now=now, pause=pause, progress=progress, stop=stop)
    return finish(path)


def prepare(
    backup: Backup,
    path: Path,
    *,
    now: datetime,
    pause: float = 0,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> None:
    """Lay a compared copy of `backup` beside the store; `finish` puts it in its place. Raises as `restore_from`."""
    waiting = path.with_name(f"{path.name}{_WAITING}{now.strftime(_AT)}")
    part = path.with_name(f"{path.name}.restoring.part")
    try:
        call_off(path)
        read = copy_file(backup.path, part, pause=pause, progress=progress, stop=stop)
        if read != backup.sha256:
            raise is_another(backup)
        if backup.encrypted and is_whole(backup.path):
            copy_beside(backup.path, waiting)
        part.replace(waiting)
        note_names(path.parent)
    except OSError as error:
        raise CannotSave(
            f"没有恢复（{why(error)}）。正在用的数据和备份都没有改动。请检查磁盘空间和文件夹权限。"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def lay_ready(file: Path, path: Path, *, now: datetime) -> None:
    """Let a whole store that was made beside `path` wait for `finish`, as a back-up would. Raises `CannotSave`."""
    try:
        call_off(path)
        file.replace(path.with_name(f"{path.name}{_WAITING}{now.strftime(_AT)}"))
        note_names(path.parent)
    except OSError as error:
        raise CannotSave(f"没有换上（{why(error)}），原来的文件没有改动。请检查磁盘空间和文件夹权限。") from error


def call_off(path: Path) -> None:
    """Give up a restoring that was prepared; the store stays as it is. Raises `OSError`."""
    for file in _waiting(path):
        file.unlink()
        key_path(file).unlink(missing_ok=True)


def is_prepared(path: Path) -> bool:
    return bool(_waiting(path))


def finish(path: Path) -> Path | None:
    """Do what was prepared, if anything, and return where the old store was put aside.

    Can be broken off anywhere and called again: there always is a store at `path`. Raises `CannotSave`.
    """
    aside = None
    try:
        for waiting in _waiting(path):
            aside = path.with_name(f"{path.stem}.before-{waiting.name.partition(_WAITING)[2]}{path.suffix}")
            _put_aside(path, aside)
            if is_plain(waiting):
                key_path(path).unlink(missing_ok=True)
            elif is_whole(waiting):
                copy_beside(waiting, path)
            waiting.replace(path)
            forget_note(path)
            note_names(path.parent)
            key_path(waiting).unlink(missing_ok=True)
    except (OSError, CannotSave) as error:
        raise CannotSave(f"恢复没有做完（{why(error)}）。旧数据和备份都在；请检查文件夹权限后重新启动程序。") from error
    return aside if aside is not None and aside.exists() else None


def _waiting(path: Path) -> list[Path]:
    """What was prepared: one file, or none."""
    files = path.parent.glob(f"{escape(path.name)}{_WAITING}*")
    return sorted(file for file in files if file.suffix not in {".keys", ".part"})


def _put_aside(path: Path, aside: Path) -> None:
    """Give the store a second name, with its key file; its log goes along, as beside the new store it would ruin it."""
    if not path.exists():
        return
    if not aside.exists():
        _same_or_copy(path, aside)
    if key_path(path).exists() and not key_path(aside).exists():
        _same_or_copy(key_path(path), key_path(aside))
    log = path.with_name(path.name + "-wal")
    if log.exists():
        log.replace(aside.with_name(aside.name + "-wal"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    note_names(path.parent)


def _same_or_copy(file: Path, other: Path) -> None:
    """A second name for a file, or where the disk knows no such thing a copy of it."""
    try:
        os.link(file, other)
    except OSError:
        part = other.with_name(other.name + ".part")
        copy_file(file, part, pause=0)
        part.replace(other)
