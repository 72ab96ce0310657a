"""Ends a step: what the triggers noted goes into the log, and into whatever is kept for quick answers.

All of it happens in the transaction of the step, just before its commit. The head of the log is the one row that every
desk wants; it is taken here and held for the commit only.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, inspect
from sqlalchemy.orm import Session

from mediation_desk.domain.audit import (
    FIRST_HASH,
    AuditKind,
    Doing,
    canonical,
    changes_digest,
    entry_hash,
    row_digest,
)
from mediation_desk.store.watching import WATCHED, row_as_json

_AT_A_TIME = 5000

OF_CASE = {
    "agents": ("parties", "party_id"),
    "cadre_visits": ("lead_cadres", "lead_cadre_id"),
    "calls": ("call_outs", "call_out_id"),
    "clauses": ("agreements", "agreement_id"),
    "conference_decisions": ("conferences", "conference_id"),
    "obligations": ("agreements", "agreement_id"),
    "signatures": ("agreements", "agreement_id"),
    "instalments": ("obligations", "obligation_id"),
    "performances": ("obligations", "obligation_id"),
    "petition_steps": ("petitions", "petition_id"),
    "referral_steps": ("referrals", "referral_id"),
}
"""Tables of parts whose rows do not name their case: the whole they belong to, and the key to it."""


class Change(NamedTuple):
    """A row as it was and as it is. `before` is None for one that was added, `after` for one that was removed."""

    centre_id: int
    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    case_id: int | None

    @property
    def held(self) -> dict[str, Any]:
        """What the row holds now, or held last."""
        return self.after if self.after is not None else self.before or {}


class Told(NamedTuple):
    """Something to be told in the log that changes no row: a look, a print, an export."""

    kind: AuditKind
    text: str
    case_id: int | None = None


class Cursor:
    """A cursor of the driver, as every statement here goes straight to it: values are marked by ? on both engines."""

    def __init__(self, connection: Connection) -> None:
        self._cursor = connection.connection.cursor()
        self.is_file = connection.dialect.name == "sqlite"

    def run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Runs a statement and returns the driver's cursor, to fetch from."""
        self._cursor.execute(sql if self.is_file else sql.replace("?", "%s"), values)
        return self._cursor

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._cursor.executemany(sql if self.is_file else sql.replace("?", "%s"), list(rows))

    def close(self) -> None:
        self._cursor.close()


Follower = Callable[[Cursor, Sequence[Change]], None]
"""Keeps something true that is made of rows: told of all changes of a step at once."""


@cache
def followers() -> tuple[Follower, ...]:
    """All followers, in the order in which they are told. Each module knows this one, so they are loaded here."""
    from mediation_desk.store import party_keys, search_rows, stage_counts

    return (stage_counts.follow, search_rows.follow, party_keys.follow)


class Head(NamedTuple):
    """Where the log of a centre went by one step: the numbers of its first and last entry, and the hash of the last."""

    centre_id: int
    first_no: int
    no: int
    hash: str


class Sealed(NamedTuple):
    """What the end of a step brought: where its log went, None if it has none, and the rows that it changed."""

    head: Head | None = None
    changes: Sequence[Change] = ()


CHANNEL = "mediation_desk"
"""Where a server tells the other desks that something was changed: `<centre>:<no of the log>`, never what."""


def seal(connection: Connection, doing: Doing, told: Sequence[Told] = (), *, followed: bool = True) -> Sealed:
    """Log what was changed and told since the last call, and let the followers see it.

    `followed` is False where what the followers keep is made anew afterwards.
    """
    cursor = Cursor(connection)
    try:
        changes = _take_changes(cursor)
        head = _log(cursor, doing, changes, told) if changes or told else None
        if changes and followed:
            for follow in followers():
                follow(cursor, changes)
        return Sealed(head, changes)
    finally:
        cursor.close()


def _take_changes(cursor: Cursor) -> list[Change]:
    """Take the notes away and read them; of two desks that end at once, each note comes to one."""
    notes = "delete from row_changes returning id, centre_id, table_name, row_id, before, after"
    return with_cases(cursor, changes_in(sorted(cursor.run(notes).fetchall())))


def changes_in(notes: Iterable[Sequence[Any]]) -> list[Change]:
    """The changes that rows of `row_changes` tell of, without their cases; what left a row as it was is none."""
    changes = []
    for _, centre_id, table, row_id, before, after in notes:
        was, now = json.loads(before) if before else None, json.loads(after) if after else None
        if was != now:
            changes.append(Change(centre_id, table, row_id, was, now, None))
    return changes


def with_cases(cursor: Cursor, changes: Sequence[Change]) -> list[Change]:
    """The changes with the cases they belong to, which may have been changed among them."""
    wholes = {(each.table, each.row_id): each.held for each in changes}
    return [one for each in changes for one in _with_case(cursor, each, wholes)]


def _with_case(cursor: Cursor, change: Change, wholes: dict[tuple[str, int], dict[str, Any]]) -> Iterator[Change]:
    """The change and whose it is. A row that goes over to another case is removed from one and added to the other."""
    case_id = _case_of(cursor, change.table, change.row_id, change.held, wholes)
    was_of = change.before.get("case_id") if change.before and change.after else case_id
    if "case_id" in change.held and was_of != case_id:
        yield change._replace(after=None, case_id=was_of)
        yield change._replace(before=None, case_id=case_id)
    else:
        yield change._replace(case_id=case_id)


