"""台账: who carried most is seen at a glance, a number opens into what it counts, that opens the case."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.ledger import What
from mediation_desk.gui import ledger_dialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.ledger_dialog import LedgerDialog
from mediation_desk.gui.ledger_model import MONTH_COLUMN, column_of
from mediation_desk.gui.mediators_page import MediatorsPage
from mediation_desk.services.attendance import RATE_IN_WORDS
from mediation_desk.services.fairness import CAPTIONS
from tests.desk import APPOINTED
from tests.desk import Desk as Clerk
from tests.gui.looking import found, pick, refusal_at, said_in_a_box
from tests.gui.rosters import Month


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget) -> LedgerDialog:
    clerk.assigned()
    clerk.assigned(people_involved=30)
    dialog = LedgerDialog(desk, place)
    dialog.open()
    return dialog


def double_click(dialog: LedgerDialog, name: str, what: What) -> None:
    model = dialog.sorted
    [row] = [row for row in range(model.rowCount()) if model.index(row, 0).data() == name]
    dialog.ui.numbers.activated.emit(model.index(row, column_of(what)))


def test_it_begins_with_this_quarter_sorted_by_weekends(dialog: LedgerDialog) -> None:
    ui = dialog.ui
    assert (ui.period.currentText(), ui.first_day.text(), ui.last_day.text()) == (
        "本季度",
        "2026-10-01",
        "2026-12-31",
    )
    assert dialog.sorted.sortColumn() == column_of(What.WEEKEND)
    assert dialog.sorted.sortOrder() is Qt.SortOrder.DescendingOrder
    assert ui.summary.text().startswith("这段时间没有人值周末班")


def test_who_carried_most_weekends_is_said(dialog: LedgerDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    from mediation_desk.domain.ledger import Ledger, LedgerLine

    lines = tuple(LedgerLine(number, name, "", "", {What.WEEKEND: 3}) for number, name in ((1, "王芳"), (2, "李平")))
    ledger = Ledger(date(2026, 10, 1), date(2026, 12, 31), lines, LedgerLine(0, "合计", "", "", {What.WEEKEND: 6}))
    monkeypatch.setattr(ledger_dialog, "look_at_ledger", lambda *_: ledger)
    dialog.desk.changed.emit()
    assert dialog.ui.summary.text().startswith("周末值班最多：王芳、李平（3个半天）。")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("本月", "2026-11-01", "2026-11-30"),
        ("上月", "2026-10-01", "2026-10-31"),
        ("上季度", "2026-07-01", "2026-09-30"),
        ("本年", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_chosen_with_one_click(dialog: LedgerDialog, period: str, first: str, last: str) -> None:
    pick(dialog.ui.period, period)
    assert (dialog.ui.first_day.text(), dialog.ui.last_day.text()) == (first, last)
    assert dialog.ui.first_day.isReadOnly()
    assert not dialog.ui.show_period.isEnabled()


def test_a_number_opens_into_what_it_counts(dialog: LedgerDialog) -> None:
    double_click(dialog, "钱律师", What.OPEN_COMPLEX)
    assert dialog.ui.entries_caption.text() == "钱律师 在办复杂：1"
    [line] = dialog.entries.lines
    assert line.cells[0] == "2026-11-23"
    assert line.cells[1].startswith("张三与李四")


def test_a_number_of_the_totals_opens_into_everybodys(dialog: LedgerDialog) -> None:
    double_click(dialog, "合计", What.ASSIGNED_SIMPLE)
    assert [line.cells[1].split()[0] for line in dialog.entries.lines] == ["钱律师"]


def test_a_name_opens_into_nothing(dialog: LedgerDialog) -> None:
    before = dialog.ui.entries_caption.text()
    dialog.ui.numbers.activated.emit(dialog.sorted.index(0, 0))
    assert dialog.ui.entries_caption.text() == before


@pytest.mark.parametrize("by_button", [True, False])
def test_an_entry_opens_its_case(dialog: LedgerDialog, qtbot: QtBot, by_button: bool) -> None:
    double_click(dialog, "钱律师", What.ASSIGNED_COMPLEX)
    index = dialog.entries.index(0, 0)
    assert not dialog.ui.open_case.isEnabled()
    dialog.ui.entries.setCurrentIndex(index)
    assert dialog.ui.open_case.isEnabled()
    with qtbot.waitSignal(dialog.desk.case_wanted) as wanted:
        if by_button:
            dialog.ui.open_case.click()
        else:
            dialog.ui.entries.activated.emit(index)
    assert wanted.args == [2]


def test_an_entry_without_a_case_opens_none(dialog: LedgerDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.desk.case_wanted):
        dialog._open(dialog.entries.index(0, 0))


def test_by_month_everybody_has_a_line_for_each_month_that_opens_into_that_month(dialog: LedgerDialog) -> None:
    assert dialog.ui.numbers.isColumnHidden(MONTH_COLUMN)
    dialog.ui.by_month.setChecked(True)
    assert not dialog.ui.numbers.isColumnHidden(MONTH_COLUMN)
    model = dialog.sorted
    rows = {
        model.index(row, MONTH_COLUMN).data(): row
        for row in range(model.rowCount())
        if model.index(row, 0).data() == "钱律师"
    }
    assert set(rows) == {"2026-10", "2026-11", "2026-12"}
    for month, number in (("2026-10", 0), ("2026-11", 1)):
        dialog.ui.numbers.activated.emit(model.index(rows[month], column_of(What.ASSIGNED_COMPLEX)))
        assert dialog.ui.entries_caption.text() == f"钱律师 2026年{month[-2:]}月 新接复杂：{number}"
    double_click(dialog, "合计", What.ASSIGNED_COMPLEX)
    assert dialog.ui.entries_caption.text() == "合计 新接复杂：1"


def test_who_carries_more_than_the_fair_part_and_how_many_came_stand_on_a_tab(month: Month, place: QWidget) -> None:
    month.publish(*(month.placing("蒋平", day) for day in (24, 25, 26)), month.placing("卫和", 27))
    dialog = LedgerDialog(month.desk, place)
    dialog.open()
    assert dialog.fairness.model.rowCount() == 0
    dialog.ui.ledger_tabs.setCurrentWidget(dialog.fairness)
    ui = dialog.fairness.ui
    assert ui.fairness_text.text().startswith("按整月统计：2026年10月至2026年12月。")
    assert "最多与最少差3次（蒋平、沈安）" in ui.fairness_text.text()
    first = dict(zip(CAPTIONS, dialog.fairness.model.lines[0].cells, strict=True))
    assert {each: first[each] for each in ("姓名", "班次", "应担", "往月多值", "相差")} == {
        "姓名": "蒋平",
        "班次": "3",
        "应担": "1.3",
        "往月多值": "0",
        "相差": "1.7",
    }
    assert "到岗率：常驻0.0%（" in ui.rates_text.text()
    assert "随驻—" in ui.rates_text.text()
    assert ui.rates_meaning.text() == RATE_IN_WORDS
    pick(dialog.ui.period, "上季度")
    assert ui.fairness_text.text() == "按整月统计：2026年7月至2026年9月。这段时间没有已发布的排班。"
    assert not ui.fairness.isVisible()


def test_own_days_are_typed_and_shown(dialog: LedgerDialog) -> None:
    pick(dialog.ui.period, "自选")
    assert not dialog.ui.first_day.isReadOnly()
    dialog.ui.first_day.setText("11-1")
    dialog.ui.last_day.setText("11-22")
    dialog.ui.show_period.click()
    double_click(dialog, "合计", What.ASSIGNED_SIMPLE)
    assert dialog.ui.entries_caption.text() == "合计 新接简单：0"
    dialog.ui.last_day.setText("今天")
    dialog.ui.last_day.returnPressed.emit()
    double_click(dialog, "合计", What.ASSIGNED_SIMPLE)
    assert dialog.ui.entries_caption.text() == "合计 新接简单：1"


def test_days_in_the_wrong_order_or_none_are_refused_at_their_field(dialog: LedgerDialog) -> None:
    pick(dialog.ui.period, "自选")
    dialog.ui.first_day.setText("2026-11-30")
    dialog.ui.last_day.setText("2026-11-1")
    dialog.ui.show_period.click()
    assert "结束日期早于开始日期" in refusal_at(dialog, "last_day")
    dialog.ui.first_day.clear()
    dialog.ui.show_period.click()
    assert "请填写日期" in refusal_at(dialog, "first_day")


def test_a_set_period_is_not_read_anew_by_enter(dialog: LedgerDialog) -> None:
    dialog.ui.first_day.setText("2020-1-1")
    dialog.ui.first_day.returnPressed.emit()
    assert dialog._title == "台账 2026-10-01 至 2026-12-31"


def test_what_changes_meanwhile_is_read_anew(dialog: LedgerDialog, clerk: Clerk) -> None:
    clerk.assigned()
    dialog.desk.changed.emit()
    double_click(dialog, "合计", What.ASSIGNED_SIMPLE)
    assert dialog.ui.entries_caption.text() == "合计 新接简单：2"


@pytest.mark.parametrize(("button", "ending"), [("export_workbook", ".xlsx"), ("save_ledger", ".pdf")])
def test_it_is_saved_as_workbook_and_as_pdf(
    dialog: LedgerDialog, settings: QSettings, tmp_path: Path, button: str, ending: str
) -> None:
    getattr(dialog.ui, button).click()
    chooser = found(dialog, QFileDialog, "save_dialog")
    assert chooser.selectedFiles()[0].endswith(f"台账 2026-10-01 至 2026-12-31{ending}")
    target = tmp_path / f"ledger{ending}"
    chooser.fileSelected.emit(str(target))
    content = target.read_bytes()
    if ending == ".xlsx":
        assert load_workbook(BytesIO(content)).sheetnames == ["台账", "分月", "均衡", "到岗率", "说明"]
    else:
        assert content.startswith(b"%PDF-")


def test_it_is_printed(dialog: LedgerDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[bytes, str]] = []

    def note(_window: QWidget, pdf: bytes, title: str, _copies: int, _printed: object) -> None:
        sent.append((pdf[:5], title))

    monkeypatch.setattr(ledger_dialog, "print_paper", note)
    dialog.ui.print_ledger.click()
    assert sent == [(b"%PDF-", "台账 2026-10-01 至 2026-12-31")]


def test_without_a_printer_it_says_so(dialog: LedgerDialog) -> None:
    dialog.ui.print_ledger.click()
    assert "没有安装打印机" in said_in_a_box(dialog)


def test_the_directory_opens_it(desk: Desk, qtbot: QtBot) -> None:
    page = MediatorsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ui.show_ledger.click()
    [opened] = page.findChildren(LedgerDialog)
    assert opened.isVisible()
    assert APPOINTED in {line.mediator_id for line in opened.model._lines}
