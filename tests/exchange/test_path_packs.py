"""Packs of paths: read whole or not at all, and what cannot be right is told with file and place."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.domain.path_aid import PathAid
from mediation_desk.exchange.rule_packs import load_rules

TODAY = date(2026, 11, 23)
HEAD = {"title": "测试", "source": "测试用", "certainty": "U"}
LIMITS = {**HEAD, "pack": "attachment_limits", "max_bytes": 10, "media_types": {"pdf": "application/pdf"}}
PERIODS = [{"id": "T45", "title": "时效", "length": 36, "unit": "month", "rollover": True}]
TABLES = {
    "statutory_path": ["P1", "P4a", "P6", "M1", "N1"],
    "petition_kind": ["redress_claim", "accusation"],
    "path_group": ["litigation"],
    "case_source": ["referral"],
    "non_acceptance_reason": ["party_refuses"],
}
QUESTIONS: list[dict[str, Any]] = [
    {"key": "refuses", "text": "拒绝吗？", "short": "拒绝"},
    {"key": "official", "text": "是机关吗？", "short": "机关", "categories": ["13"], "sources": ["referral"]},
    {"key": "decided", "text": "有决定吗？", "short": "决定"},
]
RULES: list[dict[str, Any]] = [
    {"key": "accusation", "order": 10, "kinds": ["accusation"], "path": "N1", "reason": "检举。"},
    {
        "key": "official",
        "order": 20,
        "yes": ["official", "decided"],
        "path": "P4a",
        "reason": "复议。",
        "law": "复议法",
    },
    {"key": "lawsuit", "order": 30, "civil": True, "yes": ["refuses"], "path": "P1", "reason": "起诉。"},
    {"key": "mediation", "order": 40, "civil": True, "no": ["refuses"], "path": "M1", "reason": "调解。"},
    {"key": "petition", "order": 50, "path": "P6", "reason": "信访。"},
]
CLOSURES: list[dict[str, Any]] = [
    {"key": "refuses", "yes": ["refuses"], "reason": "拒绝。", "law": "某法", "reason_code": "party_refuses"}
]
GUIDES = [{"key": "court", "path": "P1", "organ": "法院", "how": "起诉", "limits": ["T45"], "bring": ["证据"]}]
WHOLE: dict[str, Any] = {
    "otherwise": "99", "questions": QUESTIONS, "rules": RULES, "closures": CLOSURES, "guides": GUIDES,
}  # fmt: skip


def write(place: Path, name: str, *packs: dict[str, Any], has_tables: bool = False) -> Path:
    """A folder with these packs of paths and, for the first folder, all that they name."""
    folder = place / name
    folder.mkdir()
    for number, pack in enumerate(packs):
        (folder / f"paths{number}.json").write_text(
            json.dumps({**HEAD, "pack": "path_questions", **pack}, ensure_ascii=False), encoding="utf-8"
        )
    if has_tables:
        categories = [{"code": "02", "label": "邻里"}, {"code": "99", "label": "其他"}]
        categories.append({"code": "13", "label": "行政", "mediable": "no"})
        tables = {name: [{"code": code, "label": code} for code in codes] for name, codes in TABLES.items()}
        tables["event_category"] = categories
        for table, entries in tables.items():
            text = json.dumps({**HEAD, "pack": "codes", "name": table, "codes": entries}, ensure_ascii=False)
            (folder / f"{table}.json").write_text(text, encoding="utf-8")
        (folder / "limits.json").write_text(json.dumps(LIMITS), encoding="utf-8")
        (folder / "periods.json").write_text(
            json.dumps({**HEAD, "pack": "periods", "periods": PERIODS}), encoding="utf-8"
        )
    return folder


def aid(*folders: Path) -> PathAid:
    return load_rules(*folders).path_aid(TODAY)


def faults_of(place: Path, *further: dict[str, Any], **said: Any) -> list[str]:
    """What is wrong with the whole pack when `said` stands in it instead, or with `further` ones of another folder."""
    folders = [write(place, "ours", {**WHOLE, **said}, has_tables=True)]
    folders += [write(place, "theirs", *further)] if further else []
    with pytest.raises(RulePackBroken) as refused:
        load_rules(*folders)
    return [fault.sentence for fault in refused.value.faults]


def with_rule(*rules: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules with these among them, in place of those of the same key."""
    new = {rule["key"] for rule in rules}
    return [*(rule for rule in RULES if rule["key"] not in new), *rules]


