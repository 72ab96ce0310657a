"""Slow work, done while the window stays alive."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.errors import tell

T = TypeVar("T")


class Background(QObject):
    """Does one piece of work after another on a thread of its own.

    The work must not touch a widget. Its result, or its error, comes back on the window's thread. A refusal is said in
    a box: what somebody was told at a field meanwhile stays there.
    """

    _done = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._done.connect(self._bring_back)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do `work`, then hand what it returned to `then` on the window's thread."""
        self._executor.submit(work).add_done_callback(lambda future: self._done.emit(future, then))

    def finish(self) -> None:
        """Wait for what was begun; call it before the window goes."""
        self._executor.shutdown()

    @Slot(object, object)
    def _bring_back(self, future: "Future[Any]", then: Callable[[Any], None]) -> None:
        try:
            then(future.result())
        except DeskError as error:
            tell(self._window, str(error))
