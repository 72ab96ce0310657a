"""Reads the workbook in which offices say when their people can serve. `availability_template` writes it empty.

Strict and kind: what cannot be told for certain is held back and named with its row, field and value, everything else
goes on. Nothing is guessed; a likely meaning is offered, and a person accepts it by reading again with `corrections`.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

from mediation_desk.domain.availability import (
    LEAVE_MARK,
    LOCK_MARK,
    MOST_NEEDED,
    WISH_MARKS,
    AvailabilityRead,
    ClashEntry,
    Entry,
    LeaveEntry,
    LockEntry,
    NeedEntry,
    PersonEntry,
    Remark,
    Spot,
    SpotKey,
    Who,
    WishEntry,
    half_day_after,
)
from mediation_desk.domain.errors import Fault, FileRefused
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.names import clean_name
from mediation_desk.domain.nearest import nearest
from mediation_desk.exchange.cell_values import day_of, half_of, pattern_of, shown, whole_number
from mediation_desk.exchange.sheet_rows import Row, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook

GRID, LEAVE, PEOPLE, POSTS, CLASHES = "可排情况", "请假", "人员", "岗位", "互斥单位"
NUMBER, NAME, UNIT, PROFESSION = "工号", "姓名", "单位", "职业身份"
FIRST_DAY, FIRST_HALF, LAST_DAY, LAST_HALF, REASON = "开始日期", "开始半天", "结束日期", "结束半天", "事由"
CAPS = {"每日最多": ("day_most", 1, 2), "每周最多": ("week_most", 0, 14), "每月最多": ("month_most", 0, 62)}
"""Caption of a cap: the field of the mediator, and what can be typed."""
PATTERN, POST, NEEDED = "固定半天", "岗位", "每半天人数"
ONE_UNIT, OTHER_UNIT, CLASH_REASON = "单位一", "单位二", "原因"

CAPTIONS = {
    GRID: (NUMBER, NAME, UNIT, PROFESSION),
    LEAVE: (NUMBER, NAME, FIRST_DAY, FIRST_HALF, LAST_DAY, LAST_HALF, REASON),
    PEOPLE: (NUMBER, NAME, UNIT, PROFESSION, *CAPS, PATTERN),
    POSTS: (POST, PROFESSION, NEEDED),
    CLASHES: (ONE_UNIT, OTHER_UNIT, CLASH_REASON),
}

REFUSED = "可排情况表没有导入，原有数据没有改动："
_LARGEST, _LARGEST_UNPACKED = 5_000_000, 60_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_SAME_AS = {"请假": LEAVE_MARK, "休假": LEAVE_MARK, "愿意": "愿", "不愿意": "不愿"}
_LOCKED = re.compile(rf"(?:{LOCK_MARK}|锁)[\s:：]*(.*)")
_DAY_ALONE = re.compile(r"(\d{1,2})日?")


def read_availability(
    content: bytes, month: date, corrections: Mapping[SpotKey, str] | None = None
) -> AvailabilityRead:
    """What a workbook says about the month of that day. Raises `FileRefused` when it is no such workbook at all.

    `corrections` replace what stands in single cells: suggestions that a person accepted.
    """
    book = _opened(content)
    _refuse_strange(book)
    month = month.replace(day=1)
    entries: list[Entry] = []
    remarks: list[Remark] = []
    readers: dict[str, Callable[[Sheet, date], Iterator[Entry]]] = {
        GRID: _grid, LEAVE: _leaves, PEOPLE: _people, POSTS: _posts, CLASHES: _clashes,
    }  # fmt: skip
    for title, read in readers.items():
        if title in book.sheetnames:
            sheet = Sheet(book[title], CAPTIONS[title], corrections or {})
            entries += read(sheet, month)
            remarks += sheet.remarks
    return AvailabilityRead(month, tuple(entries), tuple(remarks))


def _opened(content: bytes) -> "Workbook":
    from openpyxl import load_workbook  # 0.15 s, and only whoever imports or exports needs it

    if len(content) > _LARGEST:
        raise FileRefused(REFUSED, [Fault(f"文件超过{_LARGEST // 1_000_000}兆，不会是一张可排情况表。")])
    if content.startswith(_OLD_OR_LOCKED):
        raise FileRefused(REFUSED, [Fault("这是旧版 .xls 文件，或者加了密码。请去掉密码，另存为 .xlsx 再导入。")])
    try:
        with ZipFile(BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise FileRefused(REFUSED, [Fault("文件解开后过大，不会是一张可排情况表。")])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet program adds and nobody here needs
            return load_workbook(BytesIO(content), data_only=True)
    except BadZipFile as error:
        raise FileRefused(REFUSED, [Fault("这不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 再导入。")]) from error
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged file makes the reader stumble over
        raise FileRefused(REFUSED, [Fault("文件已损坏，读不出来。请重新另存一份再导入。")]) from error


def _refuse_strange(book: "Workbook") -> None:
    """Refuse a workbook in which neither the grid nor the list of leave can be found."""
    if GRID in book.sheetnames or LEAVE in book.sheetnames:
        return
    there = "、".join(f"“{title}”" for title in book.sheetnames)
    meant = nearest(GRID, book.sheetnames)
    asked = f"如果“{meant}”就是它，请把工作表改名为“{GRID}”再导入。" if meant else "请用模板填写。"
    raise FileRefused(REFUSED, [Fault(f"文件里没有名为“{GRID}”的工作表，只有{there}。{asked}")])


# ---- the grid of people and half-days


@dataclass(frozen=True)
class _Marked:
    """A column of the grid."""

    column: int
    half_day: HalfDay

    @property
    def caption(self) -> str:
        day = self.half_day.day
        return f"{day.month}/{day.day}{self.half_day.half.label}"


def _grid(sheet: Sheet, month: date) -> Iterator[Entry]:
    if sheet.lacks(NAME, NUMBER):
        return
    columns, first_row = _half_day_columns(sheet, month)
    for number in range(first_row, len(sheet.cells) + 1):
        marks = [(each, mark) for each in columns if (mark := _mark(sheet, number, each))]
        row = Row(sheet, number)
        if not marks:
            continue
        who = _who(row)
        if row.held or who is None:
            continue
        yield from _leave_marks(who, [each for each in marks if each[1].value == LEAVE_MARK])
        for each, spot in marks:
            if spot.value in WISH_MARKS:
                yield WishEntry(spot, who, each.half_day, WISH_MARKS[spot.value])
            elif spot.value != LEAVE_MARK:
                locked = _LOCKED.fullmatch(spot.value)
                yield LockEntry(spot, who, each.half_day, locked[1] if locked else spot.value)


def _mark(sheet: Sheet, row: int, column: _Marked) -> Spot | None:
    """Where something is marked and what, in the word that stands for it."""
    spot = Spot(sheet.title, row, column.caption)
    said = normalize("NFKC", shown(sheet.corrected(spot, sheet.value(row, column.column))))
    corner = sheet.merged.get((row, column.column))
    if corner:
        if corner == (row, column.column) and said:
            merged = "：与旁边的格合并，只有这一格看得出是什么，没有采用；请取消合并后逐格填写。"
            sheet.remark(spot._replace(value=said), merged, held=True)
        return None
    return spot._replace(value=_SAME_AS.get(said, said)) if said else None


def _leave_marks(who: Who, marks: list[tuple[_Marked, Spot]]) -> Iterator[LeaveEntry]:
    """Marks without a gap between them are one leave."""
    run: LeaveEntry | None = None
    for each, spot in marks:
        if run and half_day_after(run.last) == each.half_day:
            run = LeaveEntry(run.spot, who, run.first, each.half_day)
            continue
        if run:
            yield run
        run = LeaveEntry(spot, who, each.half_day, each.half_day)
    if run:
        yield run


def _half_day_columns(sheet: Sheet, month: date) -> tuple[list[_Marked], int]:
    """The columns of half-days in order of time, and the first row of people."""
    top = sheet.header_row
    below = sheet.cells[top] if top < len(sheet.cells) else []
    has_halves = any(_half_in(value) for value in below)
    found: dict[HalfDay, _Marked] = {}
    outside: list[date] = []
    day: date | None = None
    for column in sheet.others:
        day = _header_day(sheet, column, month, day)
        said = shown(below[column - 1]) if has_halves else shown(sheet.value(top, column))
        half = _half_in(said)
        if day is None:
            continue
        if half is None:
            sheet.remark(sheet.header_spot(column, said), "：没有写上午或下午，这一列没有读取。", held=True)
        elif (day.year, day.month) != (month.year, month.month):
            outside.append(day)
        elif HalfDay(day, half) in found:
            sheet.remark(sheet.header_spot(column, said), "：这个半天有两列，后一列没有读取。", held=True)
        else:
            found[HalfDay(day, half)] = _Marked(column, HalfDay(day, half))
    _tell_of_outside(sheet, month, outside, bool(found))
    return [found[each] for each in sorted(found)], top + 1 + has_halves


def _tell_of_outside(sheet: Sheet, month: date, outside: list[date], has_others: bool) -> None:
    if not outside:
        return
    if not has_others:
        there = f"{outside[0].year}年{outside[0].month}月"
        wanted = f"{month.year}年{month.month}月"
        raise FileRefused(REFUSED, [Fault(f"这是{there}的表，现在要排的是{wanted}。请换一张表，或者换一个月份。")])
    days = f"{min(outside):%Y-%m-%d}至{max(outside):%Y-%m-%d}"
    sheet.remark(Spot(sheet.title, sheet.header_row), f"有{month.month}月以外的日期（{days}），没有采用。", held=True)


def _header_day(sheet: Sheet, column: int, month: date, before: date | None) -> date | None:
    """The day over a column; where the cell is empty the day to its left goes on, as when they were merged."""
    value = sheet.corrected(sheet.header_spot(column, ""), sheet.value(sheet.header_row, column))
    if not shown(value):
        return before
    said = re.sub(r"(上午|下午)$", "", normalize("NFKC", shown(value))).strip()
    alone = _DAY_ALONE.fullmatch(said)
    try:
        if alone:
            return month.replace(day=int(alone[1]))
        return day_of(said if isinstance(value, str) else value, month)
    except ValueError:
        sentence = "：看不懂这个日期，这一列没有读取。"
        sheet.remark(sheet.header_spot(column, shown(value)), sentence, held=True)
        return None


def _half_in(value: object) -> Half | None:
    return next((half for half in Half if half.label in shown(value)), None)


# ---- the lists


def _leaves(sheet: Sheet, month: date) -> Iterator[Entry]:
    if sheet.lacks(NAME, NUMBER) or sheet.lacks(FIRST_DAY):
        return
    for row in sheet.rows():
        who = _who(row)
        first = row.read(FIRST_DAY, lambda value: day_of(value, month))
        last = row.read(LAST_DAY, lambda value: day_of(value, month)) or first
        first_half, last_half = row.read(FIRST_HALF, half_of), row.read(LAST_HALF, half_of)
        if not row.held and first is None:
            row.hold(row.spot_of(FIRST_DAY), "没有填写，这一行没有采用。")
        if row.held or who is None or first is None or last is None:
            continue
        begins, ends = HalfDay(first, first_half or Half.AM), HalfDay(last, last_half or Half.PM)
        is_one_half = first_half is not None and not row.text(LAST_DAY) and not row.text(LAST_HALF)
        if is_one_half:
            ends = begins
        if ends < begins:
            row.hold(row.spot_of(LAST_DAY), "：请假结束早于开始，这一行没有采用。")
            continue
        halves_open = not is_one_half and None in (first_half, last_half)
        yield LeaveEntry(row.spot, who, begins, ends, row.text(REASON), halves_open)


def _people(sheet: Sheet, month: date) -> Iterator[Entry]:  # noqa: ARG001 - every sheet is read alike
    if sheet.lacks(NAME, NUMBER):
        return
    for row in sheet.rows():
        who = _who(row)
        caps = {
            name: number
            for caption, (name, least, most) in CAPS.items()
            if (number := row.read(caption, _number_reader(least, most))) is not None
        }
        pattern = row.read(PATTERN, pattern_of)
        if not row.held and who is not None:
            yield PersonEntry(row.spot, who, row.text(UNIT), row.text(PROFESSION), caps, pattern)


def _posts(sheet: Sheet, month: date) -> Iterator[Entry]:  # noqa: ARG001 - every sheet is read alike
    if sheet.lacks(POST) or sheet.lacks(NEEDED):
        return
    for row in sheet.rows():
        needed = row.read(NEEDED, _number_reader(1, MOST_NEEDED))
        if not row.held and not row.text(POST):
            row.hold(row.spot_of(POST), "没有填写，这一行没有采用。")
        if not row.held and needed is not None:
            yield NeedEntry(row.spot, row.text(POST), needed, row.text(PROFESSION))


def _clashes(sheet: Sheet, month: date) -> Iterator[Entry]:  # noqa: ARG001 - every sheet is read alike
    if sheet.lacks(ONE_UNIT) or sheet.lacks(OTHER_UNIT):
        return
    for row in sheet.rows():
        for caption in (ONE_UNIT, OTHER_UNIT):
            if not row.text(caption):
                row.hold(row.spot_of(caption), "没有填写，这一行没有采用。")
        if not row.held:
            yield ClashEntry(row.spot, row.text(ONE_UNIT), row.text(OTHER_UNIT), row.text(CLASH_REASON))


def _number_reader(least: int, most: int) -> Callable[[Any], int | None]:
    return lambda value: whole_number(value, least, most)


def _who(row: Row) -> Who | None:
    """Whom a row is about; one that names nobody is held."""
    name, _ = clean_name(row.text(NAME))
    who = Who(normalize("NFKC", row.text(NUMBER)), name)
    if any(who):
        return who
    if not row.held:
        row.hold(row.spot_of(NAME), "没有填写，这一行没有采用。")
    return None
