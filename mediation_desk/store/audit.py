"""Holds the log against itself and the records against the log, and names whatever does not fit.

First the chain: numbers without a gap, every hash, every digest, the head, the anchors that back-ups keep. Then case by
case the rows as they are, taken back through the log (`row_history.py`), the files against their digests, and the
triggers. Each slice is a short look of its own, so that people go on working meanwhile: a case is always seen together
with its part of the log, and the log only ever grows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from mediation_desk.domain.audit import (
    FIRST_HASH,
    PUT_BACK,
    Anchor,
    AuditEntry,
    AuditKind,
    Misfit,
    MisfitKind,
    changes_digest,
)
from mediation_desk.store.columns import metadata
from mediation_desk.store.row_history import Key, Row, RowHistory
from mediation_desk.store.sealing import OF_CASE, Cursor, as_told, changes_in, with_cases
from mediation_desk.store.watching import WATCHED, unwatched

if TYPE_CHECKING:
    from mediation_desk.store.database import Database

ENTRIES_AT_A_TIME, CASES_AT_A_TIME = 250, 20
"""What is looked at in one slice: some hundredths of a second."""

MOST_MISFITS = 500
"""Whoever put that much out of joint need not be told of every single thing."""

_ENTRY = "no, kind, at, by_id, origin, what, told, case_id, digest, changes, hash"


class Slice(NamedTuple):
    """What one slice of the work brought: how far it came, of everything as 1.0, and what did not fit."""

    done: float
    misfits: list[Misfit]


def verify(
    database: "Database",
    *,
    anchors: Iterable[Anchor] = (),
    since: int = 0,
    progress: Callable[[float], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Misfit]:
    """Everything that does not fit, up to `MOST_MISFITS`.

    `since` leaves out the log up to that entry and the cases that nobody touched after it. `progress` is told how far
    it came, up to 1.0; when `stop` says so, what was found up to then is given.
    """
    found: list[Misfit] = []
    for done, misfits in in_slices(database, anchors=anchors, since=since):
        found += misfits
        progress(done)
        if stop() or len(found) >= MOST_MISFITS:
            break
    return found[:MOST_MISFITS]


def in_slices(database: "Database", *, anchors: Iterable[Anchor] = (), since: int = 0) -> Iterator[Slice]:
    """The same work, a slice whenever the next one is asked for."""
    with database.reading() as records:
        yield Slice(0.0, [_unwatched(table) for table in unwatched(records.connection)])
    yield from _chain(database, since, 0.0, 0.3)
    with database.reading() as records:
        yield Slice(0.3, _held_to_anchors(_Store(records.connection), anchors))
    yield from _rows(database, since, 0.3, 1.0)


def head(connection: Connection) -> Anchor:
    """The newest entry, to be kept outside of the store."""
    return _Store(connection).head()


class _Store:
    """One look at log and rows, straight through the driver."""

    def __init__(self, connection: Connection) -> None:
        self.cursor = Cursor(connection)
        self.centre_id: int = next(iter(self.cursor.run("select id from centres").fetchone() or (0,)))

    def ask(self, sql: str, *values: Any) -> list[Any]:
        return list(self.cursor.run(sql, values).fetchall())

    def head(self) -> Anchor:
        found = self.ask("select no, hash from audit_heads where centre_id = ?", self.centre_id)
        return Anchor(*found[0]) if found else Anchor(0, FIRST_HASH)

    def next_entries(self, after: int) -> list[AuditEntry]:
        wanted = f"select {_ENTRY} from audit where centre_id = ? and no > ? order by no limit {ENTRIES_AT_A_TIME}"
        return [entry_of(row) for row in self.ask(wanted, self.centre_id, after)]

    def put_back(self) -> list[tuple[int, datetime]]:
        """The entries that tell of a back-up which took the store's place, and when."""
        blanks = ", ".join("?" * len(PUT_BACK))
        wanted = f"select {_ENTRY} from audit where centre_id = ? and what in ({blanks}) and kind = 'store'"
        entries = map(entry_of, self.ask(wanted, self.centre_id, *sorted(PUT_BACK)))
        return [(entry.no, entry.at) for entry in entries if entry.at]

    def hash_of(self, no: int) -> str | None:
        found = self.ask("select hash from audit where centre_id = ? and no = ?", self.centre_id, no)
        return str(found[0][0]) if found else None


