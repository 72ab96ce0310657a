"""Availability by workbook: previewed, confirmed, taken over; whatever cannot be told is held back and named."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.errors import ChangedMeanwhile, FileRefused
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.availability import (
    AvailabilityPreview,
    availability_template,
    preview_availability,
    take_over_availability,
)
from mediation_desk.services.availability_people import number_of
from mediation_desk.services.calendar import set_opening
from mediation_desk.services.posts import save_clash
from mediation_desk.services.wishes import wish
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, Desk
from tests.duty import MONTH, PM, Duty, at
from tests.exchange.sheets import LEAVE_HEAD, PEOPLE_HEAD, packed, workbook

POSTS_HEAD = ("岗位", "职业身份", "每半天人数")
CLASHES_HEAD = ("单位一", "单位二", "原因")
DAYS = [date(2026, 12, day) for day in (1, 2, 3, 4, 5, 7, 8, 9)]


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def grid(*rows: Sequence[object]) -> bytes:
    """A grid of the mornings and afternoons of `DAYS`."""
    days = [day for day in DAYS for _ in Half]
    halves = ["上午", "下午"] * len(DAYS)
    return packed(workbook(可排情况=[["工号", "姓名", *days], ["", "", *halves], *rows]))


def sheets(**named: Sequence[Sequence[object]]) -> bytes:
    heads = {"请假": LEAVE_HEAD, "人员": PEOPLE_HEAD, "岗位": POSTS_HEAD, "互斥单位": CLASHES_HEAD}
    return packed(workbook(**{"请假": [LEAVE_HEAD]} | {name: [heads[name], *rows] for name, rows in named.items()}))


def marks(**on: str) -> list[object]:
    """A row of marks: `d1am="假"`."""
    cells = {(f"d{day.day}{half.value}"): None for day in DAYS for half in Half} | on
    return list(cells.values())


def preview(desk: Desk, content: bytes, month: date = MONTH, **corrections: str) -> AvailabilityPreview:
    with desk.database.reading() as records:
        return preview_availability(records, desk.act, month, content)


def texts(found: AvailabilityPreview) -> list[str]:
    return [remark.text for remark in found.remarks]


def test_what_a_workbook_would_change_is_shown_and_nothing_is_changed(duty: Duty) -> None:
    duty.post()
    duty.person("王芳")
    before = duty.desk.contents()
    found = preview(duty.desk, grid(["", "王芳", *marks(d1am="假", d1pm="假", d3am="愿2", d8am="锁定 律师")]))
    assert found.changes == (
        "王芳 请假 12/1全天",
        "王芳 2026年12月3日（周四）上午 愿2",
        "王芳 2026年12月8日（周二）上午 锁定“律师”",
    )
    assert texts(found) == []
    assert duty.desk.contents() == before


def test_what_was_confirmed_is_taken_over(duty: Duty) -> None:
    desk, post, person = duty.desk, duty.post(), duty.person("王芳")
    found = preview(desk, grid(["", "王芳", *marks(d1am="假", d3am="不愿3", d8am="锁定 律师")]))
    assert desk.do(take_over_availability, found) == []
    with desk.database.reading() as records:
        [leave] = records.presence.leaves(MONTH, date(2026, 12, 31))
        [kept] = records.rosters.wishes(MONTH, date(2026, 12, 31))
        draft = records.rosters.draft(MONTH)
    assert (leave.mediator_id, leave.first, leave.last) == (person, at(1), at(1))
    assert (kept.half_day, kept.weight) == (at(3), -3)
    assert draft is not None
    assert [(shift.placing, shift.locked) for shift in draft.shifts] == [(Placing(at(8), post, person), True)]


def test_the_same_workbook_again_changes_nothing(duty: Duty) -> None:
    desk = duty.desk
    duty.post()
    duty.person("王芳")
    content = grid(["", "王芳", *marks(d1am="假", d3am="愿", d8am="锁定 律师")])
    desk.do(take_over_availability, preview(desk, content))
    again = preview(desk, content)
    assert (again.changes, again.already, texts(again)) == ((), 3, [])


def test_the_template_goes_round_and_comes_back_with_nothing_new(duty: Duty) -> None:
    desk = duty.desk
    duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.leave(one, at(1), at(3))
    desk.do(wish, other, at(7), 2)
    desk.do(save_clash, "王芳所", "李平所", "代理对方")
    with desk.database.reading() as records:
        content = availability_template(records, desk.act, MONTH)
    sheet = load_workbook(BytesIO(content))["可排情况"]
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == ["M002", number_of(one), number_of(other)]
    found = preview(desk, content)
    assert (found.changes, texts(found)) == ((), [])


def test_a_refused_workbook_is_refused_here_too(desk: Desk) -> None:
    with pytest.raises(FileRefused):
        preview(desk, b"")


def test_what_changed_since_the_preview_is_not_overwritten(duty: Duty) -> None:
    desk, person = duty.desk, duty.person("王芳")
    found = preview(desk, sheets(请假=[["", "王芳", "12.1"]]))
    duty.leave(person, at(1), at(4))
    before = desk.contents()
    with pytest.raises(ChangedMeanwhile, match="没有导入。请重新看一遍预览"):
        desk.do(take_over_availability, found)
    assert desk.contents() == before


# ---- people


def test_two_of_a_name_are_told_apart_by_number_only(duty: Duty) -> None:
    first, second = duty.person("王芳"), duty.person("王芳", unit="乙所")
    found = preview(
        duty.desk, sheets(请假=[["", "王芳", "12.1"], [number_of(second), "王芳", "12.2"], [str(first), "", "12.3"]])
    )
    numbers = f"{number_of(first)}、{number_of(second)}"
    [held] = found.held_back
    assert held.text == f"「请假」第2行 姓名“王芳”：“王芳”有2人，请用工号（{numbers}）。这一行没有采用。"
    assert found.changes == ("王芳 请假 12/2全天", "王芳 请假 12/3全天")


@pytest.mark.parametrize(
    ("number", "name", "sentence"),
    [
        ("", "王方", "「请假」第2行 姓名“王方”不在名册，是否为“王芳”？"),
        ("", "孫律", "「请假」第2行 姓名“孫律”不在名册，是否为“孙律”？"),
        ("", "无此人名", "「请假」第2行 姓名“无此人名”不在名册，请核对。"),
        ("M099", "王芳", "「请假」第2行 工号“M099”：名册里没有这个工号，这一行没有采用。"),
        ("甲", "王芳", "「请假」第2行 工号“甲”：名册里没有这个工号，这一行没有采用。"),
        ("M001", "王芳", "「请假」第2行 工号“M001”：工号M001是“赵和”，与姓名“王芳”不符，这一行没有采用。"),
        ("M005", "", "「请假」第2行 工号“M005”：“钱老”那时不在册，这一行没有采用。"),
        ("", "钱老", "「请假」第2行 姓名“钱老”：那时不在册，这一行没有采用。"),
    ],
)
def test_who_is_not_known_is_named_and_the_nearest_offered(duty: Duty, number: str, name: str, sentence: str) -> None:
    duty.person("王芳")
    assert duty.person("钱老", left_on=date(2026, 6, 1)) == 5
    found = preview(duty.desk, sheets(请假=[[number, name, "12.1"], ["", "王芳", "12.2"]]))
    assert [remark.text for remark in found.held_back] == [sentence]
    assert found.changes == ("王芳 请假 12/2全天",)


def test_an_offered_name_is_taken_when_a_person_accepts_it(duty: Duty) -> None:
    duty.person("王芳")
    content = sheets(请假=[["", "王方", "12.1"]])
    [offered] = preview(duty.desk, content).held_back
    with duty.desk.database.reading() as records:
        accepted = {offered.spot.key: offered.suggestion}
        found = preview_availability(records, duty.desk.act, MONTH, content, accepted)
    assert found.changes == ("王芳 请假 12/1全天",)


def test_a_person_twice_in_the_grid_keeps_the_first_row(duty: Duty) -> None:
    duty.person("王芳")
    found = preview(duty.desk, grid(["", "王芳", *marks(d1am="假")], ["M004", "", *marks(d2am="假", d3am="愿")]))
    assert [remark.text for remark in found.held_back] == [
        "「可排情况」第4行 姓名“王芳”：在第3行已经填过，这一行没有采用。"
    ]
    assert found.changes == ("王芳 请假 12/1上午",)


# ---- leave


def test_overlapping_and_adjoining_leave_is_merged_and_said(duty: Duty) -> None:
    duty.people(["王芳", "李平"])
    found = preview(
        duty.desk,
        sheets(
            请假=[
                ["", "王芳", "12.3", "上午", "12.8", "下午", "病假"],
                ["", "李平", "12.3", "上午", "12.4", "下午"],
                ["", "王芳", "12.7", "上午", "12.10", "下午", "带孩子"],
                ["", "李平", "12.5", "上午", "12.8", "下午"],
                ["", "王芳", "12.11", "上午", "12.11", "下午", "公差"],
            ]
        ),
    )
    assert texts(found) == [
        "「请假」第4行：王芳请假 12/3上午—12/8下午 与 12/7上午—12/10下午 重叠，已合并为 12/3上午—12/10下午。",
        "「请假」第5行：李平请假 12/3上午—12/4下午 与 12/5上午—12/8下午 相接，已合并为 12/3上午—12/8下午。",
    ]
    assert found.changes == (
        "王芳 请假 12/3上午—12/10下午",
        "王芳 请假 12/11全天",
        "李平 请假 12/3上午—12/8下午",
    )
    said = duty.desk.do(take_over_availability, found)
    assert not any("重复" in each for each in said)
    with duty.desk.database.reading() as records:
        leaves = records.presence.leaves(MONTH, date(2026, 12, 31), mediator_id=duty.ids["王芳"])
    assert [(each.reason, each.note) for each in leaves] == [("sick", "带孩子"), ("business", "")]


def test_leave_beyond_the_month_is_clipped_with_a_notice(duty: Duty) -> None:
    duty.people(["王芳", "李平"])
    found = preview(
        duty.desk, sheets(请假=[["", "王芳", "11.26", "", "12.1"], ["", "李平", "2026-11-2", "", "2026-11-4"]])
    )
    assert texts(found) == [
        "「请假」第2行：王芳请假 11/26上午—12/1下午 超出12月，只取 12/1全天。",
        "「请假」第2行：没有写半天，按整天计。",
        "「请假」第3行：李平请假 11/2上午—11/4下午 不在12月，没有采用。",
    ]
    assert found.changes == ("王芳 请假 12/1全天",)


def test_leave_before_somebody_joined_is_held_back(duty: Duty) -> None:
    duty.person("王芳", joined_on=date(2026, 12, 10))
    found = preview(duty.desk, sheets(请假=[["", "王芳", "12.1"]]))
    assert [remark.text for remark in found.held_back] == ["「请假」第2行：王芳那时不在册，没有采用。"]


def test_leave_on_closed_days_only_is_skipped_and_says_how_to_open(duty: Duty) -> None:
    duty.person("王芳")
    duty.desk.do(set_opening, [at(8), at(8, PM)], is_open=False, reason="停电")
    found = preview(duty.desk, grid(["", "王芳", *marks(d5am="假", d8am="愿", d8pm="锁定 律师")]))
    assert texts(found) == [
        "「可排情况」第3行 12/5上午“假”：12/5 周六休息，不排班；若开放请先改开放日。没有采用。",
        "「可排情况」第3行 12/8上午“愿”：12/8 中心自定：停电休息，不排班；若开放请先改开放日。没有采用。",
        "「可排情况」第3行 12/8下午“锁定 律师”不在填写词和岗位之中，请核对。",
    ]
    assert found.changes == ()


def test_a_holiday_is_named_as_the_reason(duty: Duty) -> None:
    duty.post()
    duty.person("王芳")
    head = ["工号", "姓名", "9月25日上午"]
    content = packed(workbook(可排情况=[head, ["", "王芳", "锁定 律师"]]))
    found = preview(duty.desk, content, date(2026, 9, 1))
    [remark] = found.remarks
    assert remark.text.startswith("「可排情况」第2行 9/25上午“锁定 律师”：9/25 中秋节休息，不排班；若开放请先改开放日")


# ---- wishes


def test_wishes_beyond_the_limits_are_left_out_by_name(duty: Duty) -> None:
    duty.people(["王芳", "李平"])
    found = preview(
        duty.desk,
        grid(
            ["", "王芳", *marks(d1am="愿", d2am="愿", d3am="愿", d4am="不愿", d7am="愿")],
            ["", "李平", *marks(d1am="愿3", d2am="愿3", d3am="愿")],
        ),
    )
    assert texts(found) == [
        "「可排情况」第3行 12/7上午“愿”：愿望超过4条，取前4条，这一条没有采用。",
        "「可排情况」第4行 12/3上午“愿”：愿望轻重合计超过6，这一条没有采用。",
    ]
    assert len(found.changes) == 6
    assert duty.desk.do(take_over_availability, found) == []


def test_a_wish_on_own_leave_is_ignored_and_said(duty: Duty) -> None:
    person = duty.person("王芳")
    duty.leave(person, at(2))
    content = packed(
        workbook(
            可排情况=[["姓名", "12月1日上午", "12月2日上午"], ["王芳", "愿", "愿"]],
            请假=[["姓名", "开始日期", "开始半天"], ["王芳", "12月1日", "上午"]],
        )
    )
    found = preview(duty.desk, content)
    assert texts(found) == [
        "「可排情况」第2行 12/1上午“愿”：与请假重复，忽略。",
        "「可排情况」第2行 12/2上午“愿”：与请假重复，忽略。",
    ]


def test_a_wish_of_another_weight_replaces_the_one_before(duty: Duty) -> None:
    person = duty.person("王芳")
    duty.desk.do(wish, person, at(1), 1)
    found = preview(duty.desk, grid(["", "王芳", *marks(d1am="不愿2")]))
    assert found.changes == ("王芳 2026年12月1日（周二）上午 不愿2",)
    duty.desk.do(take_over_availability, found)
    with duty.desk.database.reading() as records:
        assert [each.weight for each in records.rosters.wishes(MONTH, MONTH)] == [-2]


def test_standing_people_and_past_half_days_have_no_wishes(duty: Duty) -> None:
    duty.person("王芳")
    duty.desk.now = datetime(2026, 12, 1, 15)
    found = preview(duty.desk, grid(["M001", "", *marks(d2am="愿")], ["", "王芳", *marks(d1am="愿")]))
    assert texts(found) == [
        "「可排情况」第3行 12/2上午“愿”：赵和是常驻人员，不参加排班，没有采用。",
        "「可排情况」第4行 12/1上午“愿”：这个半天已过，没有采用。",
    ]


# ---- locks


def test_a_lock_must_name_a_post_that_is_known(duty: Duty) -> None:
    duty.post("律师岗")
    duty.person("王芳")
    found = preview(duty.desk, grid(["", "王芳", *marks(d1am="願", d2am="锁定", d3am="锁定 律師岗", d4am="律师岗")]))
    assert texts(found) == [
        "「可排情况」第3行 12/1上午“願”不在填写词和岗位之中，是否为“愿”？",
        "「可排情况」第3行 12/2上午“锁定”：锁定要写明岗位，如“锁定 律师岗”。没有采用。",
        "「可排情况」第3行 12/3上午“锁定 律師岗”不在填写词和岗位之中，是否为“锁定 律师岗”？",
    ]
    assert found.changes == ("王芳 2026年12月4日（周五）上午 锁定“律师岗”",)


def test_a_lock_against_leave_of_the_same_workbook_is_not_applied(duty: Duty) -> None:
    duty.post()
    duty.person("王芳")
    content = packed(
        workbook(
            可排情况=[["姓名", "12月8日上午"], ["王芳", "锁定 律师"]],
            请假=[["姓名", "开始日期", "开始半天"], ["王芳", "12月8日", "上午"]],
        )
    )
    [held] = preview(duty.desk, content).held_back
    assert held.text == (
        "「可排情况」第2行 12/8上午“锁定 律师”：2026年12月8日（周二）上午“律师”王芳：请假（王芳），锁定没有采用。"
    )


def test_two_locks_in_conflict_are_both_named_and_held(duty: Duty) -> None:
    duty.post()
    duty.people(["王芳", "李平"])
    found = preview(
        duty.desk,
        grid(["", "王芳", *marks(d8am="锁定 律师")], ["", "李平", *marks(d8am="锁定 律师", d9am="锁定 律师")]),
    )
    assert [remark.spot.row for remark in found.held_back] == [3, 4]
    assert all("只需轮驻1人，排了2人（王芳、李平）" in remark.text for remark in found.held_back)
    assert found.changes == ("李平 2026年12月9日（周三）上午 锁定“律师”",)


def test_a_lock_beside_a_unit_that_clashes_by_the_same_workbook_is_held(duty: Duty) -> None:
    duty.post("律师", "lawyer", needed=2)
    duty.people(["王芳", "李平"])
    content = packed(
        workbook(
            可排情况=[["姓名", "12月8日上午"], ["王芳", "锁定 律师"], ["李平", "锁定 律师"]],
            互斥单位=[CLASHES_HEAD, ["王芳所", "李平所", ""]],
        )
    )
    found = preview(duty.desk, content)
    assert found.changes == ("“王芳所”与“李平所”互斥",)
    assert len(found.held_back) == 2
    assert all("两单位互斥" in remark.text for remark in found.held_back)


def test_a_lock_where_the_draft_has_somebody_else_is_held(duty: Duty) -> None:
    post = duty.post()
    one, _ = duty.people(["王芳", "李平"])
    duty.draft(Placing(at(8), post, one))
    found = preview(duty.desk, grid(["", "李平", *marks(d8am="锁定 律师", d9am="锁定 律师")]))
    [held] = found.held_back
    assert "只需轮驻1人，排了2人（王芳、李平）" in held.text
    assert found.changes == ("李平 2026年12月9日（周三）上午 锁定“律师”",)
    duty.desk.do(take_over_availability, found)


def test_a_need_raised_by_the_same_workbook_makes_room_for_locks(duty: Duty) -> None:
    duty.post()
    duty.people(["王芳", "李平"])
    rows = [["姓名", "12月8日上午"], ["王芳", "锁定 律师"], ["李平", "锁定 律师"]]
    content = packed(workbook(可排情况=rows, 岗位=[POSTS_HEAD, ["律师", "律师", 2]]))
    found = preview(duty.desk, content)
    assert found.changes[0] == "岗位“律师” 每半天1人改为2人"


# ---- people, posts, units


def test_limits_and_weekly_half_days_change_and_are_said(duty: Duty) -> None:
    person = duty.person("王芳", weekly_pattern=["mon_am"], week_most=3)
    rows = [["", "王芳", "王芳所", "律师", 1, 14, 0, "周一、周三下午"]]
    found = preview(duty.desk, sheets(人员=rows))
    assert texts(found) == [
        "「人员」第2行 每周最多“14”：多于开放的半天，按10计。",
        "「人员」第2行 每月最多“0”：本月不会排到此人。",
    ]
    assert found.changes == (
        "王芳 每日最多 中心统一数改为1",
        "王芳 每周最多 3改为10",
        "王芳 每月最多 中心统一数改为0",
        "王芳 固定半天 “周一上午”改为“周一、周三下午”",
    )
    duty.desk.do(take_over_availability, found)
    with duty.desk.database.reading() as records:
        held = records.mediators.get(person)
    assert (held.day_most, held.week_most, held.month_most) == (1, 10, 0)
    assert held.weekly_pattern == ["mon_am", "mon_pm", "wed_pm"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", "王芳", "", "律師", 1], "「人员」第2行 职业身份“律師”不在字典，是否为“律师”？"),
        (["", "王芳", "王方所", "", 1], "「人员」第2行 单位“王方所”不在名册的单位之中，是否为“王芳所”？"),
    ],
)
def test_unknown_professions_and_units_hold_the_row_and_offer_the_nearest(
    duty: Duty, row: Sequence[object], sentence: str
) -> None:
    duty.person("王芳")
    found = preview(duty.desk, sheets(人员=[row]))
    assert texts(found) == [sentence]
    assert found.changes == ()


def test_a_profession_or_unit_that_differs_from_the_directory_is_said_and_left(duty: Duty) -> None:
    duty.people(["王芳", "李平"])
    found = preview(duty.desk, sheets(人员=[["", "王芳", "李平所", "心理咨询师", 1]]))
    assert texts(found) == [
        "「人员」第2行 职业身份“心理咨询师”：与名册不同，名册没有改动；要改请到调解员页。",
        "「人员」第2行 单位“李平所”：与名册（王芳所）不同，名册没有改动；要改请到调解员页。",
    ]
    assert found.changes == ("王芳 每日最多 中心统一数改为1",)


def test_needs_and_clashes_change_or_are_ignored_by_name(duty: Duty) -> None:
    duty.post("律师岗")
    duty.post("咨询岗", "counsellor")
    duty.people(["王芳", "李平"])
    duty.desk.do(save_clash, "王芳所", "李平所", "")
    found = preview(
        duty.desk,
        sheets(
            岗位=[["律师岗", "", 2], ["咨询岗", "", 1], ["律師崗", "", 3]],
            互斥单位=[
                ["王芳所", "王芳所", ""],
                ["李平所", "王芳所", ""],
                ["王芳所", "丙局", ""],
                ["王芳所", "张三所", ""],
            ],
        ),
    )
    assert texts(found) == [
        "「岗位」第4行 岗位“律師崗”不在岗位之中，是否为“律师岗”？",
        "「互斥单位」第2行 “王芳所”不能与自己互斥，忽略。",
        "「互斥单位」第4行 单位二“丙局”不在名册的单位之中，请核对。",
        "「互斥单位」第5行 单位二“张三所”不在名册的单位之中，请核对。",
    ]
    assert (found.changes, found.already) == (("岗位“律师岗” 每半天1人改为2人",), 2)
    duty.desk.do(take_over_availability, found)
    with duty.desk.database.reading() as records:
        assert [each.needed for each in records.rosters.posts()] == [2, 1]


def test_a_new_clash_is_taken_over_once(duty: Duty) -> None:
    duty.people(["王芳", "李平"])
    found = preview(duty.desk, sheets(互斥单位=[["王芳所", "李平所", "代理对方"], ["李平所", "王芳所", ""]]))
    assert found.changes == ("“王芳所”与“李平所”互斥",)
    duty.desk.do(take_over_availability, found)
    with duty.desk.database.reading() as records:
        [clash] = records.rosters.clashes()
    assert clash.reason == "代理对方"


def test_everything_else_goes_on_beside_what_is_held(duty: Duty) -> None:
    duty.post()
    duty.people(["王芳", "李平"])
    found = preview(
        duty.desk,
        sheets(
            请假=[["", "王芳", "12.40"], ["", "李平", "12.1"]], 人员=[["", "无名", "", "", 1], ["", "王芳", "", "", 1]]
        ),
    )
    assert len(found.held_back) == 2
    assert found.changes == ("李平 请假 12/1全天", "王芳 每日最多 中心统一数改为1")


def test_standing_people_take_leave_by_workbook_too(desk: Desk) -> None:
    found = preview(desk, sheets(请假=[["M001", "赵和", "12.1", "下午"]]))
    desk.do(take_over_availability, found)

    def leaves(records: Records) -> list[tuple[HalfDay, HalfDay]]:
        found = records.presence.leaves(MONTH, date(2026, 12, 31), mediator_id=APPOINTED)
        return [(each.first, each.last) for each in found]

    with desk.database.reading() as records:
        assert leaves(records) == [(at(1, PM), at(1, PM))]
