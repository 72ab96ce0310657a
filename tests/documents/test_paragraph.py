from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.documents.breaking import NO_END, NO_START
from mediation_desk.documents.fonts import HEADING, TEXT, GlyphMissing
from mediation_desk.documents.paragraph import Align, Blank, Line, Style, paragraph

WIDTH = 434.0
BODY = Style(TEXT, 14, 26, indent=2)
FLAT = Style(TEXT, 14, 26)
WHITE_AT_THE_RIGHT = "，。、；：）》」』】〕〗”’"
TEXTS = st.text(alphabet="中文字𠮷䶮Ł，。（）《》“”、：abc123 ,.%·—元年月日第", max_size=300)


def shown(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def right_edge(line: Line, style: Style = BODY) -> float:
    """Where the ink of a line ends, measured glyph by glyph; a closing mark has white in its right half."""
    edges = [0.0]
    for piece in line.pieces:
        widths = [glyph.width * style.size for glyph in style.chain.glyphs(piece.text)]
        if piece.text[-1] in WHITE_AT_THE_RIGHT:
            widths[-1] /= 2
        edges.append(piece.x + sum(widths) + piece.spacing * (len(widths) - 1))
    return max(edges)


def bare(text: str) -> str:
    return text.replace(" ", "")


@given(TEXTS)
def test_nothing_is_lost_and_nothing_stands_over_the_margin(text: str) -> None:
    lines = paragraph(text, BODY, WIDTH)
    assert bare("".join(shown(lines))) == bare(text)
    assert all(right_edge(line) <= WIDTH + 0.01 for line in lines)


ANYTHING = st.one_of(st.text(max_size=30), st.builds(Blank, st.text("中（，）a \n", max_size=50), st.floats(0, 900)))


@given(st.lists(ANYTHING, max_size=6))
def test_whatever_is_typed_is_set_within_the_margins_or_refused_by_name(parts: list[str | Blank]) -> None:
    try:
        lines = paragraph(parts, BODY, WIDTH)
    except GlyphMissing:
        return
    assert all(right_edge(line) <= WIDTH + 0.01 for line in lines)
    assert all(0 <= start <= end + 0.01 <= WIDTH + 0.02 for line in lines for start, end in line.rules)


@given(
    st.lists(st.sampled_from(["当事人", "（见附件）", "，", "。”", "《合同》", "12,000.00元", "买·提"]), max_size=60)
)
def test_no_line_begins_or_ends_with_a_forbidden_mark(words: list[str]) -> None:
    lines = shown(paragraph("字" + "字".join(words), BODY, WIDTH))
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]


def test_full_lines_end_at_the_margin() -> None:
    lines = paragraph("甲方应当付清，" * 30, BODY, WIDTH)
    assert all(right_edge(line) == pytest.approx(WIDTH) for line in lines[:-1])


def test_a_line_that_would_be_torn_apart_stays_ragged() -> None:
    lines = paragraph("短。" + "x" * 50 + " " + "y" * 50, BODY, WIDTH)
    assert [piece.spacing for line in lines for piece in line.pieces] == [0.0, 0.0, 0.0]


def test_a_blank_without_room_of_its_own_does_not_push_the_line_over_the_margin() -> None:
    style = replace(BODY, size=19.6)
    first, *_ = paragraph([Blank("0乙0“”乙“”乙“乙“"), "000乙0乙0乙乙0乙"], style, WIDTH)
    assert right_edge(first, style) <= WIDTH + 0.01


def test_letters_of_a_word_are_not_spread() -> None:
    line = paragraph("付款12,000.00元给张三，于本月某日付清给张三，于下月某日付清给张三，于前", BODY, WIDTH)[0]
    number = next(piece for piece in line.pieces if "2,000.00" in piece.text)
    assert number.text == "12,000.00"
    assert number.spacing == 0
    assert line.pieces[0].spacing > 0


@pytest.mark.parametrize("length", [400, 30_000])
def test_a_very_long_word_is_divided(length: int) -> None:
    lines = paragraph("前" + "w" * length + "，后", BODY, WIDTH)
    assert "".join(shown(lines)) == "前" + "w" * length + "，后"
    assert all(right_edge(line) <= WIDTH + 0.01 for line in lines)
    assert len(shown(lines)[0]) > 20


def test_a_very_long_word_is_not_divided_before_its_mark() -> None:
    for letters in range(150, 260):
        lines = shown(paragraph("W" * letters + "》，", FLAT, WIDTH))
        assert lines[-1][0] == "W"