def orders(read: PathAid) -> Iterable[str]:
    return [rule.key for rule in read.rules]


def test_a_pack_is_read_with_all_it_says(tmp_path: Path) -> None:
    read = aid(write(tmp_path, "ours", WHOLE, has_tables=True))
    assert read.otherwise == "99"
    assert orders(read) == ["accusation", "official", "lawsuit", "mediation", "petition"]
    assert (read.questions["official"].categories, read.questions["official"].sources) == (("13",), ("referral",))
    rule = read.rules[2]
    assert (rule.when.civil, rule.when.yes, rule.when.no, rule.path, rule.reason, rule.law, rule.group) == (
        True, ("refuses",), (), "P1", "起诉。", "", "",
    )  # fmt: skip
    assert (read.closures[0].law, read.closures[0].reason_code) == ("某法", "party_refuses")
    assert (read.guides[0].organ, read.guides[0].limits, read.guides[0].bring) == ("法院", ("T45",), ("证据",))


def test_packs_without_paths_have_no_rules_for_them(tmp_path: Path) -> None:
    assert aid(write(tmp_path, "ours", has_tables=True)).rules == ()


def test_a_centre_may_replace_one_rule_and_put_another_before(tmp_path: Path) -> None:
    ours = write(tmp_path, "ours", WHOLE, has_tables=True)
    first = {"key": "first", "order": 5, "categories": ["02"], "yes": ["official"], "path": "P6", "reason": "先办。"}
    theirs = write(tmp_path, "theirs", {"rules": [{**RULES[1], "reason": "先复议。"}, first]})
    read = aid(ours, theirs)
    assert orders(read) == ["first", "accusation", "official", "lawsuit", "mediation", "petition"]
    assert read.rules[2].reason == "先复议。"


def test_a_rule_may_be_in_force_from_a_day_on(tmp_path: Path) -> None:
    later = {**RULES[1], "reason": "新法。", "effective_from": "2027-01-01"}
    rules = load_rules(write(tmp_path, "ours", {**WHOLE, "rules": [*RULES, later]}, has_tables=True))
    assert rules.path_aid(TODAY).rules[1].reason == "复议。"
    assert rules.path_aid(date(2027, 1, 1)).rules[1].reason == "新法。"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"rules": with_rule({**RULES[2], "path": "P9"})}, "paths0.json，rules 第5项：没有办理途径“P9”"),
        ({"rules": with_rule({**RULES[2], "yes": ["why"]})}, "paths0.json，rules 第5项：没有问题“why”"),
        ({"rules": with_rule({**RULES[2], "kinds": ["x"]})}, "paths0.json，rules 第5项：没有信访事项种类“x”"),
        ({"rules": with_rule({**RULES[2], "categories": ["x"]})}, "paths0.json，rules 第5项：没有事件类别“x”"),
        ({"rules": with_rule({**RULES[2], "group": "x"})}, "paths0.json，rules 第5项：没有七类“x”"),
        ({"closures": [{**CLOSURES[0], "reason_code": "x"}]}, "paths0.json，closures 第1项：没有不予受理原因“x”"),
        ({"guides": [{**GUIDES[0], "limits": ["T99"]}]}, "paths0.json，guides 第1项：没有期限“T99”"),
        ({"guides": [{**GUIDES[0], "path": "P9"}]}, "paths0.json，guides 第1项：没有办理途径“P9”"),
        ({"questions": [{**QUESTIONS[0], "sources": ["x"]}, *QUESTIONS[1:]]}, "第1项：没有案件来源“x”"),
        ({"questions": [{**QUESTIONS[0], "categories": ["x"]}, *QUESTIONS[1:]]}, "第1项：没有事件类别“x”"),
        ({"otherwise": "00"}, "办理途径：“otherwise”应为一个事件类别，现为“00”"),
        (
            {"rules": with_rule({**RULES[2], "no": ["refuses"]})},
            "paths0.json，rules 第5项：问题“refuses”不能同时在“yes”和“no”中",
        ),
    ],
)
def test_what_is_named_and_not_there_is_a_fault_at_its_place(tmp_path: Path, said: dict[str, Any], fault: str) -> None:
    assert any(found.endswith(fault) for found in faults_of(tmp_path, **said))


