"""Months, quarters and years: where they begin and end, what they are called, and what comes before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.report_period import Span, month_of, quarter_of, year_of


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2026, 1, 1), (1, 31), (1, 3)),
        (date(2026, 2, 28), (2, 28), (1, 3)),
        (date(2028, 2, 29), (2, 29), (1, 3)),
        (date(2026, 12, 31), (12, 31), (10, 12)),
        (date(2026, 5, 16), (5, 31), (4, 6)),
    ],
)
def test_a_day_lies_in_one_month_and_one_quarter(day: date, month: tuple[int, int], quarter: tuple[int, int]) -> None:
    assert month_of(day) == Span(day.replace(day=1), day.replace(day=month[1]))
    assert (quarter_of(day).first.month, quarter_of(day).last.month) == quarter
    assert year_of(day) == Span(date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_each_ends_a_day_before_the_next_begins(day: date) -> None:
    for of in (month_of, quarter_of, year_of):
        span = of(day)
        assert span.first <= day <= span.last
        assert of(span.last + timedelta(days=1)).first == span.last + timedelta(days=1)
        assert of(span.last + timedelta(days=1)).before == span


def test_each_has_a_name() -> None:
    day = date(2026, 8, 9)
    assert [of(day).in_words for of in (month_of, quarter_of, year_of)] == ["2026年8月", "2026年第3季度", "2026年"]
    assert Span(date(2026, 8, 2), date(2026, 8, 9)).in_words == "2026年8月2日至2026年8月9日"


def test_before_a_time_of_ones_own_come_as_many_days() -> None:
    assert Span(date(2026, 3, 2), date(2026, 3, 8)).before == Span(date(2026, 2, 23), date(2026, 3, 1))
