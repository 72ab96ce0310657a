"""The forms of upstream systems are rules: read from a pack, replaced by a local one, and faults are told."""

from pathlib import Path
from typing import Any

from mediation_desk.domain.upstream_form import DayFormat, Each, UpstreamField
from mediation_desk.exchange.rule_packs import load_rules
from tests.exchange.test_rule_packs import HEAD, LIMITS, faults_of, folder

SETTINGS = {**HEAD, "pack": "settings", "settings": [{"name": "longest", "title": "最长", "value": 10}]}


def pack(*fields: dict[str, Any], **form: Any) -> dict[str, Any]:
    told = {"code": "petition", "title": "信访登记", "system": "信访系统", "days": "dashed", "fields": list(fields)}
    return {**HEAD, "pack": "upstream_forms", "forms": [told | form]}


def test_a_form_is_read_field_by_field_in_its_order(tmp_path: Path) -> None:
    fields = [
        {"label": "姓名", "value": "party.name", "each": "claimants"},
        {"label": "简述", "value": "event.matter", "longest_setting": "longest"},
        {"label": "学历"},
    ]
    rules = load_rules(folder(tmp_path, "ours", limits=LIMITS, settings=SETTINGS, forms=pack(*fields)))
    form = rules.upstream_form("petition")
    assert (form.title, form.system, form.days) == ("信访登记", "信访系统", DayFormat.DASHED)
    assert form.fields == (
        UpstreamField(label="姓名", value="party.name", each=Each.CLAIMANTS),
        UpstreamField(label="简述", value="event.matter", longest_setting="longest"),
        UpstreamField(label="学历"),
    )


def test_a_local_form_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours = folder(tmp_path, "ours", limits=LIMITS, forms=pack({"label": "姓名", "value": "main.name"}))
    local = folder(tmp_path, "local", forms=pack({"label": "信访人", "value": "main.name"}))
    assert load_rules(ours, local).upstream_form("petition").fields[0].label == "信访人"


def test_what_cannot_be_filled_or_measured_is_told(tmp_path: Path) -> None:
    fields = [{"label": "甲", "value": "event.colour"}, {"label": "乙", "longest_setting": "nowhere"}]
    assert faults_of(folder(tmp_path, "ours", limits=LIMITS, forms=pack(*fields))) == [
        "forms.json，forms 第1项，fields 第1项：不认识的填写项“event.colour”",
        "上级表“petition”：没有数值“nowhere”",
    ]


def test_a_form_without_fields_is_a_fault(tmp_path: Path) -> None:
    [fault] = faults_of(folder(tmp_path, "ours", limits=LIMITS, forms=pack()))
    assert fault.endswith("“fields”至少写一项")
