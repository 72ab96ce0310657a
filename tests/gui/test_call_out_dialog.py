"""A running call-out in its window: the clock, the answers, the end of the list."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.call_out import CallAnswer, CallOut, CallOutState
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.gui import call_out_dialog
from mediation_desk.gui.call_out_dialog import CallOutDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.services.call_out import CallOutWish, begin_call_out
from mediation_desk.services.directory import save_mediator
from tests.desk import Desk as Clerk
from tests.gui.conftest import NOW, new_uid
from tests.gui.looking import refusal_at

OFFICIAL = 3


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(desk, "_clock", clock)
    return clock


@pytest.fixture
def lawyer(desk: Desk) -> int:
    kept = desk.do(save_mediator, Mediator(uid=new_uid(), name="吴律师", presence=Presence.ON_CALL))
    assert kept.id is not None
    return kept.id


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    return clerk.accepted()


@pytest.fixture
def dialog(desk: Desk, clock: Clock, lawyer: int, case_id: int, place: QWidget) -> CallOutDialog:
    wish = CallOutWish(uid=new_uid(), purpose="协助普法", order=(lawyer, OFFICIAL), case_id=case_id)
    dialog = CallOutDialog(desk, place, desk.do(begin_call_out, wish).id or 0)
    dialog.open()
    return dialog


def kept(desk: Desk) -> CallOut:
    return desk.look(lambda records, _: records.call_outs.get(1))


def cells(dialog: CallOutDialog) -> list[list[str]]:
    return [list(line.cells) for line in dialog.model.lines]


def test_the_clock_counts_down_and_turns_to_the_next_one(dialog: CallOutDialog, clock: Clock) -> None:
    assert dialog.ui.clock_text.text() == "等待吴律师答复　15:00"
    clock.now = NOW + timedelta(minutes=14, seconds=30)
    dialog._second.timeout.emit()
    assert dialog.ui.clock_text.text() == "等待吴律师答复　0:30"
    assert not dialog.ui.next_button.isEnabled()
    clock.now = NOW + timedelta(minutes=15)
    dialog._second.timeout.emit()
    assert dialog.ui.clock_text.text() == "吴律师答复时间已到，请呼叫下一位"
    assert dialog.ui.next_button.isEnabled()
    assert dialog.ui.left_text.text() == "还没有呼叫：周干部"


def test_a_no_with_its_reason_then_a_yes(dialog: CallOutDialog, desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    dialog.ui.reason.setText("在外地开庭")
    clock.now = NOW + timedelta(minutes=3)
    dialog.ui.decline_button.click()
    assert cells(dialog)[0][5:] == ["谢绝", "3分钟", "在外地开庭"]
    assert dialog.ui.reason.text() == ""
    assert dialog.ui.clock_text.text() == "请呼叫下一位"
    dialog.ui.next_button.click()
    assert dialog.ui.left_text.text() == "名单上的人都已呼叫。"
    dialog.ui.accept_button.click()
    assert dialog.ui.clock_text.text().startswith("周干部接受")
    assert kept(desk).state is CallOutState.FOUND
    dialog.ui.arrived_button.click()
    assert cells(dialog)[1][7] == "9:33到达"
    with qtbot.waitSignal(dialog.assign_wanted) as wanted:
        dialog.ui.assign_button.click()
    assert wanted.args == [1, OFFICIAL]


def test_a_list_used_up_asks_for_the_duty_head(dialog: CallOutDialog, desk: Desk) -> None:
    dialog.ui.silent_button.click()
    dialog.ui.next_button.click()
    dialog.ui.silent_button.click()
    assert dialog.ui.clock_text.text() == "名单已用尽，没有人接受：请报值班领导处理"
    dialog.ui.stop_button.click()
    assert "请写明" in refusal_at(dialog, "reason")
    dialog.ui.reason.setText("值班领导请区律协另派")
    dialog.ui.stop_button.click()
    assert dialog.ui.clock_text.text() == "名单已用尽：值班领导请区律协另派"
    assert kept(desk).ended_at == NOW


def test_somebody_silent_can_say_yes_later_and_be_called_again(dialog: CallOutDialog, desk: Desk, lawyer: int) -> None:
    dialog.ui.silent_button.click()
    assert dialog.ui.again_button.isEnabled()
    dialog.ui.again_button.click()
    assert [call.mediator_id for call in kept(desk).calls] == [lawyer, lawyer]
    dialog.ui.calls.selectRow(0)
    dialog.ui.accept_button.click()
    assert cells(dialog)[0][5:] == ["接受", "0分钟", "超时后答复"]
    assert kept(desk).calls[1].answer is CallAnswer.WITHDRAWN


def test_a_call_is_taken_back_and_the_search_stopped(dialog: CallOutDialog, desk: Desk) -> None:
    dialog.ui.withdraw_button.click()
    assert cells(dialog)[0][5] == "已撤回"
    dialog.ui.reason.setText("当事人已离开")
    dialog.ui.stop_button.click()
    assert dialog.ui.clock_text.text() == "已停止：当事人已离开"
    assert not dialog.ui.stop_button.isEnabled()


def test_only_what_makes_sense_is_offered(dialog: CallOutDialog) -> None:
    ui = dialog.ui
    assert ui.accept_button.isEnabled()
    assert not ui.arrived_button.isEnabled()
    assert not ui.again_button.isEnabled()
    assert not ui.assign_button.isVisible()
    ui.accept_button.click()
    assert not ui.accept_button.isEnabled()
    assert ui.arrived_button.isEnabled()
    assert ui.assign_button.isVisible()


def test_what_another_window_recorded_is_seen(dialog: CallOutDialog, desk: Desk) -> None:
    from mediation_desk.services.call_out import answer_call

    desk.do(answer_call, 1, 1, CallAnswer.DECLINED, "")
    assert cells(dialog)[0][5] == "谢绝"


def test_the_call_sheet_is_printed_or_saved(
    dialog: CallOutDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: QSettings
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(call_out_dialog, "print_paper", lambda _window, pdf, *_: printed.append(pdf))
    dialog.ui.print_button.click()
    assert printed[0].startswith(b"%PDF")
    dialog.ui.save_pdf_button.click()
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "呼叫单.pdf"))
    asked.close()
    assert (tmp_path / "呼叫单.pdf").read_bytes() == printed[0]
