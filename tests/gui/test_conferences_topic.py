"""会商 in the window: one conference, its other cases and decisions, and what came of them."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.domain.supervision import ConferenceKind
from mediation_desk.gui.conference_dialog import ConferenceDialog, kept_draft
from mediation_desk.gui.conferences_topic import ConferencesTopic
from mediation_desk.gui.decision_done_dialog import DecisionDoneDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import RED
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.services.conferences import Decided, Held, record_conference
from tests.desk import NOW, TODAY, TOMORROW, uid
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.people import works_as
from tests.gui.topics import Shown

WEEK = TODAY + timedelta(days=7)


def held(*decisions: Decided) -> Held:
    return Held(
        meeting=uid(80),
        kind=ConferenceKind.CASE,
        held_on=TODAY,
        chair="许主任",
        units=("区住建局",),
        minutes="先鉴定。",
        decisions=decisions,
    )


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, ConferencesTopic, clerk.accepted(), qtbot)


def fill(dialog: ConferenceDialog) -> None:
    ui = dialog.ui
    pick(ui.conference_kind, "联席会议")
    ui.place.setText("三楼会议室")
    ui.chair.setText("许主任")
    ui.units.setPlainText("区住建局 甲某 科长\n示例街道")
    ui.minutes.setPlainText("研究了漏水的原因。")


def test_a_conference_about_two_cases_is_recorded_at_both(shown: Shown, clerk: Clerk) -> None:
    other = clerk.accepted()
    dialog = shown.press_key(1, ConferenceDialog)
    fill(dialog)
    dialog.ui.other_cases.setPlainText(clerk.case(other).number)
    dialog.decisions.show_rows(
        [["先作鉴定", "区住建局", "示例街道", "2026-11-30", ""], ["一并答复", "示例街道", "", "今天", "2"]]
    )
    dialog.ui.save.click()
    [here], [there] = clerk.case(shown.case_id).conferences, clerk.case(other).conferences
    assert here.meeting == there.meeting
    assert [(each.text, each.helpers, each.due_on) for each in here.decisions] == [("先作鉴定", "示例街道", WEEK)]
    assert [each.text for each in there.decisions] == ["一并答复"]
    assert shown.cells == [("2026-11-23", "联席会议", "许主任", "1项待落实")]
    assert "一并研究的其他案件：\n张三与李四" in shown.text


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("record_conference_button", ConferenceDialog)
    dialog.ui.save.click()
    assert "请选择会议形式" in refusal_at(dialog, "conference_kind")
    fill(dialog)
    dialog.decisions.show_rows([["先作鉴定", "区住建局", "", "后年", ""], ["答复", "示例街道", "", "今天", "二"]])
    dialog.ui.save.click()
    said = refusal_at(dialog, "decisions")
    assert "第1项议定事项：看不懂日期“后年”" in said
    assert "第2项议定事项：“二”不是案件的序号" in said
    dialog.decisions.show_rows([["先作鉴定", "", "", "今天", ""]])
    dialog.ui.other_cases.setPlainText("第九号")
    dialog.ui.save.click()
    assert "没有案号或查询码为“第九号”的案件" in refusal_at(dialog, "other_cases")
    dialog.ui.other_cases.clear()
    dialog.ui.save.click()
    assert "第1项议定事项：请写明责任单位。" in refusal_at(dialog, "decisions")
    assert dialog.decisions.rows() == [["先作鉴定", "", "", "今天", ""]]
    assert clerk.case(shown.case_id).conferences == []


def test_what_is_half_typed_is_there_again(shown: Shown, desk: Desk) -> None:
    dialog = shown.press("record_conference_button", ConferenceDialog)
    fill(dialog)
    dialog.decisions.show_rows([["先作鉴定", "区住建局", "", "", ""]])
    dialog.reject()
    again = shown.press("record_conference_button", ConferenceDialog)
    assert again.ui.minutes.toPlainText() == "研究了漏水的原因。"
    assert again.decisions.rows() == [["先作鉴定", "区住建局", "", "", ""]]
    assert "接着上次" in again.ui.draft_line.text()
    again.ui.discard.click()
    assert kept_draft(desk, shown.case_id) is None


def test_whoever_leaves_the_case_keeps_what_is_half_typed(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    case_id = clerk.accepted()
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    tab.show_case(clerk.case(case_id))
    tab.open_topic("conferences")
    topic = tab.ui.pages.currentWidget()
    assert isinstance(topic, ConferencesTopic)
    topic.confer()
    [dialog] = topic.findChildren(ConferenceDialog)
    dialog.ui.minutes.setPlainText("研究了漏水的原因。")
    tab.leave()
    assert kept_draft(desk, case_id) is not None


def test_a_decision_is_carried_out(shown: Shown, clerk: Clerk) -> None:
    pressing = Decided(text="先作鉴定", unit="区住建局", due_on=TOMORROW)
    clerk.do(record_conference, [shown.case_id], held(Decided(text="答复", unit="街道", due_on=WEEK), pressing))
    shown.refresh()
    dialog = shown.press("carry_out_decision_button", DecisionDoneDialog)
    assert offers(dialog.ui.decision) == ["先作鉴定（区住建局，还有1天）", "答复（街道，还有7天）"]
    dialog.ui.save_button.click()
    assert "请写明怎样落实的" in refusal_at(dialog, "done_note")
    dialog.ui.done_note.setPlainText("鉴定机构已到场")
    dialog.ui.save_button.click()
    assert [each.done_on for each in clerk.case(shown.case_id).conferences[0].decisions] == [None, TODAY]
    assert "落实情况（王窗口登记）：鉴定机构已到场" in shown.text


def offers(combo: QComboBox) -> list[str]:
    return [combo.itemText(row) for row in range(combo.count())]


def test_what_is_not_done_in_time_is_red_and_what_is_all_done_offers_nothing(
    shown: Shown, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.do(record_conference, [shown.case_id], held(Decided(text="答复", unit="街道", due_on=TODAY)))
    monkeypatch.setattr(shown.desk, "now", lambda: NOW + timedelta(days=1))
    shown.refresh()
    assert shown.topic.page.model.lines[0].tone == RED
    dialog = shown.press("carry_out_decision_button", DecisionDoneDialog)
    dialog.ui.done_note.setPlainText("办了")
    dialog.ui.save_button.click()
    assert shown.cells[0][-1] == "已全部落实"
    assert shown.offered() == ["record_conference"]


def test_whoever_may_not_confer_may_still_tell_what_was_done(shown: Shown, clerk: Clerk) -> None:
    clerk.do(record_conference, [shown.case_id], held(Decided(text="答复", unit="街道", due_on=TODAY)))
    shown.refresh()
    works_as(shown.desk, Role.CLERK)
    assert shown.offered() == ["carry_out_decision"]
