import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.domain.rules import Certainty, Unit
from mediation_desk.exchange.rule_packs import load_rules

HEAD = {"title": "测试", "source": "测试用", "certainty": "U"}
LIMITS = {**HEAD, "pack": "attachment_limits", "max_bytes": 10, "media_types": {"pdf": "application/pdf"}}


def kinds(*codes: object, **head: Any) -> dict[str, Any]:
    return {**HEAD, "pack": "codes", "name": "dispute_kind", "title": "纠纷类型", "codes": list(codes), **head}


def limit(**members: Any) -> dict[str, Any]:
    return {"id": "T02", "title": "期限", "length": 30, "unit": "calendar_day", "rollover": False, **members}


def periods(*entries: dict[str, Any], **head: Any) -> dict[str, Any]:
    return {**HEAD, "pack": "periods", "periods": list(entries), **head}


def holidays(**members: Any) -> dict[str, Any]:
    spring = {"from": "2026-02-15", "to": "2026-02-17", "name": "春节"}
    make_up = {"day": "2026-02-14", "name": "春节"}
    return {**HEAD, "pack": "holidays", "year": 2026, "days_off": [spring], "make_up_days": [make_up], **members}


def folder(place: Path, name: str, **packs: Any) -> Path:
    """Write each pack as a file of a new folder; one that is a text is written as it is."""
    made = place / name
    made.mkdir()
    for file_name, pack in packs.items():
        text = pack if isinstance(pack, str) else json.dumps(pack, ensure_ascii=False)
        (made / f"{file_name}.json").write_text(text, encoding="utf-8")
    return made


def faults_of(*folders: Path) -> list[str]:
    with pytest.raises(RulePackBroken) as refused:
        load_rules(*folders)
    return [fault.sentence for fault in refused.value.faults]


def test_packs_of_every_sort_are_read(tmp_path: Path) -> None:
    ours = folder(
        tmp_path,
        "ours",
        limits=LIMITS,
        kinds=kinds({"code": "10", "label": "劳动争议", "event_categories": "07"}),
        periods=periods(limit(unit="working_day", rollover=True, certainty="V", starts_from="受理")),
        settings={**HEAD, "pack": "settings", "settings": [{"name": "due_soon_days", "title": "临近", "value": 3}]},
        clauses={
            **HEAD,
            "pack": "clauses",
            "clauses": [{"key": "pay", "title": "付款", "text": "＿＿付款", "kinds": ["10"]}],
        },
        numbers={
            **HEAD,
            "pack": "number_formats",
            "formats": [{"kind": "case", "title": "案卷号", "template": "（{year}）{org_abbr}第{seq:03}号"}],
        },
        holidays=holidays(),
    )
    rules = load_rules(ours)
    assert rules.table("dispute_kind")["10"].extra == {"event_categories": "07"}
    assert rules.table("dispute_kind").source == "测试用"
    assert (rules.period("T02").unit, rules.period("T02").certainty) == (Unit.WORKING_DAY, Certainty.VERIFIED)
    assert (rules.period("T02").source, rules.period("T02").starts_from) == ("测试用", "受理")
    assert rules.setting("due_soon_days") == 3
    assert rules.clauses[0].kinds == ("10",)
    assert rules.number_formats.template("case") == "（{year}）{org_abbr}第{seq:03}号"
    assert rules.attachment_limits.media_types == {"pdf": "application/pdf"}
    assert sorted(rules.holidays.days_off) == [date(2026, 2, 15), date(2026, 2, 16), date(2026, 2, 17)]
    assert rules.holidays.make_up_days == {date(2026, 2, 14): "春节"}
    assert rules.holidays.years == {2026}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    ours = folder(tmp_path, "ours", limits=LIMITS)
    assert load_rules(ours, tmp_path / "missing").attachment_limits.max_bytes == 10


def test_the_users_pack_replaces_ours_by_key_and_date_and_adds_to_it(tmp_path: Path) -> None:
    ours = folder(
        tmp_path,
        "ours",
        limits=LIMITS,
        kinds=kinds({"code": "15", "label": "物业管理"}, {"code": "99", "label": "其他"}, certainty="V2"),
        periods=periods(limit()),
        holidays=holidays(),
    )
    theirs = folder(
        tmp_path,
        "theirs",
        limits={**LIMITS, "max_bytes": 20},
        kinds=kinds({"code": "15", "label": "物业"}, {"code": "18", "label": "养犬"}, source="本地", certainty="M"),
        periods=periods(limit(length=20), effective_from="2027-01-01"),
        holidays=holidays(days_off=[], make_up_days=[]),
    )
    rules = load_rules(ours, theirs)
    table = rules.table("dispute_kind")
    assert [(code.code, code.label) for code in table.codes] == [("15", "物业"), ("99", "其他"), ("18", "养犬")]
    assert (table.source, table.certainty) == ("测试用；本地", Certainty.MEMORY)
    assert rules.period("T02", date(2026, 12, 31)).length == 30
    assert rules.period("T02", date(2027, 1, 1)).length == 20
    assert rules.attachment_limits.max_bytes == 20
    assert rules.holidays.days_off == {}


