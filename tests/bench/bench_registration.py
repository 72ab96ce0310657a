"""Saving a registration beside the same rows written by the bare driver with the same pragmas, encrypted.

Goal: `take_in` (case, two parties, event, search words, keys, log) in a transaction of its own ≤ 2.0 × the bare rows,
of the same machine and moment, synchronous=FULL. Both write into stores of their own, by turns; the triggers fire for
both.
"""

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mediation_desk.domain.rules import Rules
from mediation_desk.domain.search_words import tokens_of
from mediation_desk.services.intake import take_in
from mediation_desk.store.database import create, open_store
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.search_rows import read_documents
from mediation_desk.store.sqlite_file import connect
from tests.bench.big_store import KEY
from tests.desk import Desk, intake, uid

ROUNDS, WARM_UP = 1500, 100
MOST = 2.0
_COPIED = ("cases", "parties", "events")
_STORY = (
    "来访人反映：楼上住户家中水管老化，自今年八月起多次漏水，天花板、墙面和衣柜被泡，双方在楼道里发生争吵，"
    "社区居委会上门调解过一次，对方答应修理但是一直没有动工，现在要求对方尽快修好并且赔偿损失。"
)


def test_saving_a_registration(tmp_path: Path, rules: Rules) -> None:
    begun = create(tmp_path / "desk.db", KEY)
    Desk(begun, rules).furnish()
    begun.close()
    shutil.copy(tmp_path / "desk.db", tmp_path / "bare.db")
    desk = Desk(open_store(tmp_path / "desk.db", KEY), rules)
    typed = [intake(1000 + number, matter=_STORY) for number in range(WARM_UP + ROUNDS)]
    desk.do(take_in, intake(1, matter=_STORY))
    rows, kept = _rows_of_one_case(desk)
    bare = connect(tmp_path / "bare.db", KEY)

    def write(number: int) -> None:
        bare.execute("begin immediate")
        case_id = None
        for statement, values in rows:
            written = bare.execute(statement, values | {"uid": uid(1000 + number), "case_id": case_id})
            case_id = case_id or written.lastrowid
        bare.execute("delete from row_changes")
        for statement, values in kept:
            bare.execute(statement, values | {"case_id": case_id, "no": 1000 + number})
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


_Statement = tuple[str, dict[str, Any]]


def _rows_of_one_case(desk: Desk) -> tuple[list[_Statement], list[_Statement]]:
    """What writes the one case of a store again: its rows, and whatever is kept of them."""
    with desk.database.reading() as records:
        cursor = Cursor(records.connection)
        rows = [each for table in _COPIED for each in _inserts(cursor, table, "id")]
        kept = _inserts(cursor, "audit", "")[-1:] + _inserts(cursor, "party_keys", "")
        [document] = read_documents(cursor, [1]).values()
    kept += [
        ("update audit_heads set no = :no, hash = hash", {}),
        ("update stage_counts set number = number + 1 where stage = 'registered'", {}),
        ("insert into case_search (rowid, words) values (:case_id, :words)", {"words": " ".join(tokens_of(document))}),
    ]
    return rows, kept


def _inserts(cursor: Cursor, table: str, key: str) -> list[_Statement]:
    found = cursor.run(f"select * from {table}")
    names = [column[0] for column in found.description]
    statements = []
    for row in found.fetchall():
        values = {name: value for name, value in zip(names, row, strict=True) if name != key}
        blanks = ", ".join(f":{name}" for name in values)
        statements.append((f"insert into {table} ({', '.join(values)}) values ({blanks})", values))
    return statements


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
    connection = connect(store, KEY, writable=False)
    count = connection.execute("select count(*) from cases").fetchone()[0]
    connection.close()
    return int(count)
