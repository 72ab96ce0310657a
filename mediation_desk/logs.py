"""Keeps the program's log: what happened and where in the code, never about whom."""

import copy
import logging
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

LOG_FILE = "mediation-desk.log"
_BYTES, _OLD_FILES = 1_000_000, 4
_OWN = logging.getLogger("mediation_desk")  # libraries may quote data, so only the program's own loggers are kept


def start_logging(folder: Path | None = None) -> Path:
    """Write the log into `folder` (else the user's log folder) from now on, and return the log file.

    Raises `OSError` if the folder cannot be made.
    """
    folder = folder or platformdirs.user_log_path("mediation-desk", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / LOG_FILE
    handler = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(_Discreet("{asctime} {levelname} {name}: {message}", style="{"))
    stop_logging()
    _OWN.addHandler(handler)
    _OWN.setLevel(logging.INFO)
    return file


def stop_logging() -> None:
    """Close the log file, if one is open."""
    for handler in _OWN.handlers[:]:
        _OWN.removeHandler(handler)
        handler.close()


class _Discreet(logging.Formatter):
    """Writes an error as its kind and its place only, because its text may quote a name, a number or a story."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # another handler may have left the error's text here
        return super().format(record)

    def formatException(  # noqa: N802 - logging calls it so
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "\n".join(_kind_and_place(ei[1])) if ei[1] else ""


def _kind_and_place(error: BaseException) -> Iterator[str]:
    """Tell `error` without its text or any path, as a path may hold the user's name; what it arose from comes first."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier:
        yield from _kind_and_place(earlier)
    yield f"  {type(error).__module__}.{type(error).__qualname__}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"    {frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"
