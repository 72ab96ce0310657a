"""Corrections of the same registration at two desks: laid beside each other value by value, and put together.

A value is called as in `Intake`, one of a party by its number and field ("parties[2].phone"). A party that one of them
added or removed is one value as a whole.
"""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from mediation_desk.domain.merging import ABSENT, Parting, in_plain_words, merged, partings
from mediation_desk.domain.money import figures
from mediation_desk.domain.party import Agent, Party
from mediation_desk.domain.rules import Rules
from mediation_desk.services.intake import Intake

_CALLED = {
    "title": "案件名称",
    "matter": "纠纷情况",
    "demand": "诉求",
    "occurred_on": "发生日期",
    "occurred_at": "发生地点",
    "dispute_kind": "纠纷类型",
    "event_category": "事项分类",
    "case_source": "案件来源",
    "source_document": "来源文号",
    "channel": "来访方式",
    "people_involved": "涉及人数",
    "claimed_fen": "涉及金额（元）",
    "safety_flags": "安全提示",
    "safety_note": "安全说明",
    "remark": "备注",
    "mediator_gender_wish": "希望的调解员性别",
    "has_interpreter": "需要翻译",
    "side": "哪一方",
    "kind": "类别",
    "name": "姓名或名称",
    "aliases": "别名",
    "gender": "性别",
    "ethnicity": "民族",
    "nationality": "国籍",
    "birth_date": "出生日期",
    "id_paper": "证件种类",
    "id_number": "证件号码",
    "no_paper_reason": "无证件的原因",
    "occupation": "职业",
    "workplace": "工作单位",
    "address": "住址",
    "phone": "电话",
    "capacity": "行为能力",
    "self_supporting": "以自己的劳动收入为主要生活来源",
    "legal_representative": "法定代表人",
    "legal_representative_post": "法定代表人职务",
    "uscc": "统一社会信用代码",
    "represents_group": "代表人",
    "languages": "语言",
    "agents": "代理人",
}
_TABLES = {
    "dispute_kind": "dispute_kind",
    "event_category": "event_category",
    "case_source": "case_source",
    "channel": "channel",
    "safety_flags": "safety_flag",
    "mediator_gender_wish": "gender",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "id_paper": "id_paper",
}
_OF_INTAKE = [each.name for each in fields(Intake) if each.name not in ("uid", "parties", "from_draft", "requested_on")]
_OF_PARTY = [each.name for each in fields(Party) if each.name not in ("id", "no")]
_OF_AGENT = [each.name for each in fields(Agent)]


def parted_ways(was: Intake, theirs: Intake, mine: Intake) -> tuple[Intake, list[Parting]]:
    """What was changed here and there since `was`; also `mine` with new numbers for parties that only it added."""
    mine = _renumbered(was, theirs, mine)
    whole = _numbers(was) & _numbers(theirs) & _numbers(mine)
    return mine, partings(*(_flat(each, whole) for each in (was, theirs, mine)))


def put_together(theirs: Intake, mine: Intake, parted: Collection[Parting], wanted: Collection[str]) -> Intake:
    """The registration with both changes; where they meet, mine for the names in `wanted`, else theirs."""
    kept = {party.no: party for party in theirs.parties}
    values: dict[str, Any] = {name: getattr(theirs, name) for name in _OF_INTAKE}
    for name, value in merged({}, parted, wanted).items():
        if not name.startswith("parties["):
            values[name] = value
            continue
        no, _, field = name.removeprefix("parties[").partition("]")
        if field:
            kept[int(no)] = replace(kept[int(no)], **_as_field(field.removeprefix("."), value))
        elif value is ABSENT:
            kept.pop(int(no), None)
        else:
            kept[int(no)] = next(each for each in (*mine.parties, *theirs.parties) if _as_values(each) == value)
    return replace(mine, parties=tuple(kept[no] for no in sorted(kept)), **values)


def _as_field(name: str, value: Any) -> dict[str, Any]:
    return {name: [Agent(**each) for each in value] if name == "agents" else value}


def called(name: str, *parties: Intake) -> str:
    """What a value is called on the screen: "纠纷情况", "张三：电话", "当事人王五"."""
    if not name.startswith("parties["):
        return _CALLED[name]
    no, _, field = name.removeprefix("parties[").partition("]")
    who = next(party.name for each in parties for party in each.parties if party.no == int(no))
    return f"{who}：{_CALLED[field.removeprefix('.')]}" if field else f"当事人{who}"


def in_words(name: str, value: Any, rules: Rules) -> str:
    """A value as it is read on the screen; — for nothing."""
    table = _TABLES.get(name.rpartition(".")[2])
    if table and isinstance(value, str):
        said = rules.table(table).label(value)
    elif table:
        said = "、".join(rules.table(table).label(each) for each in value)
    else:
        said = figures(value) if name == "claimed_fen" and value is not None else in_plain_words(value)
    return said or "—"


def _numbers(intake: Intake) -> set[int]:
    return {party.no for party in intake.parties}


def _renumbered(was: Intake, theirs: Intake, mine: Intake) -> Intake:
    """Two desks that each added a party gave both the same number: mine gets the next one."""
    taken = _numbers(was) | _numbers(theirs)
    following = max(taken | _numbers(mine))
    parties = []
    for party in mine.parties:
        if party.no in taken and party.no not in _numbers(was):
            following += 1
            parties.append(replace(party, no=following))
        else:
            parties.append(party)
    return replace(mine, parties=tuple(parties))


def _flat(intake: Intake, by_field: set[int]) -> dict[str, Any]:
    """All values by name; parties of `by_field` field by field, the others each as one value."""
    values: dict[str, Any] = {name: getattr(intake, name) for name in _OF_INTAKE}
    for party in intake.parties:
        if party.no in by_field:
            values |= {f"parties[{party.no}].{name}": value for name, value in _as_values(party).items()}
        else:
            values[f"parties[{party.no}]"] = _as_values(party)
    return values


def _as_values(party: Party) -> dict[str, Any]:
    """The fields of a party as values that can be compared."""
    values = {name: getattr(party, name) for name in _OF_PARTY}
    values["agents"] = [{name: getattr(agent, name) for name in _OF_AGENT} for agent in party.agents]
    return values
