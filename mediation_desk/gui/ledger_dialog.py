"""台账: what everybody carried, was asked and did in some time; each number opens into what it counts."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.ledger import Ledger, LedgerLine, What
from mediation_desk.domain.report_period import Span, month_of
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fairness_tab import FairnessTab
from mediation_desk.gui.forms.ui_ledger import Ui_LedgerForm
from mediation_desk.gui.ledger_model import (
    LINE_ROLE,
    MONTH_COLUMN,
    UNIT_COLUMN,
    LedgerModel,
    SortedLedger,
    column_of,
    what_of,
)
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.period_choice import PeriodChoice
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.audit import note_export, note_print
from mediation_desk.services.ledger import entries, lines_by_month, look_at_ledger
from mediation_desk.services.ledger_files import draw_ledger, ledger_workbook

WORKBOOK = "Excel 工作簿 (*.xlsx)"
_UNIT_CHARACTERS = 12


class LedgerDialog(QDialog):
    """Begins with this quarter, sorted by who carried most weekends."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.ui = ui = Ui_LedgerForm()
        ui.setupUi(self)
        self.model = LedgerModel(self)
        self.sorted = SortedLedger(self.model, self)
        self.entries = LineModel(("日期", "内容"), self)
        ui.numbers.setModel(self.sorted)
        ui.numbers.verticalHeader().hide()
        ui.numbers.sortByColumn(column_of(What.WEEKEND), Qt.SortOrder.DescendingOrder)
        ui.entries.setModel(self.entries)
        ui.entries.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.fairness = FairnessTab(desk)
        ui.ledger_tabs.addTab(self.fairness, "均衡和到岗率")
        ui.open_case.setEnabled(False)
        self.period = PeriodChoice(desk, ui.period, ui.first_day, ui.last_day, ui.show_period)
        self._wire()
        self._read()
        self.resize(self.screen().availableSize() * 0.9)
        ui.numbers_and_entries.setSizes([3 * self.height() // 4, self.height() // 4])

    def _wire(self) -> None:
        ui = self.ui
        self.period.changed.connect(self._read)
        ui.by_month.toggled.connect(self._read)
        ui.ledger_tabs.currentChanged.connect(self._read_fairness)
        ui.numbers.activated.connect(self._show_entries)
        ui.entries.activated.connect(self._open)
        ui.entries.selectionModel().currentRowChanged.connect(self._offer_case)
        for field in (ui.first_day, ui.last_day):
            field.returnPressed.connect(self._show_typed)
        add_action(self, "查看这段时间", "Ctrl+Return", self._show_typed, ui.show_period)
        add_action(self, "导出 Excel", "Ctrl+E", self._export, ui.export_workbook)
        add_action(self, "打印台账", "Ctrl+P", self._print, ui.print_ledger)
        add_action(self, "台账另存为 PDF", "Ctrl+Shift+P", self._save, ui.save_ledger)
        add_action(self, "打开所选案件", "Ctrl+O", self._open_chosen, ui.open_case)
        ui.close_button.clicked.connect(self.reject)
        self.desk.changed.connect(self._read)

    def _show_typed(self) -> None:
        with telling(self):
            self.period.take_typed()

    # ---- the numbers and what they count

    def _read(self) -> None:
        with telling(self):
            ui = self.ui
            ledger = self.desk.look(look_at_ledger, *self._span)
            ui.summary.setText(_in_words(ledger))
            if ui.by_month.isChecked():
                ledger = replace(ledger, lines=self.desk.look(lines_by_month, *self._span))
            self.model.show(ledger)
            self.entries.show([])
            ui.numbers.setColumnHidden(MONTH_COLUMN, not ui.by_month.isChecked())
            ui.numbers.resizeColumnsToContents()
            unit = _UNIT_CHARACTERS * self.fontMetrics().horizontalAdvance("字")
            ui.numbers.setColumnWidth(UNIT_COLUMN, min(unit, ui.numbers.columnWidth(UNIT_COLUMN)))
            self._read_fairness()

    def _read_fairness(self) -> None:
        """Only for whoever looks at it."""
        if self.ui.ledger_tabs.currentWidget() is self.fairness:
            with telling(self):
                self.fairness.show_time(*self._span)

    def _show_entries(self, index: QModelIndex) -> None:
        what = what_of(index.column())
        if what is None:
            return
        line: LedgerLine = index.data(LINE_ROLE)
        with telling(self):
            found = self.desk.look(entries, line.mediator_id or None, *self._span_of(line), what)
            self.entries.show([Line((show_day(each.day), each.text), each.case_id) for each in found])
            month = f"{line.month.year}年{line.month.month}月 " if line.month else ""
            self.ui.entries_caption.setText(f"{line.name} {month}{what.label}：{len(found)}")
            self.ui.open_case.setEnabled(False)

    @property
    def _span(self) -> Span:
        return self.period.span

    def _span_of(self, line: LedgerLine) -> tuple[date, date]:
        """The time that a line is about."""
        if line.month is None:
            return self._span
        first, last = month_of(line.month)
        return max(first, self._span.first), min(last, self._span.last)

    def _offer_case(self, index: QModelIndex) -> None:
        self.ui.open_case.setEnabled(index.data(Qt.ItemDataRole.UserRole) is not None)

    def _open_chosen(self) -> None:
        self._open(self.ui.entries.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        case_id = index.data(Qt.ItemDataRole.UserRole)
        if case_id is not None:
            self.accept()
            self.desk.case_wanted.emit(case_id)

    # ---- out of the house

    @property
    def _title(self) -> str:
        first, last = self._span
        return f"台账 {show_day(first)} 至 {show_day(last)}"

    def _export(self) -> None:
        with telling(self):
            saved = partial(self.desk.log.note, note_export, self._title)
            save_file(self, self.desk.look(ledger_workbook, *self._span), f"{self._title}.xlsx", WORKBOOK, saved)

    def _print(self) -> None:
        with telling(self):
            title, log = self._title, self.desk.log
            pdf = self.desk.look(draw_ledger, *self._span)
            print_paper(self, pdf, title, 1, lambda copies: log.note(note_print, title, copies=copies))

    def _save(self) -> None:
        with telling(self):
            saved = partial(self.desk.log.note, note_export, self._title)
            save_file(self, self.desk.look(draw_ledger, *self._span), f"{self._title}.pdf", saved=saved)


def _in_words(ledger: Ledger) -> str:
    """Who carried most weekends, at a glance."""
    most = ledger.most(What.WEEKEND)
    if not most:
        return "这段时间没有人值周末班。点列名可排序，双击数字看明细。"
    names = "、".join(line.name for line in most)
    return f"周末值班最多：{names}（{most[0].number(What.WEEKEND)}个半天）。点列名可排序，双击数字看明细。"
