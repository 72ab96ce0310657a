"""Entries of the word pack find their words where they are wrong, and only there."""

from typing import Any

import pytest

from mediation_desk.domain.finding import FindingKind
from mediation_desk.domain.passages import Passage
from mediation_desk.domain.word_check import WordCheck, word_findings


def check(*words: str, **facts: Any) -> WordCheck:
    return WordCheck(**{"key": "k", "kind": FindingKind.WORD, "words": words, "reason": "理由。"} | facts)


def found(one: WordCheck, *texts: str, confirmation_wanted: bool = False, part: str = "clauses") -> list[str]:
    passages = [Passage(f"{part}[{index}]", f"第{index + 1}条", text) for index, text in enumerate(texts)]
    return [each.excerpt for each in word_findings([one], passages, confirmation_wanted=confirmation_wanted)]


@pytest.mark.parametrize(
    ("words", "text", "excerpt"),
    [
        (["订金"], "交付订金。", "订金"),
        (["归…所有"], "冰箱归李四所有。", "归李四所有"),
        (["不得…起诉"], "不得向人民法院起诉。", "不得向人民法院起诉"),
        (["截止#"], "截止２０２６年", "截止２"),
        (["利息#%"], "利息5%", "利息5%"),
        (["法人", "法人代表"], "法人代表", "法人代表"),
    ],
)
def test_words_are_found_as_they_are_written(words: list[str], text: str, excerpt: str) -> None:
    assert found(check(*words), text) == [excerpt]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["归…所有"], "归还。李四所有"),
        (["归…所有"], "归一二三四五六七八九十一二三所有"),
        (["截止#"], "截止日期"),
        (["a.c"], "abc"),
    ],
)
def test_a_gap_stays_in_its_sentence_and_signs_are_no_patterns(words: list[str], text: str) -> None:
    assert found(check(*words), text) == []


def test_each_text_is_told_once() -> None:
    assert found(check("订金"), "订金，订金", "订金") == ["订金", "订金"]


def test_exceptions_are_right() -> None:
    power = check("权力", exceptions=("权力机关",))
    assert found(power, "国家权力机关") == []
    assert found(power, "权力机关和权力") == ["权力"]


def test_only_the_parts_that_are_meant_are_read() -> None:
    assert found(check("赔偿", parts=("clauses",)), "赔偿", part="facts") == []


def test_some_words_are_wrong_only_beside_others() -> None:
    mixed = check("补偿", with_words=("赔偿",))
    assert found(mixed, "补偿") == []
    assert found(mixed, "补偿", "赔偿") == ["补偿"]


def test_some_words_are_wrong_only_near_others_or_away_from_them() -> None:
    near = check("抵押", near=("保管",))
    assert found(near, "抵押。由他保管") == []
    assert found(near, "抵押给他保管") == ["抵押"]
    away = check("判决", not_near=("法院",))
    assert found(away, "法院已判决") == []
    assert found(away, "法院。已判决") == ["判决"]


def test_some_words_matter_only_for_confirmation() -> None:
    owned = check("归…所有", only_for_confirmation=True)
    assert found(owned, "归李四所有") == []
    assert found(owned, "归李四所有", confirmation_wanted=True) == ["归李四所有"]


def test_the_sentence_says_what_and_why() -> None:
    passages = [Passage("clauses[0]", "第1条", "离婚。")]

    def told(one: WordCheck, *, confirmation_wanted: bool) -> str:
        [finding] = word_findings([one], passages, confirmation_wanted=confirmation_wanted)
        return finding.sentence

    status = check("离婚", reason="不能。", reason_for_confirmation="更不能。")
    assert told(status, confirmation_wanted=False) == "第1条：“离婚”请核对：不能。"
    assert told(status, confirmation_wanted=True) == "第1条：“离婚”请核对：更不能。"
    assert told(check("离婚", suggestion="和好"), confirmation_wanted=False) == "第1条：“离婚”一般应写“和好”：理由。"


def test_a_pack_may_make_a_word_hard() -> None:
    [finding] = word_findings(
        [check("罚款", is_hard=True)], [Passage("facts", "事实", "罚款")], confirmation_wanted=False
    )
    assert finding.is_hard
