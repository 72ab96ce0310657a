import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.documents.breaking import NO_END, NO_START, kind, units, white_between

CHINESE = st.text(alphabet="中文字，。（）《》“”、：a1 -.·—…元年", max_size=60)


@given(CHINESE)
def test_units_are_the_whole_text(text: str) -> None:
    assert "".join(units(text)) == text


@given(CHINESE)
def test_no_unit_but_the_first_begins_with_a_mark_that_belongs_before_it(text: str) -> None:
    assert not [unit for unit in units(text)[1:] if unit[0] in NO_START]
    assert not [unit for unit in units(text)[:-1] if unit.rstrip()[-1:] in NO_END and unit.strip()]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("付12,000.00元整", "12,000.00元"),
        ("于2026年5月", "2026年"),
        ("（见第12号）", "第12号），"[:-1]),
        ("证号11010519491231002X，", "11010519491231002X，"),
        ("买买提江·吐尔逊", "江·"),
        ("他说：“好。”（完），走", "完），"),
        ("见https://example.cn/a?b=1处", "https://example.cn/a?b=1"),
        ("完——了", "完——"),
        ('他说"好"吗', '说"好"吗'),
        ("１２３号", "１２３号"),
    ],
)
def test_what_belongs_together_is_not_divided(text: str, whole: str) -> None:
    assert any(whole in unit for unit in units(text))


def test_lines_may_end_between_hanzi_and_between_words() -> None:
    assert units("中文 and words") == ["中", "文 ", "and ", "words"]


def test_spaces_do_not_part_a_mark_from_its_word() -> None:
    assert units("好 ，（ 是）") == ["好 ，", "（ 是）"]


@pytest.mark.parametrize("pair", ["），", "。”", "：“", "》（", "（“"])
def test_two_marks_close_up(pair: str) -> None:
    assert white_between(kind(pair[0]), kind(pair[1])) < 0


@pytest.mark.parametrize("pair", ["字，", "，字", "（字", "“字", "！？"])
def test_a_mark_and_a_character_do_not_close_up(pair: str) -> None:
    assert white_between(kind(pair[0]), kind(pair[1])) >= 0
