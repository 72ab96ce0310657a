"""What was looked for is seen where it stands."""

import pytest

from mediation_desk.domain.search_hits import excerpt, hits, name_hits


def seen(text: str, *words: str) -> list[str]:
    return [text[begin:end] for begin, end in hits(text, words)]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("楼上漏水，又漏水。", "漏水", ["漏水", "漏水"]),
        ("天花\n板泡坏", "天花板", ["天花\n板"]),
        ("赔３５００元", "3500", ["３５００"]),
        ("（2026）东人调字第7号", "2026东人", ["2026）东人"]),
        ("买买提江·吐尔逊", "江吐", ["江·吐"]),
        ("王𠮷五", "𠮷", ["𠮷"]),
        ("Zoë Zoë", "zoë", ["Zoë", "Zoë"]),
        ("漏水", "火", []),
        ("", "漏", []),
    ],
)
def test_a_word_is_seen_as_it_is_written(text: str, word: str, found: list[str]) -> None:
    assert seen(text, word) == found


def test_words_that_touch_are_one_mark() -> None:
    assert hits("天花板漏水了", ["漏水", "花板", "水了"]) == [(1, 6)]


def test_a_name_is_seen_by_how_it_is_read() -> None:
    assert name_hits("张三、单艳", ["shan"]) == [(3, 5)]
    assert name_hits("张三、单艳", ["z", "艳"]) == [(0, 2), (4, 5)]
    assert name_hits("张三、单艳", ["li"]) == []


def test_an_excerpt_begins_a_little_before_the_first_hit() -> None:
    text = "零一二三四五六七八九十甲乙丙丁漏水了"
    assert excerpt(text, hits(text, ["漏水"]), lead=3) == ("…乙丙丁漏水了", [(4, 6)])
    assert excerpt(text, [(2, 3)], lead=3) == (text, [(2, 3)])
    assert excerpt(text, []) == (text, [])
