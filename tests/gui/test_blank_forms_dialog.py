"""Empty forms: so many of each, numbered once, printed or saved."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import NotFound
from mediation_desk.gui import blank_forms_dialog
from mediation_desk.gui.blank_forms_dialog import FIRST_COPIES, BlankFormsDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.blank_forms import find_blank
from tests.gui.looking import bring_up, found, said_in_a_box


@pytest.fixture
def dialog(desk: Desk, place: QWidget, qtbot: QtBot) -> BlankFormsDialog:
    dialog = BlankFormsDialog(desk, place)
    bring_up(dialog, qtbot)
    return dialog


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was sent to the printer."""
    sent: list[bytes] = []

    def take(window: QWidget, pdf: bytes, title: str, copies: int, done: Callable[[int], None]) -> None:
        assert (title, copies) == ("空白表", 1)
        sent.append(pdf)
        done(copies)

    monkeypatch.setattr(blank_forms_dialog, "print_paper", take)
    return sent


def copies(dialog: BlankFormsDialog, code: str) -> QSpinBox:
    return found(dialog, QSpinBox, f"copies_{code}")


def is_given_out(desk: Desk, number: str) -> bool:
    try:
        desk.look(lambda records, _: find_blank(records, number))
    except NotFound:
        return False
    return True


def test_the_registration_slip_comes_first_with_some_copies(dialog: BlankFormsDialog) -> None:
    fields = dialog.findChildren(QSpinBox)
    assert [field.objectName() for field in fields[:2]] == ["copies_E18", "copies_D03"]
    assert [field.value() for field in fields] == [FIRST_COPIES] + [0] * (len(fields) - 1)
    assert dialog.focusWidget() is fields[0]
    assert copies(dialog, "D07").accessibleName() == "人民调解记录份数"
    captions = {label.buddy(): label.text() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert captions[copies(dialog, "D07")] == "人民调解记录（D07）"


def test_numbers_are_given_out_when_it_is_printed_and_shown(
    dialog: BlankFormsDialog, desk: Desk, printer: list[bytes], qtbot: QtBot
) -> None:
    copies(dialog, "E18").setValue(2)
    copies(dialog, "D07").setValue(1)
    assert not is_given_out(desk, "BF2026-000001")
    dialog.ui.print_blanks.click()
    qtbot.waitUntil(lambda: len(printer) == 1)
    assert len(PdfReader(BytesIO(printer[0])).pages) == 3
    assert [label.text() for label in dialog.findChildren(QLabel) if label.buddy() and label.isVisible()] == [
        "案件登记单（E18）\nBF2026-000001至BF2026-000002",
        "人民调解记录（D07）\nBF2026-000003",
    ]
    assert is_given_out(desk, "BF2026-000003")


def test_printing_again_prints_the_same_batch(
    dialog: BlankFormsDialog, desk: Desk, printer: list[bytes], qtbot: QtBot
) -> None:
    copies(dialog, "E18").setValue(1)
    dialog.ui.print_blanks.click()
    dialog.ui.print_blanks.click()  # while it is being made
    qtbot.waitUntil(lambda: len(printer) == 1)
    assert not copies(dialog, "E18").isEnabled()
    dialog.ui.print_blanks.click()
    assert printer[0] == printer[1]
    assert not is_given_out(desk, "BF2026-000002")


def test_a_batch_is_saved_under_its_numbers(
    dialog: BlankFormsDialog, settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    copies(dialog, "E18").setValue(2)
    dialog.ui.save_blanks.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QFileDialog)))
    asking = found(dialog, QFileDialog, "save_dialog")
    assert asking.selectedFiles()[0].endswith("空白表 BF2026-000001至BF2026-000002.pdf")
    asking.fileSelected.emit(str(tmp_path / "空白表.pdf"))
    assert len(PdfReader(tmp_path / "空白表.pdf").pages) == 2
    asking.reject()


def test_none_at_all_is_refused_and_can_be_mended(
    dialog: BlankFormsDialog, desk: Desk, printer: list[bytes], qtbot: QtBot
) -> None:
    copies(dialog, "E18").setValue(0)
    dialog.ui.print_blanks.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    assert copies(dialog, "E18").isEnabled()
    assert said_in_a_box(dialog) == "一次可打印1至200份空白表，现在是0份。"
    assert dialog.ui.issued_text.text() == ""
    copies(dialog, "E18").setValue(1)
    dialog.ui.print_blanks.click()
    qtbot.waitUntil(lambda: len(printer) == 1)


def test_the_wheel_changes_no_number(dialog: BlankFormsDialog) -> None:
    field = copies(dialog, "E18")
    at = QPointF(3, 3)
    no_button, no_key, no_phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    down = QPoint(0, -120)
    turn = QWheelEvent(at, field.mapToGlobal(at), down, down, no_button, no_key, no_phase, False)
    QApplication.sendEvent(field, turn)
    assert field.value() == FIRST_COPIES
    assert not turn.isAccepted()  # so that the list gets it
