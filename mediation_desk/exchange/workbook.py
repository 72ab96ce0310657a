"""Writes tables as a workbook (.xlsx) that an office can read, sort and print. Text stays text whatever it begins with.

A cell that begins with = + - @ would be worked out as a formula by some programs; here it never is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value: TypeAlias = str | int | float | date | datetime | None

FONT = "宋体"
_DAY, _MOMENT, _TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HEAD_COLOUR, _SHADE = "DDEBF7", "E7E6E6"
_MANY_COLUMNS = 24  # more do not fit on A4


@dataclass(frozen=True)
class Column:
    """A column with its caption and its width in characters; `shaded` ones stand back (the centre is closed)."""

    caption: str
    width: float = 12.0
    shaded: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet: a heading, a table with its head, perhaps a line of totals, and lines of notes below it.

    `title` is the name on the tab, 31 characters at most. So many columns at the left stay in sight.
    """

    title: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] = ()
    notes: Sequence[str] = ()
    columns_in_sight: int = 1


def write_workbook(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table."""
    from openpyxl import Workbook  # 0.15 s, and only whoever imports or exports needs it

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        put_table(book.create_sheet(table.title), table)
    return bytes_of(book)


def write_lines(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet with captions and lines and nothing else, for a program to read, or for very many lines.

    Text is marked as text, so that codes keep their zeros when somebody edits them.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    heads = []
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        heads.append(WriteOnlyCell(sheet))
        put_head(heads[-1], column.caption)
    sheet.append(heads)

    def as_text(text: str) -> Any:
        cell = WriteOnlyCell(sheet)
        put_text(cell, text)
        cell.number_format = _TEXT
        return cell

    for row in rows:
        sheet.append([as_text(value) if isinstance(value, str) else value for value in row])
    return bytes_of(book)


def bytes_of(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def put_table(sheet: "Worksheet", table: Table) -> None:
    """Write a table into an empty sheet: heading in row 1, head in row 2."""
    put(sheet.cell(1, 1), table.heading, bold=True, size=14)
    for at, column in enumerate(table.columns, start=1):
        put_head(sheet.cell(2, at), column.caption)
        sheet.column_dimensions[sheet.cell(2, at).column_letter].width = column.width
    lines = [*table.rows, *([table.total] if table.total else [])]
    for number, line in enumerate(lines, start=3):
        is_total = number > len(table.rows) + 2
        for at, (value, column) in enumerate(zip(line, table.columns, strict=True), start=1):
            cell = sheet.cell(number, at)
            put(cell, value, bold=is_total, bordered=True)
            if column.shaded:
                shade(cell)
    for at, note in enumerate(table.notes, start=len(lines) + 4):
        put(sheet.cell(at, 1), note)
    sheet.freeze_panes = sheet.cell(3, table.columns_in_sight + 1)
    make_printable(sheet, 2)


def put(cell: "Cell", value: Value, *, bold: bool = False, bordered: bool = False, size: int = 11) -> None:
    """Write a value: days and moments as such, text as text."""
    from openpyxl.styles import Alignment, Font

    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
    cell.font = Font(name=FONT, size=size, bold=bold)
    if bordered:
        cell.border = thin_border()
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def put_text(cell: "Cell", text: str) -> None:
    """Text as text: no formula, and nothing that the format cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if text:
        cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True  # so that it stays text when somebody edits the cell


def put_head(cell: "Cell", caption: str) -> None:
    from openpyxl.styles import Alignment, PatternFill

    put(cell, caption, bold=True, bordered=True)
    cell.fill = PatternFill("solid", fgColor=_HEAD_COLOUR)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def shade(cell: "Cell") -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=_SHADE)


def thin_border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="808080")
    return Border(left=side, right=side, top=side, bottom=side)


def make_printable(sheet: "Worksheet", head_row: int) -> None:
    """Landscape, as wide as the page, the head on every page, and page numbers; A3 where A4 would be too narrow."""
    setup = sheet.page_setup
    setup.orientation = sheet.ORIENTATION_LANDSCAPE
    setup.paperSize = sheet.PAPERSIZE_A3 if sheet.max_column > _MANY_COLUMNS else sheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.oddFooter.center.text = "第&P页，共&N页"
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.5)
