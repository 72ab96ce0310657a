"""Records how mediation ended."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case, OutcomeKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_codes, fill_words, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_outcome import Ui_OutcomeForm
from mediation_desk.services.mediation import record_outcome

_WITH_REASON = (OutcomeKind.FAILED, OutcomeKind.TERMINATED)


class OutcomeDialog(CaseDialog):
    """Asks for a reason code only where mediation failed or was ended (人民调解法 art. 26)."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_OutcomeForm()
        self.ui.setupUi(self)
        fill_words(self.ui.outcome_kind, OutcomeKind, blank="请选择")
        fill_codes(self.ui.termination_reason, desk.rules.table("termination_reason"), self.today, blank="请选择")
        self.ui.ended_on.setText(show_day(case.sessions[-1].held_on if case.sessions else self.today))
        self.ui.outcome_kind.currentIndexChanged.connect(self._suit_kind)
        self._suit_kind()
        self.wire(self.ui)

    def _suit_kind(self) -> None:
        needed = chosen(self.ui.outcome_kind) in _WITH_REASON
        self.ui.fields_layout.setRowVisible(self.ui.termination_reason, needed)

    def record(self) -> None:
        ui = self.ui
        refuse_unless(chosen(ui.outcome_kind), "请选择调解结果。", "outcome_kind")
        kind = OutcomeKind(chosen(ui.outcome_kind))
        self.desk.do(
            record_outcome,
            self.case_id,
            kind,
            ended_on=needed_day_of(ui.ended_on, self.today),
            reason_code=chosen(ui.termination_reason) if kind in _WITH_REASON else "",
            reason=text_of(ui.outcome_reason),
        )
