"""The dialogs of 风险研判: how dangerous a case is, and that its dangers were reported."""

from dataclasses import replace
from datetime import datetime, time

from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_codes, needed_day_of, time_of
from mediation_desk.gui.form_content import line_of, offer_ticks, text_of, tick, ticked
from mediation_desk.gui.forms.ui_red_flag_report import Ui_RedFlagReportForm
from mediation_desk.gui.forms.ui_risk import Ui_RiskForm
from mediation_desk.services.risk import assess_risk, report_red_flags


class RiskDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_RiskForm()
        self.ui.setupUi(self)
        fill_codes(self.ui.risk_level, desk.rules.table("risk_level"), self.today, blank="请选择")
        self.ui.assessed_on.setText(show_day(self.today))
        self.ui.assessed_time.setText(show_time(desk.now().time()))
        self.wire(self.ui)

    def record(self) -> None:
        ui = self.ui
        self.desk.do(
            assess_risk,
            self.case_id,
            level=chosen(ui.risk_level),
            reason=text_of(ui.risk_reason),
            assessed_at=datetime.combine(needed_day_of(ui.assessed_on, self.today), _needed_time_of(ui.assessed_time)),
        )


class RedFlagReportDialog(CaseDialog):
    """Offers the dangers that are marked, those that nobody reported yet ticked. Nothing else is proposed."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_RedFlagReportForm()
        self.ui.setupUi(self)
        every = desk.rules.table("safety_flag")
        marked = replace(every, codes=tuple(each for each in every.codes if each.code in case.safety_flags))
        offer_ticks(self.ui.reported_flags, marked, self.today)
        tick(self.ui.reported_flags, [each.flag for each in case.owed_reports])
        self.ui.reported_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        ui = self.ui
        self.desk.do(
            report_red_flags,
            self.case_id,
            ticked(ui.reported_flags),
            reported_at=datetime.combine(needed_day_of(ui.reported_on, self.today), _needed_time_of(ui.reported_time)),
            reported_to=line_of(ui.reported_to),
            measures=text_of(ui.measures),
        )


def _needed_time_of(field: QLineEdit) -> time:
    """The time typed. Raises `RuleBroken` at this field, also when it is empty."""
    at = time_of(field)
    if at is None:
        raise RuleBroken(Fault("请填写时间，如 9:30。", field.objectName()))
    return at
