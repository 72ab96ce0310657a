"""Records that what is still owed need not be performed any more: who said so, when and why."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement, Obligation
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.money import figures
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import name_of, text_of
from mediation_desk.gui.forms.ui_waiver import Ui_WaiverForm
from mediation_desk.services.afterwards import waive_obligation


class WaiverDialog(CaseDialog):
    """Offers the parties of the agreement, whoever is to receive first; somebody else may be typed."""

    def __init__(self, desk: Desk, case: Case, agreement: Agreement, obligation: Obligation, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.agreement, self.obligation = agreement, obligation
        self.ui = Ui_WaiverForm()
        self.ui.setupUi(self)
        payee = case.party_name(obligation.payee_no, obligation.payee_name)
        names = [payee, *(case.party_name(no) for no in agreement.party_nos)]
        self.ui.said_by.addItems(list(dict.fromkeys(filter(None, names))))
        self.ui.said_by.setCurrentIndex(-1)
        self.ui.waived_on.setText(show_day(self.today))
        self.ui.owed_text.setText(_owed_in_words(obligation))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            waive_obligation,
            self.case_id,
            self.agreement.no,
            self.obligation.no,
            waived_on=needed_day_of(self.ui.waived_on, self.today),
            said_by=name_of(self.ui.said_by),
            reason=text_of(self.ui.waived_reason),
        )


def _owed_in_words(obligation: Obligation) -> str:
    if obligation.amount_fen is None:
        return f"第{obligation.no}项：{obligation.what}"
    left = figures(obligation.amount_fen - obligation.paid_fen)
    what = obligation.what or obligation.kind.label
    return f"第{obligation.no}项：{what}共{figures(obligation.amount_fen)}元，尚未履行{left}元。"
