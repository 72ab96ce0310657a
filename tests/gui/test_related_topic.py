"""关联案件 of 程序: what a case is tied to, and how it is tied and parted."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.stage import Stage
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.relate_dialog import RelateDialog
from mediation_desk.gui.related_topic import RelatedTopic
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.services.relations import merge, relate
from tests.desk import TODAY, claimant, respondent
from tests.desk import Desk as Clerk


def comes(clerk: Clerk, days: int = 30, **facts: object) -> int:
    clerk.now += timedelta(days=days)
    return clerk.registered(requested_on=clerk.now.date(), **facts)


@pytest.fixture
def first(clerk: Clerk) -> int:
    return clerk.accepted()


@pytest.fixture
def again(clerk: Clerk, first: int) -> int:
    return comes(clerk)


@pytest.fixture
def topic(desk: Desk, clerk: Clerk, again: int, qtbot: QtBot) -> RelatedTopic:
    topic = RelatedTopic(desk)
    qtbot.addWidget(topic)
    topic.show()
    desk.changed.connect(lambda: topic.show_case(clerk.case(again)))
    topic.show_case(clerk.case(again))
    return topic


def button(topic: RelatedTopic, name: str) -> QPushButton:
    found = topic.findChild(QPushButton, name)
    assert found is not None
    return found


def lines(topic: RelatedTopic) -> list[list[str]]:
    model = topic.page.model
    return [[str(cell) for cell in line.cells] for line in model.lines]


def relating(topic: RelatedTopic) -> RelateDialog:
    button(topic, "relate_case").click()
    dialog = topic.findChild(RelateDialog)
    assert dialog is not None
    return dialog


def test_a_case_is_related_to_one_that_was_found(topic: RelatedTopic, clerk: Clerk, first: int, again: int) -> None:
    assert lines(topic) == []
    dialog = relating(topic)
    assert dialog.ui.other_case.count() == 2
    assert not dialog.ui.own_party.isVisible()
    dialog.ui.other_case.setCurrentIndex(1)
    dialog.ui.relation_reason.setPlainText("又漏水了")
    dialog.ui.save_button.click()
    [relation] = clerk.case(again).relations
    assert (relation.kind, relation.other_id, relation.reason) == (RelationKind.SAME_DISPUTE, first, "又漏水了")
    [line] = lines(topic)
    assert line[:3] == ["同一纠纷", f"张三与李四 {clerk.case(first).number}", f"{TODAY:%Y-%m-%d}"]
    told = topic.page.ui.fact_text.toPlainText()
    assert "说明：又漏水了" in told
    assert "结果：还没有结果" in told


def test_a_case_is_named_by_its_number_and_persons_are_chosen(
    topic: RelatedTopic, clerk: Clerk, first: int, again: int
) -> None:
    dialog = relating(topic)
    dialog.ui.other_number.setText(clerk.case(first).number)
    dialog.ui.other_number.editingFinished.emit()
    choose(dialog.ui.relation_kind, RelationKind.OTHER_PERSON)
    assert dialog.ui.own_party.isVisible()
    assert [dialog.ui.other_party.itemText(row) for row in range(2)] == ["张三", "李四"]
    dialog.ui.other_party.setCurrentIndex(1)
    dialog.ui.save_button.click()
    [relation] = clerk.case(again).relations
    assert (relation.kind, relation.party_no, relation.other_party_no) == (RelationKind.OTHER_PERSON, 1, 2)
    assert lines(topic)[0][3] == "张三"


def test_nothing_is_related_to_nothing(topic: RelatedTopic, clerk: Clerk, again: int) -> None:
    dialog = relating(topic)
    dialog.ui.save_button.click()
    assert dialog.isVisible()
    assert clerk.case(again).relations == []


def test_what_was_merged_is_parted_again_with_a_reason(
    topic: RelatedTopic, clerk: Clerk, first: int, again: int
) -> None:
    dialog = relating(topic)
    dialog.ui.other_case.setCurrentIndex(1)
    choose(dialog.ui.relation_kind, RelationKind.MERGED)
    dialog.ui.relation_reason.setPlainText("两个窗口各登记了一次")
    dialog.ui.save_button.click()
    assert clerk.case(again).stage == Stage.MERGED
    button(topic, "withdraw_relation").click()
    back = topic.findChild(TakeBackDialog)
    assert back is not None
    assert "并入" in back.ui.take_back_text.text()
    back.ui.take_back_reason.setPlainText("是两件事")
    back.ui.save_button.click()
    assert clerk.case(again).stage == Stage.REGISTERED
    assert lines(topic)[0][3] == "已撤回：是两件事"
    assert not button(topic, "withdraw_relation").isEnabled()
    assert "撤回：是两件事" in topic.page.ui.fact_text.toPlainText()


def test_comings_before_and_after_are_shown_and_opened(
    topic: RelatedTopic, desk: Desk, clerk: Clerk, first: int, again: int, qtbot: QtBot
) -> None:
    second, fourth = again, 0
    clerk.do(relate, second, first, RelationKind.SAME_DISPUTE)
    third = comes(clerk)
    clerk.do(relate, third, second, RelationKind.SAME_DISPUTE)
    fourth = comes(clerk)
    clerk.do(relate, fourth, third, RelationKind.SAME_DISPUTE)
    topic.show_case(clerk.case(third))
    assert [line[0] for line in lines(topic)] == ["以前的来访", "同一纠纷", "后来再次来访"]
    assert button(topic, "open_related").isEnabled()
    assert not button(topic, "withdraw_relation").isEnabled()
    with qtbot.waitSignal(desk.case_wanted) as wanted:
        button(topic, "open_related").click()
    assert wanted.args == [fourth]


def test_the_header_of_a_case_tells_that_it_came_back_or_where_it_goes_on(
    desk: Desk, clerk: Clerk, first: int, again: int, qtbot: QtBot
) -> None:
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show()
    assert QTest.qWaitForWindowActive(page)
    page.show_case(again)
    assert page.ui.related_mark.isHidden()
    clerk.do(relate, again, first, RelationKind.SAME_DISPUTE)
    third = comes(clerk, parties=(claimant(), respondent(name="王五", id_number="")))
    clerk.do(relate, third, again, RelationKind.SAME_DISPUTE)
    page.show_case(third)
    number = clerk.case(first).number
    told = f"同一纠纷第3次来访　首次：2026-11-23 张三与李四 {number}　前一次：2026-12-23 张三与李四"
    assert page.ui.related_mark.text() == told
    twice = comes(clerk)
    clerk.do(merge, twice, third, reason="登记了两次")
    page.show_case(twice)
    assert page.ui.related_mark.text() == "已并入：2027-01-22 张三与王五"
    assert page.ui.stage_text.text() == "已并入"
