"""开放日: half-days are chosen in a month, opened or closed with a reason, and the changes stay to be read."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import YELLOW
from mediation_desk.gui.opening_dialog import OpeningDialog
from mediation_desk.services.calendar import opening
from tests.gui.looking import refusal_at

SEPTEMBER = date(2026, 9, 1)
SATURDAY = HalfDay(date(2026, 9, 12), Half.AM)
THURSDAY = HalfDay(date(2026, 9, 3), Half.PM)


@pytest.fixture
def dialog(desk: Desk, place: QWidget) -> OpeningDialog:
    made = OpeningDialog(desk, date(2026, 9, 17), place)
    made.open()
    return made


def choose(dialog: OpeningDialog, *half_days: HalfDay) -> None:
    dialog.ui.opening_days.clearSelection()
    for half_day in half_days:
        index = dialog.days.index_of(half_day)
        dialog.ui.opening_days.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def words(dialog: OpeningDialog, half_day: HalfDay, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return dialog.days.index_of(half_day).data(role)


def test_half_days_are_opened_and_closed_with_a_reason(dialog: OpeningDialog, desk: Desk, qtbot: QtBot) -> None:
    choose(dialog, SATURDAY)
    dialog.ui.opening_reason.setText("便民服务日")
    with qtbot.waitSignal(desk.changed):
        dialog.ui.open_days.click()
    assert words(dialog, SATURDAY) == "12日 开放·便民服务日"
    assert words(dialog, SATURDAY, Qt.ItemDataRole.BackgroundRole) == YELLOW.background
    assert words(dialog, SATURDAY, Qt.ItemDataRole.ForegroundRole) == YELLOW.ink
    assert dialog.ui.opening_reason.text() == ""
    assert [dialog.days.half_day(index) for index in dialog.ui.opening_days.selectedIndexes()] == [SATURDAY]
    dialog.ui.opening_reason.setText("改期")
    dialog.ui.close_days.click()
    assert not desk.look(opening, SEPTEMBER, SEPTEMBER).is_open(SATURDAY)
    assert [line.cells[:4] for line in dialog.history.lines] == [
        ("2026年9月12日（周六）上午", "不开放", "改期", "王窗口"),
        ("2026年9月12日（周六）上午", "开放", "便民服务日", "王窗口"),
    ]


def test_a_change_without_days_or_reason_is_refused_at_its_field(dialog: OpeningDialog) -> None:
    dialog.ui.open_days.click()
    assert refusal_at(dialog, "opening_days") == "请先选择日期或半天。"
    assert refusal_at(dialog, "opening_reason").startswith("请写明理由")
    assert dialog.history.lines == []


def test_another_month_is_turned_to_and_an_unconfirmed_one_says_so(dialog: OpeningDialog) -> None:
    choose(dialog, SATURDAY)
    dialog.ui.month_after.click()
    assert dialog.ui.month_shown.text() == "2026年10月"
    assert dialog.ui.month_hint.text() == ""
    assert dialog.ui.opening_days.selectedIndexes() == []
    for _ in range(3):
        dialog.ui.month_after.click()
    assert dialog.ui.month_shown.text() == "2027年1月"
    assert dialog.ui.month_hint.text() == "2027年放假安排尚未导入，暂按周一至周五，未确认。"
    assert words(dialog, HalfDay(date(2027, 1, 2), Half.AM)) == "2日 周六"
    dialog.ui.month_before.click()
    assert dialog.ui.month_shown.text() == "2026年12月"


def test_only_changes_of_the_month_are_listed(dialog: OpeningDialog) -> None:
    october = HalfDay(date(2026, 10, 1), Half.AM)
    dialog.ui.month_after.click()
    choose(dialog, october)
    dialog.ui.opening_reason.setText("值守")
    dialog.ui.open_days.click()
    dialog.ui.month_before.click()
    assert dialog.history.lines == []
