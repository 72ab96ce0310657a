"""Backing up into two folders, thinned and remembered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services import backup as service
from mediation_desk.services.backup import (
    BackedUp,
    back_up_first,
    back_up_now,
    catch_up,
    proven_files,
    try_second_folder,
)
from mediation_desk.store import key_file
from mediation_desk.store.backup import list_backups
from mediation_desk.store.backup_places import Places, write_places
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import Database, create
from tests.desk import NOW, Desk
from tests.keyed import with_key_file
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only


class House:
    """A desk whose store has two folders for its back-ups."""

    def __init__(self, desk: Desk, tmp_path: Path) -> None:
        assert desk.database.path is not None
        self.desk = desk
        self.store = desk.database.path
        self.first, self.second = tmp_path / "备份", tmp_path / "U盘"
        self.second.mkdir()
        write_places(self.store, Places(folder=self.first, second=self.second))

    def back_up(self, days: int = 0, reason: BackupReason = BackupReason.TIMED) -> BackedUp:
        now = NOW + timedelta(days=days)
        return back_up_now(self.desk.database, self.desk.rules, reason, now, pause=0)

    def catch_up(self) -> str:
        return catch_up(self.desk.database, self.desk.rules, NOW)


@pytest.fixture
def house(desk: Desk, tmp_path: Path) -> Iterator[House]:
    with with_key_file(desk.database, tmp_path):
        yield House(desk, tmp_path)


def test_a_back_up_lies_in_both_folders_and_is_remembered(house: House) -> None:
    told: list[float] = []
    done = back_up_now(house.desk.database, house.desk.rules, BackupReason.ASKED, NOW, pause=0, progress=told.append)
    assert done.trouble == ""
    assert list_backups(house.first, house.store) == [done.backup]
    [copy] = list_backups(house.second, house.store)
    assert copy.sha256 == done.backup.sha256
    with house.desk.database.reading() as records:
        standing = records.backups.standing()
    assert (standing.last_at, standing.has_news) == (NOW, False)
    assert told == sorted(told)
    assert told[-1] == 1


def test_both_folders_are_thinned(house: House) -> None:
    for day in range(3):
        house.back_up(day)
        house.back_up(day)
    for folder in (house.first, house.second):
        assert len(list_backups(folder, house.store)) == 4  # one each of the days before, all of today


def test_a_second_folder_that_is_gone_is_told_and_caught_up_with_when_it_is_back(house: House) -> None:
    house.second.rmdir()
    done = house.back_up()
    assert "备份写不进" in done.trouble
    assert done.backup.path.exists()
    assert "现在不在" in house.catch_up()
    house.second.mkdir()
    (house.second / f"{house.store.stem}-20261120-093000.db.part").write_bytes(b"pulled out")
    assert house.catch_up() == ""
    assert [each.file_name for each in list_backups(house.second)] == [done.backup.file_name]
    assert house.catch_up() == ""
    assert not list(house.second.glob("*.part"))


def test_catching_up_tells_what_is_wrong_with_the_folder(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.second.rmdir()
    house.back_up()
    house.second.mkdir()

    def refuse(*_: object, **__: object) -> None:
        raise CannotSave("U 盘写不进去。")

    with monkeypatch.context() as patched:
        patched.setattr(service, "copy_to", refuse)
        assert house.catch_up() == "U 盘写不进去。"

    def broken(_: Path) -> bool:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "is_dir", broken)
    assert "Input/output error" in house.catch_up()


def test_without_a_second_folder_there_is_nothing_to_catch_up_with(house: House) -> None:
    write_places(house.store, Places(folder=house.first))
    assert house.back_up().trouble == ""
    assert house.catch_up() == ""


def test_called_off_it_is_called_off_in_the_second_folder_too(house: House) -> None:
    stop = Event()

    def tell(done: float) -> None:
        if done > 0.6:
            stop.set()

    desk = house.desk
    with pytest.raises(Stopped):
        back_up_now(desk.database, desk.rules, BackupReason.ASKED, NOW, pause=0, progress=tell, stop=stop)
    assert len(list_backups(house.first)) == 1
    assert list_backups(house.second) == []
    with pytest.raises(Stopped):
        catch_up(desk.database, desk.rules, NOW, stop=stop)


def test_nothing_risky_begins_without_a_back_up(house: House) -> None:
    desk = house.desk
    backup = back_up_first(desk.database, desk.rules, BackupReason.REPAIR, NOW)
    assert backup.reason is BackupReason.REPAIR
    write_places(house.store, Places(folder=house.first / "gone" / "gone"))
    with pytest.raises(CannotSave, match="所以没有继续"):
        back_up_first(desk.database, desk.rules, BackupReason.REPAIR, NOW)


def test_a_store_on_a_server_is_left_to_its_keeper(desk: Desk) -> None:
    with pytest.raises(CannotSave, match="pg_dump"):
        back_up_now(Database(None, desk.database._engine), desk.rules, BackupReason.ASKED, NOW)


def test_one_that_cannot_be_remembered_is_none_the_worse(house: House) -> None:
    house.desk.database.read_only = "只读"
    try:
        assert house.back_up().backup.path.exists()
    finally:
        house.desk.database.read_only = ""


def test_a_missing_key_file_is_told(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "keyed.db"
    key_file.make(path, KEY, costs=CHEAP)
    database = create(path, KEY)
    assert back_up_now(database, desk.rules, BackupReason.ASKED, NOW, pause=0).trouble == ""
    key_file.key_path(path).unlink()
    assert "找不到钥匙文件" in back_up_now(database, desk.rules, BackupReason.ASKED, NOW, pause=0).trouble
    database.close()


@pytest.mark.parametrize("name", ["备份", "gone"])
def test_a_second_folder_must_be_another_one_that_can_be_written(house: House, tmp_path: Path, name: str) -> None:
    house.first.mkdir()
    with pytest.raises(CannotSave):
        try_second_folder(tmp_path / name, Places(folder=house.first))
    try_second_folder(house.second, Places(folder=house.first))
    assert list(house.second.iterdir()) == []


def test_a_second_folder_that_gives_back_other_bytes_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"")
    with pytest.raises(CannotSave, match="读回来"):
        try_second_folder(house.second, Places(folder=house.first))


def test_the_store_knows_which_back_ups_are_proven(desk: Desk) -> None:
    assert proven_files(desk.database) == frozenset()
