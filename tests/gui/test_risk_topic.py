"""风险研判 in the window: what is owed is seen, red after the hour, until somebody tells to whom it was reported."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED
from mediation_desk.gui.procedure_topics import mark_of
from mediation_desk.gui.risk_dialogs import RedFlagReportDialog, RiskDialog
from mediation_desk.gui.risk_topic import RiskTopic
from mediation_desk.services.intake import correct
from mediation_desk.services.risk import assess_risk, report_red_flags
from tests.desk import NOW, TODAY, intake
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at, set_ticks, ticks
from tests.gui.people import works_as
from tests.gui.topics import Shown


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    case_id = clerk.registered(safety_flags=("violence", "group"), safety_note="带了刀")
    return Shown(desk, RiskTopic, case_id, qtbot)


def mark(shown: Shown, clerk: Clerk) -> str:
    return mark_of("risk", clerk.case(shown.case_id), shown.desk.rules, TODAY)


def test_what_is_owed_is_seen_and_red_after_the_hour(
    shown: Shown, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown.cells[0] == ("2026-11-23 9:30", "标记风险", "暴力倾向", "应在2026-11-23 10:30前报告")
    assert mark(shown, clerk) == "2项未报告"
    assert shown.topic.page.model.lines[0].tone == ORANGE
    monkeypatch.setattr(shown.desk, "now", lambda: NOW + timedelta(minutes=61))
    shown.refresh()
    assert [line.tone for line in shown.topic.page.model.lines] == [RED, RED]
    shown.choose(0)
    assert "应报告：公安机关\n依据：人民调解法第25条\n带了刀" in shown.text


def test_a_report_is_recorded(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("report_button", RedFlagReportDialog)
    ui = dialog.ui
    assert ticks(ui.reported_flags) == ["暴力倾向", "群体事件风险"]
    assert ui.reported_flags.count() == 2
    ui.save_button.click()
    assert "请填写时间" in refusal_at(dialog, "reported_time")
    ui.reported_time.setText("9:20")
    ui.save_button.click()
    assert "请写明报告给哪个单位" in refusal_at(dialog, "reported_to")
    set_ticks(ui.reported_flags, "暴力倾向")
    ui.reported_to.setText("示例派出所值班室")
    ui.measures.setPlainText("已分开双方")
    ui.save_button.click()
    [report] = clerk.case(shown.case_id).red_flag_reports
    assert report.reported_at == NOW - timedelta(minutes=10)
    assert [cells[1:] for cells in shown.cells] == [
        ("已报告", "暴力倾向", "示例派出所值班室"),
        ("标记风险", "暴力倾向", "已报告"),
        ("标记风险", "群体事件风险", "应在2026-11-23 10:30前报告"),
    ]
    assert [line.tone for line in shown.topic.page.model.lines] == [None, None, ORANGE]
    assert mark(shown, clerk) == "1项未报告"


def test_the_report_is_told_whole_and_a_mark_taken_back_says_so(shown: Shown, clerk: Clerk) -> None:
    clerk.do(report_red_flags, shown.case_id, ["violence"], reported_at=NOW, reported_to="派出所", measures="已分开")
    clerk.now += timedelta(minutes=1)
    clerk.do(correct, shown.case_id, 1, intake(101, safety_flags=("violence",)))
    shown.refresh()
    assert [cells[3] for cells in shown.cells] == ["已报告", "标记已取消", "派出所"]
    shown.choose(2)
    assert shown.text.startswith("2026-11-23 9:30报告“暴力倾向”\n报告给：派出所\n采取的措施：已分开\n（王窗口")
    assert mark(shown, clerk) == ""


def test_a_case_is_assessed_and_the_last_level_is_its_mark(shown: Shown, clerk: Clerk) -> None:
    clerk.do(report_red_flags, shown.case_id, ["violence", "group"], reported_at=NOW, reported_to="派出所")
    clerk.do(assess_risk, shown.case_id, level="high", reason="扬言动手")
    shown.refresh()
    dialog = shown.press_key(1, RiskDialog)
    dialog.ui.save_button.click()
    assert "请选择风险等级" in refusal_at(dialog, "risk_level")
    pick(dialog.ui.risk_level, "低风险")
    dialog.ui.risk_reason.setPlainText("双方冷静")
    dialog.ui.assessed_time.setText("9:30")
    dialog.ui.save_button.click()
    levels = [cells[2:] for cells in shown.cells if cells[1] == "风险等级"]
    assert levels == [("高风险", "已被后来的研判代替"), ("低风险", "现行")]
    assert mark(shown, clerk) == "低风险"


def test_without_a_mark_there_is_nothing_to_report(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    shown = Shown(desk, RiskTopic, clerk.registered(), qtbot)
    assert shown.offered() == ["assess"]
    assert mark(shown, clerk) == ""


def test_whoever_keeps_files_only_does_neither(shown: Shown, clerk: Clerk) -> None:
    shown.desk.changed.disconnect(shown.refresh)
    works_as(shown.desk, Role.ARCHIVIST)
    assert shown.offered() == []
