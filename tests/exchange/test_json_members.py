from datetime import date
from pathlib import Path

import pytest

from mediation_desk.domain.rules import Unit
from mediation_desk.exchange.json_members import Members, read_json


def test_members_are_given_out_by_type() -> None:
    faults: list[str] = []
    members = Members(
        {"a": "甲", "b": 2, "c": True, "d": "2026-01-31", "e": "month", "f": ["x"], "g": {"y": "z"}, "h": "rest"},
        "f.json",
        faults,
    )
    assert (members.text("a"), members.whole("b"), members.flag("c")) == ("甲", 2, True)
    assert (members.day("d"), members.choice("e", Unit)) == (date(2026, 1, 31), Unit.MONTH)
    assert (members.texts("f"), members.mapping("g"), members.rest()) == (("x",), {"y": "z"}, {"h": "rest"})
    assert (members.optional_text("z"), members.optional_day("z"), members.texts("z")) == ("", None, ())
    members.finish()
    assert faults == []


def test_what_is_missing_or_of_the_wrong_type_is_noted_once_with_its_place() -> None:
    faults: list[str] = []
    members = Members({"a": 1, "b": "2", "c": None, "d": "31.1.2026", "f": ["x", 1], "h": 1, "i": {}}, "f.json", faults)
    for _ in range(2):
        members.text("a")
        members.whole("b")
        members.flag("c")
        members.day("d")
        members.choice("e", Unit)
        members.texts("f")
        members.mapping("g")
        list(members.objects("i"))
    members.finish()
    assert faults == [
        "f.json：“a”应为文字",
        "f.json：“b”应为整数",
        "f.json：缺少“c”",
        "f.json：“d”应为日期，如 2026-01-31，现为“31.1.2026”",
        "f.json：缺少“e”",
        "f.json：“f”的每一项应为文字",
        "f.json：缺少“g”",
        "f.json：“i”应为列表（方括号）",
        "f.json：不认识“h”",
    ]


@pytest.mark.parametrize("text", ["2026-02-30", "2026-W05-1", "20260131", "昨天"])
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    faults: list[str] = []
    assert Members({"day": text}, "f.json", faults).optional_day("day") is None or faults
    assert faults == [f"f.json：“day”应为日期，如 2026-01-31，现为“{text}”"]


def test_a_fault_of_an_inherited_member_is_noted_only_where_it_stands() -> None:
    faults: list[str] = []
    pack = Members({"unit": "week", "entries": [{}, {"unit": "year"}]}, "f.json", faults)
    pack.choice("unit", Unit)
    for entry in pack.objects("entries", inherited=("unit", "missing")):
        entry.choice("unit", Unit)
    assert [fault.partition("，现为")[2] for fault in faults] == ["“week”", "“year”"]


def test_a_null_of_its_own_stops_inheritance() -> None:
    faults: list[str] = []
    pack = Members({"since": "2026-01-31", "entries": [{}, {"since": None}]}, "f.json", faults)
    days = [entry.optional_day("since") for entry in pack.objects("entries", inherited=("since",))]
    assert days == [date(2026, 1, 31), None]


def test_a_mapping_holds_texts_only() -> None:
    faults: list[str] = []
    Members({"g": {"a": "b", "c": 3}}, "f.json", faults).mapping("g")
    assert faults == ["f.json，g：“c”应为文字"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    faults: list[str] = []
    (tmp_path / "twice.json").write_text('{"a": {"b": 1, "b": 2}}', encoding="utf-8")
    (tmp_path / "old.json").write_bytes("纠纷".encode("gb18030"))
    (tmp_path / "cut.json").write_text('{\n"a": ', encoding="utf-8")
    for name in ("missing", "twice", "old", "cut"):
        assert read_json(tmp_path / f"{name}.json", faults) is None
    assert faults == [
        "missing.json：文件读不出来",
        "twice.json：同一对象中“b”出现两次",
        "old.json：不是 UTF-8 编码的文件",
        "cut.json：第2行第6列不符合 JSON 格式",
    ]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "notepad.json").write_text('{"a": 1}', encoding="utf-8-sig")
    assert read_json(tmp_path / "notepad.json", []) == {"a": 1}
