"""The words by which cases are found: what of a case can be looked for, and the tokens an index keeps of it.

An index holds tokens only and compares them for being equal. They are made so that no case is ever missed: whatever of
a case a typed word matches (see `search_query.py`), its tokens are among the tokens of the case. The other way round
several tokens together may be in a case that does not match, so what an index finds is looked at again.

Marks of one full-width letter keep kinds of tokens apart. Folded text has none: full width is the first thing that is
folded away; only the punctuation of ASCII is written in it, so that no engine takes it for its own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from mediation_desk.domain.pinyin import ways_of_reading

PINYIN, DIGITS, STAGE, KIND, MEDIATOR, CALLED, TIME = "ｐｄｓｋｍｃｔ"

OVERSIZE = "ｏ"
"""Stands for all the words of a case that has more than `MOST_TOKENS`: it must be read to see whether it matches."""

MOST_TOKENS = 40_000
"""The words of some 60,000 characters; a server takes no more than a megabyte of them."""

PINYIN_MOST = 20
"""Of pinyin that is longer, the index knows this many letters."""

SUFFIXES = (4, 5, 6, 8)
PREFIXES = (7, 8, 9, 10, 12, 14)
"""How much of a number the index knows: people remember how it ends; 7 digits tell who issued a telephone number, 14
where and on which day somebody was born. What is typed between is looked at again."""

LONGEST = 18
"""Numbers of identity papers and organisations are this long. Hardly any is longer: of those both ends are known."""

FIRST_YEAR, LAST_YEAR = 1980, 2099
"""What was registered before or after is kept with these years."""

_BRACKETS_AND_DOTS = re.compile(r"[（）〔〕［］【】〈〉《》·•‧・∙⋅．－‐‑‒–—―]")
_LETTER = re.compile(r"[0-9a-z]")
_FOUR = re.compile(r"(?=([0-9a-z]{4}|[0-9].{3}|.[0-9]..|..[0-9].|.{3}[0-9]))", re.DOTALL)
_APART = "\uffff"
"""Stands between texts that are folded together: it is no character, and folding leaves it alone."""

_BETWEEN_NAMES = re.compile(rf"[、，；／｜{_APART}]")
_FULL_WIDTH = 0xFEE0


@dataclass(frozen=True, kw_only=True)
class Document:
    """What of a case can be looked for, as it was typed.

    `texts` are stories and places, `names` those of parties, their agents and representatives (an entry may hold
    several, with 、 between them), `codes` the numbers of the case and its query code, `numbers` those of identity
    papers, organisations and telephones. `mediator_ids` are in charge, `called_ids` are being called to the case.
    """

    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    stage: str = ""
    dispute_kind: str = ""
    registered_on: date
    mediator_ids: frozenset[int] = frozenset()
    called_ids: frozenset[int] = frozenset()

    def segments(self) -> Iterator[str]:
        """Every text that a typed word may be part of, folded; names and codes without dots and brackets."""
        yield from fold(_APART.join(self.texts)).split(_APART)
        yield from loosely(fold(_APART.join((*self.names, *self.codes)))).split(_APART)

    def each_name(self) -> Iterator[str]:
        yield from _BETWEEN_NAMES.split(fold(_APART.join(self.names)))

    def each_number(self) -> Iterator[str]:
        yield from map(loosely, _BETWEEN_NAMES.split(fold(_APART.join(self.numbers))))


class _Folding(dict[int, str | None]):
    """What becomes of a character after NFKC and case folding, decided when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(character: str) -> str | None:
    if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs"):
        return None
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":  # variation selectors
        return None
    if character.isascii() and not character.isalnum():
        return chr(ord(character) + _FULL_WIDTH)
    return character


_folding = _Folding()


def fold(text: str) -> str:
    """The text as it is compared: width, case and composition do not matter, nor do spaces and what is invisible."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain)
    return plain.translate(_folding)


def loosely(folded: str) -> str:
    """Folded text without brackets, dots and dashes: "（2026）东人调字第7号" as people type it."""
    return _BRACKETS_AND_DOTS.sub("", folded)


def tokens_of(document: Document) -> set[str]:
    """Every token under which a case is kept."""
    tokens: set[str] = set()
    for segment in document.segments():
        tokens.update(_grams(segment))
    for name in document.each_name():
        tokens.update(_pinyin_tokens(name))
    for number in document.each_number():
        tokens.update(_number_tokens(number))
    if len(tokens) > MOST_TOKENS:
        tokens = {OVERSIZE}
    tokens.update((marked(STAGE, document.stage), marked(KIND, document.dispute_kind)))
    tokens.update(marked(MEDIATOR, each) for each in document.mediator_ids)
    tokens.update(marked(CALLED, each) for each in document.called_ids)
    year = min(max(document.registered_on.year, FIRST_YEAR), LAST_YEAR)
    month, day = document.registered_on.month, document.registered_on.day
    tokens.update((decade_token(year), year_token(year), month_token(year, month), day_token(year, month, day)))
    return tokens


def marked(mark: str, key: object) -> str:
    """The token of a stage, a code or an id."""
    return f"{mark}{fold(str(key))}"


def decade_token(year: int) -> str:
    return f"{TIME}{year // 10}"


def year_token(year: int) -> str:
    return f"{TIME}{year}"


def month_token(year: int, month: int) -> str:
    return f"{TIME}{year}{month:02}"


def day_token(year: int, month: int, day: int) -> str:
    return f"{month_token(year, month)}{day:02}"


def bigrams(folded: str) -> Iterable[str]:
    """Each two characters that stand beside each other."""
    return map("".join, pairwise(folded))


def threes(folded: str) -> Iterable[str]:
    """Each three characters that stand beside each other."""
    return map("".join, zip(folded, folded[1:], folded[2:], strict=False))


def fours(folded: str) -> list[str]:
    """Each four characters with a digit among them, or four Latin letters: shorter ones are in every other case."""
    return _FOUR.findall(folded) if _LETTER.search(folded) else []


def _grams(segment: str) -> set[str]:
    """All pieces of up to three characters, up to four where there are digits.

    Without threes a server or file would offer thousands of cases in which 发生 and 生活 stand, but never 发生活.
    """
    found = set(segment)
    found.update(bigrams(segment))
    found.update(threes(segment))
    found.update(fours(segment))
    return found


def initials(syllables: Iterable[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)


@lru_cache(maxsize=8192)
def _pinyin_tokens(name: str) -> frozenset[str]:
    """Each beginning of the pinyin and of the initials of a folded name."""
    typed = {way for syllables in ways_of_reading(name) for way in ("".join(syllables), initials(syllables))}
    return frozenset(f"{PINYIN}{way[:end]}" for way in typed for end in range(1, min(len(way), PINYIN_MOST) + 1))


def _number_tokens(number: str) -> Iterator[str]:
    for length in SUFFIXES:
        if len(number) >= length:
            yield f"{DIGITS}{number[-length:]}"
    for length in PREFIXES:
        if len(number) >= length:
            yield f"{DIGITS}{number[:length]}"
    if len(number) > LONGEST:
        yield from (f"{DIGITS}{number[-LONGEST:]}", f"{DIGITS}{number[:LONGEST]}")
