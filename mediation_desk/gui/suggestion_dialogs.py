"""The dialogs of 三项建议: made, and answered."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.supervision import Suggestion, SuggestionKind
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_words, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_suggestion import Ui_SuggestionForm
from mediation_desk.gui.forms.ui_suggestion_answer import Ui_SuggestionAnswerForm
from mediation_desk.services.suggestions import answer_suggestion, make_suggestion

_ADOPTED, _REJECTED = "adopted", "rejected"


class SuggestionDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_SuggestionForm()
        self.ui.setupUi(self)
        fill_words(self.ui.suggestion_kind, SuggestionKind, blank="请选择")
        self.ui.made_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        if not chosen(self.ui.suggestion_kind):
            raise RuleBroken(Fault("请选择建议种类。", "suggestion_kind"))
        self.desk.do(
            make_suggestion,
            self.case_id,
            kind=SuggestionKind(chosen(self.ui.suggestion_kind)),
            unit=line_of(self.ui.unit),
            text=text_of(self.ui.suggestion_text),
            made_on=needed_day_of(self.ui.made_on, self.today),
        )


class SuggestionAnswerDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget, suggestion: Suggestion) -> None:
        super().__init__(desk, case, parent)
        self.suggestion = suggestion
        self.ui = Ui_SuggestionAnswerForm()
        self.ui.setupUi(self)
        about = f"{show_day(suggestion.made_on)}向{suggestion.unit}建议{suggestion.kind.label}：{suggestion.text}"
        self.ui.suggestion_line.setText(about)
        for label, code in (("请选择", ""), ("已采纳", _ADOPTED), ("未采纳", _REJECTED)):
            self.ui.adopted.addItem(label, code)
        self.ui.answered_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        if not chosen(self.ui.adopted):
            raise RuleBroken(Fault("请选择是否采纳。", "adopted"))
        self.desk.do(
            answer_suggestion,
            self.case_id,
            self.suggestion.no,
            answered_on=needed_day_of(self.ui.answered_on, self.today),
            answer=text_of(self.ui.answer),
            adopted=chosen(self.ui.adopted) == _ADOPTED,
        )
