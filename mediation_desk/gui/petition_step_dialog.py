"""Records what was done with a petition item; of a step that cannot follow it says why, before anything is typed."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.petition import NOTICE_PAPERS, PetitionStepKind
from mediation_desk.domain.petition_flow import petition_step_faults
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_petition_step import Ui_PetitionStepForm
from mediation_desk.services.petitions import record_petition_step


class PetitionStepDialog(CaseDialog):
    """Offers every step, the first that may follow chosen; a notice is first to be given."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_PetitionStepForm()
        self.ui.setupUi(self)
        self._faults = {kind: petition_step_faults(case, kind, desk.rules) for kind in PetitionStepKind}
        fill_words(self.ui.petition_step, PetitionStepKind)
        for code in NOTICE_PAPERS:
            title = desk.rules.form(code, self.today).title
            self.ui.notice_kind.addItem(title, title)
        choose(self.ui.petition_step, self._likely())
        self.ui.happened_on.setText(show_day(self.today))
        self.ui.petition_step.currentIndexChanged.connect(self._suit_step)
        self.wire(self.ui)
        self._suit_step()  # afterwards: there is room for what another step asks

    def _likely(self) -> PetitionStepKind:
        """The first that may follow; a second notice is the exception."""
        assert self.case.petition is not None
        told = any(each.kind is PetitionStepKind.NOTICE for each in self.case.petition.steps)
        may = [kind for kind, faults in self._faults.items() if not faults]
        others = [kind for kind in may if kind is not PetitionStepKind.NOTICE]
        return next(iter(others if told and others else may), PetitionStepKind.NOTICE)

    @property
    def _kind(self) -> PetitionStepKind:
        return PetitionStepKind(chosen(self.ui.petition_step))

    def _suit_step(self) -> None:
        ui = self.ui
        ui.fields_layout.setRowVisible(ui.notice_kind, self._kind is PetitionStepKind.NOTICE)
        ui.step_hint.setText("\n".join(self._faults[self._kind]))
        ui.fields_layout.setRowVisible(ui.step_hint, bool(self._faults[self._kind]))

    def record(self) -> None:
        ui, words = self.ui, text_of(self.ui.step_text)
        if self._kind is PetitionStepKind.NOTICE:
            words = "；".join(filter(None, (chosen(ui.notice_kind), words)))
        day = needed_day_of(ui.happened_on, self.today)
        self.desk.do(record_petition_step, self.case_id, self._kind, happened_on=day, text=words)
