"""Values that were typed for a paper are as its form asks, or the fault is told at the input."""

import pytest

from mediation_desk.domain.entry_check import entry_faults
from mediation_desk.domain.errors import Fault
from mediation_desk.domain.forms import About, Form, Input, InputKind
from mediation_desk.domain.money import MOST_FEN
from mediation_desk.domain.paper import Value
from mediation_desk.domain.rules import Rules
from tests.desk import TODAY

FORM = Form(
    code="D06",
    title="调查笔录",
    about=About.ENTRY,
    blocks=(),
    inputs=(
        Input("asked", "被调查人"),
        Input("said", "内容", InputKind.TEXT),
        Input("day", "日期", InputKind.DAY),
        Input("hour", "时间", InputKind.TIME),
        Input("sum", "金额", InputKind.AMOUNT),
        Input("manner", "方式", InputKind.CHOICE, options=("当面", "电话")),
        Input("proofs", "证据", InputKind.TICKS, options=("书证", "照片")),
        Input("paper", "证件", InputKind.CHOICE, table="gender"),
        Input("who", "当事人", InputKind.PARTY),
        Input("things", "物品", InputKind.ROWS, columns=("名称", "件数")),
    ),
)


def faults(rules: Rules, **values: Value) -> list[Fault]:
    return entry_faults(FORM, values, (1, 2), rules, TODAY)


def test_what_fits_has_no_fault(rules: Rules) -> None:
    values: dict[str, Value] = {
        "asked": "王五",
        "said": "第一行\n第二行",
        "day": "2026-11-23",
        "hour": "09:30",
        "sum": str(MOST_FEN),
        "manner": "电话",
        "proofs": ["照片", "书证"],
        "paper": "男",
        "who": "2",
        "things": [["水管", "1"], ["", ""]],
    }
    assert faults(rules, **values) == []


def test_empty_is_right_everywhere(rules: Rules) -> None:
    assert faults(rules, **{each.name: "" for each in FORM.inputs}) == []
    assert faults(rules, proofs=[], things=[]) == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("weather", "晴", "调查笔录没有“weather”这一项。"),
        ("day", "20261123", "日期：“20261123”不是日期。"),
        ("day", "2026-02-30", "日期：“2026-02-30”不是日期。"),
        ("hour", "9点", "时间：“9点”不是时间。"),
        ("hour", "24:00", "时间：“24:00”不是时间。"),
        ("sum", "12.00", "金额：“12.00”不是金额。"),
        ("sum", str(MOST_FEN + 1), "金额：金额太大。"),
        ("manner", "写信", "方式：没有“写信”这一选项。"),
        ("proofs", ["照片", "录音"], "证据：没有“录音”这一选项。"),
        ("proofs", "录音", "证据：没有“录音”这一选项。"),
        ("paper", "1", "证件：没有“1”这一选项。"),
        ("who", "3", "当事人：请选择本案的当事人。"),
        ("who", "李四", "当事人：请选择本案的当事人。"),
        ("asked", ["王五"], "被调查人：只能填写一项。"),
        ("things", "水管", "物品：每行应有2格。"),
        ("things", ["水管"], "物品：每行应有2格。"),
        ("things", [["水管"]], "物品：每行应有2格。"),
    ],
)
def test_what_does_not_fit_is_told_at_its_input(rules: Rules, name: str, value: Value, sentence: str) -> None:
    assert faults(rules, **{name: value}) == [Fault(sentence, name)]


def test_all_faults_are_told_at_once(rules: Rules) -> None:
    assert [each.place for each in faults(rules, day="x", hour="y", asked="王五")] == ["day", "hour"]
