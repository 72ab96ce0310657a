"""How an index finds what is looked for: tokens that must all, or of which one must, be there.

Whatever matches a query fits its plan (`search_words.py`). What fits need not match, unless the plan is exact.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.search_query import SHORTEST_BEGINNING, SearchQuery, Word, word_of
from mediation_desk.domain.search_words import (
    DIGITS,
    FIRST_YEAR,
    KIND,
    LAST_YEAR,
    MEDIATOR,
    OVERSIZE,
    PINYIN,
    PINYIN_MOST,
    PREFIXES,
    STAGE,
    SUFFIXES,
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
    return Plan(Every((*parts, *further)), exact, _are_months(query.since, query.until))


def _are_months(since: date | None, until: date | None) -> bool:
    """Whether the period begins and ends with a month, as the index knows no days."""
    begins = since is None or (since.day == 1 and FIRST_YEAR < since.year < LAST_YEAR)
    ends = until is None or ((until + timedelta(days=1)).day == 1 and FIRST_YEAR < until.year < LAST_YEAR)
    return begins and ends


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
    """The longest tokens of a text of four characters or more."""
    longer = fours(text)
    yield from longer
    yield from (three for three in threes(text) if not (longer and _IN_FOURS.search(three)))


def _number(digits: str) -> Iterable[tuple[Node, bool]]:
    end = max(length for length in SUFFIXES if length <= len(digits))
    yield f"{DIGITS}{digits[-end:]}", end == len(digits)
    if len(digits) >= SHORTEST_BEGINNING:
        beginning = max(length for length in PREFIXES if length <= len(digits))
        yield f"{DIGITS}{digits[:beginning]}", beginning == len(digits)


def _time(since: date | None, until: date | None) -> Iterable[str]:
    """As few tokens as cover the months from one day to another; the first and the last year hold what lies beyond."""
    month = _months(since) if since and since.year > FIRST_YEAR else FIRST_YEAR * 12
    last = _months(until) if until and until.year < LAST_YEAR else LAST_YEAR * 12 + 11
    month, last = min(month, LAST_YEAR * 12), max(last, FIRST_YEAR * 12 + 11)
    while month <= last:
        year, of_year = divmod(month, 12)
        if of_year == 0 and year % 10 == 0 and month + 119 <= last:
            yield decade_token(year)
            month += 120
        elif of_year == 0 and month + 11 <= last:
            yield year_token(year)
            month += 12
        else:
            yield month_token(year, of_year + 1)
            month += 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
