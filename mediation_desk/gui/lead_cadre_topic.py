"""领导包案: who took the case on, the visits that were made, and what came of it."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision_words import cadre_in_words, cadre_state
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import Line


class LeadCadreTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("包案领导", "职务", "包案日期", "状态"), empty="没有领导包案。")
        self.page.offer("登记包案", self.take_on, Right.SUPERVISE, name="take_on_button")
        self.page.offer(
            "登记走访",
            self.visit,
            Right.SUPERVISE,
            Right.FOLLOW_UP,
            name="visit_button",
            suits=lambda cadre: cadre is not None,
        )
        self.page.offer(
            "结束包案",
            self.end,
            Right.SUPERVISE,
            name="end_lead_button",
            suits=lambda cadre: cadre is not None and cadre.until is None,
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        called = self.desk.centre.user_name
        lines = [
            Line((each.name, each.post, show_day(each.since), cadre_state(each)), each) for each in case.lead_cadres
        ]
        self.page.show_lines(lines, lambda cadre: cadre_in_words(cadre, called))

    def take_on(self) -> None:
        from mediation_desk.gui.lead_cadre_dialogs import TakeOnDialog

        self.open_dialog(TakeOnDialog)

    def visit(self) -> None:
        from mediation_desk.gui.lead_cadre_dialogs import VisitDialog

        self.open_dialog(VisitDialog, self.page.chosen)

    def end(self) -> None:
        from mediation_desk.gui.lead_cadre_dialogs import EndLeadDialog

        self.open_dialog(EndLeadDialog, self.page.chosen)
