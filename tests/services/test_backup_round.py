"""What the program does for its store every now and then."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from mediation_desk.domain.backup_standing import Light, Remark
from mediation_desk.domain.errors import CannotRead
from mediation_desk.services import backup_round
from mediation_desk.services.backup_round import Round, make_round, sweep_up
from mediation_desk.store.backup import list_backups
from mediation_desk.store.backup_places import Places, write_places
from mediation_desk.store.copying import Stopped
from mediation_desk.store.upkeep import ballast_of, give_ballast_up
from tests.desk import NOW, Desk
from tests.keyed import with_key_file

pytestmark = pytest.mark.file_only


class House:
    """A desk whose store is looked after."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        assert desk.database.path is not None
        self.desk = desk
        self.store = desk.database.path
        self.folder = folder
        write_places(self.store, Places(folder=folder))

    def round(self, minutes: int = 0, *, is_idle: bool = False, stop: Event | None = None) -> list[Remark]:
        rules = self.desk.rules
        this = Round(NOW + timedelta(minutes=minutes), rules, rules, is_idle=is_idle, ballast=1024 * 1024)
        return make_round(self.desk.database, this, stop=stop)

    @property
    def backups(self) -> int:
        return len(list_backups(self.folder, self.store))


@pytest.fixture
def house(desk: Desk, tmp_path: Path) -> Iterator[House]:
    house = House(desk, tmp_path / "备份")
    give_ballast_up(house.store)
    desk.registered()
    with with_key_file(desk.database, tmp_path):
        yield house


def test_new_work_is_backed_up_once_every_half_hour(house: House) -> None:
    assert house.round() == []
    house.desk.registered()
    house.round(29)
    assert house.backups == 1
    house.round(30)
    assert house.backups == 2
    house.round(600)
    assert house.backups == 2  # there was no work


def test_when_somebody_removed_all_back_ups_another_is_made(house: House) -> None:
    house.round()
    for file in house.folder.iterdir():
        file.unlink()
    house.round(1)
    assert house.backups == 1


def test_what_cannot_be_backed_up_is_said_in_red(house: House) -> None:
    write_places(house.store, Places(folder=house.folder / "gone" / "gone"))
    [remark] = house.round()
    assert (remark.light, remark.text) == (Light.RED, "备份没有做成")
    assert "gone" in remark.more


def test_a_second_folder_that_is_away_is_said_in_yellow(house: House, tmp_path: Path) -> None:
    write_places(house.store, Places(folder=house.folder, second=tmp_path / "U盘"))
    incomplete, behind = house.round()
    assert (incomplete.light, incomplete.text) == (Light.YELLOW, "备份不完整")
    assert (behind.light, behind.text) == (Light.YELLOW, "第二备份位置没有最近的备份")
    assert house.round(1) == [behind]
    (tmp_path / "U盘").mkdir()
    assert house.round(2) == []
    assert len(list_backups(tmp_path / "U盘")) == 1


def test_called_off_the_round_ends(house: House) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        house.round(stop=stop)
    assert house.backups == 0


def test_a_rehearsal_waits_until_nobody_is_at_the_desk(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    monkeypatch.setattr(backup_round, "rehearse_newest", lambda *_, **__: held.append("rehearsal"))
    house.round()
    assert held == []
    house.round(1, is_idle=True)
    assert held == ["rehearsal"]


def test_a_rehearsal_that_could_not_begin_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CannotRead("还没有备份。")

    monkeypatch.setattr(backup_round, "rehearse_newest", fail)
    assert house.round(is_idle=True) == [Remark(Light.YELLOW, "备份演练没有做成", "还没有备份。")]

    def called_off(*_: object, **__: object) -> None:
        raise Stopped

    monkeypatch.setattr(backup_round, "rehearse_newest", called_off)
    with pytest.raises(Stopped):
        house.round(is_idle=True)


def test_ballast_is_set_aside_and_given_up_when_the_disk_is_full(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.round()
    assert ballast_of(house.store).exists()
    monkeypatch.setattr(backup_round, "free_bytes", lambda _: 1024**2)
    [remark] = house.round(1)
    assert (remark.light, remark.text) == (Light.RED, "磁盘已满")
    assert not ballast_of(house.store).exists()
    [remark] = house.round(2)
    assert (remark.light, remark.text) == (Light.YELLOW, "磁盘只剩 0.0 GB")
    monkeypatch.setattr(backup_round, "free_bytes", lambda _: 3 * 1024**3 // 2)
    [remark] = house.round(3)
    assert remark.text == "磁盘只剩 1.5 GB"
    monkeypatch.setattr(backup_round, "free_bytes", lambda _: None)
    assert house.round(4) == []


def test_what_was_left_by_a_killed_program_is_swept_up(house: House) -> None:
    house.round()
    half = house.folder / f"{house.store.stem}-20261123-100000.db.part"
    room = house.store.parent / "rehearsal-killed"
    half.write_bytes(b"half")
    room.mkdir()
    (room / "desk.db").write_bytes(b"half")
    sweep_up(house.store)
    assert not half.exists()
    assert not room.exists()
    assert house.backups == 1
