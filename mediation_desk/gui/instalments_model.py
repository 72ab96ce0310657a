"""The instalments of an obligation as a small table that is typed into: a day and an amount for each."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.domain.agreement import Instalment
from mediation_desk.domain.dates import parse_day, show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.money import figures, parse_yuan

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADERS = ("到期日", "金额（元）")
DAY, AMOUNT = range(2)


class InstalmentsModel(QAbstractTableModel):
    """Keeps what was typed, also while it cannot be read yet; `read` says what is wrong with it."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: list[list[str]] = []

    def show(self, instalments: list[Instalment]) -> None:
        self.beginResetModel()
        self._rows = [[show_day(each.due_on), figures(each.amount_fen)] for each in instalments]
        self.endResetModel()

    def add(self) -> None:
        """Add an empty part at the end."""
        self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows))
        self._rows.append(["", ""])
        self.endInsertRows()

    def remove(self, row: int) -> None:
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._rows[row]
        self.endRemoveRows()

    def read(self) -> list[Instalment]:
        """The parts. Raises `RuleBroken` at "instalments" with everything that cannot be read."""
        parts, faults = [], []
        for number, (day, amount) in enumerate(self._rows, start=1):
            try:
                due_on, amount_fen = parse_day(day, self._today), parse_yuan(amount)
                if due_on is None:
                    raise ValueError("请填写日期。")
                parts.append(Instalment(due_on=due_on, amount_fen=amount_fen))
            except ValueError as error:
                faults.append(Fault(f"第{number}期：{error}", "instalments"))
        if faults:
            raise RuleBroken(*faults)
        return parts

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADERS[section] if orientation is Qt.Orientation.Horizontal else f"第{section + 1}期"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._rows[index.row()][index.column()]
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._rows[index.row()][index.column()] = self._tidied(index.column(), str(value).strip())
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        given = super().flags(index)
        return given | Qt.ItemFlag.ItemIsEditable if index.isValid() else given

    def _tidied(self, column: int, typed: str) -> str:
        try:
            return show_day(parse_day(typed, self._today)) if column == DAY else figures(parse_yuan(typed))
        except ValueError:
            return typed
