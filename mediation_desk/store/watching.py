"""Watches the tables: triggers note every change of a row, whoever makes it, before it can be committed.

The program empties the notes before each commit (`sealing.py`): the log, the search words and the counts are made of
them. What another program changes stays noted, and is found by the next step.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, inspect, text

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
    }
)
WATCHED = tuple(sorted(set(metadata.tables) - NOT_WATCHED))

_ON_SERVER = """
create or replace function watch_row() returns trigger language plpgsql as $$
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
end $$
"""


def watch(connection: Connection) -> None:
    """Set the triggers anew for the columns that the tables have now; needed after every change of the schema."""
    columns = {table: [each["name"] for each in inspect(connection).get_columns(table)] for table in WATCHED}
    statements = _file_triggers(columns) if connection.dialect.name == "sqlite" else _server_triggers(columns)
    for statement in statements:
        connection.exec_driver_sql(statement)
    _note_columns(connection, columns)


def _file_triggers(columns: dict[str, list[str]]) -> Iterator[str]:
    for table, names in columns.items():
        centre = "centre_id" if "centre_id" in names else "id"
        for event, before, after in (("insert", "", "new"), ("update", "old", "new"), ("delete", "old", "")):
            yield f"drop trigger if exists watch_{table}_{event}"
            whose = after or before
            yield (
                f"create trigger watch_{table}_{event} after {event} on {table} begin "
                f"insert into row_changes (centre_id, table_name, row_id, before, after) values "
                f"({whose}.{centre}, '{table}', {whose}.id, {_as_json(before, names)}, {_as_json(after, names)}); end"
            )


def _as_json(row: str, names: list[str]) -> str:
    return f"json_object({row_pairs(names, f'{row}.')})" if row else "null"


def row_pairs(names: Iterable[str], row: str = "") -> str:
    """The inside of `json_object(…)` that tells a row as its triggers do."""
    return ", ".join(f"'{name}', {row}{quoted(name)}" for name in names)


def quoted(name: str) -> str:
    """A column as SQL may name it: some are called like words of the language."""
    return f'"{name}"'


def _server_triggers(columns: dict[str, list[str]]) -> Iterator[str]:
    yield _ON_SERVER
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
