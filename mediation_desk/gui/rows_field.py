"""Rows of a paper typed as a small table: Tab goes on into a further row, several rows can be pasted at once."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.domain.names import clean_text
from mediation_desk.gui.actions import add_action

_Index = QModelIndex | QPersistentModelIndex
_SHOWN_ROWS = 5


class RowsField(QWidget):
    """The table with its buttons. `changed` comes with every letter that is typed."""

    changed = Signal()

    def __init__(self, name: str, caption: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.table = RowsTable(columns, self)
        self.table.setObjectName(f"{name}_table")
        self.table.setAccessibleName(caption)
        self.setFocusProxy(self.table)
        self._add, self._remove = QPushButton("添加一行", self), QPushButton("移除一行", self)
        layout, buttons = QVBoxLayout(self), QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        steps = (
            (self._add, "添加一行", "Ctrl+Shift+A", self.table.add_row),
            (self._remove, "移除一行", "Ctrl+Shift+Delete", self.table.remove_row),
        )
        for button, text, keys, do in steps:
            button.setObjectName(f"{name}_{'add' if button is self._add else 'remove'}")
            button.setAutoDefault(False)
            buttons.addWidget(button)
            action = add_action(self, text, keys, do, button)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        buttons.addStretch(1)
        model = self.table.model()
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(lambda: self.changed.emit())

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; there is always one to type into."""
        self.table.setRowCount(0)
        self.table.put(rows or [[]], 0, 0)

    def rows(self) -> list[list[str]]:
        """What is typed, row by row, without rows that are empty."""
        return [row for row in self.table.rows() if any(row)]


class RowsTable(QTableWidget):
    def __init__(self, columns: Sequence[str], parent: QWidget) -> None:
        super().__init__(0, len(columns), parent)
        self.setHorizontalHeaderLabels(list(columns))
        self.setTabKeyNavigation(False)  # Tab goes from cell to cell while one types, else out of the table
        self.setItemDelegate(_CellDelegate(self))
        self.setEditTriggers(self.EditTrigger.AllEditTriggers & ~self.EditTrigger.CurrentChanged)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        row = self.fontMetrics().lineSpacing() * 2
        self.setMinimumHeight(row * _SHOWN_ROWS)
        self.setRowCount(1)

    def rows(self) -> list[list[str]]:
        return [[self._text(row, column) for column in range(self.columnCount())] for row in range(self.rowCount())]

    def put(self, rows: Sequence[Sequence[str]], top: int, left: int) -> None:
        """Write rows of cells from this place on; rows are added, cells beyond the last column are left out."""
        self.setRowCount(max(self.rowCount(), top + len(rows)))
        for row, cells in enumerate(rows, start=top):
            for column, text in enumerate(cells[: self.columnCount() - left], start=left):
                self.setItem(row, column, QTableWidgetItem(text))

    def add_row(self) -> None:
        """Add an empty row at the end, and type into it."""
        self.setRowCount(self.rowCount() + 1)
        self._type_into(self.rowCount() - 1)

    def remove_row(self) -> None:
        """Remove the current row; the last one left is only emptied."""
        row = self.currentRow() if self.currentRow() >= 0 else self.rowCount() - 1
        self.removeRow(row)
        if not self.rowCount():
            self.setRowCount(1)
        self.setCurrentCell(min(row, self.rowCount() - 1), 0)

    def go_on(self) -> bool:
        """Tab in the last cell: on into a further row, or out of the table where this one is empty."""
        if (self.currentRow(), self.currentColumn()) != (self.rowCount() - 1, self.columnCount() - 1):
            return False
        if any(self.rows()[-1]):
            self.add_row()
        else:
            self.setFocus()
            self.focusNextChild()
        return True

    def paste(self) -> None:
        """Paste what a spreadsheet or a list gives: lines are rows, tabs part the cells."""
        lines = QGuiApplication.clipboard().text().rstrip("\r\n").splitlines()
        rows = [[_cell(text) for text in line.split("\t")] for line in lines]
        self.put(rows, max(self.currentRow(), 0), max(self.currentColumn(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def _type_into(self, row: int) -> None:
        self.setCurrentCell(row, 0)
        self.setFocus()
        self.edit(self.model().index(row, 0))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return _cell(item.text()) if item is not None else ""


class _CellDelegate(QStyledItemDelegate):
    """Takes over each letter as it is typed, so that a draft holds it."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.textEdited.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != text:  # else the cursor would jump to the end
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste) and _is_several(QGuiApplication.clipboard().text()):
                self._table.paste()
                return True
            if event.key() == Qt.Key.Key_Tab and self._table.go_on():
                return True
        return super().eventFilter(editor, event)


def _cell(text: str) -> str:
    """What one cell keeps: a line without control characters and padding."""
    return " ".join(clean_text(text)[0].split())


def _is_several(text: str) -> bool:
    return any(parting in text.rstrip("\r\n") for parting in "\t\r\n")
