"""The case file (卷宗) as one PDF: cover, contents with page numbers, the papers in order, back cover.

File pages are numbered in one run from the first paper on; cover, contents and back cover are not counted. Printed on
both sides, every paper begins on a sheet of its own, a front carries its number at the upper right, a back at the upper
left, and the empty back of an odd last page says that it is empty and has no number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from mediation_desk.documents.attachment_pages import Unprintable, attachment_pages
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.layout import CAPTION, FIELDS, PAGE_HEIGHT, PAGE_WIDTH
from mediation_desk.documents.marks import Frame
from mediation_desk.documents.page import Sheet
from mediation_desk.documents.stamping import Mark, Place, put_marks, written
from mediation_desk.domain.errors import DeskError, NotFound

EMPTY_BACK = "（本页空白）"
NOT_PRINTED = "有附件未能印出"


@dataclass(frozen=True)
class Part:
    """A finished paper, or an attachment when `media_type` says of what kind; `read` gives its bytes.

    `caption` stands in the foot of an attachment's pages, `file_name` on none: it tells people which file it is. Where
    an attachment cannot be printed, `stand_in` gives the paper that it would have replaced.
    """

    read: Callable[[], bytes]
    media_type: str = ""
    caption: str = ""
    stand_in: Callable[[], bytes] | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the contents with what belongs to it."""

    title: str
    parts: Sequence[Part]
    remark: str = ""


class BoundEntry(NamedTuple):
    """A line of the contents with its first and last file page, both counted from 1."""

    title: str
    first: int
    last: int
    remark: str


class Refused(NamedTuple):
    """Something that is not in the file as it should be, and why: a part of a sentence."""

    caption: str
    reason: str
    file_name: str = ""


@dataclass(frozen=True)
class Bound:
    """A finished case file. `pages` counts its file pages, without cover, contents and back cover."""

    pdf: bytes
    entries: Sequence[BoundEntry]
    pages: int
    refused: Sequence[Refused]


