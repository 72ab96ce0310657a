"""概况 shows the facts as text, offers what makes sense and leads to the next step."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.triage import decline
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent
from tests.gui.looking import found


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> OverviewTab:
    tab = OverviewTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    return tab


def opened(tab: OverviewTab) -> list[str]:
    return [type(each).__name__ for each in tab.findChildren(QDialog) if each.isVisible()]


def test_texts_are_shown_as_they_were_typed(tab: OverviewTab, clerk: Clerk) -> None:
    parties = (claimant(name="<b>张&三"), respondent())
    tab.show_case(clerk.case(clerk.registered(matter="<i>漏水</i> & 争吵", parties=parties)))
    assert tab.ui.matter_text.text() == "<i>漏水</i> & 争吵"
    assert "<b>张&三" in tab.ui.willingness_text.text()
    for label in (tab.ui.matter_text, tab.ui.willingness_text, tab.ui.next_text):
        assert label.textFormat().name == "PlainText"


def test_only_what_could_be_asked_is_offered(tab: OverviewTab, clerk: Clerk) -> None:
    ui = tab.ui
    tab.show_case(clerk.case(clerk.registered()))
    buttons = (ui.decision_button, ui.void_number_button, ui.assign_button, ui.relieve_button, ui.outcome_button)
    assert [button.isEnabled() for button in buttons] == [True, False, False, False, False]
    tab.show_case(clerk.case(clerk.assigned()))
    assert [button.isEnabled() for button in buttons] == [True, True, True, True, True]
    case_id = clerk.registered()
    clerk.do(decline, case_id, reason_code="not_civil")
    clerk.do(close_case, case_id)
    tab.show_case(clerk.case(case_id))
    assert not ui.close_case_button.isEnabled()
    assert not ui.decision_button.isEnabled()


@pytest.mark.parametrize(
    ("button", "dialog"),
    [
        ("correct_button", "CorrectDialog"),
        ("willingness_button", "WillingnessDialog"),
        ("triage_button", "TriageDialog"),
        ("decision_button", "DecisionDialog"),
        ("void_number_button", "VoidNumberDialog"),
        ("assign_button", "AssignDialog"),
        ("relieve_button", "RelieveDialog"),
        ("outcome_button", "OutcomeDialog"),
        ("close_case_button", "ClosingDialog"),
    ],
)
def test_every_step_has_its_dialog(tab: OverviewTab, clerk: Clerk, button: str, dialog: str) -> None:
    tab.show_case(clerk.case(clerk.assigned()))
    getattr(tab.ui, button).click()
    assert opened(tab) == [dialog]


def test_it_says_why_a_case_is_a_backlog_case(tab: OverviewTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.registered()))
    assert "积案" not in tab.ui.days_text.text()
    tab.show_case(clerk.case(clerk.registered(requested_on=clerk.now.date() - timedelta(days=400))))
    assert tab.ui.days_text.text().endswith("\n积案：登记400天未办结")


def test_a_closed_case_can_only_be_taken_up_again(tab: OverviewTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.registered()))
    assert (tab.ui.close_case_button.isEnabled(), tab.ui.reopen_button.isEnabled()) == (True, False)
    tab.show_case(clerk.case(clerk.closed()))
    assert (tab.ui.close_case_button.isEnabled(), tab.ui.reopen_button.isEnabled()) == (False, True)
    tab.ui.reopen_button.click()
    assert opened(tab) == ["ReopenDialog"]


def test_somebody_is_called_in_for_the_case_as_long_as_it_is_open(tab: OverviewTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.registered()))
    tab.ui.call_out_button.click()
    assert opened(tab) == ["CallOutBeginDialog"]
    tab.show_case(clerk.case(clerk.closed()))
    assert not tab.ui.call_out_button.isEnabled()


def test_the_next_step_opens_its_dialog(tab: OverviewTab, clerk: Clerk) -> None:
    tab.ui.next_button.click()
    assert opened(tab) == []
    tab.show_case(clerk.case(clerk.registered()))
    assert tab.ui.next_button.text() == "登记意愿"
    tab.ui.next_button.click()
    assert opened(tab) == ["WillingnessDialog"]


def test_the_next_step_leads_to_the_tab_where_it_is_done(tab: OverviewTab, clerk: Clerk, qtbot: QtBot) -> None:
    tab.show_case(clerk.case(clerk.assigned()))
    with qtbot.waitSignal(tab.tab_wanted) as wanted:
        tab.ui.next_button.click()
    assert wanted.args == ["sessions"]


def test_leaving_keeps_what_is_half_typed_in_a_dialog(tab: OverviewTab, clerk: Clerk) -> None:
    tab.show_case(clerk.case(clerk.registered()))
    tab.open_dialog("willingness")
    tab.open_dialog("correct")
    found(tab, QPlainTextEdit, "remark").setPlainText("写到一半")
    tab.leave()
    [draft] = clerk.write(lambda records: records.drafts.of_user(1))
    assert draft.content == {"remark": "写到一半"}
