"""Two versions side by side: chosen, marked, gone through."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.paper import content_digest
from mediation_desk.gui.compare_dialog import CompareDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.agreements import save_agreement
from mediation_desk.services.paper_log import note_printed
from tests.desk import Desk as Clerk
from tests.desk import text
from tests.gui.looking import pick

OLD = ["人民调解申请书", "申请人张三", "楼上漏水，天花板泡坏。", "请求赔偿3,000.00元。", "年月日"]
NEW = ["人民调解申请书", "申请人张三", "楼上漏水，天花板和衣柜泡坏。", "请求赔偿3,500.00元。", "年月日"]

Open = Callable[[str, int], CompareDialog]


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    """A case with two prints of a paper that cannot be drawn any more."""
    case_id = clerk.accepted()
    for content in (OLD, NEW):
        clerk.do(note_printed, case_id, "E2", 7, "通知书", content, content_digest(content), 1)
    return case_id


@pytest.fixture
def opened(desk: Desk, case_id: int, place: QWidget, qtbot: QtBot) -> Open:
    def opened(code: str = "E2", no: int = 7) -> CompareDialog:
        dialog = CompareDialog(desk, case_id, code, no, "申请书", place)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.ui.change_count.text().startswith("正在"))
        return dialog

    return opened


def compared(dialog: CompareDialog, qtbot: QtBot) -> CompareDialog:
    qtbot.waitUntil(lambda: bool(dialog.ui.differences.toPlainText()))
    return dialog


def marked(dialog: CompareDialog, is_marked: Callable[[QTextCharFormat], bool]) -> str:
    """All text whose format is so."""
    block, letters = dialog.ui.differences.document().begin(), []
    while block.isValid():
        fragments = [place.fragment() for place in block]  # type: ignore[attr-defined]  # unknown to Qt's stubs
        letters += [each.text() for each in fragments if is_marked(each.charFormat())]
        block = block.next()
    return "".join(letters)


def test_the_last_two_versions_that_differ_stand_side_by_side(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    assert dialog.ui.version_before.currentIndex() == 0
    assert dialog.ui.version_after.currentIndex() == 1
    assert dialog.ui.change_count.text() == "有2处不同。"
    assert dialog.ui.kind_row.isHidden()
    dialog.accept()


def test_what_was_struck_out_and_added_is_marked_without_colour_too(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    assert marked(dialog, QTextCharFormat.fontStrikeOut) == "3,000.00"
    assert marked(dialog, QTextCharFormat.fontUnderline) == "和衣柜3,500.00"
    dialog.accept()


def test_only_what_changed_can_be_shown(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    assert dialog.ui.differences.toPlainText().count("申请人张三") == 2
    dialog.ui.only_changes.setChecked(True)
    told = dialog.ui.differences.toPlainText()
    assert "申请人张三" not in told
    assert "（2段相同，略）" in told
    assert "（1段相同，略）" in told
    assert "天花板和衣柜泡坏" in told
    dialog.accept()


def test_a_version_beside_itself_is_the_same(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    dialog.ui.version_before.setCurrentIndex(1)
    dialog.ui.version_before.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.ui.change_count.text() == "两版内容相同。")
    dialog.go_to_change(1)
    assert dialog.ui.change_count.text() == "两版内容相同。"
    dialog.accept()


def test_changes_are_gone_through_in_a_circle(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    seen = []
    for button in (dialog.ui.next_change, dialog.ui.next_change, dialog.ui.next_change, dialog.ui.previous_change):
        button.click()
        seen.append(dialog.ui.change_count.text())
    assert seen == [f"第{number}处，共2处不同。" for number in (1, 2, 1, 2)]
    dialog.accept()


def test_going_back_first_begins_at_the_end(opened: Open, qtbot: QtBot) -> None:
    dialog = compared(opened("E2", 7), qtbot)
    dialog.ui.previous_change.click()
    assert dialog.ui.change_count.text() == "第2处，共2处不同。"
    dialog.accept()


def test_one_version_alone_says_when_there_will_be_more(opened: Open) -> None:
    dialog = opened("D03", 0)
    assert "只有一个版本" in dialog.ui.change_count.text()
    dialog.go_to_change(1)
    assert dialog.ui.differences.toPlainText() == ""
    dialog.accept()


def test_drafts_and_papers_are_compared_among_themselves(
    desk: Desk, clerk: Clerk, place: QWidget, qtbot: QtBot
) -> None:
    case_id = clerk.drafted()
    clerk.do(save_agreement, case_id, 1, text(facts="改过的事实"))
    clerk.do(note_printed, case_id, "D08", 1, "协议书", OLD, content_digest(OLD), 1)
    dialog = CompareDialog(desk, case_id, "D08", 1, "人民调解协议书", place)
    dialog.open()
    compared(dialog, qtbot)
    assert not dialog.ui.kind_row.isHidden()
    assert "楼上漏水" in dialog.ui.differences.toPlainText()
    pick(dialog.ui.version_kind, "协议草稿各稿")
    dialog.ui.version_kind.activated.emit(1)
    qtbot.waitUntil(lambda: "楼上漏水" not in dialog.ui.differences.toPlainText())
    assert "改过的事实" in dialog.ui.differences.toPlainText()
    dialog.accept()


def test_what_looks_like_markup_is_shown_as_it_was_typed(
    desk: Desk, clerk: Clerk, place: QWidget, qtbot: QtBot
) -> None:
    case_id = clerk.accepted()
    for content in (["<b>甲</b> &amp; 乙\n丙"], ["<b>甲</b> &amp; 乙方\n丙"]):
        clerk.do(note_printed, case_id, "E2", 7, "通知书", content, content_digest(content), 1)
    dialog = CompareDialog(desk, case_id, "E2", 7, "通知书", place)
    dialog.open()
    compared(dialog, qtbot)
    assert "<b>甲</b> &amp; 乙方" in dialog.ui.differences.toPlainText()
    dialog.accept()
