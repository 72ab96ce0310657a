"""Dragging a shift to another person of the same half-day."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent
from pytestqt.qtbot import QtBot

from mediation_desk.gui.roster_drag import FORMAT, ShiftTable, shift_at
from mediation_desk.gui.roster_model import GridModel
from mediation_desk.gui.roster_paint import Pictures, draw_cell
from tests.gui.rosters import Month, at

MOVE, LEFT, NONE = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def table(month: Month, qtbot: QtBot) -> ShiftTable:
    month.publish(month.placing("卫和", 24))
    table = ShiftTable()
    qtbot.addWidget(table)
    model = GridModel(table)
    table.setModel(model)
    cells = month.cells()
    model.show(cells, cells.month.people)
    table.pictures = Pictures(draw_cell)
    table.days.show_days(cells, at(23).day)
    table.resize(1300, 300)
    table.show()
    return table


def index(table: ShiftTable, month: Month, name: str, day: int) -> QModelIndex:
    model = table.model()
    assert isinstance(model, GridModel)
    return model.index_of(month.ids[name], at(day))


def drop(table: ShiftTable, data: QMimeData, target: QModelIndex) -> list[object]:
    """Let go of something over a cell; what the table then says."""
    told: list[object] = []
    table.shift_dropped.connect(lambda source, target: told.append((source.row(), target.row())))
    table.drop_refused.connect(told.append)
    place = QPointF(table.visualRect(target).center())
    for handler in (table.dragEnterEvent, table.dragMoveEvent):
        event = QDropEvent(place, MOVE, data, LEFT, NONE)
        handler(event)  # type: ignore[arg-type]  # they ask of an event only what every drop has
        if not event.isAccepted():
            return told
    dropped = QDropEvent(place, MOVE, data, LEFT, NONE)
    table.dropEvent(dropped)
    assert dropped.dropAction() is Qt.DropAction.IgnoreAction
    return told


def test_a_shift_goes_to_another_person_of_that_half_day(table: ShiftTable, month: Month) -> None:
    source, target = index(table, month, "卫和", 24), index(table, month, "沈安", 24)
    assert drop(table, shift_at(source), target) == [(source.row(), target.row())]


def test_another_half_day_is_refused_with_a_sentence(table: ShiftTable, month: Month) -> None:
    [sentence] = drop(table, shift_at(index(table, month, "卫和", 24)), index(table, month, "沈安", 25))
    assert str(sentence).startswith("没有移动：班次只能拖给同一半天的另一个人")


def test_let_go_where_it_was_nothing_happens(table: ShiftTable, month: Month) -> None:
    source = index(table, month, "卫和", 24)
    assert drop(table, shift_at(source), source) == []


def test_nothing_else_can_be_dropped(table: ShiftTable, month: Month) -> None:
    text = QMimeData()
    text.setText("卫和")
    assert drop(table, text, index(table, month, "沈安", 24)) == []
    event = QDropEvent(QPointF(5, 5), MOVE, text, LEFT, NONE)
    table.dropEvent(event)


def test_a_shift_of_somebody_who_is_no_longer_shown_goes_nowhere(table: ShiftTable, month: Month) -> None:
    gone = QMimeData()
    gone.setData(FORMAT, b"999 46")
    assert drop(table, gone, index(table, month, "沈安", 24)) == []


def test_the_dragged_shift_is_the_one_under_the_cursor(
    table: ShiftTable, month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def drag_away(drag: QDrag, _: Qt.DropAction) -> Qt.DropAction:
        taken.append(drag.mimeData().data(FORMAT).toStdString())
        return MOVE

    monkeypatch.setattr(QDrag, "exec", drag_away)
    table.startDrag(MOVE)
    assert taken == []
    table.setCurrentIndex(index(table, month, "卫和", 24))
    table.startDrag(MOVE)
    assert taken == [f"{month.ids['卫和']} 46"]
