"""Takes rows back through the log, step by step, to what they were when they were added.

A row that was edited behind the log's back shows on the way: it is not what the log last said, or not what its digest
says it was at first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from mediation_desk.domain.audit import Misfit, MisfitKind, row_digest

Row = dict[str, Any]
Key = tuple[str, int]
Columns = Collection[str]


class RowHistory:
    """Some rows as they are now, `rows`, to be taken back through all that the log tells of them, the newest first.

    `column_sets` are the columns that each table was ever watched with: what was added earlier could tell no others.
    """

    def __init__(
        self, rows: dict[Key, Row], column_sets: Mapping[str, Collection[Columns]], case_id: int | None
    ) -> None:
        self._rows = rows
        self._column_sets = column_sets
        self._case_id = case_id
        self._at_birth: set[Key] = set()
        self._lost: set[Key] = set()

    def take_back(self, no: int | None, changes: Iterable[list[Any]]) -> Iterator[Misfit]:
        """Undo the changes of one entry, in the order in which it tells them; says what does not fit."""
        for table, row_id, sign, told in reversed(list(changes)):
            key = (table, row_id)
            if key in self._lost:
                continue
            if sign == "-":
                if key in self._rows and key not in self._at_birth:
                    yield self._misfit(MisfitKind.ADDED, key, no)
                self._rows[key] = dict(told)
                self._at_birth.discard(key)
            elif key not in self._rows:
                yield self._misfit(MisfitKind.REMOVED, key, no)
                self._lost.add(key)
            elif sign == "+":
                if not self._was(key, told):
                    yield self._misfit(MisfitKind.CHANGED, key, no)
                    self._lost.add(key)
                self._at_birth.add(key)
            else:
                self._at_birth.discard(key)
                yield from self._undo(key, told, no)

    def _undo(self, key: Key, told: Mapping[str, list[Any]], no: int | None) -> Iterator[Misfit]:
        row = self._rows[key]
        for column, (before, after) in told.items():
            if column in row and row[column] != after:
                yield self._misfit(MisfitKind.CHANGED, key, no, column, after, row[column])
            row[column] = before

    def _was(self, key: Key, digest: str) -> bool:
        row = self._rows[key]
        if row_digest(row) == digest:
            return True
        sets = self._column_sets.get(key[0], ())
        return any(row_digest({name: row[name] for name in names if name in row}) == digest for names in sets)

    def nobody_added(self) -> Iterator[Misfit]:
        """What is there although the log, now read to its beginning, never told of its being added."""
        for key in self._rows:
            if key not in self._at_birth and key not in self._lost:
                yield self._misfit(MisfitKind.ADDED, key, None)

    def row(self, key: Key) -> Row | None:
        """What the row held before the last entry that was taken back; None when it was not there."""
        return self._rows.get(key)

    def _misfit(
        self, kind: MisfitKind, key: Key, no: int | None, column: str = "", before: Any = None, after: Any = None
    ) -> Misfit:
        table, row_id = key
        return Misfit(
            kind=kind,
            no=no,
            case_id=self._case_id,
            table=table,
            row_id=row_id,
            column=column,
            before=before,
            after=after,
        )
