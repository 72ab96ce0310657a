"""A small note beside the store, by which it is seen that what was there last time is not there now.

SQLite keeps the newest changes in a log file beside the store until it is closed. If that log gets lost (a clean-up
tool, a copy of the one file only), or an older copy of the store takes its place, the store opens without a word and
lacks them. The note says whether somebody has the store open, and where the log of steps ended when it was closed last.

It holds no data of people. A note that is missing or cannot be read says nothing.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Note(NamedTuple):
    """`audit_no` and `at` (ISO) are of the newest entry of the log when the store was opened or closed last."""

    is_open: bool
    audit_no: int
    at: str


def note_path(store: Path) -> Path:
    return store.with_name(store.name + ".note")


def read_note(store: Path) -> Note | None:
    try:
        told = json.loads(note_path(store).read_text(encoding="utf-8"))
        return Note(bool(told["open"]), int(told["audit_no"]), str(told["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(store: Path, note: Note) -> None:
    """A note that cannot be written, or that a power cut ruins, is none: nothing else depends on it."""
    told = {"open": note.is_open, "audit_no": note.audit_no, "at": note.at}
    file = note_path(store)
    fresh = file.with_name(file.name + ".part")
    with suppress(OSError):
        fresh.write_text(json.dumps(told), encoding="ascii")
        fresh.replace(file)


def note_closed(store: Path, end: tuple[int, str] | None) -> None:
    """Note that the store is closed, if it is: as long as somebody else has it open, its log file is there.

    `end` is the end of the log of steps, None where it could not be read. A store that nobody noted when it was opened
    (it is just being made) gets no note.
    """
    if read_note(store) is None or _log(store).exists():
        return
    if end is None:
        forget_note(store)
    else:
        write_note(store, Note(False, *end))


def forget_note(store: Path) -> None:
    """Whatever lies at `store` from now on is meant to be there."""
    with suppress(OSError):
        note_path(store).unlink(missing_ok=True)


def is_log_gone(store: Path) -> bool:
    """Whether somebody had the store open and ended without closing it, and its log file is not there any more.

    To be asked before the store is opened: whoever reads it makes a new log.
    """
    note = read_note(store)
    return note is not None and note.is_open and not _log(store).exists()


def steps_missing(store: Path, audit_no: int) -> int:
    """How many steps fewer than noted the store holds whose log of steps ends with `audit_no`."""
    note = read_note(store)
    return max(0, note.audit_no - audit_no) if note else 0


def _log(store: Path) -> Path:
    return store.with_name(store.name + "-wal")