def entry_of(row: Sequence[Any]) -> AuditEntry:
    """An entry as the driver gives it: a file keeps moments as text."""
    no, kind, at, by_id, origin, what, told, case_id, digest, changes, own_hash = row
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            at = None  # somebody wrote over it: the hash will tell
    return AuditEntry(
        no=no,
        kind=kind,
        at=at,
        by_id=by_id,
        origin=origin,
        what=what,
        told=told,
        case_id=case_id,
        digest=digest,
        changes=changes,
        hash=own_hash,
    )


def changes_of(entry: AuditEntry) -> list[list[Any]] | None:
    """What an entry tells of rows; None where that was taken away or made unreadable."""
    if entry.changes == "":
        return []
    try:
        told = json.loads(entry.changes or "")
    except ValueError:
        return None
    return told if isinstance(told, list) and all(_is_change(each) for each in told) else None


def _is_change(told: Any) -> bool:
    match told:
        case [str(), int(), "+", str()] | [str(), int(), "-" | "~", dict()]:
            return True
    return False


def _unwatched(table: str) -> Misfit:
    return Misfit(kind=MisfitKind.UNWATCHED, table=table)


# ---- the chain


def _chain(database: "Database", since: int, begin: float, end: float) -> Iterator[Slice]:
    last = Anchor(0, FIRST_HASH)
    if since:
        with database.reading() as records:
            last = Anchor(since, _Store(records.connection).hash_of(since) or "")
    is_over = False
    while not is_over:
        with database.reading() as records:
            store = _Store(records.connection)
            newest, entries = store.head(), store.next_entries(last.no)
        misfits: list[Misfit] = []
        for entry in entries:
            misfits += _linked(last, entry)
            last = Anchor(entry.no, entry.hash)
        is_over = len(entries) < ENTRIES_AT_A_TIME
        if is_over and last != newest:
            misfits.append(Misfit(kind=MisfitKind.TAIL, no=last.no, until=newest.no))
        yield Slice(begin + (end - begin) * (last.no - since) / max(newest.no - since, last.no - since, 1), misfits)


def _linked(last: Anchor, entry: AuditEntry) -> Iterator[Misfit]:
    """What is wrong with an entry and its link to the last one."""
    if entry.no != last.no + 1:
        yield Misfit(kind=MisfitKind.GAP, no=last.no + 1, until=entry.no - 1)
    elif entry.hash != entry.hash_after(last.hash):
        yield Misfit(kind=MisfitKind.CHAIN, no=entry.no, case_id=entry.case_id)
    changes = changes_of(entry)
    if changes is None or changes_digest(entry.changes or "") != entry.digest:
        yield Misfit(kind=MisfitKind.CONTENT, no=entry.no, case_id=entry.case_id)
    elif entry.kind == AuditKind.EXTERNAL:
        yield from _external(entry.no, entry.case_id, changes)


def _external(no: int | None, case_id: int | None, changes: Iterable[list[Any]]) -> Iterator[Misfit]:
    for table, row_id, sign, told in changes:
        about = Misfit(kind=MisfitKind.EXTERNAL, no=no, case_id=case_id, table=table, row_id=row_id, told=sign)
        if sign != "~":
            yield about
            continue
        for column, (before, after) in told.items():
            yield Misfit(**about.__dict__ | {"column": column, "before": before, "after": after})


def _held_to_anchors(store: _Store, anchors: Iterable[Anchor]) -> list[Misfit]:
    """Name each anchor that does not hold, from the last that does; what the store itself knows of back-ups counts.

    Where a back-up took the store's place, the log says so, and what was kept before of its other end is let be.
    """
    kept = store.ask("select audit_no, audit_hash, file_name from backups where centre_id = ?", store.centre_id)
    put_back = store.put_back()
    misfits, sound = [], 0
    for anchor in sorted({*anchors, *(Anchor(*each) for each in kept)}, key=lambda each: each.no):
        held = FIRST_HASH if anchor.no == 0 else store.hash_of(anchor.no)
        if held == anchor.hash:
            sound = anchor.no
        elif not any(no <= anchor.no and anchor.at and anchor.at <= at for no, at in put_back):
            misfits.append(Misfit(kind=MisfitKind.ANCHOR, no=sound + 1, until=anchor.no, told=anchor.told))
    return misfits


