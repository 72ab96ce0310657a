"""Writes pages of lines into a PDF."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import NamedTuple, TypeAlias

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.fonts import TEXT
from mediation_desk.documents.layout import LEFT, PAGE_HEIGHT, TOP
from mediation_desk.documents.line import Line

rl_config.useA85 = 0  # PDF is binary anyway

_RULE_WIDTH = 0.5
_DASH = [2.5, 2.5]

Placed: TypeAlias = tuple[float, Line]
"""A line and the height of its lower edge above that of the sheet."""


class Page(NamedTuple):
    """The lines of the text from its upper edge down, and what stands in the margins."""

    lines: Sequence[Line]
    margins: Sequence[Placed]


def write(title: str, pages: Sequence[Page]) -> bytes:
    """Write the pages. The same pages give the same bytes."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        lang="zh-CN",
        initialFontName=TEXT.first,  # type: ignore[arg-type]  # the stub says float
    )
    canvas.setTitle(title)
    canvas.setCreator("Mediation Desk")
    for page in pages:
        lines = [*placed(page.lines), *page.margins]
        _write_text(canvas, lines)
        _write_strokes(canvas, lines)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def placed(lines: Sequence[Line]) -> Iterator[Placed]:
    """Place the lines of the text of a page."""
    bottom = PAGE_HEIGHT - TOP
    for line in lines:
        bottom -= line.height
        yield bottom, line


def _write_text(canvas: Canvas, lines: Sequence[Placed]) -> None:
    text = canvas.beginText()
    font: tuple[str, float] | None = None
    for lower_edge, line in lines:
        for piece in line.pieces:
            if font != (piece.font, line.size):
                font = (piece.font, line.size)
                text.setFont(*font)
            text.setTextOrigin(LEFT + piece.x, lower_edge + line.baseline)
            text.setCharSpace(piece.spacing)
            text.textOut(piece.text)
    canvas.drawText(text)


def _write_strokes(canvas: Canvas, lines: Sequence[Placed]) -> None:
    rules = [rule for lower_edge, line in lines for rule in _rules(lower_edge, line)]
    rules += _frames(lines)
    if rules:
        canvas.setLineWidth(_RULE_WIDTH)
        canvas.lines(rules)
    for lower_edge, line in lines:
        if line.drawing:
            _draw(canvas, lower_edge + line.height, line)


def _rules(lower_edge: float, line: Line) -> Iterator[tuple[float, float, float, float]]:
    height = lower_edge + line.baseline - line.rule_drop
    for start, end in line.rules:
        yield LEFT + start, height, LEFT + end, height


def _frames(lines: Sequence[Placed]) -> list[tuple[float, float, float, float]]:
    """The rules of tables: round all rows of one that are on the page, between them, and between the columns."""
    strokes = []
    for columns, run in groupby(lines, lambda place: place[1].columns):
        if not columns:
            continue
        rows = list(run)
        top, bottom = rows[0][0] + rows[0][1].height, rows[-1][0]
        ends = [top, *(lower_edge for lower_edge, line in rows[:-1] if line.ends_row), bottom]
        strokes += [(LEFT + columns[0], height, LEFT + columns[-1], height) for height in ends]
        strokes += [(LEFT + x, bottom, LEFT + x, top) for x in columns]
    return strokes


def _draw(canvas: Canvas, upper_edge: float, line: Line) -> None:
    assert line.drawing
    if line.drawing.areas:
        path = canvas.beginPath()
        for x, depth, width, height in line.drawing.areas:
            path.rect(LEFT + x, upper_edge - depth - height, width, height)
        canvas.drawPath(path, stroke=0, fill=1)
    if line.drawing.dashes:
        canvas.saveState()
        canvas.setLineWidth(_RULE_WIDTH)
        canvas.setDash(_DASH)
        canvas.lines([(LEFT + a, upper_edge - b, LEFT + c, upper_edge - d) for a, b, c, d in line.drawing.dashes])
        canvas.restoreState()
