"""Files that are written whole or not at all, and copied without holding up whoever saves meanwhile.

A disk that has much to write lets a save wait for it: what is copied is therefore handed to the disk in small pieces,
with a pause after each.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Event
from time import sleep

from mediation_desk.domain.errors import DeskError

PIECE = 1024 * 1024
"""Bytes that are written at a time."""

PAUSE = 0.005
"""Seconds after each piece while somebody works beside it; 0 where somebody waits for the end."""

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


class Stopped(DeskError):
    """Somebody called it off. Nothing is left of it."""

    def __init__(self) -> None:
        super().__init__("已取消，没有留下未完成的文件。")


def go_on_unless(stop: Event | None) -> None:
    """Raise `Stopped` once the event is set."""
    if stop is not None and stop.is_set():
        raise Stopped


def share(progress: Progress | None, since: float, until: float) -> Progress | None:
    """Progress for a part of a longer way."""
    if progress is None:
        return None
    return lambda done: progress(since + done * (until - since))


def copy_file(
    source: Path, target: Path, *, pause: float = PAUSE, progress: Progress | None = None, stop: Event | None = None
) -> str:
    """Copy a file, onto the disk itself, and return the SHA-256 of what was read. Raises `OSError` or `Stopped`."""
    size, done, digest = source.stat().st_size, 0, sha256()
    with source.open("rb") as old, target.open("wb") as new:
        while piece := old.read(PIECE):
            go_on_unless(stop)
            digest.update(piece)
            new.write(piece)
            new.flush()
            os.fsync(new.fileno())
            done += len(piece)
            if progress:
                progress(done / max(size, done))
            sleep(pause)
        os.fsync(new.fileno())
    return digest.hexdigest()


def sha256_of(file: Path, *, progress: Progress | None = None, stop: Event | None = None) -> str:
    """Read a file whole. Raises `OSError` or `Stopped`."""
    size, done, digest = file.stat().st_size, 0, sha256()
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            go_on_unless(stop)
            digest.update(piece)
            done += len(piece)
            if progress:
                progress(done / max(size, done))
    return digest.hexdigest()


def onto_the_disk(file: Path) -> None:
    """Return when what was written to a file would survive a power cut."""
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())


def note_names(folder: Path) -> None:
    """Let a new name in a folder survive a power cut, where the system knows such a thing; Windows does it itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(file: Path, content: bytes) -> None:
    """Replace a small file at once: whoever reads it sees the old or the new one. Raises `OSError`."""
    fresh = file.with_name(file.name + ".part")
    with fresh.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)
    note_names(file.parent)