# ---- the rows


def _rows(database: "Database", since: int, begin: float, end: float) -> Iterator[Slice]:
    with database.reading() as records:
        look = RowLook(records.connection)
        most = look.ask("select max(id) from cases where centre_id = ?", look.centre_id)[0][0] or 1
        if not since or look.was_touched(None, since):
            for misfits in look.fit([None]):
                yield Slice(begin, misfits)
    after = 0
    while True:
        with database.reading() as records:
            look = RowLook(records.connection)
            case_ids = look.next_cases(after, since)
            misfits = [each for some in look.fit(case_ids) for each in some]
        if not case_ids:
            break
        after = case_ids[-1]
        yield Slice(min(begin + (end - begin) * after / most, end), misfits)
    yield Slice(end, [])


class RowLook(_Store):
    """One look at the rows of some cases, or at all that belong to none: the "case" None."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        since: dict[str, dict[str, int]] = {}
        for table, column, no in self.ask("select table_name, column_name, since_no from watched_columns"):
            since.setdefault(table, {})[column] = no
        self._column_sets = {
            table: [frozenset(name for name, no in names.items() if no <= level) for level in set(names.values())]
            for table, names in since.items()
        }
        sql = "select id, centre_id, table_name, row_id, before, after from row_changes where centre_id = ? order by id"
        notes = self.ask(sql, self.centre_id)
        self._unsealed = [] if not notes else with_cases(self.cursor, changes_in(notes))

    def next_cases(self, after: int, since: int) -> list[int]:
        """The next ids of cases that are there or that the log tells of, and that were touched after `since`."""
        told = "select distinct case_id from audit where centre_id = ? and case_id > ? and no > ? order by 1"
        found = self.ask(f"{told} limit {CASES_AT_A_TIME}", self.centre_id, after, since)
        if not since:
            there = "select id from cases where centre_id = ? and id > ? order by id"
            found += self.ask(f"{there} limit {CASES_AT_A_TIME}", self.centre_id, after)
        unsealed = {each.case_id for each in self._unsealed if each.case_id is not None and each.case_id > after}
        return sorted({case_id for [case_id] in found} | unsealed)[:CASES_AT_A_TIME]

    def was_touched(self, case_id: int | None, since: int) -> bool:
        is_unsealed = any(each.case_id == case_id for each in self._unsealed)
        return is_unsealed or next(self.entries([case_id], since), None) is not None

    def fit(self, case_ids: Sequence[int | None]) -> Iterator[list[Misfit]]:
        """What does not fit in these cases, some at a time. `case_ids` are either cases, or None alone."""
        if not case_ids:
            return
        rows = self.rows(case_ids)
        histories = {each: self._history(each, rows) for each in case_ids}
        for case_id, history in histories.items():
            unsealed = [as_told(each) for each in self._unsealed if each.case_id == case_id]
            yield [*_external(None, case_id, unsealed), *history.take_back(None, unsealed)]
        for entry in self.entries(case_ids, 0):
            changes = changes_of(entry)
            if changes is None:  # is named in the chain; what was before it cannot be told any more
                histories.pop(entry.case_id, None)
            elif entry.case_id in histories:
                yield list(histories[entry.case_id].take_back(entry.no, changes))
        for history in histories.values():
            yield list(history.nobody_added())
        yield from self._files(case_ids)

    def history(self, case_id: int | None) -> RowHistory:
        """The rows of a case as they are, to be taken back."""
        return self._history(case_id, self.rows([case_id]))

    def _history(self, case_id: int | None, rows: dict[int | None, dict[Key, Row]]) -> RowHistory:
        return RowHistory(rows.get(case_id, {}), self._column_sets, case_id)

    def entries(self, case_ids: Sequence[int | None], since: int) -> Iterator[AuditEntry]:
        """The entries with changes, the newest first."""
        which, values = _among("case_id", case_ids)
        sql = f"select {_ENTRY} from audit where centre_id = ? and {which} and no > ?"
        told = self.cursor.run(
            f"{sql} and changes is distinct from '' order by no desc", (self.centre_id, *values, since)
        )
        # The cursor is wanted for other questions meanwhile only when it has been read to its end.
        return (entry_of(row) for row in told.fetchall())

    def rows(self, case_ids: Sequence[int | None]) -> dict[int | None, dict[Key, Row]]:
        """The rows of these cases as their triggers would tell them."""
        found: dict[int | None, dict[Key, Row]] = {}
        for table in WATCHED:
            joins, case = _way_to_case(table)
            if case == "null" and None not in case_ids:
                continue
            which, values = ("1 = 1", ()) if case == "null" else _among(case, case_ids)
            whole = "t.*" if self.cursor.is_file else "to_jsonb(t)::text"
            centre = "t.id" if table == "centres" else "t.centre_id"
            cursor = self.cursor.run(
                f"select {case}, {whole} from {table} t{joins} where {centre} = ? and {which}",
                (self.centre_id, *values),
            )
            names = [column[0] for column in cursor.description[1:]]
            for case_id, *row in cursor.fetchall():
                told = dict(zip(names, map(_plain, row), strict=True)) if self.cursor.is_file else json.loads(row[0])
                found.setdefault(case_id, {})[table, told["id"]] = told
        return found

    # ---- the files, and the passwords

    def _files(self, case_ids: Sequence[int | None]) -> Iterator[list[Misfit]]:
        """Attached files, frozen papers and hashes of passwords that are not what their digests say, or are gone."""
        which, values = _among("case_id", case_ids)
        for table, digest, contents, key, content, condition in _FILES:
            wanted = f"select id, case_id, {digest} from {table} where centre_id = ? and {which} and {condition}"
            for row_id, case_id, expected in self.ask(wanted, self.centre_id, *values):
                if self._digest(contents, key, content, row_id) != expected:
                    yield [Misfit(kind=MisfitKind.FILE, case_id=case_id, table=table, row_id=row_id)]
            if None in case_ids:
                nobodys = f"{key} not in (select id from {table} where centre_id = ?)"
                sql = f"select {key} from {contents} where centre_id = ? and {nobodys}"
                for [row_id] in self.ask(sql, self.centre_id, self.centre_id):
                    yield [Misfit(kind=MisfitKind.ADDED, table=contents, row_id=row_id)]
        if None in case_ids:
            for row_id, expected in self.ask(
                "select id, password_digest from users where centre_id = ?", self.centre_id
            ):
                if self._digest("credentials", "user_id", "secret", row_id) != expected:
                    yield [Misfit(kind=MisfitKind.PASSWORD, table="users", row_id=row_id)]

    def _digest(self, contents: str, key: str, content: str, row_id: int) -> str:
        """Of what is held for a row, empty where nothing is."""
        held = self.ask(f"select {content} from {contents} where centre_id = ? and {key} = ?", self.centre_id, row_id)
        return sha256(_bytes(held[0][0])).hexdigest() if held else ""


_FILES = (
    ("attachments", "sha256", "attachment_contents", "attachment_id", "content", "removed_at is null"),
    ("agreements", "digest", "frozen_papers", "agreement_id", "pdf", "digest <> ''"),
)


def _bytes(content: Any) -> bytes:
    return content.encode() if isinstance(content, str) else bytes(content)


def _plain(value: Any) -> Any:
    """A value as JSON could hold it: no trigger ever told of bytes."""
    return value.hex() if isinstance(value, bytes) else value


def _among(column: str, case_ids: Sequence[int | None]) -> tuple[str, tuple[int, ...]]:
    """A condition, and the values for its blanks."""
    values = tuple(each for each in case_ids if each is not None)
    return (f"{column} in ({', '.join('?' * len(values))})", values) if values else (f"{column} is null", ())


def _way_to_case(table: str) -> tuple[str, str]:
    """The joins from the rows `t` of a table to what knows their case, and the column where that stands."""
    if table == "cases":
        return "", "t.id"
    joins, here = "", "t"
    while table in OF_CASE:
        whole, key = OF_CASE[table]
        joins += f" left join {whole} on {whole}.centre_id = {here}.centre_id and {whole}.id = {here}.{key}"
        table = here = whole
    return joins, f"{here}.case_id" if "case_id" in metadata.tables[table].columns else "null"
