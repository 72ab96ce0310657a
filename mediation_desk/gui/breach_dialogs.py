"""The dialogs of 违约与诉讼: a breach, what was done about it, a suit, and how that ended."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.agreement import Agreement, Obligation
from mediation_desk.domain.breach import RESULTS, SUED, agreement_called, lawsuit_in_short, what_is_broken
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.performance_terms import owed_in_short
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_codes, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_breach import Ui_BreachForm
from mediation_desk.gui.forms.ui_breach_measures import Ui_BreachMeasuresForm
from mediation_desk.gui.forms.ui_lawsuit import Ui_LawsuitForm
from mediation_desk.gui.forms.ui_lawsuit_result import Ui_LawsuitResultForm
from mediation_desk.services.breach import record_breach, record_lawsuit, record_lawsuit_result, record_measures


class BreachDialog(CaseDialog):
    """Offers each obligation of each agreement in effect, first the one that is overdue, and each agreement whole."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_BreachForm()
        self.ui.setupUi(self)
        self._broken: list[tuple[Agreement, Obligation | None]] = []
        for agreement in case.effective_agreements:
            self._broken += [(agreement, each) for each in agreement.obligations]
            self._broken.append((agreement, None))
        for agreement, owed in self._broken:
            what = owed_in_short(case, owed) if owed else "协议的其他约定"
            self.ui.broken.addItem(f"{agreement_called(case, agreement.no)}　{what}")
        overdue = [row for row, (_, owed) in enumerate(self._broken) if owed and _is_overdue(owed, self.today)]
        self.ui.broken.setCurrentIndex(overdue[0] if overdue else 0)
        self.ui.found_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        agreement, owed = self._broken[self.ui.broken.currentIndex()]
        self.desk.do(
            record_breach,
            self.case_id,
            agreement.no,
            obligation_no=owed.no if owed else None,
            found_on=needed_day_of(self.ui.found_on, self.today),
            situation=text_of(self.ui.situation),
            measures=text_of(self.ui.measures),
        )


def _is_overdue(owed: Obligation, today: date) -> bool:
    upcoming = owed.next_due()
    return upcoming is not None and upcoming[0] < today


class BreachMeasuresDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget, breach: Breach, breach_no: int) -> None:
        super().__init__(desk, case, parent)
        self.breach_no = breach_no
        self.ui = Ui_BreachMeasuresForm()
        self.ui.setupUi(self)
        found = f"{show_day(breach.found_on)}　{what_is_broken(case, breach)}：{breach.situation}"
        self.ui.breach_text.setText("\n".join(filter(None, (found, breach.measures))))
        self.ui.taken_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_measures,
            self.case_id,
            self.breach_no,
            taken_on=needed_day_of(self.ui.taken_on, self.today),
            measures=text_of(self.ui.measures),
        )


class LawsuitDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_LawsuitForm()
        self.ui.setupUi(self)
        for agreement in case.effective_agreements:
            self.ui.agreement.addItem(agreement_called(case, agreement.no), agreement.no)
        self.ui.plaintiff.addItem("请选择", None)
        for party in case.parties:
            self.ui.plaintiff.addItem(f"{party.name}（{party.side.label}）", party.no)
        self.ui.filed_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_lawsuit,
            self.case_id,
            self.ui.agreement.currentData(),
            filed_on=needed_day_of(self.ui.filed_on, self.today),
            plaintiff_no=self.ui.plaintiff.currentData(),
            court=line_of(self.ui.court),
            claim=text_of(self.ui.claim),
        )


class LawsuitResultDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget, lawsuit: Lawsuit, lawsuit_no: int) -> None:
        super().__init__(desk, case, parent)
        self.lawsuit_no = lawsuit_no
        self.ui = Ui_LawsuitResultForm()
        self.ui.setupUi(self)
        self.ui.lawsuit_text.setText(f"{lawsuit_in_short(case, lawsuit)}。")
        results = self.ui.lawsuit_result_code
        fill_codes(results, desk.rules.table(RESULTS), self.today, blank="请选择")
        results.removeItem(results.findData(SUED))
        self.ui.result_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_lawsuit_result,
            self.case_id,
            self.lawsuit_no,
            chosen(self.ui.lawsuit_result_code),
            result_on=needed_day_of(self.ui.result_on, self.today),
            result=text_of(self.ui.lawsuit_result),
        )
