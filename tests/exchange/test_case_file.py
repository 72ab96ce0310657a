import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from mediation_desk.domain.agreement import Instalment
from mediation_desk.domain.case import Case, ConfidentialNote
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.errors import FileRefused
from mediation_desk.domain.forms import About, Form, Input, InputKind
from mediation_desk.domain.paper import Value
from mediation_desk.domain.party import Agent, Party, PartyKind, Side
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.case_checks import CODES
from mediation_desk.exchange.case_file import read_case_file, write_case_file
from mediation_desk.exchange.case_schema import SENTENCES, structure_faults
from mediation_desk.exchange.filed_case import CaseFile, FiledEntry, Registration
from mediation_desk.exchange.plain_objects import keys_of, to_plain
from mediation_desk.resources import resource

TODAY = date(2026, 11, 23)
CASES = Path(__file__).parent.parent / "data" / "cases"


INQUIRY = Form(
    code="X1",
    title="调查笔录",
    about=About.ENTRY,
    blocks=(),
    inputs=(
        Input("asked", "被调查人"),
        Input("day", "日期", InputKind.DAY),
        Input("proofs", "证据", InputKind.TICKS, options=("书证", "照片")),
        Input("who", "当事人", InputKind.PARTY),
        Input("things", "物品", InputKind.ROWS, columns=("名称", "件数")),
    ),
)


@pytest.fixture
def rules(rules: Rules) -> Rules:
    """The shipped rules with a form that does not change."""
    return replace(rules, forms={"X1": (INQUIRY,)})


@pytest.fixture
def plain() -> dict[str, Any]:
    """A whole case: two sides, three marks, two instalments of which one is paid, closed."""
    return deepcopy(WHOLE)


WHOLE: dict[str, Any] = {
    "format": "mediation-desk-case",
    "format_version": 3,
    "uid": "0192f0a0-0000-7000-8000-00000000000a",
    "mediators": [
        {"no": 1, "name": "调解员甲", "other_professions": ["lawyer"], "appointments": [{"since": "2026-01-01"}]},
        {"no": 2, "name": "调解员乙"},
    ],
    "registration": {
        "requested_on": "2026-03-02",
        "matter": "楼上漏水",
        "demand": "赔偿",
        "dispute_kind": "02",
        "mediator_gender_wish": "2",
        "has_interpreter": True,
    },
    "parties": [
        {"no": 1, "side": "claimant", "name": "甲某", "id_paper": "111", "id_number": "110000199001010013"},
        {"no": 2, "side": "respondent", "name": "乙某", "languages": ["温州话"]},
    ],
    "willingness": [
        {"party_no": 1, "answer": "agrees", "asked_at": "2026-03-02T09:00"},
        {"party_no": 2, "answer": "agrees", "asked_at": "2026-03-02T09:30"},
    ],
    "triage": {"path": "M1", "decided_on": "2026-03-02"},
    "decisions": [{"kind": "accepted", "decided_on": "2026-03-03"}],
    "stances": [
        {"party_no": 1, "mediator_no": 1, "kind": "chooses"},
        {"party_no": 2, "mediator_no": 2, "kind": "opposes", "reason": "是甲某的同乡", "upheld": False},
    ],
    "recusal_checks": [{"mediator_no": 1, "reason_code": "kinship", "answer": "no"}],
    "assignments": [{"mediator_no": 1, "assigned_on": "2026-03-03"}],
    "sessions": [
        {
            "held_on": "2026-03-05",
            "began": "09:00",
            "ended": "11:00",
            "place": "调解室",
            "present_nos": [1, 2],
            "record": "双方到场，达成一致。",
            "result": "settled",
            "mediator_nos": [1],
        }
    ],
    "outcomes": [{"kind": "written", "ended_on": "2026-03-05"}],
    "agreements": [
        {
            "facts": "楼上漏水，楼下受损。",
            "clauses": ["乙某分两期赔偿甲某共计1,000元。"],
            "performance_terms": "转账，分两期。",
            "made_on": "2026-03-05",
            "party_nos": [1, 2],
            "mediator_nos": [1],
            "obligations": [
                {
                    "payer_no": 2,
                    "payee_no": 1,
                    "amount": "1000.00",
                    "means": "转账",
                    "instalments": [
                        {"due_on": "2026-03-20", "amount": "400.00"},
                        {"due_on": "2027-03-20", "amount": "600"},
                    ],
                    "performances": [{"done_on": "2026-03-20", "amount": "400.00"}],
                }
            ],
            "signatures": [
                {"role": "party", "party_no": 1, "signed_on": "2026-03-05"},
                {"role": "party", "party_no": 2, "signed_on": "2026-03-05"},
                {"role": "mediator", "mediator_no": 1, "signed_on": "2026-03-05"},
                {"role": "seal", "signed_on": "2026-03-06"},
            ],
        }
    ],
    "follow_ups": [{"done_on": "2026-04-01", "situation": "已付第一期。", "visitor": "调解员甲"}],
    "entries": [{"code": "X1", "no": 1, "values": {"asked": "丙某", "proofs": ["照片"], "things": [["水管", "1"]]}}],
    "closing": {"closed_on": "2026-04-02", "despite_reason": "第二期明年到期。"},
}


