"""批量分流: how many went, and of each other case why it did not."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.gui.bulk_triage_dialog import BulkTriageDialog
from mediation_desk.gui.desk import Desk
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at


@pytest.fixture
def ids(clerk: Clerk) -> list[int]:
    return [clerk.registered(), clerk.registered()]


def opened(desk: Desk, ids: list[int], place: QWidget, qtbot: QtBot) -> BulkTriageDialog:
    dialog = BulkTriageDialog(desk, ids, place)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_all_go_and_the_dialog_closes(desk: Desk, clerk: Clerk, ids: list[int], place: QWidget, qtbot: QtBot) -> None:
    dialog = opened(desk, ids, place, qtbot)
    assert dialog.ui.state_text.text().startswith("选中2件")
    assert not dialog.ui.not_done.isVisible()
    pick(dialog.ui.statutory_path, "人民调解")
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save_button.click()
    assert [clerk.case(each).stage for each in ids] == ["triaged", "triaged"]
    assert desk.history.next_undo is not None
    assert desk.history.next_undo.words == "批量分流"


def test_those_that_did_not_go_are_named_with_the_reason(
    desk: Desk, clerk: Clerk, ids: list[int], place: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(desk, [*ids, clerk.triaged()], place, qtbot)
    pick(dialog.ui.statutory_path, "人民调解")
    dialog.ui.save_button.click()
    assert dialog.isVisible()
    assert dialog.ui.state_text.text() == "已分流2件；1件没有分流，仍是原样："
    [line] = dialog.model.lines
    assert list(line.cells) == ["张三与李四", "案件已分流，不在待分流之列。要改途径，请打开案件办理。"]
    assert not dialog.ui.save_button.isEnabled()


def test_without_a_way_nothing_is_done(desk: Desk, clerk: Clerk, ids: list[int], place: QWidget, qtbot: QtBot) -> None:
    dialog = opened(desk, ids, place, qtbot)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "statutory_path") == "请选择办理途径。"
    assert clerk.case(ids[0]).stage == "registered"
