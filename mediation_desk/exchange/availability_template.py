"""Writes the workbook that is sent round to the offices, filled in with what is known. `availability` reads it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from mediation_desk.domain.availability import LEAVE_MARK, LOCK_MARK, WISH_MARKS, whole_month
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay, half_days
from mediation_desk.exchange.availability import (
    CAPS,
    CAPTIONS,
    CLASHES,
    GRID,
    LEAVE,
    NUMBER,
    PEOPLE,
    POSTS,
)
from mediation_desk.exchange.cell_values import pattern_in_words
from mediation_desk.exchange.workbook import (
    Column,
    Table,
    Value,
    bytes_of,
    make_printable,
    put,
    put_head,
    put_table,
    shade,
    thin_border,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

GUIDE = "填表说明"
_WIDTHS = {"工号": 8.0, "姓名": 12.0, "单位": 22.0, "职业身份": 14.0, "事由": 20.0, "固定半天": 26.0, "岗位": 18.0}
_WIDE_UNITS = {"单位一": 22.0, "单位二": 22.0, "原因": 24.0}
_ROWS_TO_FILL = 40
_MARK_WIDTH = 6.0
_LONGEST_CHOICE = 255  # characters, of a list of choices: ECMA-376 part 1, 18.3.1.32
_HALVES = [half.label for half in Half]


@dataclass(frozen=True)
class TemplatePerson:
    """A person as the directory has them. `marks` is what is known already, by half-day."""

    number: str
    name: str
    unit: str = ""
    profession: str = ""
    caps: Mapping[str, int | None] = field(default_factory=dict)
    weekly_pattern: Sequence[str] = ()
    marks: Mapping[HalfDay, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """What the workbook of a month is filled in with. `closed` says why the centre is closed on a half-day.

    `posts` as (name, profession, people needed), `clashes` as (unit, unit, reason).
    """

    month: date
    centre: str
    people: Sequence[TemplatePerson]
    posts: Sequence[tuple[str, str, int]] = ()
    clashes: Sequence[tuple[str, str, str]] = ()
    closed: Mapping[HalfDay, str] = field(default_factory=dict)


def write_template(template: Template) -> bytes:
    """The workbook, ready to be sent round."""
    from openpyxl import Workbook  # 0.15 s, and only whoever imports or exports needs it

    book = Workbook()
    book.active.title = GRID
    _put_grid(book.active, template)
    _put_leave(book.create_sheet(LEAVE), template)
    _put_list(book.create_sheet(PEOPLE), template, _people_rows(template))
    _put_list(book.create_sheet(POSTS), template, template.posts)
    _put_list(book.create_sheet(CLASHES), template, template.clashes)
    _put_guide(book.create_sheet(GUIDE), template)
    return bytes_of(book)


def _put_grid(sheet: "Worksheet", template: Template) -> None:
    """Row 1 the heading, row 2 captions and days, row 3 the halves, then a row for each person."""
    put(sheet.cell(1, 1), _heading(template, "可排情况"), bold=True, size=14)
    captions = CAPTIONS[GRID]
    for at, caption in enumerate(captions, start=1):
        put_head(sheet.cell(2, at), caption)
        put_head(sheet.cell(3, at), "")
        sheet.column_dimensions[sheet.cell(2, at).column_letter].width = _WIDTHS[caption]
    every = list(half_days(*whole_month(template.month)))
    for at, half_day in enumerate(every, start=len(captions) + 1):
        _put_half_day(sheet, at, half_day, closed=half_day in template.closed)
    for number, person in enumerate(template.people, start=4):
        known: list[Value] = [person.number, person.name, person.unit, person.profession]
        for at, value in enumerate(known, start=1):
            put(sheet.cell(number, at), value, bordered=True)
        for at, half_day in enumerate(every, start=len(captions) + 1):
            cell = sheet.cell(number, at)
            put(cell, person.marks.get(half_day, ""), bordered=True)
            if half_day in template.closed:
                shade(cell)
    _offer_marks(sheet, len(captions) + 1, len(template.people) + 3, template)
    sheet.freeze_panes = sheet.cell(4, len(captions) + 1)
    make_printable(sheet, 2)
    sheet.print_title_rows = "2:3"


def _put_half_day(sheet: "Worksheet", at: int, half_day: HalfDay, *, closed: bool) -> None:
    day, half = sheet.cell(2, at), sheet.cell(3, at)
    put_head(day, "")
    day.value = half_day.day
    day.number_format = 'm"月"d"日"'
    put_head(half, f"周{WEEKDAY_LABELS[half_day.day.weekday()]}{half_day.half.label}")
    sheet.column_dimensions[day.column_letter].width = _MARK_WIDTH
    if closed:
        shade(day)
        shade(half)


def _offer_marks(sheet: "Worksheet", column: int, last_row: int, template: Template) -> None:
    marks = [LEAVE_MARK, *WISH_MARKS, *(f"{LOCK_MARK} {name}" for name, *_ in template.posts)]
    while len(",".join(marks)) > _LONGEST_CHOICE:
        marks.pop()
    if last_row > 3:
        area = f"{sheet.cell(4, column).coordinate}:{sheet.cell(last_row, sheet.max_column).coordinate}"
        _offer(sheet, area, marks)


def _offer(sheet: "Worksheet", area: str, choices: Sequence[str]) -> None:
    """A list to choose from that takes other words too: the reader says what it does not know."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
    choice.add(area)
    sheet.add_data_validation(choice)


