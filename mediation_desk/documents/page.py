"""The sheet of paper: collects what a paper says, divides it among pages and hands over the finished PDF."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import NamedTuple, TypeAlias

from mediation_desk.documents.drawings import QR_MARGIN, QR_SIZE, qr_code, tear_line
from mediation_desk.documents.fonts import GlyphMissing, without_unseen
from mediation_desk.documents.layout import (
    BODY,
    BODY_SIZE,
    CAPTION,
    FIELDS,
    LEFT,
    PAPER_TITLE,
    RIGHT_SIDE,
    SMALL,
    SUBTITLE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from mediation_desk.documents.line import Align, Line, Style, abreast, blank_line, ruled_lines
from mediation_desk.documents.marks import Frame, Margins, changes
from mediation_desk.documents.paragraph import Blank, paragraph
from mediation_desk.documents.pdf import Page, placed, write
from mediation_desk.documents.table import TableColumn, table_rows
from mediation_desk.domain.paper import content_digest, short_digest

__all__ = [
    "BODY",
    "BODY_SIZE",
    "CAPTION",
    "FIELDS",
    "LEFT",
    "LINES_BESIDE_SIGNATURES",
    "PAPER_TITLE",
    "RIGHT_SIDE",
    "SMALL",
    "SUBTITLE",
    "TEXT_HEIGHT",
    "TEXT_WIDTH",
    "Column",
    "Finished",
    "Frame",
    "Sheet",
    "TableColumn",
    "divide",
]

LINES_BESIDE_SIGNATURES = 2
"""Nobody signs a page that shows nothing of what is signed."""

Part: TypeAlias = str | Blank

Column: TypeAlias = Sequence[tuple[Part, Style, str]]
"""Paragraphs of a column: text, style and the place to name when a character cannot be printed."""

_CLOSING = "（以下空白）"
_LINES_TO_CLOSE = 2
_AFTER_HEADER = 6.0
_AROUND_CODES = 8.0


class Finished(NamedTuple):
    """A finished paper: its PDF, its paragraphs in order and their digest."""

    pdf: bytes
    content: list[str]
    digest: str


def divide(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """Divide lines among pages of `height` points; lines that are to keep together go to the next page together.

    A chain of kept lines that is longer than a page is divided where the page is full.
    """
    pages: list[list[Line]] = []
    start = 0
    while start < len(lines):
        if lines[start].is_gap:
            start += 1
            continue
        header = lines[start].header if pages else ()
        end, left = start, height - sum(line.height for line in header)
        while end < len(lines) and lines[end].height <= left and not lines[end].ends_page:
            left -= lines[end].height
            end += 1
        if end < len(lines) and not lines[end].ends_page:
            end = max(end, start + 1)
            end = next((cut for cut in range(end, start, -1) if not lines[cut - 1].keep), end)
        pages.append([*header, *lines[start:end]])
        start = end
    return pages


class Sheet:
    """Collects the lines of a paper and makes the PDF of them.

    `scale` is how much larger its text is than usual; each of `names` is set in one face, if one has all of it.
    """

    def __init__(self, frame: Frame, scale: float = 1.0, names: Sequence[str] = ()) -> None:
        self._frame = frame
        self._scale = scale
        self._names = names
        self._lines: list[Line] = []
        self._content: list[str] = []
        self._signing: list[Line] = []
        self._missing: list[tuple[str, str]] = []

    @property
    def lines(self) -> list[Line]:
        """The lines so far, to say which of them keep together."""
        return self._lines

    @property
    def content(self) -> list[str]:
        """What the paper says so far, paragraph by paragraph, however it is set; nothing of the margins."""
        return self._content

    def add(
        self, *parts: Part, style: Style = BODY, place: str = "", keep: bool = False, width: float = TEXT_WIDTH
    ) -> None:
        """Add a paragraph; `place` says where a character stands that cannot be printed.

        `keep` holds the paragraph together and on the page of what follows.
        """
        start = len(self._lines)
        groups = _typed_lines(parts)
        for group in groups:
            lines = self._set(group, self._scaled(style), place, width)
            if not lines and group is not groups[-1]:
                lines = [blank_line(self._scaled(style))]
            self._append(lines, "".join(map(_said, group)))
        if keep:
            self.keep(start, len(self._lines))

    def add_ruled(self, text: str, *, least: int, place: str = "") -> None:
        """Add a narrative on ruled lines, at least so many; the unused ones stay."""
        start = len(self._lines)
        for typed in text.splitlines() if text.strip() else []:
            self._append(
                self._set([Blank(typed, whole_lines=True)], self._scaled(BODY), place, TEXT_WIDTH), _clean(typed)
            )
        unused = max(0, least - len(self._lines) + start)
        self._append(ruled_lines(unused, self._scaled(FIELDS), TEXT_WIDTH), "")

    def add_gap(self, height: float, *, keep: bool = False, stays: bool = False) -> None:
        """Add white, which a page does not begin with unless it `stays`; larger type does not need more of it."""
        self._lines.append(Line(height, keep=keep, is_gap=not stays))

    def add_beside(self, left: Column, right: Column, offset: float, width: float) -> None:
        """Add two columns of paragraphs side by side, the right one `offset` points in; the row is not divided."""
        columns = [
            (
                [
                    line
                    for part, style, place in column
                    for line in self._set([part], self._scaled(style), place, width)
                ],
                shift,
            )
            for column, shift in ((left, 0.0), (right, offset))
        ]
        rows = abreast(columns)
        for row in rows[:-1]:
            row.keep = True
        self._append(rows, "\t".join(said for part, _, _ in (*left, *right) if (said := _said(part))))

    def add_table(
        self, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], *, least: int = 0, place: str = ""
    ) -> None:
        """Add a ruled table of at least `least` rows, the unused ones empty. No row is divided that fits on a page."""

        def set_cell(text: str, style: Style, width: float, caption: str) -> list[Line]:
            return self._set([text], self._scaled(style), f"{place}“{caption}”栏", width)

        for row in table_rows(columns, rows, least, set_cell):
            self._append(row.lines, "\t".join(map(_clean, row.cells)) if any(row.cells) else "")

    def add_qr(self, text: str, beside: Sequence[str] = (), style: Style = SMALL) -> None:
        """Add a QR code with paragraphs at its right; they are not divided."""
        self.add_gap(_AROUND_CODES)
        start = len(self._lines)
        offset = QR_SIZE + QR_MARGIN
        for said in beside:
            lines = self._set([said], self._scaled(style), "二维码旁的说明", TEXT_WIDTH - offset)
            self._append(abreast([(lines, offset)]), _clean(said))
        white = max(0.0, QR_SIZE - sum(line.height for line in self._lines[start:])) / 2
        self._lines.insert(start, Line(white, drawing=qr_code(text)))
        self._lines.append(Line(white))
        self.keep(start)
        self.add_gap(_AROUND_CODES)

    def add_tear_line(self, words: str = "") -> None:
        """Add a dashed line to tear along, with words in its middle."""
        style = self._scaled(replace(SMALL, align=Align.CENTRE))
        line = next(iter(self._set([words], style, "裁切线", TEXT_WIDTH)), blank_line(style))
        self._append([tear_line(line)], _clean(words))

    def page_break(self) -> None:
        """Begin a page with what follows."""
        self._lines.append(Line(0.0, is_gap=True, ends_page=True))

    def keep_last(self, count: int) -> None:
        """Hold the last `count` lines of text on the page of what follows, without dividing them."""
        for line in reversed(self._lines):
            line.keep = True
            count -= not line.is_gap
            if not count:
                break

    def keep(self, start: int, end: int = -1) -> None:
        """Hold the lines from `start` on to the line `end`, without dividing them."""
        for line in self._lines[start:end]:
            line.keep = True

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep what is added meanwhile on one page, if it fits on one with what is kept before it."""
        start = len(self._lines)
        yield
        if self.fits_with_company(start):
            self.keep(start)

    @contextmanager
    def signing(self) -> Iterator[None]:
        """Add signatures: a page that begins with them says first which paper they belong to (`Frame.continued`)."""
        start = len(self._lines)
        yield
        self._signing += self._lines[start:]

    def fits_with_company(self, start: int) -> bool:
        """Whether the lines from `start` on fit on one page with those before that are held to them."""
        while start and self._lines[start - 1].keep:
            start -= 1
        return sum(line.height for line in self._lines[start:]) <= TEXT_HEIGHT

    def finish(self, before: Sequence[str] | None = None) -> Finished:
        """Draw the pages; paragraphs that are not in the content `before` of an earlier version are marked as changed.

        Raises `GlyphMissing` with all that no face can draw; then there is no paper at all.
        """
        content = list(self._content)
        digest = content_digest(content)
        changed = None if before is None else changes(before, content)
        margins = Margins(self._frame, short_digest(digest), changed.note if changed else "", self._set_marginal)
        pages = self._pages(short_digest(digest))
        finished = []
        for number, lines in enumerate(pages, start=1):
            marks = changed.marks(list(placed(lines))) if changed else []
            finished.append(Page(lines, [*margins.of_page(number, len(pages)), *marks]))
        if self._missing:
            raise GlyphMissing(self._missing)
        return Finished(write(self._frame.title, finished), content, digest)

    def pdf(self) -> bytes:
        """The PDF of the finished paper. Raises `GlyphMissing`."""
        return self.finish().pdf

    def _pages(self, digest: str) -> list[list[Line]]:
        self._head_signatures(digest)
        end = Line(0.0, is_gap=True, paragraph=len(self._content))
        pages = divide([*self._lines, end], TEXT_HEIGHT) or [[]]
        if self._frame.closes:
            closing = self._set([_CLOSING], self._scaled(SUBTITLE), "", TEXT_WIDTH)
            left = TEXT_HEIGHT - sum(line.height for line in pages[-1])
            if left >= _LINES_TO_CLOSE * closing[0].height:
                pages[-1] += closing
        return pages

    def _head_signatures(self, digest: str) -> None:
        text = self._frame.continued.replace("{digest}", digest)
        if not self._signing or not text:
            return
        lines = self._set([text], self._scaled(SMALL), "续签名页的说明", TEXT_WIDTH)
        header = (*lines, Line(_AFTER_HEADER * self._scale))
        for line in self._signing:
            line.header = header

    def _append(self, lines: list[Line], said: str) -> None:
        if said:
            for line in lines:
                line.paragraph = len(self._content)
            self._content.append(said)
        self._lines += lines

    def _set(self, parts: Sequence[Part], style: Style, place: str, width: float) -> list[Line]:
        if self._scale != 1.0:
            parts = [
                replace(part, width=part.width * self._scale) if isinstance(part, Blank) else part for part in parts
            ]
        try:
            return paragraph(parts, style, width, self._names)
        except GlyphMissing as fault:
            self._missing += [(char, place) for char, _ in fault.missing]
            return []

    def _set_marginal(self, text: str, style: Style, place: str, width: float) -> list[Line]:
        return self._set([text], style, place, width)

    def _scaled(self, style: Style) -> Style:
        return style if self._scale == 1.0 else _scaled(style, self._scale)


@cache
def _scaled(style: Style, scale: float) -> Style:
    return replace(style, size=style.size * scale, leading=style.leading * scale)


def _typed_lines(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each line that was typed; the lines within a blank stay together."""
    groups: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Blank):
            groups[-1].append(part)
        else:
            first, *more = part.splitlines() or [""]
            groups[-1].append(first)
            groups += [[line] for line in more]
    return groups


def _said(part: Part) -> str:
    return _clean(part if isinstance(part, str) else part.caption + part.text)


def _clean(text: str) -> str:
    return without_unseen("\n".join(text.splitlines()))
