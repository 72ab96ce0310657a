"""Papers are put one behind the other, and what they share is kept once."""

from io import BytesIO

from pypdf import PdfReader

from mediation_desk.documents.joining import joined
from mediation_desk.documents.marks import Frame
from mediation_desk.documents.page import Sheet


def paper(*paragraphs: str) -> bytes:
    sheet = Sheet(Frame("申请书", "", ""))
    for words in paragraphs:
        sheet.add(words)
    return sheet.pdf()


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_all_pages_are_there_in_order() -> None:
    pages = read(joined("空白表", [paper("第一份"), paper("第二份"), paper("第三份")]))
    assert ["第一份" in pages[0], "第二份" in pages[1], "第三份" in pages[2]] == [True] * 3


def test_same_papers_same_bytes_and_fonts_kept_once() -> None:
    one = paper("调解不收费。")
    ten = joined("空白表", [one] * 10)
    assert ten == joined("空白表", [one] * 10)
    assert len(ten) < 3 * len(one)
    reader = PdfReader(BytesIO(ten))
    assert reader.metadata is not None
    assert reader.metadata.title == "空白表"
