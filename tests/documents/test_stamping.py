"""Marks stand where a reader sees that place, on pages of every kind, and what the pages show stays."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, NameObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.stamping import Mark, Place, stamp
from tests.documents.reading import Paper, Word

A4, LANDSCAPE, A3 = (595, 842), (842, 595), (842, 1191)


def pdf(*sizes: tuple[int, int], turned: int = 0, moved: tuple[int, int] = (0, 0)) -> bytes:
    """A page of each size, its box `moved` away from the origin, to be shown `turned` clockwise."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for number, size in enumerate(sizes):
        canvas.setPageSize(size)
        canvas.drawString(moved[0] + 200, moved[1] + 300, f"words{number}")
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(file))
    for page, (width, height) in zip(writer.pages, sizes, strict=True):
        page.mediabox = page.cropbox = RectangleObject((*moved, moved[0] + width, moved[1] + height))
        page.rotate(turned)
    return bytes_of(writer)


def bytes_of(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def everywhere(index: int, pages: int) -> list[Mark]:
    texts = {Place.UPPER_RIGHT: f"{index + 1}", Place.UPPER_LEFT: f"左{index + 1}", Place.FOOT: f"共{pages}页"}
    return [Mark(text, place) for place, text in texts.items()]


def words(content: bytes) -> dict[str, Word]:
    [page] = Paper(content).lines()
    return {word.text: word for line in page for word in line}


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, LANDSCAPE, A3])
@pytest.mark.parametrize("moved", [(0, 0), (100, -50)])
def test_marks_stand_upright_in_the_corners_that_a_reader_sees(
    turned: int, size: tuple[int, int], moved: tuple[int, int]
) -> None:
    width, height = size if turned % 180 == 0 else size[::-1]
    found = words(stamp(pdf(size, turned=turned, moved=moved), everywhere))
    right, left, foot = found["1"], found["左1"], found["共1页"]
    assert width - 60 < right.left < right.right < width - 30
    assert 30 < left.left < left.right < 90
    assert (foot.left + foot.right) / 2 == pytest.approx(width / 2, abs=2)
    assert 10 < right.top < 40
    assert 10 < left.top < 40
    assert height - 40 < foot.top < height - 15
    assert "words0" in found


def test_each_page_has_its_own_marks_and_text_comes_back_in_order() -> None:
    paper = Paper(stamp(pdf(A4, A3, LANDSCAPE), everywhere))
    assert paper.pages == ["words01左1共3页", "words12左2共3页", "words23左3共3页"]
    assert "words12左2共3页" in paper.poppler_text()


def test_a_page_without_marks_stays_as_it_is() -> None:
    plain = pdf(A4, A4)
    first, second = PdfReader(BytesIO(stamp(plain, lambda index, _: everywhere(0, 1) if index else []))).pages
    assert first.get_contents() == PdfReader(BytesIO(plain)).pages[0].get_contents()
    assert "共1页" in second.extract_text()
    assert Paper(stamp(plain, lambda *_: [])).pages == ["words0", "words1"]


def test_a_stamped_page_can_be_stamped_again() -> None:
    twice = stamp(stamp(pdf(A4), everywhere), lambda *_: [Mark("再", Place.FOOT)])
    assert Paper(twice).pages == ["words01左1共1页再"]


def test_rare_characters_are_drawn_and_what_no_font_has_is_refused() -> None:
    assert Paper(stamp(pdf(A4), lambda *_: [Mark("𠮷\u200b田", Place.FOOT)])).text == "words0𠮷田"
    with pytest.raises(GlyphMissing, match=r"U\+E000"):
        stamp(pdf(A4), lambda *_: [Mark("\ue000", Place.FOOT)])


def test_annotations_and_several_contents_stay() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(A4))))
    writer.add_annotation(0, FreeText(text="note", rect=(50, 50, 200, 100)))
    page = writer.pages[0]
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents")])
    [page] = PdfReader(BytesIO(stamp(bytes_of(writer), everywhere))).pages
    assert len(page.annotations or []) == 1
    assert "words0" in page.extract_text()


def test_an_empty_page_is_stamped() -> None:
    writer = PdfWriter()
    writer.add_blank_page(*A4)
    assert Paper(stamp(bytes_of(writer), everywhere)).text == "1左1共1页"


def test_a_crop_box_outside_the_sheet_counts_for_nothing() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(A4))))
    writer.pages[0].cropbox = RectangleObject((900, 900, 950, 950))
    [page] = PdfReader(BytesIO(stamp(bytes_of(writer), everywhere))).pages
    assert "共1页" in page.extract_text()


def test_the_same_pages_give_the_same_bytes() -> None:
    assert stamp(pdf(A4), everywhere) == stamp(pdf(A4), everywhere)
