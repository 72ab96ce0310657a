"""What is done for the file of a store while nobody saves."""

from contextlib import closing
from pathlib import Path

import pytest

from mediation_desk.store import upkeep
from mediation_desk.store.database import Database
from mediation_desk.store.sqlite_file import connect
from mediation_desk.store.upkeep import ballast_of, fold_log, free_bytes, give_ballast_up, set_ballast_aside
from tests.desk import Desk

pytestmark = pytest.mark.file_only


def log_of(database: Database) -> int:
    assert database.path is not None
    return database.path.with_name(database.path.name + "-wal").stat().st_size


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any log is worth folding."""
    monkeypatch.setattr(upkeep, "_WORTH_FOLDING", 1)


@pytest.mark.usefixtures("soon")
def test_a_grown_log_is_folded_in_and_gives_its_room_back(desk: Desk) -> None:
    desk.registered()
    assert log_of(desk.database) > 0
    fold_log(desk.database)
    assert log_of(desk.database) == 0


@pytest.mark.usefixtures("soon")
def test_while_somebody_reads_what_is_possible_is_folded_in_and_nobody_waits(desk: Desk) -> None:
    desk.registered()
    assert desk.database.path is not None
    with closing(connect(desk.database.path, desk.database.key)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from cases").fetchone()
        fold_log(desk.database)
        assert log_of(desk.database) > 0
    fold_log(desk.database)
    assert log_of(desk.database) == 0


def test_a_small_log_is_left_alone(desk: Desk) -> None:
    desk.registered()
    fold_log(desk.database)
    assert log_of(desk.database) > 0


def test_what_cannot_be_written_or_lies_elsewhere_is_left_alone(desk: Desk) -> None:
    fold_log(Database(None, desk.database._engine))
    fold_log(Database(desk.database.path, desk.database._engine, "只读"))
    desk.database.close()
    fold_log(desk.database)  # has no log now


def test_the_ballast_is_set_aside_once_and_given_up_once(tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    set_ballast_aside(store, 1024 * 1024)
    made = ballast_of(store).stat()
    set_ballast_aside(store, 2 * 1024 * 1024)
    assert ballast_of(store).stat() == made
    assert made.st_size == 1024 * 1024
    assert give_ballast_up(store)
    assert not give_ballast_up(store)


def test_where_room_is_scarce_no_ballast_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "free_bytes", lambda _: 1024**2)
    set_ballast_aside(tmp_path / "desk.db", 1024)
    assert not ballast_of(tmp_path / "desk.db").exists()


def test_a_disk_that_is_gone_has_no_free_bytes_to_tell(tmp_path: Path) -> None:
    assert (free_bytes(tmp_path) or 0) > 0
    assert free_bytes(tmp_path / "gone") is None
