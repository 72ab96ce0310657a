"""违约与诉讼 in the window: a breach and what was done about it, a suit and its result, the limitation as a hint."""

from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.party import Side
from mediation_desk.domain.rights import Role
from mediation_desk.gui.breach_dialogs import BreachDialog, BreachMeasuresDialog, LawsuitDialog, LawsuitResultDialog
from mediation_desk.gui.breach_topic import BreachTopic
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import ORANGE, RED
from mediation_desk.gui.procedure_tab import ProcedureTab
from mediation_desk.services.breach import record_breach, record_lawsuit
from tests.desk import NOW, TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, refusal_at
from tests.gui.people import works_as
from tests.gui.topics import Shown

COURT = "示例区人民法院"
BROKEN: dict[str, Any] = {"obligation_no": 1, "found_on": TODAY, "situation": "第一期没有付"}
SUED: dict[str, Any] = {"filed_on": TODAY, "plaintiff_no": 1, "court": COURT}


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, BreachTopic, clerk.performing(), qtbot)


@pytest.fixture
def broken(shown: Shown, clerk: Clerk) -> Shown:
    clerk.do(record_breach, shown.case_id, 1, **BROKEN)
    shown.refresh()
    return shown


@pytest.fixture
def sued(shown: Shown, clerk: Clerk) -> Shown:
    clerk.do(record_lawsuit, shown.case_id, 1, **SUED)
    shown.refresh()
    return shown


def number(shown: Shown, clerk: Clerk) -> str:
    return clerk.agreement(shown.case_id).number


def test_a_breach_is_recorded_of_one_thing_owed(shown: Shown, clerk: Clerk) -> None:
    assert shown.offered() == ["record_breach", "record_lawsuit"]
    dialog = shown.press_key(1, BreachDialog)
    choice, called = dialog.ui.broken, number(shown, clerk)
    offered = [choice.itemText(row) for row in range(choice.count())]
    assert offered == [f"{called}　第1项 李四 → 张三", f"{called}　协议的其他约定"]
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "situation") == "请写明怎样不履行。"
    dialog.ui.situation.setPlainText("第一期没有付")
    dialog.ui.save_button.click()
    [found] = clerk.case(shown.case_id).breaches
    assert (found.obligation_no, found.found_on, found.situation) == (1, TODAY, "第一期没有付")
    assert shown.cells == [("2026-11-23", "不履行", called, "第1项 李四 → 张三", "未处理")]
    assert "第一期没有付" in shown.text
    assert "还没有登记督促、约谈等处理。" in shown.text
    assert shown.topic.page.model.lines[0].tone == RED
    assert shown.offered() == ["record_breach", "record_measures", "record_lawsuit"]


def test_a_breach_of_anything_else_is_recorded_of_the_whole(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("record_breach_button", BreachDialog)
    pick(dialog.ui.broken, "协议的其他约定")
    dialog.ui.situation.setPlainText("又漏水，没有告知")
    dialog.ui.measures.setPlainText("当面督促")
    dialog.ui.save_button.click()
    [found] = clerk.case(shown.case_id).breaches
    assert (found.obligation_no, found.measures) == (None, "当面督促")
    assert [cells[-2:] for cells in shown.cells] == [("协议约定", "已处理")]
    assert shown.topic.page.model.lines[0].tone is None


def test_what_is_overdue_is_offered_first(
    desk: Desk, clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "now", lambda: NOW + timedelta(days=60))
    shown = Shown(desk, BreachTopic, clerk.performing(), qtbot)
    dialog = shown.press("record_breach_button", BreachDialog)
    assert "第1项" in dialog.ui.broken.currentText()
    assert dialog.ui.found_on.text() == "2027-01-22"


def test_what_was_done_about_it_is_recorded(broken: Shown, clerk: Clerk) -> None:
    dialog = broken.press("record_measures_button", BreachMeasuresDialog)
    assert dialog.ui.breach_text.text() == "2026-11-23　第1项 李四 → 张三：第一期没有付"
    dialog.ui.taken_on.setText("2026-11-22")
    dialog.ui.measures.setPlainText("约谈李四")
    dialog.ui.save_button.click()
    assert "早于发现日期" in refusal_at(dialog, "taken_on")
    dialog.ui.taken_on.setText("今天")
    dialog.ui.save_button.click()
    assert clerk.case(broken.case_id).breaches[0].measures == "2026-11-23　约谈李四"
    assert broken.cells[0][-1] == "已处理"
    assert "2026-11-23　约谈李四" in broken.text


def test_a_suit_is_recorded(shown: Shown, clerk: Clerk) -> None:
    dialog = shown.press("record_lawsuit_button", LawsuitDialog)
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "plaintiff") == "请选择哪一方当事人起诉。"
    assert refusal_at(dialog, "court") == "请写明是哪个人民法院。"
    pick(dialog.ui.plaintiff, f"张三（{Side.CLAIMANT.label}）")
    dialog.ui.court.setText(COURT)
    dialog.ui.claim.setPlainText("请求给付1,000元")
    dialog.ui.save_button.click()
    [filed] = clerk.case(shown.case_id).lawsuits
    assert (filed.agreement_no, filed.plaintiff_no, filed.court, filed.filed_on) == (1, 1, COURT, TODAY)
    assert shown.cells == [("2026-11-23", "起诉", number(shown, clerk), f"张三，{COURT}", "诉讼中")]
    assert "诉讼请求：请求给付1,000元" in shown.text
    assert shown.topic.page.model.lines[0].tone == ORANGE
    assert shown.offered() == ["record_breach", "record_lawsuit", "record_lawsuit_result"]


