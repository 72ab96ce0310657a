"""Judicial confirmation of an agreement: until when, at which court, how it stands, and which step may come next.

人民调解法 art. 33; 民事诉讼法 art. 205 (who, when, where) and 206 (what the court rules). What a court is asked and
what it rules is recorded; that nobody asked it in time is never recorded, it follows from the days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.aftermath import ConfirmationState as State
from mediation_desk.domain.aftermath import ConfirmationStep
from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.referral import Direction, ReferralKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.working_days import PeriodEnd, period_end

_BEFORE_THE_COURT = frozenset({State.NOT_WANTED, State.CONSIDERING})
_RULINGS = frozenset({State.CONFIRMED, State.DISMISSED})
_AT_THE_COURT = frozenset({State.APPLIED, State.ACCEPTED})
OPEN_TO_APPLY = frozenset({None, State.CONSIDERING, State.WITHDRAWN})
"""How it stands while the parties may still want to apply: then the last day is told."""

_APPLICATION, _RULING = "T11", "T12"


@dataclass(frozen=True)
class Confirmation:
    """How judicial confirmation of one agreement stands. `state` is None while nobody said anything of it.

    `court` and `court_number` are those recorded last.
    """

    agreement: Agreement
    steps: Sequence[ConfirmationStep]
    state: State | None
    last_day: PeriodEnd
    court: str
    court_number: str

    @property
    def was_asked(self) -> bool:
        """Whether a court was asked, and the parties stayed with it."""
        return self.state in _AT_THE_COURT | _RULINGS

    @property
    def label(self) -> str:
        return self.state.label if self.state else "未登记意向"


def application_end(effective_on: date, rules: Rules) -> PeriodEnd:
    """The last day on which the parties may ask the court together, and what moved it (民事诉讼法 art. 205)."""
    return period_end(effective_on, rules.period(_APPLICATION, effective_on), rules.holidays)


def ruling_end(accepted_on: date, rules: Rules) -> PeriodEnd:
    """Until when the court is to rule, unless its president allows more time (民事诉讼法 art. 187)."""
    return period_end(accepted_on, rules.period(_RULING, accepted_on), rules.holidays)


def confirmations_of(case: Case, rules: Rules, today: date) -> list[Confirmation]:
    """One for each written agreement in effect, in their order."""
    return [
        found for agreement in case.effective_agreements if (found := confirmation_of(case, agreement, rules, today))
    ]


def confirmation_of(case: Case, agreement: Agreement, rules: Rules, today: date) -> Confirmation | None:
    """How it stands on `today`; None for an oral agreement, or one that does not bind."""
    if agreement.form is AgreementForm.ORAL or agreement.effective_on is None:
        return None
    steps = _steps_of(case, agreement.no)
    end = application_end(agreement.effective_on, rules)
    state = steps[-1].state if steps else None
    if state in (None, State.CONSIDERING) and end.effective < today:
        state = State.EXPIRED
    return Confirmation(
        agreement=agreement,
        steps=steps,
        state=state,
        last_day=end,
        court=court_of(case, agreement.no),
        court_number=next((each.court_number for each in reversed(steps) if each.court_number), ""),
    )


def _steps_of(case: Case, agreement_no: int) -> list[ConfirmationStep]:
    return [each for each in case.confirmation_steps if each.agreement_no == agreement_no]


def court_of(case: Case, agreement_no: int) -> str:
    """The court that was named last, else the one that sent the matter to mediation; "" for none that is known."""
    named = [each.court for each in _steps_of(case, agreement_no) if each.court]
    return named[-1] if named else referring_court(case)


def is_wanted(case: Case, agreement: Agreement) -> bool:
    """Whether papers for the court are to be offered: the parties want it, or are at it already."""
    if agreement.form is AgreementForm.ORAL or agreement.effective_on is None:
        return False
    steps = _steps_of(case, agreement.no)
    return steps[-1].state is not State.NOT_WANTED if steps else agreement.confirmation_wanted


def why_not(state: State | None, to: State) -> str:
    """Why this step cannot follow that state; "" where it can."""
    if to is State.EXPIRED:
        return "是否逾期由申请期限得出，不用登记。"
    if to is state:
        return f"已经登记为“{to.label}”。"
    if state is State.CONFIRMED:
        return "法院已裁定协议有效，不再有其他进展；登记错了的，请先撤回登记。"
    if state is State.DISMISSED:
        return "法院已裁定驳回，不能再登记其他进展；可以变更协议、重新调解或者起诉。登记错了的，请先撤回登记。"
    if state in _AT_THE_COURT:
        if to in _BEFORE_THE_COURT:
            return "已经向法院申请；不再申请的，请登记“撤回申请”。"
        return "法院已经受理，不用再登记申请。" if to is State.APPLIED else ""
    if state is State.WITHDRAWN and to in _BEFORE_THE_COURT:
        return "申请已经撤回；各方重新申请的，直接登记“已申请”。"
    if to in _BEFORE_THE_COURT or to is State.APPLIED:
        return ""
    return "还没有登记各方共同申请，请先登记“已申请”。"


def next_steps(state: State | None) -> list[State]:
    """What may be recorded next, whatever the day."""
    known = None if state is State.EXPIRED else state
    return [to for to in State if not why_not(known, to)]


def why_too_late(happened_on: date, end: PeriodEnd, to: State) -> str:
    """Why an application, or a wish about it, cannot be of that day; "" where it can."""
    if happened_on <= end.effective or to not in {*_BEFORE_THE_COURT, State.APPLIED}:
        return ""
    return (
        f"申请期限到{day_in_words(end.effective)}为止，以后法院不再受理。"
        "对方不履行的，可以督促履行，或者就协议起诉（人民调解法第三十一条、第三十二条）。"
    )


def referring_court(case: Case) -> str:
    """The court that sent the matter to mediation before filing it; "" for none that is known."""
    came = [
        each.unit
        for each in case.referrals
        if each.direction is Direction.IN and each.kind is ReferralKind.PRE_FILING and "法院" in each.unit
    ]
    return came[-1] if came else ""


def competent_court(case: Case, committee_name: str, rules: Rules) -> str:
    """Which court is to be asked (民事诉讼法 art. 205), in a sentence."""
    if named := referring_court(case):
        return f"本案由{named}委派调解，应向{named}申请（民事诉讼法第205条第1项）。"
    if rules.table("case_source").inherited(case.case_source, "confirmation_court"):
        return "本案由法院委派调解，应向委派的法院申请（民事诉讼法第205条第1项）。"
    where = committee_name or "调解组织"
    return (
        f"向一方当事人住所地、标的物所在地或者{where}所在地的基层人民法院申请；"
        "纠纷应由中级人民法院管辖的，向相应的中级人民法院申请（民事诉讼法第205条第2项）。"
    )


def advice(confirmation: Confirmation, rules: Rules, today: date) -> Iterator[str]:
    """What is to be done next and until when."""
    end = confirmation.last_day
    match confirmation.state:
        case None | State.CONSIDERING | State.WITHDRAWN if end.effective >= today:
            left = (end.effective - today).days
            rest = f"还有{left}天" if left else "就是今天"
            yield f"各方共同申请的最后一天是{day_in_words(end.effective)}（{rest}）。{end.note}"
        case State.EXPIRED:
            yield f"申请期限到{day_in_words(end.effective)}为止，没有登记申请，已按逾期未申请计。"
            yield "在期限内已经申请的，请补记“已申请”。"
        case State.ACCEPTED:
            ruling = ruling_end(confirmation.steps[-1].happened_on, rules)
            yield f"法院一般应在{day_in_words(ruling.effective)}以前裁定，经本院院长批准可以延长（民事诉讼法第187条）。"
        case State.CONFIRMED:
            yield "一方不履行的，对方可以在每期履行期届满后二年内申请强制执行（民事诉讼法第206条、第250条）。"
        case State.DISMISSED:
            yield "可以变更协议、重新达成协议，也可以起诉（民事诉讼法第206条）。"
        case _:
            return
