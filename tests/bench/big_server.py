"""Makes the store of `big_store.py` on a PostgreSQL server: `python -m tests.bench.big_server --cases N ADDRESS`.

The address names an empty database. Rows come by COPY, without triggers; indexes are made when they are all there.
"""

import json
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Integer

from mediation_desk.domain.search_words import tokens_of
from mediation_desk.store.address import ServerAddress, read_address
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import create_at, open_store
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.search_rows import read_documents
from mediation_desk.store.sqlite_file import connect
from tests.bench.big_store import DONORS, KEY, Planner, make_big_store, pour, read_house


class ServerSink:
    """Writes rows by COPY; values come as a file keeps them, and PostgreSQL reads those as they are."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def put(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with self._connection.cursor() as cursor, cursor.copy(f"copy {table} ({names}) from stdin".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def put_words(self, words: Sequence[tuple[int, str]]) -> None:
        rows = [(1, case_id, " ".join(f"'{token}'" for token in told.split())) for case_id, told in words]
        self.put("case_search", ("centre_id", "case_id", "words"), rows)

    def put_keys(self, keys: Sequence[tuple[str, int]]) -> None:
        self.put("party_keys", ("centre_id", "key", "case_id"), [(1, *row) for row in keys])

    def finish(self) -> None:
        """All rows are in their places."""

    def run(self, sql: str) -> None:
        self._connection.execute(sql.encode())


def make_big_server(address: ServerAddress, cases: int, *, chance: int = 1, programs: int = 2) -> None:
    """Make a store of so many cases in the empty database at `address`."""
    create_at(address).close()
    place = psycopg.connect(host=address.host, port=address.port, dbname=address.database, user=address.user)
    with tempfile.TemporaryDirectory() as folder, place as connection:
        donors = Path(folder) / "donors.db"
        make_big_store(donors, min(cases, DONORS), chance=chance)
        sink = ServerSink(connection)
        sink.run("set session_replication_role = replica")
        later = _strip(connection)
        with closing(connect(donors, KEY)) as source:
            _copy_donors(source, sink)
            sink.put_words(_words_of_donors(donors))
            house = read_house(source, chance)
            head = source.execute("select no, hash from audit_heads").fetchone()
            pour(sink, house, Planner(source, house), head, cases, programs)
        for statement in later:
            sink.run(statement)
        for table in metadata.tables.values():
            if "id" in table.columns and isinstance(table.columns["id"].type, Integer):
                sink.run(
                    f"select setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"(select coalesce(max(id), 0) + 1 from {table.name}), false)"
                )
    with psycopg.connect(
        host=address.host, port=address.port, dbname=address.database, user=address.user, autocommit=True
    ) as connection:
        connection.execute("vacuum analyze")


def _copy_donors(source: Any, sink: ServerSink) -> None:
    for table in metadata.sorted_tables:
        if table.name == "watched_columns":  # made with the tables
            continue
        found = source.execute(f"select * from {table.name}")
        columns = [column[0] for column in found.description]
        sink.put(table.name, columns, found.fetchall())


def _words_of_donors(donors: Path) -> list[tuple[int, str]]:
    with closing(open_store(donors, KEY)) as database, database.reading() as records:
        documents = read_documents(Cursor(records.connection), records.cases.ids())
    return [(case_id, " ".join(tokens_of(document))) for case_id, document in documents.items()]


def _strip(connection: "psycopg.Connection[Any]") -> list[str]:
    """Take those indexes off that no key is made of; returns what puts them back."""
    found = connection.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i "
        "join pg_class c on c.oid = i.indexrelid where not i.indisunique and not c.relispartition "
        "and c.relnamespace = 'public'::regnamespace"
    ).fetchall()
    for name, _ in found:
        connection.execute(f"drop index {name}".encode())
    return [text.replace(" ON ONLY ", " ON ") for _, text in found]  # with those of the partitions


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--cases", type=int, default=1_000_000)
    options = parser.parse_args()
    address = read_address(options.address)
    assert isinstance(address, ServerAddress)
    begun = time.perf_counter()
    make_big_server(address, options.cases)
    print(json.dumps({"cases": options.cases, "seconds": round(time.perf_counter() - begun)}))


if __name__ == "__main__":
    main()