def test_two_rules_for_the_same_that_lead_to_different_paths_are_a_fault(tmp_path: Path) -> None:
    twin = {**RULES[2], "key": "twin", "order": 31, "path": "P6"}
    assert faults_of(tmp_path, rules=[*RULES, twin]) == [
        "paths0.json，rules 第6项：与规则“lawsuit”条件相同，途径却不同",
        "paths0.json，rules 第6项：规则“twin”永远用不到，前面的规则已包括这些情形",
    ]


def test_two_rules_in_one_place_are_a_fault(tmp_path: Path) -> None:
    first = {"key": "first", "order": 20, "categories": ["02"], "yes": ["official"], "path": "P6", "reason": "先办。"}
    assert "paths0.json，rules 第6项：次序（order）与规则“official”相同" in faults_of(tmp_path, rules=[*RULES, first])


def test_a_rule_that_earlier_ones_leave_nothing_is_a_fault(tmp_path: Path) -> None:
    late = {"key": "late", "order": 35, "categories": ["02"], "yes": ["refuses"], "path": "P1", "reason": "起诉。"}
    assert faults_of(tmp_path, {"rules": [late]}) == [
        "paths0.json，rules 第1项：规则“late”永远用不到，前面的规则已包括这些情形"
    ]


def test_a_question_that_is_never_asked_is_a_fault(tmp_path: Path) -> None:
    idle = {"key": "idle", "text": "有吗？", "short": "有"}
    assert faults_of(tmp_path, questions=[*QUESTIONS, idle]) == ["paths0.json，questions 第4项：问题“idle”永远不会问到"]


def test_mediation_where_mediation_is_closed_is_a_fault(tmp_path: Path) -> None:
    both = {"key": "mediation", "order": 30, "civil": True, "path": "M1", "reason": "调解。"}
    rules = [*RULES[:2], {**both, "yes": ["refuses"]}, {**both, "key": "open", "order": 40}, RULES[4]]
    assert faults_of(tmp_path, rules=rules) == ["paths0.json，rules 第3项：指向人民调解，但有的情形按“refuses”不能调解"]


def test_a_situation_that_no_rule_is_for_is_a_fault(tmp_path: Path) -> None:
    found = faults_of(tmp_path, rules=RULES[:2] + RULES[3:4])
    assert "办理途径：redress_claim，邻里，机关：否，拒绝：是，没有规则可用" in found


def test_rules_that_were_proven_are_not_walked_through_again(tmp_path: Path) -> None:
    idle = {"key": "idle", "text": "有吗？", "short": "有"}
    ours = write(tmp_path, "ours", {**WHOLE, "questions": [*QUESTIONS, idle]}, has_tables=True)
    assert load_rules(ours, proven=ours).path_aid(TODAY).questions["idle"].short == "有"


def test_paths_without_the_tables_they_name_are_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, "ours", WHOLE)
    with pytest.raises(RulePackBroken) as refused:
        load_rules(folder)
    assert "办理途径：没有代码表“petition_kind”" in str(refused.value)
