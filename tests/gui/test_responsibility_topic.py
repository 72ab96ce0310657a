"""首问负责 in the window: offered, accepted by the one who was asked, taken back."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.overview_text import OverviewText
from mediation_desk.gui.procedure_topics import mark_of
from mediation_desk.gui.responsibility_dialogs import AnswerOfferDialog, OfferDialog, TakeBackOfferDialog
from mediation_desk.gui.responsibility_topic import ResponsibilityTopic
from mediation_desk.services.responsibility import offer_hand_over
from tests.desk import TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.people import works_as
from tests.gui.topics import Shown

SECOND = 2


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    works_as(desk, Role.CLERK)
    desk.hand_over(1)
    return Shown(desk, ResponsibilityTopic, clerk.registered(), qtbot)


@pytest.fixture
def offered(shown: Shown, clerk: Clerk) -> Shown:
    clerk.do(offer_hand_over, shown.case_id, SECOND, reason="调休")
    shown.refresh()
    return shown


def test_a_case_is_offered_to_a_colleague(shown: Shown, clerk: Clerk) -> None:
    assert shown.topic.page.ui.head_text.text() == "首问：王窗口"
    assert shown.offered() == ["offer"]
    dialog = shown.press_key(1, OfferDialog)
    assert "接手的人答复同意后才算移交" in dialog.ui.responsible_text.text()
    dialog.ui.save_button.click()
    assert "请选择接手的人" in refusal_at(dialog, "taker")
    pick(dialog.ui.taker, "李窗口")
    dialog.ui.offer_reason.setPlainText("调休")
    dialog.ui.save_button.click()
    assert shown.cells == [("2026-11-23 9:30", "王窗口", "李窗口", "等待答复")]
    assert shown.text.splitlines()[-1] == "原因：调休"
    assert shown.offered() == ["take_back"]
    assert mark_of("responsibility", clerk.case(shown.case_id), shown.desk.rules, TODAY) == "等待接手"


def test_the_colleague_accepts_and_is_responsible(offered: Shown, clerk: Clerk) -> None:
    offered.desk.hand_over(SECOND)
    assert offered.offered() == ["answer", "take_back"]
    dialog = offered.press("answer_button", AnswerOfferDialog)
    assert "请李窗口接手" in dialog.ui.offer_text.text()
    dialog.ui.save_button.click()
    assert "请选择答复" in refusal_at(dialog, "accepting")
    pick(dialog.ui.accepting, "不接手")
    dialog.ui.save_button.click()
    assert "请写明不接手的理由" in refusal_at(dialog, "hand_over_answer")
    pick(dialog.ui.accepting, "接手")
    dialog.ui.save_button.click()
    assert offered.topic.page.ui.head_text.text() == "首问：王窗口，现由李窗口负责"
    assert offered.cells[0][-1] == "已接手"
    case, desk = clerk.case(offered.case_id), offered.desk
    assert "首问：王窗口，现由李窗口负责" in OverviewText(case, desk.centre, desk.rules, {}).days()


def test_an_offer_is_taken_back(offered: Shown) -> None:
    dialog = offered.press("take_back_button", TakeBackOfferDialog)
    dialog.ui.take_back_reason.setPlainText("不调休了")
    dialog.ui.save_button.click()
    assert offered.cells[0][-1] == "已撤回"
    assert offered.text.endswith("2026-11-23 9:30 已撤回：不调休了")
    assert offered.offered() == ["offer"]


def test_of_somebody_else_it_cannot_be_taken_over_behind_their_back(offered: Shown) -> None:
    offered.desk.hand_over(SECOND)
    dialog = offered.press("take_back_button", TakeBackOfferDialog)
    dialog.ui.take_back_reason.setPlainText("不想")
    dialog.ui.save_button.click()
    assert offered.cells[0][-1] == "等待答复"
