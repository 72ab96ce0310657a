"""The sheet of paper: what every page carries, how lines are divided among pages, and the finished PDF."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.fonts import HEADING, TEXT, TITLE, GlyphMissing
from mediation_desk.documents.paragraph import Align, Blank, Line, Style, beside, paragraph, ruled_lines

rl_config.useA85 = 0  # PDF is binary anyway

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = 28 * mm  # the binding edge
TOP, BOTTOM = 32 * mm, 27 * mm
BODY_SIZE = 14.0  # 四号
TEXT_WIDTH = 31 * BODY_SIZE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
LINES_BESIDE_SIGNATURES = 2
"""Nobody signs a page that shows nothing of what is signed."""

_RULE_WIDTH = 0.5

PAPER_TITLE = Style(TITLE, 22, 36, align=Align.CENTRE)
SUBTITLE = Style(TEXT, BODY_SIZE, 26, align=Align.CENTRE)
BODY = Style(TEXT, BODY_SIZE, 26, indent=2)
FIELDS = Style(TEXT, BODY_SIZE, 26)
CAPTION = Style(HEADING, BODY_SIZE, 28)
RIGHT_SIDE = Style(TEXT, BODY_SIZE, 26, align=Align.RIGHT)
SMALL = Style(TEXT, 10.5, 16)
_MARGINAL = Style(TEXT, 9, 12)
_MARGINAL_CENTRE = Style(TEXT, 9, 12, align=Align.CENTRE)
_MARGINAL_RIGHT = Style(TEXT, 9, 12, align=Align.RIGHT)
_MARK = Style(HEADING, 16, 22, align=Align.CENTRE)


Column: TypeAlias = Sequence[tuple[str | Blank, Style, str]]
"""Paragraphs of a column: text, style and the place to name when a character cannot be printed."""


@dataclass(frozen=True)
class Frame:
    """What stands on every page besides the text: head at the left and the right, and marks such as 练习 or 草稿."""

    title: str
    left: str
    right: str
    marks: tuple[str, ...] = ()


def divide(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """Divide lines among pages of `height` points; lines that are to keep together go to the next page together.

    A chain of kept lines that is longer than a page is divided where the page is full.
    """
    pages = []
    start = 0
    while start < len(lines):
        if lines[start].is_gap:
            start += 1
            continue
        end, left = start, height
        while end < len(lines) and lines[end].height <= left:
            left -= lines[end].height
            end += 1
        if end < len(lines):
            end = max(end, start + 1)
            end = next((cut for cut in range(end, start, -1) if not lines[cut - 1].keep), end)
        pages.append(list(lines[start:end]))
        start = end
    return pages


class Sheet:
    """Collects the lines of a paper and makes the PDF of them."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._lines: list[Line] = []
        self._missing: list[tuple[str, str]] = []

    @property
    def lines(self) -> list[Line]:
        """The lines so far, to say which of them keep together."""
        return self._lines

    def add(
        self, *parts: str | Blank, style: Style = BODY, place: str = "", keep: bool = False, width: float = TEXT_WIDTH
    ) -> None:
        """Add a paragraph; `place` says where a character stands that cannot be printed.

        `keep` holds the paragraph together and on the page of what follows.
        """
        lines = self._set(parts, style, place, width)
        if keep:
            for line in lines:
                line.keep = True
        self._lines += lines

    def add_ruled(self, text: str, *, least: int, place: str = "") -> None:
        """Add a narrative on ruled lines, at least so many; the unused ones stay."""
        lines = self._set([Blank(text, whole_lines=True)], BODY, place, TEXT_WIDTH) if text.strip() else []
        self._lines += lines
        self._lines += ruled_lines(max(0, least - len(lines)), FIELDS, TEXT_WIDTH)

    def add_gap(self, height: float, *, keep: bool = False) -> None:
        """Add white, which a page does not begin with."""
        self._lines.append(Line(height, keep=keep, is_gap=True))

    def add_beside(self, left: Column, right: Column, offset: float, width: float) -> None:
        """Add two columns of paragraphs side by side, the right one `offset` points in; the row is not divided."""
        rows = beside(
            [line for text, style, place in left for line in self._set([text], style, place, width)],
            [line for text, style, place in right for line in self._set([text], style, place, width)],
            offset,
        )
        for row in rows[:-1]:
            row.keep = True
        self._lines += rows

    def keep_last(self, count: int) -> None:
        """Hold the last `count` lines of text on the page of what follows, without dividing them."""
        for line in reversed(self._lines):
            line.keep = True
            count -= not line.is_gap
            if not count:
                break

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep what is added meanwhile on one page, if it fits on one with what is kept before it."""
        start = len(self._lines)
        yield
        if self.fits_with_company(start):
            self.keep(start)

    def keep(self, start: int, end: int = -1) -> None:
        """Hold the lines from `start` on to the line `end`, without dividing them."""
        for line in self._lines[start:end]:
            line.keep = True

    def fits_with_company(self, start: int) -> bool:
        """Whether the lines from `start` on fit on one page with those before that are held to them."""
        while start and self._lines[start - 1].keep:
            start -= 1
        return sum(line.height for line in self._lines[start:]) <= TEXT_HEIGHT

    def pdf(self) -> bytes:
        """Draw the pages. Raises `GlyphMissing` with all that no face can draw; then there is no paper at all."""
        pages = divide(self._lines, TEXT_HEIGHT)
        margins = [self._margins(number, len(pages)) for number in range(1, len(pages) + 1)]
        if self._missing:
            raise GlyphMissing(self._missing)
        file = BytesIO()
        canvas = Canvas(
            file,
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
            initialFontName=TEXT.first,  # type: ignore[arg-type]  # the stub says float
        )
        canvas.setTitle(self._frame.title)
        canvas.setCreator("Mediation Desk")
        for lines, margin in zip(pages, margins, strict=True):
            _draw(canvas, lines, margin)
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def _set(self, parts: Sequence[str | Blank], style: Style, place: str, width: float) -> list[Line]:
        try:
            return paragraph(parts, style, width)
        except GlyphMissing as fault:
            self._missing += [(char, place) for char, _ in fault.missing]
            return []

    def _margins(self, number: int, total: int) -> list[tuple[float, Line]]:
        """What stands outside the text: (height of the lower edge above the sheet's, line)."""
        frame = self._frame
        head, foot = PAGE_HEIGHT - 21 * mm, 15 * mm
        found = [
            *((head, line) for line in self._set([frame.left], _MARGINAL, "页眉", TEXT_WIDTH)),
            *((head, line) for line in self._set([frame.right], _MARGINAL_RIGHT, "页眉", TEXT_WIDTH)),
            *((foot, line) for line in self._set([f"第{number}/{total}页"], _MARGINAL_CENTRE, "", TEXT_WIDTH)),
        ]
        if frame.marks:
            found += [(head, line) for line in self._set(["　".join(frame.marks)], _MARK, "", TEXT_WIDTH)]
        return found


def _draw(canvas: Canvas, lines: Sequence[Line], margins: Sequence[tuple[float, Line]]) -> None:
    text = canvas.beginText()
    rules: list[tuple[float, float, float, float]] = []
    bottom = PAGE_HEIGHT - TOP
    font: tuple[str, float] | None = None
    placed = list(margins)
    for line in lines:
        bottom -= line.height
        placed.append((bottom, line))
    for lower_edge, line in placed:
        baseline = lower_edge + line.baseline
        for piece in line.pieces:
            if font != (piece.font, line.size):
                font = (piece.font, line.size)
                text.setFont(*font)
            text.setTextOrigin(LEFT + piece.x, baseline)
            text.setCharSpace(piece.spacing)
            text.textOut(piece.text)
        rule = baseline - line.rule_drop
        rules += [(LEFT + start, rule, LEFT + end, rule) for start, end in line.rules]
    canvas.drawText(text)
    if rules:
        canvas.setLineWidth(_RULE_WIDTH)
        canvas.lines(rules)