def refusal(content: object, rules: Rules) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_case_file(content if isinstance(content, (str, bytes)) else json.dumps(content), rules, TODAY)
    return refused.value


def change(plain: dict[str, Any], path: str, value: object) -> None:
    """Set (or with ... remove) the member at "agreements.0.made_on"."""
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    inner: Any = plain
    for key in way:
        inner = inner[key]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value


def test_a_whole_case_is_read_by_its_types(plain: dict[str, Any], rules: Rules) -> None:
    file = read_case_file(json.dumps(plain), rules, TODAY)
    assert file.uid == plain["uid"]
    assert file.registration == Registration(
        requested_on=date(2026, 3, 2),
        matter="楼上漏水",
        demand="赔偿",
        dispute_kind="02",
        mediator_gender_wish="2",
        has_interpreter=True,
    )
    assert (file.parties[0].side, file.parties[0].kind) == (Side.CLAIMANT, PartyKind.NATURAL)
    assert file.willingness[1].asked_at == datetime(2026, 3, 2, 9, 30)
    [obligation] = file.agreements[0].obligations
    assert [each.amount_fen for each in obligation.instalments] == [40_000, 60_000]
    assert file.agreements[0].effective_on == date(2026, 3, 6)
    assert [(each.kind, each.upheld) for each in file.stances] == [
        (StanceKind.CHOOSES, None),
        (StanceKind.OPPOSES, False),
    ]
    assert [each.answer for each in file.recusal_checks] == [RecusalAnswer.NO]
    assert (file.parties[1].languages, file.mediators[0].other_professions) == (["温州话"], ("lawyer",))
    values: dict[str, Value] = {"asked": "丙某", "proofs": ["照片"], "things": [["水管", "1"]]}
    assert file.entries == (FiledEntry(code="X1", no=1, values=values),)


def test_a_file_of_the_first_release_is_still_read(plain: dict[str, Any], rules: Rules) -> None:
    strip_to_second_release(plain)
    plain["format_version"] = 1
    del plain["entries"]
    file = read_case_file(json.dumps(plain), rules, TODAY)
    assert file.entries == ()
    assert (file.agreements[0].confirmation_wanted, file.agreements[0].despite_reason) == (False, "")


def test_a_file_of_the_second_release_is_still_read(plain: dict[str, Any], rules: Rules) -> None:
    strip_to_second_release(plain)
    file = read_case_file(json.dumps(plain), rules, TODAY)
    assert (file.stances, file.recusal_checks) == ((), ())
    assert (file.registration.mediator_gender_wish, file.registration.has_interpreter) == ("", False)
    assert [party.languages for party in file.parties] == [[], []]
    assert [each.other_professions for each in file.mediators] == [(), ()]


