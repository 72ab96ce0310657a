"""What differs between two wordings, and how finely it is said."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.comparison import Pair, Run, Runs, compare


def side(pairs: Sequence[Pair], which: str) -> list[str]:
    """The paragraphs of one side, put together again from their pieces."""
    paragraphs: list[str] = []
    for pair in pairs:
        runs: Runs | None = getattr(pair, which)
        if runs is None:
            continue
        text = "".join(run.text for run in runs)
        if pair.continues:
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
    return paragraphs


def marked(runs: Runs | None) -> list[str]:
    return [run.text for run in runs or () if run.differs]


def test_what_is_the_same_is_not_marked() -> None:
    pairs = compare(["第一段", ""], ["第一段", ""])
    assert pairs == [Pair((Run("第一段", False),), (Run("第一段", False),)), Pair((), ())]


def test_a_changed_amount_is_marked_as_a_whole_number() -> None:
    [pair] = compare(["李四赔偿张三人民币3,000.00元。"], ["李四赔偿张三人民币3,500.00元。"])
    assert marked(pair.before) == ["3,000.00"]
    assert marked(pair.after) == ["3,500.00"]


def test_only_the_letters_that_changed_are_marked() -> None:
    [pair] = compare(["双方同意于年底前付清，再无争议。"], ["双方同意于月底前当场付清，再无争议。"])
    assert marked(pair.before) == ["年"]
    assert marked(pair.after) == ["月", "当场"]


def test_a_paragraph_put_in_leaves_those_after_it_unmarked() -> None:
    pairs = compare(["甲条款说了赔偿", "乙条款说了道歉"], ["甲条款说了赔偿", "全新内容", "乙条款说了道歉"])
    assert [pair.differs for pair in pairs] == [False, True, False]
    assert pairs[1] == Pair(None, (Run("全新内容", True),))


def test_what_was_struck_out_stands_alone_before_its_changed_neighbour() -> None:
    pairs = compare(["完全删去的", "李四应当修好水管"], ["李四应当修好水管和天花板"])
    assert pairs[0] == Pair((Run("完全删去的", True),), None)
    assert marked(pairs[1].after) == ["和天花板"]
    assert marked(pairs[1].before) == []


def test_paragraphs_that_share_nothing_are_not_put_beside_each_other() -> None:
    assert compare(["甲乙丙"], ["丁戊己"]) == [Pair(None, (Run("丁戊己", True),)), Pair((Run("甲乙丙", True),), None)]


def test_an_empty_paragraph_that_was_filled_is_new() -> None:
    assert compare([""], ["内容"]) == [Pair(None, (Run("内容", True),)), Pair((), None)]


def all_marked(pairs: Sequence[Pair], which: str) -> list[str]:
    return [text for pair in pairs for text in marked(getattr(pair, which))]


def test_a_long_paragraph_shows_its_changed_phrases() -> None:
    before = "".join(f"第{number}句话说的是漏水的经过，" for number in range(500))
    after = before.replace("第250句话", "第250句新话").replace("第400句话说的是漏水的经过，", "")
    pairs = compare([before], [after])
    assert all_marked(pairs, "before") == ["第400句话说的是漏水的经过，"]
    assert all_marked(pairs, "after") == ["新"]
    assert (side(pairs, "before"), side(pairs, "after")) == ([before], [after])


def test_a_long_paragraph_is_parted_at_the_ends_of_phrases() -> None:
    text = "".join(f"第{number}句话说的是漏水的经过，" for number in range(100))
    for pairs in (compare([text], [text]), compare([], [text]), compare([text], []), compare([text], [text + "完"])):
        assert [pair.continues for pair in pairs] == [False] + [True] * (len(pairs) - 1)
        for pair in pairs[:-1]:
            runs = pair.after or pair.before or ()
            assert runs[-1].text.endswith("，")
            assert 300 < sum(len(run.text) for run in runs) <= 400


def test_a_long_passage_without_a_stop_is_marked_between_its_common_ends() -> None:
    before, after = "甲" * 900 + "乙" * 500 + "丙" * 900, "甲" * 900 + "丁" * 600 + "丙" * 900
    pairs = compare([before], [after])
    assert all_marked(pairs, "before") == ["乙" * 500]
    assert all_marked(pairs, "after") == ["丁" * 600]


def test_two_long_paragraphs_with_nothing_in_common_stand_alone() -> None:
    before = "".join(f"甲{number}，" for number in range(500))
    after = "".join(f"乙{number}。" for number in range(500))
    pairs = compare([before], [after])
    assert all(pair.before is None or pair.after is None for pair in pairs)


def test_two_long_paragraphs_that_share_most_phrases_stand_side_by_side() -> None:
    middle = "".join(f"第{number}项物品已经归还，" for number in range(200))
    pairs = compare(["起初的说法，" + middle + "就是这样"], ["后来改口了，" + middle + "不再追究"])
    assert "".join(all_marked(pairs, "before")) != ""
    assert all("归还" not in each for each in all_marked(pairs, "before") + all_marked(pairs, "after"))


@pytest.mark.parametrize("text", ["字", "（、。", "a1,000.00b"])
def test_what_was_written_from_nothing_is_all_new(text: str) -> None:
    assert compare([], [text]) == [Pair(None, (Run(text, True),))]
    assert compare([text], []) == [Pair((Run(text, True),), None)]


PARAGRAPHS = st.lists(st.text(alphabet="甲乙丙，。、1,.\n", max_size=30), max_size=8)
LONG = st.lists(st.text(alphabet="甲乙，。", min_size=350, max_size=900), max_size=3)


@given(PARAGRAPHS | LONG, PARAGRAPHS | LONG)
def test_no_text_is_lost_and_none_is_added(before: list[str], after: list[str]) -> None:
    pairs = compare(before, after)
    assert side(pairs, "before") == before
    assert side(pairs, "after") == after


@given(PARAGRAPHS, PARAGRAPHS)
def test_unmarked_text_is_the_same_on_both_sides(before: list[str], after: list[str]) -> None:
    for pair in compare(before, after):
        if pair.before is not None and pair.after is not None:
            kept = ["".join(run.text for run in runs if not run.differs) for runs in (pair.before, pair.after)]
            assert kept[0] == kept[1]
