"""Ruled tables: cells whose text is broken into lines, rows that are not divided, a head on every page."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from mediation_desk.documents.layout import CELL, CENTRED_CELL, HEAD_CELL, TEXT_HEIGHT, TEXT_WIDTH
from mediation_desk.documents.line import Line, Style, abreast, blank_line

_PADDING = 5.0
_HIGHEST_HEAD = TEXT_HEIGHT / 3


class TableColumn(NamedTuple):
    """A column with its caption; its width is its share of all shares."""

    caption: str
    share: float
    centred: bool = False


class Row(NamedTuple):
    """A row of a table: its lines and what its cells say."""

    lines: list[Line]
    cells: Sequence[str]


def table_rows(
    columns: Sequence[TableColumn],
    cells: Sequence[Sequence[str]],
    least: int,
    set_cell: Callable[[str, Style, float, str], list[Line]],
) -> list[Row]:
    """Make the head and at least `least` rows, the unused ones empty.

    `set_cell` breaks a text of a style into lines of a width; it is told the caption of the column too. A row that is
    higher than a page may be divided between its lines.
    """
    edges = (0.0, *accumulate(TEXT_WIDTH * each.share / sum(column.share for column in columns) for each in columns))

    def row(texts: Sequence[str], styles: Sequence[Style]) -> Row:
        found = [
            (set_cell(text, style, right - left - 2 * _PADDING, column.caption), left + _PADDING)
            for text, style, column, (left, right) in zip(texts, styles, columns, pairwise(edges), strict=True)
        ]
        lines = abreast(found) or [blank_line(styles[0])]
        lines[0].height += _PADDING
        lines[-1].height += _PADDING
        lines[-1].baseline += _PADDING
        lines[-1].ends_row = True
        for line in lines:
            line.columns = edges
        return Row(lines, texts)

    head = row([column.caption for column in columns], [HEAD_CELL] * len(columns))
    styles = [CENTRED_CELL if column.centred else CELL for column in columns]
    empty = [[""] * len(columns)] * (least - len(cells))
    rows = [row(texts, styles) for texts in [*cells, *empty]]
    _hold(head.lines, rows)
    return [head, *rows]


def _hold(head: Sequence[Line], rows: Sequence[Row]) -> None:
    """Hold each row together, and the head with the first; it is repeated where a page begins with another row."""
    for line in head:
        line.keep = True
    head_height = sum(line.height for line in head)
    repeated = head if head_height <= _HIGHEST_HEAD else ()
    for row in rows:
        fits = sum(line.height for line in row.lines) <= TEXT_HEIGHT - head_height
        for line in row.lines:
            line.header = repeated
            line.keep = fits and line is not row.lines[-1]
