"""Where in a shown text stands what was looked for."""

from collections.abc import Iterable

from mediation_desk.domain.search_query import is_read_so, word_of
from mediation_desk.domain.search_words import fold, loosely

Span = tuple[int, int]
"""First character and the one after the last."""


def hits(text: str, words: Iterable[str]) -> list[Span]:
    """The places of all typed words in a text as it is shown, in their order, apart from each other."""
    shown, places = _folded(text, loose=False)
    loose, loose_places = _folded(text, loose=True)
    found = []
    for word in words:
        for wanted in word_of(word).texts:
            found += _places(shown, places, wanted) or _places(loose, loose_places, wanted)
    return _joined(found)


def name_hits(names: str, words: Iterable[str]) -> list[Span]:
    """The places in names joined by 、: also of names that are read as was typed."""
    words = list(words)
    found, begin = hits(names, words), 0
    for name in names.split("、"):
        if any(word.pinyin and is_read_so(fold(name), word.pinyin) for word in map(word_of, words)):
            found.append((begin, begin + len(name)))
        begin += len(name) + 1
    return _joined(found)


def excerpt(text: str, spans: Iterable[Span], lead: int = 12) -> tuple[str, list[Span]]:
    """The text from a little before its first hit on, and the places of its hits there."""
    spans = list(spans)
    first = spans[0][0] if spans else 0
    if first <= lead:
        return text, spans
    cut = first - lead
    return "…" + text[cut:], [(begin - cut + 1, end - cut + 1) for begin, end in spans]


def _folded(text: str, *, loose: bool) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters which one of the text it comes from."""
    pieces = [loosely(fold(character)) if loose else fold(character) for character in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def _places(folded: str, places: list[int], wanted: str) -> list[Span]:
    found, begin = [], folded.find(wanted)
    while begin >= 0:
        found.append((places[begin], places[begin + len(wanted) - 1] + 1))
        begin = folded.find(wanted, begin + len(wanted))
    return found


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
