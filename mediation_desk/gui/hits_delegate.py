"""Paints lines of text in which what was looked for is marked."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mediation_desk.domain.search_hits import Span

HITS = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives a `Marked` text, or several that stand below each other."""

_MARK, _INK = QColor("#ffe08a"), QColor("#3d2e00")
_MARGIN = 4


class Marked(NamedTuple):
    """A line of text, the places of its hits, and what stands at its right end."""

    text: str
    hits: list[Span]
    right: str = ""


class HitsDelegate(QStyledItemDelegate):
    """Draws what a model gives as `HITS`; anything else as usual. `lines` below each other make a row."""

    def __init__(self, lines: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = QFontMetrics(option.font).lineSpacing()
        return QSize(super().sizeHint(option, index).width(), self._lines * height + 2 * _MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        lines: list[Marked] | None = index.data(HITS)
        if not lines:
            super().paint(painter, option, index)
            return
        filled = QStyleOptionViewItem(option)
        self.initStyleOption(filled, index)
        filled.text = ""
        style = filled.widget.style() if filled.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, filled, painter, filled.widget)
        chosen = bool(filled.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setFont(filled.font)
        painter.setPen(filled.palette.color(role))
        area: QRect = filled.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        height = area.height() // len(lines)
        for place, line in enumerate(lines):
            _draw(painter, line, QRect(area.left(), area.top() + place * height, area.width(), height))
        painter.restore()


def _draw(painter: QPainter, line: Marked, area: QRect) -> None:
    metrics = painter.fontMetrics()
    if line.right:
        right = metrics.horizontalAdvance(line.right)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.right)
        area = area.adjusted(0, 0, -right - 2 * _MARGIN, 0)
    text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, area.width())
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(list(_formats(text, line.hits)))
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(area.width())
    layout.endLayout()
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - row.height()) / 2))


def _formats(text: str, hits: list[Span]) -> Iterable[QTextLayout.FormatRange]:
    """Qt counts in halves: a character beyond the first plane has two."""
    mark = QTextCharFormat()
    mark.setBackground(_MARK)
    mark.setForeground(_INK)
    for begin, end in hits:
        if begin < len(text):
            span = QTextLayout.FormatRange()
            span.start = _halves(text[:begin])
            span.length = _halves(text[begin:end])
            span.format = mark
            yield span


def _halves(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
