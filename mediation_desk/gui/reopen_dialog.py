"""Takes a closed case up again, with a reason that stays in the file."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_reopen import Ui_ReopenForm
from mediation_desk.services.afterwards import reopen


class ReopenDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_ReopenForm()
        self.ui.setupUi(self)
        closed_on = show_day(case.closing.closed_on if case.closing else None)
        self.ui.closing_line.setText(
            f"本案于{closed_on}结案。重新办理后回到结案前的阶段，编号和已有记录不变，办完可以再次结案。"
        )
        self.ui.reopened_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            reopen,
            self.case_id,
            reason=text_of(self.ui.reopen_reason),
            reopened_on=needed_day_of(self.ui.reopened_on, self.today),
        )
