"""Finds cases by words and conditions, the newest first: what the index offers, less what may not be seen or is not so.

Every step is a generator, so that no more is read than is asked for. The index narrows by the stage, the kind, the
mediators and the months of a query too; days and sight are asked of the tables, words only where tokens alone do not
tell (`search_plan.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from mediation_desk.domain.search_plan import Every, Node, Some, fits_nothing, plan
from mediation_desk.domain.search_query import SearchQuery, mentions_all
from mediation_desk.domain.search_words import CALLED, MEDIATOR, OVERSIZE, STAGE, Document, marked
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import cases
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.search_rows import PARTITION, PARTITIONS, read_documents
from mediation_desk.store.sight import Sight, visible

if TYPE_CHECKING:
    from mediation_desk.store.records import Records

_FIRST, _MOST = 64, 4096
"""How many cases are looked at together at first, and at most: the first screen is wanted at once."""

_NEWEST = 300
"""So many cases a server looks through one by one before it asks its indexes: what is common is among them."""

_PLAIN = re.compile(r"[0-9\u3400-\u4dbf\u4e00-\u9fff，。：；、]+")
"""Words that folding leaves alone, whatever stands beside them."""

_STORY = ("title", "matter", "demand", "occurred_at", "remark")
_PEOPLE = ("name", "address", "id_number", "uscc", "phone")
_CENTRE = "(select id from centres limit 1)"


class SearchRecords:
    """Looks for cases. What the same step changed is found after it only."""

    def __init__(self, within: "Records") -> None:
        self._within = within

    def ids(self, query: SearchQuery, *, limit: int | None = None, before: int | None = None) -> list[int]:
        """The cases that match and that the working user may see, newest first: at most `limit`, older than `before`.

        Exactly those of which `matches` of `search_query.py` says so.
        """
        return list(islice(self._found(query, before), limit))

    def holding(self, tokens: Node, most: int) -> list[int]:
        """The newest cases that hold these tokens, wherever, and that the working user may see."""
        sight = self._within.sight
        ids = self._offered(Every((tokens, *_narrowed(sight))), None)
        return list(islice(ids if sight is None else self._allowed(ids, sight), most))

    def stories(self, ids: Sequence[int]) -> dict[int, str]:
        """What was told in these cases, as far as they may be seen."""
        cursor = Cursor(self._within.connection)
        try:
            seen = list(ids if self._within.sight is None else self._allowed(ids, self._within.sight))
            blanks = ", ".join("?" * len(seen))
            asked = f"select id, matter, demand from cases where centre_id = {_CENTRE} and id in ({blanks})"
            found = cursor.run(asked, seen).fetchall() if seen else []
        finally:
            cursor.close()
        return {case_id: f"{matter}\n{demand}" for case_id, matter, demand in found}

    def _found(self, query: SearchQuery, before: int | None) -> Iterator[int]:
        sight = self._within.sight
        planned = plan(query, *_narrowed(sight), is_offered=self._is_offered)
        ids = self._offered(planned.node, before)
        if not planned.days_exact:
            ids = self._registered(ids, query)
        if sight is not None:
            ids = self._allowed(ids, sight)
        return ids if planned.exact else self._true(ids, query)

    def _is_offered(self, node: Node) -> bool:
        cursor = Cursor(self._within.connection)
        try:
            if cursor.is_file:
                ask = "select 1 from case_search where case_search match ? limit 1"
                return cursor.run(ask, (_as_match(node),)).fetchone() is not None
            if node != OVERSIZE:  # a server finds it out more slowly than some cases are looked at again
                return True
            # Written out, as a server plans what has no blanks once for good; this is asked before every search.
            ask = f"select 1 from case_search where words @@ {_as_tsquery(node)}::tsquery limit 1"
            return cursor.run(ask).fetchone() is not None
        finally:
            cursor.close()

    def _offered(self, node: Node, before: int | None) -> Iterator[int]:
        """The cases that fit, newest first."""
        if fits_nothing(node):
            return
        cursor = Cursor(self._within.connection)
        try:
            if node == Every(()):
                yield from _all(cursor, before)
            elif cursor.is_file:
                yield from _in_file(cursor, node, before)
            else:
                yield from _on_server(cursor, node, before)
        finally:
            cursor.close()

    def _registered(self, ids: Iterable[int], query: SearchQuery) -> Iterator[int]:
        """Those that were registered within the days."""
        since = datetime.combine(query.since or date.min, time.min)
        until = datetime.combine(query.until or date.max, time.max)
        asked = f"select id from cases where centre_id = {_CENTRE} and registered_at between ? and ? and id in "
        return self._picked(ids, asked, (_as_kept(since), _as_kept(until)))

    def _allowed(self, ids: Iterable[int], sight: Sight) -> Iterator[int]:
        """Those that may be seen."""
        asked = select(cases.c.id).where(cases.c.centre_id == the_centre, visible(sight, cases.c.id))
        for some in _chunks(ids):
            allowed = set(self._within.connection.execute(asked.where(cases.c.id.in_(some))).scalars())
            yield from (each for each in some if each in allowed)

    def _true(self, ids: Iterable[int], query: SearchQuery) -> Iterator[int]:
        """Those in which the words stand as they were typed: tokens alone can come from anywhere in a case."""
        cursor = Cursor(self._within.connection)
        try:
            for some in _chunks(ids):
                told = _told_at_a_glance(cursor, some, query.words)
                doubtful = [each for each in some if each not in told]
                documents = read_documents(cursor, doubtful, words_only=True)
                told.update(each for each, document in documents.items() if mentions_all(document, query.words))
                yield from (each for each in some if each in told)
        finally:
            cursor.close()

    def _picked(self, ids: Iterable[int], asked: str, values: Sequence[object]) -> Iterator[int]:
        cursor = Cursor(self._within.connection)
        try:
            for some in _chunks(ids):
                blanks = ", ".join("?" * len(some))
                picked = {row[0] for row in cursor.run(f"{asked} ({blanks})", (*values, *some)).fetchall()}
                yield from (each for each in some if each in picked)
        finally:
            cursor.close()


def _told_at_a_glance(cursor: Cursor, ids: list[int], words: Sequence[str]) -> set[int]:
    """Those of the cases of which already the story, or what is known of the parties, holds the words."""
    blanks = ", ".join("?" * len(ids))
    asked = f"select id, {', '.join(_STORY)} from cases where centre_id = {_CENTRE} and id in ({blanks})"
    stories = {row[0]: row[1:] for row in cursor.run(asked, ids).fetchall()}
    told: set[int] = set()
    if all(_PLAIN.fullmatch(word) for word in words):
        lines = {case_id: "\n".join(texts) for case_id, texts in stories.items()}
        told = {case_id for case_id, text in lines.items() if all(word in text for word in words)}
    doubtful = [case_id for case_id in stories if case_id not in told]
    if not doubtful:
        return told
    people: dict[int, list[tuple[str, ...]]] = {case_id: [] for case_id in doubtful}
    blanks = ", ".join("?" * len(doubtful))
    asked = f"select case_id, {', '.join(_PEOPLE)} from parties where centre_id = {_CENTRE} and case_id in ({blanks})"
    for case_id, *facts in cursor.run(asked, doubtful).fetchall():
        people[case_id].append(tuple(facts))
    for case_id, parties in people.items():
        part = Document(
            texts=(*stories[case_id], *(address for _, address, *_ in parties)),
            names=tuple(name for name, *_ in parties),
            numbers=tuple(number for _, _, *numbers in parties for number in numbers),
            registered_on=date.min,
        )
        if mentions_all(part, words):
            told.add(case_id)
    return told


def _narrowed(sight: Sight | None) -> list[Node]:
    """What must be there besides what is looked for."""
    return [] if sight is None or sight.all_cases else [_seen(sight)]


def _seen(sight: Sight) -> Node:
    """No case that may be seen has none of these tokens; whether one may be seen is asked of the tables."""
    ways = [marked(mark, sight.mediator_id) for mark in (MEDIATOR, CALLED) if sight.mediator_id is not None]
    return Some((*ways, *([marked(STAGE, Stage.CLOSED.value)] if sight.closed_files else [])))


def _as_kept(moment: datetime) -> str:
    """As both engines compare times."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}" if moment.year >= 1000 else f"0001-01-01 {moment:%H:%M:%S.%f}"


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ids, size = iter(ids), _FIRST
    while some := list(islice(ids, size)):
        yield some
        size = min(size * 2, _MOST)


