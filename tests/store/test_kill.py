"""Killing the program at any moment loses nothing it said was saved."""

import multiprocessing
import shutil
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from random import Random

from sqlalchemy import text

from mediation_desk.store.database import open_store
from tests.desk import uid
from tests.store import killed

KILLS = 12


def starting() -> SpawnContext | ForkServerContext:
    """How programs are started: quickly, from one that has already imported everything, where there is such a way."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([killed.__name__])
    return context


def acknowledged(told: Connection) -> list[tuple[str, int]]:
    """All that was told before the end; a word cut short was not told."""
    heard: list[tuple[str, int]] = []
    try:
        while True:
            heard.append(told.recv())
    except (EOFError, OSError):
        return heard


def test_whatever_was_acknowledged_is_there_after_a_kill(furnished_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(furnished_store, tmp_path / "desk.db"))
    context = starting()
    chance = Random(1)
    told: list[tuple[str, int]] = []
    first = 1000
    for _ in range(KILLS):
        ours, theirs = context.Pipe(duplex=False)
        program = context.Process(target=killed.save_for_ever, args=(path, first, theirs))
        program.start()
        theirs.close()
        heard = [ours.recv() for _ in range(chance.randint(1, 8))]
        ours.poll(chance.random() / 500)
        program.kill()
        heard += acknowledged(ours)
        program.join()
        ours.close()
        told += heard
        first = heard[-1][1] + 2
    check(path, told)


def check(path: Path, told: list[tuple[str, int]]) -> None:
    database = open_store(path)
    with database.reading() as records:
        cases = {number for what, number in told if what == "case"}
        drafts = {number for what, number in told if what == "draft"}
        assert len(cases) >= KILLS
        for number in cases:
            case_id = records.cases.id_of_uid(uid(number))
            assert case_id is not None
            assert records.cases.get(case_id).number
        for number in drafts:
            draft = records.drafts.find(uid(number))
            became_a_case = number % 2 == 0 and records.cases.id_of_uid(uid(number)) is not None
            assert draft is None if became_a_case else draft is not None and draft.content == {"number": number}
        issued = records.connection.execute(text("select seq from issued_numbers order by seq")).scalars().all()
        assert list(issued) == list(range(1, len(records.cases.ids()) + 1))
        assert records.connection.execute(text("pragma integrity_check")).scalars().all() == ["ok"]
        assert records.connection.execute(text("pragma foreign_key_check")).all() == []
    database.close()
