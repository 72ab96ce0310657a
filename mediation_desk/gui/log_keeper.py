"""Tells the log what was shown, printed and saved: soon after it happened, and never in anybody's way."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec

from PySide6.QtCore import QObject, QTimer

from mediation_desk.domain.errors import DeskError
from mediation_desk.services.act import Act
from mediation_desk.services.audit import doing, note_view
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.gui.desk import Desk

P = ParamSpec("P")

SOON_MS, AGAIN_MS = 300, 3000
PATIENCE_SECONDS = 0.2


class _Note(NamedTuple):
    act: Act
    write: Callable[[Records], None]

    @property
    def when(self) -> object:
        return self.act.by_id, self.act.at


class LogKeeper(QObject):
    """Writes its notes in a step of their own when the window has nothing else to do.

    What the store does not take just now is tried again. A store that is only read takes none.
    """

    def __init__(self, desk: "Desk", origin: str) -> None:
        super().__init__(desk)
        self._origin = origin
        self._desk = desk
        self._notes: list[_Note] = []
        self._seen: set[tuple[int, str, int | None]] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def note(self, service: Callable[Concatenate[Records, P], None], *what: P.args, **how: P.kwargs) -> None:
        """Log it as of now: `note(note_print, "案件登记单", case_id, copies=2)`."""
        if not self._desk.database.read_only:
            self._notes.append(_Note(self._desk.act(), lambda records: service(records, *what, **how)))
            if not self._timer.isActive():
                self._timer.start(SOON_MS)

    def viewed(self, what: str, case_id: int | None = None) -> None:
        """Log that the user was shown this: once, however often the window shows it again while it is open."""
        key = (self._desk.user_id, what, case_id)
        if key not in self._seen:
            self._seen.add(key)
            self.note(note_view, what, case_id)

    def flush(self) -> None:
        """Write what waits; call it before the store goes."""
        self._timer.stop()
        while self._notes:
            act, when = self._notes[0].act, self._notes[0].when
            together = [note for note in self._notes if note.when == when]
            try:
                told = doing(act, "", self._origin)
                with self._desk.database.writing(patience=PATIENCE_SECONDS, doing=told) as records:
                    for note in together:
                        note.write(records)
            except DeskError:
                self._timer.start(AGAIN_MS)
                return
            self._notes = [note for note in self._notes if note not in together]
