"""撤销 and 重做 in the window: by name, by key outside text fields (these undo what is typed), and by mouse."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QPushButton

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_main_window import Ui_MainWindow

if TYPE_CHECKING:
    from mediation_desk.services.undo import Step

SAID_MS = 15_000
_UNDO, _REDO = "Ctrl+Z", "Ctrl+Shift+Z"


class Undoing(QObject):
    """Names what can be undone and done again, and says in the status line what was recorded."""

    def __init__(self, desk: Desk, window: QMainWindow, ui: Ui_MainWindow) -> None:
        super().__init__(window)
        self._history, self._window, self._ui = desk.history, window, ui
        self._undo = self._add("撤销", _UNDO, self._history.undo, ui.undo_button)
        self._redo = self._add("重做", _REDO, self._history.redo, ui.redo_button)
        self._history.changed.connect(self._show)
        self._history.said.connect(lambda sentence: window.statusBar().showMessage(sentence, SAID_MS))
        ui.stack.currentChanged.connect(self._show)
        self._show()

    def _add(self, text: str, keys: str, take: Callable[[], None], button: QPushButton) -> QAction:
        def do() -> None:
            with telling(self._window):
                take()

        return add_action(self._window, text, keys, do, button)

    def _show(self) -> None:
        """A page that undoes its own steps by the same key hears the key itself."""
        history, page = self._history, self._ui.stack.currentWidget()
        for word, keys, action, button, step in (
            ("撤销", _UNDO, self._undo, self._ui.undo_button, history.next_undo),
            ("重做", _REDO, self._redo, self._ui.redo_button, history.next_redo),
        ):
            key = QKeySequence(keys)
            is_taken = page is not None and any(key in each.shortcuts() for each in page.actions())
            action.setShortcuts([] if is_taken else [key])
            action.setText(_named(word, step))
            action.setEnabled(step is not None)
            button.setEnabled(step is not None)
            shown = key.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{_named(word, step)}（{shown}）")
            button.setAccessibleName(_named(word, step))


def _named(word: str, step: "Step | None") -> str:
    return f"{word}：{step.words}" if step else word
