"""What goes to the systems above: the cases of a period in the 27 columns, what is missing in them, and who may ask."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import DeskError, NotAllowed
from mediation_desk.domain.rights import Right
from mediation_desk.domain.upstream_filling import Filling
from mediation_desk.services.act import Act
from mediation_desk.services.mediation import add_confidential_note
from mediation_desk.services.upstream import (
    GB31000,
    EventReport,
    FileKind,
    events_file,
    gather_events,
    lacking_file,
    note_events,
    record_upstream,
    standing_entry,
    upstream_fields,
)
from mediation_desk.store.records import Records
from tests.desk import TODAY, TOMORROW, YESTERDAY, Desk, claimant, respondent

ITEMS = [
    "事件名称",
    "发生日期",
    "发生地点",
    "事件规模",
    "事件类别",
    "涉及人数",
    "事件简述",
    "涉及单位",
    "主要当事人证件代码",
    "主要当事人证件号码",
    "主要当事人姓名",
    "主要当事人性别",
    "主要当事人民族",
    "主要当事人学历",
    "主要当事人人员类别",
    "主要当事人居住详址",
    "化解时限",
    "化解方式",
    "化解组织",
    "化解责任人姓名",
    "化解责任人联系方式",
    "化解是否成功",
    "化解情况",
    "考评日期",
    "考评意见",
    "经度",
    "纬度",
]
"""The 27 items of GB/T 31000-2015 in their order."""


def report(desk: Desk) -> EventReport:
    return desk.look(gather_events, TODAY, TODAY)


def only_row(report: EventReport) -> dict[str, str | int]:
    [row] = report.rows
    return dict(zip(report.columns, row, strict=True))


def test_the_columns_are_exactly_the_27_items_of_the_standard(desk: Desk) -> None:
    desk.registered()
    assert len(ITEMS) == 27
    assert report(desk).columns == ITEMS
    sheet = load_workbook(BytesIO(events_file(report(desk), FileKind.XLSX))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ITEMS
    head = events_file(report(desk), FileKind.CSV).decode("utf-8-sig").splitlines()[0]
    assert head.split(",") == ITEMS


def test_a_case_that_was_settled_fills_what_the_desk_knows(desk: Desk) -> None:
    parties = (
        claimant(id_paper="111", gender="1", ethnicity="01", address="示例街道1号", phone="13800000001"),
        respondent(),
    )
    desk.closed(parties=parties, occurred_on=YESTERDAY, occurred_at="示例小区", people_involved=2)
    row = only_row(report(desk))
    assert row == dict.fromkeys(ITEMS, "") | {
        "事件名称": "张三与李四邻里纠纷",
        "发生日期": "20261122",
        "发生地点": "示例小区",
        "事件类别": "02",
        "涉及人数": 2,
        "事件简述": "楼上漏水，天花板泡坏。",
        "主要当事人证件代码": "111",
        "主要当事人证件号码": "110000199001010013",
        "主要当事人姓名": "张三",
        "主要当事人性别": "1",
        "主要当事人民族": "01",
        "主要当事人居住详址": "示例街道1号",
        "化解时限": "20261223",
        "化解方式": "人民调解",
        "化解组织": "示例街道人民调解委员会",
        "化解责任人姓名": "赵和",
        "化解是否成功": "1",
        "化解情况": "达成书面协议\n李四赔偿张三人民币3,000.00元。\n双方就此事再无争议。",
    }


def test_what_is_missing_is_named_by_case_number_and_field_before_anything_is_written(desk: Desk) -> None:
    numbered, unnumbered = desk.closed(), desk.registered()
    one, other = report(desk).lacking
    assert (one.case_id, one.called) == (numbered, desk.case(numbered).number)
    assert one.labels == (
        "发生日期",
        "发生地点",
        "事件规模",
        "涉及人数",
        "主要当事人证件代码",
        "主要当事人性别",
        "主要当事人民族",
        "主要当事人居住详址",
        "化解责任人联系方式",
    )
    assert (other.case_id, other.called) == (unnumbered, f"查询码 {desk.case(unnumbered).query_code}")
    assert "化解组织" not in other.labels  # nobody can resolve what was not accepted yet
    sheet = load_workbook(BytesIO(lacking_file(report(desk))))["缺项"]
    assert [sheet["A3"].value, sheet["B3"].value] == [one.called, "、".join(one.labels)]
    assert not any("张三" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_columns_of_which_the_desk_keeps_nothing_are_named_once(desk: Desk) -> None:
    assert report(desk).not_kept == ["主要当事人学历", "主要当事人人员类别", "考评日期", "考评意见", "经度", "纬度"]


def test_a_story_that_is_too_long_is_cut_with_a_warning_that_names_the_case(desk: Desk) -> None:
    long, fitting = desk.accepted(matter="𠮷" * 2001), desk.accepted(matter="水" * 2000)
    [cut] = report(desk).cuts
    assert (cut.label, cut.longest, cut.called) == ("事件简述", 2000, (desk.case(long).number,))
    assert [len(str(row[6])) for row in report(desk).rows] == [2000, 2000]
    assert desk.case(fitting).number not in cut.called
    assert "截去了后面的" in str(load_workbook(BytesIO(lacking_file(report(desk))))["缺项"]["A6"].value)


def test_cases_are_taken_by_the_day_of_registration_the_oldest_first(desk: Desk) -> None:
    desk.registered(matter="第一件")
    desk.registered(matter="第二件")
    desk.now += timedelta(days=1)
    desk.registered(matter="第三件", requested_on=TOMORROW)
    assert [row[6] for row in report(desk).rows] == ["第一件", "第二件"]
    both = desk.look(gather_events, TODAY, TOMORROW)
    assert [row[6] for row in both.rows] == ["第一件", "第二件", "第三件"]
    assert desk.look(gather_events, YESTERDAY, YESTERDAY).rows == []


def test_more_cases_than_are_read_at_a_time_all_come(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from mediation_desk.store import cases

    monkeypatch.setattr(cases, "_WHOLE_AT_A_TIME", 2)
    for number in range(5):
        desk.registered(matter=f"第{number}件")
    assert [row[6] for row in report(desk).rows] == [f"第{number}件" for number in range(5)]


def test_gathering_tells_how_far_it_is_and_can_be_broken_off(desk: Desk) -> None:
    desk.registered()
    told: list[tuple[int, int]] = []
    desk.look(gather_events, TODAY, TODAY, lambda done, of: told.append((done, of)))
    assert told == [(0, 1), (1, 1)]

    def stop(_done: int, _of: int) -> None:
        raise DeskError("没有生成。")

    with pytest.raises(DeskError, match=r"没有生成。"):
        desk.look(gather_events, TODAY, TODAY, stop)


def test_a_period_the_wrong_way_round_is_refused(desk: Desk) -> None:
    with desk.refuses("结束日期早于开始日期。", "last_day"):
        desk.look(gather_events, TODAY, YESTERDAY)


def test_the_file_of_a_practice_store_says_so(desk: Desk) -> None:
    def practise(records: Records) -> None:
        records.centre.get().is_practice = True

    desk.write(practise)
    assert load_workbook(BytesIO(events_file(report(desk), FileKind.XLSX))).sheetnames == ["练习 矛盾纠纷排查化解"]


@pytest.mark.parametrize("lacking", [Right.PRINT, Right.FULL_NUMBERS])
def test_whoever_may_not_take_numbers_out_of_the_house_gets_nothing(desk: Desk, lacking: Right) -> None:
    case_id = desk.registered()
    act = Act(centre_id=1, by_id=1, at=desk.now, rules=desk.rules, rights=frozenset(Right) - {lacking})
    with desk.database.reading() as records:
        with pytest.raises(NotAllowed):
            gather_events(records, act, TODAY, TODAY)
        with pytest.raises(NotAllowed):
            upstream_fields(records, act, case_id, GB31000)


def test_who_sees_own_cases_only_is_told_that_these_are_not_all(desk: Desk) -> None:
    desk.registered()
    rights = frozenset({Right.PRINT, Right.FULL_NUMBERS, Right.MEDIATE})
    act = Act(centre_id=1, by_id=1, at=desk.now, rules=desk.rules, rights=rights)
    with desk.database.reading(sight=act.sight) as records:
        partial = gather_events(records, act, TODAY, TODAY)
    assert partial.is_partial
    assert partial.rows == []
    assert not report(desk).is_partial


def test_the_log_keeps_what_was_saved_and_for_whom(desk: Desk) -> None:
    desk.registered()
    desk.do(note_events, report(desk), FileKind.CSV, "区委政法委")
    [told] = [row.told for row in desk.contents()["audit"] if row.kind == "export"]
    assert told == "GB/T 31000 2026-11-23 至 2026-11-23 1件 csv 报送：区委政法委"
    with desk.refuses("请填写报送给哪个单位。", "receiver"):
        desk.do(note_events, report(desk), FileKind.CSV, " ")


def test_a_case_is_told_field_by_field_for_each_upstream_form(desk: Desk) -> None:
    case_id = desk.closed()
    for form in desk.rules.upstream_forms_on(TODAY):
        filled = desk.look(upstream_fields, case_id, form.code)
        assert len(filled) >= 17
        assert any(each.value == "张三" for each in filled)
    assert [each.label for each in desk.look(upstream_fields, case_id, GB31000)] == ITEMS


def test_the_number_of_the_other_system_is_kept_with_the_day(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(record_upstream, case_id, "petition", " XF2026001 ", remark="补录")
    case = desk.case(case_id)
    entry = standing_entry(case, "petition")
    assert entry is not None
    assert (entry.number, entry.entered_on, entry.note, entry.by_id) == ("XF2026001", TODAY, "补录", 1)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.UPSTREAM, "信访信息系统 XF2026001")
    assert standing_entry(case, "gb31000") is None


def test_a_number_that_was_wrong_is_followed_by_another_and_stays_to_be_read(desk: Desk) -> None:
    case_id = desk.registered()
    for number in ("XF1", "XF2"):
        desk.do(record_upstream, case_id, "petition", number)
    entry = standing_entry(desk.case(case_id), "petition")
    assert entry is not None
    assert entry.number == "XF2"
    assert [each.number for each in desk.case(case_id).upstream] == ["XF1", "XF2"]


@pytest.mark.parametrize(
    ("system", "number", "day", "sentence", "place"),
    [
        ("petition", "  ", None, "请粘贴上级系统给的编号。", "upstream_number"),
        ("petition", "XF1\nXF2", None, "粘贴的内容有好几行", "upstream_number"),
        ("nowhere", "XF1", None, "请选择上级系统。", "upstream_form"),
        ("petition", "XF1", TOMORROW, "录入日期应在登记日期之后", "entered_on"),
        ("petition", "XF1", YESTERDAY, "录入日期应在登记日期之后", "entered_on"),
    ],
)
def test_what_is_no_number_of_that_system_is_not_kept(
    desk: Desk, system: str, number: str, day: date | None, sentence: str, place: str
) -> None:
    case_id = desk.registered()
    with desk.refuses(sentence, place):
        desk.do(record_upstream, case_id, system, number, entered_on=day)


def test_a_number_that_another_case_has_there_is_refused(desk: Desk) -> None:
    one, other = desk.accepted(), desk.registered()
    desk.do(record_upstream, one, "petition", "XF1")
    desk.do(record_upstream, one, "petition", "XF1")
    with desk.refuses(f"编号“XF1”已经记在另一个案件（{desk.case(one).number}）", "upstream_number"):
        desk.do(record_upstream, other, "petition", "XF1")
    desk.do(record_upstream, other, "gb31000", "XF1")  # each system numbers by itself


def test_no_upstream_form_ever_tells_a_confidential_note(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(add_confidential_note, case_id, "对方底线是五千。")
    told = [
        each for form in desk.rules.upstream_forms_on(TODAY) for each in desk.look(upstream_fields, case_id, form.code)
    ]
    assert told
    assert not any("五千" in str(each.value) for each in told)
    assert not any("五千" in str(value) for row in report(desk).rows for value in row)


def test_an_unfinished_case_lacks_nothing_of_its_end(desk: Desk) -> None:
    case_id = desk.registered()
    filled = {each.label: each.filling for each in desk.look(upstream_fields, case_id, GB31000)}
    assert filled["化解情况"] is Filling.NOTHING
    assert filled["考评意见"] is Filling.NOT_KEPT
