"""The workbook of availability: whatever an office sends, what it says is read, and what cannot be told is named."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from mediation_desk.domain.availability import (
    AvailabilityRead,
    ClashEntry,
    LeaveEntry,
    LockEntry,
    NeedEntry,
    PersonEntry,
    Who,
    WishEntry,
)
from mediation_desk.domain.errors import FileRefused
from mediation_desk.domain.half_day import Half
from mediation_desk.exchange import availability, sheet_rows
from mediation_desk.exchange.availability import read_availability
from tests.exchange.sheets import MONTH, PEOPLE_HEAD, at, grid, leave, packed, workbook


def texts(read: AvailabilityRead) -> list[str]:
    return [remark.text for remark in read.messages]


def spans(read: AvailabilityRead) -> list[tuple[object, object]]:
    return [(each.first, each.last) for each in read.entries if isinstance(each, LeaveEntry)]


# ---- files that are no such workbook


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a workbook", "这不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 再导入。"),
        (b"\xd0\xcf\x11\xe0old", "这是旧版 .xls 文件，或者加了密码。请去掉密码，另存为 .xlsx 再导入。"),
        (b" " * 5_000_001, "文件超过5兆，不会是一张可排情况表。"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_availability(content, MONTH)
    assert str(refused.value) == f"可排情况表没有导入，原有数据没有改动：\n{sentence}"


def zipped(content: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed_up:
        packed_up.writestr("xl/workbook.xml", content)
    return file.getvalue()


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(FileRefused, match="文件已损坏，读不出来"):
        read_availability(zipped(b"<workbook"), MONTH)


def test_a_file_that_swells_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "_LARGEST_UNPACKED", 1_000)
    with pytest.raises(FileRefused, match="文件解开后过大"):
        read_availability(zipped(b" " * 1_001), MONTH)


def test_a_workbook_without_our_sheets_is_refused_naming_those_it_has() -> None:
    with pytest.raises(FileRefused, match="没有名为“可排情况”的工作表，只有“Sheet1”、“表二”。请用模板填写"):
        read_availability(packed(workbook(Sheet1=[], 表二=[])), MONTH)


def test_a_sheet_in_traditional_characters_is_offered_and_not_taken() -> None:
    with pytest.raises(FileRefused, match="如果“可排情況”就是它，请把工作表改名为“可排情况”再导入"):
        read_availability(packed(workbook(可排情況=[])), MONTH)


def test_the_workbook_of_another_month_is_refused() -> None:
    book = grid(["M001", "王芳", "", "", "假"], days=(date(2026, 10, 8), None))
    with pytest.raises(FileRefused, match="这是2026年10月的表，现在要排的是2026年9月"):
        read_availability(packed(book), MONTH)


# ---- the grid


def test_marks_of_the_grid_become_leave_wishes_and_locks() -> None:
    read = read_availability(packed(grid(["M001", "王芳", "", "", "假", "愿", "不愿3", "锁定：律师岗"])), MONTH)
    who = Who("M001", "王芳")
    spot, *_ = (entry.spot for entry in read.entries)
    assert [type(entry) for entry in read.entries] == [LeaveEntry, WishEntry, WishEntry, LockEntry]
    assert all(not isinstance(entry, ClashEntry | NeedEntry) and entry.who == who for entry in read.entries)
    assert [entry.weight for entry in read.entries if isinstance(entry, WishEntry)] == [1, -3]
    assert [entry.post for entry in read.entries if isinstance(entry, LockEntry)] == ["律师岗"]
    assert spot.label == "「可排情况」第4行 9/3上午“假”"
    assert texts(read) == []


def test_leave_without_a_gap_is_one_leave_and_full_width_words_are_read() -> None:
    read = read_availability(packed(grid(["", "王芳", "", "", "请假", "假", None, "愿２"])), MONTH)
    assert spans(read) == [(at(3), at(3, Half.PM))]
    assert [entry.weight for entry in read.entries if isinstance(entry, WishEntry)] == [2]


def test_leave_with_a_gap_is_two() -> None:
    read = read_availability(packed(grid(["", "王芳", "", "", "假", None, "休假", "假"])), MONTH)
    assert spans(read) == [(at(3), at(3)), (at(4), at(4, Half.PM))]


@pytest.mark.parametrize(
    "days",
    [
        ("9月3日", "9月3日", "9月4日", "9月4日"),
        ("9.3", None, "９．４", None),
        (46268, None, 46269, None),
        (3, None, "4日", None),
        (datetime(2026, 9, 3), None, "2026-9-4", None),
        ("9月3日上午", "9月3日下午", "9月4日上午", "9月4日下午"),
    ],
)
def test_days_over_the_grid_are_read_as_people_type_them(days: Sequence[object]) -> None:
    read = read_availability(packed(grid(["", "王芳", "", "", None, "愿", "假", None], days=days)), MONTH)
    assert spans(read) == [(at(4), at(4))]
    assert [entry.half_day for entry in read.entries if isinstance(entry, WishEntry)] == [at(3, Half.PM)]


def test_halves_may_stand_beside_the_day_in_one_row() -> None:
    head = ["工号", "姓名", "9月3日上午", "9月3日下午", "9月4日"]
    read = read_availability(packed(workbook(可排情况=[head, ["", "王芳", "假", "愿", "愿"]])), MONTH)
    assert spans(read) == [(at(3), at(3))]
    assert texts(read) == ["「可排情况」第1行 第5列表头“9月4日”：没有写上午或下午，这一列没有读取。"]


def test_what_is_wrong_over_the_grid_costs_its_column_only() -> None:
    days = ("初三", None, date(2026, 9, 4), date(2026, 9, 4))
    book = grid(["", "王芳", "", "", "假", "假", "愿", "不愿"], days=days)
    book["可排情况"]["H3"] = "上午"
    read = read_availability(packed(book), MONTH)
    assert [entry.weight for entry in read.entries if isinstance(entry, WishEntry)] == [1]
    assert texts(read) == [
        "「可排情况」第2行 第5列表头“初三”：看不懂这个日期，这一列没有读取。",
        "「可排情况」第2行 第8列表头“上午”：这个半天有两列，后一列没有读取。",
    ]


def test_days_of_other_months_are_named_once_and_left_out() -> None:
    days = (date(2026, 8, 31), None, date(2026, 9, 4), None)
    read = read_availability(packed(grid(["", "王芳", "", "", "假", "假", "假"], days=days)), MONTH)
    assert spans(read) == [(at(4), at(4))]
    assert texts(read) == ["「可排情况」第2行有9月以外的日期（2026-08-31至2026-08-31），没有采用。"]


def test_merged_cells_are_held_back_and_the_rest_of_the_row_goes_on() -> None:
    book = grid(["", "王芳", "", "", "假", None, "愿", None])
    book["可排情况"].merge_cells("E4:F4")
    read = read_availability(packed(book), MONTH)
    assert [type(entry) for entry in read.entries] == [WishEntry]
    [held] = read.held_back
    assert held.text.startswith("「可排情况」第4行 9/3上午“假”：与旁边的格合并")


def test_a_merged_day_over_its_two_halves_is_plain_enough() -> None:
    book = grid(["", "王芳", "", "", None, "愿"])
    book["可排情况"].merge_cells("E2:F2")
    read = read_availability(packed(book), MONTH)
    assert [entry.half_day for entry in read.entries if isinstance(entry, WishEntry)] == [at(3, Half.PM)]
    assert texts(read) == []


def test_a_row_with_merged_names_is_held_back() -> None:
    book = grid(["", "王芳", "", "", "假"], ["", None, "", "", "假"])
    book["可排情况"].merge_cells("B4:B5")
    read = read_availability(packed(book), MONTH)
    assert read.entries == ()
    assert [remark.spot.row for remark in read.held_back] == [4, 5]
    assert "单元格与别的单元格合并" in read.held_back[0].text


def test_marks_of_nobody_are_held_back() -> None:
    read = read_availability(packed(grid([None, None, "", "", "假"])), MONTH)
    assert read.entries == ()
    assert texts(read) == ["「可排情况」第4行 姓名没有填写，这一行没有采用。"]


def test_a_grid_without_names_is_not_read() -> None:
    read = read_availability(packed(workbook(可排情况=[["单位", "职业身份"], ["一", "二"]])), MONTH)
    assert texts(read) == ["「可排情况」第1行没有“姓名”或“工号”这一列，这张表没有采用。请用模板填写。"]


def test_an_empty_sheet_is_not_read() -> None:
    read = read_availability(packed(workbook(可排情况=[])), MONTH)
    assert read.entries == ()
    assert len(read.held_back) == 1


# ---- the list of leave


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-9-4", "2026-9-8"),
        ("9月4日", "9月8号"),
        ("9.4", "9/8"),
        (9.4, 9.8),
        (46269, 46273),
        ("46269", 46273.5),
        ("９月４日", "２０２６－９－８"),
        (date(2026, 9, 4), datetime(2026, 9, 8, 17)),
        ("20260904", "20260908"),
    ],
)
def test_days_are_read_in_every_shape_people_type(first: object, last: object) -> None:
    read = read_availability(leave(["", "王芳", first, "", last, "", "年休假"]), MONTH)
    [entry] = read.entries
    assert isinstance(entry, LeaveEntry)
    assert (entry.first, entry.last, entry.reason) == (at(4), at(8, Half.PM), "年休假")
    assert entry.halves_open


def test_halves_are_read_and_a_leave_of_one_half_day_needs_no_end() -> None:
    rows = [["", "王芳", "9.4", "下午", "9.8", "上午"], ["", "李平", "9.4", "AM"]]
    read = read_availability(leave(*rows), MONTH)
    assert spans(read) == [(at(4, Half.PM), at(8)), (at(4), at(4))]
    assert not any(entry.halves_open for entry in read.entries if isinstance(entry, LeaveEntry))


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    read = read_availability(leave(["", "王芳", "12月30日", "", "1月3日"]), date(2027, 1, 1))
    [entry] = read.entries
    assert isinstance(entry, LeaveEntry)
    assert (entry.first.day, entry.last.day) == (date(2026, 12, 30), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", "王芳", "9月31日"], " 开始日期“9月31日”：没有这一天，请核对日期。这一行没有采用。"),
        (["", "王芳", "明天"], " 开始日期“明天”：看不懂这个日期，请写成 2026-9-4 的样子。这一行没有采用。"),
        (["", "王芳", True], " 开始日期“True”：看不懂这个日期，请写成 2026-9-4 的样子。这一行没有采用。"),
        (["", "王芳", "九月四日"], " 开始日期“九月四日”：看不懂这个日期，请写成 2026-9-4 的样子。这一行没有采用。"),
        (
            ["", "王芳", 9.1],
            " 开始日期“9.1”：可能是9月1日，也可能是9月10日，请写成“9月1日”的样子。这一行没有采用。",
        ),
        (["", "王芳", "9.8", "", "9.4"], " 结束日期“9.4”：请假结束早于开始，这一行没有采用。"),
        (["", "王芳", "9.8", "中午"], " 开始半天“中午”：半天只能写“上午”“下午”，整天就空着。这一行没有采用。"),
        (["", "王芳", None, "", "9.8"], " 开始日期没有填写，这一行没有采用。"),
        (["", "", "9.8"], " 姓名没有填写，这一行没有采用。"),
    ],
)
def test_a_row_of_leave_that_cannot_be_is_held_back_and_named(row: Sequence[object], sentence: str) -> None:
    read = read_availability(leave(row, ["", "李平", "9.4"]), MONTH)
    assert [remark.text for remark in read.held_back] == [f"「请假」第2行{sentence}"]
    assert spans(read) == [(at(4), at(4, Half.PM))]


def test_a_leave_that_begins_in_the_afternoon_cannot_end_that_morning() -> None:
    read = read_availability(leave(["", "王芳", "9.4", "下午", "9.4", "上午"]), MONTH)
    assert read.entries == ()
    assert "请假结束早于开始" in texts(read)[0]


def test_every_fault_of_a_row_is_named_at_once() -> None:
    read = read_availability(leave(["", "王芳", "明天", "中午", "后天", "夜里"]), MONTH)
    assert [remark.spot.field for remark in read.held_back] == ["开始日期", "结束日期", "开始半天", "结束半天"]


def test_a_caption_in_traditional_characters_is_offered_and_accepted_by_a_person_only() -> None:
    content = leave(["", "王芳", "9.4"], head=("工号", "姓名", "開始日期"))
    read = read_availability(content, MONTH)
    assert read.entries == ()
    offered = read.messages[0]
    assert offered.text == "「请假」第1行 第3列表头“開始日期”不是表上应有的列名，是否为“开始日期”？这一列没有读取。"
    assert texts(read)[1] == "「请假」第1行没有“开始日期”这一列，这张表没有采用。请用模板填写。"
    accepted = read_availability(content, MONTH, {offered.spot.key: offered.suggestion})
    assert spans(accepted) == [(at(4), at(4, Half.PM))]
    assert texts(accepted) == []


def test_a_suggestion_for_a_cell_is_accepted_the_same_way() -> None:
    content = leave(["", "王方", "9.4"])
    read = read_availability(content, MONTH, {("请假", 2, "姓名"): "王芳"})
    [entry] = read.entries
    assert isinstance(entry, LeaveEntry)
    assert entry.who.name == "王芳"


def test_columns_nobody_knows_are_left_alone_and_empty_rows_too() -> None:
    content = leave(["", "王芳", "9.4", "甲"], [], ["", "", "", "乙"], head=("工号", "姓名", "开始日期", "电话号码"))
    read = read_availability(content, MONTH)
    assert len(read.entries) == 1
    assert texts(read) == []


def test_the_head_may_stand_below_a_heading() -> None:
    content = packed(workbook(请假=[["九月请假"], [], ["姓名", "开始日期"], ["王芳", "9.4"]]))
    assert spans(read_availability(content, MONTH)) == [(at(4), at(4, Half.PM))]


def test_a_formula_counts_for_nothing_and_a_name_is_cleaned() -> None:
    read = read_availability(leave(["", "王 芳", "9.4"], ["", "李平", "=1+1"]), MONTH)
    assert [entry.who.name for entry in read.entries if isinstance(entry, LeaveEntry)] == ["王芳"]
    assert texts(read) == ["「请假」第3行 开始日期没有填写，这一行没有采用。"]


def test_rows_beyond_the_most_are_said_not_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 2)
    read = read_availability(leave(["", "王芳", "9.4"], ["", "李平", "9.4"]), MONTH)
    assert len(read.entries) == 1
    assert texts(read) == ["「请假」第2行以下没有读取：一张表最多2行。"]


# ---- people, posts, units that do not meet


def test_limits_and_weekly_half_days_of_a_person_are_read() -> None:
    row = ["M001", "王芳", "正大律师事务所", "律师", 1, "３", "", "周一上午、星期天，周三"]
    read = read_availability(packed(workbook(请假=[], 人员=[PEOPLE_HEAD, row])), MONTH)
    [entry] = read.entries
    assert isinstance(entry, PersonEntry)
    assert entry.caps == {"day_most": 1, "week_most": 3}
    assert entry.weekly_pattern == ("mon_am", "wed_am", "wed_pm", "sun_am", "sun_pm")
    assert (entry.unit, entry.profession) == ("正大律师事务所", "律师")


@pytest.mark.parametrize(
    ("sheet", "head", "row", "sentence"),
    [
        ("岗位", ("岗位", "每半天人数"), ("律师岗", 0), "每半天人数“0”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("律师岗", -1), "每半天人数“-1”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("律师岗", "两"), "每半天人数“两”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("律师岗", 1.5), "每半天人数“1.5”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("律师岗", 21), "每半天人数“21”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("律师岗", True), "每半天人数“True”：应当是1至20的整数。"),
        ("岗位", ("岗位", "每半天人数"), ("", 1), "岗位没有填写，"),
        ("人员", PEOPLE_HEAD, ("", "王芳", "", "", 3), "每日最多“3”：应当是1至2的整数。"),
        ("人员", PEOPLE_HEAD, ("", "王芳", "", "", "", -1), "每周最多“-1”：应当是0至14的整数。"),
        ("人员", PEOPLE_HEAD, ("", "王芳", "", "", "", "", "", "初一"), "固定半天“初一”：看不懂固定半天"),
        ("互斥单位", ("单位一", "单位二"), ("甲", ""), "单位二没有填写，"),
    ],
)
def test_numbers_out_of_range_and_missing_words_hold_the_row_back(
    sheet: str, head: Sequence[str], row: Sequence[object], sentence: str
) -> None:
    read = read_availability(packed(workbook(**{"请假": [], sheet: [head, row]})), MONTH)
    assert [remark for remark in read.messages if remark.spot.sheet == sheet and not remark.held] == []
    [held] = [remark for remark in read.held_back if remark.spot.sheet == sheet]
    assert held.text.startswith(f"「{sheet}」第2行 {sentence}")
    assert read.entries == ()


def test_needs_and_units_that_do_not_meet_are_read() -> None:
    posts = [("岗位", "职业身份", "每半天人数"), ("律师岗", "律师", 2), ("咨询岗", "", None)]
    clashes = [("单位一", "单位二", "原因"), ("甲所", "乙所", "代理对方")]
    read = read_availability(packed(workbook(请假=[], 岗位=posts, 互斥单位=clashes)), MONTH)
    need, clash = read.entries
    assert isinstance(need, NeedEntry)
    assert (need.post, need.needed, need.profession) == ("律师岗", 2, "律师")
    assert isinstance(clash, ClashEntry)
    assert (clash.one_unit, clash.other_unit, clash.reason) == ("甲所", "乙所", "代理对方")


@pytest.mark.parametrize("title", ["人员", "岗位", "互斥单位"])
def test_a_sheet_without_the_columns_it_needs_is_not_read(title: str) -> None:
    read = read_availability(packed(workbook(**{"请假": [], title: [["原因", "固定半天"], ["一", "二"]]})), MONTH)
    assert read.entries == ()
    assert any("这张表没有采用" in text for text in texts(read) if text.startswith(f"「{title}」"))


@pytest.mark.parametrize("spoil", [lambda book: book["可排情况"].merge_cells("A1:D1")])
def test_a_merged_heading_does_not_matter(spoil: Callable[[object], None]) -> None:
    book = grid(["", "王芳", "", "", "假"])
    spoil(book)
    assert len(read_availability(packed(book), MONTH).entries) == 1
