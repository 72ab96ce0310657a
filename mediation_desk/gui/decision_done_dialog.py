"""Records that what a conference decided was carried out."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.supervision import Conference
from mediation_desk.domain.supervision_words import decision_state
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_decision_done import Ui_DecisionDoneForm
from mediation_desk.services.conferences import carry_out_decision


class DecisionDoneDialog(CaseDialog):
    """Offers the decisions that are not done yet, the most pressing first."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget, conference: Conference) -> None:
        super().__init__(desk, case, parent)
        self.conference = conference
        self.ui = Ui_DecisionDoneForm()
        self.ui.setupUi(self)
        waiting = [each for each in conference.decisions if each.done_on is None]
        for decision in sorted(waiting, key=lambda each: each.due_on):
            words = f"{decision.text}（{decision.unit}，{decision_state(decision, self.today)}）"
            self.ui.decision.addItem(words, decision.no)
        self.ui.done_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            carry_out_decision,
            self.case_id,
            self.conference.no,
            self.ui.decision.currentData(),
            done_on=needed_day_of(self.ui.done_on, self.today),
            done_note=text_of(self.ui.done_note),
        )
