"""What may happen next to a matter that went to another unit or came from one, and for all else why not.

A unit signs for it, may object within the days of the law (信访工作条例 art. 23), answers, or gives it back.
"""

from collections.abc import Mapping
from datetime import date

from mediation_desk.domain.case import Case, DecisionKind
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.referral import Direction, Referral, ReferralKind
from mediation_desk.domain.referral import ReferralStepKind as Step
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.working_days import PeriodEnd, period_end

OBJECTION_PERIOD = "T22"
"""Id of the time limit for an objection."""
MEDIATED = (ReferralKind.PRE_FILING, ReferralKind.POST_FILING, ReferralKind.ENTRUSTED)
"""What is sent to be mediated: nobody objects to it, and its answer is how mediation ended."""
GOING_OUT = (ReferralKind.HAND_OVER, ReferralKind.ASSIGNED_TASK, ReferralKind.FORWARD, ReferralKind.ENTRUSTED)
"""As what this desk may send a matter away; only courts refer before and after filing."""
ANSWER_BY_A_DAY = (ReferralKind.ASSIGNED_TASK, ReferralKind.ENTRUSTED)
"""What is never sent without saying by when it is to be answered."""
SOURCE_OF: Mapping[ReferralKind, str] = {
    ReferralKind.PRE_FILING: "referral_court_pre_filing",
    ReferralKind.POST_FILING: "referral_court_post_filing",
}
"""Which source (table `case_source`) a case has that a court referred: its time limit follows from that."""
UNIT_IS_GONE = "单位已撤销或者更名"
"""How the reason of a recall begins where the unit is no more."""


class ReferralState(Labelled):
    SENT = "sent", "待签收"
    SIGNED_FOR = "signed_for", "已签收"
    OBJECTED = "objected", "异议待答复"
    KEPT = "kept", "异议不成立"
    FED_BACK = "fed_back", "已反馈"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已撤回"


_AFTER = {
    Step.SIGNED_FOR: ReferralState.SIGNED_FOR,
    Step.OBJECTED: ReferralState.OBJECTED,
    Step.OBJECTION_UPHELD: ReferralState.RETURNED,
    Step.OBJECTION_REJECTED: ReferralState.KEPT,
    Step.FED_BACK: ReferralState.FED_BACK,
    Step.RETURNED: ReferralState.RETURNED,
    Step.RECALLED: ReferralState.RECALLED,
}
_NEXT: Mapping[ReferralState, frozenset[Step]] = {
    ReferralState.SENT: frozenset({Step.SIGNED_FOR, Step.RETURNED, Step.RECALLED}),
    ReferralState.SIGNED_FOR: frozenset({Step.SIGNED_FOR, Step.OBJECTED, Step.FED_BACK, Step.RETURNED, Step.RECALLED}),
    ReferralState.OBJECTED: frozenset({Step.OBJECTION_UPHELD, Step.OBJECTION_REJECTED, Step.RECALLED}),
    ReferralState.KEPT: frozenset({Step.FED_BACK, Step.RETURNED, Step.RECALLED}),
    ReferralState.FED_BACK: frozenset({Step.FED_BACK, Step.RETURNED}),
    ReferralState.RETURNED: frozenset(),
    ReferralState.RECALLED: frozenset(),
}
_NOT_SIGNED = "{unit}还没有签收，请先登记签收。"
_NO_OBJECTION = "{unit}没有提出异议，不需要答复。"
_OUT_OF_ORDER: Mapping[ReferralState, tuple[str, Mapping[Step, str]]] = {
    ReferralState.SENT: (
        _NOT_SIGNED,
        {Step.OBJECTION_UPHELD: _NO_OBJECTION, Step.OBJECTION_REJECTED: _NO_OBJECTION},
    ),
    ReferralState.SIGNED_FOR: (_NO_OBJECTION, {}),
    ReferralState.OBJECTED: ("{unit}提出的异议还没有答复，请先登记异议是否成立。", {}),
    ReferralState.KEPT: ("{unit}提出的异议已答复：不成立。", {Step.SIGNED_FOR: "{unit}已签收，并提出过异议。"}),
    ReferralState.FED_BACK: ("{unit}已反馈，这次往来已结束；结果不符的可以退回，或者再次登记反馈。", {}),
    ReferralState.RETURNED: ("已退回，这次往来已结束；需要的请重新转出或者登记来文。", {}),
    ReferralState.RECALLED: ("已撤回，这次往来已结束；需要的请重新转出或者登记来文。", {}),
}


