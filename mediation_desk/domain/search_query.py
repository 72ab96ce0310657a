"""What somebody looks for: words and conditions, read from one box; and which cases that means.

    张三 漏水 类型:邻里 状态:办理中 调解员:钱 2026-03..2026-05

Every word must be found, wherever: in a text, name or case number as it stands, as the pinyin or the initials with
which a name begins, as how a number ends (4 digits or more) or begins (7 or more). Nothing else has a meaning of its
own: quotes, stars, brackets and words like NEAR are text.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from mediation_desk.domain.pinyin import ways_of_reading
from mediation_desk.domain.query_code import read_query_code
from mediation_desk.domain.search_words import Document, fold, initials, loosely
from mediation_desk.domain.stage import OPEN_STAGES, Stage

KIND_KEY, STAGE_KEY, MEDIATOR_KEY = "类型", "状态", "调解员"
KEYS = (KIND_KEY, STAGE_KEY, MEDIATOR_KEY)

OPEN_WORDS = ("办理中", "在办", "未结")
DONE_WORDS = ("已结", "办结")

SHORTEST_END, SHORTEST_BEGINNING = 4, 7
"""How much of a number must be typed at least."""

_LETTERS = re.compile(r"[a-z]+")
_DIGITS = re.compile(rf"(?=[a-z]*[0-9])[0-9a-z]{{{SHORTEST_END},}}")
_CONDITION = re.compile(rf"({'|'.join(KEYS)}):(.*)", re.DOTALL)
_SPACE_AFTER_KEY = re.compile(rf"(?<!\S)({'|'.join(KEYS)})[:：]\s+")
_BETWEEN_VALUES = re.compile(r"[,、]")
_DAY = re.compile(r"([12]\d{3})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")

_T = TypeVar("_T", str, int)


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """Words that must all be found, and conditions that must all hold; a condition that is None asks for nothing.

    `kinds` are codes of the table `dispute_kind`. `since` and `until` are days of registration, both included.
    """

    words: tuple[str, ...] = ()
    stages: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    mediator_ids: frozenset[int] | None = None
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether anything is looked for at all."""
        return self != EVERYTHING

    def narrowed(self, other: "SearchQuery") -> "SearchQuery":
        """What both look for."""
        return SearchQuery(
            words=tuple(dict.fromkeys((*self.words, *other.words))),
            stages=_common(self.stages, other.stages),
            kinds=_common(self.kinds, other.kinds),
            mediator_ids=_common(self.mediator_ids, other.mediator_ids),
            since=max((day for day in (self.since, other.since) if day), default=None),
            until=min((day for day in (self.until, other.until) if day), default=None),
        )


EVERYTHING = SearchQuery()
"""Nothing in particular is looked for."""


def _common(one: frozenset[_T] | None, other: frozenset[_T] | None) -> frozenset[_T] | None:
    return other if one is None else one if other is None else one & other


# ---- what was typed


def read_query(
    text: str, kind_labels: Mapping[str, str] | None = None, mediator_names: Mapping[int, str] | None = None
) -> SearchQuery:
    """Read the box. `kind_labels` by code, `mediator_names` by id; without them those conditions are read as words.

    A condition fits every label or name that holds one of its values, which are joined by commas; one without a value
    is not typed to its end yet and asks for nothing. What is no condition is a word.
    """
    query = SearchQuery()
    words: dict[str, None] = {}
    for word in _SPACE_AFTER_KEY.sub(r"\1:", text).split():
        condition = _condition(word, kind_labels, mediator_names)
        if condition is not None:
            query = query.narrowed(condition)
        elif fold(word):
            words[word] = None
    return replace(query, words=tuple(words))


def values_of(word: str) -> tuple[str, list[str]] | None:
    """The key of a condition and its values, folded: ("状态", ["办理中"]); None for any other word."""
    found = _CONDITION.fullmatch(unicodedata.normalize("NFKC", word))
    return None if found is None else (found[1], [fold(each) for each in _BETWEEN_VALUES.split(found[2]) if fold(each)])


