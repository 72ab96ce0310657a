"""A font that is read in one go is the same as one that ReportLab reads."""

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from mediation_desk.documents.quick_face import QuickFace
from mediation_desk.resources import resource
from tests.documents.made_fonts import font, save

BUNDLED = sorted(str(path.relative_to(resource("fonts"))) for path in resource("fonts").rglob("*.ttf"))
READ = ("charToGlyph", "charWidths", "defaultWidth", "glyphPos", "numGlyphs", "name", "bbox", "ascent", "unitsPerEm")


def same(path: Path) -> QuickFace:
    """The font at `path`, after it was compared."""
    quick, plain = QuickFace(str(path)), TTFontFace(str(path))
    for what in READ:
        assert getattr(quick, what) == getattr(plain, what), what
    assert [bearing for _, bearing in quick.hmetrics] == [bearing for _, bearing in plain.hmetrics]
    return quick


@pytest.mark.parametrize("file", BUNDLED)
def test_every_bundled_face_is_the_same(file: str) -> None:
    face = same(resource("fonts", file))
    widths = {char: face.hmetrics[glyph][0] * 1000 / face.unitsPerEm for char, glyph in face.charToGlyph.items()}
    assert widths == face.charWidths


def test_a_small_font_with_short_positions_is_the_same(tmp_path: Path) -> None:
    assert 0x20BB7 in same(save(tmp_path / "rare.ttf", font("文𠮷 "))).charToGlyph


def test_a_font_without_groups_is_read_by_reportlab(tmp_path: Path) -> None:
    assert ord("文") in same(save(tmp_path / "plain.ttf", font("文书"))).charToGlyph


def test_one_of_two_spaces_stands_for_both(tmp_path: Path) -> None:
    for number, space in enumerate((" ", "\xa0")):
        face = same(save(tmp_path / f"{number}.ttf", font(f"𠮷{space}")))
        assert face.charToGlyph[0x20] == face.charToGlyph[0xA0]
