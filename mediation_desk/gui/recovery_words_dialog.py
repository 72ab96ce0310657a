"""Opens an encrypted store with the words of its recovery sheet, typed from the paper line by line."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from mediation_desk.domain.errors import DeskError, RuleBroken, WrongWords
from mediation_desk.domain.identity import Severity
from mediation_desk.domain.recovery_words import WORDS_IN_LINE
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.errors import clear_refusals, show_refusals, tell
from mediation_desk.gui.forms.ui_recovery_words import Ui_RecoveryWordsForm
from mediation_desk.gui.live_checks import remark
from mediation_desk.store.key_file import unlock_with_words, word_list

_LARGER = 1.4
_RIGHT = "✓"


class RecoveryWordsDialog(QDialog):
    """Shown with `open()`. `unlocked` carries the key of the store at `path`; the dialog is closed then.

    Whoever is told asks for a new password next: the sheet is not for every day.
    """

    unlocked = Signal(object)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_RecoveryWordsForm()
        self.ui.setupUi(self)
        self._path = path
        self._background = Background(self)
        ui = self.ui
        captions = (ui.line_1_caption, ui.line_2_caption, ui.line_3_caption, ui.line_4_caption)
        self._lines = (ui.line_1, ui.line_2, ui.line_3, ui.line_4)
        for number, (field, label) in enumerate(zip(self._lines, captions, strict=True), start=1):
            font = field.font()
            font.setPointSizeF(font.pointSizeF() * _LARGER)
            field.setFont(font)
            _watch(field, label, number)
            field.textEdited.connect(self._spread)
        ui.cancel.clicked.connect(self.reject)
        add_action(self, "打开", "Ctrl+Return", self.accept, ui.open_store)
        self.finished.connect(self.deleteLater)
        take_room(self, ui.fields)

    def accept(self) -> None:
        """Try the words, on a thread of its own: what they open is locked up so that trying takes a while."""
        if not self.ui.open_store.isEnabled():
            return
        clear_refusals(self)
        try:
            words = word_list().read_lines([field.text() for field in self._lines])
        except WrongWords as refusal:
            show_refusals(self, refusal, {})
            return
        self._be_busy(True)
        self._background.run(lambda: unlock_with_words(self._path, words), self._pass, self._refuse)

    def reject(self) -> None:
        if self.ui.open_store.isEnabled():
            super().reject()

    def done(self, result: int) -> None:
        for field in self._lines:
            field.clear()
        self._background.finish()
        super().done(result)

    def _pass(self, key: bytes) -> None:
        super().accept()
        self.unlocked.emit(key)

    def _refuse(self, error: DeskError) -> None:
        self._be_busy(False)
        if isinstance(error, RuleBroken):
            show_refusals(self, error, {})
        else:
            tell(self, str(error))

    def _be_busy(self, busy: bool) -> None:
        for part in (self.ui.fields, self.ui.open_store, self.ui.cancel):
            part.setEnabled(not busy)

    def _spread(self, typed: str) -> None:
        """A whole sheet put into one field is divided among the four."""
        try:
            words = word_list().read(typed)
        except WrongWords:
            return
        for field, line in zip(self._lines, words.lines, strict=True):
            field.setText(" ".join(line))


def _watch(field: QLineEdit, label: QLabel, number: int) -> None:
    """Judge a line once it is as long as one, or when it is left; while it is being typed nothing is said."""

    def judge() -> None:
        fault = word_list().fault_of_line(number, field.text())
        remark(label, fault or _RIGHT, Severity.WRONG if fault else None)

    def look(typed: str) -> None:
        if len(typed.replace(" ", "")) >= 2 * WORDS_IN_LINE:
            judge()
        else:
            remark(label, "")

    field.textChanged.connect(look)
    field.editingFinished.connect(lambda: judge() if field.text().strip() else None)
