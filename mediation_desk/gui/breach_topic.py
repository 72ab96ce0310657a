"""违约与诉讼: what was not kept of an agreement, what was done about it, who sued, and how long there is to sue."""

from typing import NamedTuple

from mediation_desk.domain.aftermath import Breach, Lawsuit
from mediation_desk.domain.breach import (
    RESULTS,
    BreachState,
    agreement_called,
    breach_in_words,
    breach_state,
    has_ended,
    lawsuit_in_words,
    lawsuit_state,
    what_is_broken,
)
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.time_bar import time_bar
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import ORANGE, RED, Line


class _Shown(NamedTuple):
    """What a line stands for, and its place among those of its kind in the case, from 1."""

    fact: Breach | Lawsuit
    no: int


class BreachTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        empty = "协议生效后，一方不履行、或者一方就协议起诉的，在这里登记。"
        super().__init__(desk, ("日期", "事项", "协议", "内容", "状态"), empty=empty)
        self.page.offer(
            "登记不履行…",
            self.record_breach,
            Right.FOLLOW_UP,
            name="record_breach_button",
            suits=lambda _: self._binds,
        )
        self.page.offer(
            "登记处理…",
            self.record_measures,
            Right.FOLLOW_UP,
            name="record_measures_button",
            suits=lambda each: each is not None and isinstance(each.fact, Breach),
        )
        self.page.offer(
            "登记起诉…",
            self.record_lawsuit,
            Right.FOLLOW_UP,
            name="record_lawsuit_button",
            suits=lambda _: self._binds,
        )
        self.page.offer(
            "登记诉讼结果…",
            self.record_result,
            Right.FOLLOW_UP,
            name="record_lawsuit_result_button",
            suits=lambda each: each is not None and isinstance(each.fact, Lawsuit) and not has_ended(each.fact),
        )

    @property
    def _binds(self) -> bool:
        return self.case is not None and bool(self.case.effective_agreements)

    def show_case(self, case: Case) -> None:
        self.case = case
        self.page.show_head("\n".join(time_bar(case, self.desk.rules, self.desk.now().date())))
        breaches = [self._breach(case, each, no) for no, each in enumerate(case.breaches, start=1)]
        lawsuits = [self._lawsuit(case, each, no) for no, each in enumerate(case.lawsuits, start=1)]
        self.page.show_lines([*breaches, *lawsuits], lambda shown: self._in_words(case, shown.fact))

    def _breach(self, case: Case, breach: Breach, no: int) -> Line:
        state = breach_state(case, breach)
        what = what_is_broken(case, breach)
        cells = (show_day(breach.found_on), "不履行", agreement_called(case, breach.agreement_no), what, state.label)
        return Line(cells, _Shown(breach, no), RED if state is BreachState.UNATTENDED else None)

    def _lawsuit(self, case: Case, lawsuit: Lawsuit, no: int) -> Line:
        state = lawsuit_state(lawsuit, self.desk.rules.table(RESULTS))
        what = f"{case.party_name(lawsuit.plaintiff_no)}，{lawsuit.court}"
        cells = (show_day(lawsuit.filed_on), "起诉", agreement_called(case, lawsuit.agreement_no), what, state)
        return Line(cells, _Shown(lawsuit, no), None if has_ended(lawsuit) else ORANGE)

    def _in_words(self, case: Case, fact: Breach | Lawsuit) -> str:
        called = self.desk.centre.user_name
        if isinstance(fact, Breach):
            return breach_in_words(case, fact, called)
        return lawsuit_in_words(case, fact, self.desk.rules.table(RESULTS), called)

    def record_breach(self) -> None:
        from mediation_desk.gui.breach_dialogs import BreachDialog

        self.open_dialog(BreachDialog)

    def record_measures(self) -> None:
        from mediation_desk.gui.breach_dialogs import BreachMeasuresDialog

        self.open_dialog(BreachMeasuresDialog, *self.page.chosen)

    def record_lawsuit(self) -> None:
        from mediation_desk.gui.breach_dialogs import LawsuitDialog

        self.open_dialog(LawsuitDialog)

    def record_result(self) -> None:
        from mediation_desk.gui.breach_dialogs import LawsuitResultDialog

        self.open_dialog(LawsuitResultDialog, *self.page.chosen)
