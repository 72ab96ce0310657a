"""Eyes for a finished PDF: its words, fonts and lines as two independent programs find them; and the day of tests."""

import re
import shutil
import subprocess
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

import pytest
from pypdf import PdfReader

DAY = date(2026, 5, 16)
NOW = datetime(2026, 5, 16, 9, 30)


class Word(NamedTuple):
    """A word as poppler finds it: the place of its ink in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float


class Drawn(NamedTuple):
    """Strokes from (x, y) to (x, y), and areas as x, y, width, height; points from the lower left corner."""

    strokes: list[tuple[float, ...]]
    areas: list[tuple[float, ...]]


class Paper:
    """A finished PDF, read back."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reader = PdfReader(BytesIO(content))

    @property
    def pages(self) -> list[str]:
        """The text of each page without white space, as pypdf reads it."""
        return [re.sub(r"\s", "", page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def fonts(self) -> set[str]:
        return {
            str(font.get_object()["/BaseFont"])
            for page in self.reader.pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index] # pypdf types all as one object
        }

    def drawn(self, page: int) -> Drawn:
        """What is drawn on a page besides its text."""
        strokes: list[tuple[float, ...]] = []
        areas: list[tuple[float, ...]] = []
        start: tuple[float, ...] = ()
        contents = self.reader.pages[page].get_contents()
        assert contents is not None
        for operands, operator in contents.operations:
            numbers = tuple(float(each) for each in operands) if operator in {b"m", b"l", b"re"} else ()
            if operator == b"m":
                start = numbers
            elif operator == b"l":
                strokes.append((*start, *numbers))
            elif operator == b"re":
                areas.append(numbers)
        return Drawn(strokes, areas)

    def poppler_text(self) -> str:
        """All text without white space, as poppler reads it."""
        return re.sub(r"\s", "", _poppler(self.content, "-raw"))

    def lines(self) -> list[list[list[Word]]]:
        """For each page its lines, each with its words from left to right."""
        pages = []
        for page in _poppler(self.content, "-bbox").split("<page ")[1:]:
            rows: dict[float, list[tuple[float, float, float, float, str]]] = {}
            for found in _word.finditer(page):
                left, top, right, bottom = (float(each) for each in found.groups()[:4])
                row = next((each for each in rows if abs(each - bottom) < _ONE_LINE * (bottom - top)), bottom)
                rows.setdefault(row, []).append((left, top, right, bottom, _unescaped(found[5])))
            pages.append([_inked(rows[row]) for row in sorted(rows)])
        return pages


def _inked(row: list[tuple[float, float, float, float, str]]) -> list[Word]:
    """The words of a line from left to right, without the white halves of marks at their ends."""
    half = max(bottom - top for _, top, _, bottom, _ in row) / 2
    return [
        Word(text, left + half * (text[0] in _WHITE_AT_THE_LEFT), right - half * (text[-1] in _WHITE_AT_THE_RIGHT), top)
        for left, top, right, _, text in sorted(row)
    ]


_WHITE_AT_THE_LEFT, _WHITE_AT_THE_RIGHT = "（《「『【〔〖“‘", "，。、；：）》」』】〕〗”’"
"""Marks of full width whose ink is in one half of it."""

_ONE_LINE = 0.09
"""Of its height; words whose lower edges are nearer than that stand on one line, though their fonts differ."""

_word = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _poppler(content: bytes, how: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler (pdftotext) is not installed")
    done = subprocess.run([program, how, "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode("utf-8")
