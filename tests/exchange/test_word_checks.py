"""Word packs are read whole; an entry that can find nothing is told as a fault."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.domain.finding import PARTS, FindingKind
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules

HEAD = {"title": "测试", "source": "测试用", "certainty": "U"}
LIMITS = {**HEAD, "pack": "attachment_limits", "max_bytes": 10, "media_types": {"pdf": "application/pdf"}}
PLAIN = {"key": "deposit", "words": ["订金"], "reason": "理由"}


def read(place: Path, *packs: list[dict[str, Any]]) -> Rules:
    """Read word packs, each from a folder of its own, a later one overriding an earlier."""
    folders = []
    for number, checks in enumerate(packs):
        folder = place / str(number)
        folder.mkdir()
        pack = {**HEAD, "pack": "word_checks", "checks": checks}
        (folder / "words.json").write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        folders.append(folder)
    (folders[0] / "limits.json").write_text(json.dumps(LIMITS), encoding="utf-8")
    return load_rules(*folders)


def test_an_entry_needs_little_and_may_say_more(tmp_path: Path) -> None:
    full = {
        **PLAIN,
        "key": "full",
        "kind": "right",
        "suggestion": "定金",
        "hard": True,
        "parts": ["clauses"],
        "exceptions": ["订金簿"],
        "with_words": ["押金"],
        "near": ["退还"],
        "not_near": ["法院"],
        "only_for_confirmation": True,
        "reason_for_confirmation": "更不行",
        "source": "民法典第586条",
        "certainty": "V",
    }
    first, second = read(tmp_path, [PLAIN, full]).word_checks_on(date(2026, 11, 23))
    assert (first.kind, first.words, first.is_hard, first.parts) == (FindingKind.WORD, ("订金",), False, PARTS)
    assert (second.kind, second.suggestion, second.is_hard, second.parts) == (
        FindingKind.RIGHT,
        "定金",
        True,
        ("clauses",),
    )
    assert (second.with_words, second.near, second.not_near) == (("押金",), ("退还",), ("法院",))
    assert (second.only_for_confirmation, second.reason_for_confirmation) == (True, "更不行")


def test_a_users_entry_replaces_ours_and_an_ended_one_is_silent(tmp_path: Path) -> None:
    ended = {**PLAIN, "effective_to": "2026-01-31"}
    rules = read(tmp_path, [PLAIN, {**PLAIN, "key": "other"}], [{**PLAIN, "key": "other", "words": ["甲"]}, ended])
    assert [check.words for check in rules.word_checks_on(date(2026, 11, 23))] == [("甲",)]
    assert len(rules.word_checks_on(date(2026, 1, 31))) == 2


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"words": []}, "“words”至少写一个要找的词"),
        ({"words": ["…#"]}, "“words”中的“…#”除“…”“#”外要有文字，“…”最多3个"),
        ({"words": ["甲…乙…丙…丁…戊"]}, "“words”中的“甲…乙…丙…丁…戊”除“…”“#”外要有文字，“…”最多3个"),
        ({"parts": ["title"]}, "“parts”应为 facts、clauses、obligations、performance_terms 中的几个，现有“title”"),
        ({"suggestion": "订金"}, "“suggestion”的“订金”也在“words”中"),
        ({"reason": " "}, "“reason”不能为空"),
        ({"pattern": "x"}, "不认识“pattern”"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(tmp_path: Path, wrong: dict[str, Any], fault: str) -> None:
    with pytest.raises(RulePackBroken) as refused:
        read(tmp_path, [PLAIN, {**PLAIN, "key": "wrong", **wrong}])
    assert [each.sentence for each in refused.value.faults] == [f"words.json，checks 第2项：{fault}"]


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulePackBroken, match="“kind”应为"):
        read(tmp_path, [{**PLAIN, "kind": "magic"}])
