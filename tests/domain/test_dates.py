"""Days and times as people type them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.dates import day_in_words, parse_day, parse_time, show_day, show_time

TODAY = date(2026, 11, 23)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-5-16",
        "2026-05-16",
        "2026/5/16",
        "2026.5.16",
        "2026.5.16.",
        "2026年5月16日",
        "2026年5月16号",
        "2026 5 16",
        "20260516",
        "２０２６－５－１６",
        "2026。5。16",
        "2026、5、16",
        "5-16",
        "5月16日",
        "5.16",
        " 05/16 ",
    ],
)
def test_one_day_has_many_ways_to_be_typed(typed: str) -> None:
    assert parse_day(typed, TODAY) == date(2026, 5, 16)


@pytest.mark.parametrize(
    ("typed", "from_today"),
    [("今天", 0), ("今日", 0), (" 今天 ", 0), ("昨天", -1), ("昨日", -1), ("前天", -2), ("明天", 1), ("后天", 2)],
)
def test_near_days_have_names(typed: str, from_today: int) -> None:
    assert parse_day(typed, TODAY) == TODAY + timedelta(days=from_today)


@pytest.mark.parametrize("typed", ["", " ", "　", "\t"])
def test_nothing_typed_is_no_day_and_no_time(typed: str) -> None:
    assert parse_day(typed, TODAY) is None
    assert parse_time(typed) is None


@pytest.mark.parametrize("typed", ["2026-2-30", "2-29", "13-1", "2026-0-1", "0000-1-1", "20261301", "2025年2月29日"])
def test_a_day_that_is_not_in_the_calendar_is_told_so(typed: str) -> None:
    with pytest.raises(ValueError, match=f"没有“{typed}”这一天"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed", ["大后天", "16", "2026", "2026-5", "5-16-2026", "abc", "2026-5-16-7", "26-5-16", "202605"]
)
def test_what_is_no_day_is_told_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂日期“.+”，请写成 2026-5-16 的样子"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9：30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("９点３０分", time(9, 30)),
        ("9时30", time(9, 30)),
        ("9点半", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9", time(9)),
        ("9点", time(9)),
        ("上午9点", time(9)),
        ("下午3点", time(15)),
        ("下午 3 点半", time(15, 30)),
        ("下午15点", time(15)),
        ("晚上8点05", time(20, 5)),
        ("早上8点", time(8)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("中午12点", time(12)),
        ("下午12点半", time(12, 30)),
        ("中午1点", time(13)),
        ("上午12点", time(12)),
        ("中午11点半", time(11, 30)),
        ("凌晨2点", time(2)),
        ("下午7点", time(19)),
    ],
)
def test_one_time_has_many_ways_to_be_typed(typed: str, at: time) -> None:
    assert parse_time(typed) == at


@pytest.mark.parametrize(
    "typed",
    ["24:00", "9:60", "25", "下午", "半", "9:30:15", "-1", "九点", "12345", "9:3半", "晚上12点", "晚上1点", "凌晨9点"],
)
def test_what_is_no_time_is_told_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂时间“.+”，请写成 9:30 的样子"):
        parse_time(typed)


@given(days, st.sampled_from([show_day, day_in_words]), st.booleans())
def test_every_day_that_is_shown_is_read_back(day: date, show: object, wide: bool) -> None:
    assert callable(show)
    text = full_width(show(day)) if wide else show(day)
    assert parse_day(text, TODAY) == day


@given(times, st.booleans())
def test_every_time_that_is_shown_is_read_back(at: time, wide: bool) -> None:
    assert parse_time(full_width(show_time(at)) if wide else show_time(at)) == at


@given(st.text(max_size=20) | st.from_regex(r"[0-9０-９年月日点时分半:：.。-]{1,12}", fullmatch=True))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed: str) -> None:
    for found in (read_or_sentence(lambda: parse_day(typed, TODAY)), read_or_sentence(lambda: parse_time(typed))):
        assert found is not None or not normalize("NFKC", typed).strip(" 。.") or typed.isspace()
        assert not isinstance(found, str) or found.endswith(("请核对日期。", "的样子。"))


def read_or_sentence(read: Callable[[], date | time | None]) -> date | time | str | None:
    try:
        return read()
    except ValueError as error:
        return str(error)


def test_no_day_and_no_time_show_nothing() -> None:
    assert (show_day(None), show_time(None)) == ("", "")


def test_days_and_times_are_shown_briefly_and_in_words() -> None:
    day = date(2026, 5, 6)
    assert (show_day(day), day_in_words(day), show_time(time(9, 5))) == ("2026-05-06", "2026年5月6日", "9:05")