def test_entries_take_over_the_dates_of_their_pack_unless_they_say_otherwise(tmp_path: Path) -> None:
    pack = kinds(
        {"code": "1", "label": "甲"},
        {"code": "2", "label": "乙", "effective_from": None, "effective_to": "2020-12-31"},
        effective_from="2016-01-01",
    )
    table = load_rules(folder(tmp_path, "ours", limits=LIMITS, kinds=pack)).table("dispute_kind")
    assert table["1"].effective_from == date(2016, 1, 1)
    assert (table["2"].effective_from, table["2"].effective_to) == (None, date(2020, 12, 31))


def test_all_faults_of_all_packs_are_told_at_once_with_file_and_place(tmp_path: Path) -> None:
    ours = folder(
        tmp_path,
        "ours",
        a_kinds=kinds({"code": "", "label": 5}, {"label": "乙"}, "丙", certainty="X"),
        b_periods=periods(limit(length=0, unit="week"), limit(id="T03", length=True, rollover="no", note="?")),
        c_text='{"pack": ',
        d_other={**HEAD, "pack": "magic"},
        e_nothing="[]",
    )
    plain = "codes、periods、settings、clauses、number_formats、attachment_limits、holidays"
    sorts = f"{plain}、form、word_checks、upstream_forms、path_questions"
    assert faults_of(ours) == [
        "a_kinds.json：“certainty”应为 V、V2、M、U 之一，现为“X”",
        "a_kinds.json，codes 第1项：“code”不能为空",
        "a_kinds.json，codes 第1项：“label”应为文字",
        "a_kinds.json，codes 第2项：缺少“code”",
        "a_kinds.json，codes 第3项：应为一个对象（花括号）",
        "b_periods.json，periods 第1项：“length”不能小于1",
        "b_periods.json，periods 第1项：“unit”应为 calendar_day、working_day、month 之一，现为“week”",
        "b_periods.json，periods 第2项：“length”应为整数",
        "b_periods.json，periods 第2项：“rollover”应为true 或 false",
        "b_periods.json，periods 第2项：不认识“note”",
        "c_text.json：第1行第10列不符合 JSON 格式",
        f"d_other.json：“pack”应为 {sorts} 之一，现为“magic”",
        "e_nothing.json：应为一个对象（花括号）",
        "规则包中没有附件限制（attachment_limits）",
    ]


def test_the_error_names_the_faults_line_by_line(tmp_path: Path) -> None:
    with pytest.raises(RulePackBroken, match="没有采用") as refused:
        load_rules(folder(tmp_path, "ours", limits={**LIMITS, "max_bytes": 0}))
    assert "limits.json：“max_bytes”不能小于1" in str(refused.value)


def test_the_same_thing_said_twice_in_one_folder_is_a_fault(tmp_path: Path) -> None:
    entry = {"code": "10", "label": "劳动"}
    ours = folder(tmp_path, "ours", a=LIMITS, b=LIMITS, c=kinds(entry, entry), d=holidays(), e=holidays())
    assert faults_of(ours) == [
        "b.json：与同一文件夹中的另一项重复",
        "c.json，codes 第2项：与同一文件夹中的另一项重复",
        "e.json：与同一文件夹中的另一项重复",
    ]


def test_a_parent_must_exist_and_lead_to_the_top(tmp_path: Path) -> None:
    pack = kinds(
        {"code": "1", "label": "甲", "parent": "2"},
        {"code": "2", "label": "乙", "parent": "1"},
        {"code": "3", "label": "丙", "parent": "9"},
        {"code": "4", "label": "丁"},
        {"code": "5", "label": "戊", "parent": "4"},
    )
    assert faults_of(folder(tmp_path, "ours", limits=LIMITS, kinds=pack)) == [
        f"代码表“dispute_kind”：代码“{code}”的上级不存在或互为上级" for code in "123"
    ]


def test_a_code_cannot_name_a_time_limit_of_mediation_that_there_is_not(tmp_path: Path) -> None:
    medical = {"code": "13", "label": "医疗纠纷", "mediation_period": "T03"}
    packs = {"limits": LIMITS, "kinds": kinds(medical)}
    assert faults_of(folder(tmp_path, "ours", **packs, periods=periods(limit()))) == [
        "代码表“dispute_kind”：代码“13”的调解期限“T03”不在期限表中"
    ]
    load_rules(folder(tmp_path, "right", **packs, periods=periods(limit(id="T03"))))