def strip_to_second_release(plain: dict[str, Any]) -> None:
    plain["format_version"] = 2
    for path in (
        "stances",
        "recusal_checks",
        "registration.mediator_gender_wish",
        "registration.has_interpreter",
        "parties.1.languages",
        "mediators.0.other_professions",
    ):
        change(plain, path, ...)


def test_bytes_with_a_mark_of_order_are_read_too(plain: dict[str, Any], rules: Rules) -> None:
    text = json.dumps(plain, ensure_ascii=False)
    with_mark = read_case_file(b"\xef\xbb\xbf" + text.encode(), rules, TODAY)
    assert to_plain(with_mark) == to_plain(read_case_file(text, rules, TODAY))


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_the_files_of_real_matters_have_no_fault(file: Path, rules: Rules) -> None:
    assert read_case_file(file.read_bytes(), rules, TODAY).parties


STRUCTURE: list[tuple[str, object, str, str]] = [
    ("format", "other", "format", "应为“mediation-desk-case”；这不是调解工作台的案件文件。"),
    ("format_version", 4, "format_version", "这个案件文件是第 4 版，本程序只能读到第 3 版。"),
    ("format_version", "二", "format_version", '应为整数，现为 "二"。'),
    ("uid", "7", "uid", '应为UUID，如 01890a5d-ac96-774b-bcce-b302099a8057，现为 "7"。'),
    ("registration", ..., "registration", "缺少这一项。"),
    ("registration.matter", ..., "registration.matter", "缺少这一项。"),
    ("registration.matter", " \n", "registration.matter", "不能为空。"),
    ("registration.mater", "x", "registration.mater", "不认识这一项，请核对拼写或删去。"),
    ("parties.1.name", 7, "parties[1].name", "应为文字（引号），现为 7。"),
    ("parties.1.side", "left", "parties[1].side", '应为 claimant、respondent、other 之一，现为 "left"。'),
    ("parties.1.no", 0, "parties[1].no", "不能小于1，现为 0。"),
    ("parties.1.self_supporting", "ja", "parties[1].self_supporting", '应为true 或 false，现为 "ja"。'),
    ("assignments.0.ended_on", "2026-03-04", "assignments[0].end_reason", "写了 ended_on 就要写这一项。"),
    ("parties", [], "parties", "至少要有2项。"),
    ("parties", {}, "parties", "应为列表（方括号），现为 {}。"),
    ("sessions.0", "x", "sessions[0]", '应为对象（花括号），现为 "x"。'),
    ("sessions.0.present_nos", [1, 1], "sessions[0].present_nos", "有重复的项。"),
    ("sessions.0.began", "25:00", "sessions[0].began", '应为时间，如 09:30，现为 "25:00"。'),
    ("sessions.0.held_on", "2026-02-30", "sessions[0].held_on", '应为日期，如 2026-01-31，现为 "2026-02-30"。'),
    ("sessions.0.held_on", "20260305", "sessions[0].held_on", '应为日期，如 2026-01-31，现为 "20260305"。'),
    (
        "willingness.0.asked_at",
        "2026-03-02T09:00+08:00",
        "willingness[0].asked_at",
        '应为日期和时间，如 2026-01-31T09:30，现为 "2026-03-02T09:00+08:00"。',
    ),
    (
        "agreements.0.obligations.0.amount",
        "1e3",
        "agreements[0].obligations[0].amount",
        '应为以元为单位、写成文字的金额，如 "1200.00"，现为 "1e3"。',
    ),
    ("agreements.0.obligations.0.amount", 1000, "agreements[0].obligations[0].amount", "应为文字（引号），现为 1000。"),
    ("entries.0.values", "丙某", "entries[0].values", '应为对象（花括号），现为 "丙某"。'),
    ("entries.0.values.asked", 7, "entries[0].values.asked", "应为文字（引号）或列表（方括号），现为 7。"),
    ("entries.0.values.things.0.1", 7, "entries[0].values.things[0][1]", "应为文字（引号），现为 7。"),
    ("entries.0.no", -1, "entries[0].no", "不能小于0，现为 -1。"),
    ("agreements.0.confirmation_wanted", 1, "agreements[0].confirmation_wanted", "应为true 或 false，现为 1。"),
    ("stances.0.kind", "likes", "stances[0].kind", '应为 chooses、opposes、withdrawn 之一，现为 "likes"。'),
    ("recusal_checks.0.answer", ..., "recusal_checks[0].answer", "缺少这一项。"),
    ("registration.has_interpreter", "有", "registration.has_interpreter", '应为true 或 false，现为 "有"。'),
    ("registration.demand", ["长" * 99], "registration.demand", f'应为文字（引号），现为 ["{"长" * 28}…。'),
]


