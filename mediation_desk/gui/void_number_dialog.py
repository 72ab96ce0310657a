"""Voids the number of a case, with a reason that is kept for ever, and issues a new one."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case, NumberKind
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.decision_dialog import CASE_NUMBERS
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_words
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_void_number import Ui_VoidNumberForm
from mediation_desk.services.triage import void_number


class VoidNumberDialog(CaseDialog):
    """Says what it means before it is done: a voided number is never used again."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_VoidNumberForm()
        self.ui.setupUi(self)
        self.ui.number_text.setText(f"编号 {case.number} 作废后不能恢复，也不会再次使用；案件立即换发新号。")
        fill_words(self.ui.number_kind, CASE_NUMBERS)
        choose(self.ui.number_kind, next((each.kind for each in case.numbers if each.text == case.number), None))
        self.wire(self.ui)

    def record(self) -> None:
        reason, kind = text_of(self.ui.void_reason), NumberKind(chosen(self.ui.number_kind))
        self.desk.do(void_number, self.case_id, reason=reason, kind=kind)
