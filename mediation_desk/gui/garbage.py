"""Looks for garbage on the window's thread alone.

Left to itself, Python looks on whichever thread happens to make the next object. Where that is one of those that work
beside the window, it throws away closed dialogs there, and Qt takes the whole program down with them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
"""How often it is looked whether there is enough to look for."""

NEW_ONES = 10_000
"""Python's own 700 made a window wait 20 ms, again and again, while a paper is drawn beside it."""

ROUNDS = 10
"""So many rounds over the youngest make one over the older ones."""


class GarbageKeeper(QObject):
    """Takes over from Python as soon as it is made; what is there by then is never looked at again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Look through as many as have become old enough, if there are many new ones."""
        young, middle, old = gc.get_count()
        if young > NEW_ONES:
            gc.collect(2 if old > ROUNDS else 1 if middle > ROUNDS else 0)
