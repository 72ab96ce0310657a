"""Makes an agreement final although a review found something: every finding is read again, and the reason is kept."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.finding import Finding
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.findings_panel import list_findings
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_freeze import Ui_FreezeForm
from mediation_desk.services.agreements import freeze_agreement


class FreezeDialog(CaseDialog):
    def __init__(
        self, desk: Desk, case: Case, agreement: Agreement, findings: Sequence[Finding], parent: QWidget
    ) -> None:
        super().__init__(desk, case, parent)
        self.agreement = agreement
        self.ui = Ui_FreezeForm()
        self.ui.setupUi(self)
        list_findings(self.ui.open_findings, findings)
        self.wire(self.ui)
        self.ui.despite_reason.setFocus()

    def record(self) -> None:
        reason = text_of(self.ui.despite_reason)
        self.desk.do(freeze_agreement, self.case_id, self.agreement.no, despite_reason=reason)
