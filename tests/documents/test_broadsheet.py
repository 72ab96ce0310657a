"""Sheets that lie on their side."""

from collections.abc import Callable

import pytest

from mediation_desk.documents.broadsheet import Broad, BroadSheet, title_style, words, write_broad
from mediation_desk.documents.fonts import TEXT, GlyphMissing
from mediation_desk.documents.line import Style
from tests.documents.reading import Paper

CELL = Style(TEXT, 12, 16)


def sheet(paper: Broad = Broad.A4) -> BroadSheet:
    return BroadSheet(paper, (0.0, 100.0, 300.0), 4.0)


@pytest.mark.parametrize(("paper", "size"), [(Broad.A3, (1190.55, 841.89)), (Broad.A4, (841.89, 595.276))])
def test_the_sheet_lies_on_its_side(read: Callable[[bytes], Paper], paper: Broad, size: tuple[float, float]) -> None:
    made = sheet(paper)
    found = read(write_broad("题目", made, [made.line("标题", title_style(20))], ("", ""), 9))
    assert [float(side) for side in found.reader.pages[0].mediabox.upper_right] == pytest.approx(size, abs=0.01)
    [word] = [word for line in found.lines()[0] for word in line if word.text == "标题"]
    assert (word.left + word.right) / 2 == pytest.approx(size[0] / 2, abs=1)


def test_rows_go_on_pages_with_the_head_and_are_not_divided(read: Callable[[bytes], Paper]) -> None:
    made = sheet()
    head = made.row([words("编号", CELL), words("内容", CELL)], keep=True)
    rows = [
        line for number in range(20) for line in made.row([words(f"第{number:02}行", CELL), words("很长" * 30, CELL)])
    ]
    found = read(write_broad("题目", made, made.pages(head, rows), ("左", "右"), 9))
    assert len(found.pages) > 1
    assert all(page.startswith("编号内容") for page in found.pages)
    assert all(page.count("很长") == 30 * page.count("行") for page in found.pages)
    assert all(f"第{at}/{len(found.pages)}页" in page for at, page in enumerate(found.pages, start=1))


def test_a_cell_may_take_several_columns_and_lie_on_grey(read: Callable[[bytes], Paper]) -> None:
    made = sheet()
    lines = made.row([words("整行", CELL, 2, tinted=True)])
    drawn = read(write_broad("题目", made, [lines], ("", ""), 9)).drawn(0)
    uprights = {round(stroke[0], 1) for stroke in drawn.strokes if stroke[0] == stroke[2]}
    left = min(uprights)
    assert {round(x - left) for x in uprights} == {0, 300}
    [(x, _, width, height)] = drawn.areas
    assert [round(number) for number in (x - left, width, height)] == [0, 300, 24]


def test_no_rows_are_a_page_with_the_head(read: Callable[[bytes], Paper]) -> None:
    made = sheet()
    found = read(write_broad("题目", made, made.pages(made.line("标题", CELL), []), ("", ""), 9))
    assert found.pages == ["标题第1/1页"]


def test_an_empty_row_still_has_its_rules(read: Callable[[bytes], Paper]) -> None:
    made = sheet()
    found = read(write_broad("题目", made, [made.row([words("", CELL), words("", CELL)])], ("", ""), 9))
    assert len(found.drawn(0).strokes) == 2 + 3


def test_what_cannot_be_printed_is_named_with_its_place() -> None:
    made = sheet()
    lines = made.row([words("甲\ue000", CELL, place="第一格"), words("乙", CELL)])
    with pytest.raises(GlyphMissing) as refused:
        write_broad("题目", made, [lines], ("", "丙\ue001"), 9)
    assert refused.value.missing == (("\ue000", "第一格"), ("\ue001", "页脚"))
