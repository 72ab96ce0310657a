"""What may happen to a referral in which state, and what is said of all else."""

from datetime import date, datetime
from typing import Any

import pytest

from mediation_desk.domain.case import Case, CaseEvent, Decision, DecisionKind, EventKind, Outcome, OutcomeKind
from mediation_desk.domain.petition import Petition
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStep
from mediation_desk.domain.referral import ReferralStepKind as Step
from mediation_desk.domain.referral_flow import (
    ReferralState,
    may_not_see,
    objection_end,
    open_way_out,
    referral_state,
    referral_step_faults,
)
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
BY: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}

WAYS: dict[ReferralState, tuple[Step, ...]] = {
    ReferralState.SENT: (),
    ReferralState.SIGNED_FOR: (Step.SIGNED_FOR,),
    ReferralState.OBJECTED: (Step.SIGNED_FOR, Step.OBJECTED),
    ReferralState.KEPT: (Step.SIGNED_FOR, Step.OBJECTED, Step.OBJECTION_REJECTED),
    ReferralState.FED_BACK: (Step.SIGNED_FOR, Step.FED_BACK),
    ReferralState.RETURNED: (Step.SIGNED_FOR, Step.OBJECTED, Step.OBJECTION_UPHELD, Step.RETURNED),
    ReferralState.RECALLED: (Step.RECALLED,),
}
YES = ""
_UNSIGNED = "示例局还没有签收，请先登记签收。"
_NOT_OBJECTED = "示例局没有提出异议，不需要答复。"
_UNANSWERED = "示例局提出的异议还没有答复"
_KEPT = "示例局提出的异议已答复：不成立。"
_ANSWERED = "示例局已反馈，这次往来已结束"
TABLE: dict[ReferralState, dict[Step, str]] = {
    ReferralState.SENT: {
        Step.SIGNED_FOR: YES,
        Step.OBJECTED: _UNSIGNED,
        Step.OBJECTION_UPHELD: _NOT_OBJECTED,
        Step.OBJECTION_REJECTED: _NOT_OBJECTED,
        Step.FED_BACK: _UNSIGNED,
        Step.RETURNED: YES,
        Step.RECALLED: YES,
    },
    ReferralState.SIGNED_FOR: {
        Step.SIGNED_FOR: YES,
        Step.OBJECTED: YES,
        Step.OBJECTION_UPHELD: _NOT_OBJECTED,
        Step.OBJECTION_REJECTED: _NOT_OBJECTED,
        Step.FED_BACK: YES,
        Step.RETURNED: YES,
        Step.RECALLED: YES,
    },
    ReferralState.OBJECTED: {
        Step.SIGNED_FOR: _UNANSWERED,
        Step.OBJECTED: _UNANSWERED,
        Step.OBJECTION_UPHELD: YES,
        Step.OBJECTION_REJECTED: YES,
        Step.FED_BACK: _UNANSWERED,
        Step.RETURNED: _UNANSWERED,
        Step.RECALLED: YES,
    },
    ReferralState.KEPT: {
        Step.SIGNED_FOR: "示例局已签收，并提出过异议。",
        Step.OBJECTED: _KEPT,
        Step.OBJECTION_UPHELD: _KEPT,
        Step.OBJECTION_REJECTED: _KEPT,
        Step.FED_BACK: YES,
        Step.RETURNED: YES,
        Step.RECALLED: YES,
    },
    ReferralState.FED_BACK: {
        Step.SIGNED_FOR: _ANSWERED,
        Step.OBJECTED: _ANSWERED,
        Step.OBJECTION_UPHELD: _ANSWERED,
        Step.OBJECTION_REJECTED: _ANSWERED,
        Step.FED_BACK: YES,
        Step.RETURNED: YES,
        Step.RECALLED: _ANSWERED,
    },
    ReferralState.RETURNED: dict.fromkeys(Step, "已退回，这次往来已结束"),
    ReferralState.RECALLED: dict.fromkeys(Step, "已撤回，这次往来已结束"),
}


def a_referral(*steps: Step, on: date = TODAY, **facts: Any) -> Referral:
    known: dict[str, Any] = {"no": 1, "direction": Direction.OUT, "kind": ReferralKind.HAND_OVER, "unit": "示例局"}
    taken = [ReferralStep(kind=kind, happened_on=on, **BY) for kind in steps]
    return Referral(**known | facts, sent_on=on, steps=taken, **BY)


def a_case(*referrals: Referral, **facts: Any) -> Case:
    return Case(
        uid="u",
        centre_id=1,
        requested_on=TODAY,
        registered_at=NOW,
        first_contact_id=1,
        matter="漏水",
        demand="赔偿",
        referrals=list(referrals),
        **facts,
    )


def decided(case: Case, kind: DecisionKind = DecisionKind.ACCEPTED) -> Case:
    case.decisions.append(Decision(kind=kind, decided_on=TODAY, **BY))
    case.events.append(CaseEvent(kind=EventKind.DECIDED, happened_on=TODAY, **BY))
    return case


