"""The numbered clauses of an agreement: taken from the library or typed, moved, removed and brought back."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mediation_desk.domain.rules import Clause
from mediation_desk.gui.forms.ui_clause import Ui_ClauseForm
from mediation_desk.gui.forms.ui_clause_list import Ui_ClauseListForm

FEWEST_LINES, MOST_LINES = 2, 9


class ClauseRow(QWidget):
    """One clause. It grows with its text until it would fill the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_ClauseForm()
        self.ui.setupUi(self)
        self.ui.clause_text.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def number(self, number: int, count: int) -> None:
        self.ui.number.setText(f"第{number}条")
        self.ui.clause_text.setAccessibleName(f"第{number}条")
        self.ui.clause_text.setObjectName(f"clause_{number}")
        self.ui.move_up.setEnabled(number > 1)
        self.ui.move_down.setEnabled(number < count)

    def _grow(self) -> None:
        lines = self.ui.clause_text.document().documentLayout().documentSize().height()
        shown = min(max(lines, FEWEST_LINES), MOST_LINES)
        around = 2 * (self.ui.clause_text.frameWidth() + self.ui.clause_text.document().documentMargin())
        height = int(shown * self.ui.clause_text.fontMetrics().lineSpacing() + around + 1)
        self.ui.clause_text.setMinimumHeight(height)
        self.ui.clause_text.setMaximumHeight(height)


class ClauseList(QWidget):
    """Edits the clauses in place. `changed` after each change by a person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ClauseListForm()
        self.ui.setupUi(self)
        self._rows: list[ClauseRow] = []
        self._removed: list[tuple[int, str]] = []
        self._filling = False
        self.ui.take.clicked.connect(self._take)
        self.ui.add_blank.clicked.connect(lambda: self.add(""))
        self.ui.restore.clicked.connect(self._restore)
        self.ui.restore.hide()

    def offer(self, library: Iterable[Clause]) -> None:
        """Offer ready clauses by their titles."""
        self.ui.clause_choice.clear()
        for clause in library:
            self.ui.clause_choice.addItem(clause.title, clause.text)
            self.ui.clause_choice.setItemData(
                self.ui.clause_choice.count() - 1, clause.text, Qt.ItemDataRole.ToolTipRole
            )

    def show_clauses(self, texts: Sequence[str]) -> None:
        """Show these clauses instead of what is there."""
        self._filling = True
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self._removed.clear()
        for text in texts:
            self._insert(len(self._rows), text)
        self._filling = False
        self._renumber()

    def texts(self) -> tuple[str, ...]:
        return tuple(row.ui.clause_text.toPlainText() for row in self._rows)

    def field(self, index: int) -> QPlainTextEdit | None:
        """Where clause `index`, from 0, is typed."""
        return self._rows[index].ui.clause_text if index < len(self._rows) else None

    def add(self, text: str) -> None:
        """Add a clause at the end and go there."""
        self._insert(len(self._rows), text)
        self._tell()
        self._rows[-1].ui.clause_text.setFocus()

    def _insert(self, index: int, text: str) -> None:
        row = ClauseRow(self)
        row.ui.clause_text.setPlainText(text)
        row.ui.clause_text.textChanged.connect(self._typed)
        row.ui.move_up.clicked.connect(lambda: self._move(row, -1))
        row.ui.move_down.clicked.connect(lambda: self._move(row, 1))
        row.ui.remove.clicked.connect(lambda: self._remove(row))
        self._rows.insert(index, row)
        self.ui.rows.insertWidget(index, row)
        row.show()  # now, so that the cursor can go there

    def _take(self) -> None:
        text = self.ui.clause_choice.currentData()
        if text:
            self.add(str(text))

    def _move(self, row: ClauseRow, step: int) -> None:
        index = self._rows.index(row)
        self._rows.insert(index + step, self._rows.pop(index))
        self.ui.rows.insertWidget(index + step, row)
        self._tell()
        row.ui.clause_text.setFocus()

    def _remove(self, row: ClauseRow) -> None:
        index = self._rows.index(row)
        self._removed.append((index, row.ui.clause_text.toPlainText()))
        self._rows.pop(index)
        row.hide()
        row.deleteLater()
        self._tell()

    def _restore(self) -> None:
        index, text = self._removed.pop()
        self._insert(min(index, len(self._rows)), text)
        self._tell()

    def _typed(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _tell(self) -> None:
        self._renumber()
        self.changed.emit()

    def _renumber(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.number(number, len(self._rows))
        self.ui.restore.setVisible(bool(self._removed))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from clause to clause, then to the library."""
        stops: list[QWidget] = []
        for row in self._rows:
            stops += [row.ui.clause_text, row.ui.move_up, row.ui.move_down, row.ui.remove]
        stops.append(self.ui.clause_choice)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(stops[0])
