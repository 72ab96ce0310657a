"""The ledger as a table that is sorted by a click on a head; the line of totals stays last."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont, QGuiApplication

from mediation_desk.domain.ledger import MEANINGS, MEDIAN_CAPTION, MEDIAN_MEANING, Ledger, LedgerLine, What

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS = ("姓名", "月份", "单位", "驻点")
MONTH_COLUMN, UNIT_COLUMN = 1, 2
WHATS = tuple(What)
_MEDIAN_COLUMN = len(_WORDS) + len(WHATS)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

SORT_ROLE = Qt.ItemDataRole.UserRole
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


def column_of(what: What) -> int:
    return len(_WORDS) + WHATS.index(what)


def what_of(column: int) -> What | None:
    """What a column counts, None for one that opens into nothing."""
    number = column - len(_WORDS)
    return WHATS[number] if 0 <= number < len(WHATS) else None


class LedgerModel(QAbstractTableModel):
    """Shows the ledger it was last given, the totals in its last line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LedgerLine] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, ledger: Ledger) -> None:
        self.beginResetModel()
        self._lines = [*ledger.lines, ledger.total]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else _MEDIAN_COLUMN + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        what = what_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return what.label if what else (MEDIAN_CAPTION if section == _MEDIAN_COLUMN else _WORDS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return MEANINGS[what] if what else (MEDIAN_MEANING if section == _MEDIAN_COLUMN else None)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._shown(line, column)
            case Qt.ItemDataRole.TextAlignmentRole if column >= len(_WORDS):
                return int(_RIGHT)
            case Qt.ItemDataRole.FontRole if self._is_total(index.row()):
                return self._bold
            case Qt.ItemDataRole.ForegroundRole if self._value(line, column) == 0:
                return QGuiApplication.palette().placeholderText()
            case _ if role == SORT_ROLE:
                return self._value(line, column)
            case _ if role == LINE_ROLE:
                return line
        return None

    def is_total(self, index: _Index) -> bool:
        return self._is_total(index.row())

    def _is_total(self, row: int) -> bool:
        return row == len(self._lines) - 1

    def _shown(self, line: LedgerLine, column: int) -> str:
        value = self._value(line, column)
        if column == _MEDIAN_COLUMN:
            return "—" if line.median_minutes is None else f"{value:.1f}"
        return str(value)

    def _value(self, line: LedgerLine, column: int) -> Any:
        what = what_of(column)
        if what is not None:
            return line.number(what)
        if column == _MEDIAN_COLUMN:
            return -1.0 if line.median_minutes is None else line.median_minutes
        month = f"{line.month:%Y-%m}" if line.month else ""
        return (line.name, month, line.unit, line.presence)[column]


class SortedLedger(QSortFilterProxyModel):
    """Sorts numbers as numbers; the totals are last whichever way it is sorted."""

    def __init__(self, model: LedgerModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        goes_up = self.sortOrder() is Qt.SortOrder.AscendingOrder
        if self._model.is_total(left) or self._model.is_total(right):
            return self._model.is_total(right) is goes_up
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one == other:  # equal ones in the order of the directory, whichever way it is sorted
            return (left.row() < right.row()) is goes_up
        return bool(one < other)
