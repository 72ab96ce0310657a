"""Back-ups of a store: copied while others save, checked, and listed by what lies in a folder."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.errors import CannotRead, CannotSave
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store import backup as backup_module
from mediation_desk.store import key_file
from mediation_desk.store.backup import Backup, back_up, check, copy_to, forget, list_backups, sweep, verify
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import Database, create, open_store
from mediation_desk.store.sqlite_file import connect
from tests.desk import NOW, Desk
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "备份"


@pytest.fixture
def keyed(tmp_path: Path) -> Iterator[Database]:
    """An encrypted store with its key file."""
    path = tmp_path / "keyed.db"
    key_file.make(path, KEY, costs=CHEAP)
    database = create(path, KEY)
    yield database
    database.close()


def made(database: Database, folder: Path, now: datetime = NOW, reason: BackupReason = BackupReason.ASKED) -> Backup:
    return back_up(database, folder, reason=reason, now=now, pause=0)


def file_of(database: Database) -> Path:
    assert database.path is not None
    return database.path


def called(desk: Desk, *endings: str) -> list[str]:
    """Names of files that begin with that of the store."""
    return [f"{file_of(desk.database).stem}-{ending}" for ending in endings]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# ---- making one


def test_a_back_up_holds_what_the_store_holds_and_says_so(desk: Desk, folder: Path) -> None:
    desk.registered()
    backup = made(desk.database, folder)
    assert names(folder) == called(desk, "20261123-093000.db", "20261123-093000.json")
    assert list_backups(folder) == [backup]
    assert backup.reason is BackupReason.ASKED
    assert backup.counts["cases"] == 1
    assert backup.counts["audit"] == backup.audit_no > 0
    assert backup.size == backup.path.stat().st_size
    verify(backup)
    with closing(open_store(backup.path, desk.database.key)) as copy, copy.reading() as records:
        assert records.connection.exec_driver_sql("select count(*) from cases").scalar() == 1


def test_a_back_up_is_one_file_that_any_medium_can_hold(desk: Desk, folder: Path) -> None:
    backup = made(desk.database, folder)
    with closing(connect(backup.path, desk.database.key, writable=False)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
    assert names(folder) == called(desk, "20261123-093000.db", "20261123-093000.json")


def test_it_names_nobody(desk: Desk, folder: Path) -> None:
    desk.registered()
    manifest = made(desk.database, folder).manifest.read_text(encoding="utf-8")
    assert "张三" not in manifest
    assert "示例街道" not in manifest


def test_somebody_who_saves_at_every_step_does_not_make_it_begin_anew(desk: Desk, folder: Path) -> None:
    before, told = desk.database, list[float]()

    def save_on(done: float) -> None:
        told.append(done)
        if len(told) < 20:
            desk.registered()

    backup = back_up(before, folder, reason=BackupReason.TIMED, now=NOW, pages_at_a_time=8, pause=0, progress=save_on)
    assert told == sorted(told)
    assert told[-1] == 1
    assert backup.counts["cases"] == 0  # as it was when it began
    assert made(desk.database, folder, LATER).counts["cases"] == 19


def test_an_encrypted_store_stays_encrypted_and_takes_its_key_file_along(keyed: Database, folder: Path) -> None:
    backup = made(keyed, folder)
    assert backup.encrypted
    assert not key_file.is_plain(backup.path)
    assert key_file.identity(backup.path) == key_file.identity(file_of(keyed))
    assert check(backup.path, KEY)["revision"] == backup.revision


def test_a_damaged_key_file_keeps_nobody_from_backing_up(keyed: Database, folder: Path) -> None:
    key_file.key_path(file_of(keyed)).write_bytes(b"damaged")
    backup = made(keyed, folder)
    assert not backup.keys.exists()
    verify(backup)


def test_two_back_ups_of_one_second_have_names_of_their_own(desk: Desk, folder: Path) -> None:
    first, second = made(desk.database, folder), made(desk.database, folder)
    assert [first.file_name, second.file_name] == called(desk, "20261123-093000.db", "20261123-093000-2.db")
    assert {each.file_name for each in list_backups(folder)} == {first.file_name, second.file_name}


def test_a_very_long_name_of_a_store_is_cut(desk: Desk, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / f"{'数' * 70}.db"
    desk.database.close()
    shutil.copy(file_of(desk.database), path)
    with closing(open_store(path, desk.database.key)) as database:
        backup = made(database, folder)
    assert backup.file_name == f"{'数' * 40}-20261123-093000.db"
    assert list_backups(folder, path) == [backup]


def test_a_read_only_store_can_be_backed_up(desk: Desk, folder: Path) -> None:
    database = Database(desk.database.path, desk.database._engine, "只读", desk.database.key)
    assert made(database, folder).counts["centres"] == 1


def test_a_store_on_a_server_is_left_to_its_keeper(desk: Desk, folder: Path) -> None:
    with pytest.raises(CannotSave, match="pg_dump"):
        made(Database(None, desk.database._engine), folder)


# ---- what goes wrong leaves nothing behind


def test_called_off_it_leaves_nothing(desk: Desk, folder: Path) -> None:
    stop = Event()
    with pytest.raises(Stopped):
        back_up(
            desk.database,
            folder,
            reason=BackupReason.ASKED,
            now=NOW,
            pages_at_a_time=8,
            progress=lambda _: stop.set(),
            stop=stop,
        )
    assert names(folder) == []


def test_called_off_while_it_is_checked_it_leaves_nothing(desk: Desk, folder: Path) -> None:
    stop = Event()

    def tell(done: float) -> None:
        if done == 0.7:
            stop.set()

    with pytest.raises(Stopped):
        back_up(desk.database, folder, reason=BackupReason.ASKED, now=NOW, progress=tell, stop=stop)
    assert names(folder) == []


def test_a_copy_that_is_not_whole_gets_no_name(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(desk.database, folder)
    before = names(folder)

    def spoil(_: Path, part: Path, *__: object) -> None:
        content = bytearray(file_of(desk.database).read_bytes())
        content[8192:12288] = bytes(4096)
        part.write_bytes(content)

    desk.database.close()
    monkeypatch.setattr(backup_module, "_copy_pages", spoil)
    with pytest.raises(CannotRead):
        made(desk.database, folder, LATER)
    assert names(folder) == before


def test_a_folder_whose_disk_is_gone_is_not_made_anew(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="备份写不进"):
        made(desk.database, tmp_path / "E盘" / "备份")
    assert not (tmp_path / "E盘").exists()


def test_a_disk_without_room_is_told_before_it_is_full(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = file_of(desk.database).stat().st_size + 1024**2
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(CannotSave, match="放不下"):
        made(desk.database, folder)
    assert names(folder) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "磁盘已满"),
        ("disk I/O error", "disk I/O error"),
        ("database disk image is malformed", "数据文件读到损坏的地方"),
    ],
)
def test_what_sqlite_says_is_told_plainly(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    def fail(*_: object) -> None:
        raise driver.OperationalError(said)

    monkeypatch.setattr(backup_module, "_copy_pages", fail)
    with pytest.raises((CannotSave, CannotRead), match=told):
        made(desk.database, folder)
    assert names(folder) == []


def test_what_a_killed_program_left_is_swept_away(desk: Desk, folder: Path) -> None:
    backup = made(desk.database, folder)
    killed = called(
        desk, *(f"20261123-100000.{ending}" for ending in ("db.part", "db.part-journal", "json", "db.keys"))
    )
    other = folder / "other-20261123-100000.db.part"
    for name in (*killed, other.name):
        (folder / name).write_bytes(b"half")
    again = backup.path.with_name(backup.file_name + ".part")
    again.write_bytes(b"half")
    sweep(folder, file_of(desk.database))
    assert names(folder) == [backup.file_name, backup.manifest.name, other.name]
    sweep(folder / "gone", file_of(desk.database))


# ---- those that are there


def test_they_are_listed_with_the_newest_first(desk: Desk, folder: Path) -> None:
    older, newer = made(desk.database, folder), made(desk.database, folder, LATER)
    assert list_backups(folder) == [newer, older]
    assert list_backups(folder / "gone") == []


def test_those_of_another_store_are_not_ours(desk: Desk, folder: Path) -> None:
    backup = made(desk.database, folder)
    (folder / "practice-20261123-093000.db").write_bytes(b"")
    (folder / "notes.db").write_bytes(b"")
    assert list_backups(folder, file_of(desk.database)) == [backup]
    assert len(list_backups(folder)) == 2


@pytest.mark.parametrize("told", ["", "[]", "{", '{"made_at": 1}', '{"made_at": "2026-11-23", "reason": "none"}'])
def test_one_whose_manifest_is_lost_is_listed_without_promises(desk: Desk, folder: Path, told: str) -> None:
    backup = made(desk.database, folder)
    backup.manifest.write_text(told, encoding="utf-8")
    [found] = list_backups(folder)
    assert (found.made_at, found.size, found.sha256) == (NOW, backup.size, "")
    with pytest.raises(CannotRead, match="没有清单"):
        verify(found)


def test_a_name_that_tells_no_time_is_no_back_up(folder: Path) -> None:
    folder.mkdir()
    (folder / "desk-20261399-093000.db").write_bytes(b"")
    assert list_backups(folder) == []


def test_one_flipped_bit_is_noticed(desk: Desk, folder: Path) -> None:
    backup = made(desk.database, folder)
    content = bytearray(backup.path.read_bytes())
    content[5000] ^= 1
    backup.path.write_bytes(content)
    with pytest.raises(CannotRead, match="不一致"):
        verify(backup)
    backup.path.unlink()
    with pytest.raises(CannotRead, match="读不出来"):
        verify(backup)


def test_a_file_that_is_no_store_does_not_pass(tmp_path: Path, desk: Desk) -> None:
    with closing(connect(file_of(desk.database), desk.database.key)) as connection:
        connection.execute("pragma application_id=1")
    with pytest.raises(CannotRead, match="不是调解工作台的数据文件"):
        check(file_of(desk.database), desk.database.key)
    foreign = tmp_path / "photo.db"
    foreign.write_bytes(b"JFIF" * 2000)
    with pytest.raises(CannotRead, match="读不出来"):
        check(foreign, None)


# ---- the second folder


def test_the_second_folder_gets_the_same_bytes(keyed: Database, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    backup = made(keyed, folder)
    copy = copy_to(backup, stick, pause=0)
    assert copy == replace(backup, folder=stick)
    assert list_backups(stick) == [copy]
    assert names(stick) == names(folder)
    assert copy.path.read_bytes() == backup.path.read_bytes()


def test_a_stick_that_is_not_there_is_not_replaced_by_a_folder(desk: Desk, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="备份写不进"):
        copy_to(made(desk.database, folder), tmp_path / "U盘")
    assert not (tmp_path / "U盘").exists()


def test_a_damaged_back_up_is_not_copied(desk: Desk, folder: Path, tmp_path: Path) -> None:
    backup = made(desk.database, folder)
    backup.path.write_bytes(backup.path.read_bytes()[:-1] + b"?")
    with pytest.raises(CannotRead, match="不一致"):
        copy_to(backup, tmp_path)
    assert list_backups(tmp_path) == []


def test_a_disk_that_gives_back_other_bytes_is_not_trusted(
    desk: Desk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = made(desk.database, folder)
    monkeypatch.setattr(backup_module, "sha256_of", lambda *_, **__: "0" * 64)
    with pytest.raises(CannotSave, match="读回来"):
        copy_to(backup, tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_a_stick_pulled_out_midway_leaves_no_name(desk: Desk, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()

    def pull(_: float) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(CannotSave, match="Input/output error"):
        copy_to(made(desk.database, folder), stick, pause=0, progress=pull)
    assert names(stick) == []


def test_forgotten_it_is_gone_with_all_that_belongs_to_it(keyed: Database, folder: Path) -> None:
    forget(made(keyed, folder))
    assert names(folder) == []


def test_the_manifest_can_be_read_by_whoever_looks(desk: Desk, folder: Path) -> None:
    told = json.loads(made(desk.database, folder).manifest.read_text(encoding="utf-8"))
    assert told["made_at"] == "2026-11-23T09:30:00"
    assert told["reason"] == "asked"
    assert set(told) >= {"file", "sha256", "size", "revision", "encrypted", "audit_no", "audit_hash", "counts"}