def test_a_long_word_after_little_room_begins_a_line() -> None:
    assert shown(paragraph("字" * 27 + "w" * 100, BODY, WIDTH))[0] == "字" * 27


def test_marks_only_are_divided_too() -> None:
    assert "".join(shown(paragraph("！" * 100, BODY, WIDTH))) == "！" * 100


def test_two_marks_close_up_to_one_and_a_half() -> None:
    (line,) = paragraph("完），走", FLAT, WIDTH)
    assert right_edge(line, FLAT) == pytest.approx(3.5 * 14)


def test_no_character_stands_alone_on_the_last_line() -> None:
    assert shown(paragraph("字" * 29 + "完。", BODY, WIDTH)) == ["字" * 28, "字完。"]
    assert shown(paragraph("字" * 28 + "完。", BODY, WIDTH)) == ["字" * 27, "字完。"]


def test_line_breaks_are_kept_and_each_line_is_indented() -> None:
    lines = paragraph("第一行\n\n第三行\r\n第四行", BODY, WIDTH)
    assert shown(lines) == ["第一行", "", "第三行", "第四行"]
    assert {line.pieces[0].x for line in lines if line.pieces} == {28.0}


def test_markup_is_text() -> None:
    assert shown(paragraph("<b>甲</b>&amp;乙", BODY, WIDTH)) == ["<b>甲</b>&amp;乙"]


def test_no_text_makes_no_line() -> None:
    assert paragraph("", BODY, WIDTH) == []


def test_spaces_at_the_edge_of_lines_go_and_others_stay() -> None:
    lines = shown(paragraph("  甲  乙 " + "字" * 26 + "   丙", BODY, WIDTH))
    assert lines == ["  甲  乙 " + "字" * 25, "字   丙"]


@pytest.mark.parametrize(("align", "left"), [(Align.CENTRE, (WIDTH - 28) / 2), (Align.RIGHT, WIDTH - 28)])
def test_text_is_centred_or_set_to_the_right(align: Align, left: float) -> None:
    (line,) = paragraph("二字", Style(TEXT, 14, 26, align=align), WIDTH)
    assert line.pieces[0].x == pytest.approx(left)


def test_two_lines_stay_together_on_either_side_of_a_page_break() -> None:
    assert [line.keep for line in paragraph("字" * 31 * 5, FLAT, WIDTH)] == [True, False, False, True, False]
    assert [line.keep for line in paragraph("字" * 31 * 3, FLAT, WIDTH)] == [True, True, False]
    assert [line.keep for line in paragraph("字", FLAT, WIDTH)] == [False]


def test_all_missing_characters_of_a_paragraph_are_told() -> None:
    with pytest.raises(GlyphMissing) as refused:
        paragraph(["\ue000", Blank("\ue001")], BODY, WIDTH)
    assert [char for char, _ in refused.value.missing] == ["\ue000", "\ue001"]


def test_an_empty_blank_is_a_ruled_line_of_its_width() -> None:
    (line,) = paragraph([Blank("", 100)], FLAT, WIDTH)
    assert line.rules == [(0.0, 100.0)]


def test_an_empty_blank_without_room_goes_to_the_next_line() -> None:
    first, second = paragraph(["字" * 28, Blank("", 100)], FLAT, WIDTH)
    assert (first.rules, second.rules) == ([], [(0.0, 100.0)])


def test_a_field_grows_to_the_margin() -> None:
    (line,) = paragraph([Blank("甲", 50, "姓名", grow=1), Blank("男", 30, "性别")], FLAT, WIDTH)
    assert shown([line]) == ["姓名甲性别男"]
    assert line.rules[-1][1] == pytest.approx(WIDTH)
    assert line.rules[0] == pytest.approx((28, WIDTH - 28 - 30 - 7))


def test_a_filled_blank_goes_on_over_lines_ruled_to_the_margin() -> None:
    lines = paragraph([Blank("欧" * 50, 50, "姓名", grow=1), Blank("男", 30, "性别")], FLAT, WIDTH)
    assert "".join(shown(lines)) == "姓名" + "欧" * 50 + "性别男"
    assert lines[0].rules[0][1] == WIDTH
    assert lines[1].rules[0][0] == 0.0
    assert lines[1].rules[-1][1] == pytest.approx(WIDTH)


def test_a_caption_stays_with_its_blank() -> None:
    lines = shown(paragraph(["字" * 26, Blank("甲", 80, "姓名")], FLAT, WIDTH))
    assert lines == ["字" * 26, "姓名甲"]


