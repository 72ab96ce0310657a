"""Small fonts for tests, made of squares."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

EM = 1000


def font(
    chars: str, *, empty: str = "", name: str = "Made", may_embed: int = 0, boxed: str = "", outlines: str = "glyf"
) -> TTFont:
    """A font with a glyph for each of `chars`, nothing behind `empty`, and the box of the missing behind `boxed`.

    `may_embed` is the fsType of OS/2. Each glyph is a square of another size.
    """
    every = dict.fromkeys(chars + empty)
    names = {char: f"g{ord(char):04X}" for char in every}
    order = [".notdef", *names.values()]
    builder = FontBuilder(EM, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): glyph for char, glyph in names.items()} | {ord(c): ".notdef" for c in boxed})
    sides = {".notdef": 900} | {names[char]: 0 if char in empty else 400 + at for at, char in enumerate(every)}
    if outlines == "glyf":
        builder.setupGlyf({glyph: _square(TTGlyphPen(None), side).glyph() for glyph, side in sides.items()})
    else:
        strings = {glyph: _square(T2CharStringPen(EM, None), side).getCharString() for glyph, side in sides.items()}
        builder.setupCFF(name, {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (EM, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": f"{name} Full", "psName": name})
    builder.setupOS2(sTypoAscender=880, fsType=may_embed)
    builder.setupPost()
    return builder.font


def _square(pen: Any, side: int) -> Any:
    if side:
        pen.moveTo((0, 0))
        pen.lineTo((0, side))
        pen.lineTo((side, side))
        pen.lineTo((side, 0))
        pen.closePath()
    return pen


def save(path: Path, made: TTFont) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def save_collection(path: Path, made: Iterable[TTFont]) -> Path:
    collection = TTCollection()
    collection.fonts = list(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    collection.save(path)
    return path
