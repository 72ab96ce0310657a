"""The dialogs of 领导包案: taken on, visited, ended."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.supervision import LeadCadre
from mediation_desk.domain.supervision_words import cadre_state
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import line_of, name_of, text_of
from mediation_desk.gui.forms.ui_cadre_end import Ui_CadreEndForm
from mediation_desk.gui.forms.ui_cadre_take_on import Ui_CadreTakeOnForm
from mediation_desk.gui.forms.ui_cadre_visit import Ui_CadreVisitForm
from mediation_desk.services.lead_cadres import end_lead, record_visit, take_on_case


def _in_short(cadre: LeadCadre) -> str:
    return f"{cadre.name}（{cadre.post}），{show_day(cadre.since)}起：{cadre_state(cadre)}"


class TakeOnDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_CadreTakeOnForm()
        self.ui.setupUi(self)
        self.ui.since.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            take_on_case,
            self.case_id,
            name=name_of(self.ui.cadre_name),
            post=line_of(self.ui.post),
            since=needed_day_of(self.ui.since, self.today),
        )


class VisitDialog(CaseDialog):
    """A visit that was made; nothing about it is proposed."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget, cadre: LeadCadre) -> None:
        super().__init__(desk, case, parent)
        self.cadre = cadre
        self.ui = Ui_CadreVisitForm()
        self.ui.setupUi(self)
        self.ui.cadre_text.setText(_in_short(cadre))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_visit,
            self.case_id,
            self.cadre.no,
            visited_on=needed_day_of(self.ui.visited_on, self.today),
            manner=line_of(self.ui.manner),
            situation=text_of(self.ui.visit_situation),
        )


class EndLeadDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget, cadre: LeadCadre) -> None:
        super().__init__(desk, case, parent)
        self.cadre = cadre
        self.ui = Ui_CadreEndForm()
        self.ui.setupUi(self)
        self.ui.cadre_text.setText(_in_short(cadre))
        self.ui.until.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            end_lead,
            self.case_id,
            self.cadre.no,
            result=text_of(self.ui.cadre_result),
            until=needed_day_of(self.ui.until, self.today),
        )
