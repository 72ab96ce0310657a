"""Records whether a case is taken for people's mediation, not taken, or handed to the unit that is competent."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case, DecisionKind, NumberKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.path_aid import MEDIATION_PATH
from mediation_desk.domain.path_words import closures_of, guide_of
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.domain.referral_flow import GOING_OUT
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_decision import Ui_DecisionForm
from mediation_desk.gui.unit_field import offer_units
from mediation_desk.services.triage import accept, decline, hand_over

CASE_NUMBERS = (NumberKind.CASE, NumberKind.ORAL)


class DecisionDialog(CaseDialog):
    """Shows only what the chosen decision asks for. Acceptance issues the number, once and for good."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget, kind: DecisionKind | None = None) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_DecisionForm()
        self.ui.setupUi(self)
        self._offer_choices()
        other_way = case.triage is not None and case.triage.path != MEDIATION_PATH
        self._propose()
        choose(self.ui.decision_kind, kind or (DecisionKind.HANDED_OVER if other_way else DecisionKind.ACCEPTED))
        self.ui.decided_on.setText(show_day(self.today))
        self.ui.decision_kind.currentIndexChanged.connect(self._suit_kind)
        self._suit_kind()
        self.wire(self.ui)

    def _offer_choices(self) -> None:
        ui = self.ui
        fill_words(ui.decision_kind, DecisionKind)
        fill_words(ui.number_kind, CASE_NUMBERS)
        fill_words(ui.referral_kind, GOING_OUT)
        offer_units(ui.handed_to, self.desk)
        fill_codes(ui.reason_code, self.desk.rules.table("non_acceptance_reason"), self.today, blank="请选择")
        committees = [each for each in self.desk.centre.committees if each.active]
        if len(committees) != 1:
            ui.committee.addItem("请选择", "")
        for committee in committees:
            ui.committee.addItem(committee.name, committee.id)
        if self.case.committee_id is not None:
            ui.committee.setCurrentIndex(max(ui.committee.findData(self.case.committee_id), 0))

    def _propose(self) -> None:
        """Why people's mediation is not open, and who is competent, as far as it follows from what is recorded."""
        rules = self.desk.rules
        if closures := closures_of(rules, self.today, self.case):
            choose(self.ui.reason_code, closures[0].reason_code)
        guide = guide_of(rules, self.today, self.case)
        self.ui.handed_to.setPlaceholderText(guide.organ if guide else "")

    def _suit_kind(self) -> None:
        ui, kind = self.ui, chosen(self.ui.decision_kind)
        rows = ui.fields_layout
        self.setWindowTitle("转办决定" if kind == DecisionKind.HANDED_OVER else "受理决定")
        accepting = kind == DecisionKind.ACCEPTED
        rows.setRowVisible(ui.committee, accepting)
        rows.setRowVisible(ui.number_kind, accepting and not self.case.number)
        ui.number_text.setText(
            f"沿用已有编号 {self.case.number}。" if self.case.number else "保存后立即编号；编号不能更改、不会重复使用。"
        )
        ui.number_text.setVisible(accepting)
        rows.setRowVisible(ui.reason_code, kind == DecisionKind.NOT_ACCEPTED)
        for field in (ui.handed_to, ui.referral_kind, ui.due_on, ui.document_no, ui.referral_matter):
            rows.setRowVisible(field, kind == DecisionKind.HANDED_OVER)
        rows.setRowVisible(ui.decision_reason, not accepting)

    def record(self) -> None:
        ui, do = self.ui, self.desk.do
        day = needed_day_of(ui.decided_on, self.today)
        match DecisionKind(chosen(ui.decision_kind)):
            case DecisionKind.ACCEPTED:
                refuse_unless(chosen(ui.committee), "请选择受理的人民调解委员会。", "committee")
                committee_id, number_kind = int(chosen(ui.committee)), NumberKind(chosen(ui.number_kind))
                do(accept, self.case_id, committee_id=committee_id, decided_on=day, kind=number_kind)
            case DecisionKind.NOT_ACCEPTED:
                code, reason = chosen(ui.reason_code), text_of(ui.decision_reason)
                do(decline, self.case_id, reason_code=code, reason=reason, decided_on=day)
            case DecisionKind.HANDED_OVER:
                do(
                    hand_over,
                    self.case_id,
                    handed_to=line_of(ui.handed_to),
                    reason=text_of(ui.decision_reason),
                    decided_on=day,
                    kind=ReferralKind(chosen(ui.referral_kind)),
                    due_on=day_of(ui.due_on, self.today),
                    document_no=line_of(ui.document_no),
                    matter=line_of(ui.referral_matter),
                )