def bind(
    title: str,
    entries: Sequence[Entry],
    *,
    cover: Callable[[int], bytes],
    contents: Callable[[Sequence[BoundEntry]], bytes],
    back_cover: Callable[[int], bytes],
    double_sided: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Bound:
    """Bind papers and attachments. The same papers give the same bytes.

    Cover and back cover are drawn for the number of file pages, the contents for what was bound. `title` is shown by
    PDF programs and should name no person. `progress` is told what is being bound, and may raise to break off. What
    cannot be printed has a page in its place that says so; nothing of the rest is kept back.
    """
    file = _File(double_sided)
    bound = []
    for entry in entries:
        progress(entry.title)
        bound.append(file.add(entry))
    progress("封面、目录、封底")
    file.add_uncounted("封底", back_cover(file.number))
    file.add_uncounted("卷内目录", contents(bound), in_front=True)
    file.add_uncounted("卷宗封面", cover(file.number), in_front=True)
    return Bound(file.finish(title), bound, file.number, file.refused)


@dataclass
class _File:
    """A case file while it is bound."""

    double_sided: bool
    number: int = 0
    refused: list[Refused] = field(default_factory=list)
    _writer: PdfWriter = field(default_factory=PdfWriter)
    _marks: list[list[Mark]] = field(default_factory=list)
    _bookmarks: list[tuple[str, int, list[tuple[str, int]]]] = field(default_factory=list)

    def add(self, entry: Entry) -> BoundEntry:
        start, first, troubles = len(self._marks), self.number + 1, len(self.refused)
        places = []
        for part in entry.parts:
            places.append((part.caption, len(self._marks)))
            for pdf, caption in self._printable(part):
                self._add_pages(pdf, caption, start)
        self._add_back(len(self._marks) - start)
        self._bookmarks.append((entry.title, start, places if len(places) > 1 else []))
        remarks = [entry.remark] if entry.remark else []
        if len(self.refused) > troubles:
            remarks.append(NOT_PRINTED)
        return BoundEntry(entry.title, first, self.number, "；".join(remarks))

    def add_uncounted(self, title: str, pdf: bytes, *, in_front: bool = False) -> None:
        """Add cover, contents or back cover; in front of all that is there, or behind it."""
        pages = list(PdfReader(BytesIO(pdf)).pages)
        at = 0 if in_front else len(self._marks)
        for index, page in enumerate(pages):
            self._writer.insert_page(page, at + index)
            self._marks.insert(at + index, [])
        if in_front:
            moved = len(pages) + self._add_back(len(pages), at + len(pages))
            self._bookmarks = [
                (name, start + moved, [(each, place + moved) for each, place in places])
                for name, start, places in self._bookmarks
            ]
        self._bookmarks.insert(0 if in_front else len(self._bookmarks), (title, at, []))

    def finish(self, title: str) -> bytes:
        put_marks(self._writer, self._marks)
        for name, start, places in self._bookmarks:
            above = self._writer.add_outline_item(title=name, page_number=start)
            for caption, place in places:
                self._writer.add_outline_item(title=caption, page_number=place, parent=above)
        self._writer.page_mode = "/UseOutlines"
        self._writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
        self._writer.add_metadata({"/Title": title, "/Creator": "Mediation Desk"})
        return written(self._writer)

    def _printable(self, part: Part) -> list[tuple[bytes, str]]:
        """The pages of a part with the caption in their foot; in place of what cannot be printed, why."""
        try:
            content = part.read()
            if not part.media_type:
                return [(content, "")]
            return [(attachment_pages(content, part.media_type), part.caption)]
        except (Unprintable, NotFound, GlyphMissing) as refusal:
            return self._refuse(part, refusal)

    def _refuse(self, part: Part, refusal: DeskError) -> list[tuple[bytes, str]]:
        reason = _reason(refusal)
        self.refused.append(Refused(part.caption, reason, part.file_name))
        instead = [(notice(part.caption, reason), "")]
        if part.stand_in is not None:
            instead += self._printable(Part(part.stand_in, caption=f"{part.caption}的文本"))
        return instead

    def _add_pages(self, pdf: bytes, caption: str, start: int) -> None:
        """Add pages to the entry that began at page `start` of the whole."""
        pages = PdfReader(BytesIO(pdf)).pages
        for index, page in enumerate(pages, start=1):
            self.number += 1
            is_back = self.double_sided and (len(self._marks) - start) % 2 == 1
            marks = [Mark(str(self.number), Place.UPPER_LEFT if is_back else Place.UPPER_RIGHT)]
            if caption:
                counted = f"（第{index}/{len(pages)}页）" if len(pages) > 1 else ""
                marks.append(Mark(caption + counted, Place.FOOT))
            self._writer.add_page(page)
            self._marks.append(marks)

    def _add_back(self, pages: int, at: int | None = None) -> int:
        """Fill an odd last sheet up with an empty back. Returns the number of pages added."""
        if not self.double_sided or pages % 2 == 0:
            return 0
        at = len(self._marks) if at is None else at
        self._writer.insert_blank_page(PAGE_WIDTH, PAGE_HEIGHT, at)
        self._marks.insert(at, [Mark(EMPTY_BACK, Place.FOOT)])
        return 1


def _reason(refusal: DeskError) -> str:
    """Why something was refused, in words that any paper can show: characters that no font has by their numbers."""
    if not isinstance(refusal, GlyphMissing):
        return str(refusal)
    numbers = dict.fromkeys(f"U+{ord(char):04X}" for char, _ in refusal.missing)
    return f"没有字体能印出{'、'.join(numbers)}"


def notice(caption: str, reason: str) -> bytes:
    """The page in place of what cannot be printed, for a file or a pack."""
    sheet = Sheet(Frame(NOT_PRINTED, "", ""))
    sheet.add_gap(180)
    sheet.add(f"此处应为：{caption}", style=CAPTION)
    sheet.add(f"未能印出：{reason.rstrip('。')}。", style=FIELDS)
    sheet.add("请另附原件或者可以打开的文件，并在卷宗情况说明中写明。", style=FIELDS)
    return sheet.pdf()
