"""The stepper: one field after another on the clipboard, nothing left there, and the number from there ticked."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.domain.upstream_filling import Filling
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.stepper import Stepper
from mediation_desk.store.records import Records
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent
from tests.gui.looking import bring_up, pick, refusal_at, said_in_a_box

PETITION = "信访信息系统：信访事项登记"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    parties = (claimant(phone="13800000001", gender="1"), respondent())
    return clerk.accepted(parties=parties, channel="visit", occurred_at="示例小区")


@pytest.fixture
def stepper(desk: Desk, case_id: int, settings: QSettings, clipboard: QClipboard, qtbot: QtBot) -> Stepper:
    stepper = Stepper(desk, case_id)
    pick(stepper.ui.upstream_form, PETITION)
    bring_up(stepper, qtbot)
    return stepper


def change(clerk: Clerk, case_id: int, **facts: object) -> None:
    """Something else is recorded of the case."""

    def step(records: Records) -> None:
        case = records.cases.get(case_id)
        for name, value in facts.items():
            setattr(case, name, value)
        records.flush()

    clerk.write(step)


def walk(stepper: Stepper, clipboard: QClipboard) -> list[str]:
    """Everything that comes on the clipboard until the end."""
    seen = []
    while stepper.ui.next_field.isEnabled():
        stepper.copy_next()
        seen.append(clipboard.text())
    return seen


def test_it_stands_over_all_windows_and_begins_before_the_first_field(stepper: Stepper, clipboard: QClipboard) -> None:
    assert stepper.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert stepper.ui.field_caption.text() == "共21项，13项有内容。按“复制下一项”开始。"
    assert clipboard.text() == ""


def test_fields_come_in_the_order_of_that_system_and_empty_ones_are_skipped(
    stepper: Stepper, clipboard: QClipboard
) -> None:
    seen = walk(stepper, clipboard)
    assert seen[:6] == ["张三", "男", "110000199001010013", "13800000001", "来访", "2026-11-23"]
    assert seen[-1] == ""  # the end
    assert "" not in seen[:-1]
    assert stepper.ui.field_caption.text().startswith("各项都已走完")
    assert stepper.ui.upstream_number.hasFocus()


def test_which_field_is_on_the_clipboard_is_said(stepper: Stepper) -> None:
    stepper.copy_next()
    assert stepper.ui.field_caption.text() == "1/21　申请方 姓名"
    assert stepper.ui.field_value.text() == "张三"
    assert stepper.ui.clipboard_text.text() == "剪贴板上是：申请方 姓名"
    assert stepper.model.lines[0].cells == ("▶", "申请方 姓名", "张三")
    stepper.copy_next()
    assert [line.cells[0] for line in stepper.model.lines[:3]] == ["✓", "▶", ""]


def test_enter_and_f8_copy_the_next_field_and_shift_f8_goes_back(stepper: Stepper, clipboard: QClipboard) -> None:
    QTest.keyClick(stepper, Qt.Key.Key_Return)
    assert clipboard.text() == "张三"
    QTest.keyClick(stepper, Qt.Key.Key_F8)
    assert clipboard.text() == "男"
    QTest.keyClick(stepper, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert clipboard.text() == "张三"


def test_back_before_the_first_field_nothing_is_on_the_clipboard(stepper: Stepper, clipboard: QClipboard) -> None:
    stepper.copy_next()
    stepper.copy_previous()
    assert clipboard.text() == ""
    assert not stepper.ui.previous_field.isEnabled()
    assert stepper.ui.next_field.isEnabled()


def test_an_empty_field_that_is_not_skipped_says_why_and_takes_the_one_before_away(
    stepper: Stepper, clipboard: QClipboard
) -> None:
    stepper.ui.skip_empty.setChecked(False)
    for _ in range(5):
        stepper.copy_next()
    assert stepper.ui.field_caption.text() == "5/21　申请方 住址：没有记录"
    assert clipboard.text() == ""
    assert stepper.ui.clipboard_text.text() == "剪贴板上没有本窗口的内容"
    assert stepper.model.lines[4].cells == ("▶", "申请方 住址", "（没有记录）")


def test_a_field_that_is_chosen_in_the_list_is_copied(stepper: Stepper, clipboard: QClipboard) -> None:
    stepper.ui.fields.activated.emit(stepper.model.index(2, 0))
    assert clipboard.text() == "110000199001010013"
    stepper.copy_next()
    assert clipboard.text() == "13800000001"


@pytest.mark.parametrize("way", [Stepper.close, Stepper.reject])
def test_closing_takes_back_what_is_on_the_clipboard(
    stepper: Stepper, clipboard: QClipboard, way: Callable[[Stepper], object]
) -> None:
    stepper.copy_next()
    way(stepper)
    assert clipboard.text() == ""


def test_what_somebody_else_put_on_the_clipboard_stays(stepper: Stepper, clipboard: QClipboard) -> None:
    stepper.copy_next()
    clipboard.setText("别处复制的")
    assert stepper.ui.clipboard_text.text() == "剪贴板上没有本窗口的内容"
    stepper.close()
    assert clipboard.text() == "别处复制的"


def test_the_history_of_the_clipboard_does_not_keep_it(stepper: Stepper, clipboard: QClipboard) -> None:
    stepper.copy_next()
    kept_out = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
    assert clipboard.mimeData().hasFormat(kept_out)


def test_the_number_from_there_is_kept_and_ticked(stepper: Stepper, clerk: Clerk, case_id: int) -> None:
    assert stepper.ui.standing_text.text() == "还没有录入"
    walk(stepper, QGuiApplication.clipboard())
    QTest.keyClicks(stepper.ui.upstream_number, "XF2026001")
    QTest.keyClick(stepper.ui.upstream_number, Qt.Key.Key_Return)
    [entry] = clerk.case(case_id).upstream
    assert (entry.system, entry.number) == ("petition", "XF2026001")
    assert stepper.ui.standing_text.text() == "✓ 2026-11-23已录入信访信息系统，编号 XF2026001"
    assert stepper.ui.upstream_number.text() == ""


def test_without_a_number_nothing_is_ticked_and_the_field_says_so(stepper: Stepper, clerk: Clerk, case_id: int) -> None:
    stepper.record_number()
    assert refusal_at(stepper, "upstream_number") == "请粘贴上级系统给的编号。"
    assert clerk.case(case_id).upstream == []


def test_another_form_begins_anew_and_is_remembered(
    stepper: Stepper, desk: Desk, case_id: int, clipboard: QClipboard
) -> None:
    stepper.copy_next()
    pick(stepper.ui.upstream_form, "GB/T 31000")
    assert clipboard.text() == ""
    assert len(stepper.filled) == 27
    stepper.copy_next()
    assert clipboard.text() == "张三与李四邻里纠纷"
    assert Stepper(desk, case_id).form.code == "gb31000"


def test_a_field_that_was_cut_says_so(stepper: Stepper, clerk: Clerk, desk: Desk, case_id: int) -> None:
    pick(stepper.ui.upstream_form, "GB/T 31000")
    change(clerk, case_id, matter="水" * 2003)
    desk.changed.emit()
    [matter] = [each for each in stepper.filled if each.label == "事件简述"]
    stepper.ui.fields.activated.emit(stepper.model.index(stepper.filled.index(matter), 0))
    assert stepper.ui.field_caption.text().endswith("（太长，截去了后面3字）")


def test_what_is_recorded_meanwhile_is_shown_and_the_place_stays(stepper: Stepper, desk: Desk, clerk: Clerk) -> None:
    stepper.copy_next()
    stepper.copy_next()
    before = [each.filling for each in stepper.filled].count(Filling.KNOWN)
    change(clerk, 1, people_involved=5)
    desk.changed.emit()
    assert [each.filling for each in stepper.filled].count(Filling.KNOWN) == before + 1
    assert stepper.ui.field_caption.text() == "2/21　申请方 性别"


def test_the_log_says_once_that_the_case_was_copied_out(stepper: Stepper, desk: Desk, clerk: Clerk) -> None:
    walk(stepper, QGuiApplication.clipboard())
    desk.log.flush()
    told = [(row.told, row.case_id) for row in clerk.contents()["audit"] if row.kind == "export"]
    assert told == [("逐项填报 信访信息系统 信访事项登记", 1)]


def test_it_goes_when_somebody_else_works(stepper: Stepper, desk: Desk, clipboard: QClipboard) -> None:
    stepper.copy_next()
    desk.hand_over(2)
    assert not stepper.isVisible()
    assert clipboard.text() == ""


def test_the_page_of_a_case_opens_one_at_a_time(
    desk: Desk,
    clerk: Clerk,
    case_id: int,
    settings: QSettings,
    qtbot: QtBot,
) -> None:
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show_case(case_id)
    page.ui.upstream_button.click()
    first = page._stepper
    assert first is not None
    assert first.isVisible()
    page.show_case(clerk.accepted())
    page.ui.upstream_button.click()
    assert page._stepper is not None
    assert (page._stepper.case_id, page._stepper.isVisible()) == (2, True)
    assert not said_in_a_box(page)
