"""A name in large type; under each character stands its code point and the face that will print it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.documents.fonts import Drawn, faces_of

LEAST_POINTS, MOST_POINTS = 28.0, 60.0
_ACROSS = 16  # so many characters across a strip whose type is neither the least nor the most
_BETWEEN = 0.15  # em of the large type
_LEAST_WIDTH = 320
_MISSING = QColor("#b3261e")
_ASCII = range(0x80)


class _Cell(NamedTuple):
    """Where a character stands: left edge and baseline of the character, room for the lines below it."""

    drawn: Drawn
    font: QFont
    at: QPoint
    below: QRect


class NameStrip(QWidget):
    """Its type grows with its width; a long name goes on in the next row. What nothing can print is red."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawn = faces_of(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        remarks = (f"{drawn.char} {'，'.join(lines)}" for drawn in self.drawn if (lines := remarks_on(drawn)))
        self.setAccessibleName("；".join([name, *remarks]))

    @property
    def missing(self) -> list[str]:
        """The characters that nothing can print."""
        return [drawn.char for drawn in self.drawn if drawn.path is None]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((cell.below.bottom() + 1 for cell in self._cells(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.heightForWidth(_LEAST_WIDTH))

    def points(self, width: int) -> float:
        """The size of the large type in a strip of `width` pixels."""
        return min(max(width * 72 / self.logicalDpiX() / _ACROSS, LEAST_POINTS), MOST_POINTS)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for cell in self._cells(self.width()):
                painter.setPen(_MISSING if cell.drawn.path is None else self.palette().windowText().color())
                painter.setFont(cell.font)
                painter.drawText(cell.at, cell.drawn.char)
                painter.setFont(self.font())
                lines = "\n".join(remarks_on(cell.drawn))
                painter.drawText(cell.below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, lines)

    def _cells(self, width: int) -> Iterator[_Cell]:
        points = self.points(width)
        large, small = QFontMetrics(_sized(self.font(), points)), self.fontMetrics()
        below_height = small.lineSpacing() * max((len(remarks_on(drawn)) for drawn in self.drawn), default=0)
        gap = round(large.height() * _BETWEEN)
        left = top = 0
        for drawn in self.drawn:
            font = _sized(self.font(), points, _family(drawn.path, drawn.number) if drawn.path else "")
            char_width = QFontMetrics(font).horizontalAdvance(drawn.char)
            cell_width = max([char_width, *map(small.horizontalAdvance, remarks_on(drawn))])
            if left and left + cell_width > width:
                left, top = 0, top + large.height() + below_height
            at = QPoint(left + (cell_width - char_width) // 2, top + large.ascent())
            yield _Cell(drawn, font, at, QRect(left, top + large.height(), cell_width, below_height))
            left += cell_width + gap


def remarks_on(drawn: Drawn) -> tuple[str, ...]:
    """What stands below a character: nothing below the letters of every keyboard."""
    code = ord(drawn.char)
    return () if drawn.path and code in _ASCII else (f"U+{code:04X}", drawn.face)


def _sized(font: QFont, points: float, family: str = "") -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(points)
    if family:
        sized.setFamilies([family])
    return sized


@cache
def _family(path: Path, number: int) -> str:
    """The name under which Qt draws with a font file, "" if Qt cannot."""
    added = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(added) if added >= 0 else []
    return families[min(number, len(families) - 1)] if families else ""
