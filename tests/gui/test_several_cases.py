"""Several cases are chosen in the list, stay chosen while it changes, and are dealt with together."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from mediation_desk.gui import cases_page, several_cases
from mediation_desk.gui.backlog_dialog import BacklogDialog
from mediation_desk.gui.bulk_triage_dialog import BulkTriageDialog
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from tests.desk import Desk as Clerk
from tests.gui.looking import said_in_a_box


@pytest.fixture
def page(desk: Desk, clerk: Clerk, qtbot: QtBot) -> CasesPage:
    """Five cases, the newest first: 5 and 2 wait for a mediator, the others were only registered."""
    for number in range(1, 6):
        clerk.accepted() if number in (2, 5) else clerk.registered()
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def choose_rows(page: CasesPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.ui.case_table.clearSelection()
    for row in rows:
        page.ui.case_table.selectionModel().select(page.model.index(row, 0), flags)


def dialog_of(page: CasesPage, kind: type[QDialog]) -> QDialog:
    dialog = page.findChild(kind)
    assert dialog is not None
    return dialog


def test_how_many_are_chosen_is_told(page: CasesPage) -> None:
    assert page.ui.count_text.text() == "共5件"
    choose_rows(page, 0, 2, 4)
    assert page.ui.count_text.text() == "共5件，选中3件"
    assert page._several.ids() == [5, 3, 1]
    QTest.keyClick(page.ui.case_table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.ui.count_text.text() == "共5件，选中5件"


def test_chosen_cases_stay_chosen_when_another_comes_in(page: CasesPage, desk: Desk, clerk: Clerk) -> None:
    choose_rows(page, 0, 2)
    clerk.registered()
    desk.changed.emit()
    assert page._several.ids() == [5, 3]


def test_chosen_cases_further_down_a_long_list_stay_chosen_too(
    page: CasesPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_page, "AT_ONCE", 2)
    choose_rows(page, 0, 3)
    desk.changed.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 5)
    assert page._several.ids() == [5, 2]


def test_chosen_cases_are_triaged_together(page: CasesPage) -> None:
    choose_rows(page, 2, 4)
    page.ui.bulk_triage_button.click()
    dialog = dialog_of(page, BulkTriageDialog)
    assert isinstance(dialog, BulkTriageDialog)
    assert list(dialog.case_ids) == [3, 1]
    dialog.reject()


def test_only_chosen_cases_are_given_out(page: CasesPage, qtbot: QtBot) -> None:
    choose_rows(page, 2, 3)
    page.ui.backlog_button.click()
    dialog = dialog_of(page, BacklogDialog)
    assert isinstance(dialog, BacklogDialog)
    qtbot.waitUntil(lambda: "正在统筹" not in dialog.form.state_text.text())
    assert dialog.windowTitle() == "批量指派：选中的2件"
    assert [row.case_id for row in dialog.model.rows] == [2]
    dialog.reject()


def test_a_key_that_is_held_down_while_the_list_is_read_anew_chooses_nothing_more(
    page: CasesPage, clerk: Clerk
) -> None:
    QTest.keyPress(page.ui.case_table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.registered()
    page.refresh()
    assert page._several.ids() == [5]
    QTest.keyRelease(page.ui.case_table, Qt.Key.Key_S)


def test_with_one_line_chosen_all_that_wait_are_given_out(page: CasesPage, qtbot: QtBot) -> None:
    choose_rows(page, 2)
    page.ui.backlog_button.click()
    dialog = dialog_of(page, BacklogDialog)
    assert isinstance(dialog, BacklogDialog)
    qtbot.waitUntil(lambda: "正在统筹" not in dialog.form.state_text.text())
    assert [row.case_id for row in dialog.model.rows] == [5, 2]
    dialog.reject()


def test_more_than_somebody_can_have_looked_at_are_refused(page: CasesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several_cases, "MOST", 2)
    choose_rows(page, 0, 1, 2)
    page.ui.bulk_triage_button.click()
    assert page.findChild(BulkTriageDialog) is None
    assert said_in_a_box(page) == "一次最多办理2件，现在选中3件。请用条件缩小范围，分几次选。"