# ---- what the indexes offer


def _all(cursor: Cursor, before: int | None) -> Iterator[int]:
    older = "" if before is None else "and id < ?"
    ask = f"select id from cases where centre_id = {_CENTRE} {older} order by id desc"
    return _fetched(cursor, ask, [] if before is None else [before])


def _in_file(cursor: Cursor, node: Node, before: int | None) -> Iterator[int]:
    """FTS5 walks its lists from the newest case on, however many fit."""
    older, values = ("", []) if before is None else ("and rowid < ?", [before])
    ask = f"select rowid from case_search where case_search match ? {older} order by rowid desc"
    return _fetched(cursor, ask, [_as_match(node), *values])


def _as_match(node: Node) -> str:
    match node:
        case Every(parts):
            return f"({' AND '.join(map(_as_match, parts))})"
        case Some(parts):
            return f"({' OR '.join(_as_match(part) for part in parts if not fits_nothing(part))})"
    return f'"{node}"'


def _fetched(cursor: Cursor, ask: str, values: list[object]) -> Iterator[int]:
    found = cursor.run(ask, values)
    while some := found.fetchmany(_FIRST):
        yield from (row[0] for row in some)


def _on_server(cursor: Cursor, node: Node, before: int | None) -> Iterator[int]:
    """The newest cases one by one, then one partition after another by its index, the newest first."""
    wanted = _as_tsquery(node)
    older, values = ("", []) if before is None else ("and case_id < ?", [before])
    newest = (
        f"select case_id, words @@ ?::tsquery from case_search where centre_id = {_CENTRE} {older} "
        f"order by case_id desc limit {_NEWEST}"
    )
    rows = cursor.run(newest, [wanted, *values]).fetchall()
    yield from [case_id for case_id, fits in rows if fits]
    if len(rows) < _NEWEST:
        return
    # For the rest of this look: words lie apart from their rows, so reading all costs far more than a server thinks.
    cursor.run("set local enable_seqscan = off")
    last, size = rows[-1][0], _FIRST
    for place in range(min(last // PARTITION, PARTITIONS - 1), -1, -1):
        # `offset 0` keeps words apart from the range and the order of cases, for whose sake a server may read all.
        ask = (
            f"select case_id from (select case_id from case_search_{place} "
            f"where words @@ ?::tsquery and centre_id = {_CENTRE} offset 0) fitting "
            "where case_id < ? order by case_id desc limit ?"
        )
        while some := [row[0] for row in cursor.run(ask, (wanted, last, size)).fetchall()]:
            yield from some
            last, enough = some[-1], len(some) < size
            size = min(size * 2, _MOST)
            if enough:
                break


def _as_tsquery(node: Node) -> str:
    match node:
        case Every(parts):
            return f"({' & '.join(map(_as_tsquery, parts))})"
        case Some(parts):
            return f"({' | '.join(_as_tsquery(part) for part in parts if not fits_nothing(part))})"
    return f"'{node}'"
