"""Guesses that a person is asked about."""

import pytest

from mediation_desk.domain.nearest import nearest, simplified

PROFESSIONS = ["人民调解员", "律师", "心理咨询师", "信访干部"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("律師", "律师"),
        ("心理諮詢師", "心理咨询师"),
        ("人民調解員", "人民调解员"),
        ("信訪幹部", "信访干部"),
        ("调解员", "人民调解员"),
        (" 律 师 ", "律师"),
        ("厨子", ""),
        ("", ""),
    ],
)
def test_a_mistyped_or_traditional_word_has_a_nearest(word: str, meant: str) -> None:
    assert nearest(word, PROFESSIONS) == meant


def test_of_two_equally_near_always_the_same_is_offered() -> None:
    assert nearest("王方", ["王芳", "王平"]) == nearest("王方", ["王平", "王芳"]) == "王平"


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("律师", []) == ""


def test_full_width_and_spaces_do_not_count() -> None:
    assert simplified("Ｍ００ 1 張") == "M001张"
