"""Records that a case came from another unit, and who signed for it."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import parse_day, show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.procedure_clock import mediation_period
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.domain.referral_flow import SOURCE_OF
from mediation_desk.domain.working_days import period_end
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, day_of, fill_words, needed_day_of
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_arrival import Ui_ArrivalForm
from mediation_desk.gui.unit_field import offer_units
from mediation_desk.services.referrals import Arrival, receive


class ArrivalDialog(CaseDialog):
    """Proposes by when a court is to be answered, until another day is typed."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_ArrivalForm()
        self.ui.setupUi(self)
        ui = self.ui
        fill_words(ui.referral_kind, ReferralKind, blank="请选择")
        offer_units(ui.unit, desk)
        ui.document_no.setText(case.source_document)
        ui.sent_on.setText(show_day(self.today))
        ui.received_on.setText(show_day(self.today))
        ui.person.setText(desk.centre.user_name(desk.user_id))
        self._proposed = ""
        ui.referral_kind.currentIndexChanged.connect(self._propose)
        ui.received_on.editingFinished.connect(self._propose)
        self.wire(ui)

    def _propose(self) -> None:
        ui = self.ui
        if ui.due_on.text() not in ("", self._proposed):
            return
        self._proposed = self._court_day()
        ui.due_on.setText(self._proposed)

    def _court_day(self) -> str:
        """The last day for mediation that a court referred, "" for all else."""
        kind = chosen(self.ui.referral_kind)
        source = SOURCE_OF.get(ReferralKind(kind), "") if kind else ""
        try:
            received_on = parse_day(self.ui.received_on.text(), self.today)
        except ValueError:
            return ""
        if not source or received_on is None:
            return ""
        rules = self.desk.rules
        period = mediation_period(rules, source, "", received_on)
        return show_day(period_end(received_on, period, rules.holidays).effective)

    def record(self) -> None:
        ui = self.ui
        refuse_unless(chosen(ui.referral_kind), "请选择怎样转来。", "referral_kind")
        arrival = Arrival(
            kind=ReferralKind(chosen(ui.referral_kind)),
            unit=line_of(ui.unit),
            sent_on=needed_day_of(ui.sent_on, self.today),
            received_on=needed_day_of(ui.received_on, self.today),
            signed_by=line_of(ui.person),
            document_no=line_of(ui.document_no),
            matter=line_of(ui.matter),
            due_on=day_of(ui.due_on, self.today),
        )
        self.desk.do(receive, self.case_id, arrival)
