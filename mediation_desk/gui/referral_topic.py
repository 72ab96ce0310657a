"""转办往来: what went to other units and what came from them, each with who signed, objected, answered, gave back."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.case import Case, DecisionKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.referral import Direction, Referral, ReferralStep
from mediation_desk.domain.referral_flow import ReferralState, objection_end, referral_state
from mediation_desk.domain.rights import Right
from mediation_desk.gui.arrival_dialog import ArrivalDialog
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.decision_dialog import DecisionDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW, Line, Tone
from mediation_desk.gui.overview_text import moment
from mediation_desk.gui.referral_step_dialog import Action, ReferralStepDialog

_TONES: dict[ReferralState, Tone] = {ReferralState.SENT: YELLOW, ReferralState.OBJECTED: ORANGE}


class ReferralTopic(QWidget):
    """One line for each way out or in, the last at the bottom."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        headers = ("日期", "方向", "单位", "怎样转", "期限", "现在")
        self.page = FactPage(desk, headers, empty="没有转给其他单位，也没有从其他单位转来。")
        offer = self.page.offer
        offer("转出", self._send, Right.TRIAGE, name="send_out")
        offer("登记来文", self._receive, Right.REGISTER, Right.TRIAGE, name="receive_referral")
        for text, action, name, *also in (
            ("签收", Action.SIGN, "sign_referral"),
            ("提出异议", Action.OBJECT, "object_to_referral"),
            ("答复异议", Action.ANSWER, "answer_objection"),
            ("反馈", Action.FEED_BACK, "feed_back_referral", Right.MEDIATE),
            ("退回", Action.SEND_BACK, "send_back_referral"),
            ("撤回", Action.RECALL, "recall_referral"),
        ):
            offer(text, partial(self._record, action), Right.TRIAGE, *also, name=name, suits=_can_go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def show_case(self, case: Case) -> None:
        self.case = case
        self.page.show_lines([self._line(each) for each in case.referrals], self._in_words)

    def _send(self) -> None:
        self._open(lambda case: DecisionDialog(self.desk, case, self, DecisionKind.HANDED_OVER))

    def _receive(self) -> None:
        self._open(lambda case: ArrivalDialog(self.desk, case, self))

    def _record(self, action: Action) -> None:
        referral: Referral = self.page.chosen
        self._open(lambda case: ReferralStepDialog(self.desk, case, referral, action, self))

    def _open(self, make: Callable[[Case], CaseDialog]) -> None:
        assert self.case is not None
        with telling(self):
            make(self.case).open()

    def _line(self, referral: Referral) -> Line:
        state, today = referral_state(referral), self.desk.now().date()
        cells = (
            show_day(referral.sent_on),
            referral.direction.label,
            referral.unit,
            referral.kind.label,
            show_day(referral.due_on),
            state.label,
        )
        return Line(cells, referral, RED if _is_late(referral, today) else _TONES.get(state))

    def _in_words(self, referral: Referral) -> str:
        tables, rules = self.desk.rules.table, self.desk.rules
        out = referral.direction is Direction.OUT
        end = objection_end(referral, rules) if referral_state(referral) is ReferralState.SIGNED_FOR else None
        facts = [
            f"{'转给' if out else '来自'}：{referral.unit}",
            f"{referral.kind.label}，{show_day(referral.sent_on)}",
            f"文号：{referral.document_no}" if referral.document_no else "",
            f"事项：{referral.matter}" if referral.matter else "",
            f"法定途径：{tables('statutory_path').label(referral.path)}" if referral.path else "",
            f"{'反馈' if out else '答复'}期限：{show_day(referral.due_on)}" if referral.due_on else "",
            f"可以提出异议至：{show_day(end.effective)}" if end else "",
        ]
        return "\n".join([*filter(None, facts), *map(self._step, referral.steps)])

    def _step(self, step: ReferralStep) -> str:
        said = "　".join(filter(None, (show_day(step.happened_on), step.kind.label, step.person, step.text)))
        return f"{said}（{self.desk.centre.user_name(step.by_id)} {moment(step.recorded_at)} 登记）"


def _can_go_on(referral: Referral | None) -> bool:
    """Whether anything can follow; why a step cannot is said when it is tried."""
    return referral is not None and not referral.came_back


def _is_late(referral: Referral, today: date) -> bool:
    return referral.is_open and referral.due_on is not None and referral.due_on < today
