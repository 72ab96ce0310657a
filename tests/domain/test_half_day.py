"""Half-days: their order, their names, and runs of them."""

from datetime import date, datetime

from mediation_desk.domain.half_day import Half, HalfDay, half_days

FRIDAY, SATURDAY = date(2026, 9, 4), date(2026, 9, 5)


def test_the_afternoon_begins_at_noon() -> None:
    assert HalfDay.of(datetime(2026, 9, 4, 11, 59)) == HalfDay(FRIDAY, Half.AM)
    assert HalfDay.of(datetime(2026, 9, 4, 12, 0)) == HalfDay(FRIDAY, Half.PM)


def test_half_days_sort_by_time() -> None:
    mixed = [HalfDay(SATURDAY, Half.AM), HalfDay(FRIDAY, Half.PM), HalfDay(FRIDAY, Half.AM)]
    assert sorted(mixed) == [HalfDay(FRIDAY, Half.AM), HalfDay(FRIDAY, Half.PM), HalfDay(SATURDAY, Half.AM)]


def test_a_half_day_has_names_for_patterns_papers_and_within_a_month() -> None:
    afternoon = HalfDay(FRIDAY, Half.PM)
    assert afternoon.in_week == "fri_pm"
    assert afternoon.label == "2026年9月4日（周五）下午"
    assert afternoon.in_month == "9月4日（周五）下午"


def test_a_run_holds_both_ends_and_none_when_it_ends_before_it_begins() -> None:
    first, last = HalfDay(FRIDAY, Half.PM), HalfDay(SATURDAY, Half.AM)
    assert list(half_days(first, last)) == [first, last]
    assert list(half_days(last, first)) == []
