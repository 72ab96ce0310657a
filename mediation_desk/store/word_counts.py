"""In how many cases each pair of characters stands: the rarer a pair, the more it says that two stories are alike.

The counts are made when nobody is waiting, and are good for weeks; pairs that are in one case only are not kept.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from sqlalchemy import select

from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import cases
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.sight import visible

if TYPE_CHECKING:
    from mediation_desk.store.database import Database
    from mediation_desk.store.records import Records

TOO_COMMON = 20_000
"""A pair that is in more cases takes longer to follow than it helps."""

_ALL = ""
"""Under no word at all stands how many cases there were when words were counted."""

_GROWN, _FEW = 1.1, 200
_SAMPLE = 50_000
"""A server counts the newest cases only, and reckons from them."""

_CENTRE = "(select id from centres limit 1)"


class WordRecords:
    """Tells which words of a story are rare, and which cases share them."""

    def __init__(self, within: "Records") -> None:
        self._within = within

    def weights(self, words: Collection[str]) -> dict[str, float]:
        """How much each word tells: the logarithm of how rare it is. Words of no case, or of too many, are left out."""
        cursor = Cursor(self._within.connection)
        try:
            total = max(_last_case(cursor), 2)
            if cursor.run("select 1 from word_counts limit 1").fetchone() is None:
                numbers = {word: _count(cursor, word) for word in words}
            else:
                blanks = ", ".join("?" * len(words))
                asked = f"select word, number from word_counts where centre_id = {_CENTRE} and word in ({blanks})"
                known = dict(cursor.run(asked, list(words)).fetchall()) if words else {}
                numbers = {word: known.get(word, 1) for word in words}
        finally:
            cursor.close()
        return {word: log(1 + total / number) for word, number in numbers.items() if 0 < number <= TOO_COMMON}

    def nearest(self, weights: Mapping[str, float], most: int, except_id: int | None = None) -> list[int]:
        """The cases that hold most of these words by weight and that may be seen; of equal ones the newest."""
        sums: defaultdict[int, float] = defaultdict(float)
        cursor = Cursor(self._within.connection)
        try:
            for word, weight in weights.items():
                for (case_id,) in _holding(cursor, word):
                    sums[case_id] += weight
        finally:
            cursor.close()
        sums.pop(except_id or 0, None)
        sight, found = self._within.sight, sums
        if sight is not None and sight.all_cases:
            for case_id in sight.kept:
                sums.pop(case_id, None)
        elif sight is not None:
            asked = select(cases.c.id).where(cases.c.centre_id == the_centre, visible(sight, cases.c.id))
            seen = set(self._within.connection.execute(asked).scalars())
            found = defaultdict(float, {case_id: weight for case_id, weight in sums.items() if case_id in seen})
        return nlargest(most, found, key=lambda case_id: (found[case_id], case_id))


def _holding(cursor: Cursor, word: str) -> list[tuple[int]]:
    if cursor.is_file:
        found = cursor.run("select rowid from case_search where case_search match ?", (f'"{word}"',))
    else:
        asked = f"select case_id from case_search where centre_id = {_CENTRE} and words @@ ?::tsquery"
        found = cursor.run(asked, (f"'{word}'",))
    rows: list[tuple[int]] = found.fetchall()
    return rows


def _count(cursor: Cursor, word: str) -> int:
    """Of a store whose words were never counted."""
    if cursor.is_file:
        source, value = "case_search where case_search match ?", f'"{word}"'
    else:
        source, value = "case_search where words @@ ?::tsquery", f"'{word}'"
    [number] = cursor.run(
        f"select count(*) from (select 1 from {source} limit {TOO_COMMON + 1}) held", (value,)
    ).fetchone()
    return int(number)


def recount(database: "Database") -> int:
    """Count all pairs of characters anew; how many there are. Read first, so that nobody waits for it to write."""
    with database.reading() as records:
        counted = _read(Cursor(records.connection))
    with database.writing() as records:
        keep(Cursor(records.connection), counted)
    return len(counted)


def are_stale(cursor: Cursor) -> bool:
    """Whether there are a good many cases that were not there when words were counted."""
    asked = f"select number from word_counts where centre_id = {_CENTRE} and word = ?"
    row = cursor.run(asked, (_ALL,)).fetchone()
    cases_then = int(row[0]) if row else 0
    return _last_case(cursor) > _GROWN * cases_then + _FEW


def _last_case(cursor: Cursor) -> int:
    return int(cursor.run("select max(id) from cases").fetchone()[0] or 0)


def keep(cursor: Cursor, counted: Mapping[str, int]) -> None:
    """Keep these counts in place of those that were kept."""
    cursor.run("delete from word_counts")
    put = f"insert into word_counts (centre_id, word, number) values ({_CENTRE}, ?, ?)"
    cursor.run_many(put, sorted({**counted, _ALL: _last_case(cursor)}.items()))


def _read(cursor: Cursor) -> dict[str, int]:
    if cursor.is_file:
        cursor.run("create virtual table if not exists temp.word_list using fts5vocab('main', 'case_search', 'row')")
        found = cursor.run("select term, doc from temp.word_list where length(term) = 2 and doc > 1").fetchall()
        cursor.run("drop table temp.word_list")
    else:
        newest = max(_last_case(cursor) - _SAMPLE, 0)
        read = f"select words from case_search where case_id > {newest}"
        asked = "select word, ndoc from ts_stat(?) where length(word) = 2 and ndoc > 1"
        times = (newest + _SAMPLE) / _SAMPLE
        found = [(word, int(number * times)) for word, number in cursor.run(asked, (read,)).fetchall()]
    return dict(found)
