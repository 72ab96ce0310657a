from collections.abc import Callable

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.page import (
    BODY,
    FIELDS,
    PAPER_TITLE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Frame,
    Sheet,
    TableColumn,
    divide,
)
from mediation_desk.documents.paragraph import Blank, Line
from mediation_desk.domain.paper import content_digest, short_digest
from tests.documents.reading import Paper


def lines(keeps: list[bool], height: float = 10) -> list[Line]:
    return [Line(height, keep=keep) for keep in keeps]


@for_all(st.lists(st.booleans(), max_size=60))
def test_pages_hold_every_line_once_and_none_too_many(keeps: list[bool]) -> None:
    all_lines = lines(keeps)
    pages = divide(all_lines, 100)
    assert [line for page in pages for line in page] == all_lines
    assert all(1 <= len(page) <= 10 for page in pages)


def test_kept_lines_go_to_the_next_page_together() -> None:
    assert [len(page) for page in divide(lines([False] * 8 + [True] * 4 + [False] * 3), 100)] == [8, 7]


def test_a_chain_longer_than_a_page_is_divided_where_the_page_is_full() -> None:
    assert [len(page) for page in divide(lines([True] * 25), 100)] == [10, 10, 5]


def test_a_line_higher_than_a_page_has_its_own() -> None:
    assert [len(page) for page in divide(lines([False] * 2, height=200), 100)] == [1, 1]


def test_a_page_does_not_begin_with_white() -> None:
    gap = Line(5, is_gap=True)
    assert divide([gap, *lines([False] * 10), gap, *lines([False])], 100) == [lines([False] * 10), lines([False])]


def frame(*marks: str) -> Frame:
    return Frame("题目", "某某人民调解委员会", "案号：1", marks)


def test_every_page_bears_number_total_house_case_and_marks(read: Callable[[bytes], Paper]) -> None:
    sheet = Sheet(frame("练习", "草稿"))
    sheet.add("正文。" * 900)
    pages = read(sheet.pdf()).pages
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        for words in (f"第{number}/{len(pages)}页", "某某人民调解委员会", "案号：1", "练习", "草稿"):
            assert words in text


def test_only_embedded_fonts_are_used(read: Callable[[bytes], Paper]) -> None:
    sheet = Sheet(frame())
    sheet.add("题", style=PAPER_TITLE)
    sheet.add("𠮷")
    names = read(sheet.pdf()).fonts
    assert {name.rpartition("+")[2] for name in names} == {
        "NotoSerifSC-Regular",
        "NotoSerifSC-Bold-8105",
        "BabelStoneHanRare-20000",
    }
    assert all("+" in name for name in names)


def test_the_same_text_gives_the_same_bytes() -> None:
    def pdf() -> bytes:
        sheet = Sheet(frame())
        sheet.add("同一内容𠮷", Blank("甲", 50))
        return sheet.pdf()

    assert pdf() == pdf()


def test_everything_that_cannot_be_printed_is_told_with_its_place() -> None:
    sheet = Sheet(frame())
    sheet.add("甲\ue000", place="事由")
    sheet.add(Blank("\ue001", caption="地点"), place="地点")
    with pytest.raises(GlyphMissing) as refused:
        sheet.pdf()
    assert refused.value.missing == (("\ue000", "事由"), ("\ue001", "地点"))


def test_unused_ruled_lines_stay() -> None:
    sheet = Sheet(frame())
    sheet.add_ruled("只写了一行。", least=6)
    assert len(sheet.lines) == 6
    assert all(line.rules for line in sheet.lines)
    sheet.add_ruled("行" * 31 * 8, least=6)
    assert len(sheet.lines) == 6 + 9


def test_what_fits_on_a_page_is_kept_together_and_what_does_not_is_not() -> None:
    sheet = Sheet(frame())
    with sheet.together():
        sheet.add("一", style=FIELDS)
        sheet.add("二", style=FIELDS)
    assert [line.keep for line in sheet.lines] == [True, False]
    sheet = Sheet(frame())
    with sheet.together():
        for _ in range(int(TEXT_HEIGHT / FIELDS.leading) + 1):
            sheet.add("一", style=FIELDS)
    assert not any(line.keep for line in sheet.lines)


