"""Giving waiting cases out together: proposals from beside the window, ticked and changed by a person."""

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Answer
from mediation_desk.domain.mediator import Appointment
from mediation_desk.gui.backlog_dialog import BacklogDialog
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from tests.desk import Desk as Clerk
from tests.gui.looking import pick, said_in_a_box

LAWYER, COUNSELLOR = 1, 2


@pytest.fixture
def cases(clerk: Clerk) -> list[int]:
    """Two cases that wait, and one in which a party refused; two people could take them."""
    with clerk.database.reading() as records:
        counsellor = records.mediators.get(COUNSELLOR)
    counsellor.appointments = [Appointment(committee_id=1, since=date(2025, 1, 1))]
    clerk.do(save_mediator, counsellor)
    found = [clerk.accepted() for _ in range(3)]
    clerk.do(ask_willingness, found[2], [1], Answer.REFUSES, asked_at=clerk.now)
    return found


@pytest.fixture
def dialog(desk: Desk, cases: list[int], place: QWidget, qtbot: QtBot) -> BacklogDialog:
    assert cases
    return opened(BacklogDialog(desk, place), qtbot)


def opened(dialog: BacklogDialog, qtbot: QtBot) -> BacklogDialog:
    dialog.open()
    qtbot.waitUntil(lambda: "正在统筹" not in dialog.form.state_text.text())
    return dialog


def index(dialog: BacklogDialog, case_id: int) -> QModelIndex:
    row = [each.case_id for each in dialog.model.rows].index(case_id)
    return dialog.model.index(row, 0)


def agree(dialog: BacklogDialog) -> None:
    dialog.form.save_button.click()
    for box in dialog.findChildren(QMessageBox, "question_box"):
        next(each for each in box.buttons() if each.text() == "未核实，仍要指派").click()


def test_each_case_has_a_proposal_or_says_why_not(dialog: BacklogDialog, cases: list[int]) -> None:
    rows = {row.case_id: row for row in dialog.model.rows}
    assert set(rows) == set(cases)
    assert dialog.form.state_text.text() == "共3件，将指派2件；1件没有人选"
    refused = index(dialog, cases[2])
    assert refused.siblingAtColumn(1).data() == "未指派"
    assert "张三已拒绝调解" in refused.siblingAtColumn(4).data()
    assert refused.data(Qt.ItemDataRole.CheckStateRole) is None
    assert refused.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert refused.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert index(dialog, cases[0]).siblingAtColumn(3).data().endswith("分")


def test_what_is_ticked_is_given_after_a_word_about_what_nobody_asked(
    dialog: BacklogDialog, cases: list[int], clerk: Clerk
) -> None:
    dialog.model.setData(index(dialog, cases[1]), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert "将指派1件" in dialog.form.state_text.text()
    dialog.form.save_button.click()
    assert "有1件没有核实调解员与当事人的关系" in said_in_a_box(dialog)
    assert clerk.case(cases[0]).assignments == []
    agree(dialog)
    assert len(clerk.case(cases[0]).active_assignments) == 1
    assert clerk.case(cases[0]).rankings[0].chosen_id == clerk.case(cases[0]).assignments[0].mediator_id
    assert clerk.case(cases[1]).assignments == []


def test_somebody_else_can_be_chosen_for_a_case(dialog: BacklogDialog, cases: list[int], clerk: Clerk) -> None:
    dialog.form.proposals.setCurrentIndex(index(dialog, cases[0]))
    now = index(dialog, cases[0]).siblingAtColumn(1).data()
    other = "孙咨询师" if now == "钱律师" else "钱律师"
    assert "在办0件" in dialog.form.reasons_text.text()
    assert "未核实与当事人关系" in dialog.form.reasons_text.text()
    choose_taker(dialog, other)
    assert index(dialog, cases[0]).siblingAtColumn(1).data() == other
    assert index(dialog, cases[0]).siblingAtColumn(4).data() == "改选"
    agree(dialog)
    given = clerk.case(cases[0]).assignments[0].mediator_id
    assert given == (COUNSELLOR if other == "孙咨询师" else LAWYER)


def choose_taker(dialog: BacklogDialog, name: str) -> None:
    pick(dialog.form.taker, name)
    dialog.form.taker.activated.emit(dialog.form.taker.currentIndex())


def test_a_case_can_be_left_for_later(dialog: BacklogDialog, cases: list[int]) -> None:
    for case_id in cases[:2]:
        dialog.form.proposals.setCurrentIndex(index(dialog, case_id))
        choose_taker(dialog, "暂不指派")
    assert dialog.form.state_text.text() == "共3件，将指派0件；3件没有人选"
    assert not dialog.form.save_button.isEnabled()
    choose_taker(dialog, "暂不指派")
    assert dialog.model.takers() == {}


def test_what_is_refused_is_said_and_nothing_is_given(dialog: BacklogDialog, cases: list[int], clerk: Clerk) -> None:
    clerk.do(ask_willingness, cases[0], [2], Answer.REFUSES, asked_at=clerk.now)
    agree(dialog)
    assert "李四已拒绝调解" in said_in_a_box(dialog)
    assert clerk.case(cases[1]).assignments == []
    assert dialog.isVisible()


def test_without_waiting_cases_it_says_so(desk: Desk, place: QWidget, qtbot: QtBot) -> None:
    dialog = opened(BacklogDialog(desk, place), qtbot)
    assert dialog.form.state_text.text() == "没有已受理而未指派的案件。"
    assert not dialog.form.save_button.isEnabled()
    assert not dialog.form.taker.isEnabled()


def test_with_everything_asked_no_question_is_put(dialog: BacklogDialog, cases: list[int], clerk: Clerk) -> None:
    for row in range(len(dialog.model.rows)):
        dialog.model.setData(dialog.model.index(row, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.save()
    assert clerk.case(cases[0]).assignments == []
    assert not dialog.isVisible()


def test_the_table_is_a_proper_model(dialog: BacklogDialog) -> None:
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal) == "案件"
    assert dialog.model.headerData(0, Qt.Orientation.Vertical) is None
    assert not dialog.model.setData(dialog.model.index(0, 1), "x")
    assert dialog.model.index(0, 0).data(Qt.ItemDataRole.UserRole) == dialog.model.rows[0].case_id
    assert dialog.model.rowCount(dialog.model.index(0, 0)) == dialog.model.columnCount(dialog.model.index(0, 0)) == 0
    assert dialog.model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_page_of_cases_opens_it(desk: Desk, qtbot: QtBot) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ui.backlog_button.click()
    [dialog] = page.findChildren(BacklogDialog)
    qtbot.waitUntil(lambda: "没有已受理" in dialog.form.state_text.text())
    dialog.reject()
