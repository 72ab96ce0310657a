"""Days are found in free text, also those that are none."""

from datetime import date

import pytest

from mediation_desk.domain.days_in_text import days_in


@pytest.mark.parametrize(
    "text",
    [
        "2026年12月31日",
        "2026 年 12 月 31 日",
        "2026年12月31号",
        "2026年12月31前",
        "2026-12-31",
        "2026/12/31",
        "2026.12.31",
        "二〇二六年十二月三十一日",
        "二○二六年十二月三十一日",
        "二零二六年十二月三十一日",
    ],
)
def test_a_day_is_read(text: str) -> None:
    [stated] = days_in(f"于{text}")
    assert (stated.day, stated.is_possible) == (date(2026, 12, 31), True)


@pytest.mark.parametrize(
    "text",
    [
        "2026年2月30日",
        "2027年2月29日",
        "2026年13月1日",
        "2026年13月",
        "2026年11月31日",
        "2026年0月5日",
        "2026-02-30",
        "2月30日",
        "12月32日",
        "202年5月1日",
        "20226年5月1日",
        "二〇二六年二月三十日",
    ],
)
def test_a_day_that_is_none_is_told(text: str) -> None:
    [stated] = days_in(text)
    assert (stated.day, stated.is_possible) == (None, False)


@pytest.mark.parametrize("text", ["12月31日", "2026年5月", "2026年5月份", "26年5月1日", "2月29日"])
def test_a_day_without_year_or_a_month_may_be(text: str) -> None:
    [stated] = days_in(text)
    assert (stated.day, stated.is_possible) == (None, True)


@pytest.mark.parametrize("text", ["工作2年3个月", "3年2月", "版本1.2.3", "每月10日", "第12号楼", "1,200.00"])
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert list(days_in(text)) == []


@pytest.mark.parametrize(
    ("text", "weekday"), [("（星期四）", 3), ("(周四)", 3), ("，星期日", 6), ("星期天", 6), ("礼拜一", 0), ("前", None)]
)
def test_the_weekday_beside_a_day_is_read(text: str, weekday: int | None) -> None:
    [stated] = days_in(f"2026年12月31日{text}")
    assert stated.weekday == weekday


def test_several_days_come_in_order_with_their_places() -> None:
    text = "自2026年1月1日至12月31日"
    assert [text[stated.start : stated.end] for stated in days_in(text)] == ["2026年1月1日", "12月31日"]
