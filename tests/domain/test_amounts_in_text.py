"""Sums of money are found in free text however they were typed, and read."""

import pytest

from mediation_desk.domain.amounts_in_text import sums_in


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("人民币1,200.00元", 1200),
        ("1200元", 1200),
        ("￥1200", 1200),
        ("¥ 1，200.5元", 1200.5),
        ("RMB 300元整", 300),
        ("1.2万元", 12_000),
        ("3万5千元", 35_000),
        ("3万5000元", 35_000),
        ("3万5元", 35_000),
        ("2百万元", 2_000_000),
        ("12元5角3分", 12.53),
        ("0.5元", 0.5),
        ("50块钱", 50),
        ("三千元", 3000),
        ("两万五千元整", 25_000),
        ("一百零五元", 105),
        ("壹仟贰佰元整", 1200),
        ("人民币壹万贰仟圆正", 12_000),
        ("貳仟陸佰圓整", 2600),
        ("叁佰元伍角整", 300.5),
    ],
)
def test_a_sum_is_read(text: str, yuan: float) -> None:
    [stated] = sums_in(f"支付{text}，")
    assert stated.fen == round(yuan * 100)
    assert stated.is_exact


@pytest.mark.parametrize(
    "text",
    [
        "1,200.00元（大写：壹仟贰佰元整）",
        "1200元(大写壹仟贰佰元整)",
        "1200元，大写：壹仟贰佰元整",
        "1200元（人民币大写：壹仟贰佰元整）",
        "1200元（壹仟贰佰元整）",
        "壹仟贰佰元整（1200元）",
        "人民币壹仟贰佰元整（￥1,200.00）",
        "大写：壹仟贰佰元整（小写：1200元）",
        "人民币（大写）壹仟贰佰元整（小写）1200元",
        "0.12万元（大写人民币：壹仟贰佰圆整）",
    ],
)
def test_a_sum_stated_twice_in_a_row_is_one(text: str) -> None:
    [stated] = sums_in(f"支付{text}。")
    assert (stated.fen, stated.capitals_fen) == (120_000, 120_000)
    assert not stated.is_contradictory


def test_figures_and_capitals_that_differ_are_contradictory() -> None:
    [stated] = sums_in("1,200元（大写：壹仟叁佰元整）")
    assert (stated.fen, stated.capitals_fen, stated.is_contradictory) == (120_000, 130_000, True)


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("1200元（大写：一千二百元）", "一千二百元"),
        ("1200元（大写：壹千贰百元整）", "壹千贰百元整"),
        ("1200元（大写：）", "大写"),
        ("1200元（大写：壹仟贰佰）", "壹仟贰佰"),
        ("叁仟零佰零拾零元整（3000元）", "叁仟零佰零拾零元整"),
    ],
)
def test_capitals_that_say_nothing_are_kept_as_typed(text: str, capitals: str) -> None:
    [stated] = sums_in(text)
    assert stated.fen is not None
    assert (stated.capitals, stated.capitals_fen, stated.is_contradictory) == (capitals, None, False)


def test_lists_of_sums_are_not_taken_for_pairs() -> None:
    found = sums_in("300元、壹仟元整（1000元）、叁佰元整（300元）")
    assert [(stated.fen, stated.capitals) for stated in found] == [
        (30_000, ""),
        (100_000, "壹仟元整"),
        (30_000, "叁佰元整"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "金额大写与小写不一致的，以大写为准。",
        "大写：＿＿",
        "2026年元旦放假",
        "住三元桥2单元302室",
        "多元化解",
        "共3人、5次",
        "",
    ],
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert sums_in(text) == []


@pytest.mark.parametrize(
    "text", ["约3000元", "3000元左右", "3000余元", "不超过3000元", "每天300元", "300元/天", "每亩500元", "50元每平方米"]
)
def test_a_rough_sum_and_a_rate_are_not_exact(text: str) -> None:
    [stated] = sums_in(text)
    assert not stated.is_exact


@pytest.mark.parametrize("text", ["0.001元", "99999999999999元", "三五千元"])
def test_a_sum_that_cannot_be_is_not_read(text: str) -> None:
    [stated] = sums_in(text)
    assert stated.fen is None


def test_the_place_is_that_of_the_text() -> None:
    text = "𠮷样支付 1,200 元（大写：壹仟贰佰元整）整"
    [stated] = sums_in(text)
    assert text[stated.start : stated.end] == "1,200 元（大写：壹仟贰佰元整"