def _case_of(
    cursor: Cursor, table: str, row_id: int, row: dict[str, Any], wholes: dict[tuple[str, int], dict[str, Any]]
) -> int | None:
    if table == "cases":
        return row_id
    if "case_id" in row or table not in OF_CASE:
        case_id: int | None = row.get("case_id")
        return case_id
    whole, key = OF_CASE[table]
    if (whole, row[key]) not in wholes:
        names = "id, centre_id, case_id" if whole not in OF_CASE else f"id, centre_id, {OF_CASE[whole][1]}"
        found = cursor.run(f"select {names} from {whole} where centre_id = ? and id = ?", (row["centre_id"], row[key]))
        values = found.fetchone()
        wholes[whole, row[key]] = dict(zip(names.split(", "), values, strict=True)) if values else {"case_id": None}
    return _case_of(cursor, whole, row[key], wholes[whole, row[key]], wholes)


def _log(cursor: Cursor, doing: Doing, changes: Sequence[Change], told: Sequence[Told]) -> Head:
    """One entry for each case that was changed, one for what belongs to none, and one for each thing told."""
    centre_id = changes[0].centre_id if changes else cursor.run("select id from centres").fetchone()[0]
    lock = "" if cursor.is_file else " for update"
    head = cursor.run(f"select no, hash from audit_heads where centre_id = ?{lock}", (centre_id,)).fetchone()
    no, last = head or (0, FIRST_HASH)
    groups: dict[int | None, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.case_id, []).append(change)
    entries = [
        (doing.kind, "", case_id, canonical([as_told(each) for each in some])) for case_id, some in groups.items()
    ]
    entries += [(kind, text, case_id, "") for kind, text, case_id in told]
    at = _as_kept(doing.at) if cursor.is_file else doing.at
    rows = []
    for kind, text, case_id, content in entries:
        no += 1
        digest = changes_digest(content)
        told_of = (text, case_id, digest)
        last = entry_hash(last, no, str(kind), doing.at, doing.by_id, doing.origin, doing.what, *told_of)
        who = (centre_id, no, str(kind), at, doing.by_id, doing.origin, doing.what)
        rows.append((*who, *told_of, content, last))
    cursor.run_many(
        "insert into audit (centre_id, no, kind, at, by_id, origin, what, told, case_id, digest, changes, hash) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    if not head:
        cursor.run("insert into audit_heads (centre_id, no, hash) values (?, ?, ?)", (centre_id, no, last))
    elif cursor.is_file or not changes:  # a look is nothing that others have to show
        cursor.run("update audit_heads set no = ?, hash = ? where centre_id = ?", (no, last, centre_id))
    else:
        move = f"update audit_heads set no = ?, hash = ? where centre_id = ? returning pg_notify('{CHANNEL}', ?)"
        cursor.run(move, (no, last, centre_id, f"{centre_id}:{no}"))
    return Head(centre_id, no - len(rows) + 1, no, last)


def _as_kept(at: datetime | None) -> str | None:
    """As SQLAlchemy keeps times in a file."""
    return None if at is None else at.strftime("%Y-%m-%d %H:%M:%S.%f")


def as_told(change: Change) -> list[Any]:
    """A change as the log tells it: see `domain/audit.py`."""
    if change.before is None:
        return [change.table, change.row_id, "+", row_digest(change.held)]
    if change.after is None:
        return [change.table, change.row_id, "-", change.before]
    differ = {
        name: [change.before.get(name), value]
        for name, value in change.after.items()
        if change.before.get(name) != value
    }
    return [change.table, change.row_id, "~", differ]


def take_in_what_is_there(connection: Connection) -> None:
    """Log the rows of tables that have columns nobody watched before as if they were added now.

    So they are told by all their columns again. In a store that is older than the log these are all tables; some
    thousands of rows are taken at a time. Call it right after `watch`.
    """
    cursor = Cursor(connection)
    doing = Doing(kind=AuditKind.STORE, what="upgrade")
    newly = "select distinct table_name from watched_columns where since_no = (select max(no) from audit_heads)"
    first_time = cursor.run("select count(*) from audit_heads").fetchone() == (0,)
    tables = WATCHED if first_time else [row[0] for row in cursor.run(f"{newly} order by 1").fetchall()]
    for table in tables:
        names = [each["name"] for each in inspect(connection).get_columns(table)]
        centre = "centre_id" if "centre_id" in names else "id"
        [most] = cursor.run(f"select coalesce(max(id), 0) from {table}").fetchone()
        for first in range(0, most + 1, _AT_A_TIME):
            cursor.run(
                f"insert into row_changes (centre_id, table_name, row_id, after) "
                f"select t.{centre}, '{table}', t.id, {row_as_json(names, is_file=cursor.is_file)} from {table} t "
                f"where t.id between ? and ? order by t.id",
                (first, first + _AT_A_TIME - 1),
            )
            seal(connection, doing, followed=False)
    if tables and cursor.run("select 1 from cases limit 1").fetchone():
        _renew_what_follows(connection, cursor)
    cursor.close()


def _renew_what_follows(connection: Connection, cursor: Cursor) -> None:
    from mediation_desk.store import party_keys, search_rows, stage_counts

    with Session(connection, join_transaction_mode="rollback_only") as session:
        stage_counts.recount(session)
        session.flush()
    search_rows.rebuild(cursor)
    party_keys.rebuild(cursor)
