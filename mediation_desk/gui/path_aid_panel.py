"""Asks the few questions that lead to the lawful way of a matter, one at a time, and says the way and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.path_aid import Asked, PathAid, Proposal, Situation
from mediation_desk.domain.path_words import closed_in_words, group_label, laws
from mediation_desk.domain.petition import REDRESS_CLAIM
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose, chosen, fill_codes
from mediation_desk.gui.forms.ui_path_aid import Ui_PathAidForm


class PathAidPanel(QWidget):
    """`kind_changed` asks its owner to `look_at` the matter anew; `taken` comes with the proposal somebody takes over.

    An answer stays given while other codes are chosen, and counts wherever its question is asked again.
    """

    kind_changed = Signal()
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PathAidForm()
        self.ui.setupUi(self)
        self.answers: dict[str, bool] = {}
        self._desk: Desk
        self._aid = PathAid()
        self._situation: Situation
        self._asked = Asked((), None, None)

    def begin(self, desk: Desk, case: Case, owner: QWidget) -> None:
        """Get ready for a case. The keys are heard everywhere in `owner`. A recorded petition item has its kind."""
        self._desk = desk
        ui, today = self.ui, desk.now().date()
        self._aid = desk.rules.path_aid(today)
        fill_codes(ui.petition_kind, desk.rules.table("petition_kind"), today, blank=None)
        choose(ui.petition_kind, case.petition.kind if case.petition else REDRESS_CLAIM)
        ui.petition_kind.setEnabled(case.petition is None)
        ui.petition_kind.currentIndexChanged.connect(self.kind_changed)
        add_action(owner, "途径建议：答“是”", "Alt+Y", lambda: self._answer(True), ui.yes_button)
        add_action(owner, "途径建议：答“否”", "Alt+N", lambda: self._answer(False), ui.no_button)
        add_action(owner, "途径建议：退回上一问", "Alt+B", self._go_back, ui.back_button)
        add_action(owner, "采用建议的途径", "Alt+A", self._take, ui.take_button)

    @property
    def kind(self) -> str:
        """The code of the kind of petition."""
        return chosen(self.ui.petition_kind)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in order."""
        ui = self.ui
        return ui.petition_kind, ui.yes_button, ui.no_button, ui.back_button, ui.take_button

    def look_at(self, situation: Situation) -> None:
        """Go on from what is known of the matter now."""
        self._situation = situation
        self._show()

    def _answer(self, answer: bool) -> None:
        if self._asked.question is not None:
            self.answers[self._asked.question.key] = answer
            self._show()

    def _go_back(self) -> None:
        if self._asked.told:
            question, _ = self._asked.told[-1]
            del self.answers[question.key]
            self._show()

    def _take(self) -> None:
        if self._asked.proposal is not None:
            self.taken.emit(self._asked.proposal)

    def _show(self) -> None:
        ui = self.ui
        self._asked = asked = self._aid.ask(self._situation, self.answers)
        ui.question_text.setText(asked.question.text if asked.question else "")
        ui.question_text.setVisible(asked.question is not None)
        ui.told_text.setText("\n".join(f"{each.short}：{'是' if answer else '否'}" for each, answer in asked.told))
        ui.told_text.setVisible(bool(asked.told))
        for button in (ui.yes_button, ui.no_button):
            button.setVisible(asked.question is not None)
        ui.back_button.setVisible(bool(asked.told))
        ui.proposal_text.setText(self._proposed(asked.proposal) if asked.proposal else "")
        for part in (ui.proposal_text, ui.take_button):
            part.setVisible(asked.proposal is not None)
        closures = asked.proposal.closures if asked.proposal else self._aid.closed_by(self._situation)
        ui.closed_text.setText(closed_in_words(closures) if closures else "")
        ui.closed_text.setVisible(bool(closures))

    def _proposed(self, proposal: Proposal) -> str:
        rules, rule = self._desk.rules, proposal.rule
        guide = self._aid.guide(rule.path, self._situation.categories)
        lines = [
            f"建议：{rules.table('statutory_path').label(rule.path)}（{group_label(rules, rule.path, rule.group)}）",
            rule.reason,
            f"依据：{laws(rules, rule.path, rule.law)}",
            f"办理：{guide.organ}" if guide else "",
        ]
        return "\n".join(filter(None, lines))
