from collections.abc import Callable

import pytest

from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.layout import LEFT, TEXT_WIDTH
from mediation_desk.documents.page import Frame, Sheet, TableColumn
from tests.documents.reading import Paper

Read = Callable[[bytes], Paper]

COLUMNS = [TableColumn("序号", 1, centred=True), TableColumn("题名", 5), TableColumn("备注", 2)]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(Frame("题目", "", ""))


def edges(paper: Paper, page: int) -> tuple[list[float], list[float]]:
    """Where the rules of the table on a page are: x of the vertical ones, y of the others from top to bottom."""
    strokes = paper.drawn(page).strokes
    upright = sorted({round(x, 1) for x, _, end, _ in strokes if x == end})
    level = sorted({round(y, 1) for _, y, _, end in strokes if y == end}, reverse=True)
    assert len(strokes) == len(upright) + len(level)
    assert all(
        (min(y, end), max(y, end)) == pytest.approx((level[-1], level[0]), abs=0.1)
        for x, y, other, end in strokes
        if x == other
    )
    return upright, level


def test_every_text_stands_within_its_cell(sheet: Sheet, read: Read) -> None:
    texts = [[f"{number}", f"第{number}份材料，" * number, "“说明”（略），完"] for number in range(1, 6)]
    sheet.add_table(COLUMNS, texts)
    paper = read(sheet.pdf())
    upright, level = edges(paper, 0)
    assert (upright[0], upright[-1]) == pytest.approx((LEFT, LEFT + TEXT_WIDTH), abs=0.1)
    assert upright[1] - upright[0] == pytest.approx(TEXT_WIDTH / 8, abs=0.1)
    height = float(paper.reader.pages[0].mediabox.height)
    cells = {(row, column): "" for row in range(6) for column in range(3)}
    for line in paper.lines()[0][:-1]:
        for word in line:
            row = next(at for at in range(6) if level[at] >= height - word.top - 14 >= level[at + 1])
            column = next(at for at in range(3) if upright[at] <= word.left and word.right <= upright[at + 1])
            cells[row, column] += word.text
    assert [[cells[row, column] for column in range(3)] for row in range(6)] == [["序号", "题名", "备注"], *texts]


def test_the_head_is_repeated_and_no_row_is_divided(sheet: Sheet, read: Read) -> None:
    sheet.add_table(COLUMNS, [[f"{number}", f"甲{number}" + "字" * 90 + f"完{number}", ""] for number in range(60)])
    paper = read(sheet.pdf())
    assert len(paper.pages) > 3
    for page, text in enumerate(paper.pages):
        assert text.startswith("序号题名备注")
        assert text.count("甲") == text.count("完") == len(edges(paper, page)[1]) - 2
    assert paper.text.count("完") == 60


def test_a_row_higher_than_a_page_is_divided_within_closed_frames(sheet: Sheet, read: Read) -> None:
    text = "".join(f"第{number}句话写在这里。" for number in range(400))
    sheet.add_table(COLUMNS, [["1", "短。", ""], ["2", text, ""], ["3", "后。", ""]])
    paper = read(sheet.pdf())
    assert len(paper.pages) > 2
    for page in range(len(paper.pages)):
        upright, level = edges(paper, page)
        assert len(upright) == 4
        assert len(level) >= 3
    found = paper.text.replace("序号题名备注", "")
    assert all(f"第{number}句话写在这里。" in found for number in range(0, 400, 50))


def test_unused_rows_are_ruled(sheet: Sheet, read: Read) -> None:
    sheet.add_table(COLUMNS, [["1", "材料", ""]], least=8)
    assert len(edges(read(sheet.pdf()), 0)[1]) == 1 + 8 + 1
    assert sheet.content == ["序号\t题名\t备注", "1\t材料\t"]


def test_the_head_stays_with_the_first_row(sheet: Sheet, read: Read) -> None:
    for _ in range(24):
        sheet.add("行")
    sheet.add_table(COLUMNS, [["1", "材料", ""]])
    first, second = read(sheet.pdf()).pages
    assert "题名" not in first
    assert second.startswith("序号题名备注1材料")


def test_a_table_after_another_paragraph_has_its_own_frame(sheet: Sheet, read: Read) -> None:
    for _ in range(2):
        sheet.add("文")
        sheet.add_table(COLUMNS, [["1", "材料", ""]])
    assert len(read(sheet.pdf()).drawn(0).strokes) == 2 * (4 + 3)


def test_a_head_that_fills_the_page_is_not_repeated(sheet: Sheet, read: Read) -> None:
    columns = [TableColumn("很长的表头" * 60, 1), TableColumn("乙", 4)]
    sheet.add_table(columns, [["1", "行" * 400]] * 4)
    paper = read(sheet.pdf())
    assert paper.text.count("乙") == 1
    assert paper.text.count("行") == 1600


def test_a_character_that_cannot_be_printed_is_told_with_table_and_column(sheet: Sheet) -> None:
    sheet.add_table(COLUMNS, [["1", "\ue000", ""]], place="卷内目录")
    with pytest.raises(GlyphMissing) as refused:
        sheet.pdf()
    assert refused.value.missing == (("\ue000", "卷内目录“题名”栏"),)
