"""风险研判: how dangerous the case is, which dangers were marked, and what was reported when and to whom."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.rights import Right
from mediation_desk.domain.risk import RedFlag
from mediation_desk.domain.risk_words import RiskLine, fact_in_words, moment, risk_lines
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import ORANGE, RED, Line


class RiskTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("时间", "事项", "内容", "状态"), empty="没有研判过，登记中也没有标记风险。")
        self.page.offer("研判风险", self.assess, Right.TRIAGE, Right.MEDIATE, name="assess_button")
        self.page.offer(
            "登记报告",
            self.report,
            Right.REGISTER,
            Right.MEDIATE,
            name="report_button",
            suits=lambda _: bool(self.case and self.case.safety_flags),
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        now, rules, called = self.desk.now(), self.desk.rules, self.desk.centre.user_name
        self.page.show_lines(
            [_line(each) for each in risk_lines(case, rules, now)],
            lambda fact: fact_in_words(fact, case, rules, called, now),
        )

    def assess(self) -> None:
        from mediation_desk.gui.risk_dialogs import RiskDialog

        self.open_dialog(RiskDialog)

    def report(self) -> None:
        from mediation_desk.gui.risk_dialogs import RedFlagReportDialog

        self.open_dialog(RedFlagReportDialog)


def _line(told: RiskLine) -> Line:
    is_owed = isinstance(told.fact, RedFlag) and told.fact.met_at is None
    tone = RED if told.is_late else ORANGE if is_owed else None
    return Line((moment(told.at), told.kind, told.text, told.state), told.fact, tone)
