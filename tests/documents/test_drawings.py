import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
import segno

from mediation_desk.documents.drawings import QR_SIZE, barcode
from mediation_desk.documents.layout import LEFT, TEXT_WIDTH
from mediation_desk.documents.page import Frame, Sheet
from tests.documents.reading import Drawn, Paper

CODE_128 = re.findall(
    r"\d{6}",
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232",
)
"""The widths of bars and white of each value (ISO/IEC 15417 table 1)."""
TO_C, TO_B, START_B, START_C, STOP = 99, 100, 104, 105, "2331112"


@pytest.fixture
def drawn(read: Callable[[bytes], Paper]) -> Callable[[Sheet], Drawn]:
    return lambda sheet: read(sheet.pdf()).drawn(0)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(Frame("题目", "", ""))


@pytest.mark.parametrize("text", ["https://example.cn/1", "（2026）东人调协字第9号 3F2A-91BC-07DE", "𠮷" * 60])
def test_a_qr_code_has_the_modules_that_the_standard_says(
    text: str, sheet: Sheet, drawn: Callable[[Sheet], Drawn]
) -> None:
    sheet.add_qr(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    module = QR_SIZE / len(matrix)
    areas = drawn(sheet).areas
    top = max(y + height for _, y, _, height in areas)
    found = [[0] * len(matrix) for _ in matrix]
    for x, y, width, height in areas:
        assert height == pytest.approx(module, abs=0.01)
        row, start = round((top - y) / module) - 1, round((x - LEFT) / module)
        for column in range(start, start + round(width / module)):
            found[row][column] += 1
    assert found == [list(row) for row in matrix]


def test_words_stand_beside_a_qr_code_with_white_between(sheet: Sheet, read: Callable[[bytes], Paper]) -> None:
    sheet.add("前文。")
    sheet.add_qr("code", ["扫码核对。", "电话：1"])
    sheet.add("后文。")
    paper = read(sheet.pdf())
    left = LEFT + QR_SIZE * (1 + 4 / 21)
    beside = [word for row in paper.lines()[0] for word in row if word.text in {"扫码核对。", "电话：1"}]
    assert len(beside) == 2
    assert all(word.left >= left for word in beside)
    height = float(paper.reader.pages[0].mediabox.height)
    upper, lower = (
        next(word for row in paper.lines()[0] for word in row if word.text == text) for text in ("前文。", "后文。")
    )
    for _, y, _, module in paper.drawn(0).areas:
        assert upper.top + 14 < height - y - module
        assert lower.top > height - y
    assert sheet.content == ["前文。", "扫码核对。", "电话：1", "后文。"]


def test_a_long_text_beside_a_qr_code_stays_with_it(sheet: Sheet) -> None:
    sheet.add_qr("code", ["很长的说明。" * 60])
    lines = [line for line in sheet.lines if not line.is_gap]
    assert sum(line.height for line in lines) > QR_SIZE
    assert all(line.keep for line in lines[:-1])


@pytest.mark.parametrize("text", ["BF2026-000123", "7", "12345678", "a1 Z~"])
def test_the_barcode_of_an_empty_form_is_read_back_from_every_page(text: str, read: Callable[[bytes], Paper]) -> None:
    sheet = Sheet(Frame("题目", "", "", number=text))
    sheet.add("第一页。")
    sheet.page_break()
    sheet.add("第二页。")
    paper = read(sheet.pdf())
    assert len(paper.pages) == 2
    for number, page in enumerate(paper.pages):
        areas = paper.drawn(number).areas
        assert decoded(areas) == text
        assert areas[-1][0] + areas[-1][2] == pytest.approx(LEFT + TEXT_WIDTH, abs=0.01)
        assert text.replace(" ", "") in page
    assert sheet.content == ["第一页。", "第二页。"]


def decoded(bars: Sequence[Sequence[float]]) -> str:
    """What a scanner reads (code sets B and C), the check value proved."""
    edges = [edge for x, _, width, _ in bars for edge in (x, x + width)]
    module = (edges[-1] - edges[0]) / (11 * (len(bars) - 4) // 3 + 13)
    widths = "".join(str(round((end - start) / module)) for start, end in pairwise(edges))
    assert widths.endswith(STOP)
    start, *values, check = [CODE_128.index(each) for each in re.findall(r"\d{6}", widths[: -len(STOP)])]
    assert (start + sum(place * value for place, value in enumerate(values, start=1))) % 103 == check
    assert start in {START_B, START_C}
    text, is_pairs = "", start == START_C
    for value in values:
        if value in {TO_B, TO_C}:
            is_pairs = value == TO_C
        else:
            text += f"{value:02}" if is_pairs else chr(value + 32)
    return text


def test_no_barcode_is_made_of_what_it_cannot_say() -> None:
    with pytest.raises(ValueError, match="barcode"):
        barcode("案号")


@pytest.mark.parametrize("words", ["回执", ""])
def test_a_tear_line_goes_from_margin_to_margin_round_its_words(
    words: str, sheet: Sheet, read: Callable[[bytes], Paper]
) -> None:
    sheet.add_tear_line(words)
    paper = read(sheet.pdf())
    (left, y, left_end, _), (right, _, right_end, _) = paper.drawn(0).strokes
    assert (left, right_end) == pytest.approx((LEFT, LEFT + TEXT_WIDTH), abs=0.01)
    if words:
        height = float(paper.reader.pages[0].mediabox.height)
        word = next(word for row in paper.lines()[0] for word in row if word.text == words)
        assert left_end < word.left < word.right < right
        assert word.top < height - y < word.top + 16
    else:
        assert left_end == right
    assert sheet.content == ([words] if words else [])
