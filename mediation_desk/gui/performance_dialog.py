"""Records what was really paid or done, as somebody reported it."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.agreement import Agreement, ObligationKind, outstanding
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.money import figures
from mediation_desk.domain.performance_terms import owed_in_short
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of, yuan_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_performance import Ui_PerformanceForm
from mediation_desk.services.afterwards import record_performance


class PerformanceDialog(CaseDialog):
    """Offers the obligations that are not performed in full, first of them `obligation_no`."""

    def __init__(
        self, desk: Desk, case: Case, agreement: Agreement, parent: QWidget, obligation_no: int | None = None
    ) -> None:
        super().__init__(desk, case, parent)
        self.agreement = agreement
        self.ui = Ui_PerformanceForm()
        self.ui.setupUi(self)
        self._owed = outstanding(agreement.obligations)
        for each in self._owed:
            self.ui.obligation.addItem(owed_in_short(case, each), each.no)
        self.ui.obligation.setCurrentIndex(max(self.ui.obligation.findData(obligation_no), 0))
        self.ui.done_on.setText(show_day(self.today))
        self.ui.obligation.currentIndexChanged.connect(self._show_owed)
        self._show_owed()
        self.wire(self.ui)

    def _show_owed(self) -> None:
        obligation = self._owed[self.ui.obligation.currentIndex()]
        money = obligation.kind is ObligationKind.MONEY
        self.ui.paid_amount.setEnabled(money)
        left = (obligation.amount_fen or 0) - obligation.paid_fen
        upcoming = obligation.next_due()
        due = f"，最近一期{show_day(upcoming[0])}应付{figures(upcoming[1])}元" if upcoming and upcoming[1] else ""
        self.ui.still_owed.setText(f"尚未履行{figures(left)}元{due}。" if money else f"内容：{obligation.what}")

    def record(self) -> None:
        obligation = self._owed[self.ui.obligation.currentIndex()]
        money = obligation.kind is ObligationKind.MONEY
        self.desk.do(
            record_performance,
            self.case_id,
            self.agreement.no,
            obligation.no,
            done_on=needed_day_of(self.ui.done_on, self.today),
            amount_fen=yuan_of(self.ui.paid_amount) if money else None,
            remark=text_of(self.ui.remark),
        )