def referral_state(referral: Referral) -> ReferralState:
    return _AFTER[referral.steps[-1].kind] if referral.steps else ReferralState.SENT


def actor_of(referral: Referral) -> str:
    """Who has to sign for it and to answer: the unit it went to, or this centre."""
    return referral.unit if referral.direction is Direction.OUT else "本中心"


def objection_end(referral: Referral, rules: Rules) -> PeriodEnd | None:
    """Until when it may be objected to; None where nobody signed for it yet, or nobody may object."""
    signed = referral.step(Step.SIGNED_FOR)
    if signed is None or referral.kind in MEDIATED:
        return None
    period = rules.period(OBJECTION_PERIOD, signed.happened_on)
    return period_end(signed.happened_on, period, rules.holidays)


def referral_step_faults(case: Case, referral: Referral, kind: Step, day: date, rules: Rules) -> list[str]:
    """Why this cannot happen to it on that day, as sentences; empty where it can."""
    state = referral_state(referral)
    if kind not in _NEXT[state]:
        usual, others = _OUT_OF_ORDER[state]
        return [others.get(kind, usual).format(unit=actor_of(referral))]
    match kind:
        case Step.OBJECTED:
            return _objection_faults(referral, day, rules)
        case Step.FED_BACK | Step.RETURNED if referral.direction is Direction.IN and referral.kind in MEDIATED:
            return _answer_faults(case, kind)
        case _:
            return []


def open_way_out(case: Case) -> Referral | None:
    """The referral by which the matter is with another unit now."""
    out = [each for each in case.referrals if each.direction is Direction.OUT]
    return out[-1] if out and out[-1].is_open else None


def unanswered(case: Case) -> list[str]:
    """The answers that are still owed, by other units and to them, as short phrases. A 转送 asks for none."""
    owed = []
    for each in case.referrals:
        if not each.is_open or each.kind is ReferralKind.FORWARD:
            continue
        owed.append(f"{each.unit}的反馈" if each.direction is Direction.OUT else f"对{each.unit}的答复")
    return owed


NOT_TO_THE_ACCUSED = "这是检举、控告该单位的事项，不得转给它（信访工作条例第三十条）。请转给有权处理的机关。"


def may_not_see(case: Case, unit: str) -> bool:
    """Whether that unit is the one an accusation is about: it never sees it (信访工作条例 art. 30)."""
    return case.petition is not None and case.petition.accuses(unit)


def sending_faults(
    case: Case, *, kind: ReferralKind, unit: str, sent_on: date, due_on: date | None, gone: str
) -> Faults:
    """Everything that keeps the matter from going to that unit; `gone` says why it should be no more."""
    faults = Faults()
    faults.check(kind in GOING_OUT, "请选择怎样转出。", "referral_kind")
    faults.check(unit, "请写明转给哪个单位。", "handed_to")
    faults.check(
        not may_not_see(case, unit),
        NOT_TO_THE_ACCUSED,
        "handed_to",
    )
    faults.check(
        not gone, f"“{unit}”：{gone}。请转给承继其职责的单位；确实仍要转给它，请在说明中写明理由。", "handed_to"
    )
    faults.check(due_on is not None or kind not in ANSWER_BY_A_DAY, f"{kind.label}请写明反馈期限。", "due_on")
    faults.check(due_on is None or due_on >= sent_on, "反馈期限早于转出日期。", "due_on")
    return faults


def _objection_faults(referral: Referral, day: date, rules: Rules) -> list[str]:
    end = objection_end(referral, rules)
    if end is None:
        return [f"{referral.kind.label}没有异议程序；不能办理的请登记退回。"]
    if day <= end.effective:
        return []
    period = rules.period(OBJECTION_PERIOD, day)
    limit = f"签收后{period.length}{period.unit.label}内提出，最后一日是{end.effective:%Y-%m-%d}"
    return [f"异议应在{limit}，已经逾期（信访工作条例第二十三条）。与对方商定退回的，请登记退回。{end.note}"]


def _answer_faults(case: Case, kind: Step) -> list[str]:
    """A matter that came to be mediated is answered, or given back, when it is decided what becomes of it here."""
    decision = case.decision
    if case.is_accepted and case.outcome is None:
        return ["调解还没有结束，请先登记调解结果。"]
    if kind is Step.FED_BACK and (decision is None or decision.kind is DecisionKind.HANDED_OVER):
        return ["还没有调解结果，也没有不予受理的决定，不能函复。不能调解的请登记退回。"]
    return []