def test_company_counts_when_a_block_is_to_fit() -> None:
    sheet = Sheet(frame())
    sheet.add("一", style=FIELDS, keep=True)
    with sheet.together():
        for _ in range(int(TEXT_HEIGHT / FIELDS.leading)):
            sheet.add("一", style=FIELDS)
    assert [line.keep for line in sheet.lines].count(True) == 1


def test_the_last_lines_of_text_are_held_over_white() -> None:
    sheet = Sheet(frame())
    sheet.add("一\n二\n三", style=BODY)
    for line in sheet.lines:
        line.keep = False
    sheet.add_gap(5)
    sheet.keep_last(2)
    assert [line.keep for line in sheet.lines] == [False, True, True, True]
    sheet.keep_last(9)
    assert all(line.keep for line in sheet.lines)


def test_the_content_is_what_the_paper_says_however_it_is_set() -> None:
    def content(scale: float = 1.0, width: float = TEXT_WIDTH) -> list[str]:
        sheet = Sheet(frame(), scale)
        sheet.add("第一行，\n\n第三行" + "字" * 200, "及", Blank("张\ufe00三", 50, "姓名"), width=width)
        sheet.add_ruled("讲了。\n又讲了。", least=5)
        sheet.add("住址：", Blank("", 80))
        sheet.add_gap(5)
        sheet.add(Blank("", 80))
        sheet.add_beside([("签名", FIELDS, ""), (Blank("", 50), FIELDS, "")], [("张三", FIELDS, "")], 200, 100)
        sheet.add_table([TableColumn("甲", 1), TableColumn("乙", 1)], [["1", "2"], ["", ""]], least=4)
        return sheet.content

    assert content() == content(1.4) == content(width=200)
    assert content() == [
        "第一行，",
        "第三行" + "字" * 200 + "及姓名张三",
        "讲了。",
        "又讲了。",
        "住址：",
        "签名\t张三",
        "甲\t乙",
        "1\t2",
    ]


def test_the_digest_of_the_content_stands_on_every_page(read: Callable[[bytes], Paper]) -> None:
    sheet = Sheet(frame())
    sheet.add("正文。" * 600)
    finished = sheet.finish()
    assert finished.digest == content_digest(sheet.content)
    assert finished.pdf == sheet.pdf()
    pages = read(finished.pdf).pages
    assert len(pages) == 3
    assert all(f"校验码{short_digest(finished.digest)}" in page for page in pages)


def test_large_type_is_larger_in_the_text_only(read: Callable[[bytes], Paper]) -> None:
    def heights(scale: float) -> tuple[float, float, float]:
        sheet = Sheet(frame(), scale)
        sheet.add("甲" * 60, place="正文")
        body, more, *_, foot = read(sheet.pdf()).lines()[0][1:]
        return body[0].right - body[0].left, more[0].top - body[0].top, foot[0].right - foot[0].left

    usual, large = heights(1.0), heights(1.5)
    assert usual[0] == pytest.approx(29 * 14, abs=0.1)
    assert large[0] == pytest.approx(18 * 21, abs=30)
    assert large[1] == pytest.approx(1.5 * usual[1], abs=0.1)
    assert large[2] == pytest.approx(usual[2], abs=0.1)


def test_a_page_begins_where_it_is_told_to_and_none_stays_empty(read: Callable[[bytes], Paper]) -> None:
    sheet = Sheet(frame())
    sheet.page_break()
    sheet.add("甲", keep=True)
    sheet.page_break()
    sheet.page_break()
    sheet.add("乙")
    sheet.page_break()
    first, second = read(sheet.pdf()).pages
    assert first.startswith("甲")
    assert second.startswith("乙")


def test_a_line_that_is_to_begin_a_page_is_not_held_on_the_page_before() -> None:
    end = Line(0, is_gap=True, ends_page=True)
    assert divide([*lines([True] * 3), end, *lines([False])], 100) == [lines([True] * 3), lines([False])]
