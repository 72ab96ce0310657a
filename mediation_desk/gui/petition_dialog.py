"""Registers a petition item, corrects what is registered of one, and takes back what belongs to another case."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.petition import ACCUSATION
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_codes, needed_day_of
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_petition import Ui_PetitionForm
from mediation_desk.gui.forms.ui_withdraw_petition import Ui_WithdrawPetitionForm
from mediation_desk.services.petitions import (
    PetitionItem,
    correct_petition,
    item_of,
    record_petition,
    withdraw_petition,
)


class PetitionDialog(CaseDialog):
    """Asks whom an accusation is about, and of other items not."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_PetitionForm()
        self.ui.setupUi(self)
        self._was = item_of(case.petition) if case.petition else None
        tables = desk.rules.table
        fill_codes(self.ui.petition_kind, tables("petition_kind"), self.today, blank="请选择")
        fill_codes(self.ui.petition_domain, tables("petition_domain"), self.today)
        if self._was is not None:
            self.setWindowTitle("更正信访事项")
        self._show(self._was or PetitionItem(kind="", received_on=case.requested_on))
        self.ui.petition_kind.currentIndexChanged.connect(self._suit_kind)
        self.wire(self.ui)
        self._suit_kind()  # afterwards: there is room for what another kind asks

    def _show(self, item: PetitionItem) -> None:
        ui = self.ui
        ui.petition_number.setText(item.number)
        choose(ui.petition_kind, item.kind)
        choose(ui.petition_domain, item.domain)
        ui.received_on.setText(show_day(item.received_on))
        ui.contact_clear.setChecked(item.contact_clear)
        ui.accused_unit.setText(item.accused_unit)

    def _suit_kind(self) -> None:
        self.ui.fields_layout.setRowVisible(self.ui.accused_unit, chosen(self.ui.petition_kind) == ACCUSATION)

    def record(self) -> None:
        ui = self.ui
        item = PetitionItem(
            kind=chosen(ui.petition_kind),
            received_on=needed_day_of(ui.received_on, self.today),
            number=line_of(ui.petition_number),
            domain=chosen(ui.petition_domain),
            contact_clear=ui.contact_clear.isChecked(),
            accused_unit=line_of(ui.accused_unit),
        )
        if self._was is None:
            self.desk.do(record_petition, self.case_id, item)
        else:
            self.desk.do(correct_petition, self.case_id, self._was, item)


class WithdrawPetitionDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_WithdrawPetitionForm()
        self.ui.setupUi(self)
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(withdraw_petition, self.case_id, reason=line_of(self.ui.withdraw_reason))
