"""Records what came next in judicial confirmation: only what may follow is offered."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.case import Case
from mediation_desk.domain.confirmation import Confirmation, advice, next_steps
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_confirmation import Ui_ConfirmationForm
from mediation_desk.services.confirmation import record_confirmation


class ConfirmationDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, confirmation: Confirmation, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.confirmation = confirmation
        self.ui = Ui_ConfirmationForm()
        self.ui.setupUi(self)
        fill_words(self.ui.confirmation_state, next_steps(confirmation.state))
        self.ui.happened_on.setText(show_day(self.today))
        self.ui.court.setText(confirmation.court)
        self.ui.court_number.setText(confirmation.court_number)
        told = advice(confirmation, desk.rules, self.today)
        self.ui.standing_text.setText(f"现在：{confirmation.label}。{''.join(told)}")
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_confirmation,
            self.case_id,
            self.confirmation.agreement.no,
            ConfirmationState(chosen(self.ui.confirmation_state)),
            happened_on=needed_day_of(self.ui.happened_on, self.today),
            court=line_of(self.ui.court),
            court_number=line_of(self.ui.court_number),
            text=text_of(self.ui.confirmation_text),
        )
