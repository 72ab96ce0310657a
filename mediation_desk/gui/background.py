"""Slow work, done while the window stays alive."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.errors import tell

S = TypeVar("S")
T = TypeVar("T")


class _Task(NamedTuple):
    """Work that was asked for, and who hears of it."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    refused: Callable[[DeskError], None] | None


class Background(QObject):
    """Does one piece of work after another on a thread of its own.

    The work must not touch a widget. Its result, or its error, comes back on the window's thread. A refusal is said in
    a box: what somebody was told at a field meanwhile stays there.
    """

    _done = Signal(object, object)
    _told = Signal(object, object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._last: _Task | None = None
        queued = Qt.ConnectionType.QueuedConnection  # quick work is done before anybody waits for it
        self._done.connect(self._bring_back, queued)
        self._told.connect(self._pass_on, queued)

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], refused: Callable[[DeskError], None] | None = None
    ) -> None:
        """Do `work`, then hand what it returned to `then` on the window's thread, a refusal to `refused` if given."""
        task = _Task(work, then, refused)
        self._executor.submit(work).add_done_callback(lambda future: self._done.emit(future, task))

    def run_long(
        self,
        work: Callable[[Callable[[S], None], Event], T],
        then: Callable[[T], None],
        progress: Callable[[S], None],
    ) -> Event:
        """Do `work(tell, stop)`; what it tells comes to `progress` on the window's thread while it goes on.

        Set the event that is returned to have it stop: `work` looks at it, and nothing is told from then on. Its
        result still comes to `then`, who knows by the event what to make of it.
        """
        stop = Event()
        self.run(lambda: work(lambda told: self._told.emit(stop, progress, told), stop), then)
        return stop

    def finish(self) -> None:
        """Wait for what was begun; call it before the window goes. Where it stays after all, work can begin anew."""
        self._executor.shutdown()
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._last = None

    @Slot(object, object)
    def _bring_back(self, future: "Future[Any]", task: "_Task") -> None:
        """The thread may still hold what it has done, until it begins the next. It must not be the last to hold it:
        with the closures closed dialogs would be destroyed there, and Qt would take the whole program down.
        """
        self._last = task
        try:
            task.then(future.result())
        except DeskError as error:
            if task.refused is None:
                tell(self._window, str(error))
            else:
                task.refused(error)

    @Slot(object, object, object)
    def _pass_on(self, stop: Event, progress: Callable[[Any], None], told: Any) -> None:
        if not stop.is_set():
            progress(told)
