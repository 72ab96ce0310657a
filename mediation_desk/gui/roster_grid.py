"""The month as a grid: people at the left, their half-days beside, what posts lack below; all three scroll together."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.gui.forms.ui_roster_grid import Ui_RosterGrid
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.roster_cells import MonthCells
from mediation_desk.gui.roster_model import CARRIED, NAME, PROFESSION, GridModel, NeedsModel, PeopleModel
from mediation_desk.gui.roster_paint import Pictures, draw_cell, draw_need, palette_of_paper, whole
from mediation_desk.services.roster_view import PersonShown

_NARROW = 70
"""Characters; in less room the grid does without professions and what is carried: tool tips have them."""

_MOST_FOOTER = 0.27
"""Of the height, for what posts lack; more posts than that are scrolled."""


_AHEAD = 13
"""So many half-days after today are in sight at first."""


class RosterGrid(QWidget):
    """`cell_chosen` tells that another cell is the current one, `cell_opened` that somebody wants to fill it.

    `need_chosen` brings the half-day and post of a need that somebody asks about; all posts are None.
    """

    cell_chosen = Signal()
    cell_opened = Signal()
    need_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_RosterGrid()
        self.ui.setupUi(self)
        self.model = GridModel(self)
        self.needs = NeedsModel(self)
        self.posts = LineModel(("岗位", "名称", "键"), self)
        self.ui.half_days.pictures = Pictures(draw_cell)
        self.ui.needs.pictures = Pictures(draw_need)
        self.ui.needs.days.hide()
        self.ui.needs.has_row_marked = False
        for view, model in ((self.ui.half_days, self.model), (self.ui.needs, self.needs), (self.ui.posts, self.posts)):
            view.setModel(model)
        for view in (self.ui.people, self.ui.posts):
            view.setPalette(palette_of_paper(view.palette()))
        self.ui.posts.horizontalHeader().hide()
        self.ui.people.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._link(self.ui.people, self.ui.half_days, Qt.Orientation.Vertical)
        self._link(self.ui.posts, self.ui.needs, Qt.Orientation.Vertical)
        self._link(self.ui.half_days, self.ui.needs, Qt.Orientation.Horizontal)
        self.ui.half_days.selectionModel().currentChanged.connect(self._follow)
        self.ui.half_days.doubleClicked.connect(lambda _: self.cell_opened.emit())
        self.ui.people.clicked.connect(self._go_to_row)
        self.ui.needs.clicked.connect(self._go_to_need)
        self.setFocusProxy(self.ui.half_days)

    def name_professions(self, profession: Callable[[str], str]) -> None:
        """Before anything is shown: how a profession is called."""
        self.people = PeopleModel(profession, self)
        self.ui.people.setModel(self.people)

    def show_month(
        self, cells: MonthCells, people: Sequence[PersonShown], group_rows: frozenset[int], today: date
    ) -> None:
        """Show these people; the cell that was chosen stays chosen where it is still shown."""
        cell = self.chosen()
        self.model.show(cells, people, group_rows)
        self.people.show(people)
        self.needs.show(cells)
        short = sum(cells.month.short.values())
        total = Line(("", f"合计{f'缺{short}' if short else ''}", ""), None)
        lines = [Line((sign.letter, sign.name, sign.key), number, sign.tone) for number, sign in cells.signs.items()]
        self.posts.show([total, *lines])
        self.ui.half_days.days.show_days(cells, today)
        self.ui.needs.days.today = today
        self._fit()
        index = self.model.index_of(*cell) if cell else QModelIndex()
        if index.isValid():
            self.ui.half_days.setCurrentIndex(index)
        else:
            self._begin_at(today)
        if not people:
            self.cell_chosen.emit()

    def chosen(self) -> tuple[int, HalfDay] | None:
        """The person and half-day of the current cell."""
        index = self.current()
        return self.model.cell(index) if index.isValid() else None

    def current(self) -> QModelIndex:
        return self.ui.half_days.currentIndex()

    def choose(self, person_id: int, half_day: HalfDay) -> None:
        """Make a cell the current one, in sight."""
        index = self.model.index_of(person_id, half_day)
        if index.isValid():
            self.ui.half_days.setCurrentIndex(index)
            self.ui.half_days.scrollTo(index)

    def choose_half_day(self, half_day: HalfDay) -> None:
        """Go to a half-day, staying with the person."""
        if self.model.cells and half_day in self.model.cells.half_days:
            self._go_to(max(self.current().row(), 0), self.model.cells.half_days.index(half_day))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model.cells:
            self._fit()
            self.ui.half_days.scrollTo(self.current())

    def _begin_at(self, today: date) -> None:
        """Nothing was chosen yet: begin with today, else with what is open first; the days that follow in sight."""
        assert self.model.cells
        days = [half_day.day for half_day in self.model.cells.half_days]
        is_open = [ground.is_open for ground in self.model.cells.grounds]
        column = days.index(today) if today in days else is_open.index(True) if any(is_open) else 0
        ahead = self.model.index(0, min(column + _AHEAD, len(days) - 1))
        self.ui.half_days.scrollTo(ahead)
        self._go_to(0, column)

    def _go_to(self, row: int, column: int) -> None:
        index = self.model.index(max(row, 0), column)
        if index.isValid():
            self.ui.half_days.setCurrentIndex(index)
            self.ui.half_days.scrollTo(index)

    def _go_to_row(self, index: QModelIndex) -> None:
        self._go_to(index.row(), max(self.current().column(), 0))
        self.ui.half_days.setFocus()

    def _go_to_need(self, index: QModelIndex) -> None:
        """Go to the half-day, staying with the person, and tell which post was meant."""
        assert self.model.cells
        self._go_to(max(self.current().row(), 0), index.column())
        self.need_chosen.emit(self.model.cells.half_days[index.column()], self.needs.post_ids[index.row()])

    def _follow(self, index: QModelIndex) -> None:
        """Mark the person and the half-day of the current cell beside it and below."""
        self.ui.people.setCurrentIndex(self.people.index(index.row(), NAME))
        self.ui.needs.setCurrentIndex(self.needs.index(0, index.column()))
        self.cell_chosen.emit()

    @staticmethod
    def _link(one: QTableView, other: QTableView, orientation: Qt.Orientation) -> None:
        """Scroll both together."""
        vertical = orientation is Qt.Orientation.Vertical
        bars = [view.verticalScrollBar() if vertical else view.horizontalScrollBar() for view in (one, other)]
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)

    def _fit(self) -> None:
        """Give every column and line the room that font and window ask for."""
        ui, metrics = self.ui, self.fontMetrics()
        em, row_height = metrics.horizontalAdvance("字"), whole(metrics.lineSpacing() + 6, self.devicePixelRatioF())
        for view in (ui.people, ui.half_days, ui.posts, ui.needs):
            view.verticalHeader().setDefaultSectionSize(row_height)
        is_narrow = self.width() < _NARROW * em
        for column, characters in enumerate((5, 6, 3, 3, 3.4)):
            ui.people.setColumnWidth(column, round(characters * em))
            ui.people.setColumnHidden(column, is_narrow and column in (PROFESSION, CARRIED))
        left = ui.people.horizontalHeader().length()
        for column, width in enumerate((2 * em, left - 4 * em, 2 * em)):
            ui.posts.setColumnWidth(column, width)
        for view in (ui.people, ui.posts):
            view.setFixedWidth(left)
        self._fit_footer(row_height)
        ui.people.horizontalHeader().setFixedHeight(ui.half_days.days.height())
        ui.half_days.fit_columns()
        ui.needs.fit_columns()

    def _fit_footer(self, row_height: int) -> None:
        rows = min(self.needs.rowCount(), max(2, int(self.height() * _MOST_FOOTER) // row_height))
        bar = self.ui.needs.horizontalScrollBar().sizeHint().height()
        self.ui.posts.setFixedHeight(rows * row_height)
        self.ui.needs.setFixedHeight(rows * row_height + bar)
