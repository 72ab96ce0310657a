import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mediation_desk.documents import font_files, fonts
from mediation_desk.documents.font_files import look_also_in
from mediation_desk.documents.fonts import (
    HEADING,
    NO_FACE,
    TEXT,
    TITLE,
    Chain,
    GlyphMissing,
    faces_of,
    without_unseen,
)
from mediation_desk.documents.page import Frame, Sheet
from mediation_desk.resources import resource
from tests.documents.made_fonts import font, save, save_collection
from tests.documents.reading import Paper

OF_EXT_I = "\U0002ebf0"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a user who has not put a font there yet, on a PC without any."""
    monkeypatch.setattr(font_files, "system_folders", lambda: [tmp_path / "system"])
    for chain in (TEXT, TITLE, HEADING):
        monkeypatch.setattr(chain, "_known", {})
    start_anew(tmp_path / "own")
    yield tmp_path / "own"
    start_anew()


def start_anew(*folders: Path) -> None:
    """The folders are read once in the life of the program."""
    look_also_in(*folders)
    fonts._from_elsewhere.cache_clear()


def face_of(char: str) -> str:
    return faces_of(char)[0].face


@pytest.mark.parametrize("name", ["𠮷", "䶮", "买买提江·吐尔逊", "Łukasz", "𬀩", "㐀", "𫔽", "〇", "𱍐"])
@pytest.mark.parametrize("chain", [TEXT, TITLE, HEADING])
def test_every_name_has_a_glyph(chain: Chain, name: str) -> None:
    assert all(glyph.width > 0 for glyph in chain.glyphs(name))


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


def test_all_missing_characters_are_named_with_their_code_points(own: Path) -> None:
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
    assert TEXT.glyphs("文")
    with pytest.raises(ValueError, match="NotoSerifSC-Regular"):
        fonts._Face(resource("fonts", "NotoSerifSC-Regular.ttf"), bundled_as="思源宋体")


def test_what_has_no_shape_is_left_out() -> None:
    assert without_unseen("张\ufe00\u200d三\x00\U000e0100\ufeff\xad\u061c\u202e\u034f") == "张三"
    assert without_unseen("A\xa0B\tC\u2003D　E") == "A B C D　E"


def test_characters_above_the_first_plane_are_mapped_by_surrogate_pairs() -> None:
    cmap = fonts._to_unicode("Font", [0, *(ord("一") + step for step in range(149)), ord("𠮷")])
    assert "<96> <d842dfb7>" in cmap
    assert [line for line in cmap.splitlines() if line.endswith("beginbfchar")] == ["100 beginbfchar", "51 beginbfchar"]


# ---- names


def fonts_in(chain: Chain, text: str, name: str) -> list[str]:
    return [glyph.font for glyph in chain.glyphs(text, [name])]


def test_a_name_that_the_bold_face_lacks_a_character_of_stands_in_the_face_of_the_text() -> None:
    used = fonts_in(HEADING, "申请人王龘、张龘", "张龘")
    assert used == [HEADING.first] * 4 + [TEXT.first] + [HEADING.first, TEXT.first, TEXT.first]


def test_a_name_with_a_rare_character_is_otherwise_in_the_face_of_the_text() -> None:
    rare = TEXT.glyphs("𠮷")[0].font
    assert fonts_in(TITLE, "张𠮷案", "张𠮷") == [TEXT.first, rare, TITLE.first]
    assert fonts_in(TEXT, "张𠮷案", "张𠮷") == [TEXT.first, rare, TEXT.first]


def test_a_name_with_foreign_letters_stands_in_one_face() -> None:
    assert len(set(fonts_in(TEXT, "王Łukasz", "王Łukasz"))) == 1
    assert len(set(fonts_in(TEXT, "王Łukasz", ""))) == 2


def test_a_name_of_the_bold_face_stays_bold() -> None:
    assert set(fonts_in(TITLE, "张三", "张三")) == {TITLE.first}
    assert fonts_in(TITLE, "张三与𠮷", "张三")[:2] == [TITLE.first] * 2


def test_a_name_stands_in_one_face_of_the_user_when_only_that_has_its_character(own: Path) -> None:
    save(own / "a.ttf", font(f"张{OF_EXT_I}"))
    start_anew(own)
    used = fonts_in(TEXT, f"张{OF_EXT_I}与张三", f"张{OF_EXT_I}")
    assert len(set(used[:2])) == 1
    assert used[2:] == [TEXT.first] * 3


def test_a_name_is_found_however_it_was_typed() -> None:
    assert len(set(fonts_in(TEXT, "王Łukasz", "王\ufe00Łukasz\u200f"))) == 1


# ---- what is typed by mistake or out of malice


def printed(text: str) -> str:
    sheet = Sheet(Frame("", "", ""))
    sheet.add(f"当事人：{text}（完）", place="姓名")
    return Paper(sheet.pdf()).text


@pytest.mark.parametrize("text", ["<para>张三</para>", "&amp;&lt;b&gt;", "<font color='red'>王五", "{name}%s$1", "\\n"])
def test_marks_of_other_languages_are_printed_as_they_are(text: str) -> None:
    assert f"当事人：{text}（完）".replace(" ", "") in printed(text)


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x1b[31m", "\u200f", "\u202e", "\u2067", "\u061c", "\ufe0f", "\U000e0100", "\ufeff"]
)
def test_what_has_no_shape_leaves_no_trace_on_paper(unseen: str) -> None:
    assert f"张三{unseen.removeprefix(unseen[0])}四" in printed(f"张三{unseen}四")


def test_a_name_of_fifty_rare_characters_is_printed_whole() -> None:
    name = "".join(chr(0x20000 + 997 * step) for step in range(42)) + "𫔽𬀩𱍐𪚥䶮㐀𠮷𮯠"
    assert len(name) == 50
    assert f"当事人：{name}（完）" in printed(name)


@pytest.mark.parametrize("text", ["张三😀", "👨‍👩‍👧", "🇨🇳", "1️⃣"])
def test_emoji_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(GlyphMissing) as refused:
        printed(text)
    assert {place for _, place in refused.value.missing} == {"姓名"}
    assert re.search(r"姓名中的“.+?”（U\+[0-9A-F]{4,5}）", str(refused.value))


def test_the_face_with_more_letters_has_no_rare_hanzi_of_its_own_and_is_not_opened_for_them() -> None:
    letters, text = (TTFont(resource("fonts", file)).getBestCmap() for file in ("LXGWWenKai-8105.ttf", fonts._TEXT))
    assert [code for code in letters if code >= fonts._RARE_FROM and code not in text] == []
    assert "LXGWWenKai-8105.ttf" not in TEXT._files_for("张𠮷")


# ---- fonts of the user and of the PC


def test_what_the_bundle_lacks_comes_from_the_folder_of_the_user(own: Path) -> None:
    save(own / "any name.ttf", font(f"文{OF_EXT_I}"))
    start_anew(own)
    sheet = Sheet(Frame("", "", ""))
    sheet.add(f"当事人李{OF_EXT_I}。")
    paper = Paper(sheet.pdf())
    assert f"当事人李{OF_EXT_I}。" in paper.text
    assert any(re.search(r"Other\d+-Made", name) for name in paper.fonts)
    assert faces_of(f"李{OF_EXT_I}") == [
        ("李", "思源宋体", resource("fonts", "NotoSerifSC-Regular.ttf"), 0),
        (OF_EXT_I, "Made Full", own / "any name.ttf", 0),
    ]


def test_the_folder_of_the_user_comes_before_those_of_the_pc(own: Path) -> None:
    for folder, name in ((own.parent / "system", "System"), (own, "Own")):
        save(folder / "a.ttf", font(OF_EXT_I, name=name))
    start_anew(own)
    assert face_of(OF_EXT_I) == "Own Full"
    (own / "a.ttf").unlink()


def test_what_neither_bundle_nor_user_have_comes_from_the_pc(own: Path) -> None:
    save_collection(own.parent / "system" / "a.ttc", [font("文", name="One"), font(OF_EXT_I, name="Two")])
    start_anew(own)
    assert faces_of(OF_EXT_I) == [(OF_EXT_I, "Two Full", own.parent / "system" / "a.ttc", 1)]
    sheet = Sheet(Frame("", "", ""))
    sheet.add(OF_EXT_I)
    assert OF_EXT_I in Paper(sheet.pdf()).text


def test_a_font_called_like_a_bundled_one_is_not_taken_for_it(own: Path) -> None:
    save(own / "a.ttf", font(f"文{OF_EXT_I}", name="NotoSerifSC-Regular"))
    start_anew(own)
    first, second = TEXT.glyphs(f"文{OF_EXT_I}")
    assert first.font == "NotoSerifSC-Regular" != second.font


def cut_short(made: TTFont, path: Path) -> None:
    """The outlines are missing at the end; all that is read at first is there."""
    content = save(path, made).read_bytes()
    path.write_bytes(content[: TTFont(path).reader.tables["glyf"].offset + 8])


@pytest.mark.parametrize(
    "made",
    [
        font("文", empty=OF_EXT_I),
        font("文", boxed=OF_EXT_I),
        font("文", boxed="".join(map(chr, range(0x2EBF0, 0x2EC00)))),
        font(OF_EXT_I, name="名字"),
    ],
    ids=["empty", "one box", "many boxes", "name of no use"],
)
def test_a_cmap_is_not_believed(made: TTFont, own: Path) -> None:
    save(own / "a.ttf", made)
    save(own / "b.ttf", font(OF_EXT_I, name="Good"))
    start_anew(own)
    assert face_of(OF_EXT_I) == "Good Full"


def test_a_broken_font_stops_nothing(own: Path) -> None:
    cut_short(font(f"{OF_EXT_I}文字"), own / "a.ttf")
    save(own / "b.ttf", font(OF_EXT_I, name="Good"))
    start_anew(own)
    assert face_of(OF_EXT_I) == "Good Full"


def test_a_font_is_of_no_use_for_letters_that_change_shape(own: Path) -> None:
    save(own / "a.ttf", font("ئབᠮ😀\ue000"))
    start_anew(own)
    for char, word in {"ئ": "维吾尔文", "བ": "藏文", "ᠮ": "蒙古文", "😀": "表情", "\ue000": "自造字"}.items():
        with pytest.raises(GlyphMissing, match=word):
            TEXT.glyphs(char)


def test_the_folders_are_read_only_when_the_bundle_does_not_do(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*args: object) -> None:
        raise AssertionError("the bundle has it")

    monkeypatch.setattr(font_files, "fonts_in", read)
    assert len(TEXT.glyphs("张𠮷䶮𱍐")) == 4


# ---- which face it is


def test_every_character_of_a_name_says_its_face() -> None:
    found = {drawn.char: drawn.face for drawn in faces_of("买𠮷·\U00020023Ł\U000e0100")}
    assert found == {
        "买": "思源宋体",
        "𠮷": "BabelStone Han",
        "·": "思源宋体",
        "\U00020023": "花园明朝",
        "Ł": "霞鹜文楷",
    }


def test_what_nothing_can_print_has_no_face_and_no_file(own: Path) -> None:
    assert faces_of(f"李{OF_EXT_I}")[1] == (OF_EXT_I, NO_FACE, None, 0)


def test_the_sentence_says_where_to_put_a_font(own: Path) -> None:
    assert str(own) in str(GlyphMissing([(OF_EXT_I, "")]))
    look_also_in()
    assert "装到这台电脑上" in str(GlyphMissing([(OF_EXT_I, "")]))
