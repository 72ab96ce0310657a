"""Rows typed as a table: by Tab, by pasting, by the buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui.rows_field import RowsField
from tests.gui.looking import bring_up, found


@pytest.fixture
def field(place: QWidget, qtbot: QtBot) -> RowsField:
    """Two columns between two other fields."""
    layout = QVBoxLayout(place)
    field = RowsField("items", "证据材料", ("名称", "页数"), place)
    for widget in (QLineEdit(place), field, QLineEdit(place)):
        layout.addWidget(widget)
    bring_up(place, qtbot)
    return field


def editor(field: RowsField) -> QLineEdit:
    now = QApplication.focusWidget()
    assert isinstance(now, QLineEdit)
    assert field.table.isAncestorOf(now)
    return now


def type_keys(field: RowsField, text: str) -> None:
    """Type into the current cell; the first letter opens it."""
    for letter in text:
        focus = QApplication.focusWidget()
        QTest.keyClicks(focus if isinstance(focus, QLineEdit) else field.table, letter)


def tab(field: RowsField) -> None:
    QTest.keyClick(editor(field), Qt.Key.Key_Tab)


def test_there_is_always_a_row_to_type_into(field: RowsField) -> None:
    field.show_rows([])
    assert field.table.rowCount() == 1
    assert field.rows() == []


def test_tab_goes_from_cell_to_cell_and_on_into_a_further_row(field: RowsField) -> None:
    field.show_rows([])
    field.table.setCurrentCell(0, 0)
    field.table.setFocus()
    for text in ("ab", "1", "cd", "2"):
        type_keys(field, text)
        tab(field)
    assert field.rows() == [["ab", "1"], ["cd", "2"]]
    assert field.table.rowCount() == 3


def test_tab_leaves_an_empty_last_row(field: RowsField) -> None:
    field.show_rows([["ab", "1"]])
    field.table.add_row()
    tab(field)
    tab(field)
    focus = QApplication.focusWidget()
    assert focus is found(field, QPushButton, "items_add")
    assert field.table.rowCount() == 2


def test_every_letter_is_taken_over_while_it_is_typed(field: RowsField, qtbot: QtBot) -> None:
    field.show_rows([["ac", ""]])
    field.table.setCurrentCell(0, 0)
    field.table.setFocus()
    field.table.edit(field.table.currentIndex())
    editor(field).setCursorPosition(1)
    with qtbot.waitSignal(field.changed):
        QTest.keyClicks(editor(field), "b")
    assert field.rows() == [["abc", ""]]
    assert editor(field).cursorPosition() == 2


def test_rows_of_a_spreadsheet_are_pasted_from_the_current_cell_on(field: RowsField) -> None:
    field.show_rows([["转账记录", "2"]])
    field.table.add_row()
    QGuiApplication.clipboard().setText("照片\t6\t多出的一格\r\n收据 \t 1\r\n")
    QTest.keyClick(editor(field), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.rows() == [["转账记录", "2"], ["照片", "6"], ["收据", "1"]]


def test_a_word_is_pasted_into_the_cell_that_is_being_typed(field: RowsField) -> None:
    field.show_rows([["照", ""]])
    field.table.setCurrentCell(0, 0)
    field.table.setFocus()
    field.table.edit(field.table.currentIndex())
    editor(field).end(False)
    QGuiApplication.clipboard().setText("片\n")
    QTest.keyClick(editor(field), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor(field).text().strip() == "照片"


def test_a_list_is_pasted_where_nothing_is_being_typed(field: RowsField) -> None:
    field.show_rows([])
    field.table.setCurrentCell(0, 1)
    QGuiApplication.clipboard().setText("一\n二")
    QTest.keyClick(field.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.rows() == [["", "一"], ["", "二"]]


def test_rows_are_added_and_removed_by_buttons(field: RowsField) -> None:
    field.show_rows([["甲", "1"], ["乙", "2"]])
    field.table.setCurrentCell(0, 0)
    found(field, QPushButton, "items_remove").click()
    assert field.rows() == [["乙", "2"]]
    found(field, QPushButton, "items_add").click()
    assert field.table.rowCount() == 2
    for _ in range(3):
        found(field, QPushButton, "items_remove").click()
    assert field.table.rowCount() == 1
    assert field.rows() == []


def test_cells_are_kept_without_padding_and_control_characters(field: RowsField) -> None:
    field.show_rows([[" 转账\u200b记录 ", ""]])
    assert field.rows() == [["转账记录", ""]]
