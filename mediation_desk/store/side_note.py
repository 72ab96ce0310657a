"""A small note beside the store, by which it is seen that what was there last time is not there now.

SQLite keeps the newest changes in a log file beside the store until it is closed. If that log gets lost (a clean-up
tool, a copy of the one file only), or an older copy of the store takes its place, the store opens without a word and
lacks them. The note says whether somebody has the store open, and where the log of steps ended when it was closed last.

It also says whether a damaged page was met. It holds no data of people. A note that is missing or cannot be read says
nothing.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Note(NamedTuple):
    """`audit_no` and `at` (ISO) are of the newest entry of the log when the store was opened or closed last.

    `is_damaged`: somebody who worked with it met a page that could not be read.
    """

    is_open: bool
    audit_no: int
    at: str
    is_damaged: bool = False


def note_path(store: Path) -> Path:
    return store.with_name(store.name + ".note")


def read_note(store: Path) -> Note | None:
    try:
        told = json.loads(note_path(store).read_text(encoding="utf-8"))
        return Note(bool(told["open"]), int(told["audit_no"]), str(told["at"]), bool(told["damaged"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(store: Path, note: Note) -> None:
    """A note that cannot be written (a full disk), or that a power cut ruins, is none: no old one may stay instead."""
    told = {"open": note.is_open, "audit_no": note.audit_no, "at": note.at, "damaged": note.is_damaged}
    file = note_path(store)
    fresh = file.with_name(file.name + ".part")
    try:
        fresh.write_text(json.dumps(told), encoding="ascii")
        fresh.replace(file)
    except OSError:
        forget_note(store)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def note_closing(store: Path, end: tuple[int, str] | None) -> None:
    """Note that the store is closed just before its empty log goes: killed in between, nobody must miss the log.

    `end` is the end of the log of steps, None where it could not be read. A store that nobody noted when it was opened
    (it is just being made) gets no note.
    """
    note, log = read_note(store), _log(store)
    if note is not None and end is not None and not (log.exists() and log.stat().st_size):
        write_note(store, Note(False, *end, note.is_damaged))


def note_closed(store: Path, end: tuple[int, str] | None) -> None:
    """The same after it was closed. While somebody else has the store open, its log is there still."""
    note = read_note(store)
    if note is None:
        return
    if _log(store).exists():
        write_note(store, note._replace(is_open=True))
    elif end is not None:
        write_note(store, Note(False, *end, note.is_damaged))
    elif not note.is_damaged:
        forget_note(store)


def note_damage(store: Path) -> None:
    """Let the next opening know that a page could not be read: most of a damaged store opens and works."""
    note = read_note(store) or Note(False, 0, "")
    if not note.is_damaged:
        write_note(store, note._replace(is_damaged=True))


def is_noted_damaged(store: Path) -> bool:
    note = read_note(store)
    return note is not None and note.is_damaged


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


def is_log_strange(store: Path) -> bool:
    """Whether there is a log although the store was closed: it belongs to something else, and opening plays it in.

    To be asked before the store is opened.
    """
    note, log = read_note(store), _log(store)
    return note is not None and not note.is_open and log.exists() and log.stat().st_size > 0


def note_opening(store: Path) -> None:
    """From here on the log is ours, whatever happens."""
    note = read_note(store)
    if note is not None and not note.is_open:
        write_note(store, note._replace(is_open=True))


def note_not_opened(store: Path) -> None:
    """The opening came to nothing, and nobody else has the store open."""
    note = read_note(store)
    if note is not None and note.is_open and not _log(store).exists():
        write_note(store, note._replace(is_open=False))


def steps_missing(store: Path, audit_no: int) -> int:
    """How many steps fewer than noted the store holds whose log of steps ends with `audit_no`."""
    note = read_note(store)
    return max(0, note.audit_no - audit_no) if note else 0


def _log(store: Path) -> Path:
    return store.with_name(store.name + "-wal")
