"""Tables whose columns are the half-days of a month: a head of days over them, cells drawn as pictures."""

from datetime import date
from itertools import groupby
from typing import Any

from PySide6.QtCore import QLine, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half
from mediation_desk.gui.roster_cells import MonthCells
from mediation_desk.gui.roster_model import MonthModel
from mediation_desk.gui.roster_paint import CLOSED, FAINT, INK, PAPER, Pictures, whole

TODAY = QColor("#1f6fb5")
CURSOR = QColor("#12466f")
ROW = QColor(31, 111, 181, 26)
WEEK = QColor("#aab4c0")
HOLIDAY = QColor("#a3341f")

_Index = QModelIndex | QPersistentModelIndex


class DayHeader(QHeaderView):
    """Day, weekday and halves in three lines; the name of a holiday in place of the halves of its days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(4)
        self.setAccessibleName("日期")
        self.today: date | None = None
        self._cells: MonthCells | None = None

    def show_days(self, cells: MonthCells, today: date) -> None:
        self._cells, self.today = cells, today
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 4)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._cells is None or not self.count():
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), PAPER)
        line = self.fontMetrics().lineSpacing()
        for number, day in enumerate(self._cells.month.days):
            area = self._area(2 * number, 2 * number + 1)
            if area.right() >= 0 and area.left() <= self.viewport().width():
                self._paint_day(painter, area, day, 2 * number, line)
        self._paint_holidays(painter, line)

    def _paint_day(self, painter: QPainter, area: QRect, day: date, column: int, line: int) -> None:
        assert self._cells is not None
        opened = [self._cells.grounds[column + half].is_open for half in range(2)]
        if not any(opened):
            painter.fillRect(area, CLOSED)
        top = QRect(area.left(), area.top() + 1, area.width(), line)
        ink = INK if any(opened) else FAINT
        if day == self.today:
            painter.fillRect(top.adjusted(1, 0, -1, line), TODAY)
            ink = PAPER
        self._write(painter, top, str(day.day), ink, bold=True)
        self._write(painter, top.translated(0, line), WEEKDAY_LABELS[day.weekday()], ink)
        for half, name in enumerate(each.label[0] for each in Half):
            if opened[half]:
                chosen = self.current_column() == column + half
                place = self._area(column + half, column + half)
                place.setTop(area.top() + 1 + 2 * line)
                if chosen:
                    painter.fillRect(place, CURSOR)
                self._write(painter, place, name, PAPER if chosen else FAINT)
        painter.setPen(QPen(WEEK if day.weekday() == 6 else CLOSED.darker(106), 1))
        painter.drawLine(area.right(), 0, area.right(), self.height())

    def _paint_holidays(self, painter: QPainter, line: int) -> None:
        """Days off in a row have their name once, below all of them."""
        assert self._cells is not None
        why = self._cells.month.closed_why
        names = [why.get(self._cells.half_days[column], "") for column in range(0, self.count(), 2)]
        for name, days in groupby(range(len(names)), key=lambda number: names[number]):
            if name and not name.startswith("周"):
                run = list(days)
                area = self._area(2 * run[0], 2 * run[-1] + 1)
                area.setTop(area.top() + 1 + 2 * line)
                shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
                self._write(painter, area, shown, HOLIDAY)

    def current_column(self) -> int:
        table = self.parent()
        return table.currentIndex().column() if isinstance(table, QTableView) else -1

    def _area(self, first: int, last: int) -> QRect:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, 0, right - left, self.height())

    def _write(self, painter: QPainter, area: QRect, text: str, ink: QColor, *, bold: bool = False) -> None:
        font = QFont(self.font())
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(area.adjusted(-2, 0, 2, 0), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)


class MonthTable(QTableView):
    """Half-days from left to right. All cells that can be seen are drawn in one go: one by one would take too long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: Pictures[Any] | None = None
        self.has_row_marked = True
        self.days = DayHeader(self)
        self.setHorizontalHeader(self.days)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(4)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)

    def fit_columns(self) -> None:
        """Open half-days have room for a character, closed days for their number; the open ones take what is left."""
        model = self.month_model
        if model is None or model.cells is None:
            return
        ratio, character = self.devicePixelRatioF(), self.fontMetrics().horizontalAdvance("字")
        closed = whole(character, ratio)
        open_columns = [column for column, ground in enumerate(model.cells.grounds) if ground.is_open]
        left = self.viewport().width() - closed * (model.columnCount() - len(open_columns))
        least, most = whole(character + 5, ratio), 2 * character + 6
        wide = max(least, min(most, left // max(len(open_columns), 1)))
        while wide > least and not (wide * ratio).is_integer():
            wide -= 1
        for column, ground in enumerate(model.cells.grounds):
            self.setColumnWidth(column, wide if ground.is_open else closed)

    @property
    def month_model(self) -> MonthModel | None:
        model = self.model()
        return model if isinstance(model, MonthModel) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        model = self.month_model
        if model is None or model.cells is None or self.pictures is None or not model.rowCount():
            return
        self.pictures.begin(self.devicePixelRatioF(), self.font())
        exposed = event.rect()
        columns = self._columns_in(exposed)
        painter = QPainter(self.viewport())
        for row in self._rows_in(exposed):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            for column, left, width in columns:
                painter.drawPixmap(left, top, self.pictures.of(model.look(row, column), width, height))
        self._draw_lines(painter, columns)
        self._draw_cursor(painter)

    def _rows_in(self, area: QRect) -> range:
        model = self.model()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        return range(max(first, 0), (last if last >= 0 else model.rowCount() - 1) + 1)

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        """(column, left, width) of those that touch the area."""
        found = []
        for column in range(self.model().columnCount()):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if left <= area.right() and left + width > area.left():
                found.append((column, left, width))
        return found

    def _draw_lines(self, painter: QPainter, columns: list[tuple[int, int, int]]) -> None:
        """Between weeks and groups, and around today."""
        model = self.month_model
        assert model is not None
        assert model.cells is not None
        bottom = self.rowViewportPosition(model.rowCount() - 1) + self.rowHeight(model.rowCount() - 1)
        painter.setPen(QPen(WEEK, 1))
        for row in model.group_rows:
            top = self.rowViewportPosition(row)
            painter.drawLine(QLine(0, top, self.viewport().width(), top))
        half_days = model.cells.half_days
        for column, left, width in columns:
            half_day = half_days[column]
            if half_day.half is Half.PM and half_day.day.weekday() == 6:
                painter.setPen(QPen(WEEK, 1))
                painter.drawLine(QLine(left + width - 1, 0, left + width - 1, bottom))
            if half_day.day == self.days.today:
                painter.setPen(QPen(TODAY, 2))
                edge = left + 1 if half_day.half is Half.AM else left + width - 1
                painter.drawLine(QLine(edge, 0, edge, bottom))

    def _draw_cursor(self, painter: QPainter) -> None:
        current = self.currentIndex()
        if not current.isValid():
            return
        area = self.visualRect(current)
        if self.has_row_marked:
            painter.fillRect(QRect(0, area.top(), self.viewport().width(), area.height() - 1), ROW)
        painter.setPen(QPen(CURSOR, 2 if self.hasFocus() else 1))
        painter.drawRect(area.adjusted(1, 1, -2, -2))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.days.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters put posts, they do not look for cells."""
