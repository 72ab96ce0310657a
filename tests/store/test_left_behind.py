"""What must not stay: halves of a crash, and copies of an encrypted store that anybody can read."""

import os
from pathlib import Path

import pytest

from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store import left_behind
from mediation_desk.store.backup import back_up, backups_folder, list_backups
from mediation_desk.store.backup_places import Places, write_places
from mediation_desk.store.database import create, open_store
from mediation_desk.store.left_behind import clear, fresh_name, old_name, plain_copies, remove_plain_copies, wipe
from tests.desk import NOW
from tests.keys import KEY

pytestmark = pytest.mark.file_only


# ---- overwriting


def test_a_file_is_overwritten_before_it_is_removed(tmp_path: Path) -> None:
    file, told = tmp_path / "secret", list[float]()
    file.write_bytes(b"secret" * 400_000)
    wipe(file, progress=told.append)
    assert not file.exists()
    assert told[0] == 0
    assert told == sorted(told)


def test_zeros_reach_the_disk_before_the_name_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, seen = tmp_path / "secret", list[bytes]()
    file.write_bytes(b"secret" * 1000)
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(file.read_bytes()))
    wipe(file)
    assert seen == [bytes(6000)]


def test_a_file_that_has_another_name_keeps_its_content(tmp_path: Path) -> None:
    file, other = tmp_path / "desk.db", tmp_path / "desk.db.replaced"
    file.write_bytes(b"the only store")
    os.link(file, other)
    wipe(other)
    assert not other.exists()
    assert file.read_bytes() == b"the only store"


def test_an_empty_or_missing_file_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    wipe(tmp_path / "empty")
    wipe(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


# ---- after a crash


def test_halves_are_removed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    names = [fresh_name(path), old_name(path), old_name(path.with_name("desk.db-wal"))]
    names += [path.with_name("desk.db.new"), path.with_name("desk.db.filling-wal"), path.with_name("desk.db.new-shm")]
    others = [path, *(path.with_name(name) for name in ("desk.db-wal", "desk.db.keys", "desk.0003.db", "other.db.new"))]
    for name in (*names, *others):
        name.write_bytes(b"content")
    clear(path)
    assert sorted(tmp_path.iterdir()) == sorted(others)
    assert {other.read_bytes() for other in others} == {b"content"}


def test_what_cannot_be_removed_now_is_left_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    for name in (fresh_name(path), old_name(path)):
        name.write_bytes(b"content")

    def refuse(file: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(left_behind, "wipe", refuse)
        clear(path)
    assert fresh_name(path).exists()
    clear(path)
    assert list(tmp_path.iterdir()) == []


# ---- copies that anybody can read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An encrypted store, with plain copies of the time before."""
    path = tmp_path / "数据[1].db"
    second = tmp_path / "stick"
    second.mkdir()
    write_places(path, Places(folder=backups_folder(path), second=second))
    plain = create(path)
    for folder in (backups_folder(path), second):
        back_up(plain, folder, reason=BackupReason.ASKED, now=NOW, pause=0)
    plain.close()
    path.replace(path.with_name("数据[1].0003.db"))
    path.with_name("数据[1].before-20261123-093000.db").write_bytes(path.with_name("数据[1].0003.db").read_bytes())
    keyed = create(path, KEY)
    back_up(keyed, backups_folder(path), reason=BackupReason.ASKED, now=NOW.replace(hour=10), pause=0)
    keyed.close()
    (tmp_path / "数据1.0003.db").write_bytes(b"SQLite format 3\0 of somebody else")
    return path


def test_plain_copies_are_named_wherever_the_program_puts_them(path: Path) -> None:
    assert [each.relative_to(path.parent).as_posix() for each in plain_copies(path)] == [
        "backups/数据[1]-20261123-093000.db",
        "stick/数据[1]-20261123-093000.db",
        "数据[1].0003.db",
        "数据[1].before-20261123-093000.db",
    ]


def test_they_are_removed_with_all_that_belongs_to_them_and_what_is_encrypted_stays(path: Path) -> None:
    told: list[float] = []
    assert remove_plain_copies(path, progress=told.append) == []
    assert told == [0.25, 0.5, 0.75, 1.0]
    assert plain_copies(path) == []
    [kept] = list_backups(backups_folder(path), path)
    assert kept.encrypted
    assert {each.name for each in backups_folder(path).iterdir()} == {kept.file_name, kept.manifest.name}
    assert (path.parent / "数据1.0003.db").exists()
    open_store(path, KEY).close()


def test_those_that_must_stay_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overwrite = left_behind.wipe

    def refuse(file: Path) -> None:
        if file.parent.name == "stick":
            raise PermissionError(13, "Permission denied")
        overwrite(file)

    monkeypatch.setattr(left_behind, "wipe", refuse)
    assert [each.parent.name for each in remove_plain_copies(path)] == ["stick"]
    assert [each.parent.name for each in plain_copies(path)] == ["stick"]


def test_a_file_that_cannot_be_read_is_not_called_plain(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert plain_copies(path) == []
