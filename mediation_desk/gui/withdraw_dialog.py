"""Gives up a frozen text that does not bind yet, with the reason that is kept."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_withdraw import Ui_WithdrawForm
from mediation_desk.services.agreements import withdraw_agreement


class WithdrawDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, agreement: Agreement, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.agreement = agreement
        self.ui = Ui_WithdrawForm()
        self.ui.setupUi(self)
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(withdraw_agreement, self.case_id, self.agreement.no, reason=text_of(self.ui.withdraw_reason))
