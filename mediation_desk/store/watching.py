"""Watches the tables: triggers note every change of a row, whoever makes it, before it can be committed.

The program empties the notes before each commit (`sealing.py`): the log, the search words and the counts are made of
them. What another program changes stays noted, and is found by the next step.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, inspect, text

from mediation_desk.store import duty_schema, procedure_schema, schema, trust_schema  # noqa: F401 - all tables are known then
from mediation_desk.store.columns import metadata

NOT_WATCHED = frozenset(
    {
        "alembic_version",
        "attachment_contents",  # their digests stand in `attachments`
        "audit",
        "audit_heads",
        "backups",
        "blank_counters",
        "counters",
        "credentials",
        "drafts",  # not facts yet
        "frozen_papers",  # their digests stand in `agreements`
        "party_keys",
        "rehearsals",
        "row_changes",
        "stage_counts",
        "watched_columns",
        "word_counts",
    }
)
WATCHED = tuple(sorted(set(metadata.tables) - NOT_WATCHED))

_FUNCTION = """
declare
    row_before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    row_after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    told jsonb := coalesce(row_after, row_before);
begin
    insert into row_changes (centre_id, table_name, row_id, before, after) values (
        coalesce(told->>'centre_id', told->>'id')::integer, tg_table_name, (told->>'id')::integer,
        row_before::text, row_after::text
    );
    return null;
end
"""
_WATCHED_ON_SERVER = f"""
select tgrelid::regclass::text from pg_trigger join pg_proc on pg_proc.oid = tgfoid
where tgname = 'watch_' || tgrelid::regclass::text and tgenabled in ('O', 'A') and tgtype = 29 and tgqual is null
and proname = 'watch_row' and prosrc = $${_FUNCTION}$$
"""


def watch(connection: Connection) -> None:
    """Set the triggers anew for the columns that the tables have now; needed after every change of the schema."""
    columns = _columns(connection)
    statements = _file_triggers(columns) if connection.dialect.name == "sqlite" else _server_triggers(columns)
    for statement in statements:
        connection.exec_driver_sql(statement)
    _note_columns(connection, columns)


def _columns(connection: Connection) -> dict[str, list[str]]:
    look = inspect(connection)
    return {table: [each["name"] for each in look.get_columns(table)] for table in WATCHED}


def unwatched(connection: Connection) -> list[str]:
    """The tables whose triggers are gone, switched off or not ours any more, and any with a trigger too many."""
    columns = _columns(connection)
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("select name, tbl_name, sql from sqlite_master where type = 'trigger'")
        return sorted({table for _, table, _ in {tuple(row) for row in found} ^ set(_triggers_of_file(columns))})
    return sorted(set(columns) - set(connection.exec_driver_sql(_WATCHED_ON_SERVER).scalars()))


def _file_triggers(columns: dict[str, list[str]]) -> Iterator[str]:
    for name, _, statement in _triggers_of_file(columns):
        yield f"drop trigger if exists {name}"
        yield statement


def _triggers_of_file(columns: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """The name, the table and the statement of each trigger that a file must have, as SQLite keeps it."""
    for table, names in columns.items():
        centre = "centre_id" if "centre_id" in names else "id"
        for event, before, after in (("insert", "", "new"), ("update", "old", "new"), ("delete", "old", "")):
            name, whose = f"watch_{table}_{event}", after or before
            told = [f"json_object({_pairs(names, row)})" if row else "null" for row in (before, after)]
            note = (
                f"insert into row_changes (centre_id, table_name, row_id, before, after) values "
                f"({whose}.{centre}, '{table}', {whose}.id, {', '.join(told)});"
            )
            yield name, table, f"CREATE TRIGGER {name} after {event} on {table} begin {note} end"


def _pairs(names: Iterable[str], row: str) -> str:
    """Some columns are called like words of the language, so each stands in quotation marks."""
    return ", ".join(f"'{name}', {row}.\"{name}\"" for name in names)


def row_as_json(names: Iterable[str], *, is_file: bool) -> str:
    """What tells a row of the table `t` as its triggers do."""
    return f"json_object({_pairs(names, 't')})" if is_file else "to_jsonb(t)::text"


def _server_triggers(columns: dict[str, list[str]]) -> Iterator[str]:
    yield f"create or replace function watch_row() returns trigger language plpgsql as $${_FUNCTION}$$"
    for table in columns:
        yield f"drop trigger if exists watch_{table} on {table}"
        yield (
            f"create trigger watch_{table} after insert or update or delete on {table} "
            "for each row execute function watch_row()"
        )


def _note_columns(connection: Connection, columns: dict[str, list[str]]) -> None:
    """Since which entry of the log each column is watched: a row that was added before could not tell it."""
    since = connection.execute(text("select coalesce(max(no), 0) from audit_heads")).scalar_one()
    known = {tuple(row) for row in connection.execute(text("select table_name, column_name from watched_columns"))}
    new = [
        {"table_name": table, "column_name": name, "since_no": since}
        for table, names in columns.items()
        for name in names
        if (table, name) not in known
    ]
    if new:
        insert = "insert into watched_columns (table_name, column_name, since_no)"
        connection.execute(text(f"{insert} values (:table_name, :column_name, :since_no)"), new)