def test_a_suit_gets_one_result(sued: Shown, clerk: Clerk) -> None:
    dialog = sued.press("record_lawsuit_result_button", LawsuitResultDialog)
    assert dialog.ui.lawsuit_text.text().endswith(f"向{COURT}起诉。")
    choice = dialog.ui.lawsuit_result_code
    offered = [choice.itemText(row) for row in range(choice.count())]
    assert offered == ["请选择", "判决维持", "判决变更", "判决撤销", "判决无效", "以其他方式结案"]
    dialog.ui.save_button.click()
    assert refusal_at(dialog, "lawsuit_result_code") == "请选择诉讼结果。"
    pick(choice, "以其他方式结案")
    dialog.ui.save_button.click()
    assert "请写明是怎样结案的" in refusal_at(dialog, "lawsuit_result")
    dialog.ui.lawsuit_result.setPlainText("撤诉")
    dialog.ui.save_button.click()
    assert clerk.case(sued.case_id).lawsuits[0].result_code == "ended_otherwise"
    assert sued.cells[0][-1] == "以其他方式结案"
    assert sued.topic.page.model.lines[0].tone is None
    assert sued.offered() == ["record_breach", "record_lawsuit"]


def test_the_result_goes_to_the_suit_that_was_chosen(sued: Shown, clerk: Clerk) -> None:
    clerk.do(record_breach, sued.case_id, 1, **BROKEN)
    clerk.do(record_lawsuit, sued.case_id, 1, **SUED | {"plaintiff_no": 2})
    sued.refresh()
    sued.choose(2)
    dialog = sued.press("record_lawsuit_result_button", LawsuitResultDialog)
    assert "李四就" in dialog.ui.lawsuit_text.text()
    pick(dialog.ui.lawsuit_result_code, "判决维持")
    dialog.ui.save_button.click()
    assert [each.result_code for each in clerk.case(sued.case_id).lawsuits] == ["", "upheld"]


def test_the_limitation_stands_above_it(shown: Shown, clerk: Clerk) -> None:
    head = shown.topic.page.ui.head_text
    assert not head.isHidden()
    interrupted, owed = head.text().split("\n")
    assert interrupted.startswith("2026-11-23申请调解。")
    assert "诉讼时效从2027-01-31起算，到2030-01-31（未确认）为止（民事诉讼时效，36个月" in owed
    clerk.do(record_lawsuit, shown.case_id, 1, **SUED)
    shown.refresh()
    assert "已有起诉；权利人起诉的，诉讼时效中断" in head.text()


def test_without_an_agreement_that_binds_nothing_is_offered(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    shown = Shown(desk, BreachTopic, clerk.frozen(), qtbot)
    assert shown.cells == []
    assert shown.offered() == []
    assert "协议生效后" in shown.topic.page.ui.empty_text.text()


def test_whoever_may_not_follow_up_is_told_so(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    shown = Shown(desk, BreachTopic, clerk.closed(), qtbot)
    works_as(desk, Role.ARCHIVIST)
    assert shown.offered() == []
    assert "没有“回访结案”权限" in shown.button("record_breach_button").toolTip()


@pytest.mark.parametrize(
    ("service", "said", "mark"),
    [(record_breach, BROKEN, "违约未处理"), (record_lawsuit, SUED, "诉讼中")],
)
def test_the_topic_is_marked(
    desk: Desk, clerk: Clerk, qtbot: QtBot, service: Any, said: dict[str, Any], mark: str
) -> None:
    case_id = clerk.performing()
    clerk.do(service, case_id, 1, **said)
    tab = ProcedureTab(desk)
    qtbot.addWidget(tab)
    tab.show_case(clerk.case(case_id))
    tab.open_topic("breach")
    assert isinstance(tab.ui.pages.currentWidget(), BreachTopic)
    assert tab.ui.topics.currentItem().text() == f"违约与诉讼　{mark}"
