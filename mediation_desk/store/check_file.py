"""Checks of the file or the server's own tables, below the meaning of what they hold, and of the end of the log."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, func, select, text

from mediation_desk.domain.audit import FIRST_HASH
from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.store.copying import Progress, Stopped
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.sqlite_file import connect
from mediation_desk.store.troubles import said_plainly
from mediation_desk.store.trust_schema import audit, audit_heads, row_changes

_INSTRUCTIONS = 100_000  # of SQLite's machine, between two words of progress
_OF_AN_INDEX = re.compile(r"(?:row \d+ missing from|wrong # of entries in) index (\w+)")
_DAMAGED = "数据文件有{0}处损坏。请停止录入，关闭程序后重新打开，按提示恢复；损坏的文件会原样留着。"


def pages(database: Database, progress: Progress) -> Iterator[Trouble]:
    """What the engine itself says. A plain file has no sums: a flipped bit shows only where it breaks the structure."""
    if database.path is None:
        yield from _of_server(database)
        return
    said = _said_by_sqlite(database, progress)
    indexes = {found[1] for line in said if (found := _OF_AN_INDEX.search(line))}
    damaged = sum(not _OF_AN_INDEX.search(line) for line in said)
    if damaged:
        yield Trouble(check=Check.FILE, sentence=_DAMAGED.format(damaged))
        return
    for index in sorted(indexes):
        yield Trouble(check=Check.INDEXES, sentence=f"索引“{index}”与内容不符，查找可能漏掉记录。", key=index)


def _said_by_sqlite(database: Database, progress: Progress) -> list[str]:
    """On a connection of its own: one that met a damaged page of an encrypted file can read nothing any more."""
    assert database.path is not None
    with said_plainly(saving=False), closing(connect(database.path, database.key, writable=False)) as connection:
        stopped: list[Stopped] = []

        def go_on() -> bool:
            try:
                progress(0.5)
            except Stopped as stop:
                stopped.append(stop)
            return bool(stopped)

        connection.set_progress_handler(go_on, _INSTRUCTIONS)
        said: list[str] = []
        try:
            if database.key is not None:
                said += [line for (line,) in connection.execute("pragma cipher_integrity_check")]
            if not said:
                said += [line for (line,) in connection.execute("pragma integrity_check") if line != "ok"]
        except driver.OperationalError:
            if stopped:
                raise stopped[0] from None
            raise
        return said


def _of_server(database: Database) -> Iterator[Trouble]:
    with database.reading() as records:
        failures = _number(
            records.connection, "select checksum_failures from pg_stat_database where datname = current_database()"
        )
        if failures:
            yield Trouble(
                check=Check.FILE, sentence=f"数据服务器报告有{failures}个损坏的页。请停止录入，联系服务器管理员。"
            )
        broken = "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid"
        for index in records.connection.execute(text(broken)).scalars():
            sentence = f"索引“{index}”没有建完，查找可能漏掉记录。"
            yield Trouble(check=Check.INDEXES, sentence=sentence, key=index)


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(text(query)).scalar() or 0)


def make_indexes_anew(records: Records, keys: list[int | str]) -> None:
    is_file = records.connection.dialect.name == "sqlite"
    for key in keys:
        records.connection.exec_driver_sql(f'reindex {"" if is_file else "index "}"{key}"')


def references(database: Database, _: Progress) -> Iterator[Trouble]:
    """Rows that refer to one that is not there. A server never lets them come about."""
    if database.path is None:
        return
    with database.reading() as records:
        found: list[Any] = list(records.connection.exec_driver_sql("pragma foreign_key_check"))
    for table, row_id, whole, _no in found:
        yield Trouble(
            check=Check.REFERENCES,
            sentence=f"“{table}”的第{row_id}行所属的“{whole}”记录不在。请联系管理员核对备份。",
            key=f"{table}:{row_id}",
        )


def unlogged(database: Database, _: Progress) -> Iterator[Trouble]:
    """What another program changed since the last step; the next one logs it."""
    with database.reading() as records:
        number = records.session.execute(select(func.count()).select_from(row_changes)).scalar_one()
    if number:
        yield Trouble(
            check=Check.UNLOGGED, sentence=f"有{number}行被别的程序改动，还没有记入日志。请主任查明是谁改的。"
        )


def log(database: Database, _: Progress) -> Iterator[Trouble]:
    """Whether the log ends where its head says. What lies before the end is told by `verify`."""
    with database.reading() as records:
        heads = records.session.execute(select(audit_heads.c.centre_id, audit_heads.c.no, audit_heads.c.hash)).all()
        for centre_id, no, last in heads:
            of_centre = audit.c.centre_id == centre_id
            query = select(audit.c.no, audit.c.hash).where(of_centre).order_by(audit.c.no.desc()).limit(1)
            entry = records.session.execute(query).first() or (0, FIRST_HASH)
            number = records.session.execute(select(func.count()).select_from(audit).where(of_centre)).scalar_one()
            if tuple(entry) != (no, last) or number != no:
                yield Trouble(
                    check=Check.LOG,
                    sentence=f"日志应有{no}条，实有{number}条，或末条与记载不符：可能有人动过。"
                    "请联系管理员，用“核验日志”逐条核对。",
                )
