"""Files that must not stay: what a crash left half done, and copies of an encrypted store that are not encrypted.

The program writes nothing personal into the temp folder of the system: papers are drawn, shown and printed from memory,
attachments and drafts lie in the store. What remains are files beside the store while it is made or changed.
"""

import os
from contextlib import suppress
from glob import escape
from pathlib import Path

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store import key_file
from mediation_desk.store.backup import forget, list_backups
from mediation_desk.store.backup_places import read_places
from mediation_desk.store.copying import PIECE, Progress

_HALF_MADE = ("new", "filling", "filling.new", "restoring.part", "rescued")
"""Endings of stores that are being made; `create`, `new_store`, `restore_from` and `encrypt` would begin anew."""


def fresh_name(path: Path) -> Path:
    """Where a store is written anew before it takes the place of the old one."""
    return path.with_name(path.name + ".converting")


def old_name(path: Path) -> Path:
    """The second name by which what was replaced is overwritten."""
    return path.with_name(path.name + ".replaced")


def wipe(file: Path, *, progress: Progress | None = None) -> None:
    """Overwrite a file with zeros, through to the disk, then remove it. Raises `OSError`.

    One that has another name as well is not ours alone: it loses this name only.
    """
    if not file.exists():
        return
    status = file.stat()
    if status.st_nlink == 1:
        with file.open("r+b") as opened:
            for start in range(0, status.st_size, PIECE):
                opened.write(bytes(min(PIECE, status.st_size - start)))
                if progress:
                    progress(start / status.st_size)
            opened.flush()
            os.fsync(opened.fileno())
            opened.truncate()
    file.unlink()


def clear(path: Path) -> None:
    """Remove what was left beside the store by a crash. Only for who is about to open it, alone.

    What cannot be removed now is tried again at the next start.
    """
    log = path.with_name(path.name + "-wal")
    names = [fresh_name(path), old_name(path), old_name(log), key_file.half_written(path)]
    names += [path.with_name(f"{path.name}.{ending}") for ending in _HALF_MADE]
    names += [name.with_name(name.name + ending) for name in names for ending in ("-wal", "-shm", "-journal", "-probe")]
    for name in names:
        with suppress(OSError):
            wipe(name)


def plain_copies(path: Path) -> list[Path]:
    """Copies of the store at `path` that anybody can read: put aside beside it, and among its back-ups."""
    stem, suffix = escape(path.stem), escape(path.suffix)
    beside = {*path.parent.glob(f"{stem}.*{suffix}"), *path.parent.glob(f"{escape(path.name)}.*")}
    backups = {backup.path for folder in read_places(path).folders for backup in list_backups(folder, path)}
    return sorted(file for file in beside | backups if file != path and _is_plain(file))


def remove_plain_copies(path: Path, *, progress: Progress | None = None) -> list[Path]:
    """Overwrite and remove them, with their manifests. Returns those that could not be: people are told of them."""
    copies = plain_copies(path)
    backups = {backup.path: backup for folder in read_places(path).folders for backup in list_backups(folder, path)}
    left = []
    for done, file in enumerate(copies):
        try:
            for name in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))):
                wipe(name)
            if file in backups:
                forget(backups[file])
        except OSError:
            left.append(file)
        if progress:
            progress((done + 1) / len(copies))
    return left


def _is_plain(file: Path) -> bool:
    try:
        return file.is_file() and key_file.is_plain(file)
    except (OSError, CannotOpen):
        return False
