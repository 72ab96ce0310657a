"""Holds the newest part of the log against the records some time after the start, and says what does not fit.

The end of the log is remembered on this PC, apart from the store: whoever cuts the log off or writes it anew would have
to know of that too.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.audit import Anchor, Misfit
from mediation_desk.domain.backup_standing import Light, Remark
from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk

if TYPE_CHECKING:
    from mediation_desk.store.database import Database

FIRST_LOOK_MS = 45_000
"""After the start has settled and the first back-up has begun."""

NEWEST = 500
"""So many entries are looked at after each start."""

_STRETCH, _PAUSE = 0.01, 0.015
"""Seconds of work, then of rest: other threads come in between."""


class AuditWatch(QObject):
    """One for each desk; see `watch_of`. `told` comes when the look is over; `remarks` are for 今日."""

    told = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._background = Background(window)
        self._stop = Event()
        self.misfits: Sequence[Misfit] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FIRST_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        if not self._desk.centre.is_practice:
            self._timer.start()

    def look(self) -> None:
        """Look now, on a thread of its own."""
        from mediation_desk.services.audit_log import anchors_of  # not needed at the start
        from mediation_desk.store.audit import head

        database, kept = self._desk.database, remembered(self._desk)

        def work() -> tuple[list[Misfit], Anchor]:
            with database.reading() as records:
                newest = head(records.connection)
            anchors = [*anchors_of(database), *([kept] if kept else [])]
            since = max(min(newest.no, kept.no if kept else newest.no) - NEWEST, 0)
            return gently(database, anchors, since, self._stop, lambda _: None), newest

        self._stop.clear()
        self._background.run(work, self._take, self._not_now)

    @property
    def remarks(self) -> list[Remark]:
        if not self.misfits:
            return []
        more = "数据可能被绕过程序改过。请审计人员在“设置·日志”里核验，并保留数据文件和备份。"
        return [Remark(Light.RED, "日志与数据不符，请核验", more)]

    def finish(self) -> None:
        """Write what the log still waits for, stop, and wait for the end; call it before the store goes."""
        self._desk.log.flush()
        self._timer.stop()
        self._stop.set()
        self._background.finish()

    def _take(self, found: tuple[list[Misfit], Anchor]) -> None:
        self.misfits, newest = found
        if not self.misfits and not self._stop.is_set():
            remember(self._desk, newest)
        self.told.emit()

    def _not_now(self, _error: DeskError) -> None:
        """A store that cannot be read says so wherever somebody wants something of it."""


def gently(
    database: "Database", anchors: Sequence[Anchor], since: int, stop: Event, progress: Callable[[float], None]
) -> list[Misfit]:
    """What does not fit, found while people work: a little work, a little rest. Ends early when told to stop."""
    from mediation_desk.store.audit import MOST_MISFITS, in_slices

    found: list[Misfit] = []
    begun = perf_counter()
    for done, misfits in in_slices(database, anchors=anchors, since=since):
        found += misfits
        if stop.is_set() or len(found) >= MOST_MISFITS:
            break
        if perf_counter() - begun > _STRETCH:
            progress(done)
            stop.wait(_PAUSE)
            begun = perf_counter()
    return found[:MOST_MISFITS]


def watch_of(desk: Desk, window: QWidget) -> AuditWatch:
    """The watch of this desk; made when it is first asked for. `window` is one that lasts."""
    return desk.findChild(AuditWatch) or AuditWatch(desk, window)


def remembered(desk: Desk) -> Anchor | None:
    """The end of the log when this PC last found it sound."""
    match str(QSettings().value(_key(desk), "")).split():
        case [no, kept, at] if no.isdecimal():
            return Anchor(int(no), kept, "这台电脑", datetime.fromisoformat(at))
    return None


def remember(desk: Desk, newest: Anchor) -> None:
    QSettings().setValue(_key(desk), f"{newest.no} {newest.hash} {desk.now().isoformat()}")


def _key(desk: Desk) -> str:
    return f"log/{desk.centre.uid}"
