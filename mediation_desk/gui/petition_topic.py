"""信访事项: what the case is in the petition system, and its way to mediation and back."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.petition import Petition, PetitionStep
from mediation_desk.domain.petition_flow import petition_state
from mediation_desk.domain.rights import Right
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.line_model import Line
from mediation_desk.gui.overview_text import moment
from mediation_desk.gui.petition_dialog import PetitionDialog, WithdrawPetitionDialog
from mediation_desk.gui.petition_step_dialog import PetitionStepDialog


class PetitionTopic(QWidget):
    """The first line is the item as it is registered, the others are what was done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.page = FactPage(desk, ("日期", "事项", "说明"), empty="这个案件没有登记为信访事项。")
        for text, dialog, any_of, name, suits in (
            ("登记信访事项", PetitionDialog, (Right.REGISTER, Right.TRIAGE), "record_petition", False),
            ("登记办理情况", PetitionStepDialog, (Right.TRIAGE, Right.MEDIATE), "petition_step_button", True),
            ("更正登记", PetitionDialog, (Right.REGISTER, Right.TRIAGE), "correct_petition", True),
            ("撤销登记", WithdrawPetitionDialog, (Right.REGISTER, Right.TRIAGE), "withdraw_petition", True),
        ):
            self.page.offer(
                text, partial(self._open, dialog), *any_of, name=name, suits=partial(self._is_registered, suits)
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def show_case(self, case: Case) -> None:
        self.case = case
        petition = case.petition
        lines = [] if petition is None else [self._registered(petition), *map(_step, petition.steps)]
        self.page.show_lines(lines, self._in_words)

    def _is_registered(self, wanted: bool, _chosen: object) -> bool:
        return self.case is not None and (self.case.petition is not None) is wanted

    def _open(self, dialog: type[CaseDialog]) -> None:
        assert self.case is not None
        with telling(self):
            dialog(self.desk, self.case, self).open()

    def _registered(self, petition: Petition) -> Line:
        kind = self.desk.rules.table("petition_kind").label(petition.kind)
        cells = (show_day(petition.received_on), f"收到{kind}", petition.number or "未编号")
        return Line(cells, petition)

    def _in_words(self, fact: Petition | PetitionStep) -> str:
        recorded = f"{self.desk.centre.user_name(fact.by_id)} {moment(fact.recorded_at)} 登记"
        if isinstance(fact, PetitionStep):
            return "\n".join(filter(None, (f"{show_day(fact.happened_on)} {fact.kind.label}", fact.text, recorded)))
        tables = self.desk.rules.table
        lines = [
            f"信访编号：{fact.number or '没有登记'}",
            f"种类：{tables('petition_kind').label(fact.kind)}",
            f"内容分类：{tables('petition_domain').label(fact.domain) or '没有登记'}",
            f"收到日期：{show_day(fact.received_on)}",
            "姓名、住址清楚" if fact.contact_clear else "姓名或者住址不清，无法告知",
            f"被检举、控告的单位：{fact.accused_unit}（材料不得转给它）" if fact.accused_unit else "",
            f"现在：{petition_state(fact).label}",
            recorded,
        ]
        return "\n".join(filter(None, lines))


def _step(step: PetitionStep) -> Line:
    return Line((show_day(step.happened_on), step.kind.label, step.text), step)
