"""Reads what can still be read out of a damaged store, row by row, into a fresh one.

Where a page is damaged, reading a range of rows that lies on it fails; halving the range again and again finds the rows
beside it. A connection that met a damaged page of an encrypted file reads nothing any more, so each failure costs a
new one. What is read is only taken over if every value is of its kind.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store.columns import metadata
from mediation_desk.store.copying import Progress, go_on_unless
from mediation_desk.store.sqlite_file import connect

MADE_ANEW = frozenset({"alembic_version", "party_keys", "row_changes", "stage_counts"})
"""What is made of the rest, or belongs to the fresh store itself."""

_AT_A_TIME = 500
_LARGE_AT_A_TIME = 5
_LARGE = frozenset({"attachment_contents", "frozen_papers"})
_PROBES = 32
_WIDE = 1024
_ROWS_OF_A_PAGE = 100
_WORST = (ValueError, LookupError, TypeError, ArithmeticError)


@dataclass
class Salvaged:
    """How many rows of each table were read, and how many of those that were there could not be.

    `unknown` are tables whose end could not be found: nobody can tell how many rows they had.
    """

    read: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


class Wreck:
    """A damaged store that is read."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._path = path
        self._key = key
        self._connection: Any = None
        self.pages = path.stat().st_size // 4096

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any] | None:
        """The rows, or None where they cannot be read."""
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key, writable=False)
            return list(self._connection.execute(sql, values).fetchall())
        except driver.Error:
            self.close()
            return None

    def close(self) -> None:
        if self._connection is not None:
            with suppress(driver.Error):
                self._connection.close()
        self._connection = None

    def columns(self, table: str) -> list[str]:
        """Those of its columns that are known today; none for a table that is not there."""
        known = metadata.tables[table].columns.keys()
        there = self.ask(f"select name from pragma_table_info('{table}')") or []
        return [name for (name,) in there if name in known]

    def rows(self, table: str, columns: Sequence[str], lost: Callable[[int | None], None]) -> Iterator[list[Any]]:
        """Rows in some hundreds, each with its rowid before it.

        `lost` is told how many rowids were not readable, None where nobody knows how many there were.
        """
        names = ", ".join(f'"{name}"' for name in columns)
        if not metadata.tables[table].dialect_options["sqlite"]["with_rowid"]:
            everything = self.ask(f"select 0, {names} from {table}")
            if everything is None:
                lost(None)
            yield everything or []
            return
        sql = f"select rowid, {names} from {table} where rowid between ? and ? order by rowid"
        newest = self.ask(f"select max(rowid) from {table}")
        most: int = (newest[0][0] or 0) if newest is not None else self.pages * _ROWS_OF_A_PAGE
        at_a_time = _LARGE_AT_A_TIME if table in _LARGE else _AT_A_TIME
        if newest is None:
            lost(None)
            yield from self._halved(sql, 1, most, lambda _: None)
            return
        for first in range(1, most + 1, at_a_time):
            yield from self._halved(sql, first, min(first + at_a_time - 1, most), lost)

    def _halved(self, sql: str, first: int, last: int, lost: Callable[[int | None], None]) -> Iterator[list[Any]]:
        found = self.ask(sql, (first, last))
        if found is not None:
            yield found
        elif first == last or self._is_gone(sql, first, last):
            lost(last - first + 1)
        else:
            middle = (first + last) // 2
            yield from self._halved(sql, first, middle, lost)
            yield from self._halved(sql, middle + 1, last, lost)

    def _is_gone(self, sql: str, first: int, last: int) -> bool:
        """Whether nothing of a wide range seems to be readable: else, with a lost root, every row would be tried."""
        if last - first < _WIDE:
            return False
        step = (last - first) // _PROBES
        return all(self.ask(sql, (row, row)) is None for row in range(first, last + 1, step))


def read_into(
    path: Path,
    key: bytes | None,
    fresh: Any,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Salvaged:
    """Copy every readable row of the store at `path` into the empty tables behind the connection `fresh`.

    References are not looked at. Raises `CannotOpen` where not even the tables can be told, or `Stopped`.
    """
    salvaged = Salvaged()
    wreck = Wreck(path, key)
    try:
        if not wreck.ask("select name from sqlite_master where name = 'cases'"):
            raise CannotOpen("这个文件损坏得太重，什么也读不出来。请用备份恢复；损坏的文件原样留着。")
        tables = [table for table in metadata.sorted_tables if table.name not in MADE_ANEW]
        for turn, table in enumerate(tables):
            go_on_unless(stop)
            if progress:
                progress(turn / len(tables))
            _read_table(wreck, table, fresh, salvaged, stop)
    finally:
        wreck.close()
    return salvaged


def _read_table(wreck: Wreck, table: Table, fresh: Any, salvaged: Salvaged, stop: Event | None) -> None:
    name, columns = table.name, wreck.columns(table.name)
    read = lost = 0

    def note_lost(number: int | None) -> None:
        nonlocal lost
        if number is None:
            salvaged.unknown.append(name)
        else:
            lost += number

    if columns:
        names, blanks = ", ".join(f'"{each}"' for each in columns), ", ".join("?" * len(columns))
        insert = f"insert or ignore into {name} ({names}) values ({blanks})"
        is_right = _judge(table, columns)
        for rows in wreck.rows(name, columns, note_lost):
            go_on_unless(stop)
            good = [row[1:] for row in rows if is_right(row[1:])]
            taken = fresh.executemany(insert, good).rowcount if good else 0
            read += taken
            lost += len(rows) - taken
    salvaged.read[name], salvaged.lost[name] = read, lost


def _judge(table: Table, columns: Sequence[str]) -> Callable[[Sequence[Any]], bool]:
    """Tells whether each value of a row is of its column's kind: a damaged plain page gives rows that make no sense."""
    kept_as = sqlite_dialect()
    readers = []
    for position, name in enumerate(columns):
        reader = table.columns[name].type.dialect_impl(kept_as).result_processor(kept_as, None)
        if reader is not None:
            readers.append((position, reader))

    def is_right(row: Sequence[Any]) -> bool:
        try:
            for position, reader in readers:
                reader(row[position])
        except _WORST:
            return False
        return True

    return is_right
