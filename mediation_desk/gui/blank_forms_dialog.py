"""打印空白表: numbered empty forms for power cuts, so many of each, on paper or in a PDF file."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import TypeAlias

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDialog, QLabel, QSpinBox, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.paper import BlankForm
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.errors import tell
from mediation_desk.gui.forms.ui_blank_forms import Ui_BlankFormsForm
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.audit import doing, note_export, note_print
from mediation_desk.services.blank_forms import blank_papers, make_blanks

MOST_COPIES = 50
FIRST_COPIES = 10
"""What is proposed of the form that comes first: enough for a morning without electricity."""

_Batch: TypeAlias = tuple[list[BlankForm], bytes]
"""What was given out, and its paper; nothing yet while it is empty."""


class BlankFormsDialog(QDialog):
    """One batch: numbers are given out when it is first printed or saved, and printing it again gives out no others."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ui = Ui_BlankFormsForm()
        self.ui.setupUi(self)
        self._rows: dict[str, tuple[QLabel, QSpinBox]] = {}
        self._batch: _Batch = [], b""
        self._background = Background(self)
        self._offer_forms()
        add_action(self, "打印空白表", "Ctrl+P", self.print_batch, self.ui.print_blanks)
        add_action(self, "空白表另存为 PDF", "Ctrl+Shift+S", self.save_batch, self.ui.save_blanks)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self._let_go)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.9))

    def _offer_forms(self) -> None:
        before: QWidget = self.ui.copies_area
        for row, form in enumerate(blank_papers(self.desk.act())):
            field = _Copies(self.ui.copies_fields)
            field.setObjectName(f"copies_{form.code}")
            field.setAccessibleName(f"{form.title}份数")
            field.setRange(0, MOST_COPIES)
            field.setSuffix(" 份")
            field.setValue(0 if row else FIRST_COPIES)
            caption = QLabel(f"{form.title}（{form.code}）", self.ui.copies_fields)
            caption.setWordWrap(True)
            caption.setBuddy(field)
            self.ui.copies_layout.addWidget(caption, row, 0)
            self.ui.copies_layout.addWidget(field, row, 1)
            self._rows[form.code] = caption, field
            QWidget.setTabOrder(before, field)
            before = field
        QWidget.setTabOrder(before, self.ui.print_blanks)
        self.ui.copies_layout.setRowStretch(len(self._rows), 1)
        next(field for _, field in self._rows.values()).setFocus()

    def print_batch(self) -> None:
        log = self.desk.log

        def printed(copies: int) -> None:
            log.note(note_print, f"空白表 {_numbers(self._batch[0])}", copies=copies)

        self._with_batch(lambda: print_paper(self, self._batch[1], "空白表", 1, printed))

    def save_batch(self) -> None:
        def save() -> None:
            name = f"空白表 {_numbers(self._batch[0])}"
            save_file(self, self._batch[1], f"{name}.pdf", saved=partial(self.desk.log.note, note_export, name))

        self._with_batch(save)

    def _with_batch(self, then: Callable[[], None]) -> None:
        """Do this with the batch; where there is none yet, it is made first, while the window stays alive."""
        if self._batch[0]:
            then()
        elif self.ui.print_blanks.isEnabled():
            self._allow(changes=False, steps=False)
            self.ui.issued_text.setText("正在编号、排版…")
            act, database = self.desk.act(), self.desk.database
            told = doing(act, make_blanks, this_pc())
            copies = {code: field.value() for code, (_, field) in self._rows.items()}

            def make() -> _Batch | str:
                try:
                    with database.writing(doing=told) as records:
                        return make_blanks(records, act, copies)
                except DeskError as error:
                    return str(error)

            self._background.run(make, lambda made: self._take(made, then))

    def _take(self, made: _Batch | str, then: Callable[[], None]) -> None:
        if isinstance(made, str):
            self._allow(changes=True, steps=True)
            self.ui.issued_text.clear()
            tell(self, made)
            return
        self._batch = made
        self._allow(changes=False, steps=True)
        self._show_numbers(made[0])
        then()

    def _show_numbers(self, blanks: Sequence[BlankForm]) -> None:
        """Leave in the list only what was given out, each with its numbers."""
        given_out = {code: list(group) for code, group in groupby(blanks, key=lambda blank: blank.code)}
        for code, (caption, field) in self._rows.items():
            caption.setVisible(code in given_out)
            field.setVisible(code in given_out)
            if code in given_out:
                caption.setText(f"{caption.text()}\n{_numbers(given_out[code])}")
        self.ui.issued_text.setText("已编号。再按“打印”或“另存为 PDF”，还是这一批。")

    def _allow(self, *, changes: bool, steps: bool) -> None:
        for _, field in self._rows.values():
            field.setEnabled(changes)
        for button in (self.ui.print_blanks, self.ui.save_blanks):
            button.setEnabled(steps)

    def _let_go(self) -> None:
        self._background.finish()
        self.deleteLater()


class _Copies(QSpinBox):
    """Leaves the wheel to the list it stands in: no number changes because somebody scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _numbers(blanks: Sequence[BlankForm]) -> str:
    """Running numbers from the first to the last, "BF2026-000001至BF2026-000010"."""
    first, last = blanks[0].number, blanks[-1].number
    return first if first == last else f"{first}至{last}"
