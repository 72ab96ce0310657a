"""The dialogs of 首问负责: a hand-over is offered, answered, taken back."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.responsibility_words import responsible_in_words, transfer_in_words
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_hand_over_answer import Ui_HandOverAnswerForm
from mediation_desk.gui.forms.ui_hand_over_offer import Ui_HandOverOfferForm
from mediation_desk.gui.forms.ui_hand_over_take_back import Ui_HandOverTakeBackForm
from mediation_desk.services.responsibility import answer_hand_over, offer_hand_over, take_back_offer, takers

_ACCEPTS, _DECLINES = "accepts", "declines"


class OfferDialog(CaseDialog):
    """Until the other one accepts, whoever is responsible stays so."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_HandOverOfferForm()
        self.ui.setupUi(self)
        responsible = responsible_in_words(case, desk.centre.user_name)
        self.ui.responsible_text.setText(f"{responsible}。接手的人答复同意后才算移交，之前仍由现在的人负责。")
        self.ui.taker.addItem("请选择", "")
        for user in takers(desk.centre.users, case):
            self.ui.taker.addItem(user.name, user.id)
        self.wire(self.ui)

    def record(self) -> None:
        if not chosen(self.ui.taker):
            raise RuleBroken(Fault("请选择接手的人。", "taker"))
        taker = int(chosen(self.ui.taker))
        self.desk.do(offer_hand_over, self.case_id, taker, reason=text_of(self.ui.offer_reason))


class AnswerOfferDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_HandOverAnswerForm()
        self.ui.setupUi(self)
        self.ui.offer_text.setText(_offer_in_words(desk, case))
        for label, code in (("请选择", ""), ("接手", _ACCEPTS), ("不接手", _DECLINES)):
            self.ui.accepting.addItem(label, code)
        self.wire(self.ui)

    def record(self) -> None:
        if not chosen(self.ui.accepting):
            raise RuleBroken(Fault("请选择答复。", "accepting"))
        accepted = chosen(self.ui.accepting) == _ACCEPTS
        self.desk.do(answer_hand_over, self.case_id, accepted=accepted, answer=text_of(self.ui.hand_over_answer))


class TakeBackOfferDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_HandOverTakeBackForm()
        self.ui.setupUi(self)
        self.ui.offer_text.setText(_offer_in_words(desk, case))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(take_back_offer, self.case_id, reason=text_of(self.ui.take_back_reason))


def _offer_in_words(desk: Desk, case: Case) -> str:
    offer = case.open_offer
    return transfer_in_words(offer, desk.centre.user_name) if offer else ""
