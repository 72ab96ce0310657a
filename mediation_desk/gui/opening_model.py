"""A month as a table: a week in two lines, morning and afternoon, and in each cell whether the centre is open."""

from calendar import Calendar
from datetime import date
from itertools import product
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.gui.line_model import YELLOW, Tone

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CLOSED = Tone(QColor("#ececec"), QColor("#4a4a4a"))


class OpeningModel(QAbstractTableModel):
    """What a cell stands for is its `Qt.ItemDataRole.UserRole`: a half-day, None outside the month."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Half, list[date]]] = []
        self._month = date.min
        self._opening: Opening | None = None

    def show(self, month: date, opening: Opening) -> None:
        self.beginResetModel()
        self._month, self._opening = month, opening
        weeks = Calendar().monthdatescalendar(month.year, month.month)
        self._rows = [(half, week) for week, half in product(weeks, Half)]
        self.endResetModel()

    def half_day(self, index: _Index) -> HalfDay | None:
        if not index.isValid():
            return None
        half, week = self._rows[index.row()]
        day = week[index.column()]
        return HalfDay(day, half) if day.month == self._month.month else None

    def index_of(self, half_day: HalfDay) -> QModelIndex:
        """Where a half-day of the month stands."""
        row = next(row for row, (half, week) in enumerate(self._rows) if half is half_day.half and half_day.day in week)
        return self.index(row, half_day.day.weekday())

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(WEEKDAY_LABELS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return f"周{WEEKDAY_LABELS[section]}"
        return self._rows[section][0].label

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) if self.half_day(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        half_day = self.half_day(index)
        if half_day is None or self._opening is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(half_day)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                state = "开放" if self._opening.is_open(half_day) else "不开放"
                return f"{half_day.label}：{state}（{self._opening.why(half_day)}）"
            case Qt.ItemDataRole.UserRole:
                return half_day
            case Qt.ItemDataRole.BackgroundRole if tone := self._tone(half_day):
                return tone.background
            case Qt.ItemDataRole.ForegroundRole if tone := self._tone(half_day):
                return tone.ink
        return None

    def _words(self, half_day: HalfDay) -> str:
        """9日 开放; only the morning names the day, as both stand one over the other. Colour and hint say the rest."""
        assert self._opening is not None
        why = self._opening.why(half_day).removeprefix("中心自定：").removesuffix("（未确认）")
        state = why if not self._opening.is_open(half_day) else "开放" if why == "工作日" else f"开放·{why}"
        return f"{half_day.day.day}日 {state}" if half_day.half is Half.AM else state

    def _tone(self, half_day: HalfDay) -> Tone | None:
        assert self._opening is not None
        if self._opening.is_own(half_day):
            return YELLOW
        return None if self._opening.is_open(half_day) else _CLOSED


def month_in_words(month: date) -> str:
    """2026年9月."""
    return day_in_words(month).partition("月")[0] + "月"
