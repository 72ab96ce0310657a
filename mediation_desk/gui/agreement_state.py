"""A frozen agreement: whether it binds yet, who has signed, what is due when and how far it is kept."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from mediation_desk.domain.agreement import Agreement, Obligation, PerformanceState, SignerRole
from mediation_desk.domain.case import Case
from mediation_desk.domain.confirmation import application_end
from mediation_desk.domain.dates import day_in_words, show_day
from mediation_desk.domain.forms import About
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.money import figures
from mediation_desk.domain.paper_input import Paid, subjects
from mediation_desk.domain.rights import Right
from mediation_desk.domain.schedule import DuePart, schedule_on
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_printing import print_case_paper
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_agreement_state import Ui_AgreementStateForm
from mediation_desk.gui.line_model import ORANGE, RED, Line, LineModel, Tone
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.gui.waiver_dialog import WaiverDialog
from mediation_desk.services.afterwards import withdraw_waiver

CARD = "R1"
"""The card that says what is due when and what one can do: every party takes one home."""

RECEIPT = "E11"
"""What the payee signs for something that was performed."""

_TONES: dict[PerformanceState, Tone] = {PerformanceState.LATE: RED, PerformanceState.DUE: ORANGE}


class _Shown(NamedTuple):
    desk: Desk
    case: Case
    agreement: Agreement


class AgreementState(QWidget):
    """Shows how far an agreement has come, and takes what follows it.

    A frozen text is never edited (人民调解法 art. 29 ¶2, domain rule: sealed texts are locked).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AgreementStateForm()
        self.ui.setupUi(self)
        self._shown: _Shown | None = None
        panel = self.ui.card_panel
        add_action(panel, "打印提示卡", "Ctrl+Shift+L", self.print_card, self.ui.print_card)
        add_action(panel, "大字版或普通字号", "Ctrl+G", self.ui.large_type.toggle)
        self._waive = add_action(panel, "不需履行（登记或撤回）", "Ctrl+Shift+U", self.waive, self.ui.waive)
        self._receipt = add_action(panel, "打印收条", "Ctrl+Shift+J", self.print_receipt, self.ui.print_receipt)
        self.schedule = self._list(self.ui.schedule, ("状态", "到期日", "金额（元）", "项", "履行人", "接受人", "内容"))
        self.performances = self._list(self.ui.performances, ("日期", "项", "金额（元）", "说明"))
        self.signatures = self._list(self.ui.signatures, ("签署人", "签名的人", "方式", "日期", "见证"))
        self.follow_ups = self._list(self.ui.follow_ups, ("计划日", "事项", "完成日", "回访人", "情况"))
        self.ui.schedule.selectionModel().currentChanged.connect(self._offer)
        self.ui.performances.selectionModel().currentChanged.connect(self._offer)

    def _list(self, view: QTreeView, headers: tuple[str, ...]) -> LineModel:
        model = LineModel(headers, self)
        view.setModel(model)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return model

    def show_agreement(self, desk: Desk, case: Case, agreement: Agreement, mediators: Mapping[int, Mediator]) -> None:
        ui, today = self.ui, desk.now().date()
        self._shown = _Shown(desk, case, agreement)
        ui.card_panel.setVisible(agreement.effective_on is not None)
        ui.number_line.setText(
            f"编号：{agreement.number}　协议日期：{show_day(agreement.made_on)}　一式{agreement.copies}份"
        )
        ui.effect_line.setText(effect_in_words(case, agreement, mediators))
        ui.confirmation_line.setText(confirmation_in_words(desk, agreement))
        ui.confirmation_line.setVisible(agreement.effective_on is not None)
        self.schedule.show([line for each in agreement.obligations for line in _due_lines(case, each, desk)])
        self.performances.show(list(_performed(case, agreement)))
        self.signatures.show(
            [
                Line(
                    (
                        signer_in_words(case, each.role, each.party_no or each.mediator_id, mediators),
                        each.signer_name,
                        each.kind.label,
                        show_day(each.signed_on),
                        each.witness,
                    )
                )
                for each in agreement.signatures
            ]
        )
        self.follow_ups.show(
            [
                Line(
                    (show_day(each.due_on), each.subject, show_day(each.done_on), each.visitor, each.situation),
                    tone=RED if each.done_on is None and each.due_on < today else None,
                )
                for each in case.follow_ups
            ]
        )

        for view, model in ((ui.schedule, self.schedule), (ui.performances, self.performances)):
            if model.lines:
                view.setCurrentIndex(model.index(0, 0))
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with the chosen lines."""
        obligation = self._chosen_obligation()
        is_waived = obligation is not None and obligation.waived_on is not None
        may = self._shown is not None and self._shown.desk.may(Right.FOLLOW_UP)
        can_waive = may and obligation is not None and (is_waived or not obligation.is_done)
        self.ui.waive.setText("撤回不需履行…" if is_waived else "不需履行…")
        self._waive.setEnabled(can_waive)
        self.ui.waive.setEnabled(can_waive)
        self._receipt.setEnabled(bool(self.performances.lines))
        self.ui.print_receipt.setEnabled(bool(self.performances.lines))

    def _chosen_obligation(self) -> Obligation | None:
        no = self.ui.schedule.currentIndex().data(Qt.ItemDataRole.UserRole)
        obligations = self._shown.agreement.obligations if self._shown else []
        return next((each for each in obligations if each.no == no), None)

    def waive(self) -> None:
        """Record that the chosen obligation need not be performed, or take that back."""
        obligation = self._chosen_obligation()
        if self._shown is None or obligation is None:
            return
        desk, case, agreement = self._shown
        if obligation.waived_on is None:
            WaiverDialog(desk, case, agreement, obligation, self).open()
            return
        what = f"第{obligation.no}项在{show_day(obligation.waived_on)}登记为不需履行（{obligation.waived_reason}）。"
        assert case.id is not None
        take_back = partial(_take_back_waiver, desk, case.id, agreement.no, obligation.no)
        TakeBackDialog(desk, case, what, take_back, self).open()

    def print_receipt(self) -> None:
        """Print the receipt of the chosen performance: it says what was recorded, and waits for the payee's mark."""
        no = self.ui.performances.currentIndex().data(Qt.ItemDataRole.UserRole)
        if self._shown is not None and no is not None:
            assert self._shown.case.id is not None
            print_case_paper(self, self._shown.desk, self._shown.case.id, RECEIPT, no)

    def print_card(self) -> None:
        """Print the card, one for every party, in large type where that is ticked."""
        if self._shown is not None:
            desk, case, agreement = self._shown
            assert case.id is not None
            print_case_paper(self, desk, case.id, CARD, agreement.no, large=self.ui.large_type.isChecked())


