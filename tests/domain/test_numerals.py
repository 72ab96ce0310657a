"""Numbers as people write them."""

import re

import pytest

from mediation_desk.domain.numerals import NUMERAL, read_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("三千", 3000),
        ("两万五千", 25_000),
        ("十二万", 120_000),
        ("一亿零三万", 100_030_000),
        ("二〇二六", 2026),
        ("叁", 3),
        ("拾贰", 12),
    ],
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", ["", "三五百", "三个", "甲", "3个"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_numeral(text) is None


def test_the_pattern_finds_small_numbers() -> None:
    assert re.findall(f"第({NUMERAL})条", "第三条、第12条、第二十一条") == ["三", "12", "二十一"]
