"""All 88,115 characters of GB 18030-2022, level 3, on paper: drawn, read back in order, and with ink.

The paper is read by pdfium (through QtPdf) and, where it is installed, by poppler. Nothing but the bundle may help:
fonts of the PC are out of reach here.
"""

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from mediation_desk.documents import fonts
from mediation_desk.documents.fonts import HEADING, TEXT, TITLE, Chain, GlyphMissing
from mediation_desk.documents.line import Style
from mediation_desk.documents.page import TEXT_WIDTH, Frame, Sheet
from mediation_desk.resources import resource

RANGES = (
    (0x4E00, 0x9FEF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0), (0x2F00, 0x2FD5),
)  # fmt: skip
COMPATIBILITY = bytes.fromhex("0e 0f 11 13 14 1f 21 23 24 27 28 29")  # U+FA0E and so on
RADICALS = bytes.fromhex("81 84 88 8b 8c 97 a7 aa ae b3 b6 b7 bb ca")  # U+2E81 and so on
LEVEL_3 = "".join(
    [
        *(chr(code) for first, last in RANGES for code in range(first, last + 1)),
        *(chr(0xFA00 + low) for low in COMPATIBILITY),
        *(chr(0x2E00 + low) for low in RADICALS),
    ]
)

SIZE, LEADING = 7, 9  # points: 62 characters fill a line exactly
PER_LINE = int(TEXT_WIDTH / SIZE)
PER_PAGE = PER_LINE * 70
PAGES = [LEVEL_3[start : start + PER_PAGE] for start in range(0, len(LEVEL_3), PER_PAGE)]
PIXELS_PER_POINT = 2
DARK = 160  # of 255
DESCENT = 0.12  # em
POPPLER = shutil.which("pdftotext") or ""
BUNDLE = sorted(path.relative_to(resource("fonts")).as_posix() for path in resource("fonts").rglob("*.ttf"))
RARE = [file for file in BUNDLE if "/" in file]


def set_in_a_grid(text: str, chain: Chain = TEXT) -> bytes:
    """A page on which every character stands in a cell of its own."""
    sheet = Sheet(Frame("", "", ""))
    for start in range(0, len(text), PER_LINE):
        sheet.add(text[start : start + PER_LINE], style=Style(chain, SIZE, LEADING))
    return sheet.pdf()


def opened(pdf: bytes) -> QPdfDocument:
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.pageCount() == 1
    return document


@cache
def first_cell() -> tuple[float, float]:
    """The left and lower edge of the first character on a page, in points from its upper left corner."""
    places = []

    def visit(text: str, _transformed: object, place: list[float], _font: object, _size: float) -> None:
        if "一" in text:
            places.append((place[4], place[5]))

    page = PdfReader(BytesIO(set_in_a_grid("一"))).pages[0]
    page.extract_text(visitor_text=visit)
    [(left, baseline)] = places
    return left, float(page.mediabox.height) - baseline + DESCENT * SIZE


def as_gray(document: QPdfDocument) -> QImage:
    """The page on white paper."""
    drawn = document.render(0, (document.pagePointSize(0) * PIXELS_PER_POINT).toSize())
    page = QImage(drawn.size(), QImage.Format.Format_Grayscale8)
    page.fill(Qt.GlobalColor.white)
    with QPainter(page) as painter:
        painter.drawImage(0, 0, drawn)
    return page


def without_ink(text: str, document: QPdfDocument) -> str:
    """The characters in whose cells the page, as pdfium draws it, has nothing dark."""
    page = as_gray(document)
    pixels, row_bytes = bytes(page.constBits()), page.bytesPerLine()
    first_left, first_bottom = first_cell()

    def is_dark(index: int) -> bool:
        row, column = divmod(index, PER_LINE)
        left = round((first_left + column * SIZE) * PIXELS_PER_POINT) + 1
        bottom = round((first_bottom + row * LEADING) * PIXELS_PER_POINT)
        width = height = SIZE * PIXELS_PER_POINT - 2
        rows = range(bottom - height, bottom)
        return any(min(pixels[y * row_bytes + left : y * row_bytes + left + width]) < DARK for y in rows)

    return "".join(char for index, char in enumerate(text) if not is_dark(index))


def read_back(document: QPdfDocument) -> str:
    return re.sub(r"\s", "", document.getAllText(0).text())


def poppler_reads(pdf: bytes) -> str:
    command = [POPPLER, "-raw", "-enc", "UTF-8", "-", "-"]
    return re.sub(r"\s", "", subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode("utf-8"))


def test_level_3_has_as_many_characters_as_the_standard_says() -> None:
    assert len(set(LEVEL_3)) == len(LEVEL_3) == 87_887 + 228 == 88_115


@pytest.mark.parametrize("chain", [TEXT, TITLE, HEADING], ids=["text", "title", "heading"])
def test_every_character_has_a_glyph_of_its_own(chain: Chain) -> None:
    outlines = Counter(
        (glyph.font, fonts._faces[glyph.font]._outline(fonts._faces[glyph.font]._face.charToGlyph[ord(char)]))
        for char, glyph in zip(LEVEL_3, chain.glyphs(LEVEL_3), strict=True)
    )
    assert max(outlines.values()) <= 2  # a radical may look like its Hanzi; a box for what is missing looks like many


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"U+{ord(page[0]):04X}")
def test_every_character_is_read_back_in_order_and_has_ink(page: str) -> None:
    pdf = set_in_a_grid(page)
    document = opened(pdf)
    assert page in read_back(document)
    if POPPLER:
        assert page in poppler_reads(pdf)
    assert without_ink(page, document) == ""


@pytest.mark.parametrize("place", [0, 61, 62, 2000, PER_PAGE - 1])
def test_a_blank_glyph_is_seen(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGES[1]
    codes = fonts._faces[TEXT.glyphs(page)[place].font]._face.charToGlyph  # found before, so that nobody notices
    monkeypatch.setitem(codes, ord(page[place]), codes[ord("\N{IDEOGRAPHIC SPACE}")])
    assert without_ink(page, opened(set_in_a_grid(page))) == page[place]


@pytest.mark.parametrize("gone", RARE)
def test_the_proof_fails_without_a_rare_file(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start = int(Path(gone).stem, 16)
    own = [chr(code) for code in range(start, start + 0x1000) if _is_drawn_by(gone, chr(code))]
    assert own
    _take_away(gone, monkeypatch)
    with pytest.raises(GlyphMissing) as refused:
        set_in_a_grid("".join(own), Chain("NotoSerifSC-Regular.ttf"))
    assert [char for char, _ in refused.value.missing] == own


@pytest.mark.parametrize("gone", [file for file in BUNDLE if file not in RARE])
def test_the_proof_fails_without_a_face_of_the_text(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _take_away(gone, monkeypatch)
    with pytest.raises(FileNotFoundError, match="请重新安装本程序"):
        set_in_a_grid("𠮷", Chain(gone))


def _is_drawn_by(file: str, char: str) -> bool:
    glyph = TEXT.find(char)
    return glyph is not None and fonts._faces[glyph.font].path == resource("fonts", file)


def _take_away(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before = resource("fonts", gone), fonts._opened

    def resource_without(*parts: str) -> Path:
        return resource(*parts) if resource(*parts) != path else resource("fonts", "away", gone)

    monkeypatch.setattr(fonts, "resource", resource_without)
    monkeypatch.setattr(fonts, "_opened", lambda file: before.__wrapped__(file) if file == gone else before(file))
