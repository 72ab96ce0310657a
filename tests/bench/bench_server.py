"""Eight desks save at a server, beside the same statements sent by the bare driver.

Goal: ≥ 0.5 × the saves per second of bare psycopg with the very statements, and every number there once, without gaps.
A save is a registration (case, two parties, event) with a number taken last, with all that is kept of it (search words,
keys, counts, log), in one transaction with synchronous_commit=on, on a server that waits for its disk. The bare driver
repeats what a desk was seen to send, with ids and numbers of its own; it builds nothing and judges nothing.

MEDIATION_DESK_BENCH_SECONDS says how long the desks save (300); the bare driver has a tenth of it before and after.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from mediation_desk.domain.case import IssuedNumber, NumberKind
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.intake import take_in
from mediation_desk.store.address import ServerAddress, read_address
from mediation_desk.store.database import Database, create_at, open_at
from mediation_desk.store.insertion import insert_whole
from mediation_desk.store.records import Records
from mediation_desk.store.server import connection_settings
from tests.desk import Desk, intake, uid
from tests.engines import Cluster

SECONDS = float(os.environ.get("MEDIATION_DESK_BENCH_SECONDS", "300"))
DESKS = 8
LEAST = 0.5
_AT_A_DESK = 100_000_000
_FAR = 1_000_000
_KNOWN = re.compile(rf"{uid(2)}|[0-9]{{7,}}")
"""Ids are counted from beyond it, so that each is known by itself wherever it stands in a statement."""

Script = list[tuple[str, list[Any], list[list[Any]]]]
"""What a save sends: statement, values (of one run, or of several), and the rows that came back."""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster(durable=True)
    yield made
    made.close()


def test_eight_desks_save_as_fast_as_half_the_bare_driver(cluster: Cluster, rules: Rules, tmp_path: Path) -> None:
    address = cluster.new_database()
    database = create_at(address)
    Desk(database, rules).furnish()
    _count_from_afar(cluster, address)
    script = tmp_path / "script.json"
    script.write_text(json.dumps(_seen(database, rules)), encoding="utf-8")
    ways = (("bare", SECONDS / 10), ("desk", SECONDS), ("bare", SECONDS / 10))
    before, ours, after = (_measure(address, turn, way, script, seconds) for turn, (way, seconds) in enumerate(ways))
    bare = (before[0] + after[0]) / 2
    with cluster.connect(address.database) as connection:
        found = connection.execute("select seq from issued_numbers order by seq").fetchall()
    numbers = [row[0] for row in found]
    database.close()
    for called, (rate, middle, slow, count) in (("desks", ours), ("bare", before), ("bare", after)):
        print(f"\n{DESKS} {called}: {rate:.0f} saves/s, p50 {middle:.1f} ms, p99 {slow:.1f} ms, {count} saves", end="")
    print(f"\nratio {ours[0] / bare:.2f} (goal ≥ {LEAST})")
    assert len(numbers) == before[3] + ours[3] + after[3] + 2
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert ours[0] / bare >= LEAST


def _measure(
    address: ServerAddress, turn: int, way: str, script: Path, seconds: float
) -> tuple[float, float, float, int]:
    """Saves a second of all desks together, p50 and p99 in milliseconds, and how many there were."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.bench.bench_server", way, str(address), str(script)]
    programs = [
        subprocess.Popen(
            [*command, str((turn * DESKS + number) * _AT_A_DESK), str(seconds)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(1, DESKS + 1)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    taken: list[float] = []
    for program in programs:
        said, _ = program.communicate()
        assert program.returncode == 0
        taken += json.loads(said)
    taken.sort()
    return len(taken) / seconds, statistics.median(taken), taken[int(len(taken) * 0.99)], len(taken)


# --- a save, and what it sends


def _save(database: Database, rules: Rules, number: int) -> None:
    act = Desk(database, rules).act

    def step(records: Records) -> None:
        case = take_in(records, act, intake(number))
        seq = records.numbers.next(act.centre_id, 1, NumberKind.CASE, act.today.year)
        text = f"（{act.today.year}）示人调字第{seq}号"
        issued: Any = IssuedNumber(
            committee_id=1, kind=NumberKind.CASE, year=act.today.year, seq=seq, text=text, by_id=1, issued_at=act.at
        )
        issued.centre_id, issued.case_id = act.centre_id, case.id
        insert_whole(records.connection, issued)

    database.do(step)


def _count_from_afar(cluster: Cluster, address: ServerAddress) -> None:
    """Every id and number from here on is beyond `_FAR`, each kind in a million of its own."""
    with cluster.connect(address.database) as connection:
        connection.execute(
            "select setval(format('public.%%I', sequencename), %s * row_number() over (order by sequencename)) "
            "from pg_sequences where schemaname = 'public'",
            (_FAR * 10,),
        )
        connection.execute("update audit_heads set no = %s", (_FAR * 9,))
        counter = "insert into counters (centre_id, committee_id, kind, year, last) values (1, 1, 'case', 2026, %s)"
        connection.execute(counter, (_FAR * 8,))


def _seen(database: Database, rules: Rules) -> Script:
    """What the second save of a desk sends; the first one only makes the driver ready."""
    script: Script = []

    class Recorder(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            script.append((str(query), [_plain(list(params or []))], []))
            return super().execute(query, params, **options)

        def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
            rows = [list(each) for each in params_seq]
            script.append((str(query), [_plain(each) for each in rows], []))
            super().executemany(query, rows, **options)

        def fetchone(self) -> Any:
            row = super().fetchone()
            if row is not None:
                script[-1][2].append(_plain(list(row)))
            return row

        def fetchall(self) -> Any:
            rows = super().fetchall()
            script[-1][2].extend(_plain(list(row)) for row in rows)
            return rows

    def watch(connection: Any, *_: object) -> None:
        connection.cursor_factory = Recorder

    database.close()
    event.listen(database._engine, "connect", watch)
    _save(database, rules, 1)
    script.clear()
    _save(database, rules, 2)
    event.remove(database._engine, "connect", watch)
    database.close()
    return [each for each in script if each[0] not in {";", ""}]


def _plain(values: list[Any]) -> list[Any]:
    """Values as a script can keep them: JSON by its text, days and times as PostgreSQL reads them."""
    known = (int, float, str, bool, type(None))
    return [value if isinstance(value, known) else _told(value) for value in values]


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return _plain(value)
    return json.dumps(value.obj, ensure_ascii=False) if hasattr(value, "obj") else str(value)


def _repeat(connection: "psycopg.Connection[Any]", script: Script, number: int) -> None:
    """The same save again, with the ids and numbers that come back this time."""
    new: dict[Any, Any] = {uid(2): uid(number)}  # ids under their text too
    with connection.transaction(), connection.cursor() as cursor:
        for statement, runs, expected in script:
            values = [[_with(value, new) for value in run] for run in runs]
            if len(values) > 1:
                cursor.executemany(statement, values)
            else:
                cursor.execute(statement, values[0])
            if expected:
                for was, now in zip(expected[0], cursor.fetchone() or (), strict=True):
                    if isinstance(was, int) and was > _FAR and was != now:
                        new |= {was + more: now + more for more in range(4)}
                        new |= {str(was + more): str(now + more) for more in range(4)}


def _with(value: Any, new: dict[Any, Any]) -> Any:
    if isinstance(value, str):
        return _KNOWN.sub(lambda found: new.get(found[0], found[0]), value)
    if isinstance(value, list):
        return [_with(each, new) for each in value]
    return new.get(value, value) if isinstance(value, int) else value


# --- a program of its own


def main(way: str, address: str, script: Path, first: int, seconds: float) -> None:
    server = read_address(address)
    assert isinstance(server, ServerAddress)
    save = _bare(server, script) if way == "bare" else _at_a_desk(server)
    print("ready", flush=True)
    sys.stdin.readline()
    taken: list[float] = []
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        save(first + len(taken))
        taken.append((time.monotonic() - began) * 1000)
    print(json.dumps(taken))


def _at_a_desk(server: ServerAddress) -> Callable[[int], None]:
    rules = load_rules(resource("rules"))
    database = open_at(server)
    return lambda number: _save(database, rules, number)


def _bare(server: ServerAddress, script: Path) -> Callable[[int], None]:
    told: Script = [(each[0], each[1], each[2]) for each in json.loads(script.read_text(encoding="utf-8"))]
    connection = psycopg.connect(
        host=server.host, dbname=server.database, user=server.user, port=server.port, **connection_settings(server)
    )
    return lambda number: _repeat(connection, told, number)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
