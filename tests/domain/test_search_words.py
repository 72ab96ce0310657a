"""Which tokens a case is kept under."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.search_words import (
    DIGITS,
    MOST_TOKENS,
    OVERSIZE,
    PINYIN,
    PINYIN_MOST,
    STAGE,
    Document,
    fold,
    loosely,
    tokens_of,
)

DAY = date(2026, 3, 15)


def tokens(**told: tuple[str, ...]) -> set[str]:
    return tokens_of(Document(registered_on=DAY, **told))  # type: ignore[arg-type]  # texts only


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ａｂ１２", "ab12"),
        ("ﬁ①½", "fi11⁄2"),
        ("e\u0301É", "éé"),
        ("天花\n 板　漏", "天花板漏"),
        ("a\0b\u200bc\ufe00d\U000e0100", "abcd"),
        ("\ud800张", "张"),
        ("a-b(c)\"'*", "a－b（c）＂＇＊"),
        ("𠮷\U000323a0😀", "𠮷\U000323a0😀"),
        ("\ue815", "\ue815"),
        ("ئابلىز", "ئابلىز"),
    ],
)
def test_width_case_composition_spaces_and_what_is_invisible_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_no_token_holds_what_an_engine_could_take_for_its_own(text: str) -> None:
    for token in tokens(texts=(text,), names=(text,), codes=(text,), numbers=(text,)):
        assert all(character.isalnum() for character in token if character.isascii())
        assert token
        token.encode("utf-8")


def test_a_number_of_a_case_is_kept_without_brackets_and_dashes() -> None:
    assert loosely(fold("（2026）东人调字第7号")) == "2026东人调字第7号"
    assert loosely(fold("7K3M-9QXA")) == "7k3m9qxa"


def test_of_a_text_each_character_and_each_two_are_kept() -> None:
    assert {"漏", "水", "漏水"} <= tokens(texts=("漏水",))


def test_where_there_are_digits_longer_pieces_are_kept() -> None:
    assert tokens(texts=("赔3500元",)) - tokens() == {
        *("3500", "赔350", "500元", "350", "500", "赔35", "00元"),
        *("赔3", "35", "50", "00", "0元", "赔", "3", "5", "0", "元"),
    }
    assert max(len(each) for each in tokens(texts=("1357924680",)) if each.isdecimal()) == 4


def test_names_are_kept_by_the_beginnings_of_their_pinyin_and_initials() -> None:
    kept = {each[1:] for each in tokens(names=("张三丰、李四",)) if each.startswith(PINYIN)}
    assert {"z", "zh", "zhangsanfeng", "zsf", "sanf", "sf", "lisi", "ls", "si"} <= kept
    assert "anfeng" not in kept


def test_long_pinyin_is_cut() -> None:
    kept = tokens(names=("北京示例物业管理有限公司",))
    assert max(len(each) for each in kept if each.startswith(PINYIN)) == PINYIN_MOST + 1


def test_numbers_are_kept_by_how_they_end_and_begin() -> None:
    kept = {each[1:] for each in tokens(numbers=("11010519491231002x", "138-0000-0001")) if each.startswith(DIGITS)}
    assert kept == {
        *("002x", "1002x", "31002x", "1231002x"),
        *("1101051", "11010519", "110105194", "1101051949", "110105194912", "11010519491231"),
        *("0001", "00001", "000001", "00000001", "1380000", "13800000", "138000000", "1380000000"),
    }


def test_an_underscore_does_not_cut_a_stage_in_two() -> None:
    assert f"{STAGE}in＿mediation" in tokens_of(Document(stage="in_mediation", registered_on=DAY))


def test_a_case_of_too_many_words_is_marked_to_be_read() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 13_320))
    assert OVERSIZE not in tokens(texts=(text,))
    assert len(tokens(texts=(text,))) <= MOST_TOKENS
    kept = tokens(texts=(text, text[::-1]))
    assert OVERSIZE in kept
    assert len(kept) < 10
