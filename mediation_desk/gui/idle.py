"""Notices that nobody is at the desk any more."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
_LOOK_EVERY_MS = 5_000


class IdleWatch(QObject):
    """Emits `idle` once nobody has touched keyboard or mouse for `minutes`; 0 means never.

    It looks at the windows that get the keys, not at every event of every widget: typing stays as quick as it is. Time
    that the PC slept through counts too: `clock` goes on meanwhile, the counter of the system may not.
    """

    idle = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        clock: Callable[[], datetime],
        counter: Callable[[], float] = monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._clock, self._counter = minutes, clock, counter
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def start(self) -> None:
        self._last = self._now()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Say so if it has been too long."""
        minutes = self._minutes()
        counted, passed = (now - then for now, then in zip(self._now(), self._last, strict=True))
        if minutes and max(counted, passed) >= minutes * 60:
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._last = self._now()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once, however often it is asked for

    def _now(self) -> tuple[float, float]:
        """Seconds of the counter, which nobody can set, and of the clock, which does not sleep."""
        return self._counter(), self._clock().timestamp()
