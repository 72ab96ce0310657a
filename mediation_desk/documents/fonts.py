"""The faces that papers are set in, and which of them can draw a character.

A `Chain` is asked for a character and answers with the first face that really has it: the face of the text, then one
with more Latin letters, then the rare Hanzi, whose files cover 0x1000 code points each and are opened only when a name
needs them, then what the user or the PC has (`font_files.py`). What no face can draw is refused by name
(`GlyphMissing`), never printed as □ or left out.

A rare face has its own range and nothing else, so no bundled face has the whole of 张𠮷. Beside the face of the text
that is no blemish: size and baseline are the same, the strokes nearly. Beside a bold one it is, so that such a name
goes to the face of the text as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from struct import unpack_from
from threading import RLock
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from mediation_desk.documents.embedding import Subset
from mediation_desk.documents.font_files import FontFile, other_fonts, own_folder
from mediation_desk.documents.quick_face import QuickFace
from mediation_desk.documents.scripts import obstacle
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
_MOST_CHARS_PER_GLYPH = 4  # a glyph of more is a box that stands for whatever the font lacks
_BUNDLED = {
    _TEXT: "思源宋体",
    _TITLE: "思源宋体（粗）",
    _HEADING: "思源黑体（粗）",
    _MORE_LETTERS: "霞鹜文楷",
    "rare-g": "BabelStone Han",
    "rare-h": "花园明朝",
}
NO_FACE = "没有字体"

_loading = RLock()
_faces: dict[str, "_Face"] = {}
_numbers = count(1)
_letters = re.compile(r"[!-\xb6\xb8-\u1fff]+")
_unseen = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_spaces = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")


class GlyphMissing(DeskError):
    """Characters that no face can draw. `missing` holds (character, where it stands)."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        self.missing = tuple(dict.fromkeys(missing))
        found = "；".join(f"{place or '正文'}中的“{_shown(char)}”（U+{ord(char):04X}）" for char, place in self.missing)
        cures = "".join(dict.fromkeys(cure(char) for char, _ in self.missing))
        super().__init__(f"没有字体能印出：{found}。文书没有生成，已登记的内容没有改动。{cures}")


def _shown(char: str) -> str:
    """A character for a message; a broken half of a surrogate pair could not be written anywhere."""
    return "" if "\ud800" <= char <= "\udfff" else char


def cure(char: str) -> str:
    """What to do about a character that cannot be printed, in a sentence."""
    there = f"放进“{own_folder()}”" if own_folder() else "装到这台电脑上"
    return (
        obstacle(char) or f"请核对这个字；如果没有写错，把有这个字的 TrueType 字体文件{there}，重新打开程序后再打印。"
    )


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
ttfonts.TTFontFace = QuickFace  # type: ignore[misc]  # a TTFont makes the face of that name


class _Face:
    """One font file, or one face of a collection, registered with ReportLab.

    A bundled face is called by its PostScript name, one from elsewhere by a name of ours: only the first of two fonts
    of one name would be embedded.
    """

    def __init__(self, path: Path, number: int = 0, *, bundled_as: str = "") -> None:
        font = TTFont(path.name, str(path), subfontIndex=number, shapable=False, asciiReadable=False)
        self._face = font.face
        self.path, self.number = path, number
        self.shown: str = bundled_as or font.face.fullName.decode("utf-8")
        if not bundled_as:
            font.face.name = f"Other{next(_numbers)}-".encode() + font.face.name
        self.name: str = font.face.name.decode("ascii")
        font.fontName = self.name
        if self.name in pdfmetrics.getRegisteredFontNames():
            raise ValueError(f"{path.name}: a second file named {self.name}; only the first would be embedded")
        if _HALF_WIDTH_DOT in self._face.charToGlyph:
            # GB/T 15834: the dot within a name takes half a character; the Latin one would stick to the Hanzi
            self._face.charToGlyph[_NAME_DOT] = self._face.charToGlyph[_HALF_WIDTH_DOT]
            self._face.charWidths[_NAME_DOT] = self._face.charWidths[_HALF_WIDTH_DOT]
        pdfmetrics.registerFont(font)
        _faces[self.name] = self

    def glyph(self, char: str) -> Glyph | None:
        """How this face draws a character; None without a glyph, or with an empty one behind a visible character."""
        index = self._face.charToGlyph.get(ord(char))
        if not index or not (self._has_ink(index) or char.isspace()):
            return None
        return Glyph(self.name, self._face.getCharWidth(ord(char)) / 1000)

    def vouched(self, char: str) -> Glyph | None:
        """The same of a font that nobody has looked at: no box in place of the character, and fit to be embedded."""
        glyph = self.glyph(char)
        if glyph is None or self._stands_in(self._face.charToGlyph[ord(char)]):
            return None
        subset = Subset(self.name, "")
        char.translate(subset)
        subset.objects(1)  # as papers embed it
        self._face.makeSubset([ord(char)])  # as stamps on pages do
        return glyph

    def _stands_in(self, index: int) -> bool:
        """Whether a glyph is the box that a font shows for whatever it lacks."""
        shared_by = list(self._face.charToGlyph.values()).count(index)
        return shared_by > _MOST_CHARS_PER_GLYPH or self._outline(index) == self._outline(0)

    def all_of(self, text: str) -> list[Glyph]:
        """How this face draws each character of a text; [] unless it has them all."""
        glyphs = [glyph for char in text if (glyph := self.glyph(char))]
        return glyphs if len(glyphs) == len(text) else []

    def _has_ink(self, index: int) -> bool:
        outline = self._outline(index)
        if not outline:
            return False
        contours, left, bottom, right, top = unpack_from(">5h", outline)
        return bool(contours) and left < right and bottom < top

    def _outline(self, index: int) -> bytes:
        start = self._face.get_table_pos("glyf")[0]
        positions: list[int] = self._face.glyphPos
        return self._face.get_chunk(start + positions[index], positions[index + 1] - positions[index])


