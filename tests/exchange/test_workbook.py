"""Tables as a workbook: values as what they are, text as text, fit to be read and printed."""

from datetime import date, datetime

import pytest

from mediation_desk.exchange.workbook import Column, Table, write_lines, write_workbook
from tests.exchange.sheets import opened

COLUMNS = [Column("姓名", 10), Column("日期"), Column("时刻"), Column("次数"), Column("休息", 4, shaded=True)]
TABLE = Table(
    "名单",
    "九月名单",
    COLUMNS,
    [["王芳", date(2026, 9, 4), datetime(2026, 9, 4, 9, 30), 3, None]],
    total=["合计", None, None, 3, None],
    notes=["只计已发布的排班。"],
)


def test_days_and_numbers_are_values_that_can_be_sorted() -> None:
    sheet = opened(write_workbook([TABLE]))["名单"]
    cells = [cell.value for cell in sheet[3]]
    assert cells == ["王芳", datetime(2026, 9, 4), datetime(2026, 9, 4, 9, 30), 3, None]
    assert [cell.number_format for cell in sheet[3][1:3]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_a_sheet_has_heading_head_total_and_notes() -> None:
    sheet = opened(write_workbook([TABLE]))["名单"]
    assert sheet["A1"].value == "九月名单"
    assert [cell.value for cell in sheet[2]] == ["姓名", "日期", "时刻", "次数", "休息"]
    assert [sheet["A4"].value, sheet["D4"].value] == ["合计", 3]
    assert sheet["A4"].font.bold
    assert not sheet["A3"].font.bold
    assert sheet["A6"].value == "只计已发布的排班。"


def test_the_head_stays_in_sight_and_on_every_printed_page() -> None:
    sheet = opened(write_workbook([TABLE]))["名单"]
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.column_dimensions["A"].width == 10
    assert sheet["E3"].fill.fill_type == "solid"
    assert sheet["A3"].fill.fill_type is None


def test_a_wide_table_goes_on_a3() -> None:
    columns = [Column(str(number)) for number in range(40)]
    sheet = opened(write_workbook([Table("宽", "宽表", columns, [])]))["宽"]
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A3


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", '=HYPERLINK("x","y")', "\t=1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    sheet = opened(write_workbook([Table("表", text, [Column(text)], [[text]])]))["表"]
    for place in ("A1", "A2", "A3"):
        assert (sheet[place].value, sheet[place].data_type) == (text, "s")
        assert sheet[place].quotePrefix


def test_what_the_format_cannot_hold_is_left_out_of_a_text() -> None:
    sheet = opened(write_workbook([Table("表", "", [Column("姓名")], [["王\x0b芳𠮷"]])]))["表"]
    assert sheet["A3"].value == "王芳𠮷"
    assert sheet["A1"].value is None


def test_a_workbook_has_a_sheet_for_each_table_in_order() -> None:
    content = write_workbook([TABLE, Table("第二", "", [Column("甲")], [])])
    assert opened(content).sheetnames == ["名单", "第二"]


def test_lines_for_a_program_are_captions_and_values_alone() -> None:
    content = write_lines("名单", COLUMNS[:4], [["01", date(2026, 9, 4), datetime(2026, 9, 4, 9, 30), 3]])
    sheet = opened(content)["名单"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["姓名", "日期", "时刻", "次数"],
        ["01", datetime(2026, 9, 4), datetime(2026, 9, 4, 9, 30), 3],
    ]
    assert (sheet["A2"].data_type, sheet["A2"].number_format) == ("s", "@")
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("B2", 10)
