"""Saving a registration beside the same rows written by the bare driver with the same pragmas.

Goal: `take_in` (case, two parties, event) in a transaction of its own ≤ 2.0 × the bare rows, of the same machine and
moment. Both write into stores of their own, by turns.
"""

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mediation_desk.domain.rules import Rules
from mediation_desk.services.intake import take_in
from mediation_desk.store.database import _connect, open_store
from tests.desk import Desk, intake, uid

ROUNDS, WARM_UP = 1500, 100
MOST = 2.0


def test_saving_a_registration(furnished_store: Path, tmp_path: Path, rules: Rules) -> None:
    desk = Desk(open_store(Path(shutil.copy(furnished_store, tmp_path / "desk.db"))), rules)
    bare = _connect(Path(shutil.copy(furnished_store, tmp_path / "bare.db")))
    desk.registered()
    rows = _rows_of_one_case(tmp_path / "desk.db")
    typed = [intake(1000 + number) for number in range(WARM_UP + ROUNDS)]

    def write(number: int) -> None:
        bare.execute("begin immediate")
        case_id = None
        for statement, values in rows:
            written = bare.execute(statement, values | {"uid": uid(1000 + number), "case_id": case_id})
            case_id = case_id or written.lastrowid
        bare.execute("commit")

    def save(number: int) -> None:
        desk.do(take_in, typed[number])

    floor, ours = _milliseconds(write, save)
    counts = [_count(path) for path in (tmp_path / "bare.db", tmp_path / "desk.db")]
    bare.close()
    desk.database.close()
    print(f"\nregistration: {ours:.3f} ms; bare rows {floor:.3f} ms; ratio {ours / floor:.2f} (goal {MOST})")
    assert counts == [ROUNDS + WARM_UP, ROUNDS + WARM_UP + 1]
    assert ours / floor <= MOST


def _rows_of_one_case(store: Path) -> list[tuple[str, dict[str, Any]]]:
    """The statements, with their values, that write the one case of `store` again: the case, its parties, its event."""
    connection = _connect(store, writable=False)
    rows = []
    for table in ("cases", "parties", "events"):
        found = connection.execute(f"select * from {table} order by id")
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            values = {name: value for name, value in zip(names, row, strict=True) if name != "id"}
            blanks = ", ".join(f":{name}" for name in values)
            rows.append((f"insert into {table} ({', '.join(values)}) values ({blanks})", values))
    connection.close()
    return rows


def _milliseconds(*ways: Callable[[int], None]) -> list[float]:
    """The median time of each way of saving."""
    taken: list[list[float]] = [[] for _ in ways]
    for number in range(WARM_UP + ROUNDS):
        for way, times in zip(ways, taken, strict=True):
            begun = time.perf_counter()
            way(number)
            times.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(times[WARM_UP:]) for times in taken]


def _count(store: Path) -> int:
    connection = _connect(store, writable=False)
    count = connection.execute("select count(*) from cases").fetchone()[0]
    connection.close()
    return int(count)
