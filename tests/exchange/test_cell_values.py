"""Days, half-days, numbers and patterns as people type them into cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.half_day import WEEKDAYS, Half
from mediation_desk.exchange.cell_values import day_of, half_of, pattern_in_words, pattern_of, shown, whole_number

MONTH = date(2026, 9, 1)
HALVES = [f"{day}_{half.value}" for day in WEEKDAYS for half in Half]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (" 王芳 ", "王芳"), (3.0, "3"), (9.4, "9.4"), (7, "7"), (datetime(2026, 9, 4, 8), "2026-09-04")],
)
def test_a_value_is_shown_as_somebody_reads_it(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize("value", [date(2026, 9, 4), datetime(2026, 9, 4, 13), 46269, "9月4号", "２０２６/９/４", 9.4])
def test_a_day_is_read_whatever_its_shape(value: object) -> None:
    assert day_of(value, MONTH) == date(2026, 9, 4)


def test_an_empty_cell_is_no_day() -> None:
    assert day_of(None, MONTH) is None
    assert day_of("  ", MONTH) is None


@pytest.mark.parametrize("number", [9.1, 9.2, 9.3, 10.1, 12.3])
def test_a_number_that_lost_its_zero_is_not_guessed(number: float) -> None:
    with pytest.raises(ValueError, match=r"可能是.*也可能是"):
        day_of(number, MONTH)


@pytest.mark.parametrize("value", [4, "4日", "26.9.4", "三号", False, "0.5"])
def test_what_may_mean_anything_is_no_day(value: object) -> None:
    with pytest.raises(ValueError, match=r"请写成|没有这一天"):
        day_of(value, MONTH)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_number_a_spreadsheet_keeps_for_a_day_is_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert day_of(serial, MONTH) == day_of(str(serial), MONTH) == day


@pytest.mark.parametrize(("text", "half"), [("上午", Half.AM), (" ＰＭ", Half.PM), ("全天", None), (None, None)])
def test_a_half_is_read(text: str | None, half: Half | None) -> None:
    assert half_of(text) is half


def test_numbers_keep_within_their_bounds() -> None:
    assert (whole_number("２０", 1, 20), whole_number(1.0, 1, 20), whole_number(None, 1, 20)) == (20, 1, None)
    for value in ("0", "21", "1.5", "两", True, "-1"):
        with pytest.raises(ValueError, match="应当是1至20的整数"):
            whole_number(value, 1, 20)


@given(st.sets(st.sampled_from(HALVES), min_size=1))
def test_a_pattern_in_words_is_read_back(halves: set[str]) -> None:
    pattern = pattern_of(pattern_in_words(list(halves)))
    assert pattern is not None
    assert set(pattern) == halves


def test_an_empty_pattern_is_none() -> None:
    assert pattern_of("") is None
    assert pattern_in_words([]) == ""
