"""Stops, resumes and lengthens a time limit of a case."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import open_stop
from mediation_desk.domain.clock_words import clock_called, end_in_words, rule_in_words
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.procedure_clock import Clock, lengthened
from mediation_desk.gui.case_dialog import CaseDialog, offer_parties
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, needed_day_of, whole_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_clock_extend import Ui_ClockExtendForm
from mediation_desk.gui.forms.ui_clock_resume import Ui_ClockResumeForm
from mediation_desk.gui.forms.ui_clock_stop import Ui_ClockStopForm
from mediation_desk.gui.tick_list import ticked_people
from mediation_desk.services.clocks import extend, resume_clock, stop_clock


class ClockStopDialog(CaseDialog):
    """Offers the reasons for which the rule lets this time limit stand still."""

    def __init__(self, desk: Desk, case: Case, clock: Clock, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.clock = clock
        self.ui = Ui_ClockStopForm()
        self.ui.setupUi(self)
        self.ui.rule_text.setText(_rule(clock))
        table = desk.rules.table("clock_stop_reason")
        for code in clock.period.stop_reasons:
            self.ui.stop_reason.addItem(table.label(code), code)
        self.ui.stopped_since.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            stop_clock,
            self.case_id,
            self.clock.kind,
            reason_code=chosen(self.ui.stop_reason),
            since=needed_day_of(self.ui.stopped_since, self.today),
            reason=text_of(self.ui.stop_note),
        )


class ClockResumeDialog(CaseDialog):
    """Proposes that today counts again."""

    def __init__(self, desk: Desk, case: Case, clock: Clock, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.clock = clock
        self.ui = Ui_ClockResumeForm()
        self.ui.setupUi(self)
        stopped = open_stop(case, clock.kind)
        since = stopped.since if stopped else self.today
        reason = clock.stops[-1].reason if clock.stops else ""
        self.ui.stop_text.setText(f"“{clock_called(clock)}”从{show_day(since)}起停计：{reason}。")
        self.ui.stopped_until.setText(show_day(max(since, self.today - timedelta(days=1))))
        self.wire(self.ui)

    def record(self) -> None:
        until = needed_day_of(self.ui.stopped_until, self.today)
        self.desk.do(resume_clock, self.case_id, self.clock.kind, until=until)


class ClockExtendDialog(CaseDialog):
    """Asks for the consent of the parties, or for who approved, as the rule wants it; shows the new last day."""

    def __init__(self, desk: Desk, case: Case, clock: Clock, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.clock = clock
        self.ui = ui = Ui_ClockExtendForm()
        ui.setupUi(self)
        period = clock.period
        most = f"；最多{period.most_further}{period.days_called}" if period.most_further else ""
        once = "，只能延长一次" if period.extended_once else ""
        ui.rule_text.setText(f"{_rule(clock)}\n延长：{period.extension}{most}{once}。")
        ui.approved_on.setText(show_day(self.today))
        offer_parties(ui.consenting, case)
        ui.consenting_caption.setVisible(period.by_consent)
        ui.consenting.setVisible(period.by_consent)
        ui.approved_by_caption.setVisible(not period.by_consent)
        ui.approved_by.setVisible(not period.by_consent)
        ui.extended_days.textChanged.connect(self._show_end)
        self._show_end()
        self.wire(ui)

    def _show_end(self) -> None:
        try:
            days = whole_of(self.ui.extended_days) or 0
        except RuleBroken:
            days = 0
        told = f"现在届满：{end_in_words(self.clock)}"
        if days:
            told += f"　延长后届满：{end_in_words(lengthened(self.clock, days, self.desk.rules))}"
        self.ui.end_text.setText(told)

    def record(self) -> None:
        ui = self.ui
        self.desk.do(
            extend,
            self.case_id,
            self.clock.kind,
            days=whole_of(ui.extended_days),
            approved_on=needed_day_of(ui.approved_on, self.today),
            approved_by=line_of(ui.approved_by),
            reason=text_of(ui.extension_reason),
            consenting=ticked_people(ui.consenting),
        )


def _rule(clock: Clock) -> str:
    return f"{rule_in_words(clock)}，从{show_day(clock.started_on)}起算（{clock.period.source}）。"
