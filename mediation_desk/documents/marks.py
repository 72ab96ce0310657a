"""What stands around the text of a page: head and foot, marks for the seal across the pages, and marks of changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from reportlab.lib.units import mm

from mediation_desk.documents.drawings import barcode
from mediation_desk.documents.fonts import HEADING, TEXT
from mediation_desk.documents.layout import LEFT, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH
from mediation_desk.documents.line import Align, Drawing, Line, Style, abreast
from mediation_desk.documents.pdf import Placed

_HEAD, _FOOT = PAGE_HEIGHT - 21 * mm, 15 * mm
_BELOW_HEAD, _BELOW_FOOT = _HEAD - 12, _FOOT - 12
_LEFT_SIDE = Style(TEXT, 9, 12)
_CENTRE = Style(TEXT, 9, 12, align=Align.CENTRE)
_RIGHT_SIDE = Style(TEXT, 9, 12, align=Align.RIGHT)
_MARK = Style(HEADING, 16, 22, align=Align.CENTRE)

_BELOW_BARCODE = _HEAD - _MARK.leading  # where nothing keeps a scanner from its white at either side

_SEAM = Style(TEXT, 8, 10, align=Align.CENTRE)
_SEAM_WIDTH = 40.0  # more than 100/100 needs
_SEAM_LEFT = PAGE_WIDTH - 5 * mm - 14.5 - _SEAM_WIDTH / 2 - LEFT  # the words end 5 mm from the edge, as printers need
_GUIDE_LEFT = PAGE_WIDTH - 5 * mm - 31 - LEFT
_GUIDE = 45 * mm  # a seal is 42 mm wide
_SEAM_MIDDLE = PAGE_HEIGHT / 2

_BAR_LEFT, _BAR_WIDTH = -10.0, 1.2
_DASH_LEFT, _DASH_LENGTH = -15.0, 9.0
_CHANGES = "修改标记：竖线处与上次打印不同"
_LEFT_OUT = "，短横处有删去"


@dataclass(frozen=True)
class Frame:
    """What stands on every page besides the text: head at the left and the right, and marks such as 练习 or 草稿.

    `seam` puts marks at the edge for a seal across the fanned pages (骑缝章). `closes` says after the last line that
    nothing follows. A page that begins amid signatures says `continued` first, with the short digest of the paper
    for `{digest}`. `number` is that of an empty form, with its barcode.
    """

    title: str
    left: str
    right: str
    marks: tuple[str, ...] = ()
    seam: bool = False
    closes: bool = False
    continued: str = ""
    number: str = ""


class Changes(NamedTuple):
    """What differs from an earlier version: paragraphs that are new, and those before which some were left out."""

    new: frozenset[int]
    left_out: frozenset[int]

    @property
    def note(self) -> str:
        return _CHANGES + (_LEFT_OUT if self.left_out else "")

    def marks(self, lines: Sequence[Placed]) -> list[Placed]:
        """A bar in the margin beside each line that is new, and a dash between lines where some were left out."""
        marks = []
        above = -1
        for lower_edge, line in lines:
            areas = []
            if line.paragraph in self.new:
                areas.append((_BAR_LEFT, 0.0, _BAR_WIDTH, line.height))
            if line.paragraph in self.left_out and line.paragraph > above:
                areas.append((_DASH_LEFT, -_BAR_WIDTH / 2, _DASH_LENGTH, _BAR_WIDTH))
            if areas:
                marks.append((lower_edge, Line(line.height, drawing=Drawing(areas))))
            above = max(above, line.paragraph)
        return marks


def changes(before: Sequence[str], content: Sequence[str]) -> Changes:
    """Compare two versions. What was left out at the end stands before the paragraph that would be next."""
    new: set[int] = set()
    left_out: set[int] = set()
    for what, _, _, start, end in SequenceMatcher(None, before, content, autojunk=False).get_opcodes():
        if what == "delete":
            left_out.add(start)
        elif what != "equal":
            new.update(range(start, end))
    return Changes(frozenset(new), frozenset(left_out))


class Margins:
    """Sets what stands in the margins; what is the same on every page only once."""

    def __init__(
        self, frame: Frame, digest: str, note: str, set_line: Callable[[str, Style, str, float], list[Line]]
    ) -> None:
        """Set the short digest and a note at every foot.

        `set_line` is told text, style, the place to name for a character that cannot be printed, and the width.
        """
        self._frame = frame
        self._set = set_line
        self._same = [
            *self._placed(_HEAD, frame.left, _LEFT_SIDE),
            *self._placed(_HEAD, frame.right, _RIGHT_SIDE),
            *self._placed(_BELOW_BARCODE if frame.number else _HEAD, "　".join(frame.marks), _MARK),
            *self._placed(_FOOT, "" if frame.number else f"校验码 {digest}", _RIGHT_SIDE),  # empty: never on file
            *self._placed(_BELOW_FOOT, note, _LEFT_SIDE),
        ]
        if frame.number:
            self._same += [(_HEAD, barcode(frame.number)), *self._placed(_BELOW_HEAD, frame.number, _RIGHT_SIDE)]
        self._seam = self._seam_words(["骑", "缝"], _SEAM_MIDDLE) if frame.seam else []
        guide = Drawing(dashes=[(_GUIDE_LEFT, 0.0, _GUIDE_LEFT, _GUIDE)])
        self._seam.append((_SEAM_MIDDLE - _GUIDE / 2, Line(_GUIDE, drawing=guide)))

    def of_page(self, number: int, total: int) -> list[Placed]:
        """What stands in the margins of one page of so many."""
        found = [*self._same, *self._placed(_FOOT, f"第{number}/{total}页", _CENTRE)]
        if self._frame.seam and total > 1:
            found += self._seam
            found += self._seam_words([f"{number}/{total}"], _SEAM_MIDDLE - 2 * _SEAM.leading)
        return found

    def _placed(self, lower_edge: float, text: str, style: Style) -> list[Placed]:
        return [(lower_edge, line) for line in self._set(text, style, "页眉或页脚", TEXT_WIDTH)]

    def _seam_words(self, words: Sequence[str], upper_edge: float) -> list[Placed]:
        lines = abreast([([line for word in words for line in self._set(word, _SEAM, "", _SEAM_WIDTH)], _SEAM_LEFT)])
        return [(upper_edge - at * _SEAM.leading, line) for at, line in enumerate(lines)]