def _take_back_waiver(desk: Desk, case_id: int, agreement_no: int, obligation_no: int, reason: str) -> None:
    desk.do(withdraw_waiver, case_id, agreement_no, obligation_no, reason=reason)


def effect_in_words(case: Case, agreement: Agreement, mediators: Mapping[int, Mediator]) -> str:
    """Whether the agreement binds, else whose marks are missing (人民调解法 art. 29 ¶2, 30)."""
    if agreement.withdrawn_at is not None:
        return f"已撤回（{agreement.withdrawn_at:%Y-%m-%d}）：{agreement.withdrawn_reason}"
    if agreement.effective_on is not None:
        return f"{day_in_words(agreement.effective_on)}起生效"
    missing = [signer_in_words(case, role, number, mediators) for role, number in agreement.missing_marks()]
    return f"未生效，还缺：{'、'.join(missing)}"


def signer_in_words(case: Case, role: SignerRole, number: int | None, mediators: Mapping[int, Mediator]) -> str:
    """Whose mark: the party's or mediator's name, or what the mark is."""
    if role is SignerRole.PARTY:
        return case.party_name(number)
    if role is SignerRole.MEDIATOR and number is not None and number in mediators:
        return f"{mediators[number].name}（{role.label}）"
    return role.label


def confirmation_in_words(desk: Desk, agreement: Agreement) -> str:
    """The last day for asking the court jointly (人民调解法 art. 33), with what moved it; "" before effect."""
    day = agreement.effective_on
    if day is None:
        return ""
    end = application_end(day, desk.rules)
    over = "（已过）" if end.effective < desk.now().date() else ""
    return f"共同申请司法确认的最后一天：{day_in_words(end.effective)}{over}。{end.note}"


def _due_lines(case: Case, obligation: Obligation, desk: Desk) -> Iterable[Line]:
    for part in schedule_on(obligation, desk.now().date()):
        cells = (
            _state_in_words(part),
            show_day(part.due_on) or "当场",
            figures(part.amount_fen) if part.amount_fen is not None else "",
            str(obligation.no),
            case.party_name(obligation.payer_no, obligation.payer_name),
            case.party_name(obligation.payee_no, obligation.payee_name),
            obligation.what if part.state is not PerformanceState.NOT_NEEDED else obligation.waived_reason,
        )
        yield Line(cells, obligation.no, _TONES.get(part.state))


def _state_in_words(part: DuePart) -> str:
    """How far a part is performed, and what was paid of it where that is not all."""
    is_part = part.paid_fen and part.paid_fen != part.amount_fen
    return f"{part.state.label}（已付{figures(part.paid_fen)}元）" if is_part else part.state.label


def _performed(case: Case, agreement: Agreement) -> Iterable[Line]:
    """What was performed, each with the number under which its receipt is printed."""
    for subject in subjects(case, About.PERFORMANCE):
        if isinstance(subject.thing, Paid) and subject.thing.agreement.no == agreement.no:
            _, obligation, performance = subject.thing
            fen = performance.amount_fen
            amount = figures(fen) if fen is not None else "已完成"
            cells = (show_day(performance.done_on), str(obligation.no), amount, performance.note)
            yield Line(cells, subject.no)
