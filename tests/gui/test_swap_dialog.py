"""换班: requests of a month, answers, and carrying a swap out."""

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.duty_roster import SwapRequest
from mediation_desk.gui.swap_dialog import SwapsDialog
from mediation_desk.services.swaps import ask_swap
from tests.gui.looking import found, said_in_a_box
from tests.gui.rosters import MONTH, PM, Month, at


@pytest.fixture
def swap(month: Month) -> SwapRequest:
    given, back = month.placing("卫和", 25), month.placing("蒋平", 26, PM)
    month.publish(given, back)
    request = month.duty.swap(given, month.ids["蒋平"], back)
    request.reason = "出差"
    return month.desk.do(ask_swap, request)


@pytest.fixture
def dialog(month: Month, swap: SwapRequest, place: QWidget, qtbot: QtBot) -> SwapsDialog:
    made = SwapsDialog(month.desk, MONTH, place)
    made.open()
    return made


def cells(dialog: SwapsDialog) -> list[tuple[str, ...]]:
    return [tuple(map(str, line.cells)) for line in dialog.model.lines]


def offered(dialog: SwapsDialog) -> list[bool]:
    ui = dialog.ui
    return [button.isEnabled() for button in (ui.agree, ui.refuse, ui.withdraw, ui.carry_out)]


def test_a_request_says_who_gives_what_to_whom(dialog: SwapsDialog) -> None:
    given, back = "卫和 11月25日（周三）上午 调解员", "11月26日（周四）下午 调解员"
    assert cells(dialog) == [("待对方同意", given, "蒋平", back, "2026-11-23 9:30申请（出差）", "")]
    assert offered(dialog) == [True, True, True, False]


def test_both_agree_and_a_new_version_is_published(dialog: SwapsDialog, month: Month) -> None:
    dialog.ui.answer_note.setText("可以")
    dialog.ui.agree.click()
    assert dialog.ui.answer_note.text() == ""
    assert cells(dialog)[0][0] == "双方同意"
    assert offered(dialog) == [False, False, True, True]
    dialog.ui.carry_out.click()
    box = found(dialog, QMessageBox, "question_box")
    next(button for button in box.findChildren(QPushButton) if button.text() == "换班生效").click()
    assert cells(dialog)[0][0] == "已换班"
    assert cells(dialog)[0][4] == "2026-11-23 9:30申请（出差）；2026-11-23 9:30答复（可以）；2026-11-23生效，第2版"
    assert offered(dialog) == [False] * 4
    assert (month.shift("蒋平", 25), month.shift("卫和", 26, PM)) == ("调解员", "调解员")


def test_the_other_side_may_refuse_and_the_history_stays(dialog: SwapsDialog) -> None:
    dialog.ui.refuse.click()
    assert cells(dialog)[0][0] == "对方不同意"
    assert offered(dialog) == [False] * 4


def test_a_request_may_be_withdrawn(dialog: SwapsDialog) -> None:
    dialog.ui.withdraw.click()
    assert cells(dialog)[0][0] == "已撤回"


def test_what_stands_against_a_swap_now_is_shown_and_keeps_it_from_being_done(
    dialog: SwapsDialog, month: Month
) -> None:
    dialog.ui.agree.click()
    month.duty.leave(month.ids["蒋平"], at(25))
    dialog.refresh()
    assert "请假" in cells(dialog)[0][5]
    dialog._carry_out(1)
    assert "请假" in said_in_a_box(dialog)
    assert month.shift("卫和", 25) == "调解员"


def test_without_requests_it_says_how_to_ask(month: Month, place: QWidget) -> None:
    dialog = SwapsDialog(month.desk, MONTH.replace(month=12), place)
    dialog.open()
    assert dialog.ui.swaps_text.text().startswith("本月没有换班申请。")
    assert offered(dialog) == [False] * 4
    for step in (dialog._withdraw, dialog._ask_to_carry_out, lambda: dialog._answer(agrees=True)):
        step()
    assert cells(dialog) == []
