"""A paper in hand is compared with what is on file, and the answer can be seen from afar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.paper import content_digest, short_digest
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.verify_dialog import VerifyDialog
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.scanning import ScannedPaper
from tests.desk import Desk as Clerk
from tests.gui.looking import bring_up, refusal_at, said_in_a_box

OLD, NEW = (content_digest([word]) for word in ("旧", "新"))


def a_dialog(desk: Desk, place: QWidget, qtbot: QtBot, paper: ScannedPaper | None = None) -> VerifyDialog:
    dialog = VerifyDialog(desk, place, paper)
    bring_up(dialog, qtbot)
    return dialog


@pytest.fixture
def dialog(desk: Desk, place: QWidget, qtbot: QtBot) -> VerifyDialog:
    return a_dialog(desk, place, qtbot)


def ask(dialog: VerifyDialog, number: str, digest: str) -> str:
    """Type and press Enter; the headline of the answer, "" for none."""
    dialog.ui.paper_number.setText(number)
    dialog.ui.paper_digest.setText(digest)
    QTest.keyClick(dialog.ui.paper_digest, Qt.Key.Key_Return)
    return dialog.ui.verdict_headline.text() if dialog.ui.verdict_panel.isVisible() else ""


def printed(clerk: Clerk, case_id: int, digest: str) -> None:
    clerk.do(note_printed, case_id, "D03", 0, "人民调解申请书", [], digest, 1)


def test_every_standing_is_told_in_its_words(dialog: VerifyDialog, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    number = clerk.case(case_id).number
    printed(clerk, case_id, OLD)
    assert ask(dialog, number, short_digest(OLD)) == "√ 就是本台存档的那一份"
    printed(clerk, case_id, NEW)
    assert ask(dialog, number, short_digest(OLD)) == "！ 是旧文本，已有新的"
    assert "由新的文本替换" in dialog.ui.verdict_text.text()
    assert "收回" in dialog.ui.verdict_advice.text()
    assert ask(dialog, number, "0000-0000-0000") == "× 不是存档的文书"
    assert ask(dialog, "（2026）别人调字第1号", short_digest(OLD)) == "？ 查不到这个编号"
    assert not dialog.ui.open_case.isEnabled()


def test_a_withdrawn_agreement_is_of_no_effect(dialog: VerifyDialog, clerk: Clerk) -> None:
    case_id = clerk.frozen()
    agreement = clerk.agreement(case_id)
    clerk.do(withdraw_agreement, case_id, 1, reason="金额写错")
    assert ask(dialog, agreement.number, short_digest(agreement.content_digest)) == "× 已经撤回，没有效力"


def test_a_scanned_paper_is_answered_at_once(desk: Desk, place: QWidget, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = clerk.frozen()
    agreement = clerk.agreement(case_id)
    paper = ScannedPaper(agreement.number, short_digest(agreement.content_digest))
    dialog = a_dialog(desk, place, qtbot, paper)
    assert dialog.ui.verdict_headline.text() == "√ 就是本台存档的那一份"
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        dialog.ui.open_case.click()
    assert wanted.args == [case_id]
    assert not dialog.isVisible()


def test_a_qr_code_may_be_scanned_into_the_dialog_too(dialog: VerifyDialog, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    printed(clerk, case_id, NEW)
    number = clerk.case(case_id).number
    assert ask(dialog, f"MDESK:{number}:{short_digest(NEW)}", "") == "√ 就是本台存档的那一份"
    assert dialog.ui.paper_digest.text() == short_digest(NEW)
    assert dialog.ui.paper_number.selectedText() == dialog.ui.paper_number.text()


def test_what_is_missing_is_said_at_its_field(dialog: VerifyDialog, clerk: Clerk) -> None:
    assert ask(dialog, "", "") == ""
    assert refusal_at(dialog, "paper_number") == "请填写文书上的编号。"
    assert refusal_at(dialog, "paper_digest") == "请填写页脚的校验码。"
    assert ask(dialog, "MDESK:7K3M-9QXA", "") == ""
    assert "没有查询码" in said_in_a_box(dialog)


def test_an_answer_goes_when_something_else_is_typed(dialog: VerifyDialog, clerk: Clerk) -> None:
    assert ask(dialog, "别的", "0000-0000-0000") != ""
    QTest.keyClick(dialog.ui.paper_digest, Qt.Key.Key_1)
    assert not dialog.ui.verdict_panel.isVisible()
    dialog.open_case()  # no case is known: nothing to open
    assert dialog.isVisible()
