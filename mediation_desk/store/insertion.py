"""Writes a whole new record, parts and all, with as little as possible between it and the driver.

The desk saves a registration while a person waits, and imports come by the thousand: the session's unit of work costs
several times what the rows themselves do. Tables and parts are read off the mappers, so nothing is said twice.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapper, class_mapper

_P = ParamSpec("_P")
_R = TypeVar("_R")


def insert_into(table: Table, dialect: Dialect) -> Any:
    """An INSERT that may say ON CONFLICT; PostgreSQL's is loaded only where it is spoken, as each start would pay."""
    if dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def unsaved(kind: Callable[_P, _R]) -> Callable[_P, _R]:
    """The constructor of a mapped class for records that go to `insert_whole` and never into a session.

    It goes past the setters by which a session learns of changes: for a case these cost as much as all its rows.
    """
    assert isinstance(kind, type)
    new: Callable[[], Any] = class_mapper(kind).class_manager.new_instance
    values = {each.name: each.default for each in fields(kind) if each.default is not MISSING}
    lists = {each.name: each.default_factory for each in fields(kind) if each.default_factory is not MISSING}

    def construct(*_: _P.args, **given: _P.kwargs) -> _R:
        record: _R = new()
        record.__dict__.update(values, **{name: make() for name, make in lists.items() if name not in given}, **given)
        return record

    return construct


class _Plan(NamedTuple):
    """How one class is written: its statement, what goes into each blank, and the parts with their key to the whole."""

    sql: str
    blanks: list[tuple[str, Callable[[Any], Any] | None]]
    parts: list[tuple[str, bool, str]]


@cache
def _plan(kind: type, dialect: Dialect) -> _Plan:
    mapper: Mapper[Any] = class_mapper(kind)
    table = mapper.local_table
    assert isinstance(table, Table)
    columns = {column.name: column.type for column in table.columns if column.name != "id"}
    insert = insert_into(table, dialect)
    if "uid" in columns:
        insert = insert.on_conflict_do_nothing(index_elements=["centre_id", "uid"])
    if dialect.name != "sqlite":  # which tells the last id by itself
        insert = insert.returning(table.c.id)
    compiled = insert.compile(dialect=dialect, column_keys=list(columns))
    processors = {name: kind.dialect_impl(dialect).bind_processor(dialect) for name, kind in columns.items()}
    parts = []
    for part in mapper.relationships:
        [key] = [remote.name for _, remote in part.synchronize_pairs if remote.name != "centre_id"]
        parts.append((part.key, bool(part.uselist), key))
    return _Plan(str(compiled), [(name, processors[name]) for name in compiled.positiontup or ()], parts)


def insert_whole(connection: Connection, record: Any) -> bool:
    """Insert `record`, then its parts, and give each its id; whether it was new.

    Nothing is written when a record of the same uid is there already. `record.centre_id` must be set, and a transaction
    must have begun: the rows go straight to the driver, whose errors come as they are.
    """
    cursor = connection.connection.cursor()
    try:
        return _insert(cursor, connection.dialect, record, {"centre_id": record.centre_id})
    finally:
        cursor.close()


def _insert(cursor: Any, dialect: Dialect, record: Any, keys: dict[str, int]) -> bool:
    plan = _plan(record.__class__, dialect)
    row = record.__dict__ | keys
    values = [process(row[name]) if process else row[name] for name, process in plan.blanks]
    cursor.execute(plan.sql, values)
    if not cursor.rowcount:
        return False
    record.id = cursor.lastrowid if dialect.name == "sqlite" else cursor.fetchone()[0]
    for name, many, key in plan.parts:
        if parts := row[name]:
            below = {"centre_id": keys["centre_id"], key: record.id}
            for part in parts if many else (parts,):
                _insert(cursor, dialect, part, below)
    return True
