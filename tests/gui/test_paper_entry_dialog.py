"""Typing what a paper needs: saved, refused at the field, kept as a draft, given up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_entry_dialog import PaperEntryDialog, kept_draft
from tests.desk import Desk as Clerk
from tests.gui.every_kind import form, teach
from tests.gui.looking import bring_up, found, refusal_at

FORM = form()


@pytest.fixture
def case(desk: Desk, clerk: Clerk) -> Case:
    teach(desk, FORM)
    return clerk.case(clerk.registered())


def entries(desk: Desk, case: Case) -> list[PaperEntry]:
    case_id = case.id or 0
    return list(desk.look(lambda records, _: records.cases.get(case_id)).entries)


def opened(desk: Desk, case: Case, place: QWidget, no: int | None = None) -> PaperEntryDialog:
    dialog = PaperEntryDialog(desk, case, FORM, no, "人民调解调查记录", place)
    dialog.open()
    return dialog


def test_what_is_typed_is_saved_as_a_further_paper_and_its_number_told(
    desk: Desk, case: Case, place: QWidget, qtbot: QtBot
) -> None:
    for number in (1, 2):
        dialog = opened(desk, case, place)
        found(dialog, QLineEdit, "line").setText(f"第{number}处")
        with qtbot.waitSignal(dialog.entered) as told:
            dialog.ui.save.click()
        assert told.args == ["T1", number]
        assert not dialog.isVisible()
    assert [(each.no, each.values) for each in entries(desk, case)] == [(1, {"line": "第1处"}), (2, {"line": "第2处"})]


def test_what_was_saved_is_shown_again_and_replaced(desk: Desk, case: Case, place: QWidget, clerk: Clerk) -> None:
    found(dialog := opened(desk, case, place), QLineEdit, "line").setText("门口")
    dialog.accept()
    dialog = opened(desk, clerk.case(case.id or 0), place, 1)
    assert found(dialog, QLineEdit, "line").text() == "门口"
    found(dialog, QLineEdit, "line").setText("调解室")
    dialog.accept()
    assert [each.values for each in entries(desk, case)] == [{"line": "调解室"}]


def test_a_refusal_stands_at_its_field_and_everything_stays(desk: Desk, case: Case, place: QWidget) -> None:
    dialog = opened(desk, case, place)
    found(dialog, QLineEdit, "line").setText("门口")
    found(dialog, QLineEdit, "day").setText("昨天下午")
    dialog.ui.save.click()
    assert "看不懂日期" in refusal_at(dialog, "day")
    assert dialog.isVisible()
    assert found(dialog, QLineEdit, "line").text() == "门口"
    assert entries(desk, case) == []


def test_what_the_desk_refuses_stands_at_its_field_too(desk: Desk, case: Case, place: QWidget) -> None:
    dialog = opened(desk, case, place)
    dialog.inputs.show_values({"choice": "特别重大"})
    dialog.ui.save.click()
    assert "特别重大" in refusal_at(dialog, "choice")
    assert dialog.isVisible()


def test_closing_keeps_what_was_typed_for_the_next_time(desk: Desk, case: Case, place: QWidget) -> None:
    dialog = opened(desk, case, place)
    found(dialog, QLineEdit, "day").setText("上周五")
    dialog.ui.cancel.click()
    assert not dialog.isVisible()
    again = opened(desk, case, place)
    assert found(again, QLineEdit, "day").text() == "上周五"
    assert "草稿" in again.ui.draft_line.text()


def test_each_paper_has_a_draft_of_its_own(desk: Desk, case: Case, place: QWidget, clerk: Clerk) -> None:
    opened(desk, case, place).accept()
    dialog = opened(desk, clerk.case(case.id or 0), place, 1)
    found(dialog, QLineEdit, "line").setText("只属于第一份")
    dialog.reject()
    assert kept_draft(desk, case.id or 0, "T1", 1) is not None
    assert kept_draft(desk, case.id or 0, "T1", None) is None


def test_saving_ends_the_draft(desk: Desk, case: Case, place: QWidget, qtbot: QtBot) -> None:
    dialog = opened(desk, case, place)
    with qtbot.waitSignal(dialog.keeper.saved):
        found(dialog, QPlainTextEdit, "text").setPlainText("问：")
    assert "草稿已保存" in dialog.ui.draft_line.text()
    dialog.accept()
    assert kept_draft(desk, case.id or 0, "T1", None) is None


def test_a_draft_can_be_given_up(desk: Desk, case: Case, place: QWidget) -> None:
    found(dialog := opened(desk, case, place), QLineEdit, "line").setText("写错了")
    dialog.reject()
    opened(desk, case, place).ui.discard.click()
    assert found(opened(desk, case, place), QLineEdit, "line").text() == ""
    assert entries(desk, case) == []


def test_ctrl_enter_saves_and_enter_in_a_text_begins_a_line(
    desk: Desk, case: Case, place: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(desk, case, place)
    bring_up(dialog, qtbot)
    text = found(dialog, QPlainTextEdit, "text")
    text.setFocus()
    QTest.keyClicks(text, "a")
    QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClicks(text, "b")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.values for each in entries(desk, case)] == [{"text": "a\nb"}]
