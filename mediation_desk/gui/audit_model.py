"""The lines of the log, read on as somebody scrolls down."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.desk import Desk
from mediation_desk.services.audit_log import AT_A_TIME, LogLine, look_at_log
from mediation_desk.store.audit_log import LogFilter

HEADERS = ("序号", "时间", "谁", "种类", "做了什么", "案件", "电脑")

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class AuditModel(QAbstractTableModel):
    """The entries that are wanted, the newest first. The number of an entry is its line's `UserRole`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: LogFilter | None = None
        self._has_more = False
        self.lines: list[LogLine] = []

    def show(self, wanted: LogFilter) -> None:
        """Read anew from the newest entry on. Raises `DeskError`."""
        lines = self._desk.look(look_at_log, wanted)
        self.beginResetModel()
        self._wanted, self.lines = wanted, lines
        self._has_more = len(lines) == AT_A_TIME
        self.endResetModel()

    def clear(self) -> None:
        self.beginResetModel()
        self._wanted, self.lines, self._has_more = None, [], False
        self.endResetModel()

    def canFetchMore(self, parent: _Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:
        """Read on. A view asks while it scrolls, when nobody can be told of a failure: it then asks again."""
        if parent.isValid() or self._wanted is None or not self.lines:
            return
        try:
            lines = self._desk.look(look_at_log, self._wanted, self.lines[-1].no)
        except DeskError:
            return
        self._has_more = len(lines) == AT_A_TIME
        if lines:
            self.beginInsertRows(_NOWHERE, len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line.no
        return _cell(line, index.column()) if role == Qt.ItemDataRole.DisplayRole else None


def _cell(line: LogLine, column: int) -> str:
    at = f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else "（未记录）"
    return (str(line.no), at, line.who, line.kind.label, line.what, line.case_called, line.origin)[column]
