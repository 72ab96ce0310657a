"""A frozen agreement: whether it binds yet, who has signed, what is due when and how far it is kept."""

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from mediation_desk.domain.agreement import Agreement, Obligation, PerformanceState, SignerRole
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words, show_day
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.money import figures
from mediation_desk.domain.schedule import schedule_on
from mediation_desk.domain.working_days import period_end
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_printing import print_case_paper
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_agreement_state import Ui_AgreementStateForm
from mediation_desk.gui.line_model import ORANGE, RED, Line, LineModel, Tone

CARD = "R1"
"""The card that says what is due when and what one can do: every party takes one home."""

_TONES: dict[PerformanceState, Tone] = {PerformanceState.LATE: RED, PerformanceState.DUE: ORANGE}


class AgreementState(QWidget):
    """Only shows. A frozen text is never edited (人民调解法 art. 29 ¶2, domain rule: sealed texts are locked)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AgreementStateForm()
        self.ui.setupUi(self)
        self._shown: tuple[Desk, int | None, int] | None = None
        add_action(self.ui.card_panel, "打印提示卡", "Ctrl+Shift+L", self.print_card, self.ui.print_card)
        add_action(self.ui.card_panel, "大字版或普通字号", "Ctrl+G", self.ui.large_type.toggle)
        self.schedule = self._list(self.ui.schedule, ("状态", "到期日", "金额（元）", "项", "履行人", "接受人", "内容"))
        self.performances = self._list(self.ui.performances, ("日期", "项", "金额（元）", "说明"))
        self.signatures = self._list(self.ui.signatures, ("签署人", "签名的人", "方式", "日期", "见证"))
        self.follow_ups = self._list(self.ui.follow_ups, ("计划日", "事项", "完成日", "回访人", "情况"))

    def _list(self, view: QTreeView, headers: tuple[str, ...]) -> LineModel:
        model = LineModel(headers, self)
        view.setModel(model)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return model

    def show_agreement(self, desk: Desk, case: Case, agreement: Agreement, mediators: Mapping[int, Mediator]) -> None:
        ui, today = self.ui, desk.now().date()
        self._shown = desk, case.id, agreement.no
        ui.card_panel.setVisible(agreement.effective_on is not None)
        ui.number_line.setText(
            f"编号：{agreement.number}　协议日期：{show_day(agreement.made_on)}　一式{agreement.copies}份"
        )
        ui.effect_line.setText(effect_in_words(case, agreement, mediators))
        ui.confirmation_line.setText(confirmation_in_words(desk, agreement))
        ui.confirmation_line.setVisible(agreement.effective_on is not None)
        self.schedule.show([line for each in agreement.obligations for line in _due_lines(case, each, desk)])
        self.performances.show(list(_performed(agreement.obligations)))
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

    def print_card(self) -> None:
        """Print the card, one for every party, in large type where that is ticked."""
        if self._shown is not None:
            desk, case_id, no = self._shown
            assert case_id is not None
            print_case_paper(self, desk, case_id, CARD, no, large=self.ui.large_type.isChecked())


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
    end = period_end(day, desk.rules.period("T11", day), desk.rules.holidays)
    over = "（已过）" if end.effective < desk.now().date() else ""
    return f"共同申请司法确认的最后一天：{day_in_words(end.effective)}{over}。{end.note}"


def _due_lines(case: Case, obligation: Obligation, desk: Desk) -> Iterable[Line]:
    for due_on, amount_fen, state in schedule_on(obligation, desk.now().date()):
        cells = (
            state.label,
            show_day(due_on) or "当场",
            figures(amount_fen) if amount_fen is not None else "",
            str(obligation.no),
            case.party_name(obligation.payer_no, obligation.payer_name),
            case.party_name(obligation.payee_no, obligation.payee_name),
            obligation.what,
        )
        yield Line(cells, obligation.no, _TONES.get(state))


def _performed(obligations: Iterable[Obligation]) -> Iterable[Line]:
    for obligation in obligations:
        for each in obligation.performances:
            amount = figures(each.amount_fen) if each.amount_fen is not None else "已完成"
            yield Line((show_day(each.done_on), str(obligation.no), amount, each.note))
