"""The months a notice speaks of as a table of weeks; what it changes is coloured and says from what to what."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.rules import Holidays
from mediation_desk.gui.line_model import Tone
from mediation_desk.gui.opening_model import month_in_words
from mediation_desk.services.holiday_notices import DayChange

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_REST = Tone(QColor("#d9f0dd"), QColor("#0b4a1c"))
_WORK = Tone(QColor("#ffe3c2"), QColor("#5c2e00"))
_QUIET = QColor("#8a8a8a")


class NoticeDaysModel(QAbstractTableModel):
    """A cell is a day; its `Qt.ItemDataRole.UserRole` is the change, None where nothing changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._weeks: list[tuple[date, list[date]]] = []
        self._changes: dict[date, DayChange] = {}
        self._now = Opening((), Holidays(), ())

    def show(self, months: Sequence[date], changes: Sequence[DayChange], in_force: Holidays) -> None:
        self.beginResetModel()
        self._now = Opening((), in_force, ())
        self._changes = {change.day: change for change in changes}
        self._weeks = [
            (month, week) for month in months for week in Calendar().monthdatescalendar(month.year, month.month)
        ]
        self.endResetModel()

    def day(self, index: _Index) -> date | None:
        """The day of a cell; None for one of the neighbouring month."""
        month, week = self._weeks[index.row()]
        day = week[index.column()]
        return day if day.month == month.month else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._weeks)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(WEEKDAY_LABELS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return f"周{WEEKDAY_LABELS[section]}"
        month, _ = self._weeks[section]
        is_first = section == 0 or self._weeks[section - 1][0] != month
        return month_in_words(month) if is_first else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day(index)
        if day is None:
            return None
        change = self._changes.get(day)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{day.day} {_before(change)}\n→ {change.after}" if change else self._as_it_is(day)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if change:
                return f"{day_in_words(day)}：原来{change.before}，改为{change.after}"
            case Qt.ItemDataRole.UserRole:
                return change
            case Qt.ItemDataRole.BackgroundRole if change:
                return (_WORK if change.works_after else _REST).background
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(day, change)
        return None

    def _as_it_is(self, day: date) -> str:
        """Ordinary days by their number, holidays and make-up days by name."""
        why = self._now.why(HalfDay(day, Half.AM)).removesuffix("（未确认）")
        ordinary = why == "工作日" or why.startswith("周")
        return str(day.day) if ordinary else f"{day.day} {why}"

    def _ink(self, day: date, change: DayChange | None) -> QColor | None:
        if change:
            return (_WORK if change.works_after else _REST).ink
        return None if self._now.is_open(HalfDay(day, Half.AM)) else _QUIET


def _before(change: DayChange) -> str:
    return change.before.removesuffix("（未确认）")
