"""Sheets that lie on their side: a wide table with its title and head on every page, and a foot that says what it is.

Measures in points; x from the left margin, as in every line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.units import mm

from mediation_desk.documents.fonts import HEADING, TEXT, TITLE, GlyphMissing
from mediation_desk.documents.layout import Format
from mediation_desk.documents.line import Align, Drawing, Line, Style, abreast, blank_line
from mediation_desk.documents.page import divide
from mediation_desk.documents.paragraph import Blank, paragraph
from mediation_desk.documents.pdf import Page, Placed, write

_MARGIN = 10 * mm
_FOOT = 10 * mm
_WATERMARK_SHARE = 0.45  # of the height of the sheet


class Broad(Enum):
    """The sizes of paper, lying on their side."""

    A3 = A3
    A4 = A4

    @property
    def form(self) -> Format:
        height, width = self.value
        return Format(width, height, _MARGIN, _MARGIN)

    @property
    def text_width(self) -> float:
        return self.form.width - 2 * _MARGIN

    @property
    def text_height(self) -> float:
        return self.form.height - 2 * _MARGIN - _FOOT


class Paragraph(NamedTuple):
    """Text and blanks in a style. All of a row are of one size."""

    parts: Sequence[str | Blank]
    style: Style


@dataclass(frozen=True)
class Cell:
    """A cell of a row: its paragraphs; how many columns it takes; grey behind it or not.

    `place` says where it stands when a character cannot be printed.
    """

    paragraphs: Sequence[Paragraph]
    columns: int = 1
    tinted: bool = False
    place: str = ""


@dataclass
class BroadSheet:
    """Collects the rows of one table and makes the PDF of them.

    `edges` are the places of the rules between its columns. Each of `names` is set in one face, if one has all of it.
    """

    paper: Broad
    edges: Sequence[float]
    padding: float
    names: Sequence[str] = ()
    missing: list[tuple[str, str]] = field(default_factory=list)

    def line(self, text: str, style: Style, place: str = "") -> list[Line]:
        """A text from margin to margin."""
        return self.set([text], style, self.paper.text_width, place)

    def row(self, cells: Sequence[Cell], *, keep: bool = False) -> list[Line]:
        """A ruled row, which is never divided; `keep` holds it on the page of the next."""
        columns: list[tuple[list[Line], float]] = []
        edges = [0.0]
        tints = []
        at = 0
        for cell in cells:
            left, right = self.edges[at], self.edges[at + cell.columns]
            width = right - left - 2 * self.padding
            lines = [line for parts, style in cell.paragraphs for line in self.set(parts, style, width, cell.place)]
            columns.append((lines, left + self.padding))
            edges.append(right)
            tints += [(left, right - left)] if cell.tinted else []
            at += cell.columns
        lines = abreast(columns) or [blank_line(cells[0].paragraphs[0].style)]
        lines[0].height += self.padding
        lines[-1].height += self.padding
        lines[-1].baseline += self.padding
        lines[-1].ends_row = True
        for line in lines:
            line.columns = tuple(edges)
            line.keep = True
        lines[-1].keep = keep
        height = sum(line.height for line in lines)
        if tints:
            lines[0].drawing = Drawing(tints=[(x, 0.0, width, height) for x, width in tints])
        return lines

    def set(self, parts: Sequence[str | Blank], style: Style, width: float, place: str) -> list[Line]:
        """A paragraph broken into lines; what cannot be printed is noted under `place`."""
        try:
            return paragraph(parts, style, width, self.names)
        except GlyphMissing as fault:
            self.missing += [(char, place) for char, _ in fault.missing]
            return []

    def pages(self, head: Sequence[Line], rows: Sequence[Line]) -> list[list[Line]]:
        """The rows on pages, with the head on each of them."""
        height = self.paper.text_height - sum(line.height for line in head)
        return [[*head, *lines] for lines in divide(rows, height) or [[]]]


def write_broad(
    title: str, sheet: BroadSheet, pages: Sequence[Sequence[Line]], foot: tuple[str, str], size: float, mark: str = ""
) -> bytes:
    """The PDF. `foot` says what stands at the left and at the right of it in type of that size, `mark` large behind.

    Raises `GlyphMissing` with all that could not be printed on any page.
    """
    finished = []
    behind = list(_watermark(sheet, mark)) if mark else []
    for number, lines in enumerate(pages, start=1):
        margins = _foot(sheet, foot, size, f"第{number}/{len(pages)}页")
        finished.append(Page(lines, margins, behind))
    if sheet.missing:
        raise GlyphMissing(sheet.missing)
    return write(title, finished, sheet.paper.form)


def _foot(sheet: BroadSheet, foot: tuple[str, str], size: float, number: str) -> list[Placed]:
    style = Style(TEXT, size, size * 1.4, align=Align.LEFT)
    found: list[Placed] = []
    for text, align in zip((*foot, number), (Align.LEFT, Align.RIGHT, Align.CENTRE), strict=True):
        found += [(_MARGIN, line) for line in sheet.line(text, replace(style, align=align), "页脚")]
    return found


def _watermark(sheet: BroadSheet, mark: str) -> Iterator[Placed]:
    size = min(sheet.paper.form.height * _WATERMARK_SHARE, sheet.paper.text_width / len(mark))
    style = Style(HEADING, size, size, align=Align.CENTRE)
    for line in sheet.line(mark, style, "水印"):
        yield (sheet.paper.form.height - size) / 2, line


def words(text: str, style: Style, columns: int = 1, *, tinted: bool = False, place: str = "") -> Cell:
    """A cell of one paragraph."""
    return Cell([Paragraph([text], style)], columns, tinted, place)


def title_style(size: float) -> Style:
    return Style(TITLE, size, size * 1.5, align=Align.CENTRE)
