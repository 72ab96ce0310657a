"""A month as a table of half-days."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.opening_model import OpeningModel

SATURDAY = HalfDay(date(2026, 9, 12), Half.AM)
THURSDAY = HalfDay(date(2026, 9, 3), Half.PM)


@pytest.fixture
def model(rules: Rules) -> OpeningModel:
    made = OpeningModel()
    made.show(date(2026, 9, 1), Opening((), rules.holidays, ()))
    return made


def words(model: OpeningModel, half_day: HalfDay, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.index_of(half_day).data(role)


def test_the_model_keeps_qts_rules(model: OpeningModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    empty = OpeningModel()
    qtmodeltester.check(empty)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_a_week_has_two_lines(model: OpeningModel) -> None:
    assert (model.rowCount(), model.columnCount()) == (10, 7)
    assert model.headerData(5, Qt.Orientation.Horizontal) == "周六"
    assert model.headerData(1, Qt.Orientation.Vertical) == "下午"


def test_a_month_shows_what_is_open_and_why_not(model: OpeningModel) -> None:
    assert words(model, HalfDay(date(2026, 9, 3), Half.AM)) == "3日 开放"
    assert words(model, THURSDAY) == "开放"
    assert words(model, SATURDAY) == "12日 周六"
    assert words(model, HalfDay(date(2026, 9, 25), Half.PM)) == "中秋节"
    assert words(model, HalfDay(date(2026, 9, 20), Half.AM)) == "20日 开放·调休上班"
    assert words(model, SATURDAY, Qt.ItemDataRole.ToolTipRole) == "2026年9月12日（周六）上午：不开放（周六）"
    assert words(model, SATURDAY, Qt.ItemDataRole.BackgroundRole) is not None
    assert words(model, THURSDAY, Qt.ItemDataRole.BackgroundRole) is None
    assert words(model, SATURDAY, Qt.ItemDataRole.UserRole) == SATURDAY


def test_days_of_other_months_cannot_be_chosen(model: OpeningModel) -> None:
    outside = model.index(0, 0)  # the last of August
    assert outside.data() is None
    assert model.flags(outside) == Qt.ItemFlag.NoItemFlags
    assert Qt.ItemFlag.ItemIsSelectable in model.flags(model.index(0, 1))
