"""Draws cells of the roster. Each look is drawn once and kept as a picture, as a month has thousands of cells."""

from collections.abc import Callable, Hashable
from math import ceil
from typing import Generic, TypeVar

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPalette, QPen, QPixmap, QPolygonF

from mediation_desk.gui.roster_cells import CellLook, Ground, NeedLook

L = TypeVar("L", bound=Hashable)

PAPER = QColor("#ffffff")
CLOSED = QColor("#e9ebee")
UNPOPULAR = QColor("#fff8e6")
LINE = QColor("#dfe3e8")
INK = QColor("#1f2933")
FAINT = QColor("#8a94a1")
CHANGED = QColor("#c2570c")
ALARM = QColor("#b3261e")
ALARM_GROUND = QColor("#fbdcda")
CHOSEN = QColor("#dde9f4")
WANTS, WANTS_NOT = QColor("#2c7a4b"), QColor("#8a5a00")

_MOST_IN_CELL = 3
"""Characters of a fraction; of more, only what is missing is told."""

_FRACTIONS = 4
"""Screens are enlarged by quarters."""

MOST_PICTURES = 4096
"""More looks than this no month has; kept sizes and screens change seldom."""


def whole(size: int, ratio: float) -> int:
    """`size`, or a little more, so that it is a whole number of pixels on a screen of that ratio: lines stay even."""
    wider = (size + more for more in range(_FRACTIONS))
    return next((each for each in wider if (each * ratio).is_integer()), size)


class Pictures(Generic[L]):
    """Pictures of looks, made when they are first wanted."""

    def __init__(self, draw: Callable[[QPainter, QRectF, L], None]) -> None:
        self._draw = draw
        self._kept: dict[tuple[L, int, int], QPixmap] = {}
        self._ratio, self._font = 0.0, QFont()

    def begin(self, ratio: float, font: QFont) -> None:
        """What is wanted from now on is for a screen of that pixel ratio and in that font."""
        if (ratio, font) != (self._ratio, self._font) or len(self._kept) > MOST_PICTURES:
            self._kept.clear()
            self._ratio, self._font = ratio, QFont(font)

    def of(self, look: L, width: int, height: int) -> QPixmap:
        picture = self._kept.get((look, width, height))
        if picture is None:
            picture = self._kept[look, width, height] = self._drawn(look, width, height)
        return picture

    def _drawn(self, look: L, width: int, height: int) -> QPixmap:
        picture = QPixmap(ceil(width * self._ratio), ceil(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        self._draw(painter, QRectF(0, 0, width, height), look)
        painter.end()
        return picture


def draw_cell(painter: QPainter, area: QRectF, look: CellLook) -> None:
    """A cell of a person."""
    _draw_ground(painter, area, look.ground)
    inner = area.adjusted(1, 1, -2, -2)
    if look.post:
        painter.fillRect(inner, look.post.tone.background)
        _write(painter, area, look.post.letter, look.post.tone.ink)
        if look.mark:
            painter.setPen(QPen(ALARM, 2))
            painter.drawRect(inner.adjusted(1, 1, -1, -1))
            _write(painter, _corner(area), look.mark, ALARM, 0.62)
    elif look.was:
        _write(painter, area, look.was.letter, FAINT)
        painter.setPen(QPen(CHANGED, 1.2))
        painter.drawLine(QLineF(inner.left() + 2, area.center().y(), inner.right() - 2, area.center().y()))
    elif look.mark:
        _write(painter, area, look.mark, FAINT)
    if look.wish:
        _draw_wish(painter, area, look.wish, in_corner=bool(look.post or look.was or look.mark))
    if look.is_changed:
        _draw_fold(painter, inner)
    if look.is_locked:
        _draw_lock(painter, inner)
    if look.ground.is_past:
        painter.fillRect(area.adjusted(0, 0, -1, -1), QColor(255, 255, 255, 90))


def draw_need(painter: QPainter, area: QRectF, look: NeedLook) -> None:
    """A cell of the footer: what is missing in red, what is well in grey."""
    _draw_ground(painter, area, look.ground)
    if not look.wanted:
        return
    if not look.is_planned:
        _write(painter, area, str(look.wanted), FAINT, 0.9)
        return
    if look.short:
        painter.fillRect(area.adjusted(0, 0, -1, -1), ALARM_GROUND)
        told = f"{look.wanted - look.short}/{look.wanted}"
        _write(painter, area, told if len(told) <= _MOST_IN_CELL else f"-{look.short}", ALARM, 0.8, bold=True)
    else:
        _write(painter, area, str(look.wanted), FAINT, 0.9)


def palette_of_paper(palette: QPalette) -> QPalette:
    """What stands around the cells is paper and ink, whatever the desktop has; a chosen line is only tinted."""
    for role, colour in (
        (QPalette.ColorRole.Base, PAPER),
        (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.Highlight, CHOSEN),
        (QPalette.ColorRole.HighlightedText, INK),
    ):
        palette.setColor(role, colour)
    return palette


def _draw_ground(painter: QPainter, area: QRectF, ground: Ground) -> None:
    colour = CLOSED if not ground.is_open else UNPOPULAR if ground.is_unpopular else PAPER
    painter.fillRect(area, colour)
    painter.setPen(QPen(LINE, 1))
    right, bottom = area.right() - 0.5, area.bottom() - 0.5
    painter.drawLine(QLineF(right, area.top(), right, bottom))
    painter.drawLine(QLineF(area.left(), bottom, right, bottom))


def _write(painter: QPainter, area: QRectF, text: str, ink: QColor, size: float = 1.0, *, bold: bool = False) -> None:
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(bold)
    painter.save()
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area.adjusted(-2, 0, 1, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
    painter.restore()


def _corner(area: QRectF) -> QRectF:
    """The lower right corner of a cell."""
    side = area.height() * 0.45
    return QRectF(area.right() - side - 1, area.bottom() - side - 1, side, side)


def _draw_wish(painter: QPainter, area: QRectF, weight: int, *, in_corner: bool) -> None:
    """▲ for who would like to come, ▽ for who would rather not; small in a corner where something else stands."""
    side = area.height() * (0.22 if in_corner else 0.36)
    middle = QPointF(area.left() + side / 2 + 1.5, area.bottom() - side / 2 - 2.5) if in_corner else area.center()
    up = 1 if weight > 0 else -1
    points = [QPointF(-side / 2, up * side / 2), QPointF(side / 2, up * side / 2), QPointF(0, -up * side / 2)]
    colour = WANTS if weight > 0 else WANTS_NOT
    painter.setPen(QPen(colour, 1.1))
    painter.setBrush(QBrush(colour) if weight > 0 else QBrush(PAPER))
    painter.drawPolygon(QPolygonF([middle + point for point in points]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_fold(painter: QPainter, inner: QRectF) -> None:
    """A folded corner: this differs from what was published."""
    side = inner.height() * 0.34
    corner = inner.topLeft()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(CHANGED))
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(side, 0), corner + QPointF(0, side)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_lock(painter: QPainter, inner: QRectF) -> None:
    side = inner.height() * 0.22
    body = QRectF(inner.right() - side - 0.5, inner.top() + side * 0.9, side, side * 0.8)
    painter.setPen(QPen(INK, 1))
    painter.drawArc(QRectF(body.left() + side * 0.15, body.top() - side * 0.7, side * 0.7, side * 1.2), 0, 180 * 16)
    painter.fillRect(body, INK)
