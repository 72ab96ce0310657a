"""The list of cases reads what is looked at, by the page, and never everything."""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from mediation_desk.domain.errors import CannotSave
from mediation_desk.gui.case_table_model import MOST_PAGES, PAGE, CaseTableModel
from mediation_desk.gui.desk import Desk
from tests.desk import Desk as Clerk
from tests.desk import claimant, respondent


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements that run meanwhile, without those that begin and end a transaction."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def cells(model: CaseTableModel, row: int = 0) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_line_says_who_what_where_it_stands_and_what_is_dangerous(
    desk: Desk, clerk: Clerk, qtmodeltester: ModelTester
) -> None:
    parties = (claimant(), respondent(name="北京东城物业有限公司"))
    case_id = clerk.registered(parties=parties, matter="楼上\n漏水", dispute_kind="02", safety_flags=("violence",))
    model = CaseTableModel(desk)
    model.show(array("q", [case_id]))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    assert cells(model) == [
        "未编号", "张三", "北京东城物业有限公司", "邻里纠纷", "已登记", "", "2026-11-23 9:30", "【暴力倾向】楼上 漏水",
    ]  # fmt: skip
    assert model.index(0, 0).data(Qt.ItemDataRole.UserRole) == case_id


def test_a_page_of_lines_costs_three_statements(desk: Desk, clerk: Clerk) -> None:
    ids = array("q", sorted(clerk.registered() for _ in range(20)))
    model = CaseTableModel(desk)
    model.show(ids)
    with counted_statements() as statements:
        for row in range(20):
            cells(model, row)
    assert len(statements) == 3


def test_what_a_view_asks_besides_the_text_costs_nothing(desk: Desk, clerk: Clerk) -> None:
    model = CaseTableModel(desk)
    model.show(array("q", [clerk.registered()]))
    with counted_statements() as statements:
        for role in (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.SizeHintRole):
            assert model.index(0, 0).data(role) is None
        assert model.index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert statements == []


def test_scrolling_through_ten_thousand_cases_reads_only_what_passes_by(desk: Desk, qtbot: QtBot) -> None:
    model = CaseTableModel(desk)
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(800, 400)
    model.show(array("q", range(10_000, 0, -1)))
    with counted_statements() as statements:
        table.show()
        qtbot.waitExposed(table)
        for row in (0, 2_000, 9_999):
            table.scrollTo(model.index(row, 0))
            table.grab()
    assert 0 < len(statements) <= 3 * 4, "a page, and a second one where the window straddles two"


def test_pages_seen_long_ago_are_let_go_and_read_again(desk: Desk, read_pages: Callable[[CaseTableModel], int]) -> None:
    model = CaseTableModel(desk)
    model.show(array("q", range(1, PAGE * (MOST_PAGES + 2))))
    for page in range(MOST_PAGES + 1):
        model.index(page * PAGE, 0).data()
    with counted_statements() as statements:
        model.index(MOST_PAGES * PAGE, 0).data()
        assert statements == []
        model.index(0, 0).data()
    assert len(statements) == 3
    assert read_pages(model) == MOST_PAGES


@pytest.fixture
def read_pages() -> Callable[[CaseTableModel], int]:
    return lambda model: len(model._pages)


def test_a_case_that_is_gone_leaves_an_empty_line(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = CaseTableModel(desk)
    model.show(array("q", [4711]))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    assert set(cells(model)) == {""}


def test_a_store_that_cannot_be_read_leaves_lines_empty(
    desk: Desk, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CannotSave("磁盘读写失败。")

    model = CaseTableModel(desk)
    model.show(array("q", [clerk.registered()]))
    monkeypatch.setattr(desk, "look", fail)
    assert set(cells(model)) == {""}


def test_the_list_says_where_a_case_stands(desk: Desk) -> None:
    model = CaseTableModel(desk)
    model.show(array("q", [9, 7]))
    assert model.row_of(7) == 1
    assert model.row_of(8) is None


def test_a_list_goes_on_behind_its_first_lines(desk: Desk, clerk: Clerk, qtmodeltester: ModelTester) -> None:
    ids = array("q", sorted(clerk.registered() for _ in range(5)))
    model = CaseTableModel(desk)
    model.show(ids[:2])
    assert cells(model, 1)
    model.extend(ids)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    assert model.rowCount() == 5
    assert all(cells(model, row)[1] == "张三" for row in range(5))


def test_a_list_that_begins_otherwise_by_now_is_shown_anew(desk: Desk, clerk: Clerk) -> None:
    ids = array("q", sorted(clerk.registered() for _ in range(5)))
    model = CaseTableModel(desk)
    model.show(ids[1:3])
    model.extend(ids)
    assert model.row_of(ids[0]) == 0
    assert model.rowCount() == 5
    model.extend(ids)
    assert model.rowCount() == 5
