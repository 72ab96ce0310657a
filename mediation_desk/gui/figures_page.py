"""统计: the indicators and the statistics form of a period, with the period before; every number opens its cases."""

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.figures_tables import FORM_HEADERS, INDICATOR_HEADERS, Indicators, Read, StatisticsForm
from mediation_desk.gui.forms.ui_figures import Ui_FiguresForm
from mediation_desk.gui.line_model import LineModel
from mediation_desk.gui.period_choice import PeriodChoice
from mediation_desk.gui.printing import save_file
from mediation_desk.services.audit import note_export

_WORKBOOK = "Excel 工作簿 (*.xlsx)"
_WIDEST = 30


class FiguresPage(QWidget):
    """Reads beside the window what is looked at: it may take seconds. What came too late is not shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = ui = Ui_FiguresForm()
        ui.setupUi(self)
        self._background = Background(self)
        self._asked = 0
        self._stale = True
        self._read: Read | None = None
        self.indicators = _model(ui.indicators, INDICATOR_HEADERS)
        self.statistics = _model(ui.statistics, FORM_HEADERS)
        self.period = PeriodChoice(desk, ui.period, ui.first_day, ui.last_day, ui.show_period)
        self._connect()
        self.setFocusProxy(ui.indicators)

    def _connect(self) -> None:
        ui = self.ui
        self.period.changed.connect(self.refresh)
        ui.tables.currentChanged.connect(self.refresh)
        for table in (ui.indicators, ui.statistics):
            table.activated.connect(self._open_cases)
            table.selectionModel().currentChanged.connect(self._define)
        add_action(self, "查看这段时间", "Ctrl+Return", self._take_typed, ui.show_period)
        add_action(self, "导出 Excel", "Ctrl+E", self.export, ui.export_workbook)
        self.desk.changed.connect(self._reread)

    # ---- reading

    @property
    def _kind(self) -> type[Indicators] | type[StatisticsForm]:
        return Indicators if self.ui.tables.currentWidget() is self.ui.indicators_page else StatisticsForm

    @property
    def _model(self) -> LineModel:
        return self.indicators if self._kind is Indicators else self.statistics

    def refresh(self) -> None:
        """Read anew what is in front."""
        self._asked += 1
        self._stale = False
        self._read = None
        self._model.show([])
        self.ui.definition_text.clear()
        self.ui.summary.setText("正在统计…")
        asked, kind, span = self._asked, self._kind, self.period.span

        def show(read: Read) -> None:
            if asked == self._asked:  # nobody wants another time or table by now
                self._show(read)

        self._background.run(lambda: kind.read(self.desk, span), show)

    def _show(self, read: Read) -> None:
        self._read = read
        self._model.show(read.lines)
        self.ui.summary.setText(f"{self.period.span.in_words}。双击一个数字（或按 Enter）打开它的案件。{read.notes}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _reread(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _take_typed(self) -> None:
        with telling(self):
            self.period.take_typed()

    def leave(self) -> None:
        """Wait for what is being read: the store goes soon."""
        self._background.finish()

    # ---- a number

    def _define(self, index: QModelIndex) -> None:
        if self._read is not None and index.isValid():
            self.ui.definition_text.setText(self._read.definition(index.row()))

    def _open_cases(self, index: QModelIndex) -> None:
        if self._read is None:
            return
        with telling(self):
            behind = self._read.behind(self.desk, index.row(), index.column())
            if behind is not None and behind.cases:
                self.desk.cases_wanted.emit(behind)

    def export(self) -> None:
        """Save the table that is in front, made beside the window."""
        kind, span = self._kind, self.period.span
        title = f"{kind.title} {span.in_words}"
        saved = partial(self.desk.log.note, note_export, title)
        self._background.run(
            lambda: kind.file(self.desk, span),
            lambda content: save_file(self, content, f"{title}.xlsx", _WORKBOOK, saved),
        )


def _model(table: QTableView, headers: tuple[str, ...]) -> LineModel:
    """The model of a table whose columns are as wide as what is in them, but no wider than can be read."""
    model = LineModel(headers, table)
    table.setModel(model)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setMaximumSectionSize(_WIDEST * table.fontMetrics().horizontalAdvance("字"))
    header.setStretchLastSection(True)
    return model