def _condition(
    word: str, kind_labels: Mapping[str, str] | None, mediator_names: Mapping[int, str] | None
) -> SearchQuery | None:
    """The condition that a word is; None where it is none."""
    found = values_of(word)
    if found is None:
        return _period(unicodedata.normalize("NFKC", word))
    key, values = found
    match key:
        case _ if not values:
            return SearchQuery()
        case "状态":
            return SearchQuery(stages=frozenset(stage for value in values for stage in _stages_called(value)))
        case "类型" if kind_labels is not None:
            return SearchQuery(kinds=_called(values, kind_labels))
        case "调解员" if mediator_names is not None:
            return SearchQuery(mediator_ids=_called(values, mediator_names))
    return None


def _stages_called(value: str) -> Iterable[str]:
    if value in OPEN_WORDS:
        return [stage.value for stage in OPEN_STAGES]
    if value in DONE_WORDS:
        return [stage.value for stage in frozenset(Stage) - OPEN_STAGES]
    return [stage.value for stage in Stage if value in stage.label]


def _called(values: Iterable[str], labels: Mapping[_T, str]) -> frozenset[_T]:
    values = list(values)
    return frozenset(key for key, label in labels.items() if any(value in fold(label) for value in values))


def _period(plain: str) -> SearchQuery | None:
    """Days (2026-03-15), months (2026-03), and from one to another (2026-03..2026-05, 2025.., ..2026-03-15)."""
    first, dots, last = plain.partition("..")
    last = last.lstrip(".")  # of three dots, as … is folded to
    begun, ended = _days(first), _days(last)
    if not dots:
        return SearchQuery(since=begun[0], until=begun[1]) if begun and len(plain) > len("2026") else None
    if (first and not begun) or (last and not ended) or not (begun or ended):
        return None
    return SearchQuery(since=begun[0] if begun else None, until=ended[1] if ended else None)


def _days(text: str) -> tuple[date, date] | None:
    """The first and the last day of a day, month or year; None for what is none of them."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:  # the 13th month, the 31st of April
        return None
    return first, last


# ---- what it means


@dataclass(frozen=True)
class Word:
    """A typed word as it is looked for.

    One of `texts` is to be part of a text. `pinyin` and `digits` are "" where the word is not the like.
    """

    texts: tuple[str, ...]
    pinyin: str
    digits: str


@lru_cache(maxsize=1024)
def word_of(typed: str) -> Word:
    """How a typed word is looked for. A code of a receipt is found however it was misread (O for 0)."""
    folded = fold(typed)
    loose = loosely(folded)
    code = read_query_code(typed)
    texts = dict.fromkeys(text for text in (folded, loose, loosely(fold(code or ""))) if text)
    letters = folded.replace("＇", "").replace("ü", "v")
    return Word(
        texts=tuple(texts),
        pinyin=letters if _LETTERS.fullmatch(letters) else "",
        digits=loose if _DIGITS.fullmatch(loose) else "",
    )


def matches(document: Document, query: SearchQuery) -> bool:
    """Whether a case is meant. This is the meaning of a search: an index must find neither more nor less."""
    return (
        (query.stages is None or document.stage in query.stages)
        and (query.kinds is None or document.dispute_kind in query.kinds)
        and (query.mediator_ids is None or not query.mediator_ids.isdisjoint(document.mediator_ids))
        and (query.since is None or document.registered_on >= query.since)
        and (query.until is None or document.registered_on <= query.until)
        and mentions_all(document, query.words)
    )


def mentions_all(document: Document, words: Iterable[str]) -> bool:
    """Whether each of the typed words is found in a case."""
    segments: list[str] = []
    for typed in words:
        segments = segments or list(document.segments())
        if not _mentions(document, segments, word_of(typed)):
            return False
    return True


def _mentions(document: Document, segments: list[str], word: Word) -> bool:
    return (
        any(text in segment for segment in segments for text in word.texts)
        or bool(word.pinyin and any(is_read_so(name, word.pinyin) for name in document.each_name()))
        or bool(word.digits and any(_begins_or_ends(number, word.digits) for number in document.each_number()))
    )


def is_read_so(name: str, typed: str) -> bool:
    """Whether a folded name, or its given name, begins in pinyin or initials with what was typed."""
    ways = ways_of_reading(name)
    return any("".join(syllables).startswith(typed) or initials(syllables).startswith(typed) for syllables in ways)


def _begins_or_ends(number: str, typed: str) -> bool:
    return number.endswith(typed) or (len(typed) >= SHORTEST_BEGINNING and number.startswith(typed))
