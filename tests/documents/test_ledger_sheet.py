"""The ledger on paper."""

from collections.abc import Callable

import pytest

from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.ledger_sheet import draw_ledger_sheet
from tests.documents.reading import Paper

CAPTIONS = ["姓名", "单位", "驻点", *(f"项目{number}" for number in range(20))]


def rows(number: int) -> list[list[str]]:
    return [[f"王芳{at:03}", "正大律师事务所", "轮驻", *[str(at)] * 20] for at in range(number)]


def test_everybody_is_on_it_under_the_same_head(read: Callable[[bytes], Paper]) -> None:
    total = ["合计", "", "", *["7140"] * 20]
    pages = read(draw_ledger_sheet("台账", CAPTIONS, rows(120), total, "谢绝不作评价")).pages
    assert len(pages) > 1
    assert all("姓名单位驻点项目0" in page for page in pages)
    assert all(f"王芳{at:03}" in "".join(pages) for at in range(120))
    assert "合计" in pages[-1]
    assert all("谢绝不作评价" in page for page in pages)


def test_numbers_stay_within_the_sheet(read: Callable[[bytes], Paper]) -> None:
    paper = read(draw_ledger_sheet("台账", CAPTIONS, rows(3), ["合计", "", "", *["7140"] * 20], "", "练习"))
    width = float(paper.reader.pages[0].mediabox.right)
    assert all(word.left > 0 and word.right < width for line in paper.lines()[0] for word in line)
    assert "练习" in paper.text


def test_a_name_nobody_can_print_is_refused_with_its_line() -> None:
    with pytest.raises(GlyphMissing, match="“王\ue000”一行"):
        draw_ledger_sheet("台账", CAPTIONS[:4], [["王\ue000", "", "", "1"]], ["合计", "", "", "1"], "")
