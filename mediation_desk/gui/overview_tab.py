"""概况: the facts of a case at a glance, what comes next, and the dialogs that record its steps."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import Needs, add_action
from mediation_desk.gui.calling import call_in
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_overview import Ui_OverviewForm
from mediation_desk.gui.like_dialog import LikeDialog
from mediation_desk.gui.next_step import NextStep, next_step
from mediation_desk.gui.overview_dialogs import make_dialog
from mediation_desk.gui.overview_text import OverviewText
from mediation_desk.gui.why_dialog import WhyDialog
from mediation_desk.services.hard_cases import why_hard


class _Step(NamedTuple):
    action: QAction
    button: QPushButton
    needs: Needs


class OverviewTab(QWidget):
    """Emits `tab_wanted` with the key of the tab where the next step is done."""

    tab_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.ui = Ui_OverviewForm()
        self.ui.setupUi(self)
        self._next: NextStep | None = None
        ui = self.ui
        keys = (
            ("correct", "更正登记", "F2", ui.correct_button, (Right.REGISTER, Right.MEDIATE)),
            (
                "willingness",
                "登记调解意愿",
                "Ctrl+Y",
                ui.willingness_button,
                (Right.REGISTER, Right.TRIAGE, Right.MEDIATE),
            ),
            ("triage", "分流", "Ctrl+L", ui.triage_button, (Right.TRIAGE,)),
            ("decision", "作出受理决定", "Ctrl+J", ui.decision_button, (Right.TRIAGE,)),
            ("void_number", "编号作废", "Ctrl+Alt+Z", ui.void_number_button, (Right.TRIAGE,)),
            ("assign", "指派调解员", "Ctrl+D", ui.assign_button, (Right.ASSIGN,)),
            ("relieve", "更换调解员", "Ctrl+Shift+D", ui.relieve_button, (Right.ASSIGN,)),
            ("outcome", "登记调解结果", "Ctrl+R", ui.outcome_button, (Right.MEDIATE,)),
            ("closing", "结案", "Ctrl+E", ui.close_case_button, (Right.FOLLOW_UP,)),
            ("reopen", "重新办理", "Ctrl+Shift+E", ui.reopen_button, (Right.FOLLOW_UP,)),
        )
        self._steps: dict[str, _Step] = {}
        for key, text, keys_, button, any_of in keys:
            needs = desk.needs(*any_of)
            action = add_action(self, text, keys_, partial(self.open_dialog, key), button, needs=needs)
            self._steps[key] = _Step(action, button, needs)
        self._why = add_action(self, "为什么是这位调解员", "Ctrl+Shift+W", self.tell_why, ui.why_button)
        needs = desk.needs(Right.ASSIGN)
        self._call_out = add_action(self, "呼叫随驻人员", "F7", self.call_in, ui.call_out_button, needs=needs)
        add_action(self, "以往和相似案件", "Ctrl+Shift+Y", self.show_like, ui.like_button)
        add_action(self, "做下一步", "F9", self.take_next_step, ui.next_button)

    def show_case(self, case: Case) -> None:
        """Show the facts of `case` as they were just read."""
        self.case = case
        assigned = {each.mediator_id for each in case.assignments}
        mediators = self.desk.look(lambda records, _: records.mediators.some(assigned)) if assigned else {}
        text = OverviewText(case, self.desk.centre, self.desk.rules, mediators)
        ui = self.ui
        ui.matter_text.setText(case.matter)
        ui.demand_text.setText(case.demand)
        ui.remark_text.setText(case.remark or "无")
        for label, told in (
            (ui.kind_text, text.kind()),
            (ui.source_text, text.source()),
            (ui.days_text, text.days() + self._why_hard(case)),
            (ui.scale_text, text.scale()),
            (ui.safety_text, text.safety()),
            (ui.willingness_text, text.willingness()),
            (ui.triage_text, text.triage()),
            (ui.decision_text, text.decision()),
            (ui.mediators_text, text.mediators()),
            (ui.outcome_text, text.outcome()),
            (ui.closing_text, text.closing()),
        ):
            label.setText(told)
        self._show_next(next_step(case, self.desk.now().date()))
        self._offer_what_makes_sense(case)

    def _why_hard(self, case: Case) -> str:
        why = self.desk.look(why_hard, case)
        return f"\n积案：{'，'.join(why)}" if why else ""

    def leave(self) -> None:
        """Keep what is half typed in a dialog."""
        for dialog in self.findChildren(CaseDialog):
            dialog.leave()

    def open_dialog(self, key: str) -> None:
        """Ask for the facts of one step of the case."""
        assert self.case is not None
        with telling(self):
            self._steps[key].needs.check()
            make_dialog(key, self.desk, self.case, self).open()

    def show_like(self) -> None:
        """Show earlier and similar cases, with the reasons why."""
        assert self.case is not None
        with telling(self):
            LikeDialog(self.desk, self.case, self).open()

    def tell_why(self) -> None:
        """Show the order the mediators of the case were chosen from."""
        if self.case is not None and self.case.rankings:
            WhyDialog(self.desk, self.case, self).open()

    def call_in(self) -> None:
        """Call somebody on call in for this case, or go on with the call that runs."""
        assert self.case is not None
        with telling(self):
            call_in(self.desk, self.window(), self.case.id)

    def take_next_step(self) -> None:
        """Open the dialog of the next step, or the tab where it is done."""
        if self._next is None:
            return
        if self._next.goes_to in self._steps:
            self.open_dialog(self._next.goes_to)
        else:
            self.tab_wanted.emit(self._next.goes_to)

    def _show_next(self, step: NextStep) -> None:
        self._next = step
        self.ui.next_text.setText(f"下一步：{step.sentence}")
        self.ui.next_button.setText(step.button)

    def _offer_what_makes_sense(self, case: Case) -> None:
        """Leave out only what could not even be asked; everything else says itself why it is refused."""
        senseless = {
            "void_number": not case.number,
            "assign": not case.is_accepted,
            "relieve": not case.active_assignments,
            "outcome": not case.is_accepted,
            "closing": case.closing is not None,
            "reopen": case.closing is None,
            "decision": case.closing is not None,
        }
        for why in (self._why, self.ui.why_button):
            why.setEnabled(bool(case.rankings))
        for call_out in (self._call_out, self.ui.call_out_button):
            call_out.setEnabled(case.closing is None)
        for key, step in self._steps.items():
            for each in (step.action, step.button):
                each.setEnabled(not senseless.get(key, False))
