"""案件: what the list shows after each condition, and which conditions are kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.gui import cases_page
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.services.triage import decline, triage
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent


@pytest.fixture(autouse=True)
def settings_of_their_own(tmp_path: Path) -> Iterator[None]:
    """Nothing of a test stays in the settings of whoever runs it."""
    before = QCoreApplication.organizationName(), QCoreApplication.applicationName(), QSettings.defaultFormat()
    QCoreApplication.setOrganizationName("mediation-desk-tests")
    QCoreApplication.setApplicationName("cases-page")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    QCoreApplication.setOrganizationName(before[0])
    QCoreApplication.setApplicationName(before[1])
    QSettings.setDefaultFormat(before[2])


@pytest.fixture
def three_cases(clerk: Clerk) -> tuple[int, int, int]:
    """One just registered (李四), one given to the lawyer (王五), one not accepted (赵六)."""
    registered = clerk.registered(dispute_kind="02")
    assigned = clerk.assigned(parties=(claimant(), respondent(name="王五")))
    declined = clerk.registered(parties=(claimant(), respondent(name="赵六")), dispute_kind="10")
    clerk.do(triage, assigned, path="M1", dispute_kind="06")
    clerk.do(decline, declined, reason_code="not_civil")
    return registered, assigned, declined


@pytest.fixture
def page(desk: Desk, three_cases: tuple[int, int, int], qtbot: QtBot) -> CasesPage:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def respondents(page: CasesPage) -> list[str]:
    return [page.model.index(row, 2).data() for row in range(page.model.rowCount())]


def take_in_another(desk: Desk, clerk: Clerk) -> None:
    clerk.registered(parties=(claimant(), respondent(name="孙七")))
    desk.changed.emit()


def choose(page: CasesPage, field: str, label: str) -> None:
    combo = page.findChild(QComboBox, field)
    assert combo is not None
    combo.setCurrentIndex(combo.findText(label, Qt.MatchFlag.MatchContains))


def test_all_cases_are_shown_the_newest_first_and_counted(page: CasesPage) -> None:
    assert respondents(page) == ["赵六", "王五", "李四"]
    assert page.ui.count_text.text() == "共3件"
    assert page.ui.empty_text.isHidden()


@pytest.mark.parametrize(
    ("field", "label", "shown"),
    [
        ("stage", "在办", ["王五", "李四"]),
        ("stage", "已结", ["赵六"]),
        ("stage", "已指派", ["王五"]),
        ("dispute_kind", "邻里纠纷", ["李四"]),
        ("mediator", "钱律师", ["王五"]),
    ],
)
def test_a_choice_narrows_the_list(page: CasesPage, field: str, label: str, shown: list[str]) -> None:
    choose(page, field, label)
    assert respondents(page) == shown


def test_backlog_cases_are_listed_also_while_one_types(page: CasesPage, clerk: Clerk, qtbot: QtBot) -> None:
    for name in ("周八", "吴九"):
        parties = (claimant(), respondent(name=name))
        clerk.registered(parties=parties, requested_on=clerk.now.date() - timedelta(days=400))
    page.refresh()
    choose(page, "stage", "积案")
    assert respondents(page) == ["吴九", "周八"]
    assert page.ui.count_text.text() == "共2件"
    page.ui.query.setText("周八")
    qtbot.waitUntil(lambda: respondents(page) == ["周八"])


def test_typing_narrows_the_list_when_it_rests(page: CasesPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.ui.query, "13")
    page.ui.query.setText("李四")
    qtbot.waitUntil(lambda: respondents(page) == ["李四"])


def test_a_period_narrows_the_list(page: CasesPage, qtbot: QtBot) -> None:
    page.ui.until.setFocus()
    QTest.keyClicks(page.ui.until, "11-22")
    QTest.keyClick(page.ui.until, Qt.Key.Key_Return)
    assert respondents(page) == []
    assert page.ui.empty_text.isVisible()
    assert not page.ui.case_table.isVisible()


@pytest.mark.parametrize(
    ("since", "until", "field"), [("13-45", "", "since"), ("", "从前", "until"), ("11-20", "11-19", "since")]
)
def test_a_day_that_makes_no_sense_is_refused_at_its_field(page: CasesPage, since: str, until: str, field: str) -> None:
    page.ui.since.setText(since)
    page.ui.until.setText(until)
    page.refresh()
    refused = page.findChild(QLineEdit, field)
    assert refused is not None
    assert refused.accessibleDescription()
    assert respondents(page) == ["赵六", "王五", "李四"]


def test_a_search_forgets_the_other_conditions(page: CasesPage) -> None:
    choose(page, "stage", "已结")
    page.search(" 李四 ")
    assert respondents(page) == ["李四"]
    assert page.ui.query.text() == "李四"


def test_clearing_shows_everything_again(page: CasesPage) -> None:
    page.search("李四")
    page.ui.clear_button.click()
    assert len(respondents(page)) == 3


def test_enter_opens_the_selected_case(page: CasesPage, three_cases: tuple[int, int, int], qtbot: QtBot) -> None:
    page.ui.case_table.selectRow(1)
    with qtbot.waitSignal(page.desk.case_wanted) as wanted:
        QTest.keyClick(page.ui.case_table, Qt.Key.Key_Return)
    assert wanted.args == [three_cases[1]]


def test_the_selected_case_stays_selected_when_another_comes_in(page: CasesPage, clerk: Clerk) -> None:
    page.ui.case_table.selectRow(2)
    take_in_another(page.desk, clerk)
    assert respondents(page)[0] == "孙七"
    assert page.ui.case_table.currentIndex().row() == 3


def test_a_hidden_list_reads_when_it_is_shown_again(page: CasesPage, clerk: Clerk) -> None:
    page.hide()
    take_in_another(page.desk, clerk)
    assert len(respondents(page)) == 3
    page.show()
    assert len(respondents(page)) == 4


@pytest.mark.parametrize(
    ("field", "label", "shown"),
    [
        ("due", "期限今天到期", []),
        ("due", "期限七日内", ["李四"]),
        ("waiting", "当事人表态", ["李四"]),
        ("waiting", "调解员", ["王五"]),
        ("waiting", "中心结案", []),
    ],
)
def test_what_presses_and_whose_turn_it_is_narrows_the_list(
    page: CasesPage, field: str, label: str, shown: list[str]
) -> None:
    combo = page.findChild(QComboBox, field)
    assert combo is not None
    [found] = [row for row in range(combo.count()) if combo.itemText(row).startswith(label)][-1:]
    combo.setCurrentIndex(found)
    assert respondents(page) == shown


def test_due_cases_are_asked_for_once_while_somebody_types(
    page: CasesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, "due", "期限七日内")
    monkeypatch.setattr(cases_page, "cases_due", lambda *_, **__: pytest.fail("asked again"))
    page.ui.query.setText("王五")
    qtbot.waitUntil(lambda: respondents(page) == [])
    page.ui.query.setText("李四")
    qtbot.waitUntil(lambda: respondents(page) == ["李四"])


def test_a_case_that_moved_on_leaves_the_list_of_those_that_wait(
    page: CasesPage, clerk: Clerk, three_cases: tuple[int, int, int]
) -> None:
    choose(page, "waiting", "当事人表态")
    clerk.do(decline, three_cases[0], reason_code="not_civil")
    page.desk.changed.emit()
    assert respondents(page) == []


def test_the_first_lines_of_a_long_list_are_there_at_once_and_the_others_follow(
    desk: Desk, clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_page, "AT_ONCE", 4)
    ids = [clerk.registered() for _ in range(9)]
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert page.model.rowCount() == 4
    assert page.ui.count_text.text() == "共9件"
    qtbot.waitUntil(lambda: page.model.rowCount() == 9)
    shown = [page.model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(9)]
    assert shown == sorted(ids, reverse=True)


def test_how_many_match_is_told_when_the_list_was_read_to_its_end(
    desk: Desk, clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_page, "AT_ONCE", 2)
    for _ in range(5):
        clerk.registered(dispute_kind="02")
    page = CasesPage(desk)
    qtbot.addWidget(page)
    choose(page, "dispute_kind", "邻里纠纷")
    assert page.ui.count_text.text() == "正在清点…"
    qtbot.waitUntil(lambda: page.ui.count_text.text() == "共5件")


def test_a_list_that_nobody_waits_for_any_more_is_not_shown(
    desk: Desk, clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_page, "AT_ONCE", 2)
    for kind in ("02", "02", "02", "10", "10", "10", "10"):
        clerk.registered(dispute_kind=kind)
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    choose(page, "dispute_kind", "邻里纠纷")
    qtbot.waitUntil(lambda: page.ui.count_text.text() == "共3件")
    assert page.model.rowCount() == 3


def test_a_click_on_a_heading_sorts_and_another_turns_the_list(page: CasesPage) -> None:
    header = page.ui.case_table.horizontalHeader()
    header.setSortIndicator(4, Qt.SortOrder.AscendingOrder)
    upwards = [page.model.index(row, 4).data() for row in range(3)]
    header.setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    downwards = [page.model.index(row, 4).data() for row in range(3)]
    assert upwards == ["已指派", "不予受理", "已登记"]
    assert downwards == upwards[::-1]


def test_a_heading_that_has_no_order_leaves_the_list_and_its_arrow(page: CasesPage) -> None:
    header = page.ui.case_table.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert respondents(page) == ["赵六", "王五", "李四"]
    assert header.sortIndicatorSection() == 6
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
