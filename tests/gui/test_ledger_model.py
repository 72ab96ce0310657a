"""The ledger as a table: sorted by numbers, the totals last, every column with its meaning."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.ledger import Ledger, LedgerLine, What
from mediation_desk.gui.ledger_model import SORT_ROLE, WHATS, LedgerModel, SortedLedger, column_of, what_of

LINES = tuple(
    LedgerLine(number, name, "单位", "轮驻", {What.WEEKEND: weekend}, minutes)
    for number, (name, weekend, minutes) in enumerate(
        [("王芳", 2, None), ("李平", 10, 4.0), ("赵青", 0, 12.5), ("钱蓝", 2, 3.0)], start=1
    )
)
LEDGER = Ledger(date(2026, 10, 1), date(2026, 12, 31), LINES, LedgerLine(0, "合计", "", "", {What.WEEKEND: 14}, 4.0))


@pytest.fixture
def model(qapp: object) -> LedgerModel:
    model = LedgerModel()
    model.show(LEDGER)
    return model


def names(model: SortedLedger) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (column_of(What.WEEKEND), Qt.SortOrder.DescendingOrder, "李平 王芳 钱蓝 赵青 合计"),
        (column_of(What.WEEKEND), Qt.SortOrder.AscendingOrder, "赵青 王芳 钱蓝 李平 合计"),
        (column_of(WHATS[-1]) + 1, Qt.SortOrder.AscendingOrder, "王芳 钱蓝 李平 赵青 合计"),
        (0, Qt.SortOrder.DescendingOrder, "钱蓝 赵青 王芳 李平 合计"),
    ],
)
def test_numbers_sort_as_numbers_and_the_totals_stay_last(
    model: LedgerModel, column: int, order: Qt.SortOrder, expected: str
) -> None:
    proxy = SortedLedger(model)
    proxy.sort(column, order)
    assert names(proxy) == expected.split()


def test_both_models_keep_to_the_rules_of_models(model: LedgerModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    qtmodeltester.check(SortedLedger(model))  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_every_column_of_numbers_says_what_it_counts(model: LedgerModel) -> None:
    horizontal = Qt.Orientation.Horizontal
    heads = [model.headerData(column, horizontal) for column in range(model.columnCount())]
    assert heads == ["姓名", "月份", "单位", "驻点", *(what.label for what in What), "应答分钟"]
    tips = [model.headerData(column, horizontal, Qt.ItemDataRole.ToolTipRole) for column in range(model.columnCount())]
    assert tips[:4] == [None] * 4
    assert all(tips[4:])
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, horizontal, Qt.ItemDataRole.FontRole) is None
    assert [what_of(column) for column in (3, 4, model.columnCount() - 1)] == [None, What.PLANNED, None]


def test_minutes_have_one_decimal_and_nobody_is_not_zero(model: LedgerModel) -> None:
    column = model.columnCount() - 1
    assert [model.index(row, column).data() for row in range(5)] == ["—", "4.0", "12.5", "3.0", "4.0"]


def test_totals_are_bold_and_zeros_faint(model: LedgerModel) -> None:
    weekend = column_of(What.WEEKEND)
    assert model.index(4, weekend).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(3, weekend).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(2, weekend).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(1, weekend).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(1, weekend).data(SORT_ROLE) == 10
    assert model.index(1, 0).data(Qt.ItemDataRole.TextAlignmentRole) is None
