from collections.abc import Callable, Sequence

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from reportlab.lib.units import mm

from mediation_desk.documents.layout import LEFT, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH
from mediation_desk.documents.marks import changes
from mediation_desk.documents.page import FIELDS, Frame, Sheet
from tests.documents.reading import Paper, Word

Read = Callable[[bytes], Paper]
WORDS = st.lists(st.sampled_from("甲乙丙丁"), max_size=8)


def sheet_of(*paragraphs: str, seam: bool = False, closes: bool = False, continued: str = "") -> Sheet:
    sheet = Sheet(Frame("题目", "", "", seam=seam, closes=closes, continued=continued))
    for text in paragraphs:
        sheet.add(text, style=FIELDS)
    return sheet


def bars(paper: Paper, page: int = 0) -> list[tuple[float, ...]]:
    """The bars in the left margin from top to bottom: x, y, width, height."""
    return sorted(
        (each for each in paper.drawn(page).areas if each[0] < LEFT and each[3] > each[2]), key=lambda bar: -bar[1]
    )


def dashes(paper: Paper, page: int = 0) -> list[tuple[float, ...]]:
    return [each for each in paper.drawn(page).areas if each[0] < LEFT and each[2] > each[3]]


@for_all(WORDS, WORDS)
def test_what_is_not_marked_as_new_was_there_before_in_the_same_order(before: list[str], content: list[str]) -> None:
    found = changes(before, content)
    kept = [text for index, text in enumerate(content) if index not in found.new]
    rest = iter(before)
    assert all(text in rest for text in kept)
    if not found.new and not found.left_out:
        assert before == content


def test_a_changed_paragraph_has_a_bar_beside_each_of_its_lines(read: Read) -> None:
    before = ["甲方付清。", "旧的。", "乙方收到。"]
    finished = sheet_of("甲方付清。", "新的条款。" * 15, "乙方收到。").finish(before)
    paper = read(finished.pdf)
    lines = [row for row in paper.lines()[0] if row[0].left < LEFT + 5]
    changed = [row for row in lines if "条款" in "".join(word.text for word in row)]
    assert len(changed) == 3
    height = float(paper.reader.pages[0].mediabox.height)
    assert len(bars(paper)) == 3
    for row, (_, y, _, tall) in zip(changed, bars(paper), strict=True):
        assert y < height - row[0].top - 7 < y + tall
    assert not dashes(paper)
    assert "修改标记：竖线处与上次打印不同" in paper.text
    assert "短横" not in paper.text


@pytest.mark.parametrize(
    ("before", "above"),
    [(["无", "甲", "乙"], "甲"), (["甲", "无", "乙"], "乙"), (["甲", "乙", "无", "无"], "")],
)
def test_a_dash_stands_where_something_was_left_out(before: list[str], above: str, read: Read) -> None:
    paper = read(sheet_of("甲", "乙").finish(before).pdf)
    ((_, y, _, _),) = dashes(paper)
    height = float(paper.reader.pages[0].mediabox.height)
    tops = {word.text: height - word.top for row in paper.lines()[0] for word in row}
    assert y < tops["甲"] + 12
    if above:
        assert y > tops[above]
    else:
        assert y < tops["乙"] - 14
    assert not bars(paper)
    assert "短横处有删去" in paper.text


def test_the_same_content_bears_no_marks(read: Read) -> None:
    paper = read(sheet_of("甲", "乙").finish(["甲", "乙"]).pdf)
    assert not paper.drawn(0).areas
    assert "修改标记" in paper.text
    assert "修改标记" not in read(sheet_of("甲").pdf()).text


def test_marks_of_changes_are_no_content() -> None:
    assert sheet_of("甲").finish(["乙"]).digest == sheet_of("甲").finish().digest


def test_marks_of_an_empty_form_stand_clear_of_its_barcode(read: Read) -> None:
    frame = Frame("题目", "示例街道综治中心", "", marks=("练习", "空白表"), number="BF2026-000001")
    paper = read(Sheet(frame).pdf())
    [page] = paper.lines()
    bottom = min(y for _, y, _, height in paper.drawn(0).areas)
    marks = [word for row in page for word in row if word.text in frame.marks]
    assert marks
    assert all(word.top >= PAGE_HEIGHT - bottom for word in marks)


