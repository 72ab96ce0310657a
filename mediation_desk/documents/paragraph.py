"""One paragraph of Chinese text, broken into lines: justified, with filled and unfilled blanks on ruled lines.

Text is taken literally: there is no markup, and line breaks stay. A paper is a list of `Line`; pages are cut from it
in `page.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from mediation_desk.documents.breaking import NO_END, NO_START
from mediation_desk.documents.line import Align, Line, Piece, Style, beside, blank_line, ruled_lines
from mediation_desk.documents.measuring import UNRULED, WHOLE, Blank, Box, Unit, in_single_characters, measured

__all__ = ["Align", "Blank", "Line", "Piece", "Style", "beside", "paragraph", "ruled_lines"]

_MOST_SPACING = 0.2  # em between two characters; a line that needs more is left ragged
_MOST_BETWEEN_HANZI = 0.1  # em; a line that needs more is spread between Hanzi and letters too
_LEAST_FIRST_PIECE = 4.0  # em; less room is not worth beginning an over-long word in
_FEWEST_AT_THE_END = 2.5  # em; a last line shorter than that gets company
_ENOUGH_UNITS = 12
_ROUNDING = 0.001  # points


def paragraph(parts: str | Iterable[str | Blank], style: Style, width: float, names: Sequence[str] = ()) -> list[Line]:
    """Set text and blanks as one paragraph, `width` points wide; each of `names` in one face, if one has all of it.

    At a page break at least two of its lines stay together on either side. Raises `GlyphMissing`.
    """
    lines: list[Line] = []
    *typed, last = measured(list(_runs(parts)), style, width, names)
    filler = _Filler(style, width)
    for units in typed:
        lines += filler.fill(units) or [blank_line(style)]
    return lines + filler.fill(last)


def _runs(parts: str | Iterable[str | Blank]) -> Iterator[str | Blank]:
    """Join neighbours that are text, so that no line is divided before a mark because a part ends there."""
    run = ""
    for part in [parts] if isinstance(parts, str) else parts:
        if isinstance(part, str):
            run += part
        else:
            if run:
                yield run
            yield part
            run = ""
    if run:
        yield run


class _Filler:
    """Fills lines with units, one after the other."""

    def __init__(self, style: Style, width: float) -> None:
        self._style = style
        self._full_width = width
        self._hangs = style.align is not Align.CENTRE
        self._begin_paragraph()

    def fill(self, units: Sequence[Unit]) -> list[Line]:
        """Set what was typed as one line."""
        for unit in units:
            self._add(unit)
        if self._leaves_one_character():
            self._give_it_company()
        if self._units:
            self._end_line(final=True)
        lines = self._lines
        if len(lines) > 1:
            lines[0].keep = lines[-2].keep = True
        self._begin_paragraph()
        return lines

    def _begin_paragraph(self) -> None:
        self._lines: list[Line] = []
        self._units_before: list[Unit] = []  # of the last line that is ended
        self._begin_line(self._style.indent * self._style.size)

    def _begin_line(self, start: float) -> None:
        self._units: list[Unit] = []
        self._start = start
        self._used = start  # without the trailing spaces of the last unit
        self._trailing = 0.0
        self._shares = 0.0  # of what will be left on the line

    def _add(self, unit: Unit) -> None:
        if unit.width > self._full_width - self._start and len(unit.boxes[-1].text) + len(unit.boxes) > 2:
            self._add_over_long(unit)
            return
        lead = 0.0
        if self._units:
            lead = self._trailing + unit.lead
            room = self._full_width - self._used + unit.hang * self._hangs
            if unit.is_pad and room < 0.0:
                room = 0.0  # a mark hangs there
            if lead + unit.needs + unit.tail > room + _ROUNDING:
                self._end_line(final=False)
                lead = 0.0
        if unit.trim and not self._units and self._lines and self._style.align in (Align.JUSTIFY, Align.LEFT):
            self._start = self._used = -unit.trim
        if unit.is_pad:
            unit.width = max(0.0, min(unit.width, self._full_width - self._used - lead - unit.tail))
            unit.boxes = [unit.boxes[0]._replace(width=unit.width)]
        self._units.append(unit)
        self._used += lead + unit.width
        self._trailing = unit.trailing
        self._shares += unit.grow

    def _leaves_one_character(self) -> bool:
        """Whether a single character would stand on the last line although the line before can spare one."""
        limit = _FEWEST_AT_THE_END * self._style.size
        return (
            len(self._units) == 1
            and len(self._units_before) > _ENOUGH_UNITS
            and self._units[0].width < limit
            and self._units_before[-1].width < limit
            and not self._units_before[-2].tail
            and self._units[0].boxes[0].rule == UNRULED
        )

    def _give_it_company(self) -> None:
        *line, spared = self._units_before
        last = self._units
        self._lines.pop()
        self._begin_line(0.0 if self._lines else self._style.indent * self._style.size)
        for unit in line:
            self._add(unit)
        self._end_line(final=False)
        for unit in (spared, *last):
            self._add(unit)

    def _add_over_long(self, unit: Unit) -> None:
        """Divide what is longer than a line where the line is full, but not before or after a forbidden mark."""
        if self._units and self._full_width - self._used < _LEAST_FIRST_PIECE * self._style.size:
            self._end_line(final=False)
        boxes = in_single_characters(unit, self._style)
        while boxes:
            end = self._fitting(boxes)
            part, boxes = boxes[:end], boxes[end:]
            part[0] = part[0]._replace(lead=0.0)
            taken = sum(box.lead + box.width for box in part)
            self._add(Unit(part, taken, taken))
            if boxes:
                self._end_line(final=False)

    def _fitting(self, boxes: list[Box]) -> int:
        """How many of the boxes go on this line."""
        room = self._full_width - self._used - self._trailing
        width = boxes[0].width
        fitting = 1
        while fitting < len(boxes) and width + boxes[fitting].lead + boxes[fitting].width <= room:
            width += boxes[fitting].lead + boxes[fitting].width
            fitting += 1
        if fitting == len(boxes):
            return fitting
        return next((at for at in range(fitting, 0, -1) if self._may_divide(boxes, at)), fitting)

    @staticmethod
    def _may_divide(boxes: list[Box], at: int) -> bool:
        return boxes[at].text not in NO_START and boxes[at - 1].text not in NO_END

    def _end_line(self, *, final: bool) -> None:
        style, units = self._style, self._units
        slack = self._full_width - self._used + units[-1].hang * self._hangs
        shares = self._shares
        if shares:
            _share(max(0.0, self._full_width - self._used), units, shares)
        boxes = _boxes(units)
        start, spacing, at_letters = self._start, 0.0, 0.0
        if style.align is not Align.JUSTIFY:
            start += (0.0 if shares else slack) * style.align.before
        elif not final and not shares:
            spacing, at_letters = _spacing(boxes, slack, style.size)
        line = blank_line(style)
        _place(line, boxes, start, spacing, at_letters)
        if line.rules:
            self._rule_to_the_edge(line, boxes, final=final)
        self._lines.append(line)
        self._units_before = units
        self._begin_line(0.0)

    def _rule_to_the_edge(self, line: Line, boxes: Sequence[Box], *, final: bool) -> None:
        """A blank that goes on in the next line is ruled up to the margin; `whole_lines` from the margin too."""
        start, end = line.rules[-1]
        if boxes[-1].rule and not final:
            end = self._full_width
        if any(box.rule == WHOLE for box in boxes):
            start, end = 0.0, self._full_width
        line.rules[-1] = (start, end)


def _share(slack: float, units: Sequence[Unit], shares: float) -> None:
    """Give each pad its share of what is left on the line."""
    for unit in units:
        if unit.grow:
            unit.boxes = [unit.boxes[0]._replace(width=unit.boxes[0].width + slack * unit.grow / shares)]


def _boxes(units: Sequence[Unit]) -> list[Box]:
    """The boxes of a line, without pads that found no room and without the spaces at its end."""
    boxes: list[Box] = []
    for unit in units:
        if not unit.is_pad or unit.boxes[0].width:
            boxes += unit.boxes
    while boxes and boxes[-1].text == " ":
        boxes.pop()
    return boxes


def _spacing(boxes: Sequence[Box], slack: float, size: float) -> tuple[float, float]:
    """White to be added so that the line fills the width: between Hanzi, and where letters or figures stand.

    Letters next to Hanzi get none if the rest can take it. A line that would be torn apart gets none at all.
    """
    between = at_letters = 0
    for before, after in pairwise(boxes):
        if _may_stretch(before, after):
            if _at_letters(before, after):
                at_letters += 1
            else:
                between += 1
    slack = max(0.0, slack)
    if between and slack <= between * _MOST_BETWEEN_HANZI * size:
        return slack / between, 0.0
    between += at_letters
    if between and slack <= between * _MOST_SPACING * size:
        return slack / between, slack / between
    return 0.0, 0.0


def _may_stretch(before: Box, after: Box) -> bool:
    return bool(before.text and after.text) and not (before.is_letters and after.is_letters)


def _at_letters(before: Box, after: Box) -> bool:
    """Whether letters stand next to something else than a space."""
    return before.is_letters != after.is_letters and before.text != " " and after.text != " "


def _place(line: Line, boxes: Sequence[Box], x: float, spacing: float, at_letters: float) -> None:
    """Give every box its place on the line; what is of one font with the same white between becomes a piece."""
    text, font, piece_x = "", "", x
    between: float | None = None  # the white between the characters of the piece, once there are two
    before: Box | None = None
    for box in boxes:
        gap = 0.0
        if before:
            gap = box.lead
            if spacing and _may_stretch(before, box):
                gap += at_letters if _at_letters(before, box) else spacing
        if box.rule:
            start = line.rules.pop()[0] if before and before.rule else x
            line.rules.append((start, x + gap + box.width))
        x += gap
        is_row = len(box.text) > 1
        if text and (
            box.font != font
            or (between is not None and abs(gap - between) > _ROUNDING)
            or (is_row and abs(gap) > _ROUNDING)
        ):
            line.pieces.append(Piece(piece_x, text, font, between or 0.0))
            text = ""
        if text:
            between = gap
        else:
            piece_x, font = x, box.font
            between = 0.0 if is_row else None
        text += box.text
        x += box.width
        before = box
    if text:
        line.pieces.append(Piece(piece_x, text, font, between or 0.0))
