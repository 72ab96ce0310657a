"""How pressing a time limit is."""

from datetime import date, timedelta

import pytest

from mediation_desk.domain.grades import Grade, Thresholds, days_left, grade_of, grade_of_clock, thresholds
from mediation_desk.domain.procedure_clock import Clock, acceptance_clock, running
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind

MONDAY = date(2026, 11, 23)
LIMITS = Thresholds(soon_days=3, soon_percent=20, week_days=7, confirmation_days=7)


def a_clock(rules: Rules, rule: str, since: date, kind: ClockKind = ClockKind.MEDIATION, **facts: object) -> Clock:
    return running(kind, rules, rules.period(rule), since, **facts)  # type: ignore[arg-type]  # any fact


@pytest.mark.parametrize(
    ("left", "grade"),
    [
        (-1, Grade.LATE),
        (0, Grade.TODAY),
        (1, Grade.SOON),
        (3, Grade.SOON),
        (4, Grade.WEEK),
        (7, Grade.WEEK),
        (8, Grade.LATER),
    ],
)
def test_grades_by_the_days_that_are_left(left: int, grade: Grade) -> None:
    assert grade_of(left, 3, 7) is grade


def test_the_thresholds_are_settings(rules: Rules) -> None:
    assert thresholds(rules, MONDAY) == LIMITS


def test_working_days_are_counted_where_the_rule_counts_them(rules: Rules) -> None:
    """Over the National Day holiday three working days last more than a week."""
    clock = acceptance_clock(rules, date(2026, 9, 30))
    assert clock.ends_on == date(2026, 10, 10)  # a Saturday that is worked
    assert days_left(clock, date(2026, 10, 10), date(2026, 9, 30), rules.holidays) == 3
    assert grade_of_clock(clock, date(2026, 9, 30), rules.holidays, LIMITS) is Grade.SOON


@pytest.mark.parametrize(
    ("rule", "left", "grade"),
    [
        ("T02", 6, Grade.SOON),  # a fifth of thirty days
        ("T02", 7, Grade.WEEK),
        ("T06", 3, Grade.SOON),
        ("T06", 4, Grade.WEEK),
        ("T23", 7, Grade.SOON),  # never before the week begins, though a fifth of sixty days are twelve
        ("T23", 8, Grade.LATER),
    ],
)
def test_soon_is_also_a_share_of_the_whole_time(rules: Rules, rule: str, left: int, grade: Grade) -> None:
    clock = a_clock(rules, rule, MONDAY)
    assert clock.ends_on is not None
    assert grade_of_clock(clock, clock.ends_on - timedelta(days=left), rules.holidays, LIMITS) is grade


def test_a_share_of_nothing_is_not_used(rules: Rules) -> None:
    clock = a_clock(rules, "T02", MONDAY)
    assert clock.ends_on is not None
    by_days = LIMITS._replace(soon_percent=0)
    assert grade_of_clock(clock, clock.ends_on - timedelta(days=6), rules.holidays, by_days) is Grade.WEEK


def test_confirmation_is_warned_of_by_days_of_its_own(rules: Rules) -> None:
    clock = a_clock(rules, "T11", MONDAY, ClockKind.CONFIRMATION)
    assert clock.ends_on is not None
    day = clock.ends_on - timedelta(days=7)
    assert grade_of_clock(clock, day, rules.holidays, LIMITS) is Grade.SOON
    assert grade_of_clock(clock, day, rules.holidays, LIMITS._replace(confirmation_days=5)) is Grade.WEEK


def test_what_is_met_or_stands_still_presses_nobody_nor_does_a_right_that_is_gone(rules: Rules) -> None:
    later = MONDAY + timedelta(days=300)
    assert grade_of_clock(a_clock(rules, "T02", MONDAY), later, rules.holidays, LIMITS) is Grade.LATE
    met = a_clock(rules, "T02", MONDAY, met_on=later)
    gone = a_clock(rules, "T11", MONDAY, ClockKind.CONFIRMATION)
    assert [grade_of_clock(each, later, rules.holidays, LIMITS) for each in (met, gone)] == [None, None]
