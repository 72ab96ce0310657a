"""The time limits of a case, with what stops and lengthens them."""

from datetime import date

import pytest

from mediation_desk.domain.day_count import DayKind, Stop
from mediation_desk.domain.procedure_clock import Clock, acceptance_clock, mediation_clock, mediation_period
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource

REQUESTED, ACCEPTED = date(2026, 2, 26), date(2026, 3, 2)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(resource("rules"))


def stop(since: date, until: date | None, reason: str = "委托鉴定") -> Stop:
    return Stop(since=since, until=until, reason=reason)


def running(rules: Rules, **facts: object) -> Clock:
    told = {"case_source": "", "dispute_kind": "", "requested_on": REQUESTED, "accepted_on": ACCEPTED}
    return mediation_clock(rules, **told | facts)  # type: ignore[arg-type]  # any fact


@pytest.mark.parametrize(
    ("case_source", "dispute_kind", "rule"),
    [
        ("", "", "T02"),
        ("application", "02", "T02"),
        ("application", "13", "T03"),
        ("application", "1001", "T04"),  # a kind below the one that says it
        ("referral_court", "02", "T02"),
        ("referral_court_pre_filing", "13", "T05"),
        ("referral_court_post_filing", "02", "T06"),
        ("unknown to this table", "unknown too", "T02"),
    ],
)
def test_the_source_says_how_long_mediation_may_take_and_else_the_kind(
    rules: Rules, case_source: str, dispute_kind: str, rule: str
) -> None:
    assert mediation_period(rules, case_source, dispute_kind, ACCEPTED).id == rule


def test_a_request_must_be_decided_on_within_three_working_days(rules: Rules) -> None:
    clock = acceptance_clock(rules, date(2026, 2, 12), None)
    assert clock.ends_on == date(2026, 2, 24)  # a working Saturday on the 14th, then the Spring Festival
    assert not clock.is_late(date(2026, 2, 24))
    assert clock.is_late(date(2026, 2, 25))


def test_what_was_decided_in_time_is_never_late(rules: Rules) -> None:
    assert not acceptance_clock(rules, date(2026, 2, 12), date(2026, 2, 24)).is_late(date(2026, 11, 23))
    assert acceptance_clock(rules, date(2026, 2, 12), date(2026, 2, 25)).is_late(date(2026, 2, 25))


def test_an_appraisal_and_an_extension_move_the_last_day(rules: Rules) -> None:
    assert running(rules).ends_on == date(2026, 4, 1)
    longer = running(rules, stops=[stop(date(2026, 3, 10), date(2026, 3, 19))], further=15)
    assert longer.ends_on == date(2026, 4, 26)


def test_a_clock_that_stands_still_is_not_late_and_does_not_say_when_it_ends(rules: Rules) -> None:
    clock = running(rules, stops=[stop(date(2026, 3, 10), None)])
    assert (clock.ends_on, clock.count.counted, clock.count.length) == (None, 7, 30)
    assert not clock.is_late(date(2026, 11, 23))


def test_what_was_stopped_before_acceptance_does_not_count(rules: Rules) -> None:
    clock = running(rules, stops=[stop(date(2026, 1, 5), date(2026, 1, 20))])
    assert (clock.stops, clock.ends_on) == ((), date(2026, 4, 1))


def test_mediation_of_a_labour_dispute_runs_from_the_request(rules: Rules) -> None:
    """劳动争议调解仲裁法 art. 14."""
    clock = running(rules, dispute_kind="1001")
    assert (clock.started_on, clock.ends_on) == (REQUESTED, date(2026, 3, 13))


def test_a_medical_dispute_has_thirty_working_days(rules: Rules) -> None:
    """医疗纠纷预防和处理条例 art. 38."""
    clock = running(rules, dispute_kind="13", requested_on=date(2025, 9, 28), accepted_on=date(2025, 9, 29))
    assert clock.ends_on == date(2025, 11, 17)


def test_every_day_names_the_reason_for_which_it_was_left_out(rules: Rules) -> None:
    stops = [stop(date(2026, 3, 10), date(2026, 3, 10)), stop(date(2026, 3, 12), date(2026, 3, 12), "等待对账")]
    days = list(running(rules, stops=stops).days(rules.holidays, date(2026, 11, 23)))
    stopped = {each.day.day: each.why for each in days if each.kind is DayKind.STOPPED}
    assert stopped == {10: "委托鉴定", 12: "等待对账"}
