from typing import Any

import pytest

from mediation_desk.domain.audit import Misfit, MisfitKind
from mediation_desk.domain.rules import Rules
from mediation_desk.services.audit_sentences import change_in_words, doing_in_words, misfit_in_words, value_in_words


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("parties", "phone", "", "（空）"),
        ("parties", "birth_date", None, "（空）"),
        ("parties", "languages", "[]", "（空）"),
        ("parties", "languages", '["汉语", "维吾尔语"]', "汉语、维吾尔语"),
        ("parties", "languages", ["汉语"], "汉语"),
        ("parties", "side", "claimant", "申请方"),
        ("parties", "side", "nobody", "nobody"),
        ("parties", "represents_group", 1, "是"),
        ("parties", "represents_group", False, "否"),
        ("parties", "gender", "2", "女"),
        ("cases", "safety_flags", '["violence", "unheard_of"]', "暴力倾向、unheard_of"),
        ("cases", "claimed_fen", 300_000, "3,000.00元"),
        ("cases", "claimed_fen", -1, "-1"),
        ("cases", "registered_at", "2026-11-23 09:30:00.000000", "2026-11-23 09:30:00"),
        ("cases", "registered_at", "2026-11-23T09:30:00", "2026-11-23 09:30:00"),
        ("cases", "matter", "[没有写完", "[没有写完"),
        ("rankings", "weights", '{"load": 20}', '{"load": 20}'),
        ("parties", "unheard_of", "x", "x"),
        ("unheard_of", "name", 7, "7"),
    ],
)
def test_values_are_said_as_their_windows_say_them(
    table: str, column: str, value: Any, said: str, rules: Rules
) -> None:
    assert value_in_words(rules, table, column, value) == said


def test_a_change_is_told_field_by_field_without_the_plumbing(rules: Rules) -> None:
    told = {"phone": ["", "13800000001"], "version_id": [1, 2]}
    assert list(change_in_words(rules, "parties", 3, "~", told)) == ["当事人 3 电话：（空） → 138****0001"]


def test_numbers_of_persons_are_masked_and_still_told_apart(rules: Rules) -> None:
    told = {"id_number": ["110000199001010013", "110000199002020013"]}
    assert list(change_in_words(rules, "parties", 3, "~", told)) == [
        "当事人 3 证件号码：110000********0013 → 110000********0013（遮住的部分不同）"
    ]


def test_what_mediators_noted_for_themselves_is_not_read_in_the_log(rules: Rules) -> None:
    [line] = change_in_words(rules, "confidential_notes", 3, "+", {"text": "张三愿意让步。"})
    assert "让步" not in line


@pytest.mark.parametrize(("sign", "word"), [("+", "新增"), ("-", "删除")])
def test_a_row_that_came_or_went_is_told_by_what_it_held(sign: str, word: str, rules: Rules) -> None:
    held = {"id": 3, "name": "李四", "phone": "", "languages": "[]"}
    assert list(change_in_words(rules, "parties", 3, sign, held)) == [f"{word} 当事人 3：姓名或名称 李四"]


def test_a_row_of_which_only_the_digest_is_known_is_told_by_its_name(rules: Rules) -> None:
    assert list(change_in_words(rules, "parties", 3, "+", "0f" * 16)) == ["新增 当事人 3"]


def test_what_has_no_word_keeps_its_own() -> None:
    assert (doing_in_words("take_in"), doing_in_words("unheard_of")) == ("登记纠纷", "unheard_of")


@pytest.mark.parametrize(
    ("misfit", "said"),
    [
        (Misfit(kind=MisfitKind.GAP, no=3, until=3), "缺少记录。日志第3条不见了。"),
        (Misfit(kind=MisfitKind.CONTENT, no=3), "内容被改。日志第3条记下的内容被改过或被删去。"),
        (Misfit(kind=MisfitKind.CHAIN, no=3), "前后不接。日志第3条与前一条接不上"),
        (Misfit(kind=MisfitKind.TAIL, no=3, until=5), "末尾不符。日志现在到第3条，应到第5条"),
        (Misfit(kind=MisfitKind.ANCHOR, no=3, until=5), "与备份不符。日志第3条至第5条之中有被改写的，与“备份”"),
        (
            Misfit(kind=MisfitKind.CHANGED, table="cases", row_id=1, column="stage", before="closed", after="accepted"),
            "数据被改。案件登记 1 阶段：日志记下的是 已结案，现在是 已受理",
        ),
        (Misfit(kind=MisfitKind.ADDED, table="parties", row_id=9), "数据被加。当事人 9 没有登记记录"),
        (Misfit(kind=MisfitKind.REMOVED, table="parties", row_id=9), "数据被删。当事人 9 不见了"),
        (Misfit(kind=MisfitKind.FILE, table="attachments", row_id=2), "文件不符。附件 2 的文件内容"),
        (Misfit(kind=MisfitKind.UNWATCHED, table="cases"), "监视被拆。“案件登记”的改动监视"),
        (
            Misfit(kind=MisfitKind.EXTERNAL, no=4, table="parties", row_id=1, column="name", before="甲", after="乙"),
            "外部改动。别的程序改了 当事人 1 姓名或名称：甲 → 乙（日志第4条）。",
        ),
        (
            Misfit(kind=MisfitKind.EXTERNAL, table="parties", row_id=1, told="+"),
            "外部改动。别的程序新增了 当事人 1（尚未记入日志）。",
        ),
    ],
)
def test_misfits_are_told_in_sentences(misfit: Misfit, said: str, rules: Rules) -> None:
    assert misfit_in_words(rules, misfit).startswith(said)
    assert misfit_in_words(rules, misfit, "（示）字第1号").startswith(f"{misfit.kind.label}。案件 （示）字第1号：")
