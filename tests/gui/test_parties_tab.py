"""当事人: who stands on which side, numbers masked until asked for; adding, correcting, removing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.party import Agent, AgentKind, PartyKind, Side
from mediation_desk.domain.rights import Role
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.gui.conflict_dialog import ConflictDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.parties_tab import PartiesTab
from mediation_desk.gui.party_dialog import PartyDialog
from mediation_desk.services.intake import correct
from mediation_desk.store.draft import Draft
from tests.desk import Desk as Clerk
from tests.desk import child, claimant, respondent
from tests.gui.conftest import new_uid
from tests.gui.looking import bring_up, items_of, said_in_a_box
from tests.gui.people import told_in_log, works_as

GUARDIAN = Agent(
    kind=AgentKind.STATUTORY, name="王父", relation="父亲", phone="13800000002", id_number="110000199001010013"
)


@pytest.fixture
def case_id(clerk: Clerk) -> int:
    firm = respondent(
        3, "北京东城物业有限公司", kind=PartyKind.ORGANISATION, uscc="91110000000000000X", id_number="",
        legal_representative="吴总",
    )  # fmt: skip
    first = claimant(birth_date=date(1990, 1, 1), id_paper="111", phone="13800000001", address="甲小区1号")
    return clerk.registered(parties=(first, child(2, agents=[GUARDIAN]), firm))


@pytest.fixture
def tab(desk: Desk, clerk: Clerk, case_id: int, qtbot: QtBot) -> PartiesTab:
    tab = PartiesTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_case(clerk.case(case_id))
    desk.changed.connect(lambda: tab.show_case(clerk.case(case_id)))
    return tab


def lines(tab: PartiesTab) -> list[list[str]]:
    """The cells of all lines, from top to bottom."""
    return [[item.text(column) for column in range(5)] for item in items_of(tab.ui.party_tree)]


def select(tab: PartiesTab, name: str) -> None:
    [item] = tab.ui.party_tree.findItems(name, Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchStartsWith)
    tab.ui.party_tree.setCurrentItem(item)


def dialog_of(tab: PartiesTab) -> PartyDialog:
    [dialog] = [each for each in tab.findChildren(PartyDialog) if each.isVisible()]
    return dialog


def test_everybody_stands_on_his_side_with_numbers_masked(tab: PartiesTab) -> None:
    assert lines(tab) == [
        ["申请方（1）", "", "", "", ""],
        ["张三", "36岁", "110000********0013", "138****0001", ""],
        ["被申请方（2）", "", "", "", ""],
        ["王小五", "7岁", "110000********0036", "", "无民事行为能力"],
        ["法定代理人：王父（父亲）", "", "110000********0013", "138****0002", ""],
        ["北京东城物业有限公司", "", "91110000000000000X", "", "法定代表人或负责人：吴总"],
    ]


def test_numbers_of_one_are_shown_on_request_and_masked_when_one_looks_away(tab: PartiesTab, qtbot: QtBot) -> None:
    bring_up(tab, qtbot)
    select(tab, "张三")
    QTest.keyClick(tab, Qt.Key.Key_F6)
    assert lines(tab)[1][2:4] == ["110000199001010013", "13800000001"]
    assert lines(tab)[3][2] == "110000********0036"
    assert tab.ui.reveal_button.text() == "隐藏全号"
    tab.hide()
    tab.show()
    assert lines(tab)[1][2:4] == ["110000********0013", "138****0001"]


def test_numbers_of_agents_are_shown_with_those_of_their_party(tab: PartiesTab) -> None:
    select(tab, "王小五")
    tab.ui.reveal_button.click()
    assert [line[2:4] for line in lines(tab)[3:5]] == [
        ["110000201812310036", ""],
        ["110000199001010013", "13800000002"],
    ]
    tab.ui.reveal_button.click()
    assert lines(tab)[4][2:4] == ["110000********0013", "138****0002"]


def test_showing_and_editing_whole_numbers_is_logged(tab: PartiesTab, desk: Desk) -> None:
    select(tab, "张三")
    tab.ui.reveal_button.click()
    assert told_in_log(desk) == ["证件号码和电话全号：张三"]
    select(tab, "王小五")
    tab.edit()
    desk.log.flush()
    assert told_in_log(desk)[1:] == ["证件号码和电话全号：王小五"]
    dialog_of(tab).reject()


def test_whoever_may_not_see_whole_numbers_is_told_so(tab: PartiesTab, desk: Desk) -> None:
    works_as(desk, Role.ARCHIVIST)
    select(tab, "张三")
    tab.reveal()
    assert "看证件和电话全号" in said_in_a_box(tab)
    assert lines(tab)[1][2] == "110000********0013"


def test_without_a_chosen_party_there_is_nothing_to_show(tab: PartiesTab, desk: Desk) -> None:
    select(tab, "申请方")
    tab.reveal()
    assert told_in_log(desk) == []


def test_a_child_without_guardian_is_pointed_out(tab: PartiesTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.registered(parties=(claimant(represents_group=True), child()))))
    hints = [line[4] for line in lines(tab)]
    assert hints == ["", "代表人", "", "无民事行为能力，签署前须登记法定代理人"]


def test_the_chosen_party_is_described(tab: PartiesTab) -> None:
    select(tab, "张三")
    assert tab.ui.party_text.text() == "张三　证件：居民身份证　住址：甲小区1号"
    select(tab, "北京东城物业")
    assert "还没有填写其他情况" in tab.ui.party_text.text()
    select(tab, "申请方")
    assert tab.ui.party_text.text() == ""
    assert not tab.ui.edit_button.isEnabled()


def test_a_party_is_added_under_a_new_number(tab: PartiesTab, clerk: Clerk, case_id: int) -> None:
    tab.ui.add_other_button.click()
    dialog = dialog_of(tab)
    dialog.ui.name.setText("赵六")
    dialog.ui.save.click()
    added = clerk.case(case_id).parties[-1]
    assert (added.no, added.name, added.side) == (4, "赵六", Side.OTHER)
    assert lines(tab)[-1][0] == "赵六"


@pytest.mark.parametrize(("button", "side"), [("add_claimant_button", "申请方"), ("add_respondent_button", "被申请方")])
def test_each_side_has_its_button(tab: PartiesTab, button: str, side: str) -> None:
    getattr(tab.ui, button).click()
    assert dialog_of(tab).ui.side.currentText() == side


def test_a_party_is_corrected_and_keeps_its_number_and_its_agents(tab: PartiesTab, clerk: Clerk, case_id: int) -> None:
    select(tab, "王小五")
    tab.ui.edit_button.click()
    dialog = dialog_of(tab)
    dialog.ui.name.setText("王小武")
    dialog.ui.save.click()
    corrected = clerk.case(case_id).party(2)
    assert corrected is not None
    assert (corrected.name, [agent.name for agent in corrected.agents]) == ("王小武", ["王父"])
    [chosen] = tab.ui.party_tree.selectedItems()
    assert chosen.text(0) == "王小武"


def test_enter_on_a_line_corrects_its_party(tab: PartiesTab) -> None:
    select(tab, "法定代理人：王父")
    tab.ui.party_tree.itemActivated.emit(tab.ui.party_tree.currentItem(), 0)
    assert dialog_of(tab).ui.name.text() == "王小五"


def test_what_the_case_refuses_is_told_in_the_dialog(tab: PartiesTab, clerk: Clerk, case_id: int) -> None:
    before = clerk.case(case_id)
    select(tab, "张三")
    tab.ui.edit_button.click()
    dialog = dialog_of(tab)
    dialog.ui.side.setCurrentText("其他方")
    dialog.ui.save.click()
    assert "请填写来访人" in said_in_a_box(dialog)
    assert dialog.isVisible()
    assert clerk.case(case_id).version_id == before.version_id


def answer(tab: PartiesTab, button: str) -> None:
    [box] = [each for each in tab.findChildren(QMessageBox, "question_box") if each.isVisible()]
    [wanted] = [each for each in box.buttons() if each.text() == button]
    wanted.click()


def test_a_party_nobody_refers_to_can_be_removed(tab: PartiesTab, clerk: Clerk, case_id: int) -> None:
    select(tab, "北京东城物业")
    tab.ui.remove_button.click()
    answer(tab, "移除")
    assert [party.name for party in clerk.case(case_id).parties] == ["张三", "王小五"]


def test_nobody_is_removed_by_mistake(tab: PartiesTab, clerk: Clerk, case_id: int) -> None:
    select(tab, "北京东城物业")
    tab.ui.remove_button.click()
    answer(tab, "取消")
    assert len(clerk.case(case_id).parties) == 3


def test_a_party_that_answered_cannot_be_removed(tab: PartiesTab, clerk: Clerk) -> None:
    willing = clerk.willing(parties=(claimant(), respondent(), respondent(3, "赵六")))
    tab.show_case(clerk.case(willing))
    select(tab, "李四")
    tab.ui.remove_button.click()
    answer(tab, "移除")
    assert "不能移除" in said_in_a_box(tab)
    assert len(clerk.case(willing).parties) == 3


def test_nothing_is_edited_or_removed_where_nobody_is_chosen(tab: PartiesTab) -> None:
    select(tab, "申请方")
    tab.edit()
    tab.remove()
    assert not [each for each in tab.findChildren(QDialog) if each.isVisible()]


def drafts(clerk: Clerk) -> list[Draft]:
    return clerk.write(lambda records: records.drafts.of_user(1))


def test_what_was_half_typed_when_the_program_ended_is_gone_on_with(
    tab: PartiesTab, desk: Desk, clerk: Clerk, case_id: int, qtbot: QtBot
) -> None:
    select(tab, "张三")
    tab.ui.edit_button.click()
    dialog_of(tab).ui.workplace.setText("东城机械厂")
    tab.leave()
    again = PartiesTab(desk)
    qtbot.addWidget(again)
    again.show_case(clerk.case(case_id))
    select(again, "王小五")
    again.edit()
    assert dialog_of(again).ui.name.text() == "王小五"
    dialog_of(again).reject()
    select(again, "张三")
    again.edit()
    dialog = dialog_of(again)
    assert (dialog.ui.name.text(), dialog.ui.workplace.text()) == ("张三", "东城机械厂")
    dialog.ui.save.click()
    assert clerk.case(case_id).parties[0].workplace == "东城机械厂"
    assert drafts(clerk) == []


def test_what_was_cancelled_is_forgotten(tab: PartiesTab, clerk: Clerk) -> None:
    select(tab, "张三")
    tab.ui.edit_button.click()
    dialog_of(tab).ui.workplace.setText("东城机械厂")
    tab.leave()
    assert len(drafts(clerk)) == 1
    dialog_of(tab).reject()
    assert drafts(clerk) == []


def test_what_came_in_while_a_party_was_typed_is_shown_and_kept(tab: PartiesTab, clerk: Clerk, desk: Desk) -> None:
    assert tab.case is not None
    case_id = tab._case_id
    select(tab, "张三")
    tab.edit()
    dialog = dialog_of(tab)
    now = clerk.case(case_id)
    others = replace(intake_of(now, new_uid()), remark="对方来过电话")
    clerk.do(correct, case_id, now.version_id, others)
    tab.show_case(clerk.case(case_id))
    dialog.ui.phone.setText("13800000002")
    dialog.ui.save.click()
    [both] = dialog.findChildren(ConflictDialog)
    both.ui.save_button.click()
    kept = clerk.case(case_id)
    assert (kept.remark, kept.parties[0].phone) == ("对方来过电话", "13800000002")
    assert not dialog.isVisible()
