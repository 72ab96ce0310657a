from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from mediation_desk.documents.page import FIELDS, Frame, Sheet
from tests.documents.reading import Paper


def sheet(title: str = "题目") -> Sheet:
    return Sheet(Frame(title, "", ""))


def test_a_strict_reader_finds_nothing_to_mend() -> None:
    paper = sheet()
    paper.add("正文，Ab1。" * 300)
    reader = PdfReader(BytesIO(paper.pdf()), strict=True)
    assert len(reader.pages) == 3
    assert all(page.get_contents() is not None for page in reader.pages)


@pytest.mark.parametrize("title", ["人民调解协议书", "A (b) \\"])
def test_title_and_language_are_told(title: str) -> None:
    paper = sheet(title)
    paper.add("正文。")
    reader = PdfReader(BytesIO(paper.pdf()))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (title, "Mediation Desk")
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_any_number_of_characters_is_one_font(read: Callable[[bytes], Paper]) -> None:
    text = "".join(chr(0x4E00 + step) for step in range(700))
    paper = sheet()
    paper.add(text, style=FIELDS)
    found = read(paper.pdf())
    assert len(found.fonts) == 1
    assert text in found.text
    assert text in found.poppler_text()


def test_a_paper_that_says_nothing_is_an_empty_page(read: Callable[[bytes], Paper]) -> None:
    (page,) = read(sheet().pdf()).pages
    assert page.endswith("第1/1页")
