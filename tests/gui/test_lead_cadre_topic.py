"""领导包案 in the window: taken on, visited, ended; nothing about a visit is proposed."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.lead_cadre_dialogs import EndLeadDialog, TakeOnDialog, VisitDialog
from mediation_desk.gui.lead_cadre_topic import LeadCadreTopic
from mediation_desk.gui.procedure_topics import mark_of
from mediation_desk.services.lead_cadres import take_on_case
from tests.desk import TODAY
from tests.desk import Desk as Clerk
from tests.gui.looking import refusal_at
from tests.gui.people import works_as
from tests.gui.topics import Shown


@pytest.fixture
def shown(desk: Desk, clerk: Clerk, qtbot: QtBot) -> Shown:
    return Shown(desk, LeadCadreTopic, clerk.accepted(), qtbot)


@pytest.fixture
def taken(shown: Shown, clerk: Clerk) -> Shown:
    clerk.do(take_on_case, shown.case_id, name="示例领导", post="副区长")
    shown.refresh()
    return shown


def test_a_case_is_taken_on(shown: Shown, clerk: Clerk) -> None:
    assert shown.offered() == ["take_on"]
    dialog = shown.press_key(1, TakeOnDialog)
    dialog.ui.save_button.click()
    assert "请填写包案领导的姓名" in refusal_at(dialog, "cadre_name")
    dialog.ui.cadre_name.setText("示例领导")
    dialog.ui.post.setText("副区长")
    dialog.ui.save_button.click()
    assert shown.cells == [("示例领导", "副区长", "2026-11-23", "包案中，还没有走访")]
    assert "示例领导（副区长），2026-11-23起包案" in shown.text
    assert mark_of("lead_cadre", clerk.case(shown.case_id), shown.desk.rules, TODAY) == "示例领导"


def test_a_visit_begins_with_empty_fields_and_is_kept(taken: Shown, clerk: Clerk) -> None:
    dialog = taken.press("visit_button", VisitDialog)
    ui = dialog.ui
    assert (ui.visited_on.text(), ui.manner.text(), ui.visit_situation.toPlainText()) == ("", "", "")
    ui.visited_on.setText("今天")
    ui.save_button.click()
    assert "请写走访情况" in refusal_at(dialog, "visit_situation")
    ui.manner.setText("下访")
    ui.visit_situation.setPlainText("看了现场。")
    ui.save_button.click()
    [visit] = clerk.case(taken.case_id).lead_cadres[0].visits
    assert (visit.visited_on, visit.manner) == (TODAY, "下访")
    assert taken.cells[0][-1] == "包案中，走访1次"
    assert "2026-11-23下访" in taken.text


def test_the_end_is_kept_with_its_result(taken: Shown, clerk: Clerk) -> None:
    dialog = taken.press("end_lead_button", EndLeadDialog)
    dialog.ui.save_button.click()
    assert "请写明包案的结果" in refusal_at(dialog, "cadre_result")
    dialog.ui.cadre_result.setPlainText("双方谈妥")
    dialog.ui.save_button.click()
    assert taken.cells[0][-1] == "2026-11-23结束，还没有走访"
    assert taken.text.endswith("2026-11-23结束：双方谈妥")
    assert taken.offered() == ["take_on", "visit"]
    assert mark_of("lead_cadre", clerk.case(taken.case_id), taken.desk.rules, TODAY) == ""


def test_whoever_follows_up_may_tell_of_a_visit_only(taken: Shown) -> None:
    works_as(taken.desk, Role.CLERK)
    assert taken.offered() == ["visit"]
