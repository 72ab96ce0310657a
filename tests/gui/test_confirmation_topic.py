"""司法确认 of a case: what is told of each agreement, its steps, and the papers for the court."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.aftermath import ConfirmationState as State
from mediation_desk.domain.case import AttachmentKind
from mediation_desk.gui import confirmation_topic
from mediation_desk.gui.confirmation_dialog import ConfirmationDialog
from mediation_desk.gui.confirmation_topic import ConfirmationTopic
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED
from mediation_desk.gui.procedure_topics import mark_of
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.services import agreements
from mediation_desk.services.attachments import attach
from mediation_desk.services.confirmation import record_confirmation
from mediation_desk.services.court_pack import PACK
from mediation_desk.services.papers import draw_agreement
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import found, refusal_at, said_in_a_box

COURT = "示例区人民法院"


@pytest.fixture
def topic(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ConfirmationTopic:
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    topic = ConfirmationTopic(desk)
    qtbot.addWidget(topic)
    topic.show()
    return topic


def show(topic: ConfirmationTopic, clerk: Clerk, case_id: int) -> None:
    topic.show_case(clerk.case(case_id))


def lines(topic: ConfirmationTopic) -> list[tuple[str, ...]]:
    return [tuple(line.cells[1:]) for line in topic.page.model.lines]


def words(topic: ConfirmationTopic, row: int = 0) -> str:
    topic.page.ui.facts.setCurrentIndex(topic.page.model.index(row, 0))
    return topic.page.ui.fact_text.toPlainText()


def press(topic: ConfirmationTopic, name: str) -> QPushButton:
    button = found(topic, QPushButton, name)
    button.click()
    return button


def test_before_anybody_said_anything_the_last_day_the_court_and_what_to_look_at_are_told(
    topic: ConfirmationTopic, clerk: Clerk
) -> None:
    show(topic, clerk, clerk.performing())
    assert lines(topic) == [("2026-12-23止", "未登记意向", "", "")]
    said = words(topic)
    for part in (
        "各方共同申请的最后一天是2026年12月23日（还有30天）。",
        "所在地的基层人民法院申请",
        "1．张三没有登记住址、联系电话，法院要核对",
        "申请材料还缺：调解协议书、申请人的身份证明、送达地址和联系方式确认材料。",
    ):
        assert part in said


def test_without_a_binding_written_agreement_nothing_is_offered(topic: ConfirmationTopic, clerk: Clerk) -> None:
    for case_id in (clerk.frozen(), clerk.performing_orally()):
        show(topic, clerk, case_id)
        assert lines(topic) == []
        assert not topic.page.ui.empty_text.isHidden()
        assert not press(topic, "print_court_pack").isEnabled()


def test_a_step_is_recorded_and_only_what_may_follow_is_offered(topic: ConfirmationTopic, clerk: Clerk) -> None:
    case_id = clerk.performing()
    show(topic, clerk, case_id)
    press(topic, "record_confirmation")
    dialog = topic.findChild(ConfirmationDialog)
    assert dialog is not None
    choice = dialog.ui.confirmation_state
    assert [choice.itemText(row) for row in range(choice.count())] == ["不申请", "考虑中", "已申请"]
    choice.setCurrentIndex(2)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "court") == "请写明是哪个人民法院。"
    dialog.ui.court.setText(COURT)
    dialog.ui.save_button.click()
    show(topic, clerk, case_id)
    assert lines(topic) == [("", "已申请", COURT, ""), ("2026-11-23", "已申请", COURT, "")]
    assert "登记于2026-11-23" in words(topic, 1)
    assert "申请前核对" not in words(topic, 0)


def test_the_last_step_is_taken_back_with_a_reason(topic: ConfirmationTopic, clerk: Clerk) -> None:
    case_id = clerk.performing()
    show(topic, clerk, case_id)
    assert not press(topic, "take_back_confirmation").isEnabled()
    clerk.do(record_confirmation, case_id, 1, State.NOT_WANTED, happened_on=TODAY)
    show(topic, clerk, case_id)
    press(topic, "take_back_confirmation")
    dialog = topic.findChild(TakeBackDialog)
    assert dialog is not None
    assert "2026-11-23 不申请" in dialog.ui.take_back_text.text()
    dialog.ui.take_back_reason.setPlainText("点错了")
    dialog.ui.save_button.click()
    assert clerk.case(case_id).confirmation_steps == []


@pytest.mark.parametrize(
    ("days", "state", "mark"),
    [(0, None, ""), (31, None, "逾期未申请"), (0, State.CONSIDERING, "考虑中"), (31, State.NOT_WANTED, "不申请")],
)
def test_the_mark_tells_how_it_stands(desk: Desk, clerk: Clerk, days: int, state: State | None, mark: str) -> None:
    case_id = clerk.performing()
    if state:
        clerk.do(record_confirmation, case_id, 1, state, happened_on=TODAY)
    assert mark_of("confirmation", clerk.case(case_id), desk.rules, TODAY + timedelta(days=days)) == mark


def test_near_the_last_day_it_is_seen_and_afterwards_it_is_red(
    topic: ConfirmationTopic, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.performing()
    tones = []
    for days in (0, 25, 31):
        monkeypatch.setattr(topic.desk, "now", lambda days=days: NOW + timedelta(days=days))
        show(topic, clerk, case_id)
        tones.append(topic.page.model.lines[0].tone)
    assert tones == [None, ORANGE, RED]


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of what was printed or saved; everything goes through at once."""
    gone: list[str] = []

    def print_at_once(_: QWidget, pdf: bytes, title: str, copies: int, printed: Callable[[int], None]) -> None:
        gone.append(title)
        assert pdf.startswith(b"%PDF")
        printed(copies)

    def save_at_once(_: QWidget, pdf: bytes, name: str, *, saved: Callable[[], None]) -> None:
        gone.append(name)
        assert pdf.startswith(b"%PDF")
        saved()

    monkeypatch.setattr(confirmation_topic, "print_paper", print_at_once)
    monkeypatch.setattr(confirmation_topic, "save_file", save_at_once)
    return gone


def test_the_pack_is_printed_and_saved_and_remembered(
    topic: ConfirmationTopic, clerk: Clerk, qtbot: QtBot, leaving: list[str]
) -> None:
    case_id = clerk.performing()
    show(topic, clerk, case_id)
    press(topic, "print_court_pack")
    qtbot.waitUntil(lambda: len(leaving) == 1)
    press(topic, "save_court_pack")
    qtbot.waitUntil(lambda: len(leaving) == 2)
    title = f"司法确认申请材料 {clerk.agreement(case_id).number}"
    assert leaving == [title, f"{title}.pdf"]
    with clerk.database.reading() as records:
        assert records.versions.times_printed(case_id, PACK, 1) == 1


def test_what_could_not_be_printed_is_told(
    topic: ConfirmationTopic, clerk: Clerk, qtbot: QtBot, leaving: list[str]
) -> None:
    case_id = clerk.performing()
    clerk.do(attach, case_id, kind=AttachmentKind.IDENTITY, file_name="证件.png", content=b"\x89PNG\r\n\x1a\n")
    show(topic, clerk, case_id)
    press(topic, "save_court_pack")
    qtbot.waitUntil(lambda: len(leaving) == 1)
    assert "身份证明 1（证件.png）" in said_in_a_box(topic)