@pytest.mark.parametrize(("path", "value", "place", "sentence"), STRUCTURE)
def test_what_the_schema_forbids_is_told_in_chinese_with_its_place(
    path: str, value: object, place: str, sentence: str, plain: dict[str, Any], rules: Rules
) -> None:
    change(plain, path, value)
    assert (place, sentence) in [(fault.place, fault.sentence) for fault in refusal(plain, rules).faults]


SENSE: list[tuple[str, object, str, str]] = [
    ("registration.dispute_kind", "77", "registration.dispute_kind", "代码表 dispute_kind 中没有“77”。"),
    ("registration.safety_flags", ["group", "x"], "registration.safety_flags[1]", "代码表 safety_flag 中没有“x”。"),
    ("willingness.0.channel", "pigeon", "willingness[0].channel", "代码表 channel 中没有“pigeon”。"),
    ("triage.path", "M7", "triage.path", "代码表 statutory_path 中没有“M7”。"),
    ("registration.requested_on", "2027-01-01", "registration.requested_on", "晚于今天"),
    ("willingness.0.asked_at", "2026-11-24T08:00", "willingness[0].asked_at", "晚于今天"),
    ("willingness.0.party_no", 3, "willingness[0].party_no", "没有序号为3的当事人。"),
    ("sessions.0.present_nos", [1, 9], "sessions[0].present_nos[1]", "没有序号为9的当事人。"),
    ("assignments.0.mediator_no", 3, "assignments[0].mediator_no", "没有序号为3的调解员。"),
    ("stances.1.mediator_no", 3, "stances[1].mediator_no", "没有序号为3的调解员。"),
    ("stances.1.party_no", 3, "stances[1].party_no", "没有序号为3的当事人。"),
    ("recusal_checks.0.reason_code", "x", "recusal_checks[0].reason_code", "代码表 recusal_reason 中没有“x”。"),
    (
        "mediators.0.other_professions",
        ["x"],
        "mediators[0].other_professions[0]",
        "代码表 mediator_profession 中没有“x”。",
    ),
    ("registration.mediator_gender_wish", "3", "registration.mediator_gender_wish", "代码表 gender 中没有“3”。"),
    ("parties.1.no", 1, "parties[1].no", "当事人序号1重复。"),
    ("parties.1.side", "claimant", "parties", "至少要有一个申请方和一个被申请方。"),
    ("parties.0.id_number", "110000199001010014", "parties[0].id_number", "校验位不对"),
    ("parties.1.uscc", "91350100M000100Y44", "parties[1].uscc", "校验位不对"),
    ("parties.1.agents", [{"kind": "entrusted", "name": "·丙"}], "parties[1].agents[0].name", "不能以“·”开头"),
    ("parties.1.name", "乙" * 51, "parties[1].name", "最多50个字"),
    ("mediators.0.name", "甲\ue000", "mediators[0].name", "自造字"),
    ("mediators.0.appointments.0.until", "2025-01-01", "mediators[0].appointments[0].until", "早于开始日"),
    ("decisions.0.decided_on", "2026-03-01", "decisions[0].decided_on", "决定日期早于登记日期。"),
    ("assignments.0.assigned_on", "2026-03-02", "assignments[0].assigned_on", "指派日期早于受理日期。"),
    ("sessions.0.held_on", "2026-03-02", "sessions[0].held_on", "调解日期早于受理日期。"),
    ("sessions.0.ended", "08:00", "sessions[0].ended", "结束时间早于开始时间。"),
    ("outcomes.0.ended_on", "2026-03-02", "outcomes[0].ended_on", "早于受理日期"),
    ("agreements.0.made_on", "2026-03-04", "agreements[0].made_on", "协议日期早于第一次调解。"),
    ("agreements.0.made_on", ..., "agreements[0].made_on", "请写明协议日期"),
    ("agreements.0.facts", "", "agreements[0].facts", "请写明纠纷主要事实"),
    ("agreements.0.clauses", [" "], "agreements[0].clauses", "请写明协议内容。"),
    ("agreements.0.performance_terms", ..., "agreements[0].performance_terms", "请写明履行方式、时限。"),
    ("agreements.0.signatures.1.signed_on", "2026-03-04", "agreements[0].signatures[1].signed_on", "早于协议日期"),
    ("agreements.0.obligations.0.amount", "999.99", "agreements[0].obligations[0].instalments", "与总额999.99元不一致"),
    ("agreements.0.obligations.0.payer_no", ..., "agreements[0].obligations[0].payer_no", "请写明由谁履行。"),
    (
        "agreements.0.obligations.0.performances.0.done_on",
        "2026-03-05",
        "agreements[0].obligations[0].performances[0].done_on",
        "履行日期早于协议生效日期。",
    ),
    ("agreements.0.signatures", [], "agreements[0].obligations[0].performances[0]", "协议还没有生效，不能有履行。"),
    ("closing.closed_on", "2026-03-01", "closing.closed_on", "结案日期早于登记日期。"),
    ("entries.0.code", "X9", "entries[0].code", "没有代码为“X9”的文书。"),
    ("entries.0.values.weather", "晴", "entries[0].values.weather", "调查笔录没有“weather”这一项。"),
    ("entries.0.values.day", "昨天", "entries[0].values.day", "“昨天”不是日期。"),
    ("entries.0.values.who", "3", "entries[0].values.who", "请选择本案的当事人。"),
    ("entries", [{"code": "X1", "no": 1, "values": {}}] * 2, "entries[1]", "同一份文书的录入内容写了两次。"),
]


