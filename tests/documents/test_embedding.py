import re
from io import BytesIO
from struct import unpack
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from mediation_desk.documents import fonts
from mediation_desk.documents.embedding import Subset
from mediation_desk.documents.fonts import TEXT
from mediation_desk.resources import resource

COMPOSED = "´¨"


def embedded(text: str, name: str = "") -> tuple[Subset, list[bytes], TTFont]:
    """The subset of a face for a text, its objects, and the font that is embedded."""
    subset = Subset(name or TEXT.first, "F1")
    text.translate(subset)
    objects = subset.objects(7)
    return subset, objects, TTFont(BytesIO(objects[3]))


def outline(font: TTFont, glyph: str) -> Any:
    coordinates, ends, flags = font["glyf"][glyph].getCoordinates(font["glyf"])
    return list(coordinates), list(ends), list(flags)


def test_a_code_is_the_number_of_a_glyph_and_every_glyph_is_the_one_of_its_character() -> None:
    text = "甲乙，甲Ab1，䶮"
    subset, _, font = embedded(text)
    whole = TTFont(resource("fonts", "NotoSerifSC-Regular.ttf"))
    names, glyphs = whole.getBestCmap(), font.getGlyphOrder()
    assert "甲乙甲".translate(subset) == "000100020001"
    assert len(glyphs) == 1 + len(set(text))
    for char, code in subset.items():
        glyph = glyphs[int(code, 16)]
        assert outline(font, glyph) == outline(whole, names[char])
        assert font["hmtx"][glyph] == whole["hmtx"][names[char]]


def test_what_a_glyph_is_composed_of_comes_with_it() -> None:
    TEXT.find("Ł")  # which opens the face
    name = fonts._opened("LXGWWenKai-8105.ttf").name
    subset, _, font = embedded(COMPOSED, name)
    whole = TTFont(resource("fonts", "LXGWWenKai-8105.ttf"))
    assert len(font.getGlyphOrder()) > 1 + len(COMPOSED)
    for char, code in subset.items():
        glyph = font.getGlyphOrder()[int(code, 16)]
        assert font["glyf"][glyph].isComposite()
        assert outline(font, glyph) == outline(whole, whole.getBestCmap()[char])


@pytest.mark.parametrize("text", ["甲", "甲乙丙，Ab1" * 9, ""])
def test_the_checksums_of_a_font_are_right(text: str) -> None:
    _, objects, font = embedded(text)
    program = objects[3]
    assert sum(unpack(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA
    for tag, entry in font.reader.tables.items():
        start = entry.offset
        data = program[start : start + entry.length + -entry.length % 4]
        if tag == "head":
            data = data[:8] + bytes(4) + data[12:]
        assert sum(unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF == entry.checkSum


def test_widths_and_characters_are_told_in_the_order_of_the_codes() -> None:
    _, (font, descendant, *_, to_unicode), _ = embedded("甲1")
    one = TEXT.glyphs("1")[0].width * 1000
    assert f"/W[1[1000 {one:g}]]".encode() in descendant
    assert b"/ToUnicode 11 0 R" in font
    assert re.findall(rb"<(\w{4})> <(\w+)>", to_unicode)[1:] == [(b"0001", b"7532"), (b"0002", b"0031")]


def test_a_character_beyond_the_first_plane_is_told_in_utf_16() -> None:
    glyph = TEXT.find("𠮷")
    assert glyph
    _, objects, _ = embedded("𠮷", glyph.font)
    assert b"<0001> <d842dfb7>" in objects[-1]


def test_other_glyphs_make_another_name() -> None:
    names = {re.search(rb"/BaseFont/([A-Z]{6}\+[\w-]+)", embedded(text)[1][0])[1] for text in "甲乙甲"}  # type: ignore[index]  # it is found
    assert len(names) == 2
