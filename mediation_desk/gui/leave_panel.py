"""Leave and absence of the mediator who is chosen: what is known, what is new, what is taken back."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_leave_panel import Ui_LeavePanel
from mediation_desk.gui.leave_dialog import LeaveDialog
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.presence import withdraw_leave

_COLUMNS = ("时间", "类别", "事由", "替班人", "备注", "登记日期", "状态")
_LOOKED_BACK = timedelta(days=92)
"""How far back leave is listed: a quarter."""


class LeavePanel(QWidget):
    """Shows the leave of one mediator, the newest first; what was withdrawn or joined stays to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_LeavePanel()
        self.ui.setupUi(self)
        self.model = LineModel(_COLUMNS, self)
        self.ui.leaves.setModel(self.model)
        self.ui.leaves.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._mediator: Mediator | None = None
        add_action(
            self,
            "所选调解员请假",
            "F8",
            self._take,
            self.ui.take_leave,
            needs=self.desk.needs(Right.DUTY, Right.ROSTER),
        )
        add_action(
            self,
            "撤回所选请假",
            "Shift+F8",
            self._withdraw,
            self.ui.withdraw_leave,
            needs=self.desk.needs(Right.DUTY, Right.ROSTER),
        )
        self.show_mediator(None, {})

    def show_mediator(self, mediator: Mediator | None, names: Mapping[int, str]) -> None:
        """Show the leave of this mediator; None while nobody is chosen. `names` are those of all mediators."""
        self._mediator = mediator
        leaves: list[Leave] = []
        if mediator is not None:
            since = self.desk.now().date() - _LOOKED_BACK
            leaves = self.desk.look(
                lambda records, _: records.presence.leaves(since, date.max, mediator_id=mediator.id, withdrawn=True)
            )
        self.model.show([_line(each, names, self.desk.rules) for each in reversed(leaves)])
        self.ui.leaves.setVisible(bool(leaves))
        self.ui.leaves_empty.setVisible(not leaves)
        self.ui.leaves_empty.setText(
            "请先选一位调解员。" if mediator is None else f"{mediator.name}最近三个月和以后没有请假。按“请假”登记。"
        )
        self.ui.take_leave.setEnabled(mediator is not None)
        self.ui.withdraw_leave.setEnabled(bool(leaves))

    def _take(self) -> None:
        if self._mediator is not None and self._mediator.id is not None:
            with telling(self):
                LeaveDialog(self.desk, self._mediator.id, self, leads_to_roster=True).open()

    def _withdraw(self) -> None:
        leave = self.ui.leaves.currentIndex().data(Qt.ItemDataRole.UserRole)
        if not isinstance(leave, Leave):
            self.ui.leaves.setFocus()
            self.ui.leaves.setCurrentIndex(self.model.index(0, 0))
            return
        question = f"撤回{leave.span_in_words}的{leave.kind.label}？撤回后按原来的时间到岗。"
        ask(self, question, "撤回", lambda: self._withdraw_now(leave.id or 0))

    def _withdraw_now(self, leave_id: int) -> None:
        with telling(self):
            self.desk.do(withdraw_leave, leave_id)


def _line(leave: Leave, names: Mapping[int, str], rules: Rules) -> Line:
    cells = (
        leave.span_in_words,
        leave.kind.label,
        rules.table("absence_reason").label(leave.reason),
        names.get(leave.substitute_id or 0, ""),
        leave.note,
        show_day(leave.recorded_at.date()),
        "已撤回或合并" if leave.withdrawn_at else "",
    )
    return Line(cells, leave)
