"""三项建议: what was suggested to units because of this case, and whether they adopted it."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import Suggestion
from mediation_desk.domain.supervision_words import suggestion_in_words, suggestion_state
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import Line


class SuggestionsTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("种类", "单位", "提出日期", "状态"), empty="没有提出过建议。")
        self.page.offer("提出建议", self.suggest, Right.SUPERVISE, name="suggest_button")
        self.page.offer(
            "登记答复",
            self.answer,
            Right.SUPERVISE,
            Right.FOLLOW_UP,
            name="answer_suggestion_button",
            suits=lambda suggestion: suggestion is not None and suggestion.answered_on is None,
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        called = self.desk.centre.user_name
        self.page.show_lines(
            [_line(each) for each in case.suggestions], lambda suggestion: suggestion_in_words(suggestion, called)
        )

    def suggest(self) -> None:
        from mediation_desk.gui.suggestion_dialogs import SuggestionDialog

        self.open_dialog(SuggestionDialog)

    def answer(self) -> None:
        from mediation_desk.gui.suggestion_dialogs import SuggestionAnswerDialog

        self.open_dialog(SuggestionAnswerDialog, self.page.chosen)


def _line(suggestion: Suggestion) -> Line:
    cells = (suggestion.kind.label, suggestion.unit, show_day(suggestion.made_on), suggestion_state(suggestion))
    return Line(cells, suggestion)
