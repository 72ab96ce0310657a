import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.domain.forms import About, BlockKind, Form, InputKind, TextStyle
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules

LIMITS = {
    "pack": "attachment_limits",
    "title": "附件",
    "source": "测试用",
    "certainty": "U",
    "max_bytes": 10,
    "media_types": {"pdf": "application/pdf"},
}
TITLE = {"block": "title"}

Load = Callable[..., Rules]


def form_pack(*blocks: dict[str, Any], **members: Any) -> dict[str, Any]:
    head = {"pack": "form", "code": "X1", "title": "测试表", "source": "测试用", "certainty": "U", "about": "case"}
    return {**head, "blocks": list(blocks), **members}


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads packs from one folder for each argument: the program's own, then the user's."""

    def load_folders(*folders: list[dict[str, Any]]) -> Rules:
        places = []
        for number, packs in enumerate(folders):
            place = tmp_path / str(number)
            place.mkdir()
            for index, pack in enumerate([LIMITS, *packs] if number == 0 else packs):
                (place / f"form_{index}.json").write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
            places.append(place)
        return load_rules(*places)

    return load_folders


@pytest.fixture
def faults(load: Load) -> Callable[..., list[str]]:
    def of(*packs: dict[str, Any]) -> list[str]:
        with pytest.raises(RulePackBroken) as refused:
            load(list(packs))
        return [fault.sentence for fault in refused.value.faults]

    return of


Faults = Callable[..., list[str]]


def test_a_form_is_read_as_it_is_written(load: Load) -> None:
    rows = {"block": "table", "value": "entry.items", "counted": True, "least": 3, "cells": [{"caption": "序号"}, {}]}
    pack = form_pack(
        TITLE,
        {"block": "text", "style": "centre", "text": "案号：{case.number?140}", "when": "!case.number"},
        rows,
        {"block": "signatures", "left": [{"caption": "当事人", "who": "case.parties"}], "seal": "（印章）"},
        inputs=[{"name": "items", "caption": "物品", "kind": "rows", "columns": ["名称"]}],
        order=7,
        copies=2,
        copies_per_party=1,
        bare=True,
        seam=True,
        closes=True,
        may_be_blank=True,
        continued="续{case.number}，校验码{digest}",
    )
    form = load([pack]).form("X1")
    assert (form.title, form.about, form.order, form.copies, form.copies_per_party) == ("测试表", About.CASE, 7, 2, 1)
    assert form.bare
    assert form.seam
    assert form.closes
    assert form.may_be_blank
    title, text, table, signatures = form.blocks
    assert title.kind is BlockKind.TITLE
    assert (text.style, text.when) == (TextStyle.CENTRE, "!case.number")
    assert (table.counted, table.least, table.cells[0].caption) == (True, 3, "序号")
    assert (signatures.seal, signatures.left[0].who, signatures.right) == ("（印章）", "case.parties", ())
    asked = form.input("items")
    assert asked is not None
    assert (asked.kind, asked.columns) == (InputKind.ROWS, ("名称",))


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"block": "text", "text": "{case.nothing}"}, "不认识的填写项“case.nothing”"),
        ({"block": "text", "text": "{entry.nothing}"}, "不认识的填写项“entry.nothing”"),
        ({"block": "text", "text": "好", "when": "!case.nothing"}, "不认识的填写项“case.nothing”"),
        ({"block": "signatures", "left": [{"caption": "某", "who": "nobody"}]}, "不认识的填写项“nobody”"),
        ({"block": "signatures", "dated": "case.number"}, "不认识的填写项“case.number”"),
        ({"block": "signatures", "seal": "{case.seal}"}, "不认识的填写项“case.seal”"),
        ({"block": "parties", "value": "case.number"}, "不认识的填写项“case.number”"),
        ({"block": "ticks", "value": "case.number", "ticked": "x"}, "不认识的填写项“case.number”"),
        ({"block": "table", "value": "case.parties", "cells": [{}]}, "不认识的填写项“case.parties”"),
        ({"block": "table", "value": "agreement.dues", "cells": [{}, {}]}, "表格少了3栏，“agreement.dues”"),
        ({"block": "numbered"}, "缺少“value”"),
        ({"block": "parties", "value": ""}, "“value”不能为空"),
        ({"block": "text", "text": "好", "style": "loud"}, "“style”应为 body、"),
        ({"block": "text", "text": "好", "color": "red"}, "不认识“color”"),
        ({"block": "title", "text": 5}, "“text”应为文字"),
        ({"block": "poem"}, "“block”应为 title、"),
        ({"block": "row", "cells": []}, "“cells”不能为空"),
        ({"block": "row"}, "缺少“cells”"),
        ({"block": "table", "cells": [{"width": 0}, {"width": 9}]}, "有一栏太窄"),
        ({"block": "text", "text": "{case.number"}, "“{case.number”中的花括号应写成 {session.place}、"),
        ({"block": "text", "text": "甲{case.number?}乙"}, "“甲{case.number?}乙”中的花括号应写成 "),
        ({"block": "row", "cells": [{"caption": "某", "value": "{Case.Number}"}]}, "“{Case.Number}”中的花括号"),
        ({"block": "signatures", "right": [{"caption": "{}"}]}, "“{}”中的花括号"),
    ],
)
def test_what_is_wrong_with_a_block_is_told_with_file_and_place(
    block: dict[str, Any], sentence: str, faults: Faults
) -> None:
    found = faults(form_pack(TITLE, block))
    assert found[0].startswith(f"form_1.json，blocks 第2项：{sentence}")


def test_the_place_within_a_block_is_told_too(faults: Faults) -> None:
    row = {"block": "row", "cells": [{"caption": "甲"}, {"caption": "乙", "wide": True}]}
    assert faults(form_pack(row)) == ["form_1.json，blocks 第1项，cells 第2项：不认识“wide”"]


def test_what_is_wrong_with_the_form_itself_is_told_with_the_file(faults: Faults) -> None:
    pack = form_pack(
        TITLE,
        about="weather",
        copies="two",
        colour="red",
        continued="{digest}{case.nothing}{",
        inputs=[{"name": "a", "caption": "甲", "kind": "poem", "told_by": "nobody"}],
    )
    found = faults(pack)
    for sentence in (
        "form_1.json：“about”应为 case、",
        "form_1.json：“copies”应为整数",
        "form_1.json：不认识“colour”",
        "form_1.json：不认识的填写项“case.nothing”",
        "form_1.json：不认识的填写项“nobody”",
        "form_1.json：“{”中的花括号",
        "form_1.json，inputs 第1项：“kind”应为 line、",
    ):
        assert any(each.startswith(sentence) for each in found), sentence


def test_what_a_form_takes_from_elsewhere_must_be_there(faults: Faults) -> None:
    asked = {"name": "a", "caption": "甲", "kind": "choice", "table": "colours"}
    party = {"block": "parties", "value": "case.parties", "fragments": "court"}
    assert faults(form_pack(party, inputs=[asked])) == [
        "表格“X1”：没有代码表“colours”",
        "表格“X1”：没有表格“court.person”",
        "表格“X1”：没有表格“court.organisation”",
        "表格“X1”：没有表格“court.statutory”",
        "表格“X1”：没有表格“court.entrusted”",
    ]


def test_the_users_form_replaces_ours_by_code_and_date_and_others_stay(load: Load) -> None:
    ours = [form_pack(TITLE), form_pack(TITLE, code="X2", title="另一表")]
    theirs = [form_pack(TITLE, title="本地表"), form_pack(TITLE, title="明年的表", effective_from="2027-01-01")]
    rules = load(ours, theirs)
    assert [form.title for form in rules.forms["X1"]] == ["本地表", "明年的表"]
    assert rules.form("X1", date(2026, 12, 31)).title == "本地表"
    assert rules.form("X1", date(2027, 1, 1)).title == "明年的表"
    assert titles(rules, date(2026, 12, 31)) == ["本地表", "另一表"]


def titles(rules: Rules, day: date) -> list[str]:
    forms: list[Form] = rules.forms_on(day)
    return [form.title for form in forms]


def test_one_folder_must_not_say_a_form_twice(faults: Faults) -> None:
    assert faults(form_pack(TITLE), form_pack(TITLE)) == ["form_2.json：与同一文件夹中的另一项重复"]


def test_what_forms_show_is_looked_up_unless_their_folder_is_proven(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for place in (ours, theirs):
        place.mkdir()
        pack = form_pack({"block": "text", "text": f"{{case.{place.name}}}"})
        (place / "form.json").write_text(json.dumps(pack), encoding="utf-8")
    (ours / "limits.json").write_text(json.dumps(LIMITS), encoding="utf-8")
    assert load_rules(ours, proven=ours).form("X1").blocks[0].text == "{case.ours}"
    with pytest.raises(RulePackBroken) as refused:
        load_rules(ours, theirs, proven=ours)
    assert [fault.sentence for fault in refused.value.faults] == [
        "form.json，blocks 第1项：不认识的填写项“case.theirs”"
    ]
