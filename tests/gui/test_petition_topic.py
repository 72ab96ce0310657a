"""信访事项 of a case: what is told of it, and what can be done."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.petition import PetitionStepKind as Step
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.petition_dialog import PetitionDialog, WithdrawPetitionDialog
from mediation_desk.gui.petition_step_dialog import PetitionStepDialog
from mediation_desk.gui.petition_topic import PetitionTopic
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from tests.desk import TODAY, YESTERDAY
from tests.desk import Desk as Clerk
from tests.gui.looking import found

ITEM = PetitionItem(kind="redress_claim", received_on=YESTERDAY, number="XF1", domain="04")


@pytest.fixture
def topic(desk: Desk, qtbot: QtBot) -> PetitionTopic:
    topic = PetitionTopic(desk)
    qtbot.addWidget(topic)
    topic.show()
    return topic


def show(topic: PetitionTopic, clerk: Clerk, case_id: int) -> None:
    topic.show_case(clerk.case(case_id))


def offered(topic: PetitionTopic) -> list[str]:
    return [each.text() for each in topic.page.findChildren(QPushButton) if each.isEnabled()]


def test_a_case_that_is_no_petition_can_be_registered_as_one(topic: PetitionTopic, clerk: Clerk) -> None:
    show(topic, clerk, clerk.registered())
    assert offered(topic) == ["登记信访事项"]
    found(topic, QPushButton, "record_petition").click()
    assert [type(each) for each in topic.findChildren(PetitionDialog)] == [PetitionDialog]


def test_the_item_and_its_steps_are_told_whole(topic: PetitionTopic, clerk: Clerk) -> None:
    case_id = clerk.registered()
    clerk.do(record_petition, case_id, ITEM)
    clerk.do(record_petition_step, case_id, Step.NOTICE, text="信访事项受理告知书")
    show(topic, clerk, case_id)
    assert [line.cells for line in topic.page.model.lines] == [
        ("2026-11-22", "收到申诉求决", "XF1"),
        ("2026-11-23", "书面告知", "信访事项受理告知书"),
    ]
    assert topic.page.ui.fact_text.toPlainText() == (
        "2026-11-23 书面告知\n信访事项受理告知书\n王窗口 2026-11-23 9:30 登记"
    )
    topic.page.ui.facts.setCurrentIndex(topic.page.model.index(0, 0))
    assert topic.page.ui.fact_text.toPlainText().splitlines() == [
        "信访编号：XF1",
        "种类：申诉求决",
        "内容分类：城乡建设",
        "收到日期：2026-11-22",
        "姓名、住址清楚",
        "现在：办理中",
        "王窗口 2026-11-23 9:30 登记",
    ]
    assert offered(topic) == ["登记办理情况", "更正登记", "撤销登记"]


def test_an_accusation_says_who_must_not_see_it(topic: PetitionTopic, clerk: Clerk) -> None:
    case_id = clerk.registered()
    item = PetitionItem(kind="accusation", received_on=TODAY, contact_clear=False, accused_unit="示例所")
    clerk.do(record_petition, case_id, item)
    show(topic, clerk, case_id)
    text = topic.page.ui.fact_text.toPlainText()
    assert "被检举、控告的单位：示例所（材料不得转给它）" in text
    assert "姓名或者住址不清，无法告知" in text
    assert "信访编号：没有登记" in text


@pytest.mark.parametrize(
    ("button", "dialog"),
    [
        ("petition_step_button", PetitionStepDialog),
        ("correct_petition", PetitionDialog),
        ("withdraw_petition", WithdrawPetitionDialog),
    ],
)
def test_each_button_opens_its_dialog(topic: PetitionTopic, clerk: Clerk, button: str, dialog: type) -> None:
    case_id = clerk.registered()
    clerk.do(record_petition, case_id, ITEM)
    show(topic, clerk, case_id)
    found(topic, QPushButton, button).click()
    assert len(topic.findChildren(dialog)) == 1


def test_the_list_of_topics_tells_how_it_stands(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    case_id = clerk.registered()
    tab.show_case(clerk.case(case_id))
    texts = [tab.ui.topics.item(row).text() for row in range(tab.ui.topics.count())]
    assert "信访事项" in texts
    clerk.do(record_petition, case_id, ITEM)
    clerk.do(record_petition_step, case_id, Step.OFFERED)
    tab.show_case(clerk.case(case_id))
    tab.open_topic("petition")
    assert tab.ui.topics.currentItem().text() == "信访事项　待答复是否调解"
    assert isinstance(tab.ui.pages.currentWidget(), PetitionTopic)
