"""过程: everything that was recorded for a case, the newest last; what came after its end is marked as late."""

from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.case import Case, CaseEvent
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_timeline import Ui_TimelineForm
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.overview_text import moment

_HEADERS = ("发生日期", "记录时间", "谁", "事项", "说明")
_MARGIN = 8


class TimelineTab(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_TimelineForm()
        self.ui.setupUi(self)
        self.model = LineModel(_HEADERS, self)
        table = self.ui.event_table
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + _MARGIN)
        table.horizontalHeader().setSectionResizeMode(len(_HEADERS) - 1, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().geometriesChanged.connect(self._fit_rows)
        table.verticalScrollBar().valueChanged.connect(self._fit_rows)
        table.verticalScrollBar().rangeChanged.connect(self._stay_at_end)
        self._end = 0

    def show_case(self, case: Case) -> None:
        """Show the timeline of `case` from its newest line on."""
        self.model.show([self._line(case, event) for event in case.events])
        late = sum(case.is_late(event.recorded_at) for event in case.events)
        remark = f"，其中{late}条是结案后补记的" if late else ""
        self.ui.timeline_text.setText(f"共{len(case.events)}条{remark}。最新的在最后；记录只增不改。")
        self._fit_columns()
        self.ui.event_table.scrollToBottom()
        self._fit_rows()

    def _stay_at_end(self, _first: int, last: int) -> None:
        """Who saw the newest line sees it still when the window or a row became taller or less tall."""
        table = self.ui.event_table
        if table.verticalScrollBar().value() == self._end:
            table.scrollToBottom()
        self._end = last
        self._fit_rows()

    def _fit_columns(self) -> None:
        """Each column as wide as its widest words; the last one gets the rest."""
        table = self.ui.event_table
        measured = table.fontMetrics()
        for column, header in enumerate(_HEADERS[:-1]):
            words = {header, *(line.cells[column] for line in self.model.lines)}
            table.setColumnWidth(column, max(map(measured.horizontalAdvance, words)) + 2 * _MARGIN)

    def _fit_rows(self) -> None:
        """The rows in sight get the height that their words need; most of a long case are never looked at."""
        table = self.ui.event_table
        bar, room, number = table.verticalScrollBar(), table.viewport().height(), len(self.model.lines)
        is_at_end = bar.value() == bar.maximum()
        for row in range(number - 1, -1, -1) if is_at_end else range(max(table.rowAt(0), 0), number):
            table.resizeRowToContents(row)
            room -= table.rowHeight(row)
            if room <= 0:
                break
        if is_at_end:
            table.scrollToBottom()

    def _line(self, case: Case, event: CaseEvent) -> Line:
        late = case.is_late(event.recorded_at)
        cells = (
            show_day(event.happened_on),
            moment(event.recorded_at),
            self.desk.centre.user_name(event.by_id),
            f"补记：{event.kind.label}" if late else event.kind.label,
            event.text,
        )
        return Line(cells, event.kind, YELLOW if late else None)
