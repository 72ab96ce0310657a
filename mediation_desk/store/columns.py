"""The parts that tables are made of: kinds of columns, and how a table hangs on another."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Word(TypeDecorator[StrEnum]):
    """A word of the trade, kept by its English key."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self.kind(value)


def kind_of(table: str, column: str) -> type[StrEnum] | type[bool] | None:
    """What the values of a column are, where that is more than text or a number: words of the trade, or yes and no."""
    if table not in metadata.tables or column not in metadata.tables[table].columns:
        return None
    kind = metadata.tables[table].columns[column].type
    if isinstance(kind, Word):
        return kind.kind
    return bool if isinstance(kind, Boolean) else None


def text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="")


def day(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Date, nullable=not needed)


def word(name: str, kind: type[StrEnum], *, needed: bool = True) -> Column[Any]:
    return Column(name, Word(kind), nullable=not needed)


def listed(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False, default=list, server_default="[]")


def flag(name: str, *, default: bool = False) -> Column[Any]:
    return Column(name, Boolean, nullable=False, default=default, server_default="1" if default else "0")


def number(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=not needed)


def fen(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=not needed)


def recorded(*, needed: bool = True) -> list[Column[Any]]:
    return [number("by_id", needed=needed), Column("recorded_at", DateTime, nullable=not needed)]


def refers(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["centre_id", column], [f"{table}.centre_id", f"{table}.id"])


def record(name: str, *parts: Any) -> Table:
    """A table whose rows others may refer to: its own key, the centre's, and a uid for exchange."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("centre_id", Integer, ForeignKey("centres.id"), nullable=False),
        Column("uid", String, nullable=False),
        UniqueConstraint("centre_id", "id"),
        UniqueConstraint("centre_id", "uid"),
        *parts,
    )


def fact(name: str, *parts: Any) -> Table:
    """A table of facts of the centre to which nothing else refers."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("centre_id", Integer, ForeignKey("centres.id"), nullable=False),
        *parts,
    )


def part(name: str, whole: str, key: str, *parts: Any, referred: bool = False) -> Table:
    """A table whose rows are part of one row of `whole`; `referred` where it has parts of its own."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("centre_id", Integer, nullable=False),
        Column(key, Integer, nullable=False),
        *parts,
        refers(key, whole),
        *([UniqueConstraint("centre_id", "id")] if referred else []),
        Index(None, "centre_id", key),
    )


def part_of_case(name: str, *parts: Any, referred: bool = False) -> Table:
    return part(name, "cases", "case_id", *parts, referred=referred)
