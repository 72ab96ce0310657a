"""过程: everything that was recorded for a case, the newest last; what came after its end is marked as late."""

from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.case import Case, CaseEvent
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_timeline import Ui_TimelineForm
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.overview_text import moment


class TimelineTab(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_TimelineForm()
        self.ui.setupUi(self)
        self.model = LineModel(("发生日期", "记录时间", "谁", "事项", "说明"), self)
        table = self.ui.event_table
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)

    def show_case(self, case: Case) -> None:
        """Show the timeline of `case` from its newest line on."""
        self.model.show([self._line(case, event) for event in case.events])
        late = sum(case.is_late(event.recorded_at) for event in case.events)
        remark = f"，其中{late}条是结案后补记的" if late else ""
        self.ui.timeline_text.setText(f"共{len(case.events)}条{remark}。最新的在最后；记录只增不改。")
        self.ui.event_table.scrollToBottom()

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
