from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.rules import Certainty, Holidays, Period, Unit
from mediation_desk.domain.working_days import add_months, add_working_days, is_working_day, period_end
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource


@pytest.fixture(scope="module")
def holidays() -> Holidays:
    return load_rules(resource("rules")).holidays


def period(length: int, unit: Unit = Unit.CALENDAR_DAY, *, rollover: bool = False) -> Period:
    return Period("T", "期限", length, unit, rollover, "", Certainty.UNSURE)


@pytest.mark.parametrize(
    ("start", "limit", "nominal", "effective"),
    [
        (date(2025, 9, 8), period(30, rollover=True), date(2025, 10, 8), date(2025, 10, 9)),
        (date(2025, 10, 11), period(30, rollover=True), date(2025, 11, 10), date(2025, 11, 10)),
        (date(2025, 12, 17), period(60, rollover=True), date(2026, 2, 15), date(2026, 2, 24)),
        (date(2025, 12, 17), period(60), date(2026, 2, 15), date(2026, 2, 15)),
        (date(2026, 4, 20), period(15, rollover=True), date(2026, 5, 5), date(2026, 5, 6)),
        (date(2026, 4, 20), period(15), date(2026, 5, 5), date(2026, 5, 5)),
        (date(2025, 9, 29), period(30, Unit.WORKING_DAY), date(2025, 11, 17), date(2025, 11, 17)),
        (date(2026, 2, 12), period(5, Unit.WORKING_DAY), date(2026, 2, 26), date(2026, 2, 26)),
        (date(2026, 1, 31), period(1, Unit.MONTH, rollover=True), date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_the_last_day_is_the_one_the_law_gives(
    holidays: Holidays, start: date, limit: Period, nominal: date, effective: date
) -> None:
    end = period_end(start, limit, holidays)
    assert (end.nominal, end.effective, end.certain) == (nominal, effective, True)


def test_a_moved_last_day_says_why(holidays: Holidays) -> None:
    end = period_end(date(2025, 9, 8), period(30, rollover=True), holidays)
    assert end.note == "2025年10月8日是休息日（国庆节、中秋节），顺延到2025年10月9日。"
    weekend = period_end(date(2026, 3, 12), period(30, rollover=True), holidays)
    assert weekend.note == "2026年4月11日是休息日（星期六），顺延到2026年4月13日。"


def test_a_last_day_that_is_a_working_day_needs_no_note(holidays: Holidays) -> None:
    assert period_end(date(2025, 10, 11), period(30, rollover=True), holidays).note == ""


def test_working_days_beyond_the_known_years_are_counted_plainly_and_marked_uncertain(holidays: Holidays) -> None:
    end = period_end(date(2026, 12, 28), period(5, Unit.WORKING_DAY), holidays)
    assert end.effective == date(2027, 1, 4)
    assert not end.certain
    assert end.note == "2027年的放假安排尚未导入，暂按周一至周五推算，请核对。"


def test_a_rollover_into_an_unknown_year_is_uncertain(holidays: Holidays) -> None:
    end = period_end(date(2027, 1, 1), period(1, rollover=True), holidays)
    assert (end.nominal, end.effective, end.certain) == (date(2027, 1, 2), date(2027, 1, 4), False)
    assert end.note.endswith("2027年的放假安排尚未导入，暂按周一至周五推算，请核对。")


def test_a_last_day_without_rollover_is_certain_in_any_year(holidays: Holidays) -> None:
    end = period_end(date(2030, 1, 1), period(1), holidays)
    assert (end.effective, end.certain, end.note) == (date(2030, 1, 2), True, "")


def test_a_weekend_worked_for_a_holiday_is_a_working_day(holidays: Holidays) -> None:
    assert is_working_day(date(2026, 2, 28), holidays)
    assert not is_working_day(date(2026, 3, 7), holidays)
    assert not is_working_day(date(2026, 2, 16), holidays)


def test_working_days_are_counted_backwards_too(holidays: Holidays) -> None:
    assert add_working_days(date(2026, 2, 26), -5, holidays) == date(2026, 2, 12)
    assert add_working_days(date(2026, 2, 26), 0, holidays) == date(2026, 2, 26)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 23), 240, date(2046, 11, 23)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_a_month_ends_on_the_same_numbered_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(start=st.dates(date(2024, 1, 1), date(2028, 1, 1)), number=st.integers(1, 90))
def test_as_many_working_days_lie_between_as_were_asked_for(start: date, number: int) -> None:
    holidays = Holidays({date(2026, 2, 16): "春节"}, {date(2026, 2, 14): "春节"}, frozenset({2026}))
    last = add_working_days(start, number, holidays)
    passed = [date.fromordinal(ordinal) for ordinal in range(start.toordinal() + 1, last.toordinal() + 1)]
    assert sum(is_working_day(day, holidays) for day in passed) == number
    assert is_working_day(last, holidays)
