"""What all dialogs of a case have in common."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import Fault, ReadOnly, RuleBroken
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.triage_dialog import TriageDialog
from tests.desk import Desk as Clerk
from tests.gui.looking import said_in_a_box


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> TriageDialog:
    dialog = TriageDialog(desk, clerk.case(clerk.registered()), place)
    dialog.open()
    return dialog


def test_a_refused_field_is_brought_into_view_with_its_sentence(
    dialog: TriageDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise RuleBroken(Fault("分流日期不能晚于今天。", "decided_on"))

    monkeypatch.setattr(dialog, "record", refuse)
    dialog.resize(dialog.width(), 200)
    assert dialog.ui.decided_on.visibleRegion().isEmpty()
    dialog.ui.save_button.click()
    for widget in (dialog.ui.decided_on, dialog.ui.decided_on_caption):
        assert widget.visibleRegion().boundingRect().size() == widget.size()


def test_a_store_that_refuses_is_told_and_the_dialog_stays(
    dialog: TriageDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise ReadOnly("数据文件是只读的，这一步没有保存。")

    monkeypatch.setattr(dialog, "record", refuse)
    dialog.ui.save_button.click()
    assert said_in_a_box(dialog) == "数据文件是只读的，这一步没有保存。"
    assert dialog.isVisible()


def test_a_dialog_has_room_on_a_small_screen(dialog: TriageDialog) -> None:
    assert dialog.height() <= dialog.screen().availableSize().height()
    dialog.resize(400, 200)
    assert dialog.height() == 200, "what does not fit scrolls"


def test_enter_in_a_text_begins_a_line_and_tab_goes_on(dialog: TriageDialog) -> None:
    reason = dialog.ui.triage_reason
    reason.setFocus()
    QTest.keyClicks(reason, "a")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    QTest.keyClicks(reason, "b")
    assert reason.toPlainText() == "a\nb"
    QTest.keyClick(reason, Qt.Key.Key_Tab)
    assert reason.toPlainText() == "a\nb"


def test_what_was_filled_in_before_it_is_shown_counts_for_its_room(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    fields, cards, card = QWidget(dialog), QHBoxLayout(), QPushButton()
    QVBoxLayout(fields).addLayout(cards)
    cards.addWidget(card)
    fields.sizeHint()
    dialog.setFont(QFont(dialog.font().family(), 4))  # a narrow dialog
    card.setFont(QFont(dialog.font().family(), 12))
    card.setText("写得很长的一张卡片" * 4)
    take_room(dialog, fields)
    assert dialog.width() > card.sizeHint().width()