def _put_leave(sheet: "Worksheet", template: Template) -> None:
    _put_list(sheet, template, [])
    at = {caption: number for number, caption in enumerate(CAPTIONS[LEAVE], start=1)}
    last = _ROWS_TO_FILL + 2
    for caption in ("开始日期", "结束日期"):
        for row in range(3, last + 1):
            sheet.cell(row, at[caption]).number_format = "yyyy-mm-dd"
    for caption in ("开始半天", "结束半天"):
        column = sheet.cell(2, at[caption]).column_letter
        _offer(sheet, f"{column}3:{column}{last}", _HALVES)
    for row in range(3, last + 1):
        for column in at.values():
            sheet.cell(row, column).border = thin_border()


def _put_list(sheet: "Worksheet", template: Template, rows: Sequence[Sequence[Any]]) -> None:
    widths = _WIDTHS | _WIDE_UNITS
    columns = [Column(caption, widths.get(caption, 11.0)) for caption in CAPTIONS[sheet.title]]
    put_table(sheet, Table(sheet.title, _heading(template, sheet.title), columns, rows, columns_in_sight=0))


def _people_rows(template: Template) -> list[list[Value]]:
    return [
        [
            person.number,
            person.name,
            person.unit,
            person.profession,
            *(person.caps.get(name) for name, *_ in CAPS.values()),
            pattern_in_words(list(person.weekly_pattern)),
        ]
        for person in template.people
    ]


def _put_guide(sheet: "Worksheet", template: Template) -> None:
    marks = "、".join(f"“{mark}”" for mark in WISH_MARKS)
    lines = [
        f"“{GRID}”：每人一行，每半天一格。请假填“{LEAVE_MARK}”；愿望填{marks}，数字越大越看重。",
        f"必须在某岗位的，在“{GRID}”里填“{LOCK_MARK} 岗位名”。灰色的格不开放，不用填。",
        f"“{LEAVE}”：连着几天的假填在这里更快。日期写成 2026-9-4、9月4日都可以；半天空着就是整天。",
        f"“{PEOPLE}”“{POSTS}”“{CLASHES}”：已填好现有的数，只改有变化的。",
        f"“{NUMBER}”请不要改；两人同名时靠它分清。请不要合并单元格，不要改工作表和列的名字。",
        "交回后由综治中心先看一遍再采用。把格子里的“假”删掉不会撤销已登记的请假，撤销请告知综治中心。",
    ]
    put(sheet.cell(1, 1), _heading(template, GUIDE), bold=True, size=14)
    for at, line in enumerate(lines, start=2):
        put(sheet.cell(at, 1), f"{at - 1}. {line}", bordered=True)
    sheet.column_dimensions["A"].width = 100.0


def _heading(template: Template, what: str) -> str:
    return f"{template.centre} {template.month.year}年{template.month.month}月 {what}"
