"""Models of the roster: people, their half-days, what posts lack."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.fairness import Carried
from mediation_desk.domain.mediator import Presence
from mediation_desk.gui.roster_model import (
    PEOPLE_HEADERS,
    GridModel,
    MonthModel,
    NeedsModel,
    PeopleModel,
    in_signed_shifts,
)
from mediation_desk.services.roster_view import PersonShown
from tests.gui.rosters import OFFICER, PM, Month, at

TOOL_TIP = Qt.ItemDataRole.ToolTipRole


def grid(month: Month) -> GridModel:
    model = GridModel()
    cells = month.cells()
    model.show(cells, cells.month.people)
    return model


def needs(month: Month) -> NeedsModel:
    model = NeedsModel()
    model.show(month.cells())
    return model


def people(month: Month) -> PeopleModel:
    model = PeopleModel(month.desk.rules.table("mediator_profession").label)
    model.show(month.look().people)
    return model


@pytest.mark.parametrize("make", [grid, needs, people])
def test_the_models_are_sound(month: Month, make: object, qtmodeltester: ModelTester) -> None:
    month.publish(month.placing("卫和", 24), month.placing(OFFICER, 24))
    model = make(month)  # type: ignore[operator]  # one of three functions
    assert isinstance(model, QAbstractItemModel)
    assert model.rowCount() > 0
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


@pytest.mark.parametrize("kind", [GridModel, NeedsModel])
def test_a_model_without_a_month_is_empty(kind: type[MonthModel], qtmodeltester: ModelTester) -> None:
    model = kind()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_a_cell_says_its_post_and_tells_the_rest(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    month.duty.leave(month.ids["蒋平"], at(24))
    model = grid(month)
    shift, leave = (model.index_of(month.ids[name], at(24)) for name in ("卫和", "蒋平"))
    assert (shift.data(), leave.data()) == ("调解员", "假")
    assert (
        shift.data(TOOL_TIP)
        == shift.data(Qt.ItemDataRole.AccessibleTextRole)
        == model.cells.words(  # type: ignore[union-attr]  # just shown
            model.people[shift.row()], shift.column()
        )
    )
    assert shift.data(Qt.ItemDataRole.DecorationRole) is None


def test_only_shifts_can_be_dragged_but_dropped_they_can_be_anywhere(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    model = grid(month)
    shift, empty = (model.index_of(month.ids["卫和"], at(day)).flags() for day in (24, 25))
    assert shift & Qt.ItemFlag.ItemIsDragEnabled
    assert not empty & Qt.ItemFlag.ItemIsDragEnabled
    assert empty & Qt.ItemFlag.ItemIsDropEnabled
    assert not model.flags(QModelIndex()) & Qt.ItemFlag.ItemIsDropEnabled


def test_the_head_names_days_and_why_they_are_closed(month: Month) -> None:
    model = grid(month)
    across = Qt.Orientation.Horizontal
    assert model.headerData(46, across) == "24日周二上午"
    assert model.headerData(54, across, TOOL_TIP) == "2026年11月28日（周六）上午：休息（周六）"
    assert model.headerData(46, across, TOOL_TIP) == "2026年11月24日（周二）上午"
    assert model.headerData(46, across, Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_who_is_not_shown_has_no_cell(month: Month) -> None:
    model = grid(month)
    assert not model.index_of(999, at(24)).isValid()
    assert not model.index_of(month.ids["卫和"], at(24)._replace(day=at(24).day.replace(month=12))).isValid()


def test_the_grid_can_be_taken_along_as_text(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    month.duty.leave(month.ids["蒋平"], at(2), at(3))
    lines = [line.split("\t") for line in grid(month).as_text().splitlines()]
    head, *rows = lines
    assert head[:3] == ["姓名", "11-1上午", "11-1下午"]
    named = {row[0]: row for row in rows}
    assert named["卫和"][head.index("11-24上午")] == "调解员"
    assert named["蒋平"][head.index("11-2下午")] == "假"
    assert {len(row) for row in lines} == {61}


def test_the_frozen_columns_count_what_somebody_has(month: Month) -> None:
    month.publish(month.placing("卫和", 24), month.placing("卫和", 27, PM))
    model = people(month)
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == "卫和")
    assert [model.index(row, column).data() for column in range(5)] == ["卫和", "人民调解员", "2", "1", "0"]
    assert model.index(row, 0).data(Qt.ItemDataRole.UserRole) == month.ids["卫和"]
    assert "本月2班，其中冷门1班" in model.index(row, 0).data(TOOL_TIP)
    assert model.index(row, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(row, 0).data(Qt.ItemDataRole.TextAlignmentRole) is None
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(5)]
    assert tuple(heads) == PEOPLE_HEADERS
    assert model.headerData(4, Qt.Orientation.Horizontal, TOOL_TIP).startswith("以前几个月")
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_who_has_no_profession_is_shown_all_the_same() -> None:
    model = PeopleModel(str)
    model.show([PersonShown(1, "周", "", (), Presence.ROTATING, frozenset(), 0, 0, Carried(12, -5))])
    assert [model.index(0, column).data() for column in (1, 4)] == ["", "+1.2"]
    assert model.index(0, 0).data(TOOL_TIP).startswith("周（未填职业身份，轮驻）")
    assert in_signed_shifts(-5) == "-0.5"


def test_the_footer_counts_all_posts_first_then_each(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    model = needs(month)
    column = 46
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)] == ["合计", "调解员", "司法所"]
    assert [model.index(row, column).data() for row in range(3)] == ["1/2", "1/1", "0/1"]
    assert [model.index(row, 54).data() for row in range(3)] == ["", "", ""]
    assert model.index(2, column).data(TOOL_TIP).endswith("司法所：需1人，有0人，缺1人")
    assert model.index(2, column).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(1, Qt.Orientation.Vertical, TOOL_TIP) is None
    assert model.headerData(column, Qt.Orientation.Horizontal) == "24日周二上午"


def test_without_posts_there_is_no_footer(month: Month) -> None:
    model = NeedsModel()
    cells = month.cells()
    cells.signs = {}
    model.show(cells)
    assert model.rowCount() == 0
