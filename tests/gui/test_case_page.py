"""The page of a case: its header, its tabs made when they are looked at, one load for each change."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.gui import case_page
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.case_tabs import TABS, make_tab
from mediation_desk.gui.desk import Desk
from mediation_desk.services.clocks import stop_clock
from mediation_desk.services.intake import ask_willingness
from mediation_desk.store.cases import CaseRecords
from tests.desk import TODAY, claimant, respondent
from tests.desk import Desk as Clerk
from tests.gui.looking import bring_up, found, said_in_a_box


class NotingTab(QWidget):
    """Stands in for a tab and notes what the page does with it."""

    tab_wanted = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.shown: list[str] = []
        self.left = 0
        self.topics: list[str] = []

    def open_topic(self, key: str) -> None:
        self.topics.append(key)

    def show_case(self, case: Case) -> None:
        self.shown.append(case.number or "未编号")

    def leave(self) -> None:
        self.left += 1


@pytest.fixture
def tabs(monkeypatch: pytest.MonkeyPatch) -> dict[str, NotingTab]:
    """The tabs that were made, by their keys."""
    made: dict[str, NotingTab] = {}

    def make(key: str, _desk: Desk) -> NotingTab:
        made[key] = NotingTab(key)
        return made[key]

    monkeypatch.setattr(case_page, "make_tab", make)
    monkeypatch.setattr(case_page, "OverviewTab", NotingTab)
    return made


@pytest.fixture
def page(desk: Desk, tabs: dict[str, NotingTab], qtbot: QtBot) -> CasePage:
    page = CasePage(desk)
    qtbot.addWidget(page)
    bring_up(page, qtbot)
    return page


@contextmanager
def counted_loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    loads: list[int] = []
    get = CaseRecords.get

    def noted(records: CaseRecords, case_id: int) -> Case:
        loads.append(case_id)
        return get(records, case_id)

    with monkeypatch.context() as patch:
        patch.setattr(CaseRecords, "get", noted)
        yield loads


def test_the_header_says_what_it_is_and_where_it_stands(page: CasePage, clerk: Clerk) -> None:
    ui = page.ui
    page.show_case(clerk.registered(dispute_kind="02"))
    assert (ui.stage_text.text(), ui.number_text.text()) == ("已登记", "未编号")
    assert ui.waiting_text.text() == "等：当事人表态"
    assert ui.title_text.text() == "张三与李四邻里纠纷"
    assert ui.parties_text.text() == "申请方：张三　被申请方：李四"
    assert not ui.safety_mark.isVisible()
    page.show_case(clerk.accepted())
    assert (ui.stage_text.text(), ui.number_text.text()) == ("已受理", "（2026）东人调字第1号")


def test_danger_is_seen_at_once(page: CasePage, clerk: Clerk) -> None:
    page.show_case(clerk.registered(safety_flags=("violence",), safety_note="曾持械"))
    assert page.ui.safety_mark.isVisible()
    assert page.ui.safety_mark.text() == "注意安全：暴力倾向　曾持械"


def test_many_parties_are_counted(page: CasePage, clerk: Clerk) -> None:
    group = tuple(claimant(no, f"张{no}") for no in range(3, 10))
    page.show_case(clerk.registered(parties=(*group, respondent())))
    assert page.ui.parties_text.text() == "申请方：张3、张4、张5、张6等7方　被申请方：李四"


def test_a_tab_is_made_when_it_is_looked_at(page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk) -> None:
    page.show_case(clerk.registered())
    assert list(tabs) == ["overview"]
    page.open_tab("papers")
    assert list(tabs) == ["overview", "papers"]
    assert tabs["papers"].shown == ["未编号"]


def test_a_case_is_loaded_once_however_many_tabs_are_looked_at(
    page: CasePage, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.registered()
    with counted_loads(monkeypatch) as loads:
        page.show_case(case_id)
        for key, _ in TABS:
            page.open_tab(key)
    assert loads == [case_id]


def test_a_change_is_shown_at_once_in_the_tab_one_looks_at_and_later_in_the_others(
    page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.registered()
    page.show_case(case_id)
    page.open_tab("timeline")
    clerk.do(ask_willingness, case_id, [1], Answer.AGREES, asked_at=clerk.now)
    with counted_loads(monkeypatch) as loads:
        page.desk.changed.emit()
        assert (len(tabs["overview"].shown), len(tabs["timeline"].shown)) == (1, 2)
        page.open_tab("overview")
        page.open_tab("timeline")
    assert (len(tabs["overview"].shown), len(tabs["timeline"].shown)) == (2, 2)
    assert loads == [case_id]


def test_a_hidden_page_reads_when_it_is_shown_again(
    page: CasePage, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = clerk.registered()
    page.show_case(case_id)
    page.hide()
    with counted_loads(monkeypatch) as loads:
        page.desk.changed.emit()
        page.desk.changed.emit()
        assert loads == []
        page.show()
    assert loads == [case_id]


def test_another_case_begins_at_its_first_tab_and_drafts_are_kept_before(
    page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk
) -> None:
    page.show_case(clerk.registered())
    page.open_tab("sessions")
    page.show_case(clerk.accepted())
    assert tabs["sessions"].left == 1
    assert page.ui.tabs.currentIndex() == 0
    assert tabs["overview"].shown == ["未编号", "（2026）东人调字第1号"]
    assert tabs["sessions"].shown == ["未编号"], "the other case is shown when the tab is looked at"
    page.open_tab("sessions")
    assert tabs["sessions"].shown[-1] == "（2026）东人调字第1号"


def test_the_same_case_stays_at_its_tab(page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk) -> None:
    case_id = clerk.registered()
    page.show_case(case_id)
    page.open_tab("parties")
    page.show_case(case_id)
    assert page.ui.tabs.tabText(page.ui.tabs.currentIndex()) == "当事人"
    assert tabs["parties"].left == 0


def test_leaving_the_program_keeps_what_is_half_typed(page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk) -> None:
    page.show_case(clerk.registered())
    page.leave()
    assert tabs["overview"].left == 1


def test_the_overview_leads_to_another_tab(page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk) -> None:
    page.show_case(clerk.registered())
    tabs["overview"].tab_wanted.emit("agreement")
    assert "agreement" in tabs


def test_the_overview_leads_to_a_topic_of_a_tab(page: CasePage, tabs: dict[str, NotingTab], clerk: Clerk) -> None:
    page.show_case(clerk.registered())
    tabs["overview"].tab_wanted.emit("procedure/referrals")
    assert tabs["procedure"].topics == ["referrals"]
    assert page.ui.tabs.tabText(page.ui.tabs.currentIndex()) == "程序"


def test_a_case_that_is_gone_is_told_and_shows_nothing_of_another(page: CasePage, clerk: Clerk) -> None:
    page.show_case(clerk.registered())
    page.show_case(4711)
    assert "找不到这个案件" in said_in_a_box(page)
    assert page.ui.title_text.text() == ""
    assert not page.ui.tabs.isEnabled()


def test_keys_lead_back_and_to_the_tabs(page: CasePage, clerk: Clerk, qtbot: QtBot) -> None:
    page.show_case(clerk.registered())
    QTest.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.ui.tabs.tabText(page.ui.tabs.currentIndex()) == "过程"
    with qtbot.waitSignal(page.desk.page_wanted) as wanted:
        QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wanted.args == ["cases"]


def test_before_any_case_nothing_is_read(page: CasePage, monkeypatch: pytest.MonkeyPatch) -> None:
    with counted_loads(monkeypatch) as loads:
        page.desk.changed.emit()
        page.refresh()
    assert loads == []


@pytest.mark.parametrize("key", [key for key, _ in TABS])
def test_every_tab_shows_a_case_from_beginning_to_end(desk: Desk, clerk: Clerk, qtbot: QtBot, key: str) -> None:
    tab = make_tab(key, desk)
    qtbot.addWidget(tab)
    for case_id in (clerk.registered(), clerk.in_mediation()):
        tab.show_case(clerk.case(case_id))


def test_a_stage_that_changes_is_seen_in_the_header(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_case(clerk.willing())
    found(page, QPushButton, "decision_button").click()
    found(page, QPushButton, "save_button").click()
    assert page.ui.stage_text.text() == "已受理"


def test_no_key_does_two_things_at_once(desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_case(clerk.in_mediation())
    for key, _ in TABS:
        page.open_tab(key)
        shown = [widget for widget in (page, *page.findChildren(QWidget)) if widget.isVisible()]
        actions = [action for widget in shown for action in widget.actions() if action.isEnabled()]
        pressed = Counter(each.toString() for action in actions for each in action.shortcuts())
        assert [each for each, times in pressed.items() if times > 1] == [], key


def test_a_suspended_case_says_so_on_every_tab(page: CasePage, clerk: Clerk) -> None:
    case_id = clerk.in_mediation()
    page.show_case(case_id)
    assert not page.ui.suspended_mark.isVisible()
    clerk.do(stop_clock, case_id, ClockKind.MEDIATION, reason_code="waiting", since=TODAY, reason="等账单")
    page.refresh()
    assert page.ui.suspended_mark.isVisible()
    assert page.ui.suspended_mark.text() == "已暂停：2026-11-23起，等待对方答复或补充材料：等账单"
