"""A back-up in the place of a store; what lay there is put aside."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mediation_desk.domain.errors import CannotRead, CannotSave
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store import key_file, restoring
from mediation_desk.store.backup import Backup, back_up
from mediation_desk.store.database import create, open_store
from mediation_desk.store.restoring import call_off, finish, is_prepared, prepare, restore_from
from tests.desk import NOW, Desk
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

LATER = NOW + timedelta(hours=1)
ASIDE = "desk[1].before-20261123-103000.db"


class Place:
    """A store that is closed, a back-up of it, and one case more in the store than in the back-up."""

    def __init__(self, folder: Path, rules: object, key: bytes | None = None) -> None:
        self.path = folder / "desk[1].db"
        self.key = key
        if key:
            key_file.make(self.path, key, costs=CHEAP)
        with closing(create(self.path, key)) as database:
            desk = Desk(database, rules)  # type: ignore[arg-type]  # the rule packs
            desk.furnish()
            self.backup = back_up(database, folder / "备份", reason=BackupReason.ASKED, now=NOW, pause=0)
            desk.registered()

    def cases(self, path: Path | None = None) -> int:
        with closing(open_store(path or self.path, self.key)) as database, database.reading() as records:
            return len(records.cases.ids())

    def names(self) -> list[str]:
        return sorted(each.name for each in self.path.parent.iterdir() if each.is_file())


@pytest.fixture(params=[None, KEY], ids=["plain", "keyed"])
def place(request: pytest.FixtureRequest, tmp_path: Path, rules: object) -> Place:
    return Place(tmp_path, rules, request.param)


@pytest.fixture
def keyed(tmp_path: Path, rules: object) -> Place:
    return Place(tmp_path, rules, KEY)


def test_a_restored_store_is_as_it_was_then_and_the_old_one_is_still_there(place: Place) -> None:
    aside = restore_from(place.backup, place.path, now=LATER)
    assert aside == place.path.with_name(ASIDE)
    assert place.cases() == 0
    assert aside is not None
    assert place.cases(aside) == 1


def test_what_was_not_yet_folded_in_goes_aside_with_the_old_store(place: Place) -> None:
    log = place.path.with_name(place.path.name + "-wal")
    for ending in ("-wal", "-shm"):
        place.path.with_name(place.path.name + ending).write_bytes(b"log")
    restore_from(place.backup, place.path, now=LATER)
    assert not log.exists()
    assert place.path.with_name(ASIDE + "-wal").read_bytes() == b"log"
    assert not place.path.with_name(place.path.name + "-shm").exists()


def test_a_store_that_is_gone_comes_back(place: Place) -> None:
    place.path.unlink()
    assert restore_from(place.backup, place.path, now=LATER) is None
    assert place.cases() == 0


def test_where_the_disk_knows_no_second_names_the_old_store_is_copied(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    aside = restore_from(place.backup, place.path, now=LATER)
    assert aside is not None
    assert place.cases(aside) == 1
    assert not [name for name in place.names() if name.endswith(".part")]


def test_the_key_file_of_the_back_up_comes_with_it_and_the_newer_one_goes_aside(keyed: Place) -> None:
    then = key_file.key_path(keyed.path).read_bytes()
    key_file.set_password(keyed.path, KEY, "uid", "王窗口", "Abcd-1234")
    now = key_file.key_path(keyed.path).read_bytes()
    aside = restore_from(keyed.backup, keyed.path, now=LATER)
    assert aside is not None
    assert key_file.key_path(keyed.path).read_bytes() == then
    assert key_file.key_path(aside).read_bytes() == now


def test_a_back_up_without_a_whole_key_file_leaves_the_one_that_is_there(keyed: Place) -> None:
    keyed.backup.keys.write_bytes(b"damaged")
    before = key_file.key_path(keyed.path).read_bytes()
    restore_from(keyed.backup, keyed.path, now=LATER)
    assert key_file.key_path(keyed.path).read_bytes() == before


def test_a_plain_back_up_needs_no_key_file(tmp_path: Path, rules: object) -> None:
    place = Place(tmp_path, rules)
    key_file.key_path(place.path).write_bytes(b"of a store that was encrypted later")
    aside = restore_from(place.backup, place.path, now=LATER)
    assert aside is not None
    assert not key_file.key_path(place.path).exists()
    assert key_file.key_path(aside).exists()


def spoilt(backup: Backup) -> None:
    content = bytearray(backup.path.read_bytes())
    content[5000] ^= 1
    backup.path.write_bytes(content)


def gone(backup: Backup) -> None:
    backup.path.unlink()


@pytest.mark.parametrize(("spoil", "error"), [(spoilt, CannotRead), (gone, CannotSave)])
def test_a_bad_back_up_changes_nothing(place: Place, spoil: Callable[[Backup], None], error: type[Exception]) -> None:
    before = place.names()
    spoil(place.backup)
    with pytest.raises(error):
        restore_from(place.backup, place.path, now=LATER)
    assert place.names() == before
    assert place.cases() == 1


def test_what_was_prepared_can_be_called_off(place: Place) -> None:
    before = place.names()
    assert finish(place.path) is None
    prepare(place.backup, place.path, now=LATER)
    assert is_prepared(place.path)
    call_off(place.path)
    assert place.names() == before
    assert not is_prepared(place.path)


def test_preparing_again_replaces_what_was_prepared(place: Place) -> None:
    prepare(place.backup, place.path, now=NOW)
    prepare(place.backup, place.path, now=LATER)
    assert finish(place.path) == place.path.with_name(ASIDE)


class Killed(BaseException):
    """As if the program were gone."""


def test_broken_off_anywhere_there_is_a_whole_store_and_the_next_start_ends_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.path.with_name(place.path.name + "-wal").touch()
    prepare(place.backup, place.path, now=LATER)
    for often in range(12):
        calls = 0

        def may_be_killed(real: Callable[..., object], limit: int = often) -> Callable[..., object]:
            def call(*args: object, **kwargs: object) -> object:
                nonlocal calls
                calls += 1
                if calls > limit:
                    raise Killed
                return real(*args, **kwargs)

            return call

        with monkeypatch.context() as patched:
            for holder, name in ((os, "link"), (Path, "replace"), (Path, "unlink"), (restoring, "copy_beside")):
                patched.setattr(holder, name, may_be_killed(getattr(holder, name)))
            try:
                finish(place.path)
                break
            except Killed:
                assert place.path.exists()
    else:
        pytest.fail("never came to an end")
    assert often > 2
    assert not is_prepared(place.path)
    assert place.cases() == 0
    assert place.cases(place.path.with_name(ASIDE)) == 1


def test_a_folder_that_cannot_be_written_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(13, "Permission denied")

    prepare(place.backup, place.path, now=LATER)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotSave, match="恢复没有做完"):
        finish(place.path)
