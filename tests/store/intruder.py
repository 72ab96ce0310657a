"""Somebody with the file and its key, who knows the store well: what they do goes past the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from mediation_desk.domain.audit import FIRST_HASH
from mediation_desk.store.audit import entry_of
from mediation_desk.store.database import Database

_ENTRY = "no, kind, at, by_id, origin, what, told, case_id, digest, changes, hash"


@contextmanager
def unnoticed(database: Database) -> Iterator[Connection]:
    """A transaction without triggers; they are as before when it ends."""
    with database._engine.begin() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("set local session_replication_role = replica")
            yield connection
            return
        found = connection.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'")
        triggers = found.all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"drop trigger {name}")
        yield connection
        for _, statement in triggers:
            connection.exec_driver_sql(statement)


def run(database: Database, *statements: str) -> None:
    """Run statements without triggers."""
    with unnoticed(database) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def run_noticed(database: Database, *statements: str) -> None:
    """Run statements as any other program would that does not know of the triggers."""
    with database._engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def one(database: Database, question: str) -> Any:
    with database.reading() as records:
        return records.connection.exec_driver_sql(question).scalar_one()


def head_no(database: Database) -> int:
    return int(one(database, "select no from audit_heads"))


def set_head_to_the_last(database: Database) -> None:
    run(
        database,
        "update audit_heads set no = (select max(no) from audit)",
        "update audit_heads set hash = (select hash from audit where audit.no = audit_heads.no)",
    )


def write_the_chain_anew(database: Database) -> None:
    """Make every hash follow from the one before, whatever the entries say now."""
    with unnoticed(database) as connection:
        last = FIRST_HASH
        for row in connection.exec_driver_sql(f"select {_ENTRY} from audit order by no").all():
            entry = entry_of(row)
            last = entry.hash_after(last)
            connection.exec_driver_sql(f"update audit set hash = '{last}' where no = {entry.no}")
    set_head_to_the_last(database)
