"""Ends a mediator's part in a case; who was responsible until then stays to be read."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_relieve import Ui_RelieveForm
from mediation_desk.services.assignment import relieve


class RelieveDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_RelieveForm()
        self.ui.setupUi(self)
        assigned = [each.mediator_id for each in case.active_assignments]
        mediators = desk.look(lambda records, _: records.mediators.some(assigned))
        for mediator_id in assigned:
            self.ui.mediator.addItem(mediators[mediator_id].name, mediator_id)
        self.ui.ended_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            relieve,
            self.case_id,
            int(chosen(self.ui.mediator)),
            reason=text_of(self.ui.end_reason),
            ended_on=needed_day_of(self.ui.ended_on, self.today),
        )
