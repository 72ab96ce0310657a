"""Embeds faces into a PDF: the glyphs that a paper uses, and which character each of them is.

A face becomes a composite font (ISO 32000-1, 9.7) whose codes of two bytes are the numbers of the glyphs in the
embedded subset. Codes are given out as characters are met, so that any number of characters is one font.
"""

from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from struct import pack, unpack, unpack_from
from typing import Any, NamedTuple
from zlib import crc32

from reportlab.pdfbase import pdfmetrics

_COPIED = ("cvt ", "fpgm", "prep")  # what hinted outlines need; the bundled faces have none
_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES = 0x01, 0x08, 0x20, 0x40, 0x80  # flags of a part of a glyph
_MOST_PER_BLOCK = 100  # Adobe Technical Note 5411
_LETTERS = 6


class _Outline(NamedTuple):
    """A glyph of a face: its outline, padded to four bytes and summed up, its metrics, and what it is composed of."""

    data: bytes
    checksum: int
    metrics: bytes
    parts: tuple[tuple[int, int], ...]
    """Where in the outline the number of a glyph stands, and that number."""


class _Face:
    """The tables of a face that all its subsets share."""

    def __init__(self, name: str) -> None:
        self.face: Any = pdfmetrics.getFont(name).face  # type: ignore[attr-defined]  # ReportLab's stub knows no TTFont
        self._glyf = self.face.get_table_pos("glyf")[0]
        self.head: bytes = self.face.get_table("head")
        self.hhea: bytes = self.face.get_table("hhea")
        self.maxp: bytes = self.face.get_table("maxp")
        self._hmtx: bytes = self.face.get_table("hmtx")
        (self._widths,) = unpack_from(">H", self.hhea, 34)  # glyphs beyond have the width of the last
        self.copied = {tag: self.face.get_table(tag) for tag in _COPIED if tag in self.face.table}
        self._outlines: dict[int, _Outline] = {}

    def outline(self, index: int) -> _Outline:
        """The outline of a glyph, by its number in the face."""
        found = self._outlines.get(index)
        if found is None:
            start, end = self.face.glyphPos[index], self.face.glyphPos[index + 1]
            data = self.face.get_chunk(self._glyf + start, end - start)
            padded = data + bytes(-len(data) % 4)
            found = _Outline(padded, _checksum(padded), self._metrics(index), tuple(_parts(data)))
            self._outlines[index] = found
        return found

    def _metrics(self, index: int) -> bytes:
        """The width of a glyph and the white at its left, as the table of them says."""
        if index < self._widths:
            return self._hmtx[4 * index : 4 * index + 4]
        last, at = 4 * self._widths - 4, 2 * (self._widths + index)
        return self._hmtx[last : last + 2] + self._hmtx[at : at + 2]


@cache
def _face(name: str) -> _Face:
    return _Face(name)


def _parts(data: bytes) -> Iterable[tuple[int, int]]:
    if not data or unpack_from(">h", data)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, index = unpack_from(">HH", data, at)
        yield at + 2, index
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0


class Subset(dict[int, str]):
    """The characters of one face that a paper uses, with their codes in hex as a page writes them.

    It is a table for `str.translate`, which gives a code to each character that it meets for the first time.
    """

    def __init__(self, name: str, resource: str) -> None:
        """Begin a subset of a registered face; pages call it by `resource`."""
        super().__init__()
        self.resource = resource
        self._name = name
        self._face = _face(name)

    def __missing__(self, char: int) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code

    def objects(self, number: int) -> list[bytes]:
        """The five objects of the font, to be numbered from `number` on; the first is the font itself."""
        face = self._face.face
        program = self._program()
        name = f"{_tag(program)}+{self._name}"
        widths = " ".join(f"{face.charWidths.get(char, face.defaultWidth):g}" for char in self)
        box = " ".join(f"{edge:g}" for edge in face.bbox)
        return [
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{number + 1} 0 R]"
            f"/ToUnicode {number + 4} 0 R>>".encode(),
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/FontDescriptor {number + 2} 0 R"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[1[{widths}]]>>".encode(),
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle {face.italicAngle:g}"
            f"/Ascent {face.ascent:g}/Descent {face.descent:g}/CapHeight {face.capHeight:g}/StemV {face.stemV:g}"
            f"/FontFile2 {number + 3} 0 R>>".encode(),
            program,
            self._to_unicode(),
        ]

    def _program(self) -> bytes:
        """The subset as a TrueType font; its glyphs stand in the order of their codes, after the one for none."""
        face = self._face
        numbers = face.face.charToGlyph
        outlines = [face.outline(0), *(face.outline(numbers[char]) for char in self)]
        glyphs = [outline.data for outline in outlines]
        checksum = sum(outline.checksum for outline in outlines)
        if any(outline.parts for outline in outlines):
            _add_parts(face, outlines, glyphs)
            checksum = _checksum(b"".join(glyphs))
        count = len(glyphs)
        tables = {
            **face.copied,
            "glyf": b"".join(glyphs),
            "head": face.head[:8] + bytes(4) + face.head[12:50] + b"\0\1" + face.head[52:],  # offsets of four bytes
            "hhea": face.hhea[:34] + pack(">H", count),
            "hmtx": b"".join([outline.metrics for outline in outlines]),
            "loca": pack(f">{count + 1}L", *accumulate(map(len, glyphs), initial=0)),
            "maxp": face.maxp[:4] + pack(">H", count) + face.maxp[6:],
        }
        return _true_type(tables, {"glyf": checksum})

    def _to_unicode(self) -> bytes:
        entries = [f"<{code}> <{chr(char).encode('utf-16-be').hex()}>" for char, code in self.items()]
        blocks = [entries[start : start + _MOST_PER_BLOCK] for start in range(0, len(entries), _MOST_PER_BLOCK)]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
        return "\n".join(lines).encode()


def _add_parts(face: _Face, outlines: list[_Outline], glyphs: list[bytes]) -> None:
    """Add the glyphs that others are composed of, and tell those their new numbers."""
    renumbered: dict[int, int] = {}
    for at, outline in enumerate(outlines):  # which grows meanwhile
        for place, index in outline.parts:
            if index not in renumbered:
                renumbered[index] = len(outlines)
                outlines.append(face.outline(index))
                glyphs.append(outlines[-1].data)
            glyphs[at] = glyphs[at][:place] + pack(">H", renumbered[index]) + glyphs[at][place + 2 :]


def _true_type(tables: dict[str, bytes], known: dict[str, int]) -> bytes:
    """Put tables together as a TrueType font; some of their checksums are known."""
    power = len(tables).bit_length() - 1
    offset = 12 + 16 * len(tables)
    directory = [pack(">LHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))]
    bodies = []
    total = 0
    head = 0
    for tag, data in sorted(tables.items()):
        body = data + bytes(-len(data) % 4)
        if tag == "head":
            head = offset
        checksum = known.get(tag, 0) & 0xFFFFFFFF or _checksum(body)
        total += checksum
        directory.append(pack(">4sLLL", tag.encode(), checksum, offset, len(data)))
        bodies.append(body)
        offset += len(body)
    font = bytearray(b"".join([*directory, *bodies]))
    total += _checksum(b"".join(directory))
    font[head + 8 : head + 12] = pack(">L", 0xB1B0AFBA - total & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF


def _tag(program: bytes) -> str:
    """Six letters that tell one subset of a face from another."""
    number, letters = crc32(program), ""
    for _ in range(_LETTERS):
        number, letter = divmod(number, 26)
        letters += chr(ord("A") + letter)
    return letters
