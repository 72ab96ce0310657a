"""Spans of half-days put together, cut and named; places in a workbook named as people see them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.availability import (
    AvailabilityRead,
    Remark,
    Span,
    Spot,
    half_day_after,
    half_day_before,
    merged,
    not_known,
    whole_month,
    without,
)
from mediation_desk.domain.half_day import Half, HalfDay, half_days

FIRST = date(2026, 9, 1)
MOMENTS = st.integers(0, 59).map(lambda at: HalfDay(FIRST + timedelta(days=at // 2), list(Half)[at % 2]))
SPANS = st.tuples(MOMENTS, MOMENTS).map(lambda ends: Span(min(ends), max(ends)))


def on(day: int, half: Half = Half.AM) -> HalfDay:
    return HalfDay(date(2026, 9, day), half)


def every(spans: list[Span]) -> set[HalfDay]:
    return {each for span in spans for each in half_days(*span)}


def test_overlapping_and_adjoining_leave_becomes_one() -> None:
    spans = [Span(on(6), on(10, Half.PM)), Span(on(3), on(8, Half.PM)), Span(on(11), on(11))]
    assert merged(spans) == [Span(on(3), on(11))]


def test_leave_with_a_half_day_between_stays_two() -> None:
    spans = [Span(on(3), on(3)), Span(on(4), on(4))]
    assert merged(spans) == spans


@given(st.lists(SPANS))
def test_merging_neither_adds_nor_loses_a_half_day(spans: list[Span]) -> None:
    found = merged(spans)
    assert every(found) == every(spans)
    assert all(half_day_after(one.last) < other.first for one, other in pairwise(found))


@given(SPANS, st.lists(SPANS))
def test_what_others_take_is_left_out(span: Span, taken: list[Span]) -> None:
    assert every(without(span, taken)) == every([span]) - every(taken)


@given(MOMENTS)
def test_before_and_after_undo_each_other(half_day: HalfDay) -> None:
    assert half_day_before(half_day_after(half_day)) == half_day == half_day_after(half_day_before(half_day))


def test_a_span_is_clipped_to_the_month_or_gone() -> None:
    month = whole_month(FIRST)
    assert month == Span(on(1), on(30, Half.PM))
    assert Span(HalfDay(date(2026, 8, 28), Half.AM), on(3)).clipped(month) == Span(on(1), on(3))
    assert Span(HalfDay(date(2026, 8, 28), Half.AM), HalfDay(date(2026, 8, 31), Half.PM)).clipped(month) is None


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(on(3), on(3)), "9/3上午"),
        (Span(on(3), on(3, Half.PM)), "9/3全天"),
        (Span(on(3, Half.PM), on(8)), "9/3下午—9/8上午"),
    ],
)
def test_a_span_in_words(span: Span, words: str) -> None:
    assert span.label == words


def test_a_place_is_named_by_sheet_row_field_and_value() -> None:
    assert Spot("请假", 12, "职业身份", "律師").label == "「请假」第12行 职业身份“律師”"
    assert Spot("请假", 12, "姓名").label == "「请假」第12行 姓名"
    assert Spot("请假", 12).label == "「请假」第12行"
    assert Spot("请假", 0).label == "「请假」"
    assert Spot("请假", 12, "姓名", "王").key == ("请假", 12, "姓名")


def test_an_unknown_word_is_asked_about_or_to_be_checked() -> None:
    spot = Spot("人员", 12, "职业身份", "律師")
    asked = not_known(spot, "字典", "律师")
    assert asked.text == "「人员」第12行 职业身份“律師”不在字典，是否为“律师”？"
    assert (asked.held, asked.suggestion) == (True, "律师")
    assert not_known(spot, "字典", "").text.endswith("不在字典，请核对。")


def test_held_back_is_what_was_not_taken() -> None:
    held, said = Remark(Spot("请假", 1), "甲", held=True), Remark(Spot("请假", 2), "乙")
    assert AvailabilityRead(FIRST, (), (said, held)).held_back == (held,)
