"""The months a notice speaks of, week by week, with what it changes."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.modeltest import ModelTester

from mediation_desk.domain.rules import Holidays
from mediation_desk.gui.notice_days_model import NoticeDaysModel
from mediation_desk.services.holiday_notices import DayChange

NEW_YEAR, SATURDAY = date(2027, 1, 1), date(2027, 1, 9)
REST = DayChange(NEW_YEAR, "工作日（未确认）", "元旦", works_before=True, works_after=False)
WORK = DayChange(SATURDAY, "周六（未确认）", "调休上班", works_before=False, works_after=True)


@pytest.fixture
def model() -> NoticeDaysModel:
    made = NoticeDaysModel()
    known = Holidays({date(2027, 2, 5): "春节"}, {date(2027, 2, 20): "春节"})
    made.show([date(2027, 1, 1), date(2027, 2, 1)], [REST, WORK], known)
    return made


def cells(model: NoticeDaysModel, role: int = Qt.ItemDataRole.DisplayRole) -> dict[date, object]:
    """What each shown day says."""
    indexes = [model.index(row, column) for row in range(model.rowCount()) for column in range(7)]
    return {day: index.data(role) for index in indexes if (day := model.day(index))}


def test_the_model_keeps_qts_rules(model: NoticeDaysModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    empty = NoticeDaysModel()
    qtmodeltester.check(empty)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def test_a_month_is_named_at_its_first_week(model: NoticeDaysModel) -> None:
    named = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert named == ["2027年1月", "", "", "", "", "2027年2月", "", "", ""]
    assert model.headerData(6, Qt.Orientation.Horizontal) == "周日"
    assert len(cells(model)) == 31 + 28


def test_what_changes_says_from_what_to_what(model: NoticeDaysModel) -> None:
    assert cells(model)[NEW_YEAR] == "1 工作日\n→ 元旦"
    assert cells(model)[SATURDAY] == "9 周六\n→ 调休上班"
    assert cells(model, Qt.ItemDataRole.ToolTipRole)[NEW_YEAR] == "2027年1月1日：原来工作日（未确认），改为元旦"
    assert cells(model, Qt.ItemDataRole.UserRole)[NEW_YEAR] == REST


def test_what_stays_is_shown_as_it_is(model: NoticeDaysModel) -> None:
    shown = cells(model)
    assert [shown[date(2027, 2, number)] for number in (1, 5, 7, 20)] == ["1", "5 春节", "7", "20 调休上班"]
    assert cells(model, Qt.ItemDataRole.UserRole)[date(2027, 2, 1)] is None


def test_days_that_change_to_rest_or_to_work_differ_in_colour(model: NoticeDaysModel) -> None:
    colours, inks = cells(model, Qt.ItemDataRole.BackgroundRole), cells(model, Qt.ItemDataRole.ForegroundRole)
    assert colours[NEW_YEAR] != colours[SATURDAY]
    assert all(isinstance(inks[day], QColor) for day in (NEW_YEAR, SATURDAY, date(2027, 2, 7)))
    assert (colours[date(2027, 2, 1)], inks[date(2027, 2, 1)]) == (None, None)
