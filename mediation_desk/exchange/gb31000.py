"""Writes the cases of a period for a system after GB/T 31000: a line of captions, then a line for each case.

Nothing else is in the file, as a system reads it. Text stays text: codes keep their zeros, numbers of papers all their
figures, and nothing is taken for a formula by whoever opens it.
"""

import csv
from collections.abc import Sequence
from io import StringIO

from mediation_desk.exchange.workbook import FORMULA_STARTS, Column, write_lines

BOM = "\ufeff"
_WIDTH = 16.0


def events_workbook(title: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """The lines as .xlsx, one sheet."""
    return write_lines(title, [Column(caption, _WIDTH) for caption in columns], rows)


def events_csv(columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """The same as CSV in UTF-8 with a mark in front, by which spreadsheets know it.

    A text that a spreadsheet would work out has an apostrophe before it, which a reader of text sees.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return (BOM + file.getvalue()).encode("utf-8")


def is_defused(value: str | int) -> bool:
    """Whether a value stands with an apostrophe before it in a CSV."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def _plain(value: str | int) -> str | int:
    return f"'{value}" if is_defused(value) else value
