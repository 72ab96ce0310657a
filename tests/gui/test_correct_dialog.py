"""Correcting a registration: what is taken over, what is refused, what is kept when nobody saves."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave
from mediation_desk.gui.conflict_dialog import ConflictDialog
from mediation_desk.gui.correct_dialog import CorrectDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.intake import correct
from mediation_desk.store.draft import Draft
from tests.desk import Desk as Clerk
from tests.desk import intake
from tests.gui.looking import pick, refusal_at, set_ticks, ticks


@pytest.fixture
def open_dialog(desk: Desk, clerk: Clerk, place: QWidget) -> Callable[[], CorrectDialog]:
    """Opens the dialog for one and the same case, as it is then."""
    case_id = clerk.registered(dispute_kind="06", safety_flags=("minor",), claimed_fen=650_000)

    def open_it() -> CorrectDialog:
        dialog = CorrectDialog(desk, clerk.case(case_id), place)
        dialog.open()
        return dialog

    return open_it


@pytest.fixture
def dialog(open_dialog: Callable[[], CorrectDialog]) -> CorrectDialog:
    return open_dialog()


def drafts(clerk: Clerk) -> list[Draft]:
    return clerk.write(lambda records: records.drafts.of_user(1))


def test_what_was_registered_is_shown(dialog: CorrectDialog) -> None:
    ui = dialog.ui
    assert (ui.matter.toPlainText(), ui.demand.toPlainText()) == ("楼上漏水，天花板泡坏。", "修好并赔偿。")
    assert (ui.claimed_amount.text(), ui.dispute_kind.currentText()) == ("6,500.00", "损害赔偿纠纷")
    assert ticks(ui.safety_flags) == ["涉未成年人受侵害或者面临危险"]
    assert not ui.draft_text.isVisible()


def test_everything_can_be_corrected_or_completed(dialog: CorrectDialog, clerk: Clerk) -> None:
    ui = dialog.ui
    ui.matter.setPlainText("楼上装修漏水。")
    ui.demand.setPlainText("赔偿。")
    ui.title.setText("张三与李四漏水纠纷")
    pick(ui.dispute_kind, "邻里纠纷")
    pick(ui.event_category, "相邻污染损害防止")
    ui.occurred_on.setText("10-1")
    ui.occurred_at.setText("甲小区")
    pick(ui.case_source, "依申请调解")
    ui.source_document.setText("信字1号")
    pick(ui.channel, "来访")
    ui.people_involved.setText("１２人")
    ui.claimed_amount.setText("6.5万")
    set_ticks(ui.safety_flags, "暴力倾向")
    ui.safety_note.setText("已报告派出所")
    ui.remark.setPlainText("下午再来")
    ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert (case.matter, case.demand, case.title) == ("楼上装修漏水。", "赔偿。", "张三与李四漏水纠纷")
    assert (case.dispute_kind, case.event_category, case.case_source, case.channel) == (
        "02", "0203", "application", "visit",
    )  # fmt: skip
    assert (f"{case.occurred_on}", case.occurred_at, case.source_document) == ("2026-10-01", "甲小区", "信字1号")
    assert (case.people_involved, case.claimed_fen) == (12, 6_500_000)
    assert (case.safety_flags, case.safety_note, case.remark) == (["violence"], "已报告派出所", "下午再来")
    assert [party.name for party in case.parties] == ["张三", "李四"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("matter", " "),
        ("demand", ""),
        ("occurred_on", "明天"),
        ("occurred_on", "不记得"),
        ("people_involved", "三个"),
        ("people_involved", "0"),
        ("claimed_amount", "很多"),
        ("claimed_amount", "-1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(dialog: CorrectDialog, clerk: Clerk, field: str, typed: str) -> None:
    before = clerk.case(dialog.case_id).version_id
    widget = getattr(dialog.ui, field)
    (widget.setPlainText if hasattr(widget, "setPlainText") else widget.setText)(typed)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert clerk.case(dialog.case_id).version_id == before


def test_what_was_changed_is_kept_as_it_is_typed(dialog: CorrectDialog, clerk: Clerk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.keeper.saved):
        dialog.ui.remark.setPlainText("写到一半")
    [draft] = drafts(clerk)
    assert draft.content == {"remark": "写到一半"}
    assert draft.case_id == dialog.case_id
    assert draft.label == "更正登记：张三与李四损害赔偿纠纷"


def test_the_next_dialog_goes_on_with_what_was_not_saved(
    dialog: CorrectDialog, open_dialog: Callable[[], CorrectDialog], clerk: Clerk
) -> None:
    dialog.ui.remark.setPlainText("写到一半")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    again = open_dialog()
    assert again.ui.remark.toPlainText() == "写到一半"
    assert "2026-11-23 9:30 没有保存的更正" in again.ui.draft_text.text()
    again.ui.save_button.click()
    assert clerk.case(again.case_id).remark == "写到一半"
    assert drafts(clerk) == []


def test_what_was_not_saved_can_be_given_up(
    dialog: CorrectDialog, open_dialog: Callable[[], CorrectDialog], clerk: Clerk
) -> None:
    dialog.ui.remark.setPlainText("写到一半")
    dialog.reject()
    open_dialog().ui.forget_button.click()
    assert drafts(clerk) == []
    assert open_dialog().ui.remark.toPlainText() == ""


def test_looking_leaves_no_draft(dialog: CorrectDialog, clerk: Clerk) -> None:
    dialog.ui.remark.setPlainText("写了")
    dialog.ui.remark.setPlainText("")
    dialog.reject()
    assert drafts(clerk) == []


def test_a_change_made_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    dialog: CorrectDialog, open_dialog: Callable[[], CorrectDialog], clerk: Clerk
) -> None:
    case = clerk.case(dialog.case_id)
    clerk.do(correct, dialog.case_id, case.version_id, intake(7, demand="另有诉求", parties=tuple(case.parties)))
    dialog.ui.remark.setPlainText("下午再来")
    dialog.ui.save_button.click()
    [both] = dialog.findChildren(ConflictDialog)
    both.reject()
    dialog.reject()
    again = open_dialog()
    assert (again.ui.demand.toPlainText(), again.ui.remark.toPlainText()) == ("另有诉求", "下午再来")
    again.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert (case.demand, case.remark) == ("另有诉求", "下午再来")


def test_a_draft_that_cannot_be_kept_is_said_and_stays_in_the_form(
    dialog: CorrectDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotSave("磁盘已满，这一步没有保存。")

    monkeypatch.setattr(dialog.desk, "keep", full)
    dialog.ui.remark.setPlainText("写到一半")
    dialog.keeper.flush()
    assert "磁盘已满" in dialog.ui.draft_text.text()
    assert dialog.ui.draft_text.isVisible()
    assert dialog.ui.remark.toPlainText() == "写到一半"


def test_what_the_parties_wish_of_the_mediator_is_recorded(
    open_dialog: Callable[[], CorrectDialog], clerk: Clerk
) -> None:
    dialog = open_dialog()
    pick(dialog.ui.mediator_gender_wish, "女")
    dialog.ui.has_interpreter.setChecked(True)
    dialog.ui.save_button.click()
    case = clerk.case(dialog.case_id)
    assert (case.mediator_gender_wish, case.has_interpreter) == ("2", True)
    again = open_dialog()
    assert again.ui.mediator_gender_wish.currentText() == "女"
    assert again.ui.has_interpreter.isChecked()
