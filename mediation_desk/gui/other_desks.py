"""Shows what other desks changed, without getting in the way of somebody who types; says when the server is gone.

A file is looked at twice a second, which costs next to nothing. A server is listened to on a thread of its own; when it
went away, it is called again until it answers, and what happened meanwhile is shown then.
"""

from contextlib import suppress
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from mediation_desk.domain.errors import CannotRead, DeskError
from mediation_desk.gui.desk import Desk
from mediation_desk.store.other_desks import OtherDesks

LOOK_MS = 500
LISTEN_SECONDS = 1.0
CALL_AGAIN_SECONDS = 3.0
PAUSE_MS = 1500
"""Who types is left alone until nothing was typed for so long."""


class OtherDesksWatch(QObject):
    """One for each desk. `gone` comes when the server is out of reach, `back` when it answers again."""

    gone = Signal()
    back = Signal()
    _changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._others = OtherDesks(desk.database)
        self._stop = Event()
        self._thread: Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._show)
        self._typed: str | None = None
        self._changed.connect(self._show)  # from the thread that listens

    def start(self) -> None:
        if self._desk.database.path is not None:
            self._timer.start()
            return
        self._thread = Thread(target=self._listen, name="other desks", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Look at a file; one that cannot be read says so wherever somebody wants something of it."""
        try:
            changed = self._others.look()
        except CannotRead:
            return
        if changed:
            self._show()

    def finish(self) -> None:
        """Stop, and wait for the end; call it before the store goes."""
        self._timer.stop()
        self._pause.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._others.close()

    def _listen(self) -> None:
        is_there = True
        while not self._stop.is_set():
            try:
                changed = self._others.wait(LISTEN_SECONDS)
            except CannotRead:
                if is_there:
                    self.gone.emit()
                is_there = False
                self._stop.wait(CALL_AGAIN_SECONDS)
                continue
            if not is_there:
                self.back.emit()
            if changed or not is_there:
                self._changed.emit()
            is_there = True

    def _show(self) -> None:
        """Have the pages read anew, as soon as nobody is in the middle of a word."""
        typed = _what_is_typed()
        if typed is not None and typed != self._typed:
            self._typed = typed
            self._pause.start()
            return
        self._typed = None
        self._pause.stop()
        with suppress(DeskError):  # whoever reads next is told what is wrong
            self._desk.refresh_centre()
        self._desk.changed.emit()


def _what_is_typed() -> str | None:
    """The text under the cursor, None where there is no field to type into."""
    match QApplication.focusWidget():
        case QLineEdit() as line if not line.isReadOnly():
            return line.text()
        case QTextEdit() | QPlainTextEdit() as text if not text.isReadOnly():
            return text.toPlainText()
    return None