def ended(case: Case) -> Case:
    decided(case).outcomes.append(Outcome(kind=OutcomeKind.FAILED, ended_on=TODAY, **BY))
    case.events.append(CaseEvent(kind=EventKind.OUTCOME, happened_on=TODAY, **BY))
    return case


@pytest.mark.parametrize(("state", "step"), [(state, step) for state in ReferralState for step in Step])
def test_every_state_and_action(state: ReferralState, step: Step, rules: Rules) -> None:
    referral = a_referral(*WAYS[state])
    assert referral_state(referral) is state
    said = referral_step_faults(a_case(referral), referral, step, TODAY, rules)
    expected = TABLE[state][step]
    assert len(said) == bool(expected)
    assert "".join(said).startswith(expected)


def test_of_what_came_in_this_centre_is_spoken(rules: Rules) -> None:
    referral = a_referral(direction=Direction.IN)
    assert referral_step_faults(a_case(), referral, Step.OBJECTED, TODAY, rules)[0].startswith("本中心还没有签收")


def test_an_objection_comes_within_five_working_days(rules: Rules) -> None:
    """The worked example of the law: signed for on 2026-02-12, with Spring Festival and a Saturday worked."""
    referral = a_referral(Step.SIGNED_FOR, on=date(2026, 2, 12))
    end = objection_end(referral, rules)
    assert end is not None
    assert end.effective == date(2026, 2, 26)
    assert referral_step_faults(a_case(), referral, Step.OBJECTED, date(2026, 2, 26), rules) == []
    [said] = referral_step_faults(a_case(), referral, Step.OBJECTED, date(2026, 2, 27), rules)
    assert said.startswith("异议应在签收后5个工作日内提出，最后一日是2026-02-26，已经逾期")


def test_a_year_without_holidays_is_said_to_be_unsure(rules: Rules) -> None:
    referral = a_referral(Step.SIGNED_FOR, on=date(2091, 1, 4))
    [said] = referral_step_faults(a_case(), referral, Step.OBJECTED, date(2091, 3, 1), rules)
    assert "2091" in said.rpartition("请登记退回。")[2]


@pytest.mark.parametrize("kind", [ReferralKind.PRE_FILING, ReferralKind.POST_FILING, ReferralKind.ENTRUSTED])
def test_nobody_objects_to_what_is_to_be_mediated(kind: ReferralKind, rules: Rules) -> None:
    referral = a_referral(Step.SIGNED_FOR, kind=kind)
    assert objection_end(referral, rules) is None
    [said] = referral_step_faults(a_case(), referral, Step.OBJECTED, TODAY, rules)
    assert said == f"{kind.label}没有异议程序；不能办理的请登记退回。"
    assert objection_end(a_referral(), rules) is None


def test_what_came_to_be_mediated_is_answered_when_it_is_decided(rules: Rules) -> None:
    court = a_referral(Step.SIGNED_FOR, direction=Direction.IN, kind=ReferralKind.PRE_FILING, unit="示例法院")
    case = a_case(court)

    def said(kind: Step) -> str:
        return "".join(referral_step_faults(case, court, kind, TODAY, rules))

    assert said(Step.FED_BACK).startswith("还没有调解结果，也没有不予受理的决定")
    assert said(Step.RETURNED) == ""
    decided(case)
    assert said(Step.FED_BACK) == said(Step.RETURNED) == "调解还没有结束，请先登记调解结果。"
    ended(case)
    assert said(Step.FED_BACK) == said(Step.RETURNED) == ""
    decided(case, DecisionKind.NOT_ACCEPTED)
    assert said(Step.FED_BACK) == ""


def test_a_matter_is_with_the_unit_it_went_to_last_until_that_ends() -> None:
    assert open_way_out(a_case()) is None
    first, last = a_referral(Step.RECALLED), a_referral(no=2)
    assert open_way_out(a_case(first, last)) is last
    assert open_way_out(a_case(first)) is None
    assert open_way_out(a_case(a_referral(direction=Direction.IN))) is None


@pytest.mark.parametrize(
    ("kind", "accused", "unit", "hidden"),
    [
        ("accusation", "示例局", "示例局", True),
        ("accusation", "示例局", "示例 局（信访科）", True),
        ("accusation", "示例局信访科", "示例局", True),
        ("accusation", "示例局", "区纪委监委", False),
        ("accusation", "示例局", "", False),
        ("redress_claim", "示例局", "示例局", False),
    ],
)
def test_who_never_sees_an_accusation(kind: str, accused: str, unit: str, hidden: bool) -> None:
    petition = Petition(kind=kind, accused_unit=accused, received_on=TODAY, **BY)
    assert may_not_see(a_case(petition=petition), unit) is hidden
    assert not may_not_see(a_case(), unit)
