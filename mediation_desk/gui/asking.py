"""Asks before a fact leaves the house for good. Does not block the program."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(window: QWidget, question: str, answer: str, do: Callable[[], object], otherwise: str = "取消") -> None:
    """Ask `question`; `do` it when the button `answer` is pressed. Escape and Enter leave everything as it is.

    `otherwise` is the other button.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "请确认", question, QMessageBox.StandardButton.NoButton, window)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names and texts are shown as they were typed
    box.setObjectName("question_box")
    box.setAccessibleName(question)
    yes = box.addButton(answer, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(otherwise, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(lambda: do())
    box.finished.connect(box.deleteLater)
    box.open()
