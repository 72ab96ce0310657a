"""Files that are torn, cut, flipped or zeroed: a store opens on whole steps, or says that it is damaged."""

import shutil
from pathlib import Path
from random import Random

import pytest

from mediation_desk.domain.damage import Damage
from mediation_desk.domain.errors import DeskError
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.diagnosis import PAGE, diagnose
from tests.desk import Desk
from tests.faults.stores import (
    ALL,
    KINDS,
    RULES,
    clear,
    furnished,
    has_whole_case,
    is_sound,
    numbers_without_gaps,
    save_case,
)

TRIALS = 200 if ALL else 12
NUMBERS = range(1, 17, 2)


class Writing:
    """A store as it is while somebody works: the file, its log, and how long that was after each case."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.key = KINDS[kind]
        self.path = Path(shutil.copy(furnished(folder, kind), folder / f"{kind}.working.db"))
        database = open_store(self.path, self.key)
        desk = Desk(database, RULES)
        log = self.path.with_name(self.path.name + "-wal")
        self.ends = []
        for number in NUMBERS:
            save_case(desk, number)
            self.ends.append(log.stat().st_size)
        self.file, self.log = self.path.read_bytes(), log.read_bytes()
        database.close()
        self.closed = self.path.read_bytes()

    def lay(self, path: Path, file: bytes, log: bytes = b"") -> Path:
        clear(path)
        path.write_bytes(file)
        if log:
            path.with_name(path.name + "-wal").write_bytes(log)
        return path

    def saved_before(self, place: int) -> int:
        """How many cases were whole when the log was that long."""
        return sum(end <= place for end in self.ends)


@pytest.fixture(scope="module", params=KINDS)
def writing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Writing:
    return Writing(tmp_path_factory.mktemp("torn"), str(request.param))


def number_there(database: Database) -> int:
    """How many of the cases are there; those that are must be the first ones, and whole."""
    there = [has_whole_case(database, number) for number in NUMBERS]
    assert there == sorted(there, reverse=True)
    assert numbers_without_gaps(database)
    return sum(there)


def test_a_log_that_is_cut_anywhere_opens_on_a_whole_step(writing: Writing, tmp_path: Path) -> None:
    chance = Random(1)
    for _ in range(TRIALS):
        place = chance.randrange(len(writing.log))
        path = writing.lay(tmp_path / "desk.db", writing.file, writing.log[:place])
        database = open_store(path, writing.key)
        assert number_there(database) == writing.saved_before(place)
        database.close()
        assert is_sound(path, writing.key)


@pytest.mark.parametrize("bits", [1, 0xFF])
def test_a_log_that_is_torn_anywhere_opens_on_a_whole_step(writing: Writing, tmp_path: Path, bits: int) -> None:
    chance = Random(2)
    for _ in range(TRIALS):
        place = chance.randrange(32, len(writing.log))
        log = bytearray(writing.log)
        log[place] ^= bits
        path = writing.lay(tmp_path / "desk.db", writing.file, bytes(log))
        database = open_store(path, writing.key)
        assert writing.saved_before(place) <= number_there(database) <= len(NUMBERS)
        database.close()
        assert is_sound(path, writing.key)


def test_without_its_log_a_store_opens_on_what_it_was_before(writing: Writing, tmp_path: Path) -> None:
    path = writing.lay(tmp_path / "desk.db", writing.file)
    database = open_store(path, writing.key)
    assert number_there(database) < len(NUMBERS)
    database.close()


def test_a_zeroed_page_is_always_noticed(writing: Writing, tmp_path: Path) -> None:
    chance = Random(3)
    for _ in range(TRIALS):
        content = bytearray(writing.closed)
        start = chance.randrange(1, len(content) // PAGE) * PAGE
        content[start : start + PAGE] = bytes(PAGE)
        path = writing.lay(tmp_path / "desk.db", bytes(content))
        assert diagnose(path, writing.key).damage is Damage.PAGES


def test_a_flipped_bit_is_always_noticed_in_an_encrypted_store(writing: Writing, tmp_path: Path) -> None:
    """A plain one has no sums: it says what it can, and never ends in a defect."""
    chance = Random(4)
    for _ in range(TRIALS):
        content = bytearray(writing.closed)
        content[chance.randrange(PAGE, len(content))] ^= 1 << chance.randrange(8)
        path = writing.lay(tmp_path / "desk.db", bytes(content))
        if writing.key is not None:
            assert diagnose(path, writing.key).damage is Damage.PAGES
        else:
            try:
                database = open_store(path)
                with database.reading() as records:
                    records.cases.ids()
                database.close()
            except DeskError:
                assert diagnose(path).is_harmed


def test_a_file_that_is_cut_anywhere_is_always_noticed(writing: Writing, tmp_path: Path) -> None:
    chance = Random(5)
    for _ in range(TRIALS):
        path = writing.lay(tmp_path / "desk.db", writing.closed[: chance.randrange(PAGE, len(writing.closed) - 1)])
        assert diagnose(path, writing.key).is_harmed
