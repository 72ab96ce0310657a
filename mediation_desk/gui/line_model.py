"""A table of ready-made lines, for lists short enough to be read at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ANSWERED = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.UserRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.ForegroundRole,
    )
)
"""Qt asks for many other roles too, of each cell, whenever it looks how wide a column must be."""


class Tone(NamedTuple):
    """Colours of a cell that must be seen first; both are given, so that it can be read on any background."""

    background: QColor
    ink: QColor


RED = Tone(QColor("#fde7e9"), QColor("#6e0811"))
ORANGE = Tone(QColor("#ffe3c2"), QColor("#5c2e00"))
YELLOW = Tone(QColor("#fff4ce"), QColor("#5c4400"))


class Line(NamedTuple):
    """One line: its cells, what it stands for (an id, a uid, an object), and the tone of its first cell."""

    cells: Sequence[str]
    key: Any = None
    tone: Tone | None = None


class LineModel(QAbstractTableModel):
    """Shows the lines it was last given. What a line stands for is its `Qt.ItemDataRole.UserRole`."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = headers
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[index.column()]
            case Qt.ItemDataRole.UserRole:
                return line.key
            case Qt.ItemDataRole.BackgroundRole if line.tone and index.column() == 0:
                return line.tone.background
            case Qt.ItemDataRole.ForegroundRole if line.tone and index.column() == 0:
                return line.tone.ink
        return None


def show_lines_in(view: QTreeView, model: LineModel, empty: QWidget | None = None) -> None:
    """Let `view` show the model, its columns as wide as what is in sight. Without lines `empty` stands in its place."""
    view.setModel(model)
    view.header().setResizeContentsPrecision(0)
    view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def follow() -> None:
        view.setVisible(bool(model.lines))
        if empty is not None:
            empty.setVisible(not model.lines)

    model.modelReset.connect(follow)
    follow()
