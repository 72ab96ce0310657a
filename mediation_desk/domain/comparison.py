"""What differs between two wordings of a paper: first whole paragraphs, then phrases, then the letters of a phrase.

Going down in these steps keeps it quick: two texts of 30,000 characters are never compared letter by letter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, takewhile
from typing import NamedTuple, TypeAlias

_ALIKE = 0.5
"""Two paragraphs or passages that share less than this have nothing to do with each other."""

_MOST_LETTERS = 400
"""Longer passages are not compared letter by letter: their phrases have shown what matters."""

_NEAR = 12
"""So many paragraphs on, what has become of a changed paragraph is looked for."""

_PIECE = 400
"""A longer paragraph is shown in pieces of about so many letters, so that both sides stay beside each other."""

_PHRASE = re.compile(r"[^，。；：！？、\n]+[，。；：！？、\n]?|[，。；：！？、\n]")
_LETTER = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9]+)*|.", re.DOTALL)
"""A number counts as one letter: 3,500.00 is not 3,000.00 with another figure in it."""

Letters: TypeAlias = list[str]


class Run(NamedTuple):
    """A piece of a paragraph, and whether it is only on this side."""

    text: str
    differs: bool


Runs: TypeAlias = tuple[Run, ...]


class Pair(NamedTuple):
    """A paragraph as it was and as it is; None on the side that does not have it.

    `continues` where it is a further piece of the same paragraph.
    """

    before: Runs | None
    after: Runs | None
    continues: bool = False

    @property
    def differs(self) -> bool:
        return self.before != self.after


def compare(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Put two wordings side by side, paragraph by paragraph. Every paragraph of both is there once, in order."""
    pairs: list[Pair] = []
    for same, first, second in _stretches(before, after):
        if same:
            pairs += [pair for text in first for pair in _unchanged(text)]
        else:
            pairs += _side_by_side(first, second)
    return pairs


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """What both have in common and what differs, in turn."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, low, high, other_low, other_high in matcher.get_opcodes():
        yield tag == "equal", before[low:high], after[other_low:other_high]


def _side_by_side(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Changed paragraphs beside what has become of them; one that is like none on the other side stands alone."""
    rest = list(before)
    for text in after:
        found = next((index for index, old in enumerate(rest[:_NEAR]) if _are_alike(_ends(old, text))), None)
        if found is None:
            yield from _added(text)
            continue
        for old in rest[:found]:
            yield from _removed(old)
        yield from _pieces(_within(rest[found], text))
        del rest[: found + 1]
    for old in rest:
        yield from _removed(old)


def _unchanged(text: str) -> Iterator[Pair]:
    return _pieces([_Step(False, text, text)])


def _added(text: str) -> Iterator[Pair]:
    return (pair._replace(before=None) for pair in _pieces([_Step(True, "", text)]))


def _removed(text: str) -> Iterator[Pair]:
    return (pair._replace(after=None) for pair in _pieces([_Step(True, text, "")]))


class _Step(NamedTuple):
    """A stretch of a paragraph on both sides."""

    differs: bool
    before: str
    after: str


def _within(before: str, after: str) -> Iterator[_Step]:
    """One paragraph in two wordings: phrases that stayed, and the letters that changed in the others."""
    for same, first, second in _stretches(_PHRASE.findall(before), _PHRASE.findall(after)):
        old, new = "".join(first), "".join(second)
        if same:
            yield _Step(False, old, new)
        else:
            yield from _letter_by_letter(old, new)


def _pieces(steps: Iterable[_Step]) -> Iterator[Pair]:
    """The steps of one paragraph as pairs; a long one is parted at the ends of phrases."""
    piece: list[_Step] = []
    length = done = 0
    for step in chain.from_iterable(map(_in_phrases, steps)):
        if length and length + max(len(step.before), len(step.after)) > _PIECE:
            yield _pair(piece, continues=done > 0)
            piece, length, done = [], 0, done + 1
        piece.append(step)
        length += max(len(step.before), len(step.after))
    yield _pair(piece, continues=done > 0)


def _in_phrases(step: _Step) -> Iterable[_Step]:
    """What is the same, or on one side only, can be parted after each phrase."""
    if max(len(step.before), len(step.after)) <= _PIECE or (step.differs and step.before and step.after):
        return [step]
    phrases = _PHRASE.findall(step.before or step.after)
    return [_Step(step.differs, phrase if step.before else "", phrase if step.after else "") for phrase in phrases]


def _pair(steps: Sequence[_Step], *, continues: bool) -> Pair:
    before = [Run(step.before, step.differs) for step in steps]
    after = [Run(step.after, step.differs) for step in steps]
    return Pair(_joined(before), _joined(after), continues)


def _letter_by_letter(before: str, after: str) -> Iterator[_Step]:
    """Which letters of a changed passage differ; of a long one, all between its common ends."""
    ends = _ends(before, after)
    yield _Step(False, "".join(ends.head), "".join(ends.head))
    if ends.is_short and _are_alike(ends):
        for same, old, new in _stretches(ends.before, ends.after):
            yield _Step(not same, "".join(old), "".join(new))
    else:
        yield _Step(True, "".join(ends.before), "".join(ends.after))
    yield _Step(False, "".join(ends.tail), "".join(ends.tail))


class _Ends(NamedTuple):
    """What two passages begin with and end with alike, and what is different in between."""

    head: Letters
    before: Letters
    after: Letters
    tail: Letters

    @property
    def is_short(self) -> bool:
        return max(len(self.before), len(self.after)) <= _MOST_LETTERS


def _ends(before: str, after: str) -> _Ends:
    old, new = _LETTER.findall(before), _LETTER.findall(after)
    head = _shared(old, new)
    old, new = old[len(head) :], new[len(head) :]
    tail = _shared(old[::-1], new[::-1])[::-1]
    return _Ends(head, old[: len(old) - len(tail)], new[: len(new) - len(tail)], tail)


def _shared(one: Letters, other: Letters) -> Letters:
    """What both begin with."""
    return [letter for letter, _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False))]


def _are_alike(ends: _Ends) -> bool:
    shared = len(ends.head) + len(ends.tail)
    shorter, longer = sorted((shared + len(ends.before), shared + len(ends.after)))
    if shared >= _ALIKE * shorter:
        return shorter > 0
    if ends.is_short:
        alike = SequenceMatcher(None, ends.before, ends.after, autojunk=False).quick_ratio()
        return 2 * shared + alike * (shorter + longer - 2 * shared) >= _ALIKE * (shorter + longer)
    first, second = (set(_PHRASE.findall("".join(side))) for side in (ends.before, ends.after))
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def _joined(runs: Sequence[Run]) -> Runs:
    """Neighbours of one kind as one run; what is empty is left out."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1].differs == run.differs:
            joined[-1] = Run(joined[-1].text + run.text, run.differs)
        else:
            joined.append(run)
    return tuple(joined)
