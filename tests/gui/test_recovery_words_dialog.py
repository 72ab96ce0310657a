"""Opening a store with its sheet: each line is judged as it is typed, and the right words give the key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.gui.recovery_words_dialog import RecoveryWordsDialog
from mediation_desk.store import key_file
from tests.keys import CHEAP, KEY

SHEET = key_file.word_list().words_for(bytes(range(40, 56)))
OTHER = key_file.word_list().words_for(bytes(range(60, 76)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    key_file.make(path, KEY, SHEET, costs=CHEAP)
    return path


@pytest.fixture
def dialog(qtbot: QtBot, place: QWidget, path: Path) -> RecoveryWordsDialog:
    dialog = RecoveryWordsDialog(path, place)
    dialog.open()
    return dialog


def fill(dialog: RecoveryWordsDialog, words: RecoveryWords) -> None:
    for field, line in zip(fields(dialog), words.lines, strict=True):
        field.setText(" ".join(line))


def fields(dialog: RecoveryWordsDialog) -> list[QLineEdit]:
    return [dialog.ui.line_1, dialog.ui.line_2, dialog.ui.line_3, dialog.ui.line_4]


def test_the_words_of_the_sheet_give_the_key(dialog: RecoveryWordsDialog, qtbot: QtBot) -> None:
    fill(dialog, SHEET)
    with qtbot.waitSignal(dialog.unlocked) as told:
        dialog.ui.open_store.click()
    assert told.args == [KEY]
    assert not dialog.isVisible()
    assert [field.text() for field in fields(dialog)] == [""] * 4  # nothing stays on the screen


def test_a_line_is_judged_once_it_is_whole(dialog: RecoveryWordsDialog, qtbot: QtBot) -> None:
    caption = dialog.ui.line_2_caption
    dialog.ui.line_2.setText("".join(SHEET.lines[1][:4]))
    assert caption.text() == "第2行(&2)"
    dialog.ui.line_2.setText(" ".join(SHEET.lines[1]))
    assert caption.text().endswith("✓")
    dialog.ui.line_2.setText(" ".join(SHEET.lines[2]))
    assert caption.text().endswith("第2行填的是恢复单的第3行。")
    assert dialog.ui.line_2.accessibleDescription() == "第2行填的是恢复单的第3行。"


def test_a_short_line_is_judged_when_it_is_left(dialog: RecoveryWordsDialog, qtbot: QtBot) -> None:
    dialog.ui.line_1.setText(SHEET.lines[0][0])
    dialog.ui.line_1.setFocus()
    QTest.keyClick(dialog.ui.line_1, Qt.Key.Key_Tab)
    assert "第1行有1个词，应有5个。" in dialog.ui.line_1_caption.text()
    assert dialog.ui.line_2_caption.text() == "第2行(&2)"


def test_wrong_lines_are_told_and_everything_typed_stays(dialog: RecoveryWordsDialog) -> None:
    fill(dialog, SHEET)
    dialog.ui.line_3.setText("太阳 月亮")
    dialog.ui.open_store.click()
    assert dialog.isVisible()
    assert "第3行有2个词，应有5个。" in dialog.ui.line_3_caption.text()
    assert dialog.ui.line_1.text() == " ".join(SHEET.lines[0])


def test_the_sheet_of_another_store_is_told_so(dialog: RecoveryWordsDialog, qtbot: QtBot) -> None:
    fill(dialog, OTHER)
    dialog.ui.open_store.click()
    dialog.ui.open_store.click()  # busy: nothing
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    [box] = dialog.findChildren(QMessageBox)
    assert "这份恢复单打不开这个数据文件" in box.text()
    assert dialog.ui.line_4.text() == " ".join(OTHER.lines[3])
    box.accept()
    fill(dialog, SHEET)
    with qtbot.waitSignal(dialog.unlocked):
        dialog.accept()


def test_a_missing_key_file_is_told(dialog: RecoveryWordsDialog, qtbot: QtBot, path: Path) -> None:
    key_file.key_path(path).unlink()
    fill(dialog, SHEET)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    [box] = dialog.findChildren(QMessageBox)
    assert "找不到钥匙文件" in box.text()


def test_a_whole_sheet_put_into_one_field_is_divided(dialog: RecoveryWordsDialog, qtbot: QtBot) -> None:
    dialog.ui.line_1.insert(SHEET.text)
    dialog.ui.line_1.textEdited.emit(SHEET.text)
    assert [field.text() for field in fields(dialog)] == [" ".join(line) for line in SHEET.lines]
    dialog.reject()
    assert not dialog.isVisible()
