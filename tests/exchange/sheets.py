"""Workbooks as offices send them, put together cell by cell; and one read back."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from mediation_desk.domain.half_day import Half, HalfDay

MONTH = date(2026, 9, 1)
LEAVE_HEAD = ("工号", "姓名", "开始日期", "开始半天", "结束日期", "结束半天", "事由")
PEOPLE_HEAD = ("工号", "姓名", "单位", "职业身份", "每日最多", "每周最多", "每月最多", "固定半天")


def at(day: int, half: Half = Half.AM) -> HalfDay:
    return HalfDay(date(2026, 9, day), half)


def workbook(**sheets: Sequence[Sequence[object]]) -> Workbook:
    """A workbook with these sheets, cell by cell."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def packed(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def leave(*rows: Sequence[object], head: Sequence[str] = LEAVE_HEAD) -> bytes:
    """A workbook with nothing but a list of leave."""
    return packed(workbook(请假=[head, *rows]))


def grid(
    *rows: Sequence[object], days: Sequence[object] = (date(2026, 9, 3), None, date(2026, 9, 4), None)
) -> Workbook:
    """A grid of 3 and 4 September, a half-day a column, as the template has it."""
    head = ["工号", "姓名", "单位", "职业身份"]
    halves = ["上午", "下午"] * (len(days) // 2)
    return workbook(可排情况=[["可排情况"], [*head, *days], ["", "", "", "", *halves], *rows])


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))
