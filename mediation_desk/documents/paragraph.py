"""One paragraph of Chinese text, broken into lines: justified, with filled and unfilled blanks on ruled lines.

Text is taken literally: there is no markup, and line breaks stay. A paper is a list of `Line`; pages are cut from it
in `page.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mediation_desk.documents.breaking import NO_END, NO_START, closes_up, is_letter, units
from mediation_desk.documents.fonts import GlyphMissing, without_unseen
from mediation_desk.documents.line import Align, Line, Piece, Style, beside, blank_line, ruled_lines

__all__ = ["Align", "Blank", "Line", "Piece", "Style", "beside", "paragraph", "ruled_lines"]

_MOST_SPACING = 0.2  # em between two characters; a line that needs more is left ragged
_LEAST_FIRST_PIECE = 4.0  # em; less room is not worth beginning an over-long word in
_FEWEST_AT_THE_END = 2.5  # em; a last line shorter than that gets company
_ENOUGH_UNITS = 12
_INSET = 0.25  # em between a caption and what is written on its line
_BETWEEN_FIELDS = 0.5  # em
_ROUNDING = 0.001  # points


@dataclass(frozen=True)
class Blank:
    """Something filled in on a ruled line of at least `width` points, with the caption before it.

    `grow` is its share of the room that is left on its last line. `centred` for short entries within a sentence.
    `whole_lines` rules every line from margin to margin, whatever is written on it.
    """

    text: str
    width: float = 0.0
    caption: str = ""
    grow: float = 0.0
    centred: bool = False
    whole_lines: bool = False


class _Box(NamedTuple):
    """A character, or white to be ruled (`char` is ""). `lead` is the white before it, unless it begins a line."""

    char: str
    font: str
    width: float
    lead: float
    ruled: bool


@dataclass(slots=True)
class _Unit:
    """Boxes that are not divided. `needs` is the room that must be left on the line to begin there.

    A pad is white to be ruled: it gives way at the end of a line and takes its share (`grow`) of what is left there.
    """

    boxes: list[_Box]
    width: float
    needs: float
    trailing: float = 0.0
    is_pad: bool = False
    grow: float = 0.0
    whole_lines: bool = False


def _pad(width: float, needs: float = 0.0, grow: float = 0.0, *, whole_lines: bool = False) -> _Unit:
    return _Unit([_Box("", "", width, 0.0, ruled=True)], width, needs, 0.0, True, grow, whole_lines)


def paragraph(parts: str | Iterable[str | Blank], style: Style, width: float) -> list[Line]:
    """Set text and blanks as one paragraph, `width` points wide.

    At a page break at least two of its lines stay together on either side. Raises `GlyphMissing`.
    """
    lines: list[Line] = []
    filler = _Filler(style, width)
    missing: list[tuple[str, str]] = []
    for part in [parts] if isinstance(parts, str) else parts:
        try:
            for index, part_units in enumerate(_measured(part, style, width)):
                if index:
                    lines += filler.finish() or [blank_line(style)]
                for unit in part_units:
                    filler.add(unit)
        except GlyphMissing as fault:
            missing += fault.missing
    if missing:
        raise GlyphMissing(missing)
    return lines + filler.finish()


def _measured(part: str | Blank, style: Style, width: float) -> list[list[_Unit]]:
    """The units of a part, one list for each line that was typed."""
    if isinstance(part, str):
        return [_text_units(text, style, ruled=False) for text in part.splitlines()]
    typed = [_text_units(text, style, ruled=True) for text in part.text.splitlines()] or [[]]
    least = min(part.width, width - style.indent * style.size)
    if part.caption and typed[0]:
        typed[0][0].boxes[0] = typed[0][0].boxes[0]._replace(lead=_INSET * style.size)
    pad = max(0.0, least - sum(unit.boxes[0].lead + unit.width + unit.trailing for unit in typed[-1]))
    before = pad / 2 if part.centred else 0.0
    if part.caption or before:
        pad -= before
        typed[0].insert(0, _head(part, typed[0], before, least, style, width))
    for line in typed[:-1]:
        line.append(_pad(0.0, grow=1.0))
    typed[-1].append(_pad(pad, 0.0 if typed[-1] else pad, part.grow))
    if part.whole_lines:
        for unit in (unit for line in typed for unit in line):
            unit.whole_lines = True
            unit.grow = 1.0 if unit.is_pad else 0.0
    return typed


def _head(blank: Blank, text: list[_Unit], before: float, least: float, style: Style, width: float) -> _Unit:
    """The caption of a blank, with white of `before` points on the ruled line; it stays with what follows."""
    boxes = [box for unit in _text_units(blank.caption, style, ruled=False) for box in unit.boxes]
    if boxes:
        boxes[0] = boxes[0]._replace(lead=_BETWEEN_FIELDS * style.size)
    if before:
        boxes.append(_Box("", "", before, 0.0, ruled=True))
    taken = sum(box.width for box in boxes)
    first = text[0].boxes[0].lead + text[0].width if text else 0.0
    return _Unit(boxes, taken, min(width, taken + max(least - before, first)))


def _text_units(text: str, style: Style, *, ruled: bool) -> list[_Unit]:
    """Measure what must not be divided."""
    text = without_unseen(text)
    glyphs = iter(style.chain.glyphs(text))
    size = style.size
    found = []
    before = ""
    for unit_text in units(text):
        boxes = []
        width = trailing = 0.0
        for char, glyph in zip(unit_text, glyphs, strict=False):
            lead = -size / 2 if closes_up(before, char) and glyph.width == 1 else 0.0
            advance = glyph.width * size
            boxes.append(_Box(char, glyph.font, advance, lead, ruled))
            if char == " ":
                trailing += advance
            else:
                width += trailing + advance + (lead if len(boxes) > 1 else 0.0)
                trailing = 0.0
            before = char
        found.append(_Unit(boxes, width, width, trailing))
    return found


class _Filler:
    """Fills lines with units, one after the other."""

    def __init__(self, style: Style, width: float) -> None:
        self._style = style
        self._full_width = width
        self._lines: list[Line] = []
        self._units: list[_Unit] = []
        self._units_before: list[_Unit] = []  # of the last line that is ended
        self._used = 0.0  # without the trailing spaces of the last unit
        self._trailing = 0.0

    @property
    def _indent(self) -> float:
        return 0.0 if self._lines else self._style.indent * self._style.size

    @property
    def _room(self) -> float:
        return self._full_width - self._indent - self._used

    def add(self, unit: _Unit) -> None:
        lead = self._trailing + unit.boxes[0].lead if self._units else 0.0
        if len(unit.boxes) > 1 and unit.width > self._full_width - self._indent:
            self._add_over_long(unit)
            return
        if self._units and lead + unit.needs > self._room + _ROUNDING:
            self._end_line(final=False)
            lead = 0.0
        if unit.is_pad:
            unit.width = max(0.0, min(unit.width, self._room - lead))
            unit.boxes = [unit.boxes[0]._replace(width=unit.width)]
        self._units.append(unit)
        self._used += lead + unit.width
        self._trailing = unit.trailing

    def finish(self) -> list[Line]:
        """End the paragraph and return its lines."""
        if self._leaves_one_character():
            self._give_it_company()
        if self._units:
            self._end_line(final=True)
        lines, self._lines, self._units_before = self._lines, [], []
        if len(lines) > 1:
            lines[0].keep = lines[-2].keep = True
        return lines

    def _leaves_one_character(self) -> bool:
        """Whether a single character would stand on the last line although the line before can spare one."""
        limit = _FEWEST_AT_THE_END * self._style.size
        return (
            len(self._units) == 1
            and len(self._units_before) > _ENOUGH_UNITS
            and self._units[0].width < limit
            and self._units_before[-1].width < limit
            and not self._units[0].boxes[0].ruled
        )

    def _give_it_company(self) -> None:
        *line, spared = self._units_before
        last = self._units
        self._lines.pop()
        self._units, self._used, self._trailing = [], 0.0, 0.0
        for unit in line:
            self.add(unit)
        self._end_line(final=False)
        for unit in (spared, *last):
            self.add(unit)

    def _add_over_long(self, unit: _Unit) -> None:
        """Divide what is longer than a line where the line is full, but not before or after a forbidden mark."""
        if self._units and self._room < _LEAST_FIRST_PIECE * self._style.size:
            self._end_line(final=False)
        boxes = unit.boxes
        while boxes:
            end = self._fitting(boxes)
            part, boxes = boxes[:end], boxes[end:]
            taken = sum(box.width for box in part) + sum(box.lead for box in part[1:])
            self.add(_Unit(part, taken, taken, 0.0, whole_lines=unit.whole_lines))
            if boxes:
                self._end_line(final=False)

    def _fitting(self, boxes: list[_Box]) -> int:
        """How many of the boxes go on this line."""
        room = self._room - self._trailing
        width = boxes[0].width + (boxes[0].lead if self._units else 0.0)
        fitting = 1
        while fitting < len(boxes) and width + boxes[fitting].lead + boxes[fitting].width <= room:
            width += boxes[fitting].lead + boxes[fitting].width
            fitting += 1
        if fitting == len(boxes):
            return fitting
        return next((at for at in range(fitting, 0, -1) if self._may_divide(boxes, at)), fitting)

    @staticmethod
    def _may_divide(boxes: list[_Box], at: int) -> bool:
        return boxes[at].char not in NO_START and boxes[at - 1].char not in NO_END

    def _end_line(self, *, final: bool) -> None:
        style, indent, slack = self._style, self._indent, self._room
        shares = sum(unit.grow for unit in self._units)
        for unit in self._units:
            if unit.grow:
                unit.boxes = [unit.boxes[0]._replace(width=unit.boxes[0].width + slack * unit.grow / shares)]
        boxes = [box for unit in self._units for box in unit.boxes]
        while boxes and boxes[-1].char == " ":
            boxes.pop()
        spacing = 0.0
        if style.align is not Align.JUSTIFY:
            indent += (0.0 if shares else slack) * style.align.value
        elif not final and not shares:
            spacing = _spacing(boxes, slack, style.size)
        line = blank_line(style)
        _place(line, boxes, indent, spacing)
        self._rule_to_the_edge(line, boxes, final=final)
        self._lines.append(line)
        self._units_before = self._units
        self._units, self._used, self._trailing = [], 0.0, 0.0

    def _rule_to_the_edge(self, line: Line, boxes: list[_Box], *, final: bool) -> None:
        """A blank that goes on in the next line is ruled up to the margin; `whole_lines` from the margin too."""
        if not line.rules:
            return
        start, end = line.rules[-1]
        if boxes[-1].ruled and not final:
            end = self._full_width
        if any(unit.whole_lines for unit in self._units):
            start, end = 0.0, self._full_width
        line.rules[-1] = (start, end)


def _spacing(boxes: Sequence[_Box], slack: float, size: float) -> float:
    """White to be added between two boxes so that the line fills the width; 0 where it would tear the line apart."""
    gaps = sum(1 for index in range(1, len(boxes)) if _may_stretch(boxes[index - 1], boxes[index]))
    if not gaps or slack / gaps > _MOST_SPACING * size:
        return 0.0
    return max(0.0, slack) / gaps


def _may_stretch(before: _Box, after: _Box) -> bool:
    return bool(before.char and after.char) and not (is_letter(before.char) and is_letter(after.char))


def _place(line: Line, boxes: Sequence[_Box], x: float, spacing: float) -> None:
    """Give every box its place on the line; characters of one font with the same white between them become a piece."""
    text, font, piece_x, between = "", "", x, 0.0
    before: _Box | None = None
    for box in boxes:
        gap = 0.0
        if before:
            gap = box.lead + (spacing if _may_stretch(before, box) else 0.0)
        if box.ruled:
            start = line.rules.pop()[0] if before and before.ruled else x
            line.rules.append((start, x + gap + box.width))
        x += gap
        if text and (box.font != font or (len(text) > 1 and abs(gap - between) > 0.001)):
            line.pieces.append(Piece(piece_x, text, font, between if len(text) > 1 else 0.0))
            text = ""
        if not text:
            piece_x, font = x, box.font
        elif len(text) == 1:
            between = gap
        text += box.char
        x += box.width
        before = box
    if text:
        line.pieces.append(Piece(piece_x, text, font, between if len(text) > 1 else 0.0))
