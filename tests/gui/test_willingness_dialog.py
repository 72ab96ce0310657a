"""What parties said to mediation is recorded with time and channel; half answers are refused at their field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Answer, Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.willingness_dialog import WillingnessDialog
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, set_ticks, ticks


@pytest.fixture
def case(clerk: Clerk) -> Case:
    return clerk.case(clerk.registered())


@pytest.fixture
def dialog(desk: Desk, case: Case, place: QWidget) -> WillingnessDialog:
    dialog = WillingnessDialog(desk, case, place)
    dialog.open()
    return dialog


def test_several_parties_answer_at_once(dialog: WillingnessDialog, clerk: Clerk) -> None:
    assert ticks(dialog.ui.willing_parties) == ["张三（申请方）", "李四（被申请方）"]
    pick(dialog.ui.answer, "同意")
    pick(dialog.ui.channel, "来访")
    dialog.ui.willingness_note.setPlainText("当面")
    dialog.ui.save_button.click()
    told = [(each.party_no, each.answer, each.channel, each.note) for each in clerk.case(dialog.case_id).willingness]
    assert told == [(1, Answer.AGREES, "visit", "当面"), (2, Answer.AGREES, "visit", "当面")]


def test_an_attempt_that_reached_nobody_is_kept_with_its_time(dialog: WillingnessDialog, clerk: Clerk) -> None:
    set_ticks(dialog.ui.willing_parties, "李四")
    pick(dialog.ui.answer, "未表态")
    dialog.ui.asked_on.setText("昨天")
    dialog.ui.asked_at.setText("下午3点")
    dialog.ui.willingness_note.setPlainText("无人接听")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [attempt] = clerk.case(dialog.case_id).willingness
    assert (attempt.party_no, attempt.answer, attempt.note) == (2, Answer.UNDECIDED, "无人接听")
    assert f"{attempt.asked_at:%Y-%m-%d %H:%M}" == "2026-11-22 15:00"


def test_who_has_answered_is_not_ticked_again(desk: Desk, clerk: Clerk, place: QWidget) -> None:
    assert ticks(WillingnessDialog(desk, clerk.case(clerk.willing()), place).ui.willing_parties) == []


@pytest.mark.parametrize(
    ("parties", "answer", "day", "time", "field"),
    [
        ((), "同意", "今天", "9:00", "willing_parties"),
        (("张三",), "请选择", "今天", "9:00", "answer"),
        (("张三",), "同意", "13-1", "9:00", "asked_on"),
        (("张三",), "同意", "", "9:00", "asked_on"),
        (("张三",), "同意", "今天", "25:00", "asked_at"),
        (("张三",), "同意", "今天", "", "asked_at"),
        (("张三",), "同意", "今天", "9:31", "asked_at"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_stays(
    dialog: WillingnessDialog, clerk: Clerk, parties: tuple[str, ...], answer: str, day: str, time: str, field: str
) -> None:
    set_ticks(dialog.ui.willing_parties, *(parties or ("没有人",)))
    pick(dialog.ui.answer, answer)
    dialog.ui.asked_on.setText(day)
    dialog.ui.asked_at.setText(time)
    dialog.ui.willingness_note.setPlainText("电话")
    dialog.ui.save_button.click()
    assert refusal_at(dialog, field)
    assert dialog.isVisible()
    assert dialog.ui.willingness_note.toPlainText() == "电话"
    assert clerk.case(dialog.case_id).willingness == []


def test_escape_leaves_without_recording(dialog: WillingnessDialog, clerk: Clerk) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert clerk.case(dialog.case_id).willingness == []
