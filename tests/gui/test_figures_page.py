"""统计: rates with their parts and definitions, the form beside the period before, and the cases behind a number."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mediation_desk.domain.indicators import Indicator
from mediation_desk.gui import figures_tables
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.figures_page import FiguresPage
from mediation_desk.gui.figures_tables import Behind
from mediation_desk.gui.line_model import LineModel
from mediation_desk.services.figures import look_at_figures
from tests.desk import Desk as Clerk
from tests.gui.looking import found, pick, refusal_at


@pytest.fixture
def page(desk: Desk, clerk: Clerk, settings: QSettings, qtbot: QtBot) -> FiguresPage:
    clerk.agreed(case_source="application")
    clerk.accepted(case_source="own_initiative")
    page = FiguresPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    is_read(page, page.indicators, qtbot)
    return page


def is_read(page: FiguresPage, model: LineModel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(model.lines) and page.ui.summary.text() != "正在统计…")


def show_form(page: FiguresPage, qtbot: QtBot) -> None:
    page.ui.tables.setCurrentWidget(page.ui.statistics_page)
    is_read(page, page.statistics, qtbot)


def row_of(model: LineModel, text: str, column: int) -> int:
    [row] = [row for row, line in enumerate(model.lines) if line.cells[column].strip() == text]
    return row


def opened(page: FiguresPage, qtbot: QtBot, table: str, row: int, column: int) -> Behind:
    model = getattr(page, table)
    with qtbot.waitSignal(page.desk.cases_wanted) as wanted:
        getattr(page.ui, table).activated.emit(model.index(row, column))
    [behind] = wanted.args
    return Behind(sorted(behind.cases), behind.called)


def test_a_rate_stands_with_numerator_denominator_and_definition(page: FiguresPage) -> None:
    row = row_of(page.indicators, "K9", 0)
    cells = page.indicators.lines[row].cells
    assert cells[:8] == ("K9", "调解成功率（按受理）", "50.00%", "1", "2", "—", "0", "0")
    assert cells[8].startswith("本期受理的案件中")
    page.ui.indicators.setCurrentIndex(page.indicators.index(row, 2))
    assert page.ui.definition_text.text().endswith("本期50.00%（1/2）。上期—（0/0）。")


def test_the_numbers_of_a_rate_open_their_cases(page: FiguresPage, qtbot: QtBot) -> None:
    row = row_of(page.indicators, "K9", 0)
    title = "2026年第4季度 调解成功率（按受理）"
    assert opened(page, qtbot, "indicators", row, 2) == Behind([1, 2], title)
    assert opened(page, qtbot, "indicators", row, 3) == Behind([1], f"{title}，分子")
    assert opened(page, qtbot, "indicators", row, 4) == Behind([1, 2], f"{title}，分母")


def test_a_number_of_nothing_and_a_name_open_nothing(page: FiguresPage, qtbot: QtBot) -> None:
    row = row_of(page.indicators, "K9", 0)
    with qtbot.assertNotEmitted(page.desk.cases_wanted):
        for column in (0, 1, 5, 8):
            page.ui.indicators.activated.emit(page.indicators.index(row, column))


def test_the_form_stands_beside_the_period_before_and_opens_its_cases(page: FiguresPage, qtbot: QtBot) -> None:
    show_form(page, qtbot)
    total = row_of(page.statistics, "调解案件总数", 1)
    assert page.statistics.lines[total].cells == ("1", "调解案件总数", "件", "2", "0", "0", "0")
    unknown = row_of(page.statistics, "防止群体性上访（件、人）", 1)
    assert page.statistics.lines[unknown].cells[3:] == ("—",) * 4
    assert opened(page, qtbot, "statistics", total, 3) == Behind([1, 2], "2026年第4季度受理 调解案件总数")
    success = row_of(page.statistics, "调解成功", 1)
    assert opened(page, qtbot, "statistics", success, 3) == Behind([1], "2026年第4季度受理 调解成功")
    page.ui.statistics.setCurrentIndex(page.statistics.index(success, 3))
    assert page.ui.definition_text.text() == "调解成功：达成书面或者口头协议。"
    with qtbot.assertNotEmitted(page.desk.cases_wanted):
        page.ui.statistics.activated.emit(page.statistics.index(unknown, 3))
        page.ui.statistics.activated.emit(page.statistics.index(total, 6))


def test_another_time_is_read_anew(page: FiguresPage, qtbot: QtBot) -> None:
    pick(page.ui.period, "上季度")
    is_read(page, page.indicators, qtbot)
    assert page.indicators.lines[row_of(page.indicators, "K9", 0)].cells[2] == "—"
    assert page.ui.summary.text().startswith("2026年第3季度。双击一个数字")


def test_typed_days_count_once_they_are_asked_for(page: FiguresPage, qtbot: QtBot) -> None:
    pick(page.ui.period, "自选")
    page.ui.first_day.setText("2026-11-23")
    page.ui.last_day.setText("2026-11-22")
    page.ui.show_period.click()
    assert refusal_at(page, "last_day") == "结束日期早于开始日期。"
    page.ui.last_day.setText("2026-11-23")
    page.ui.show_period.click()
    is_read(page, page.indicators, qtbot)
    assert page.ui.summary.text().startswith("2026年11月23日至2026年11月23日。")


def test_what_came_too_late_is_not_shown(page: FiguresPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()

    def slow(*asked: Any) -> Any:
        go_on.wait(5)
        return look_at_figures(*asked)

    monkeypatch.setattr(figures_tables, "look_at_figures", slow)
    pick(page.ui.period, "上季度")
    pick(page.ui.period, "本月")
    go_on.set()
    is_read(page, page.indicators, qtbot)
    assert page.ui.summary.text().startswith("2026年11月。")


def test_it_follows_what_is_recorded(page: FiguresPage, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.accepted()
    page.desk.changed.emit()
    is_read(page, page.indicators, qtbot)
    assert page.indicators.lines[row_of(page.indicators, "K9", 0)].cells[4] == "3"
    page.hide()
    page.desk.changed.emit()
    assert page._stale
    page.leave()


@pytest.mark.parametrize("form", [False, True])
def test_the_table_in_front_is_exported_and_told_to_the_log(
    page: FiguresPage, clerk: Clerk, tmp_path: Path, qtbot: QtBot, form: bool
) -> None:
    if form:
        show_form(page, qtbot)
    title = "人民调解案件情况统计表" if form else "统计指标"
    page.ui.export_workbook.click()
    qtbot.waitUntil(lambda: page.findChild(QFileDialog, "save_dialog") is not None)
    asked = found(page, QFileDialog, "save_dialog")
    assert Path(asked.selectedFiles()[0]).name == f"{title} 2026年第4季度.xlsx"
    asked.fileSelected.emit(str(tmp_path / "a.xlsx"))
    asked.reject()
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == (["统计表", "说明"] if form else ["指标"])
    page.desk.log.flush()
    assert [row.told for row in clerk.contents()["audit"] if row.kind == "export"] == [f"{title} 2026年第4季度"]


def test_the_list_shows_the_cases_behind_a_number_until_it_is_cleared(
    desk: Desk, clerk: Clerk, settings: QSettings, qtbot: QtBot
) -> None:
    for _ in range(3):
        clerk.registered()
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_these([1, 3], "2026年11月 调解成功率")
    assert [page.model.index(row, 0).data(256) for row in range(page.model.rowCount())] == [3, 1]
    assert page.ui.count_text.text() == "共2件　2026年11月 调解成功率"
    page.ui.clear_button.click()
    assert page.model.rowCount() == 3
    assert page.ui.count_text.text() == "共3件"


def test_every_indicator_that_is_counted_is_told_by_its_number(page: FiguresPage) -> None:
    shown = {line.cells[0] for line in page.indicators.lines}
    assert {str(each) for each in (Indicator.K9, Indicator.K10, Indicator.K12, Indicator.K16)} <= shown
