"""Reads each table of a font in one go. ReportLab reads them number by number, which takes twice as long for a paper.

ISO/IEC 14496-22: cmap (5.2.1), hhea (5.2.4), hmtx (5.2.5), loca (5.3.4).
"""

from itertools import count
from struct import iter_unpack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFace

_ALL_OF_UNICODE = 3, 10
_IN_GROUPS = 12
_CMAP_HEAD, _CMAP_ENTRY, _GROUPS_HEAD, _GROUP = 4, 8, 16, 12
_SPACE, _FIRM_SPACE = 0x20, 0xA0


class QuickFace(TTFontFace):
    """Knows the same as its base, of a font that maps all of Unicode in groups; any other the base reads itself."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - ReportLab's names
        super().extractInfo(0)  # which refuses what may not be embedded
        groups = self._groups()
        if not charInfo or not groups:
            super().extractInfo(1 if charInfo else 0)
            return
        chars: dict[int, int] = {}
        for first, last, glyph in iter_unpack(">LLL", groups):
            chars.update(zip(range(first, last + 1), count(glyph), strict=False))
        if _SPACE in chars or _FIRM_SPACE in chars:
            chars[_FIRM_SPACE] = chars.setdefault(_SPACE, chars.get(_FIRM_SPACE, 0))
        self.charToGlyph = chars
        self.hmetrics = self._metrics()
        scale = 1000 / self.unitsPerEm
        widths = [width if scale == 1 else width * scale for width, _ in self.hmetrics]
        self.defaultWidth = widths[0]
        self.charWidths = {char: widths[glyph] for char, glyph in chars.items() if glyph < len(widths)}
        self.glyphPos = self._positions()

    def _groups(self) -> bytes:
        """The groups of characters, each as its first and last one and the first glyph; empty without such a table."""
        table = self._table("cmap")
        (number,) = unpack_from(">H", table, 2)
        for platform, encoding, at in iter_unpack(">HHL", table[_CMAP_HEAD : _CMAP_HEAD + _CMAP_ENTRY * number]):
            if (platform, encoding) == _ALL_OF_UNICODE and unpack_from(">H", table, at)[0] == _IN_GROUPS:
                (groups,) = unpack_from(">L", table, at + _GROUPS_HEAD - 4)
                return table[at + _GROUPS_HEAD : at + _GROUPS_HEAD + _GROUP * groups]
        return b""

    def _metrics(self) -> list[tuple[int, int]]:
        """Width and left bearing of each glyph; the last ones share a width."""
        (own,) = unpack_from(">H", self._table("hhea"), 34)
        table = self._table("hmtx")
        metrics = [(width, bearing) for width, bearing in iter_unpack(">HH", table[: 4 * own])]
        bearings = iter_unpack(">H", table[4 * own : 4 * own + 2 * (self.numGlyphs - own)])
        return metrics + [(metrics[-1][0], bearing) for (bearing,) in bearings]

    def _positions(self) -> list[int]:
        """Where each glyph begins among the outlines, and where the last one ends."""
        number, table = self.numGlyphs + 1, self._table("loca")
        if unpack_from(">H", self._table("head"), 50)[0]:
            return list(unpack_from(f">{number}L", table))
        return [2 * half for half in unpack_from(f">{number}H", table)]

    def _table(self, tag: str) -> bytes:
        table: bytes = TTFontFace.get_table(self, tag)
        return table