@pytest.mark.parametrize(("path", "value", "place", "part"), SENSE)
def test_what_cannot_be_is_told_with_its_place(
    path: str, value: object, place: str, part: str, plain: dict[str, Any], rules: Rules
) -> None:
    change(plain, path, value)
    refused = refusal(plain, rules)
    assert any(fault.place == place and part in fault.sentence for fault in refused.faults), str(refused)


def test_all_faults_are_told_at_once_those_of_the_schema_and_the_others(plain: dict[str, Any], rules: Rules) -> None:
    for path, value in (
        ("registration.mater", "x"),
        ("parties.1.name", 7),
        ("registration.dispute_kind", "77"),
        ("sessions.0.held_on", "2026-03-02"),
        ("agreements.0.obligations.0.amount", "5"),
        ("closing.closed_on", "2027-01-01"),
    ):
        change(plain, path, value)
    assert [fault.place for fault in refusal(plain, rules).faults] == [
        "registration.mater",
        "parties[1].name",
        "registration.dispute_kind",
        "closing.closed_on",
        "sessions[0].held_on",
        "agreements[0].obligations[0].instalments",
    ]


def test_the_sentence_begins_with_what_happened_and_names_every_place(plain: dict[str, Any], rules: Rules) -> None:
    change(plain, "parties.1.name", "")
    assert str(refusal(plain, rules)).splitlines() == [
        "案件文件有误，没有导入，原有数据没有改动。请改正后重新导入：",
        "parties[1].name：不能为空。",
    ]


def test_a_missing_member_brings_no_follow_up_faults(plain: dict[str, Any], rules: Rules) -> None:
    change(plain, "agreements.0.signatures.0.signed_on", "gestern")
    change(plain, "agreements.0.obligations.0.instalments.0.due_on", ...)
    assert [fault.place for fault in refusal(plain, rules).faults] == [
        "agreements[0].obligations[0].instalments[0].due_on",
        "agreements[0].signatures[0].signed_on",
    ]


