"""The time limits between the desk and other units."""

from datetime import date

import pytest

from mediation_desk.domain.referral import Direction, ReferralKind, ReferralStepKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.unit_clocks import facts_of, order_facts_of, referral_clocks, reply_clock
from tests.domain.casework import order, referral

SENT, SIGNED = date(2026, 2, 11), date(2026, 2, 12)
SIGNED_FOR = (ReferralStepKind.SIGNED_FOR, SIGNED)


def test_objecting_takes_five_working_days_from_receipt(rules: Rules) -> None:
    """Worked example of the rules: a working Saturday, then the Spring Festival."""
    [clock] = referral_clocks(rules, facts_of(referral(SENT, SIGNED_FOR)))
    assert (clock.kind, clock.started_on, clock.ends_on) == (ClockKind.OBJECTION, SIGNED, date(2026, 2, 26))
    assert (clock.no, clock.about) == (1, "示例住建委")


def test_nothing_runs_before_it_was_signed_for(rules: Rules) -> None:
    assert referral_clocks(rules, facts_of(referral(SENT))) == []


def test_a_right_that_nobody_used_is_gone_but_not_late(rules: Rules) -> None:
    [clock] = referral_clocks(rules, facts_of(referral(SENT, SIGNED_FOR)))
    assert clock.is_over(date(2026, 2, 27))
    assert not clock.is_late(date(2026, 2, 27))


@pytest.mark.parametrize("kind", [ReferralKind.PRE_FILING, ReferralKind.POST_FILING, ReferralKind.ENTRUSTED])
def test_the_rule_is_not_about_what_a_court_or_an_agency_entrusts(rules: Rules, kind: ReferralKind) -> None:
    assert referral_clocks(rules, facts_of(referral(SENT, SIGNED_FOR, kind=kind))) == []


def test_an_objection_stays_to_be_read_and_an_answer_without_one_leaves_nothing(rules: Rules) -> None:
    objected, returned = date(2026, 2, 25), date(2026, 3, 2)
    steps = [SIGNED_FOR, (ReferralStepKind.OBJECTED, objected), (ReferralStepKind.RETURNED, returned)]
    [clock] = referral_clocks(rules, facts_of(referral(SENT, *steps)))
    assert (clock.met_on, clock.met_by) == (objected, "提出异议")
    fed_back = (ReferralStepKind.FED_BACK, returned)
    assert referral_clocks(rules, facts_of(referral(SENT, SIGNED_FOR, fed_back))) == []


def test_feedback_is_due_on_the_day_that_was_set(rules: Rules) -> None:
    due_on = date(2026, 3, 11)
    open_one = referral(SENT, due_on=due_on, kind=ReferralKind.ASSIGNED_TASK)
    [clock] = referral_clocks(rules, facts_of(open_one))
    assert (clock.kind, clock.started_on, clock.ends_on, clock.met_on) == (ClockKind.FEEDBACK, SENT, due_on, None)
    assert clock.is_late(date(2026, 3, 12))
    answered = referral(SENT, (ReferralStepKind.FED_BACK, due_on), due_on=due_on)
    assert not referral_clocks(rules, facts_of(answered))[0].is_late(date(2026, 12, 1))


def test_what_came_in_is_for_the_desk_to_answer(rules: Rules) -> None:
    facts = facts_of(referral(SENT, direction=Direction.IN, due_on=date(2026, 3, 11)))
    assert referral_clocks(rules, facts)[0].about == "示例住建委转来"


def test_a_reply_is_due_on_the_day_of_the_order(rules: Rules) -> None:
    facts = order_facts_of(order(SENT, date(2026, 2, 18)))
    clock = reply_clock(rules, facts)
    assert (clock.kind, clock.ends_on, clock.about) == (ClockKind.SUPERVISION, date(2026, 2, 18), "示例所")
    assert clock.is_late(date(2026, 2, 19))
    replied = reply_clock(rules, facts._replace(replied_on=date(2026, 2, 17), settled_on=date(2026, 3, 1)))
    assert (replied.met_on, replied.met_by) == (date(2026, 2, 17), "答复")
    settled = reply_clock(rules, facts._replace(settled_on=date(2026, 3, 1)))
    assert (settled.met_on, settled.is_late(date(2026, 3, 1))) == (date(2026, 3, 1), True)
