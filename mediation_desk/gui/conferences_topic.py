"""会商: the conferences about this case, and whether what they decided was done in time."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import Conference
from mediation_desk.domain.supervision_words import conference_in_words, conference_state, decisions_mark
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import RED, Line
from mediation_desk.services.conferences import cases_of_meeting


class ConferencesTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("会议日期", "形式", "主持人", "议定事项"), empty="没有会商过。")
        self.page.offer("登记会商", self.confer, Right.SUPERVISE, name="record_conference_button")
        self.page.offer(
            "登记落实",
            self.carry_out,
            Right.SUPERVISE,
            Right.FOLLOW_UP,
            name="carry_out_decision_button",
            suits=lambda conference: conference is not None and bool(decisions_mark([conference], desk.now().date())),
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        self.page.show_lines([self._line(each) for each in case.conferences], self._in_words)

    def confer(self) -> None:
        from mediation_desk.gui.conference_dialog import ConferenceDialog

        self.open_dialog(ConferenceDialog)

    def carry_out(self) -> None:
        from mediation_desk.gui.decision_done_dialog import DecisionDoneDialog

        self.open_dialog(DecisionDoneDialog, self.page.chosen)

    def _in_words(self, conference: Conference) -> str:
        told = conference_in_words(conference, self.desk.centre.user_name, self.desk.now().date())
        here = self.case.id if self.case else None
        others = [each for each in self.desk.look(cases_of_meeting, conference) if each.id != here]
        kinds = self.desk.rules.table("dispute_kind")
        names = (f"{each.file_title(kinds.label(each.dispute_kind))}　{each.number}".rstrip() for each in others)
        return "\n".join((told, "", "一并研究的其他案件：", *names)) if others else told

    def _line(self, conference: Conference) -> Line:
        today = self.desk.now().date()
        state = conference_state(conference, today)
        cells = (show_day(conference.held_on), conference.kind.label, conference.chair, state)
        is_late = any(each.done_on is None and each.is_late(today) for each in conference.decisions)
        return Line(cells, conference, RED if is_late else None)