def test_a_short_entry_is_centred_on_its_line() -> None:
    (line,) = paragraph(["于", Blank("5", 54, centred=True), "月"], FLAT, WIDTH)
    five = line.pieces[1]
    width = TEXT.glyphs("5")[0].width * 14
    assert line.rules[0] == pytest.approx((14, 68))
    assert five.x + width / 2 == pytest.approx(14 + 27)


def test_an_entry_wider_than_its_line_needs_no_centring() -> None:
    (line,) = paragraph([Blank("很长的内容", 20, centred=True)], FLAT, WIDTH)
    assert line.rules == [(0.0, 70.0)]


def test_a_narrative_is_ruled_from_margin_to_margin() -> None:
    lines = paragraph([Blank("字" * 40 + "\n\n短", whole_lines=True)], BODY, WIDTH)
    assert [line.rules for line in lines] == [[(0.0, WIDTH)]] * 4


def test_line_breaks_within_a_field_are_kept() -> None:
    lines = paragraph([Blank("甲区\n乙号", 50, "住址", grow=1)], FLAT, WIDTH)
    assert shown(lines) == ["住址甲区", "乙号"]
    assert [line.rules[-1][1] for line in lines] == [pytest.approx(WIDTH)] * 2


def test_a_name_is_set_in_one_face() -> None:
    heading = Style(HEADING, 14, 26)
    (line,) = paragraph("见张𠮷，张三", heading, WIDTH, ["张𠮷"])
    fonts = [piece.font for piece in line.pieces for _ in piece.text]
    assert fonts[1] == TEXT.first
    assert fonts[0] == fonts[3] == fonts[4] == HEADING.first
    (line,) = paragraph("见张𠮷，张三", heading, WIDTH)
    assert line.pieces[0].text == "见张"


@pytest.mark.parametrize(
    "blank", [Blank("", 60), Blank("甲", 60), Blank("甲", 60, "姓名"), Blank("甲", 30, centred=True)]
)
def test_a_mark_stays_with_the_blank_before_it_and_a_blank_with_its_bracket(blank: Blank) -> None:
    for room in range(18, 31):
        lines = paragraph(["字" * room, blank, "，后文（", blank, "）。" + "字" * 40], FLAT, WIDTH)
        assert not [line for line in lines if line.pieces[0].text[0] in NO_START and line.pieces[0].x == 0]
        assert not [text for text in shown(lines) if text[-1] in NO_END]
        assert all(right_edge(line) <= WIDTH + 0.01 for line in lines)


def test_words_that_are_not_ruled_stay_together() -> None:
    lines = paragraph(["字" * 28, Blank("", caption="编号"), "：一"], FLAT, WIDTH)
    assert shown(lines) == ["字" * 28 + "编号：", "一"]
    assert shown(paragraph(["字" * 29, Blank("", caption="编号"), "：一"], FLAT, WIDTH)) == ["字" * 29, "编号：一"]
    assert not any(line.rules for line in lines)


def test_marks_at_the_margins_are_flush_but_for_the_first_line() -> None:
    lines = paragraph("（" + "字" * 27 + "，" + "字" * 30 + "。" + "（" + "字" * 40, BODY, WIDTH)
    assert [line.pieces[0].x for line in lines[:3]] == [28.0, 0.0, -7.0]
    assert [text[-1] for text in shown(lines)[:2]] == ["，", "。"]
    assert [right_edge(line) for line in lines[:2]] == [pytest.approx(WIDTH)] * 2


def test_figures_stand_a_little_apart_from_hanzi() -> None:
    (line,) = paragraph("甲12乙，3", FLAT, WIDTH)
    little, figures = 0.08 * 14, sum(glyph.width for glyph in TEXT.glyphs("12")) * 14
    assert [(piece.text, piece.x) for piece in line.pieces] == [
        ("甲", 0.0),
        ("12", pytest.approx(14 + little)),
        ("乙，3", pytest.approx(14 + little + figures + little)),
    ]


def test_a_line_is_spread_between_hanzi_before_it_is_spread_at_figures() -> None:
    line = paragraph("共计12元，" + "字" * 22 + "见附12345678" * 2, FLAT, WIDTH)[0]
    ends = {piece.text: piece for piece in line.pieces}
    assert "12" in ends
    spread = line.pieces[-1].spacing
    assert spread > 0
    assert ends["12"].x - 28 - line.pieces[0].spacing == pytest.approx(0.08 * 14)