@cache
def _opened(file: str) -> _Face:
    return _Face(resource("fonts", file), bundled_as=_BUNDLED[file.partition("/")[0]])


# ---- fonts that do not come with the program


@cache
def _opened_elsewhere(path: Path, number: int) -> _Face:
    return _Face(path, number)


@cache
def _from_elsewhere(char: str) -> Glyph | None:
    """How the first font that has a character draws it. There is none for what needs more than a font."""
    if obstacle(char):
        return None
    drawn = (_try(font, char) for font in other_fonts() if font.may_have(char))
    return next((glyph for glyph in drawn if glyph), None)


def _try(font: FontFile, char: str) -> Glyph | None:
    try:
        return _opened_elsewhere(font.path, font.number).vouched(char)
    except Exception:  # noqa: BLE001 - whatever is wrong with a stranger's font, the next one is asked
        return None


class Chain:
    """The faces of one kind of text, in the order in which they are asked."""

    def __init__(self, *files: str) -> None:
        self._files = files
        self._known: dict[str, Glyph] = {}

    @cached_property
    def first(self) -> str:
        """The registered name of the face that the text is meant to be in."""
        return self._open(self._files[0]).name

    def glyphs(self, text: str, names: Sequence[str] = ()) -> list[Glyph]:
        """How each character is drawn. A word in letters stands in one face as long as some face has all of it.

        So does each of `names` wherever it occurs. One that no face has all of is set in the face of the text, and in
        others only where that has to be.

        Raises `GlyphMissing`, with an empty place, naming every character that no face can draw.
        """
        known = self._known
        found = [known.get(char) or self.find(char) for char in text]
        glyphs = [glyph for glyph in found if glyph is not None]
        if len(glyphs) < len(found):
            raise GlyphMissing([(char, "") for char, glyph in zip(text, found, strict=True) if glyph is None])
        if any(glyph.font != self.first for glyph in glyphs):
            for word in _letters.finditer(text):
                start, end = word.span()
                glyphs[start:end] = self._in_one_face(word[0]) or glyphs[start:end]
            for name in filter(None, map(without_unseen, names)):
                for place in re.finditer(re.escape(name), text):
                    start, end = place.span()
                    glyphs[start:end] = self._as_name(name, glyphs[start:end])
        return glyphs

    def find(self, char: str) -> Glyph | None:
        """How a character is drawn where it stands alone; None if no face can."""
        found = self._known.get(char)
        if found is None:
            drawn = (face.glyph(char) for face in self._candidates(char))
            found = next((glyph for glyph in drawn if glyph), None)
            if found is None:
                with _loading:
                    found = _from_elsewhere(char)
            if found is not None:
                self._known[char] = found
        return found

    def _candidates(self, char: str) -> Iterator[_Face]:
        yield from (self._open(file) for file in self._files_for(char))
        if ord(char) >= _RARE_FROM:
            start = ord(char) // _RARE_STEP * _RARE_STEP
            for folder in _RARE_FOLDERS:
                with suppress(FileNotFoundError):  # not every range has a file in both
                    yield self._open(f"{folder}/{start:05X}.ttf")

    def _files_for(self, text: str) -> tuple[str, ...]:
        """The files worth asking. The one with more letters has no rare Hanzi of its own and takes 20 ms to open."""
        return self._files if any(ord(char) >= _RARE_FROM for char in text) else (*self._files, _MORE_LETTERS)

    def _in_one_face(self, text: str) -> list[Glyph]:
        """The glyphs of the first face that has them all; [] if there is none."""
        return next(filter(None, (self._open(file).all_of(text) for file in self._files_for(text))), [])

    def _as_name(self, name: str, mixed: list[Glyph]) -> list[Glyph]:
        if all(glyph.font == self.first for glyph in mixed):
            return mixed
        others = (_faces[font].all_of(name) for font in dict.fromkeys(glyph.font for glyph in mixed))
        quiet = [TEXT.find(char) or glyph for char, glyph in zip(name, mixed, strict=True)]
        return self._in_one_face(name) or next(filter(None, others), quiet)

    @staticmethod
    def _open(file: str) -> _Face:
        with _loading:  # a paper may be made beside the window while another loads the faces
            return _opened(file)


TEXT = Chain(_TEXT)
TITLE = Chain(_TITLE, _TEXT)
HEADING = Chain(_HEADING, _TEXT)


class Drawn(NamedTuple):
    """A character of a name and the face that prints it: its name, and the file with the number of the face in it.

    What nothing can print has `NO_FACE` and no file.
    """

    char: str
    face: str
    path: Path | None = None
    number: int = 0


def faces_of(name: str) -> list[Drawn]:
    """Which face prints each character of a name in the text of a paper; what has no shape is left out."""
    name = without_unseen(name)
    found = [TEXT.find(char) for char in name]
    if None not in found:
        found = [*TEXT.glyphs(name, [name])]
    return [_drawn(char, glyph) for char, glyph in zip(name, found, strict=True)]


def _drawn(char: str, glyph: Glyph | None) -> Drawn:
    if glyph is None:
        return Drawn(char, NO_FACE)
    face = _faces[glyph.font]
    return Drawn(char, face.shown, face.path, face.number)
