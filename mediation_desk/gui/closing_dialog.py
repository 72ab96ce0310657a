"""Closes a case, showing first what its file still lacks."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_closing import Ui_ClosingForm
from mediation_desk.services.afterwards import close_case, missing_for_closing


class ClosingDialog(CaseDialog):
    """What is missing does not block, but the person who closes says why (domain 12, soft rule 1)."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_ClosingForm()
        self.ui.setupUi(self)
        missing = missing_for_closing(case, desk.act())
        lacking = "卷内还缺：" + "、".join(missing) + "。请补齐；仍要结案的，请写明理由，理由会留在卷中。"
        self.ui.missing_text.setText(
            lacking if missing else "卷内材料齐全，可以结案。结案后仍可补记事实，会标明“补记”。"
        )
        self.ui.fields_layout.setRowVisible(self.ui.despite_reason, bool(missing))
        self.ui.closed_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            close_case,
            self.case_id,
            closed_on=needed_day_of(self.ui.closed_on, self.today),
            despite_reason=text_of(self.ui.despite_reason),
        )
