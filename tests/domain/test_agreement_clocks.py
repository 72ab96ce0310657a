"""The time limits that follow an agreement."""

from datetime import date

import pytest

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import AgreementForm, Instalment, Obligation, Performance
from mediation_desk.domain.case import Case, DecisionKind, OutcomeKind
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind
from tests.domain.casework import a_case, confirmation, decide, end, in_effect, recorded

EFFECT = date(2025, 9, 8)
APPLIED, ACCEPTED, CONFIRMED = (date(2025, 9, day) for day in (20, 25, 30))
S = ConfirmationState


def case(*obligations: Obligation, **facts: object) -> Case:
    made = a_case(EFFECT)
    decide(made, EFFECT, DecisionKind.ACCEPTED)
    end(made, EFFECT, OutcomeKind.WRITTEN)
    made.agreements.append(in_effect(EFFECT, *obligations, **facts))
    return made


def found(rules: Rules, made: Case) -> dict[str, Clock]:
    return {each.kind: each for each in clocks_of(made, rules) if each.no}


@pytest.mark.parametrize(("effect", "last"), [(EFFECT, date(2025, 10, 9)), (date(2025, 10, 11), date(2025, 11, 10))])
def test_both_may_ask_a_court_within_thirty_days_that_move_past_a_holiday(
    rules: Rules, effect: date, last: date
) -> None:
    """Worked examples of the rules (民事诉讼法 art. 205, 85)."""
    made = a_case(effect, agreements=[in_effect(effect)])
    clock = found(rules, made)[ClockKind.CONFIRMATION]
    assert (clock.started_on, clock.ends_on, clock.about) == (effect, last, "示调字第1号")


def test_nothing_runs_for_an_agreement_that_does_not_bind_or_was_made_orally(rules: Rules) -> None:
    assert found(rules, case(signatures=[])) == {}
    assert found(rules, case(form=AgreementForm.ORAL)) == {}


def test_each_agreement_has_its_own(rules: Rules) -> None:
    made = case()
    made.agreements.append(in_effect(date(2025, 11, 3), no=2))
    confirmation(made, (S.APPLIED, APPLIED))
    first, second = (each for each in clocks_of(made, rules) if each.kind is ClockKind.CONFIRMATION)
    assert (first.met_on, second.met_on, second.started_on) == (APPLIED, None, date(2025, 11, 3))


def test_applying_ends_it_and_the_courts_time_runs_from_acceptance(rules: Rules) -> None:
    """民事诉讼法 art. 187."""
    made = case()
    confirmation(made, (S.CONSIDERING, EFFECT), (S.APPLIED, APPLIED), (S.ACCEPTED, ACCEPTED))
    clocks = found(rules, made)
    assert clocks[ClockKind.CONFIRMATION].met_on == APPLIED
    ruling = clocks[ClockKind.RULING]
    assert (ruling.started_on, ruling.ends_on, ruling.met_on) == (ACCEPTED, date(2025, 10, 27), None)  # a Monday
    confirmation(made, (S.CONFIRMED, CONFIRMED))
    assert found(rules, made)[ClockKind.RULING].met_on == CONFIRMED


def test_who_does_not_want_it_has_no_time_limit_until_they_think_again(rules: Rules) -> None:
    made = case()
    confirmation(made, (S.NOT_WANTED, EFFECT))
    assert found(rules, made) == {}
    confirmation(made, (S.CONSIDERING, APPLIED))
    assert found(rules, made)[ClockKind.CONFIRMATION].is_running


def test_an_application_that_was_withdrawn_may_be_made_anew(rules: Rules) -> None:
    made = case()
    confirmation(made, (S.APPLIED, APPLIED), (S.ACCEPTED, ACCEPTED), (S.WITHDRAWN, ACCEPTED))
    clocks = found(rules, made)
    assert clocks[ClockKind.CONFIRMATION].is_running
    assert ClockKind.RULING not in clocks


def owed(*days: date, **facts: object) -> Obligation:
    parts = [Instalment(due_on=day, amount_fen=100) for day in days]
    return Obligation(**{"no": 1, "amount_fen": 100 * len(days), "instalments": parts} | facts)  # type: ignore[arg-type]  # any field


def test_a_confirmed_agreement_can_be_enforced_within_two_years_of_its_last_instalment(rules: Rules) -> None:
    made = case(owed(date(2025, 10, 31), date(2025, 12, 31)))
    confirmation(made, (S.APPLIED, APPLIED), (S.CONFIRMED, CONFIRMED))
    clock = found(rules, made)[ClockKind.ENFORCEMENT]
    assert (clock.started_on, clock.ends_on) == (date(2025, 12, 31), date(2027, 12, 31))
    assert not clock.is_certain  # a last day of 2027 may be a rest day


def test_without_a_court_the_limitation_of_three_years_runs_from_the_debt_due_first(rules: Rules) -> None:
    made = case(owed(date(2026, 1, 31)), owed(date(2025, 12, 31), no=2))
    clock = found(rules, made)[ClockKind.LIMITATION]
    assert (clock.started_on, clock.ends_on) == (date(2025, 12, 31), date(2029, 1, 1))  # a Sunday moves it


def test_what_was_paid_or_waived_is_claimed_no_more(rules: Rules) -> None:
    paid = owed(date(2025, 12, 31), performances=[Performance(done_on=EFFECT, amount_fen=100, **recorded(EFFECT))])
    waived = owed(date(2026, 1, 31), no=2, waived_on=EFFECT)
    assert ClockKind.LIMITATION not in found(rules, case(paid, waived))


def test_mediation_that_came_to_nothing_lets_the_limitation_begin_anew(rules: Rules) -> None:
    """民法典 art. 195; 法释〔2020〕17号 art. 12."""
    made = a_case(EFFECT)
    decide(made, EFFECT)
    end(made, date(2025, 9, 30))
    clock = clocks_of(made, rules)[-1]
    assert (clock.kind, clock.started_on, clock.ends_on) == (
        ClockKind.LIMITATION,
        date(2025, 9, 30),
        date(2028, 10, 2),  # 30 September 2028 is a Saturday
    )
