"""Gives every action its key, its button and its line in the list of keys."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget


def add_action(
    owner: QWidget, text: str, keys: str, do: Callable[[], object], button: QAbstractButton | None = None
) -> QAction:
    """An action of `owner`, reached by `keys` while `owner` is shown, and by `button`, whose tool tip names them.

    The Enter of the number pad does what Return does.
    """
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(each) for each in dict.fromkeys((keys, keys.replace("Return", "Enter")))])
    action.triggered.connect(lambda: do())
    owner.addAction(action)
    if button is not None:
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text}（{shown}）")
        button.clicked.connect(lambda: do())
    return action
