"""The list of what is due counts everything, and reads the cases of what is in sight."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.due_model import DueModel, due_line
from mediation_desk.gui.line_model import RED, show_lines_in
from mediation_desk.services.today import NAMED_AT_ONCE, Due, DueKind, Grade
from mediation_desk.store.cases import CaseRow
from tests.desk import NOW, TODAY, statements
from tests.desk import Desk as Clerk

Filled = Callable[[int], DueModel]
LONG_AGO = date(2026, 11, 2)


@pytest.fixture
def filled(desk: Desk, clerk: Clerk) -> Filled:
    """A list of so many late decisions, all of one case, as its first look leaves it."""
    case_id = clerk.registered()

    def made(number: int) -> DueModel:
        model = DueModel(desk)
        [row] = desk.look(lambda records, _: records.cases.rows([case_id]))
        dues = [Due(case_id, DueKind.DECISION, LONG_AGO, Grade.LATE, "")] * number
        model.show_dues(dues, {case_id: row}, TODAY)
        return model

    return made


def test_a_line_names_its_case_and_leads_to_it(filled: Filled, qtmodeltester: ModelTester) -> None:
    model = filled(1)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    [line] = model.lines
    assert list(line.cells) == ["逾期21天", "2026-11-02", "决定是否受理", "中心", "张三与李四", ""]
    assert line.tone is RED
    assert model.index(0, 0).data(Qt.ItemDataRole.UserRole) == line.key


def test_nothing_is_read_for_the_first_lines_and_each_further_page_is_one_look(filled: Filled, desk: Desk) -> None:
    with statements(desk.database) as of_the_first:
        model = filled(2 * NAMED_AT_ONCE + 1)
    assert model.rowCount() == NAMED_AT_ONCE
    with statements(desk.database) as of_one_page:
        model.fetchMore()
    assert len(of_one_page) == len(of_the_first)  # the fixture's own look at the one case
    model.fetchMore()
    assert {tuple(line.cells) for line in model.lines} == {tuple(model.lines[0].cells)}
    assert (model.rowCount(), model.canFetchMore()) == (2 * NAMED_AT_ONCE + 1, False)


def test_no_late_thing_falls_off_a_view_that_is_scrolled_to_its_end(filled: Filled, qtbot: QtBot) -> None:
    model, view = filled(3 * NAMED_AT_ONCE), QTreeView()
    qtbot.addWidget(view)
    show_lines_in(view, model)
    view.show()

    def scroll() -> None:
        view.scrollToBottom()
        assert model.rowCount() == 3 * NAMED_AT_ONCE

    qtbot.waitUntil(scroll)


def test_a_new_list_begins_with_its_first_lines_again(filled: Filled) -> None:
    model = filled(NAMED_AT_ONCE + 1)
    model.fetchMore()
    model.show_dues([], {}, TODAY)
    assert (model.rowCount(), model.canFetchMore()) == (0, False)


def test_a_case_that_cannot_be_read_leaves_its_line_with_the_day(
    filled: Filled, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotSave("读不出来。")

    model = filled(NAMED_AT_ONCE + 1)
    monkeypatch.setattr(desk, "look", refuse)
    model.fetchMore()
    assert list(model.lines[-1].cells) == ["逾期21天", "2026-11-02", "决定是否受理", "中心", "", ""]


@pytest.mark.parametrize(
    ("due", "mediators", "whom"),
    [
        (Due(1, DueKind.MEDIATION, TODAY, Grade.TODAY, ""), "赵和", "赵和"),
        (Due(1, DueKind.MEDIATION, TODAY, Grade.TODAY, ""), "", "中心"),
        (Due(1, DueKind.CONFIRMATION, TODAY, Grade.TODAY, ""), "赵和", "双方当事人"),
        (Due(1, DueKind.PERFORMANCE, TODAY, Grade.TODAY, "", whom="李四"), "赵和", "李四"),
        (Due(1, DueKind.SUPERVISION, TODAY, Grade.TODAY, "", whom="示例所"), "赵和", "示例所"),
    ],
)
def test_a_line_says_whose_turn_it_is(due: Due, mediators: str, whom: str) -> None:
    row = CaseRow(1, "", "performing", NOW, "", "张三", "李四", mediators, "", [])
    assert due_line(due, row, TODAY).cells[3] == whom