def test_a_users_code_may_stand_under_one_of_ours(tmp_path: Path) -> None:
    ours = folder(tmp_path, "ours", limits=LIMITS, kinds=kinds({"code": "10", "label": "劳动争议"}))
    theirs = folder(tmp_path, "theirs", kinds=kinds({"code": "1001", "label": "欠薪", "parent": "10"}))
    assert load_rules(ours, theirs).table("dispute_kind").full_label("1001") == "劳动争议·欠薪"


@pytest.mark.parametrize("template", ["第{number}号", "（{year}）{org_abbr}", "{seq"])
def test_a_template_that_gives_no_number_is_a_fault(tmp_path: Path, template: str) -> None:
    entry = {"kind": "case", "title": "案卷号", "template": template}
    pack = {**HEAD, "pack": "number_formats", "formats": [entry]}
    faults = faults_of(folder(tmp_path, "ours", limits=LIMITS, numbers=pack))
    assert len(faults) == 1
    assert faults[0].startswith("numbers.json，formats 第1项：编号格式")


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"days_off": [{"from": "2026-02-17", "to": "2026-02-15", "name": "春节"}]}, "days_off 第1项：“to”早于“from”"),
        (
            {"days_off": [{"from": "2025-11-30", "to": "2026-01-01", "name": "元旦"}]},
            "days_off 第1项：不在2026年或上年12月内",
        ),
        (
            {"days_off": [{"from": "2026-12-31", "to": "2027-01-01", "name": "元旦"}]},
            "days_off 第1项：不在2026年或上年12月内",
        ),
        ({"make_up_days": [{"day": "2025-02-08", "name": "春节"}]}, "make_up_days 第1项：不在2026年或上年12月内"),
        (
            {"make_up_days": [{"day": "2026-02-15", "name": "春节"}]},
            "make_up_days 第1项：调休上班日应是周六或周日，并且不在放假日内",
        ),
        (
            {"make_up_days": [{"day": "2026-02-13", "name": "春节"}]},
            "make_up_days 第1项：调休上班日应是周六或周日，并且不在放假日内",
        ),
    ],
)
def test_holidays_that_cannot_be_are_a_fault(tmp_path: Path, members: dict[str, Any], fault: str) -> None:
    assert faults_of(folder(tmp_path, "ours", limits=LIMITS, year=holidays(**members))) == [f"year.json，{fault}"]


def test_a_notice_goes_before_the_older_one_on_the_december_before(tmp_path: Path) -> None:
    older = holidays(days_off=[{"from": "2026-12-26", "to": "2026-12-26", "name": "节日"}], make_up_days=[])
    newer = holidays(
        year=2027,
        days_off=[{"from": "2026-12-31", "to": "2027-01-02", "name": "元旦"}],
        make_up_days=[{"day": "2026-12-26", "name": "元旦"}],
    )
    known = load_rules(folder(tmp_path, "ours", limits=LIMITS, a_newer=newer, b_older=older)).holidays
    assert sorted(known.days_off) == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
    assert known.make_up_days == {date(2026, 12, 26): "元旦"}
    assert known.years == {2026, 2027}


def settings(**members: object) -> dict[str, Any]:
    return {**HEAD, "pack": "settings", "settings": [{"name": "a", "title": "甲", **members}]}


def test_a_setting_may_say_between_what_it_lies(tmp_path: Path) -> None:
    rules = load_rules(folder(tmp_path, "ours", limits=LIMITS, settings=settings(value=3, least=1, most=6)))
    [setting] = rules.settings["a"]
    assert (setting.value, setting.least, setting.most, setting.is_own) == (3, 1, 6, False)


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"value": 0, "least": 1}, "“value”不能小于1"),
        ({"value": 7, "most": 6}, "“value”不能大于6"),
        ({"value": 3, "least": 3, "most": 2}, "“most”不能小于3"),
    ],
)
def test_a_setting_outside_its_own_bounds_is_a_fault(tmp_path: Path, members: dict[str, Any], fault: str) -> None:
    faults = faults_of(folder(tmp_path, "ours", limits=LIMITS, settings=settings(**members)))
    assert faults[0] == f"settings.json，settings 第1项：{fault}"


def test_a_pack_cannot_end_before_it_begins(tmp_path: Path) -> None:
    pack = kinds(effective_from="2026-02-01", effective_to="2026-01-01")
    assert faults_of(folder(tmp_path, "ours", limits=LIMITS, kinds=pack)) == [
        "kinds.json：“effective_to”早于“effective_from”"
    ]