def test_no_more_than_five_represent_a_group(plain: dict[str, Any], rules: Rules) -> None:
    for no in range(3, 9):
        plain["parties"].append({"no": no, "side": "claimant", "name": f"代表{no}", "represents_group": True})
    assert "申请方推选了6名代表人，最多5名" in str(refusal(plain, rules))


def test_what_is_paid_on_the_spot_may_be_paid_before_the_seal(plain: dict[str, Any], rules: Rules) -> None:
    obligation = plain["agreements"][0]["obligations"][0]
    obligation |= {"at_once": True, "instalments": [], "performances": [{"done_on": "2026-03-05", "amount": "1000"}]}
    assert read_case_file(json.dumps(plain), rules, TODAY)
    obligation["performances"][0]["done_on"] = "2026-03-04"
    assert "履行日期早于协议生效日期" in str(refusal(plain, rules))


def test_a_draft_may_be_incomplete(plain: dict[str, Any], rules: Rules) -> None:
    plain["agreements"] = [{"draft": True, "obligations": [{"amount": "5", "instalments": []}]}]
    del plain["follow_ups"]
    assert read_case_file(json.dumps(plain), rules, TODAY).agreements[0].draft


def test_an_oral_agreement_binds_from_the_day_it_was_made(plain: dict[str, Any], rules: Rules) -> None:
    plain["agreements"][0] |= {"form": "oral", "signatures": []}
    plain["outcomes"][0]["kind"] = "oral"
    assert read_case_file(json.dumps(plain), rules, TODAY).agreements[0].effective_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"a": 1,\n  "b" 2}', "第2行第7列不符合 JSON 格式。"),
        ("", "第1行第1列不符合 JSON 格式。"),
        (b"\xff\xfe\x00", "不是 UTF-8 编码的文件。"),
        ('{"a": 1, "a": 2}', "同一对象中“a”出现两次。"),
        ('{"a": NaN}', "“NaN”不是 JSON 中的数字。"),
        ("[" * 200_000, "不符合 JSON 格式：层次过深或数字过长。"),
        ("9" * 5000, "不符合 JSON 格式：层次过深或数字过长。"),
        (" " * 20_000_001, "文件超过20兆，不会是一个案件。"),
        ("[]", "应为对象（花括号），现为 []。"),
        ("null", "应为对象（花括号），现为 null。"),
    ],
    ids=["comma", "empty", "utf16", "twice", "nan", "deep", "long", "large", "list", "null"],
)
def test_what_is_no_case_at_all_is_refused_in_one_sentence(content: str | bytes, sentence: str, rules: Rules) -> None:
    assert [fault.sentence for fault in refusal(content, rules).faults] == [sentence]


def test_what_was_typed_elsewhere_is_cleaned_and_told(plain: dict[str, Any], rules: Rules) -> None:
    change(plain, "parties.1.name", "买买提江•吐尔逊")
    change(plain, "registration.matter", "漏水\x00了")
    file = read_case_file(json.dumps(plain), rules, TODAY)
    assert file.parties[1].name == "买买提江·吐尔逊"
    assert file.registration.matter == "漏水了"
    assert [change.partition("：")[0] for change in file.changes] == ["registration.matter", "parties[1].name"]


def test_half_a_surrogate_pair_never_reaches_the_store(plain: dict[str, Any], rules: Rules) -> None:
    change(plain, "parties.1.name", "乙\ud842某")
    assert read_case_file(json.dumps(plain), rules, TODAY).parties[1].name == "乙某"


