"""Short marks put on finished pages: the page numbers of the case file, captions of attachments, "重印".

A mark stands where a reader sees that place, however the page is turned and wherever its box lies; what the page shows
already stays as it is.
"""

import logging
from collections.abc import Callable, Sequence
from enum import Enum
from io import BytesIO
from itertools import groupby
from typing import NamedTuple, TypeAlias

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
)
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.fonts import TEXT, without_unseen

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends it would tell with words of the file

_PADDING = 1.5  # points of white around a mark, so that it can be read on a photo


class Place(Enum):
    """Where a mark stands on the page as it is read: upper right, upper left, or the middle of the foot."""

    UPPER_RIGHT = "upper_right"
    UPPER_LEFT = "upper_left"
    FOOT = "foot"


_SIDE, _TOP, _FOOT = 14 * mm, 12 * mm, 7 * mm
"""From the edges of the page: outside the text of our papers, inside what every printer reaches."""

_NUMBER_SIZE, _FOOT_SIZE = 13.0, 9.0


class Mark(NamedTuple):
    text: str
    place: Place


Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""As PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f."""

Marks: TypeAlias = Callable[[int, int], Sequence[Mark]]
"""Says what to put on a page: called with its index from 0 and the number of pages."""


def stamp(pdf: bytes, marks: Marks) -> bytes:
    """Put marks on the pages of a finished paper. Raises `GlyphMissing` when a character cannot be printed."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    put_marks(writer, [marks(index, len(writer.pages)) for index in range(len(writer.pages))])
    return written(writer)


def put_marks(writer: PdfWriter, marks: Sequence[Sequence[Mark]]) -> None:
    """Put its marks on each page of `writer`."""
    marked = [(page, own) for page, own in zip(writer.pages, marks, strict=True) if own]
    if not marked:
        return
    overlay = PdfReader(BytesIO(_drawn([(seen_size(page), own) for page, own in marked])))
    before = writer._add_object(stream_of(b"q\n"))
    for (page, _), over in zip(marked, overlay.pages, strict=True):
        _lay_over(writer, page, over, before)


def written(writer: PdfWriter) -> bytes:
    """The bytes of a PDF: the same ones whenever its pages are the same."""
    writer.pdf_header = "%PDF-1.7"
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def add_xobject(resources: DictionaryObject, name: str, xobject: IndirectObject) -> str:
    """Enter something to be drawn into the resources of a page and return the name it goes by there."""
    known = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    while name in known:
        name += "_"
    known[NameObject(name)] = xobject
    resources[NameObject("/XObject")] = known
    return name


def form_of(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """What a page of another PDF shows, as something that can be drawn on a page of `writer`."""
    contents = page.get_contents()
    form = stream_of(contents.get_data() if contents is not None else b"").flate_encode()
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(side) for side in seen_box(page)]),
        }
    )
    for key in ("/Resources", "/Group"):
        if key in page:
            form[NameObject(key)] = page.raw_get(key).clone(writer)
    return writer._add_object(form)


def seen_box(page: PageObject) -> tuple[float, float, float, float]:
    """The part of a page that is shown: (left, bottom, right, top) in its own units, before it is turned."""
    media, crop = page.mediabox, page.cropbox
    left, right = max(media.left, crop.left), min(media.right, crop.right)
    bottom, top = max(media.bottom, crop.bottom), min(media.top, crop.top)
    if left >= right or bottom >= top:
        left, bottom, right, top = media.left, media.bottom, media.right, media.top
    return float(left), float(bottom), float(right), float(top)


def stream_of(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def in_operands(matrix: Matrix) -> str:
    """A matrix as a page's content writes it."""
    return " ".join(f"{number:.5f}" for number in matrix)


def seen_size(page: PageObject) -> tuple[float, float]:
    left, bottom, right, top = seen_box(page)
    size = right - left, top - bottom
    return size if page.rotation % 180 == 0 else size[::-1]


def _from_seen(page: PageObject) -> Matrix:
    """The matrix from the page as it is seen (lower left corner first) to its own units."""
    left, bottom, right, top = seen_box(page)
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[page.rotation % 360]


def to_seen(page: PageObject) -> Matrix:
    """The matrix from the page's own units to the page as it is seen, its lower left corner first."""
    left, bottom, right, top = seen_box(page)
    return {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[page.rotation % 360]


def _lay_over(writer: PdfWriter, page: PageObject, over: PageObject, before: IndirectObject) -> None:
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    name = add_xobject(resources, "/Marks", form_of(writer, over))
    page[NameObject("/Resources")] = resources
    contents = page.get("/Contents", NullObject()).get_object()
    parts = list(contents) if isinstance(contents, ArrayObject) else []
    if not parts and not isinstance(contents, NullObject):
        parts = [page.raw_get("/Contents")]
    after = writer._add_object(stream_of(f"\nQ\nq {in_operands(_from_seen(page))} cm {name} Do Q\n".encode()))
    page[NameObject("/Contents")] = ArrayObject([before, *parts, after])


def _drawn(pages: Sequence[tuple[tuple[float, float], Sequence[Mark]]]) -> bytes:
    """A PDF with nothing but the marks; all pages share their fonts."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pageCompression=0,
        invariant=1,
        initialFontName=TEXT.first,  # type: ignore[arg-type]  # the stub says float
    )
    for size, marks in pages:
        canvas.setPageSize(size)
        for mark in marks:
            _draw(canvas, mark, *size)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, mark: Mark, page_width: float, page_height: float) -> None:
    text = without_unseen(mark.text)
    glyphs = TEXT.glyphs(text)
    size = _FOOT_SIZE if mark.place is Place.FOOT else _NUMBER_SIZE
    width = sum(glyph.width for glyph in glyphs) * size
    x, y = {
        Place.UPPER_RIGHT: (page_width - _SIDE - width, page_height - _TOP),
        Place.UPPER_LEFT: (_SIDE, page_height - _TOP),
        Place.FOOT: ((page_width - width) / 2, _FOOT),
    }[mark.place]
    canvas.setFillGray(1)
    canvas.rect(x - _PADDING, y - 0.2 * size - _PADDING, width + 2 * _PADDING, 1.15 * size + 2 * _PADDING, 0, 1)
    canvas.setFillGray(0)
    for font, run in groupby(zip(text, glyphs, strict=True), key=lambda pair: pair[1].font):
        drawn = list(run)
        canvas.setFont(font, size)
        canvas.drawString(x, y, "".join(char for char, _ in drawn))
        x += sum(glyph.width for _, glyph in drawn) * size
