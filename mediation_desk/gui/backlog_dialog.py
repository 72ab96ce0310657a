"""Gives accepted cases without a mediator out at once: the best plan for all together, ticked by the director."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_backlog import Ui_BacklogForm
from mediation_desk.gui.giving_out import GivingOut
from mediation_desk.services.backlog import give_out, waiting_cases


class BacklogDialog(GivingOut):
    """A case without a tick waits. Relations nobody asked about are named once before everything is given.

    `among` are cases that were chosen in a list; without them all that wait are given out.
    """

    nothing = "没有已受理而未指派的案件。"

    def __init__(self, desk: Desk, parent: QWidget, among: Collection[int] | None = None) -> None:
        super().__init__(desk, Ui_BacklogForm(), parent, can_wait=True)
        if among is not None:
            self.nothing = f"选中的{len(among)}件里，没有已受理而未指派的案件。"
            self.setWindowTitle(f"批量指派：选中的{len(among)}件")
        self.work_out(lambda records, act: waiting_cases(records, act, among))

    def save(self) -> None:
        ticked = [row for row in self.model.rows if row.ticked and row.taker is not None]
        unchecked = sum(bool(row.taker and row.taker.person.unchecked) for row in ticked)
        if not unchecked:
            super().save()
            return
        question = f"有{unchecked}件没有核实调解员与当事人的关系。仍然指派的，按“未核实”留存，请调解员到案后逐一核实。"
        ask(self, question, "未核实，仍要指派", super().save)

    def record(self) -> None:
        self.desk.do(give_out, self.tasks, self.model.takers())