def test_a_bare_case_is_written_with_what_it_has_and_nothing_else() -> None:
    case = Case(
        uid="0192f0a0-0000-7000-8000-00000000000b",
        centre_id=1,
        requested_on=date(2026, 3, 2),
        registered_at=datetime(2026, 3, 2, 9),
        first_contact_id=1,
        matter="<b>漏水</b> & 𠮷",
        demand="赔偿",
        claimed_fen=120_005,
        parties=[Party(no=1, side=Side.CLAIMANT, name="甲某"), Party(no=2, side=Side.RESPONDENT, name="乙某")],
    )
    text = write_case_file(case, Centre(uid="c", name="测试中心"), {})
    assert "<b>漏水</b> & 𠮷" in text
    assert json.loads(text) == {
        "format": "mediation-desk-case",
        "format_version": 3,
        "uid": "0192f0a0-0000-7000-8000-00000000000b",
        "governance_centre": "测试中心",
        "registration": {
            "requested_on": "2026-03-02",
            "matter": "<b>漏水</b> & 𠮷",
            "demand": "赔偿",
            "claimed_amount": "1200.05",
        },
        "parties": [
            {"no": 1, "side": "claimant", "name": "甲某"},
            {"no": 2, "side": "respondent", "name": "乙某"},
        ],
    }


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource("schemas", "case.schema.json").read_text(encoding="utf-8"))
    return found


def parts_of(kind: type) -> set[type]:
    """The dataclass itself and all that it is made of."""
    found = {kind}
    for hint in get_type_hints(kind).values():
        for each in (hint, *get_args(hint)):
            if isinstance(each, type) and is_dataclass(each):
                found |= parts_of(each)
    return found


def test_schema_and_classes_have_the_same_members() -> None:
    described = [set(each["properties"]) for each in [*schema()["$defs"].values(), schema()] if "properties" in each]
    classes = [set(keys_of(kind)) for kind in parts_of(CaseFile)]
    head = {"format", "format_version"}
    assert sorted(map(sorted, described)) == sorted(sorted(keys | head if "uid" in keys else keys) for keys in classes)


def test_the_schema_takes_nothing_it_does_not_name() -> None:
    objects = [each for each in [*schema()["$defs"].values(), schema()] if each["type"] == "object"]
    assert {Party, Agent, Instalment} < parts_of(CaseFile)
    assert len(objects) == len(parts_of(CaseFile))
    assert all(each["additionalProperties"] is False for each in objects)


def test_there_is_a_sentence_for_every_keyword_of_the_schema() -> None:
    told_otherwise = {"required", "additionalProperties", "dependentRequired"}
    says_nothing = {"$schema", "$id", "$defs", "$ref", "title", "description", "properties", "items"}
    used: set[str] = set()

    def look(part: Any) -> None:
        if isinstance(part, dict):
            used.update(part)
            for key in ("properties", "$defs"):
                for each in part.get(key, {}).values():
                    look(each)
            look(part.get("items"))

    look(schema())
    assert used - told_otherwise - says_nothing == set(SENTENCES)


def test_every_field_whose_codes_are_checked_exists_and_so_does_its_table(rules: Rules) -> None:
    for (kind, name), table in CODES.items():
        assert name in {each.name for each in fields(kind)}
        assert table in rules.tables


def test_the_published_schema_is_a_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())
    assert structure_faults(WHOLE) == []


def test_the_file_knows_nothing_of_confidential_notes() -> None:
    keys = {key for kind in parts_of(CaseFile) for key in keys_of(kind)}
    assert not {key for key in keys if "confidential" in key}
    assert ConfidentialNote not in parts_of(CaseFile)


UNTYPED: list[Callable[[Any], Any]] = [
    lambda value: None,
    lambda value: 5,
    lambda value: [value],
    lambda value: {"x": value},
]


@pytest.mark.parametrize("spoil", UNTYPED, ids=["null", "number", "list", "object"])
def test_whatever_is_of_the_wrong_kind_is_refused_and_never_a_defect(
    spoil: Callable[[Any], Any], plain: dict[str, Any], rules: Rules
) -> None:
    for path in places_in(plain):
        spoiled = deepcopy(plain)
        inner: Any = spoiled
        for key in path[:-1]:
            inner = inner[key]
        if type(spoil(inner[path[-1]])) is type(inner[path[-1]]):
            continue
        inner[path[-1]] = spoil(inner[path[-1]])
        assert refusal(spoiled, rules).faults


def places_in(plain: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [found for key, value in items for found in [(*way, key), *places_in(value, (*way, key))]]
