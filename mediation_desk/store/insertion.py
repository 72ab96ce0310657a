"""Writes a whole new record, parts and all, with as little as possible between it and the driver.

The desk saves a registration while a person waits, and imports come by the thousand: the session's unit of work costs
several times what the rows themselves do. Tables and parts are read off the mappers, so nothing is said twice.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.orm import Mapper, class_mapper


class _Plan(NamedTuple):
    """How one class is written: its statement, what goes into each blank, and the parts with their key to the whole."""

    sql: str
    blanks: list[tuple[str, Callable[[Any], Any] | None]]
    parts: list[tuple[str, bool, str]]


@cache
def _plan(kind: type, dialect: Dialect) -> _Plan:
    mapper: Mapper[Any] = class_mapper(kind)
    columns = [column for column in mapper.local_table.columns if column.name != "id"]
    insert = mapper.local_table.insert()  # type: ignore[attr-defined]  # a FromClause that is always a Table here
    compiled = insert.compile(dialect=dialect, column_keys=[column.name for column in columns])
    processors = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns}
    parts = []
    for part in mapper.relationships:
        [key] = [remote.name for _, remote in part.synchronize_pairs if remote.name != "centre_id"]
        parts.append((part.key, bool(part.uselist), key))
    return _Plan(str(compiled), [(name, processors[name]) for name in compiled.positiontup or ()], parts)


def insert_whole(connection: Connection, record: Any) -> None:
    """Insert `record`, then its parts, and give each its id. `record.centre_id` must be set."""
    _insert(connection, record, {"centre_id": record.centre_id})


def _insert(connection: Connection, record: Any, keys: dict[str, int]) -> None:
    plan = _plan(record.__class__, connection.dialect)
    held = record.__dict__
    values = []
    for name, process in plan.blanks:
        value = keys.get(name, held.get(name))
        values.append(process(value) if process is not None else value)
    record.id = connection.exec_driver_sql(plan.sql, tuple(values)).lastrowid
    for name, many, key in plan.parts:
        parts = held.get(name)
        if parts:
            below = {"centre_id": keys["centre_id"], key: record.id}
            for part in parts if many else (parts,):
                _insert(connection, part, below)
