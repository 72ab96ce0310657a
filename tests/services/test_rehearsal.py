"""Rehearsing the emergency with a back-up."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from mediation_desk.domain.backup_standing import Rehearsal
from mediation_desk.domain.errors import CannotRead
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services import rehearsal as service
from mediation_desk.services.backup import back_up_now, proven_files
from mediation_desk.services.backup_round import Round, make_round
from mediation_desk.services.rehearsal import rehearse, rehearse_newest, sweep_rooms
from mediation_desk.store import key_file
from mediation_desk.store.backup import Backup, list_backups
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import create
from tests.desk import NOW, Desk
from tests.keyed import with_key_file
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def key_file_if_any(desk: Desk, tmp_path: Path) -> Iterator[None]:
    with with_key_file(desk.database, tmp_path):
        yield


@pytest.fixture
def backup(desk: Desk) -> Backup:
    """Of a store with a case."""
    desk.registered()
    return back_up_now(desk.database, desk.rules, BackupReason.TIMED, NOW, pause=0).backup


def held(desk: Desk, backup: Backup) -> Rehearsal:
    assert desk.database.path is not None
    return rehearse(backup, desk.database.path, desk.database.key, desk.rules, LATER, pause=0)


def left(desk: Desk) -> list[Path]:
    assert desk.database.path is not None
    return list(desk.database.path.parent.glob("rehearsal-*"))


def test_a_good_back_up_passes_and_is_remembered(desk: Desk, tmp_path: Path, rules: object) -> None:
    path = tmp_path / "keyed.db"
    key_file.make(path, KEY, costs=CHEAP)
    keyed = Desk(create(path, KEY), desk.rules)
    keyed.furnish()
    keyed.registered()
    back_up_now(keyed.database, keyed.rules, BackupReason.TIMED, NOW, pause=0)
    found = rehearse_newest(keyed.database, keyed.rules, LATER, pause=0)
    assert found.passed, found.trouble
    assert found.counts["cases"] == 1
    assert proven_files(keyed.database) == {found.file_name}
    with keyed.database.reading() as records:
        assert records.backups.standing().rehearsal == found
    keyed.database.close()
    assert left(keyed) == []


def test_a_paper_is_really_drawn(desk: Desk, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "draw_paper", lambda *_: b"<html>")
    assert "印不出文书" in held(desk, backup).trouble


def test_a_store_without_cases_passes(desk: Desk) -> None:
    empty = back_up_now(desk.database, desk.rules, BackupReason.TIMED, NOW, pause=0).backup
    assert held(desk, empty).passed


def test_an_encrypted_back_up_without_its_key_file_fails(desk: Desk, tmp_path: Path) -> None:
    database = create(tmp_path / "keyed.db", KEY)
    lone = back_up_now(database, desk.rules, BackupReason.TIMED, NOW, pause=0).backup
    database.close()
    assert "钥匙文件" in rehearse(lone, tmp_path / "keyed.db", KEY, desk.rules, LATER, pause=0).trouble


def test_one_with_an_older_key_is_not_rehearsed_but_another_is_made(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "keyed.db"
    key_file.make(path, KEY, costs=CHEAP)
    keyed = Desk(create(path, KEY), desk.rules)
    keyed.furnish()
    back_up_now(keyed.database, desk.rules, BackupReason.TIMED, NOW, pause=0)
    key_file.key_path(path).unlink()
    key_file.make(tmp_path / "other.db", KEY, costs=CHEAP)
    shutil.copy(key_file.key_path(tmp_path / "other.db"), key_file.key_path(path))  # as after re-keying
    with pytest.raises(CannotRead, match="以前的钥匙"):
        rehearse_newest(keyed.database, desk.rules, LATER)
    this = Round(LATER, desk.rules, desk.rules, ballast=0)
    assert make_round(keyed.database, this) == []
    assert len(list_backups(tmp_path / "backups")) == 2
    assert rehearse_newest(keyed.database, desk.rules, LATER, pause=0).passed
    keyed.database.close()


@pytest.mark.parametrize("spoil", ["flip", "remove", "count"])
def test_a_bad_back_up_fails_and_says_why(desk: Desk, backup: Backup, spoil: str) -> None:
    if spoil == "flip":
        content = bytearray(backup.path.read_bytes())
        content[5000] ^= 1
        backup.path.write_bytes(content)
    elif spoil == "remove":
        backup.path.unlink()
    else:
        backup.counts["cases"] += 1  # type: ignore[index]  # as if the manifest had said so
    found = held(desk, backup)
    assert not found.passed
    assert found.trouble
    assert left(desk) == []


def test_where_there_is_no_room_it_fails(desk: Desk, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(service, "mkdtemp", fail)
    assert "No space left on device" in held(desk, backup).trouble


def test_what_cannot_be_cleared_away_is_told(desk: Desk, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        assert "没有删干净" in held(desk, backup).trouble
    assert left(desk) != []
    assert desk.database.path is not None
    sweep_rooms(desk.database.path)
    assert left(desk) == []


def test_it_can_be_called_off(desk: Desk, backup: Backup) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        rehearse_newest(desk.database, desk.rules, LATER, stop=stop)
    assert left(desk) == []


def test_without_a_back_up_there_is_nothing_to_rehearse(desk: Desk, tmp_path: Path) -> None:
    database = create(tmp_path / "desk.db")
    with pytest.raises(CannotRead, match="还没有备份"):
        rehearse_newest(database, desk.rules, NOW)
    database.close()