def seams(paper: Paper) -> list[list[Word]]:
    """The words right of the text of each page."""
    return [[word for row in page for word in row if word.left > LEFT + TEXT_WIDTH + 5] for page in paper.lines()]


def test_marks_for_the_seal_stand_at_the_edge_at_one_height_on_every_page(read: Read) -> None:
    paper = read(sheet_of("正文。" * 700, seam=True).pdf())
    pages = seams(paper)
    total = len(pages)
    assert total == 3
    assert [[word.text for word in words] for words in pages] == [
        ["骑", "缝", f"{number}/{total}"] for number in range(1, total + 1)
    ]
    assert len({tuple(round(word.top, 1) for word in words) for words in pages}) == 1
    assert all(word.right <= PAGE_WIDTH - 5 * mm for words in pages for word in words)
    guides = [paper.drawn(page).strokes for page in range(total)]
    assert guides == [guides[0]] * total
    ((x, _, end, _),) = guides[0]
    assert x == end > LEFT + TEXT_WIDTH


def test_a_single_page_needs_no_marks_for_the_seal(read: Read) -> None:
    paper = read(sheet_of("正文。", seam=True).pdf())
    assert seams(paper) == [[]]
    assert not paper.drawn(0).strokes


def test_words_for_the_seal_fit_with_three_figures(read: Read) -> None:
    sheet = sheet_of(seam=True)
    for _ in range(100):
        sheet.add("页")
        sheet.page_break()
    last = seams(read(sheet.pdf()))[-1]
    assert last[-1].text == "100/100"
    assert last[-1].right <= PAGE_WIDTH - 5 * mm


def test_the_rest_of_the_last_page_is_said_to_be_empty(read: Read) -> None:
    sheet = sheet_of("正文。" * 400, closes=True)
    finished = sheet.finish()
    *others, last = read(finished.pdf).pages
    assert "（以下空白）" in last.partition("校验码")[0]
    assert not any("以下空白" in page for page in others)
    assert finished.content == ["正文。" * 400]


@pytest.mark.parametrize(("lines", "said"), [(22, True), (23, True), (24, False), (25, False)])
def test_a_full_page_needs_no_closing_words_and_none_is_begun_for_them(lines: int, said: bool, read: Read) -> None:
    paper = read(sheet_of(*["行"] * lines, closes=True).pdf())
    assert len(paper.pages) == 1
    assert ("以下空白" in paper.text) is said


def signing(parties: int, continued: str) -> Sheet:
    sheet = sheet_of("条款。", continued=continued)
    with sheet.signing():
        for number in range(parties):
            sheet.add(f"签名{number}", style=FIELDS)
    return sheet


@pytest.mark.parametrize("parties", [2, 30, 120])
def test_no_page_of_signatures_is_silent_on_what_is_signed(parties: int, read: Read) -> None:
    sheet = signing(parties, "（续签名页）《协议书》编号：九　校验码 {digest}")
    finished = sheet.finish()
    first, *others = read(finished.pdf).pages
    assert first.startswith("条款。签名0")
    assert len(others) == parties // 25
    code = first.partition("校验码")[2][:14]
    assert all(page.startswith(f"（续签名页）《协议书》编号：九校验码{code}签名") for page in others)
    assert [text.count("签名") for text in finished.content] == [0, *[1] * parties]


def test_without_a_sentence_signatures_go_on_as_they_are(read: Read) -> None:
    assert read(signing(30, "").pdf()).pages[1].startswith("签名")


def test_what_follows_the_signatures_needs_no_sentence(read: Read) -> None:
    sheet = signing(24, "（续签名页）")
    sheet.add("后记。" * 40)
    pages: Sequence[str] = read(sheet.pdf()).pages
    assert len(pages) == 2
    assert "续签名页" not in pages[1]
