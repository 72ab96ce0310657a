"""How an index finds what is looked for: tokens that must all, or of which one must, be there.

Whatever matches a query fits its plan (`search_words.py`). What fits need not match, unless the plan is exact.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.search_query import SHORTEST_BEGINNING, SearchQuery, Word, word_of
from mediation_desk.domain.search_words import (
    DIGITS,
    FIRST_YEAR,
    KIND,
    LAST_YEAR,
    LONGEST,
    MEDIATOR,
    OVERSIZE,
    PINYIN,
    PINYIN_MOST,
    PREFIXES,
    STAGE,
    SUFFIXES,
    day_token,
    decade_token,
    fours,
    marked,
    month_token,
    threes,
    year_token,
)

_MOST_WORDS = 16
_MOST_CHARACTERS = 48
"""Of what is longer an index is asked for the beginning only."""

_IN_FOURS = re.compile(r"[0-9]|[a-z]{3}")


@dataclass(frozen=True)
class Every:
    """All of the parts must be there; without any, everything fits."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """One of the parts must be there; without any, nothing fits."""

    parts: tuple["Node", ...]


Node = str | Every | Some
"""A token, or a combination of tokens."""


def fits_nothing(node: Node) -> bool:
    """Whether no case can fit, whatever its tokens."""
    match node:
        case Every(parts):
            return any(map(fits_nothing, parts))
        case Some(parts):
            return all(map(fits_nothing, parts))
    return False


@dataclass(frozen=True)
class Plan:
    """What to ask an index; whether all that it then finds holds the words, and was registered within the days."""

    node: Node
    exact: bool
    days_exact: bool


def plan(
    query: SearchQuery, *further: Node, is_offered: Callable[[Node], bool] = lambda node: node != OVERSIZE
) -> Plan:
    """The plan of a query, narrowed by `further` where the index is to leave out more.

    `is_offered` says whether the index has anything for a node: a way to take a word that leads nowhere is left out,
    as it would only make doubtful what is certain.
    """
    words = [_mentioned(word_of(typed), is_offered) for typed in query.words[:_MOST_WORDS]]
    exact = all(exact for _, exact in words) and len(query.words) <= _MOST_WORDS
    parts: list[Node] = [node for node, _ in words]
    if parts and is_offered(OVERSIZE):
        parts, exact = [Some((Every(tuple(parts)), OVERSIZE))], False
    for mark, wanted in ((STAGE, query.stages), (KIND, query.kinds), (MEDIATOR, query.mediator_ids)):
        if wanted is not None:
            parts.append(Some(tuple(marked(mark, each) for each in sorted(map(str, wanted)))))
    if query.since or query.until:
        parts.append(Some(tuple(_time(query.since, query.until))))
    days_exact = _is_told_by_days(query.since) and _is_told_by_days(query.until)
    return Plan(Every((*parts, *further)), exact, days_exact)


def _is_told_by_days(day: date | None) -> bool:
    """Whether the index knows on which side of this day a case was registered."""
    return day is None or FIRST_YEAR < day.year < LAST_YEAR


def _mentioned(word: Word, is_offered: Callable[[Node], bool]) -> tuple[Node, bool]:
    ways = [_text(text) for text in word.texts]
    if word.pinyin:
        ways.append((f"{PINYIN}{word.pinyin[:PINYIN_MOST]}", len(word.pinyin) <= PINYIN_MOST))
    if word.digits:
        ways += _number(word.digits)
    if len(ways) > 1:
        ways = [(node, exact) for node, exact in ways if exact or is_offered(node)]
    return Some(tuple(node for node, _ in ways)), all(exact for _, exact in ways)


def _text(text: str) -> tuple[Node, bool]:
    if len(text) <= 3 or (len(text) == 4 and fours(text)):
        return text, True
    return Every(tuple(dict.fromkeys(_pieces(text[:_MOST_CHARACTERS])))), False


def _pieces(text: str) -> Iterable[str]:
    """The longest tokens of a text of four characters or more.

    Of words all of them: many cases hold single ones elsewhere, which only reading tells. Of a number as few as cover
    it: hardly any case holds them apart, and each is a list to be read.
    """
    if text.isascii() and len(fours(text)) == len(text) - 3:
        yield from (text[max(end - 4, 0) :][:4] for end in range(len(text), 0, -4))  # numbers differ most at their end
        return
    longer = fours(text)
    yield from longer
    yield from (three for three in threes(text) if not (longer and _IN_FOURS.search(three)))


def _number(digits: str) -> Iterable[tuple[Node, bool]]:
    """Numbers that end or begin like this; of full length, the same number, or a longer one."""
    if len(digits) > LONGEST:
        yield from ((f"{DIGITS}{part}", False) for part in (digits[-LONGEST:], digits[:LONGEST]))
        return
    ends = f"{DIGITS}{digits[-_longest(SUFFIXES, digits) :]}"
    if len(digits) < SHORTEST_BEGINNING:
        yield ends, _is_all(ends, digits)
        return
    begins = f"{DIGITS}{digits[: _longest(PREFIXES, digits)]}"
    if len(digits) < LONGEST:
        yield from ((part, _is_all(part, digits)) for part in (ends, begins))
    else:
        yield Every((ends, begins)), False
        yield f"{DIGITS}{digits}", True


def _longest(lengths: Iterable[int], digits: str) -> int:
    return max(length for length in lengths if length <= len(digits))


def _is_all(token: str, digits: str) -> bool:
    return len(token) == len(DIGITS) + len(digits)


def _time(since: date | None, until: date | None) -> Iterable[str]:
    """As few tokens as cover the days from one to another; the first and the last year hold what lies beyond."""
    day = since if since and since.year > FIRST_YEAR else date(FIRST_YEAR, 1, 1)
    last = until if until and until.year < LAST_YEAR else date(LAST_YEAR, 12, 31)
    day, last = min(day, date(LAST_YEAR, 1, 1)), max(last, date(FIRST_YEAR, 12, 31))
    while day <= last:
        token, end = next((token, end) for token, end in _spans(day) if end <= last)
        yield token
        day = end + timedelta(days=1)


def _spans(day: date) -> Iterable[tuple[str, date]]:
    """Decade, year and month that begin with a day, and the day itself: tokens and last days, the widest first."""
    if (day.month, day.day) == (1, 1):
        if day.year % 10 == 0:
            yield decade_token(day.year), date(day.year + 9, 12, 31)
        yield year_token(day.year), date(day.year, 12, 31)
    if day.day == 1:
        yield month_token(day.year, day.month), date(day.year, day.month, monthrange(day.year, day.month)[1])
    yield day_token(day.year, day.month, day.day), day
