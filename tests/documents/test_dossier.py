"""The bound file: papers and attachments in order, numbered in one run, and nothing left out in silence."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from mediation_desk.documents import dossier
from mediation_desk.documents.dossier import Bound, BoundEntry, Entry, Part, Refused, bind
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.marks import Frame
from mediation_desk.documents.page import Sheet
from mediation_desk.domain.errors import NotFound
from tests.documents.reading import Paper


def paper(*pages: str) -> bytes:
    sheet = Sheet(Frame("文书", "", ""))
    for page in pages:
        sheet.add(page)
        sheet.page_break()
    return sheet.pdf()


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    return file.getvalue()


def scan(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def one(title: str, content: bytes) -> Entry:
    return Entry(title, [Part(lambda: content)])


def attachments(title: str, *contents: bytes) -> Entry:
    parts = [Part(lambda each=each: each, "image/png", f"{title} {no}") for no, each in enumerate(contents, 1)]  # type: ignore[misc] # each as it is now
    return Entry(title, parts, f"共{len(contents)}件")


def bound(*entries: Entry, **how: Any) -> Bound:
    return bind(
        "调解卷宗 1号",
        entries,
        cover=lambda pages: paper(f"封面{pages}"),
        contents=lambda rows: paper("目录" + "；".join(f"{row.title}{row.first}-{row.last}" for row in rows)),
        back_cover=lambda pages: paper(f"封底{pages}"),
        **how,
    )


FILE = (one("申请书", paper("申请")), attachments("身份证明", photo(), photo()), one("记录", paper("一", "二", "三")))


def marks(found: Bound) -> list[dict[str, tuple[int, int]]]:
    """Of each page: where on an A4 sheet its first and last line begins and ends, by text."""
    return [
        {"".join(word.text for word in line): (round(line[0].left), round(line[-1].right)) for line in page}
        for page in Paper(found.pdf).lines()
    ]


def numbers(found: Bound) -> list[str]:
    """Of each page its number and the side that it stands on, "" for none."""
    sides = []
    for page in marks(found):
        stamped = [(text, place) for text, place in page.items() if text.isdecimal()]
        sides.append("".join(f"{text}{'左' if place[0] < 100 else '右'}" for text, place in stamped))
    return sides


def test_pages_are_numbered_in_one_run_from_the_first_paper_on() -> None:
    found = bound(*FILE, double_sided=False)
    assert found.pages == 6
    assert numbers(found) == ["", "", "1右", "2右", "3右", "4右", "5右", "6右", ""]
    assert found.entries == [
        BoundEntry("申请书", 1, 1, ""),
        BoundEntry("身份证明", 2, 3, "共2件"),
        BoundEntry("记录", 4, 6, ""),
    ]
    first, contents, *_, last = Paper(found.pdf).pages
    assert first.startswith("封面6")
    assert contents.startswith("目录申请书1-1；身份证明2-3；记录4-6")
    assert last.startswith("封底6")


def test_on_both_sides_every_paper_begins_on_a_sheet_of_its_own() -> None:
    found = bound(*FILE)
    empty = "空"
    expected = ["", empty, "", empty, "1右", empty, "2右", "3左", "4右", "5左", "6右", empty, ""]
    texts = Paper(found.pdf).pages
    assert [
        empty if text == dossier.EMPTY_BACK else side for text, side in zip(texts, numbers(found), strict=True)
    ] == [*expected]


def test_captions_tell_attachments_apart_and_count_their_pages() -> None:
    found = bound(attachments("证据材料", photo(), scan(2)), double_sided=False)
    assert Paper(found.pdf).pages[2:5] == ["1证据材料1", "2证据材料2（第1/2页）", "3证据材料2（第2/2页）"]


def outline(found: Bound) -> list[Any]:
    reader = PdfReader(BytesIO(found.pdf))

    def read(items: Sequence[Any]) -> list[Any]:
        return [
            read(item) if isinstance(item, list) else (item.title, reader.get_destination_page_number(item))
            for item in items
        ]

    return read(reader.outline)


def test_bookmarks_lead_to_every_paper_and_attachment() -> None:
    expected = [
        ("卷宗封面", 0),
        ("卷内目录", 1),
        ("申请书", 2),
        ("身份证明", 3),
        [("身份证明 1", 3), ("身份证明 2", 4)],
        ("记录", 5),
        ("封底", 8),
    ]
    assert outline(bound(*FILE, double_sided=False)) == expected
    pages = [0, 2, 4, 6, 8, 12]
    assert [each[1] for each in outline(bound(*FILE)) if isinstance(each, tuple)] == pages


def test_the_file_says_what_it_is_and_names_nobody() -> None:
    reader = PdfReader(BytesIO(bound(*FILE).pdf))
    assert reader.metadata == {"/Title": "调解卷宗 1号", "/Creator": "Mediation Desk", "/Producer": "pypdf"}
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_the_same_papers_give_the_same_bytes() -> None:
    assert bound(*FILE).pdf == bound(*FILE).pdf


def test_an_empty_file_has_its_covers_only() -> None:
    found = bound(double_sided=False)
    assert found.pages == 0
    assert len(Paper(found.pdf).pages) == 3


# ---- what cannot be printed


def test_what_cannot_be_printed_has_a_page_in_its_place_that_says_so() -> None:
    found = bound(attachments("证据材料", photo(), b"rubbish", photo()), double_sided=False)
    assert found.refused == [Refused("证据材料 2", "不是能识别的图片或 PDF")]
    assert found.entries == [BoundEntry("证据材料", 1, 3, "共3件；有附件未能印出")]
    assert "此处应为：证据材料2未能印出：不是能识别的图片或PDF。" in Paper(found.pdf).pages[3]
    assert numbers(found) == ["", "", "1右", "2右", "3右", ""]


def test_in_place_of_a_damaged_scan_comes_the_text_that_it_would_have_replaced() -> None:
    scans = Entry("协议书", [Part(lambda: b"", "application/pdf", "签署的协议书 1", lambda: paper("协议的文本"))])
    found = bound(scans, double_sided=False)
    assert found.refused == [Refused("签署的协议书 1", "文件是空的")]
    assert "签署的协议书1" in Paper(found.pdf).pages[2]
    assert "协议的文本" in Paper(found.pdf).pages[3]
    assert found.entries[0].last == 2


@pytest.mark.parametrize(
    ("error", "words"),
    [(NotFound("附件内容缺失。"), "附件内容缺失。"), (GlyphMissing([("\ue000", "姓名")]), "没有字体能印出U+E000。")],
)
def test_a_paper_that_is_missing_or_cannot_be_drawn_stops_nothing(error: Exception, words: str) -> None:
    def read() -> bytes:
        raise error

    found = bound(Entry("申请书", [Part(read, caption="申请书")]), one("记录", paper("一")))
    [refused] = found.refused
    assert (refused.caption, refused.reason.rstrip("。") + "。") == ("申请书", words)
    assert found.pages == 2
    assert f"此处应为：申请书未能印出：{words}" in Paper(found.pdf).text


def test_whoever_waits_is_told_and_may_break_off() -> None:
    told: list[str] = []
    bound(*FILE, progress=told.append)
    assert told == ["申请书", "身份证明", "记录", "封面、目录、封底"]

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bound(*FILE, progress=stop)
