"""A line as it will be drawn, and the lines that no paragraph makes: empty, ruled, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

from mediation_desk.documents.fonts import Chain

_RULE_DROP = 0.26  # em from the baseline down to the ruled line

Stroke: TypeAlias = tuple[float, float, float, float]
"""x and depth of its two ends, in points from the left margin and down from the upper edge of the line."""
Area: TypeAlias = tuple[float, float, float, float]
"""x and depth of its upper left corner, width and height, as a `Stroke` is measured."""


class Align(Enum):
    """Where the white goes that is left on a line: between its characters, behind, around or before them."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"

    @property
    def before(self) -> float:
        """The share of the white that stands before the line."""
        return {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(self, 0.0)


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: sizes in points, `indent` of its first lines in em."""

    chain: Chain
    size: float
    leading: float
    indent: float = 0.0
    align: Align = Align.JUSTIFY


class Piece(NamedTuple):
    """Characters of one font in a row: from `x` on, each followed by `spacing` points."""

    x: float
    text: str
    font: str
    spacing: float


class Drawing(NamedTuple):
    """What is drawn from a line on, and may reach below it: black areas, dashed strokes, and grey behind the text."""

    areas: Sequence[Area] = ()
    dashes: Sequence[Stroke] = ()
    tints: Sequence[Area] = ()


@dataclass(slots=True)
class Line:
    """One line as it will be drawn, `height` points high; x from the left margin, `baseline` from its lower edge.

    `keep` holds it on the page of the next line. `is_gap` is white that a page does not begin with, `ends_page` one
    after which a page begins. `header` is what a page shows first when it begins with this line. `columns` are the
    places of the vertical rules of a table, whose row `ends_row` closes. `paragraph` is the place of what it says in
    the content of the paper, -1 where it says nothing.
    """

    height: float
    size: float = 0.0
    baseline: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float]] = field(default_factory=list)
    keep: bool = False
    is_gap: bool = False
    ends_page: bool = False
    header: "Sequence[Line]" = ()
    columns: tuple[float, ...] = ()
    ends_row: bool = False
    drawing: Drawing | None = None
    paragraph: int = -1

    @property
    def rule_drop(self) -> float:
        """How far below the baseline the ruled line is."""
        return self.size * _RULE_DROP


def blank_line(style: Style) -> Line:
    """Make an empty line."""
    return Line(style.leading, style.size, (style.leading - style.size) / 2 + style.size * 0.12)


def ruled_lines(count: int, style: Style, width: float) -> list[Line]:
    """Make empty ruled lines to be written on."""
    lines = [blank_line(style) for _ in range(count)]
    for line in lines:
        line.rules.append((0.0, width))
    return lines


def beside(left: Sequence[Line], right: Sequence[Line], offset: float) -> list[Line]:
    """Put two columns side by side, the right one `offset` points further right."""
    return abreast([(left, 0.0), (right, offset)])


def abreast(columns: Sequence[tuple[Sequence[Line], float]]) -> list[Line]:
    """Put columns side by side, each so far to the right; rows are as high as the highest line in them."""
    rows = []
    for index in range(max((len(lines) for lines, _ in columns), default=0)):
        found = [(lines[index], shift) for lines, shift in columns if index < len(lines)]
        row = Line(max(line.height for line, _ in found), found[0][0].size, found[0][0].baseline)
        for line, shift in found:
            row.pieces += [piece._replace(x=piece.x + shift) for piece in line.pieces]
            row.rules += [(start + shift, end + shift) for start, end in line.rules]
        rows.append(row)
    return rows
