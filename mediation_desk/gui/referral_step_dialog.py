"""Records what happened to a matter at the unit it went to, or here with one that came in."""

from enum import Enum

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.referral import Direction, Referral
from mediation_desk.domain.referral_flow import ReferralState, actor_of, objection_end, referral_state
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_referral_step import Ui_ReferralStepForm
from mediation_desk.services.referrals import (
    answer_objection,
    feed_back,
    raise_objection,
    recall,
    send_back,
    sign_for,
)

_UPHELD, _REJECTED = "upheld", "rejected"


class Action(Enum):
    """What can be recorded of a referral; the value is the title of its dialog."""

    SIGN = "登记签收"
    OBJECT = "登记异议"
    ANSWER = "答复异议"
    FEED_BACK = "登记反馈"
    SEND_BACK = "登记退回"
    RECALL = "登记撤回"


_NAMING_SOMEBODY = (Action.SIGN, Action.OBJECT, Action.FEED_BACK, Action.SEND_BACK)
_WORDS = {
    Action.SIGN: "更正签收登记的原因",
    Action.OBJECT: "异议的理由",
    Action.ANSWER: "理由",
    Action.FEED_BACK: "办理结果",
    Action.SEND_BACK: "退回的原因",
    Action.RECALL: "撤回的原因",
}


class ReferralStepDialog(CaseDialog):
    """Shows only what the action asks for."""

    def __init__(self, desk: Desk, case: Case, referral: Referral, action: Action, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.referral, self.action = referral, action
        self.ui = Ui_ReferralStepForm()
        self.ui.setupUi(self)
        self.setWindowTitle(action.value)
        ui, rows = self.ui, self.ui.fields_layout
        ui.objection_answer.addItem("异议成立，退回重新决定", _UPHELD)
        ui.objection_answer.addItem("异议不成立，由该单位办理", _REJECTED)
        ui.step_hint.setText(self._hint())
        ui.step_text_caption.setText(f"{_WORDS[action]}(&T)")
        ui.happened_on.setText(show_day(self.today))
        rows.setRowVisible(ui.objection_answer, action is Action.ANSWER)
        rows.setRowVisible(ui.person, action in _NAMING_SOMEBODY)
        is_first_signature = action is Action.SIGN and referral_state(referral) is ReferralState.SENT
        rows.setRowVisible(ui.step_text, not is_first_signature)
        if action is Action.SIGN:
            ui.person_caption.setText("签收人(&P)")
        rows.setRowVisible(ui.unit_is_gone, action is Action.RECALL and referral.direction is Direction.OUT)
        self.wire(ui)

    def _hint(self) -> str:
        referral = self.referral
        way = f"{referral.direction.label}　{referral.kind.label}　{referral.unit}"
        match self.action:
            case Action.OBJECT if (end := objection_end(referral, self.desk.rules)) is not None:
                return f"{way}\n{actor_of(referral)}可以在{show_day(end.effective)}以前提出异议。{end.note}"
            case Action.RECALL if referral.direction is Direction.OUT:
                return f"{way}\n单位撤销或者更名的请勾选，写明职责由谁承继；撤回后重新转给承继的单位。"
            case _:
                return way

    def record(self) -> None:
        ui, do, no = self.ui, self.desk.do, self.referral.no
        day, person, words = needed_day_of(ui.happened_on, self.today), line_of(ui.person), text_of(ui.step_text)
        match self.action:
            case Action.SIGN:
                do(sign_for, self.case_id, no, person=person, happened_on=day, text=words)
            case Action.OBJECT:
                do(raise_objection, self.case_id, no, text=words, happened_on=day, person=person)
            case Action.ANSWER:
                upheld = chosen(ui.objection_answer) == _UPHELD
                do(answer_objection, self.case_id, no, upheld=upheld, text=words, happened_on=day)
            case Action.FEED_BACK:
                do(feed_back, self.case_id, no, text=words, happened_on=day, person=person)
            case Action.SEND_BACK:
                do(send_back, self.case_id, no, text=words, happened_on=day, person=person)
            case Action.RECALL:
                gone = ui.unit_is_gone.isChecked()
                do(recall, self.case_id, no, text=words, unit_is_gone=gone, happened_on=day)
