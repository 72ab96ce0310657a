"""Tables of half-days: their days, their columns, and that all is drawn without a word."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.gui.roster_cells import CellLook, Ground, MonthCells, NeedLook
from mediation_desk.gui.roster_model import GridModel
from mediation_desk.gui.roster_paint import ALARM, ALARM_GROUND, CLOSED, PAPER, Pictures, draw_cell, draw_need, whole
from mediation_desk.gui.roster_signs import TONES, Sign
from mediation_desk.gui.roster_table import TODAY, MonthTable
from mediation_desk.services.roster_making import clear, lock
from mediation_desk.services.roster_view import look_at_month
from mediation_desk.services.wishes import wish
from tests.gui.rosters import MONTH, OFFICER, PM, Month, at

SIGN = Sign("调", 0, "1", "调解员")
OPEN = Ground()


@pytest.fixture
def table(month: Month, qtbot: QtBot) -> MonthTable:
    month.publish(month.placing("卫和", 24), month.placing("蒋平", 25, PM), month.placing(OFFICER, 24))
    month.duty.leave(month.ids["卫和"], at(24))
    month.desk.do(wish, month.ids["沈安"], at(26), 1)
    month.desk.do(lock, MONTH, month.ids["蒋平"], at(25, PM), True)
    month.desk.do(clear, MONTH, month.ids[OFFICER], at(24))
    table = MonthTable()
    qtbot.addWidget(table)
    model = GridModel(table)
    table.setModel(model)
    cells = month.cells()
    model.show(cells, cells.month.people, frozenset({2}))
    table.pictures = Pictures(draw_cell)
    table.days.show_days(cells, date(2026, 11, 23))
    table.resize(900, 300)
    table.show()
    return table


def test_all_of_it_is_drawn(table: MonthTable) -> None:
    table.setCurrentIndex(table.model().index(0, 46))
    image = table.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {PAPER.name(), CLOSED.name(), TONES[0].background.name(), TODAY.name()} <= colours


def test_a_table_without_a_month_draws_nothing(qtbot: QtBot) -> None:
    table = MonthTable()
    qtbot.addWidget(table)
    table.resize(200, 100)
    table.fit_columns()
    assert not table.grab().isNull()
    table.setModel(GridModel(table))
    assert not table.grab().isNull()


def test_closed_days_are_narrow_and_open_ones_take_the_rest(table: MonthTable) -> None:
    closed, opened = table.columnWidth(54), table.columnWidth(46)
    assert closed < opened
    table.resize(4000, 300)
    assert (table.columnWidth(54), table.columnWidth(46) > opened) == (closed, True)


def test_letters_do_not_look_for_cells(table: MonthTable) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClicks(table, "a")
    assert table.currentIndex().column() == 0


def test_the_head_marks_the_half_day_of_the_cursor(table: MonthTable) -> None:
    table.setCurrentIndex(table.model().index(0, 46))
    assert table.days.current_column() == 46


def test_the_name_of_a_holiday_stands_once_over_its_days(month: Month, qtbot: QtBot) -> None:
    table = MonthTable()
    qtbot.addWidget(table)
    cells = MonthCells(month.desk.look(look_at_month, date(2026, 10, 1)))
    model = GridModel(table)
    table.setModel(model)
    model.show(cells, cells.month.people)
    table.pictures = Pictures(draw_cell)
    table.days.show_days(cells, date(2026, 11, 23))
    table.resize(1200, 300)
    table.show()
    assert "国庆" in cells.month.closed_why[cells.half_days[4]]
    assert not table.days.grab().isNull()


@pytest.mark.parametrize(
    ("look", "colour"),
    [
        (CellLook(OPEN), PAPER),
        (CellLook(Ground(is_open=False)), CLOSED),
        (CellLook(OPEN, SIGN), TONES[0].background),
        (CellLook(OPEN, SIGN, is_locked=True, is_changed=True, wish=1), TONES[0].background),
        (CellLook(OPEN, SIGN, mark="假"), ALARM),
        (CellLook(OPEN, None, SIGN, is_changed=True), PAPER),
        (CellLook(OPEN, mark="假", wish=-1), PAPER),
        (CellLook(OPEN, wish=-2), PAPER),
    ],
)
def test_a_cell_has_the_ground_of_what_it_says(qapp: object, look: CellLook, colour: QColor) -> None:
    pictures = Pictures(draw_cell)
    pictures.begin(1.0, table_font())
    image = pictures.of(look, 20, 22).toImage()
    assert image.pixelColor(QPoint(17, 10)).name() == colour.name()


@pytest.mark.parametrize(
    ("look", "colour"),
    [
        (NeedLook(OPEN), PAPER),
        (NeedLook(OPEN, 2, 0), PAPER),
        (NeedLook(OPEN, 2, 1), ALARM_GROUND),
        (NeedLook(OPEN, 12, 1), ALARM_GROUND),
        (NeedLook(OPEN, 2, 2, is_planned=False), PAPER),
    ],
)
def test_a_need_is_red_where_somebody_is_missing(qapp: object, look: NeedLook, colour: QColor) -> None:
    pictures = Pictures(draw_need)
    pictures.begin(1.0, table_font())
    assert pictures.of(look, 30, 22).toImage().pixelColor(QPoint(1, 1)).name() == colour.name()


def test_equal_looks_are_drawn_once_and_anew_for_another_screen(qapp: object) -> None:
    pictures = Pictures(draw_cell)
    pictures.begin(1.0, table_font())
    first = pictures.of(CellLook(OPEN, SIGN), 20, 22)
    pictures.begin(1.0, table_font())
    assert pictures.of(CellLook(OPEN, SIGN), 20, 22) is first
    assert pictures.of(CellLook(OPEN, SIGN), 21, 22) is not first
    pictures.begin(1.5, table_font())
    again = pictures.of(CellLook(OPEN, SIGN), 20, 22)
    assert (again.width(), again.devicePixelRatio()) == (30, 1.5)


@pytest.mark.parametrize(
    ("size", "ratio", "even"),
    [(17, 1.0, 17), (17, 1.5, 18), (17, 1.25, 20), (17, 1.75, 20), (17, 1.3, 20), (15, 1.1, 15)],
)
def test_sizes_are_whole_pixels_of_the_screen(size: int, ratio: float, even: int) -> None:
    assert whole(size, ratio) == even


def test_what_is_over_is_paler(qapp: object) -> None:
    pictures = Pictures(draw_cell)
    pictures.begin(1.0, table_font())
    now, over = (pictures.of(CellLook(Ground(is_past=past), SIGN), 20, 22).toImage() for past in (False, True))
    assert over.pixelColor(17, 10).lightness() > now.pixelColor(17, 10).lightness()


def table_font() -> QFont:
    return QApplication.font()


def test_a_table_can_be_gone_through_with_the_arrows(table: MonthTable, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 46))
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 47)
