"""The faces that papers are set in, and which of them can draw a character.

A `Chain` is asked for a character and answers with the first face that really has it: the face of the text, then one
with more Latin letters, then the rare Hanzi, whose files cover 0x1000 code points each and are opened only when a name
needs them. What no face can draw is refused by name (`GlyphMissing`), never printed as □ or left out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from threading import RLock
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from mediation_desk.domain.errors import DeskError
from mediation_desk.resources import resource

_TEXT = "NotoSerifSC-Regular.ttf"
_TITLE = "NotoSerifSC-Bold-8105.ttf"
_HEADING = "NotoSansSC-Bold-8105.ttf"
_MORE_LETTERS = "LXGWWenKai-8105.ttf"
_RARE_FOLDERS = ("rare-g", "rare-h")
_RARE_FROM, _RARE_STEP = 0x20000, 0x1000
_NAME_DOT, _HALF_WIDTH_DOT = 0xB7, 0xFF65
_MOST_PER_BLOCK = 100  # Adobe Technical Note 5411

_loading = RLock()
_letters = re.compile(r"[!-\xb6\xb8-\u1fff]+")
_unseen = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_spaces = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")


class GlyphMissing(DeskError):
    """Characters that no face can draw. `missing` holds (character, where it stands)."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        self.missing = tuple(dict.fromkeys(missing))
        found = "；".join(f"{place or '正文'}中的“{_shown(char)}”（U+{ord(char):04X}）" for char, place in self.missing)
        super().__init__(
            f"没有字体能印出：{found}。文书没有生成，已登记的内容没有改动。请核对这些字，或改用身份证件上的写法后再打印。"
        )


def _shown(char: str) -> str:
    """A character for a message; a broken half of a surrogate pair could not be written anywhere."""
    return "" if "\ud800" <= char <= "\udfff" else char


def without_unseen(text: str) -> str:
    """Leave out what has no shape (controls, variation selectors, joiners); every narrow space becomes a plain one."""
    return _spaces.sub(" ", _unseen.sub("", text))


class Glyph(NamedTuple):
    """How one character is drawn: the registered font and the advance width in em."""

    font: str
    width: float


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:  # noqa: ARG001 - ReportLab's signature
    """Write the CMap from the codes of a subset to Unicode, in UTF-16BE.

    ReportLab writes five hex digits above U+FFFF, so that 𠮷 is copied and searched as another character.
    """
    entries = [f"<{code:02X}> <{chr(value).encode('utf-16-be').hex()}>" for code, value in enumerate(subset)]
    blocks = [entries[start : start + _MOST_PER_BLOCK] for start in range(0, len(entries), _MOST_PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


ttfonts.makeToUnicodeCMap = _to_unicode


class _Face:
    """One font file, registered with ReportLab under its PostScript name."""

    def __init__(self, file: str) -> None:
        font = TTFont(file, str(resource("fonts", file)), shapable=False, asciiReadable=False)
        self.name: str = font.face.name.decode("ascii")
        font.fontName = self.name
        if self.name in pdfmetrics.getRegisteredFontNames():
            raise ValueError(f"{file}: a second file named {self.name}; only the first would be embedded")
        self._face = font.face
        if _HALF_WIDTH_DOT in self._face.charToGlyph:
            # GB/T 15834: the dot within a name takes half a character; the Latin one would stick to the Hanzi
            self._face.charToGlyph[_NAME_DOT] = self._face.charToGlyph[_HALF_WIDTH_DOT]
            self._face.charWidths[_NAME_DOT] = self._face.charWidths[_HALF_WIDTH_DOT]
        pdfmetrics.registerFont(font)

    def glyph(self, char: str) -> Glyph | None:
        """How this face draws a character; None without a glyph, or with an empty one behind a visible character."""
        index = self._face.charToGlyph.get(ord(char))
        if not index or (self._face.glyphPos[index] == self._face.glyphPos[index + 1] and not char.isspace()):
            return None
        return Glyph(self.name, self._face.getCharWidth(ord(char)) / 1000)


@cache
def _opened(file: str) -> _Face:
    return _Face(file)


@cache
def _rare_files(start: int) -> tuple[str, ...]:
    names = (f"{folder}/{start:05X}.ttf" for folder in _RARE_FOLDERS)
    return tuple(name for name in names if resource("fonts").joinpath(name).exists())


class Chain:
    """The faces of one kind of text, in the order in which they are asked."""

    def __init__(self, *files: str) -> None:
        self._files = (*files, _MORE_LETTERS)
        self._known: dict[str, Glyph | None] = {}

    @cached_property
    def first(self) -> str:
        """The registered name of the face that the text is meant to be in."""
        return self._open(self._files[0]).name

    def glyphs(self, text: str) -> list[Glyph]:
        """How each character is drawn. A word in letters stands in one face as long as some face has all of it.

        Raises `GlyphMissing`, with an empty place, naming every character that no face can draw.
        """
        found = [self._glyph(char) for char in text]
        glyphs = [glyph for glyph in found if glyph is not None]
        if len(glyphs) < len(found):
            raise GlyphMissing([(char, "") for char, glyph in zip(text, found, strict=True) if glyph is None])
        if any(glyph.font != self.first for glyph in glyphs):
            for word in _letters.finditer(text):
                glyphs[word.start() : word.end()] = self._in_one_face(word[0], glyphs[word.start() : word.end()])
        return glyphs

    def _glyph(self, char: str) -> Glyph | None:
        try:
            return self._known[char]
        except KeyError:
            drawn = (self._open(file).glyph(char) for file in self._candidates(char))
            found = self._known[char] = next((glyph for glyph in drawn if glyph), None)
            return found

    def _candidates(self, char: str) -> Iterator[str]:
        yield from self._files
        if ord(char) >= _RARE_FROM:
            yield from _rare_files(ord(char) // _RARE_STEP * _RARE_STEP)

    def _in_one_face(self, word: str, mixed: list[Glyph]) -> list[Glyph]:
        for file in self._files:
            drawn = [self._open(file).glyph(char) for char in word]
            glyphs = [glyph for glyph in drawn if glyph]
            if len(glyphs) == len(word):
                return glyphs
        return mixed

    @staticmethod
    def _open(file: str) -> _Face:
        with _loading:  # a paper may be made beside the window while another loads the faces
            return _opened(file)


TEXT = Chain(_TEXT)
TITLE = Chain(_TITLE, _TEXT)
HEADING = Chain(_HEADING, _TEXT)


def load() -> None:
    """Open the faces that every paper needs (about 0.1 s), so that the first paper does not wait for them."""
    for chain in (TEXT, TITLE, HEADING):
        chain.glyphs("文")
