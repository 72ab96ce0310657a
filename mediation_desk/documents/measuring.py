"""Measures text: cuts it into units that are not divided, each made of boxes whose width is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from mediation_desk.documents.breaking import NO_END, NO_START, Kind, is_letter, kind, units, white_between
from mediation_desk.documents.fonts import Chain, Glyph, GlyphMissing, without_unseen
from mediation_desk.documents.line import Style

UNRULED, RULED, WHOLE = range(3)
"""Whether a box stands on no line, on a ruled line, or on one that is ruled from margin to margin."""

_INSET = 0.25  # em between a caption and what is written on its line
_BETWEEN_FIELDS = 0.5  # em
_LONGEST_REMEMBERED = 2
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Blank:
    """Something filled in on a ruled line of at least `width` points, with the caption before it.

    `grow` is its share of the room that is left on its last line. `centred` for short entries within a sentence.
    `whole_lines` rules every line from margin to margin, whatever is written on it.
    A caption with nothing to rule after it is words that are not divided.
    """

    text: str
    width: float = 0.0
    caption: str = ""
    grow: float = 0.0
    centred: bool = False
    whole_lines: bool = False

    @property
    def is_ruled(self) -> bool:
        return bool(self.text or self.width or self.grow or self.whole_lines)


class Box(NamedTuple):
    """A character, letters or figures in a row, or white to be ruled (`text` is ""); `lead` is the white before it."""

    text: str
    font: str
    width: float
    lead: float
    rule: int
    is_letters: bool


@dataclass(slots=True)
class Unit:
    """Boxes that are not divided. Begun on a line that holds others already, it stands `lead` points after them.

    `needs` is the room that must be left on the line to begin there, `tail` what must follow on the same line.
    `trim` and `hang` are the white halves of marks at its two ends, which go at the edges of a line.
    A pad is white to be ruled: it gives way at the end of a line and takes its share (`grow`) of what is left there.
    """

    boxes: list[Box]
    width: float
    needs: float
    lead: float = 0.0
    trailing: float = 0.0
    tail: float = 0.0
    trim: float = 0.0
    hang: float = 0.0
    is_pad: bool = False
    grow: float = 0.0
    first: Kind = Kind.OTHER
    last: Kind = Kind.OTHER


def measured(parts: Sequence[str | Blank], style: Style, width: float) -> list[list[Unit]]:
    """The units of some parts, one list for each line that was typed. Raises `GlyphMissing`."""
    lines: list[list[Unit]] = [[]]
    missing: list[tuple[str, str]] = []
    for part in parts:
        try:
            first, *more = _of_text(part, style) if isinstance(part, str) else _of_blank(part, style, width)
        except GlyphMissing as fault:
            missing += fault.missing
            continue
        lines[-1] += first
        lines += more
    if missing:
        raise GlyphMissing(missing)
    return [_bound(line, width) for line in lines]


def _of_text(text: str, style: Style, rule: int = UNRULED) -> list[list[Unit]]:
    return [_text_units(line, style, rule) for line in text.splitlines()] or [[]]


def _of_blank(blank: Blank, style: Style, width: float) -> list[list[Unit]]:
    rule = WHOLE if blank.whole_lines else RULED
    typed = _of_text(blank.text, style, rule)
    least = min(blank.width, width - style.indent * style.size)
    if blank.caption and typed[0]:
        typed[0][0] = replace(typed[0][0], lead=_INSET * style.size)
    pad = max(0.0, least - sum(unit.lead + unit.width + unit.trailing for unit in typed[-1]))
    before = pad / 2 if blank.centred else 0.0
    if blank.caption or before:
        pad -= before
        typed[0].insert(0, _head(blank, typed[0], before, least, style, width))
    for line in typed[:-1]:
        line.append(_pad(0.0, 0.0, 1.0, rule))
    if blank.is_ruled or not blank.caption:
        typed[-1].append(_pad(pad, 0.0 if typed[-1] else pad, 1.0 if blank.whole_lines else blank.grow, rule))
    return typed


def _pad(width: float, needs: float, grow: float, rule: int) -> Unit:
    return Unit([Box("", "", width, 0.0, rule, is_letters=False)], width, needs, is_pad=True, grow=grow)


def _head(blank: Blank, text: Sequence[Unit], before: float, least: float, style: Style, width: float) -> Unit:
    """The caption of a blank, with white of `before` points on the ruled line; it stays with what follows."""
    boxes = [
        box._replace(lead=box.lead if index else unit.lead)
        for unit in _text_units(blank.caption, style, UNRULED)
        for index, box in enumerate(unit.boxes)
    ]
    if before:
        boxes.append(Box("", "", before, 0.0, WHOLE if blank.whole_lines else RULED, is_letters=False))
    taken = sum(box.lead + box.width for box in boxes)
    first = text[0].lead + text[0].width if text else 0.0
    lead = _BETWEEN_FIELDS * style.size if blank.caption else 0.0
    return Unit(boxes, taken, min(width, taken + max(least - before, first)), lead)


def _bound(line: list[Unit], width: float) -> list[Unit]:
    """Bind units of different parts that must not be parted: a mark to the blank before it, a blank to its bracket."""
    for at in range(len(line) - 2, -1, -1):
        unit, after = line[at], line[at + 1]
        last = unit.boxes[-1].text[-1:]
        starts_wrongly = after.boxes[0].text[:1] in NO_START and not after.is_pad
        if (starts_wrongly or last in NO_END) and (tail := after.needs - after.hang + after.tail) < width / 2:
            line[at] = replace(unit, tail=tail)
    return line


def _text_units(text: str, style: Style, rule: int) -> list[Unit]:
    text = without_unseen(text)
    chain, size = style.chain, style.size
    glyphs = chain.glyphs(text)
    remembered = _remembered(chain, size, rule)
    is_plain = all(glyph.font == chain.first for glyph in glyphs)
    found = []
    start = 0
    last = Kind.OTHER
    for unit_text in units(text):
        end = start + len(unit_text)
        unit = remembered.get(unit_text) if is_plain else None
        if unit is None:
            unit = _unit(unit_text, glyphs[start:end], size, rule)
            if is_plain and len(unit_text) <= _LONGEST_REMEMBERED and len(remembered) < _MOST_REMEMBERED:
                remembered[unit_text] = unit
        if lead := white_between(last, unit.first) * size:
            unit = replace(unit, lead=lead)
        found.append(unit)
        start, last = end, unit.last
    return found


@cache
def _remembered(chain: Chain, size: float, rule: int) -> dict[str, Unit]:  # noqa: ARG001 - what is remembered by
    """Short units that were measured before; nobody changes them."""
    return {}


def _unit(text: str, glyphs: Sequence[Glyph], size: float, rule: int) -> Unit:
    boxes: list[Box] = []
    width = trailing = 0.0
    last = Kind.OTHER
    kinds = []
    for char, glyph in zip(text, glyphs, strict=True):
        char_kind = kind(char)
        if glyph.width != 1 and char_kind in {Kind.OPENING, Kind.CLOSING}:
            char_kind = Kind.OTHER
        lead = white_between(last, char_kind) * size if boxes else 0.0
        advance = glyph.width * size
        if is_letter(char) and boxes and boxes[-1].is_letters and boxes[-1].font == glyph.font:
            row = boxes[-1]
            boxes[-1] = row._replace(text=row.text + char, width=row.width + advance)
        else:
            boxes.append(Box(char, glyph.font, advance, lead, rule, is_letter(char)))
        if char == " ":
            trailing += advance
        else:
            width += trailing + lead + advance
            trailing = 0.0
        last = char_kind
        kinds.append(char_kind)
    half = 0.0 if rule == RULED else size / 2  # the rule ends with its text
    return Unit(
        boxes,
        width,
        width,
        trailing=trailing,
        trim=half if kinds[0] is Kind.OPENING else 0.0,
        hang=half if kinds[len(text.rstrip(" ")) - 1] is Kind.CLOSING else 0.0,
        first=kinds[0],
        last=last,
    )


def in_single_characters(unit: Unit, style: Style) -> list[Box]:
    """The boxes of a unit that is longer than a line, so that it can be divided anywhere."""
    boxes = []
    for box in unit.boxes:
        if len(box.text) < 2:
            boxes.append(box)
            continue
        lead = box.lead
        for char, glyph in zip(box.text, style.chain.glyphs(box.text), strict=True):
            boxes.append(box._replace(text=char, width=glyph.width * style.size, lead=lead))
            lead = 0.0
    return boxes
