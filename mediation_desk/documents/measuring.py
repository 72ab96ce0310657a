"""Measures text: cuts it into units that are not divided, each made of boxes whose width is known."""

from collections.abc import Iterator, Sequence
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
_LONGEST_REMEMBERED = 4
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
    """Boxes that are not divided. On a line that holds others already, the first has `lead` points of white before it.

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


def measured(parts: Sequence[str | Blank], style: Style, width: float, names: Sequence[str] = ()) -> list[list[Unit]]:
    """The units of some parts, one list for each line that was typed. Raises `GlyphMissing`."""
    lines: list[list[Unit]] = [[]]
    seams: list[tuple[list[Unit], int]] = []
    missing: list[tuple[str, str]] = []
    for part in parts:
        try:
            if isinstance(part, str):
                first, *more = _of_text(part, style, UNRULED, names)
            else:
                first, *more = _of_blank(part, style, width, names)
        except GlyphMissing as fault:
            missing += fault.missing
            continue
        seams.append((lines[-1], len(lines[-1])))
        lines[-1] += first
        lines += more
    if missing:
        raise GlyphMissing(missing)
    for line, at in reversed(seams):
        if 0 < at < len(line):
            _bind(line, at, width)
    return lines


def _bind(line: list[Unit], at: int, width: float) -> None:
    """Bind units of two parts that must not be parted: a mark to the blank before it, a blank to its bracket."""
    unit, after = line[at - 1], line[at]
    starts_wrongly = after.boxes[0].text[:1] in NO_START and not after.is_pad
    tail = after.needs - after.hang + after.tail
    if (starts_wrongly or unit.boxes[-1].text[-1:] in NO_END) and tail < width / 2:
        line[at - 1] = replace(unit, tail=tail)


def _of_text(text: str, style: Style, rule: int, names: Sequence[str]) -> list[list[Unit]]:
    return [_text_units(line, style, rule, names) for line in text.splitlines()] or [[]]


def _of_blank(blank: Blank, style: Style, width: float, names: Sequence[str]) -> list[list[Unit]]:
    rule = WHOLE if blank.whole_lines else RULED
    typed = _of_text(blank.text, style, rule, names)
    least = min(blank.width, width - style.indent * style.size)
    if blank.caption and typed[0]:
        typed[0][0] = _led(typed[0][0], _INSET * style.size)
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
    boxes = [box for unit in _text_units(blank.caption, style, UNRULED, ()) for box in unit.boxes]
    if before:
        boxes.append(Box("", "", before, 0.0, WHOLE if blank.whole_lines else RULED, is_letters=False))
    taken = sum(box.lead + box.width for box in boxes)
    first = text[0].lead + text[0].width if text else 0.0
    unit = Unit(boxes, taken, min(width, taken + max(least - before, first)))
    return _led(unit, _BETWEEN_FIELDS * style.size) if blank.caption else unit


def _led(unit: Unit, lead: float) -> Unit:
    return replace(unit, lead=lead, boxes=[unit.boxes[0]._replace(lead=lead), *unit.boxes[1:]])


def _text_units(text: str, style: Style, rule: int, names: Sequence[str]) -> list[Unit]:
    text = without_unseen(text)
    chain, size = style.chain, style.size
    plain = _plain(chain)
    if not plain.issuperset(text):
        glyphs = chain.glyphs(text, names)
        if any(glyph.font != chain.first for glyph in glyphs):
            return list(_in_several_faces(text, glyphs, size, rule))
        plain.update(text)
    remembered = _remembered(chain, size, rule)
    found = []
    last = Kind.OTHER
    for unit_text in units(text):
        unit = remembered[last].get(unit_text)
        if unit is None:
            unit = _unit(unit_text, chain.glyphs(unit_text), size, rule, last)
            if len(unit_text) <= _LONGEST_REMEMBERED and len(remembered[last]) < _MOST_REMEMBERED:
                remembered[last][unit_text] = unit
        found.append(unit)
        last = unit.last
    return found


def _in_several_faces(text: str, glyphs: Sequence[Glyph], size: float, rule: int) -> Iterator[Unit]:
    start, last = 0, Kind.OTHER
    for unit_text in units(text):
        end = start + len(unit_text)
        unit = _unit(unit_text, glyphs[start:end], size, rule, last)
        yield unit
        start, last = end, unit.last


@cache
def _plain(chain: Chain) -> set[str]:  # noqa: ARG001 - what is remembered by
    """Characters that are known to be drawn by the first face."""
    return set()


@cache
def _remembered(chain: Chain, size: float, rule: int) -> tuple[dict[str, Unit], ...]:  # noqa: ARG001 - likewise
    """Short units of the first face that were measured before, by the kind of what they follow; nobody changes them."""
    return tuple({} for _ in Kind)


def _unit(text: str, glyphs: Sequence[Glyph], size: float, rule: int, before: Kind) -> Unit:
    boxes: list[Box] = []
    width = trailing = 0.0
    last = Kind.OTHER
    kinds: list[Kind] = []
    for char, glyph in zip(text, glyphs, strict=True):
        char_kind = kind(char)
        if glyph.width != 1 and char_kind in {Kind.OPENING, Kind.CLOSING}:
            char_kind = Kind.OTHER
        lead = white_between(last if boxes else before, char_kind) * size
        advance = glyph.width * size
        if is_letter(char) and boxes and boxes[-1].is_letters and boxes[-1].font == glyph.font:
            row = boxes[-1]
            boxes[-1] = row._replace(text=row.text + char, width=row.width + advance)
        else:
            boxes.append(Box(char, glyph.font, advance, lead, rule, is_letter(char)))
        if char == " ":
            trailing += advance
        else:
            width += trailing + advance + (lead if kinds else 0.0)
            trailing = 0.0
        last = char_kind
        kinds.append(char_kind)
    half = 0.0 if rule == RULED else size / 2  # the rule ends with its text
    return Unit(
        boxes,
        width,
        width,
        lead=boxes[0].lead,
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
