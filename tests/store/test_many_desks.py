"""Eight desks, each a program of its own, save at once: no number is lost, doubled or skipped, whatever happens."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import sleep

import pytest

from mediation_desk.store.address import ServerAddress
from mediation_desk.store.audit import verify
from mediation_desk.store.database import Database
from tests.desk import Desk
from tests.engines import Server

pytestmark = pytest.mark.server_only

DESKS = 8
EACH = 8


@pytest.fixture
def store(engine: Server, desk: Desk) -> ServerAddress:
    return engine.address(desk.database)


def desks(address: ServerAddress, each: int) -> list["subprocess.Popen[bytes]"]:
    """Programs that have opened the store, and save `each` cases now.

    Without a buffer: what is read ahead beside "ready" would be lost to `communicate`, and a number with it.
    """
    command = [sys.executable, "-X", "utf8", "-m", "tests.store.saving", str(address)]
    root = Path(__file__).parents[2]
    started = [
        subprocess.Popen([*command, str(number), str(each)], cwd=root, stdout=subprocess.PIPE, bufsize=0)
        for number in range(DESKS)
    ]
    for program in started:
        assert program.stdout is not None
        assert program.stdout.readline().rstrip() == b"ready"
    return started


def acknowledged(programs: list["subprocess.Popen[bytes]"]) -> list[str]:
    told: list[str] = []
    for program in programs:
        said, _ = program.communicate(timeout=300)
        assert program.returncode == 0
        told += said.decode().splitlines()
    return told


def expect_no_gap(database: Database, told: list[str]) -> None:
    """Every number that a desk was told is there once, with its case, and none is missing between."""
    with database.reading() as records:
        rows = records.connection.exec_driver_sql("select seq, text, case_id from issued_numbers order by seq").all()
        cases = [records.cases.get(case_id) for case_id in records.cases.ids()]
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert Counter(told) == Counter(row.text for row in rows)
    assert sorted(case.number for case in cases) == sorted(told)
    assert {case.number: case.id for case in cases} == {row.text: row.case_id for row in rows}
    assert list(verify(database)) == []


def test_eight_desks_save_at_once(store: ServerAddress, desk: Desk) -> None:
    told = acknowledged(desks(store, EACH))
    assert len(told) == DESKS * EACH
    expect_no_gap(desk.database, told)


def test_connections_are_cut_again_and_again_meanwhile(engine: Server, store: ServerAddress, desk: Desk) -> None:
    programs = desks(store, EACH)
    for _ in range(4):
        sleep(0.4)  # else nobody ever gets to the end of a step
        engine.cut_all(desk.database)
    told = acknowledged(programs)
    assert len(told) == DESKS * EACH
    expect_no_gap(desk.database, told)


def test_the_server_is_killed_and_comes_back_meanwhile(engine: Server, store: ServerAddress, desk: Desk) -> None:
    programs = desks(store, EACH)
    for _ in range(2):
        sleep(0.4)
        engine.cluster.stop("immediate")  # what it handed to the system is on the disk all the same
        engine.cluster.start()
    told = acknowledged(programs)
    assert len(told) == DESKS * EACH
    expect_no_gap(desk.database, told)
