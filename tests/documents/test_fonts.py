import pytest

from mediation_desk.documents import fonts
from mediation_desk.documents.fonts import HEADING, TEXT, TITLE, Chain, GlyphMissing, without_unseen


@pytest.mark.parametrize("name", ["𠮷", "䶮", "买买提江·吐尔逊", "Łukasz", "𬀩", "㐀", "𫔽", "〇", "𱍐"])
@pytest.mark.parametrize("chain", [TEXT, TITLE, HEADING])
def test_every_name_has_a_glyph(chain: Chain, name: str) -> None:
    assert all(glyph.width > 0 for glyph in chain.glyphs(name))


def test_every_character_of_gb_18030_level_3_has_a_glyph() -> None:
    ranges = [(0x4E00, 0x9FFF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D)]
    ranges += [(0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2F00, 0x2FD5)]
    codes = [code for first, last in ranges for code in range(first, last + 1)]
    codes += [0xFA00 + low for low in bytes.fromhex("0e0f1113141f212324272829")]
    codes += [0x2E00 + low for low in bytes.fromhex("8184888b8c97a7aaaeb3b6b7bbca")]
    assert len(TEXT.glyphs("".join(map(chr, codes)))) == len(codes) > 88_000


def test_a_word_in_letters_stands_in_one_face() -> None:
    faces = {glyph.font for glyph in TEXT.glyphs("Łukasz")}
    assert len(faces) == 1
    assert TEXT.first not in faces


def test_a_word_with_letters_of_no_common_face_is_mixed() -> None:
    assert len({glyph.font for glyph in TEXT.glyphs("Łạ")}) == 2


def test_hanzi_beside_a_foreign_word_keep_the_face_of_the_text() -> None:
    assert TEXT.glyphs("王Ł")[0].font == TEXT.first


def test_the_dot_in_a_name_is_half_a_character_wide() -> None:
    assert [chain.glyphs("·")[0].width for chain in (TEXT, TITLE, HEADING)] == [0.5, 0.5, 0.5]


def test_all_missing_characters_are_named_with_their_code_points() -> None:
    with pytest.raises(GlyphMissing) as refused:
        TEXT.glyphs("张\U0002ebf0与李\ue000")
    assert refused.value.missing == (("\U0002ebf0", ""), ("\ue000", ""))
    assert "U+2EBF0" in str(refused.value)
    assert "U+E000" in str(refused.value)


def test_scripts_that_need_shaping_are_refused() -> None:
    with pytest.raises(GlyphMissing):
        TEXT.glyphs("ئۇيغۇر")


def test_the_sentence_names_the_place_once() -> None:
    refused = GlyphMissing([("\ue000", "当事人“张三”"), ("\ue000", "当事人“张三”")])
    assert str(refused).count("当事人“张三”中的“\ue000”（U+E000）") == 1


def test_half_of_a_surrogate_pair_is_named_without_being_printed() -> None:
    with pytest.raises(GlyphMissing) as refused:
        TEXT.glyphs("\ud842")
    assert "“”（U+D842）" in str(refused.value)
    str(refused.value).encode("utf-8")


def test_an_empty_glyph_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    face = fonts._opened("NotoSerifSC-Regular.ttf")
    assert face.glyph("文")
    monkeypatch.setitem(face._face.charToGlyph, ord("文"), face._face.charToGlyph[0x3000])
    assert face.glyph("文") is None
    assert face.glyph("　")


def test_a_second_file_of_one_name_is_refused() -> None:
    fonts.load()
    with pytest.raises(ValueError, match="NotoSerifSC-Regular"):
        fonts._Face("NotoSerifSC-Regular.ttf")


def test_what_has_no_shape_is_left_out() -> None:
    assert without_unseen("张\ufe00\u200d三\x00\U000e0100\ufeff\xad") == "张三"
    assert without_unseen("A\xa0B\tC\u2003D　E") == "A B C D　E"


def test_characters_above_the_first_plane_are_mapped_by_surrogate_pairs() -> None:
    cmap = fonts._to_unicode("Font", [0, *(ord("一") + step for step in range(149)), ord("𠮷")])
    assert "<96> <d842dfb7>" in cmap
    assert [line for line in cmap.splitlines() if line.endswith("beginbfchar")] == ["100 beginbfchar", "51 beginbfchar"]
