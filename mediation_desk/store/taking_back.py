"""Puts rows back to what they were before a step, if they still are what it left: on either engine, row by row.

Keys are kept, so that what is done again refers to what it referred to before. The triggers tell the log of it as of
any other change. `version_id` only ever grows: a form filled from what is taken back must not be taken for a new one.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from mediation_desk.store.columns import metadata
from mediation_desk.store.sealing import Change, Cursor
from mediation_desk.store.watching import row_as_json

_VERSION = "version_id"


def take_back(connection: Connection, changes: Sequence[Change]) -> Change | None:
    """Undo the changes of a step, the last one first; returns the first that does not fit any more, None if all did.

    Where one does not fit, what was undone until then has to be rolled back.
    """
    cursor = Cursor(connection)
    try:
        for change in changes[::-1]:
            now = _row(cursor, change)
            if not _is_same(now, change.after) or not _put_back(cursor, connection, change, now):
                return change
        return None
    finally:
        cursor.close()


def _row(cursor: Cursor, change: Change) -> dict[str, Any] | None:
    """What the row holds now, told as the triggers tell it, and held until the step ends; None where there is none."""
    names = [column.name for column in metadata.tables[change.table].columns]
    held = "" if cursor.is_file else " for update"
    sql = (
        f"select {row_as_json(names, is_file=cursor.is_file)} from {change.table} t where t.centre_id = ? and t.id = ?"
    )
    found = cursor.run(sql + held, (change.centre_id, change.row_id)).fetchone()
    return None if found is None else dict(json.loads(found[0]))


def _is_same(now: dict[str, Any] | None, then: dict[str, Any] | None) -> bool:
    if now is None or then is None:
        return now is then
    return {name: value for name, value in now.items() if name != _VERSION} == {
        name: value for name, value in then.items() if name != _VERSION
    }


def _put_back(cursor: Cursor, connection: Connection, change: Change, now: dict[str, Any] | None) -> bool:
    """Write what the row held before. False where something else refers to it, or stands in its place."""
    assert connection.dialect.dbapi is not None
    errors: type[Exception] = connection.dialect.dbapi.IntegrityError
    try:
        if change.before is None:
            cursor.run(f"delete from {change.table} where centre_id = ? and id = ?", (change.centre_id, change.row_id))
        elif now is None:
            _insert(cursor, change.table, change.before)
        else:
            _update(cursor, change, now)
    except errors:
        return False
    return True


def _insert(cursor: Cursor, table: str, row: dict[str, Any]) -> None:
    if cursor.is_file:
        names = ", ".join(f'"{name}"' for name in row)
        cursor.run(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
    else:
        cursor.run(f"insert into {table} select * from jsonb_populate_record(null::{table}, ?::jsonb)", (_json(row),))


def _update(cursor: Cursor, change: Change, now: dict[str, Any]) -> None:
    before, after = change.before or {}, change.after or {}
    wanted = {name: value for name, value in before.items() if after.get(name) != value}
    if _VERSION in wanted:
        wanted[_VERSION] = now[_VERSION] + 1
    if not wanted:
        return
    key = (change.centre_id, change.row_id)
    if cursor.is_file:
        columns = ", ".join(f'"{name}" = ?' for name in wanted)
        cursor.run(f"update {change.table} set {columns} where centre_id = ? and id = ?", (*wanted.values(), *key))
        return
    columns = ", ".join(f'"{name}" = r."{name}"' for name in wanted)
    cursor.run(
        f"update {change.table} t set {columns} from jsonb_populate_record(null::{change.table}, ?::jsonb) r "
        "where t.centre_id = ? and t.id = ?",
        (_json({**before, **wanted}), *key),
    )


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
