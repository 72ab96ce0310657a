"""转办往来 of a case: what is told of each way out and in, and what can be done."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.referral import ReferralKind
from mediation_desk.gui.arrival_dialog import ArrivalDialog
from mediation_desk.gui.decision_dialog import DecisionDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.gui.referral_step_dialog import Action, ReferralStepDialog
from mediation_desk.gui.referral_topic import ReferralTopic
from mediation_desk.services.referrals import (
    Arrival,
    answer_objection,
    feed_back,
    raise_objection,
    recall,
    receive,
    sign_for,
)
from mediation_desk.services.triage import hand_over
from tests.desk import NOW, TODAY, TOMORROW
from tests.desk import Desk as Clerk
from tests.gui.looking import found

ALWAYS = ["转出", "登记来文"]
STEPS = ["签收", "提出异议", "答复异议", "反馈", "退回", "撤回"]


@pytest.fixture
def topic(desk: Desk, qtbot: QtBot) -> ReferralTopic:
    topic = ReferralTopic(desk)
    qtbot.addWidget(topic)
    topic.show()
    return topic


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    """A matter that went to a unit which is to answer tomorrow."""
    case_id = clerk.triaged()
    said = {"document_no": "示综转1号", "matter": "漏水部分", "due_on": TOMORROW}
    clerk.do(hand_over, case_id, handed_to="示例局", **said)  # type: ignore[arg-type]  # any of these
    return case_id


def show(topic: ReferralTopic, clerk: Clerk, case_id: int) -> None:
    topic.show_case(clerk.case(case_id))


def offered(topic: ReferralTopic) -> list[str]:
    return [each.text() for each in topic.page.findChildren(QPushButton) if each.isEnabled()]


def test_a_case_that_went_nowhere_can_be_sent_and_received(topic: ReferralTopic, clerk: Clerk) -> None:
    show(topic, clerk, clerk.triaged())
    assert offered(topic) == ALWAYS
    found(topic, QPushButton, "send_out").click()
    [dialog] = topic.findChildren(DecisionDialog)
    assert dialog.ui.handed_to.isVisible()
    found(topic, QPushButton, "receive_referral").click()
    assert len(topic.findChildren(ArrivalDialog)) == 1


def test_all_of_a_way_out_is_told(topic: ReferralTopic, clerk: Clerk, case_id: int) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    show(topic, clerk, case_id)
    [line] = topic.page.model.lines
    assert line.cells == ("2026-11-23", "转出", "示例局", "转办", "2026-11-24", "已签收")
    assert topic.page.ui.fact_text.toPlainText().splitlines() == [
        "转给：示例局",
        "转办，2026-11-23",
        "文号：示综转1号",
        "事项：漏水部分",
        "法定途径：人民调解或者行政调解",
        "反馈期限：2026-11-24",
        "可以提出异议至：2026-11-30",
        "2026-11-23　签收　周收发（王窗口 2026-11-23 9:30 登记）",
    ]
    assert offered(topic) == ALWAYS + STEPS


def test_a_way_in_says_who_is_to_be_answered(topic: ReferralTopic, clerk: Clerk) -> None:
    case_id = clerk.registered()
    came = Arrival(
        kind=ReferralKind.ENTRUSTED, unit="派出所", sent_on=TODAY, received_on=TODAY, signed_by="王窗口", due_on=TODAY
    )
    clerk.do(receive, case_id, came)
    show(topic, clerk, case_id)
    told = topic.page.ui.fact_text.toPlainText()
    assert "来自：派出所" in told
    assert "答复期限：2026-11-23" in told
    assert "可以提出异议至" not in told


def test_what_is_waited_for_is_coloured(
    topic: ReferralTopic, clerk: Clerk, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(topic, clerk, case_id)
    assert topic.page.model.lines[0].tone == YELLOW
    clerk.do(sign_for, case_id, 1, person="周收发")
    clerk.do(raise_objection, case_id, 1, text="不属于本局")
    show(topic, clerk, case_id)
    assert topic.page.model.lines[0].tone == ORANGE
    monkeypatch.setattr(topic.desk, "now", lambda: NOW + timedelta(days=2))
    show(topic, clerk, case_id)
    assert topic.page.model.lines[0].tone == RED


def test_what_was_added_last_is_chosen(topic: ReferralTopic, clerk: Clerk, case_id: int) -> None:
    show(topic, clerk, case_id)
    clerk.do(recall, case_id, 1, text="转错了")
    show(topic, clerk, case_id)
    assert topic.page.chosen.no == 1
    clerk.do(hand_over, case_id, handed_to="另一局")
    show(topic, clerk, case_id)
    assert topic.page.chosen.no == 2
    topic.page.ui.facts.setCurrentIndex(topic.page.model.index(0, 0))
    show(topic, clerk, case_id)
    assert topic.page.chosen.no == 1


def test_what_came_back_is_at_its_end(topic: ReferralTopic, clerk: Clerk, case_id: int) -> None:
    clerk.do(sign_for, case_id, 1, person="周收发")
    clerk.do(raise_objection, case_id, 1, text="不属于本局")
    clerk.do(answer_objection, case_id, 1, upheld=True, text="")
    show(topic, clerk, case_id)
    assert offered(topic) == ALWAYS
    assert topic.page.model.lines[0].cells[-1] == "已退回"


@pytest.mark.parametrize(
    ("button", "action"),
    [
        ("sign_referral", Action.SIGN),
        ("object_to_referral", Action.OBJECT),
        ("answer_objection", Action.ANSWER),
        ("feed_back_referral", Action.FEED_BACK),
        ("send_back_referral", Action.SEND_BACK),
        ("recall_referral", Action.RECALL),
    ],
)
def test_each_button_opens_its_dialog(
    topic: ReferralTopic, clerk: Clerk, case_id: int, button: str, action: Action
) -> None:
    show(topic, clerk, case_id)
    found(topic, QPushButton, button).click()
    [dialog] = topic.findChildren(ReferralStepDialog)
    assert (dialog.action, dialog.referral.no) == (action, 1)


def test_the_list_of_topics_counts_the_answers_that_are_owed(
    desk: Desk, clerk: Clerk, case_id: int, qtbot: QtBot
) -> None:
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    tab.show_case(clerk.case(case_id))
    tab.open_topic("referrals")
    assert tab.ui.topics.currentItem().text() == "转办往来　1项待答复"
    clerk.do(sign_for, case_id, 1, person="周收发")
    clerk.do(feed_back, case_id, 1, text="已办")
    tab.show_case(clerk.case(case_id))
    assert tab.ui.topics.currentItem().text() == "转办往来"
