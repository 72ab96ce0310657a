"""督办 in the window: an order is issued, answered with the count of its days, and settled or urged again."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.gui.supervision_dialogs import IssueOrderDialog, ReplyToOrderDialog, SettleOrderDialog
from mediation_desk.gui.supervision_topic import SupervisionTopic
from mediation_desk.services.supervision import issue_order, reply_to_order
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.people import works_as
from tests.gui.topics import Shown

WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, SupervisionTopic, clerk.accepted(), qtbot)


@pytest.fixture
def urged(shown: Shown, clerk: Clerk) -> Shown:
    clerk.do(issue_order, shown.case_id, unit="示例所", fault_code="overdue", demand="说明", due_on=WEEK)
    shown.refresh()
    return shown


def test_an_order_is_issued(shown: Shown, clerk: Clerk) -> None:
    assert shown.offered() == ["issue_order"]
    ui = shown.press_key(1, IssueOrderDialog).ui
    ui.unit.setText("示例所")
    pick(ui.fault_code, "推诿、敷衍")
    ui.demand.setPlainText("三日内书面说明")
    ui.due_on.setText("2026-11-26")
    ui.save_button.click()
    [order] = clerk.case(shown.case_id).supervision_orders
    assert (order.unit, order.fault_code, order.issued_on) == ("示例所", "evaded", TODAY)
    assert shown.cells == [("示例所", "推诿、敷衍", "2026-11-23", "2026-11-26", "待回复，还有3天")]
    assert "督办要求：三日内书面说明" in shown.text
    assert shown.offered() == ["issue_order", "reply_to_order", "settle_order"]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("unit", "请写明督办哪个单位"), ("fault_code", "请选择督办情形"), ("demand", "请写明督办要求")],
)
def test_what_is_missing_is_said_at_its_field(shown: Shown, clerk: Clerk, field: str, sentence: str) -> None:
    dialog = shown.press("issue_order_button", IssueOrderDialog)
    dialog.ui.due_on.setText("今天")
    dialog.ui.save_button.click()
    assert sentence in refusal_at(dialog, field)
    assert clerk.case(shown.case_id).supervision_orders == []


def test_a_day_that_cannot_be_read_is_refused_at_its_field(shown: Shown) -> None:
    dialog = shown.press("issue_order_button", IssueOrderDialog)
    dialog.ui.save_button.click()
    assert "请填写日期" in refusal_at(dialog, "due_on")


def test_a_reply_can_tell_how_the_days_were_counted(
    urged: Shown, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urged.desk, "now", lambda: NOW + timedelta(days=40))
    urged.refresh()
    dialog = urged.press("reply_to_order_button", ReplyToOrderDialog)
    assert "第1次督办：示例所" in dialog.ui.order_text.text()
    dialog.ui.reply.setPlainText("鉴定耽误了。")
    assert dialog.ui.clock.currentText().startswith("调解期限：逾期")
    dialog.ui.add_clock_button.click()
    dialog.ui.save_button.click()
    [order] = clerk.case(urged.case_id).supervision_orders
    assert order.reply.startswith("鉴定耽误了。\n\n调解期限的计期说明：\n人民调解期限，30日")
    assert "2026-11-24 至 2026-12-23　第1日至第30日" in order.reply
    assert order.reply.endswith("届满：2026-12-23\n情况：截至2027-01-02，逾期10天")
    assert urged.cells[0][-1] == "逾期33天回复，待认定"
    assert urged.offered() == ["issue_order", "settle_order"]


def test_a_late_order_is_red_and_an_unread_reply_orange(
    urged: Shown, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urged.desk, "now", lambda: NOW + timedelta(days=8))
    urged.refresh()
    assert urged.topic.page.model.lines[0].tone == RED
    clerk.do(reply_to_order, urged.case_id, 1, replied_on=TODAY, reply="已办。")
    urged.refresh()
    assert urged.topic.page.model.lines[0].tone == ORANGE


def test_a_reply_that_is_enough_settles(urged: Shown, clerk: Clerk) -> None:
    clerk.do(reply_to_order, urged.case_id, 1, replied_on=TODAY, reply="已办。")
    urged.refresh()
    ui = urged.press("settle_order_button", SettleOrderDialog).ui
    assert "2026-11-23回复：已办。" in ui.order_text.text()
    assert not ui.again_demand.isEnabled()
    ui.save_button.click()
    assert [each.result for each in clerk.case(urged.case_id).supervision_orders] == ["已按要求办理"]
    assert urged.offered() == ["issue_order"]


def test_a_reply_that_is_not_enough_urges_again(urged: Shown, clerk: Clerk) -> None:
    clerk.do(reply_to_order, urged.case_id, 1, replied_on=TODAY, reply="正在研究。")
    urged.refresh()
    dialog = urged.press("settle_order_button", SettleOrderDialog)
    pick(dialog.ui.verdict, "没有办好，再次督办")
    dialog.ui.save_button.click()
    assert "请写明哪里没有办好" in refusal_at(dialog, "settle_result")
    assert "回复期限" in refusal_at(dialog, "again_due_on")
    dialog.ui.settle_result.setPlainText("没有写进度")
    dialog.ui.again_due_on.setText("2026-11-30")
    dialog.ui.save_button.click()
    assert [cells[-1] for cells in urged.cells] == ["已认定", "待回复，还有7天"]


def test_without_a_reply_only_a_reason_settles(urged: Shown) -> None:
    dialog = urged.press("settle_order_button", SettleOrderDialog)
    assert dialog.ui.verdict.currentText() == "不再督办"
    dialog.ui.save_button.click()
    assert "请写明理由" in refusal_at(dialog, "settle_result")


def test_whoever_may_not_urge_may_still_record_the_reply(urged: Shown) -> None:
    works_as(urged.desk, Role.CLERK)
    assert urged.offered() == ["reply_to_order"]
    assert "没有“督办会商”权限" in urged.button("issue_order_button").toolTip()


def test_the_topic_is_marked(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = clerk.accepted()
    clerk.do(issue_order, case_id, unit="示例所", fault_code="overdue", demand="说明", due_on=WEEK)
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    tab.show_case(clerk.case(case_id))
    tab.open_topic("supervision")
    assert isinstance(tab.ui.pages.currentWidget(), SupervisionTopic)
    assert tab.ui.topics.currentItem().text() == "督办　1项待回复"
