"""Turning a store from plain to encrypted and back: all is there, and nothing readable stays."""

import os
import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from mediation_desk.domain.errors import CannotOpen, CannotSave
from mediation_desk.domain.rules import Rules
from mediation_desk.store import encryption, key_file
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import create, open_store
from mediation_desk.store.encryption import decrypt, encrypt, rekey
from mediation_desk.store.left_behind import fresh_name, old_name
from mediation_desk.store.sqlite_file import connect
from tests.desk import Desk
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

OTHER = bytes(range(1, 33))
NAME = "欧阳漏水"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """A plain store with a case, looked at by `pragma optimize` so that it has statistics."""
    path = tmp_path_factory.mktemp("furnished") / "desk.db"
    database = create(path)
    desk = Desk(database, rules)
    desk.furnish()
    desk.registered(matter=f"{NAME}，天花板泡坏。")
    with closing(connect(path)) as connection:
        connection.execute("analyze")
    database.close()
    return path


@pytest.fixture
def plain(furnished: Path, tmp_path: Path) -> Path:
    path = tmp_path / "数据 1.db"
    shutil.copy(furnished, path)
    key_file.make(path, KEY, costs=CHEAP)
    return path


@pytest.fixture
def keyed(plain: Path) -> Path:
    encrypt(plain, KEY)
    return plain


def contents(path: Path, key: bytes | None) -> dict[str, list[Any]]:
    """Every row of every table, also of those that keep the search index."""
    with closing(connect(path, key, writable=False)) as connection:
        tables = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
        virtual = {name for (name,) in connection.execute("select name from pragma_table_list where type = 'virtual'")}
        return {
            name: sorted(connection.execute(f'select * from "{name}"').fetchall(), key=repr)
            for (name,) in tables
            if name not in virtual
        }


def beside(path: Path) -> set[str]:
    return {each.name.removeprefix(path.name) for each in path.parent.iterdir()}


# ---- what it is for


def test_an_encrypted_store_has_everything_and_tells_nothing_without_its_key(plain: Path) -> None:
    before = contents(plain, None)
    assert NAME.encode() in plain.read_bytes()
    told: list[float] = []
    encrypt(plain, KEY, progress=told.append)
    assert key_file.is_encrypted(plain)
    assert NAME.encode() not in plain.read_bytes()
    assert contents(plain, KEY) == before
    assert beside(plain) == {"", ".keys"}
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
    with pytest.raises(CannotOpen):
        open_store(plain)


def test_an_encrypted_store_works_like_the_plain_one(keyed: Path, rules: Rules) -> None:
    database = open_store(keyed, KEY)
    desk = Desk(database, rules)
    desk.registered(matter="又漏水了。")
    with database.reading() as records:
        [marked] = records.connection.exec_driver_sql("pragma application_id").one()
        faults = records.connection.exec_driver_sql("pragma foreign_key_check").all()
        logged = records.connection.exec_driver_sql("select max(no), count(*) from audit").one()
    database.close()
    assert marked == 0x4D44534B
    assert faults == []
    assert logged[0] == logged[1]


def test_marks_that_sqlite_keeps_for_programs_survive(plain: Path) -> None:
    with closing(connect(plain)) as connection:
        connection.execute("pragma user_version=7")
    encrypt(plain, KEY)
    with closing(connect(plain, KEY)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (7,)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_rekeyed_it_opens_with_the_new_key_alone(keyed: Path) -> None:
    before = contents(keyed, KEY)
    rekey(keyed, KEY, OTHER)
    assert contents(keyed, OTHER) == before
    assert not key_file.fits(keyed, KEY)
    assert key_file.key_that_fits(keyed, KEY) == OTHER
    assert beside(keyed) == {"", ".keys"}


def test_decrypted_it_is_plain_and_its_keys_are_gone(keyed: Path) -> None:
    before = contents(keyed, KEY)
    decrypt(keyed, KEY)
    assert contents(keyed, None) == before
    assert not key_file.is_encrypted(keyed)
    assert beside(keyed) == {""}


def test_what_was_only_in_the_write_ahead_log_is_encrypted_too(plain: Path, tmp_path: Path) -> None:
    with closing(connect(plain)) as connection:
        connection.execute("pragma wal_autocheckpoint=0")
        connection.execute("create table later (word text)")
        connection.execute("insert into later values (?)", (NAME,))
        saved = tmp_path / "as killed"
        saved.mkdir()
        for ending in ("", "-wal", ".keys"):
            shutil.copy(plain.with_name(plain.name + ending), saved / ("desk.db" + ending))
    path = saved / "desk.db"
    assert NAME.encode() in path.with_name("desk.db-wal").read_bytes()
    encrypt(path, KEY)
    with closing(connect(path, KEY)) as connection:
        assert connection.execute("select word from later").fetchone() == (NAME,)
    assert {each.name for each in saved.iterdir()} == {"desk.db", "desk.db.keys"}


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of a file that is open")
def test_the_plain_file_and_its_log_are_overwritten_where_they_lie(plain: Path) -> None:
    log = plain.with_name(plain.name + "-wal")
    with closing(connect(plain)) as connection:
        connection.execute("pragma wal_autocheckpoint=0")
        connection.execute("create table later (word text)")
        connection.execute("insert into later values (?)", (NAME,))
        copy = log.with_name("copy")
        shutil.copy(log, copy)
    shutil.copy(copy, log)
    copy.unlink()
    with plain.open("rb") as old, log.open("rb") as old_log:
        assert NAME.encode() in old_log.read()
        assert NAME.encode() in old.read()
        encrypt(plain, KEY)
        for opened in (old, old_log):
            opened.seek(0)
            assert not opened.read().strip(b"\0")


# ---- refusals: the store stays as it was


@pytest.fixture
def unchanged(plain: Path) -> Iterator[None]:
    before = contents(plain, None)
    yield
    assert contents(plain, None) == before
    assert beside(plain) - {"-wal", "-shm", ".note"} == {"", ".keys"}
    assert not key_file.is_encrypted(plain)


@pytest.mark.usefixtures("unchanged")
def test_a_store_that_somebody_has_open_is_left_alone(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediation_desk.store.sqlite_file.BUSY_SECONDS", 0.05)
    database = open_store(plain)
    with database.reading() as records:
        records.centre.get()
        with pytest.raises(CannotSave, match=r"正在使用数据，没有加密；数据没有改动"):
            encrypt(plain, KEY)
    database.close()


def test_without_a_key_file_nothing_is_encrypted(plain: Path) -> None:
    key_file.key_path(plain).unlink()
    with pytest.raises(CannotOpen, match="找不到钥匙文件"):
        encrypt(plain, KEY)
    assert key_file.is_plain(plain)


@pytest.mark.usefixtures("unchanged")
def test_without_room_nothing_is_begun(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 5 * 1024 * 1024))
    with pytest.raises(CannotSave, match=r"磁盘只剩 5 MB，这一步要用 \d+ MB，没有加密"):
        encrypt(plain, KEY)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 0.8])
def test_it_can_be_called_off_until_it_is_done(plain: Path, after: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "_INSTRUCTIONS", 50)
    stop = Event()

    def watch(done: float) -> None:
        if done >= after:
            stop.set()

    with pytest.raises(Stopped):
        encrypt(plain, KEY, progress=watch, stop=stop)


def test_stopped_while_it_is_checked_it_is_not_taken(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "_INSTRUCTIONS", 50)
    stop, compare = Event(), encryption._compare

    def stop_and_compare(*told: Any) -> None:
        stop.set()
        compare(*told)

    monkeypatch.setattr(encryption, "_compare", stop_and_compare)
    with pytest.raises(Stopped):
        encrypt(plain, KEY, stop=stop)
    assert key_file.is_plain(plain)


def lose_a_row(fresh: Path, key: bytes | None) -> None:
    with closing(connect(fresh, key)) as connection:
        connection.execute("delete from events")
        connection.execute("pragma journal_mode=delete")


def lose_an_index(fresh: Path, key: bytes | None) -> None:
    with closing(connect(fresh, key)) as connection:
        [name] = connection.execute("select name from sqlite_master where type = 'index' and sql <> ''").fetchone()
        connection.execute(f"drop index {name}")
        connection.execute("pragma journal_mode=delete")


def lose_the_mark(fresh: Path, key: bytes | None) -> None:
    with closing(connect(fresh, key)) as connection:
        connection.execute("pragma application_id=1")
        connection.execute("pragma journal_mode=delete")


def flip_a_bit(fresh: Path, key: bytes | None) -> None:
    content = bytearray(fresh.read_bytes())
    content[-2000] ^= 1
    fresh.write_bytes(content)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("harm", [lose_a_row, lose_an_index, lose_the_mark, flip_a_bit])
def test_a_new_file_that_lacks_anything_is_not_taken(
    plain: Path, harm: Callable[[Path, bytes | None], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = encryption._export

    def export_badly(source: Any, fresh: Path, key: bytes | None, *told: Any) -> None:
        export(source, fresh, key, *told)
        harm(fresh, key)

    monkeypatch.setattr(encryption, "_export", export_badly)
    with pytest.raises(CannotSave, match="不一致，没有采用"):
        encrypt(plain, KEY)


def test_a_rekeying_that_fails_leaves_the_old_key_and_nothing_announced(
    keyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(encryption, "_export", fail)
        with pytest.raises(CannotSave, match=r"读写失败（No space left on device），没有换钥匙"):
            rekey(keyed, KEY, OTHER)
    assert key_file.key_that_fits(keyed, KEY) == KEY
    shutil.copy(keyed, keyed.with_name("copy"))
    rekey(keyed, KEY, OTHER)
    assert key_file.key_that_fits(keyed, KEY) == OTHER


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "正在使用数据"),
        (OSError(5, "Input/output error"), "读写失败"),
    ],
)
def test_a_file_that_cannot_take_its_place_is_removed(
    plain: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self == fresh_name(plain):
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotSave, match=sentence):
        encrypt(plain, KEY)


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_is_said(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlcipher3.dbapi2 as driver

    def fail(*_: object) -> None:
        raise driver.OperationalError("database or disk is full")

    monkeypatch.setattr(encryption, "_export", fail)
    with pytest.raises(CannotSave, match="磁盘已满，没有加密"):
        encrypt(plain, KEY)


def test_a_disk_without_second_names_does_as_well(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    before = contents(plain, None)
    monkeypatch.setattr(os, "link", refuse)
    encrypt(plain, KEY)
    assert contents(plain, KEY) == before
    assert beside(plain) == {"", ".keys"}


def test_what_was_left_half_done_is_not_in_the_way(plain: Path) -> None:
    fresh_name(plain).write_bytes(b"half")
    old_name(plain).write_bytes(b"old")
    encrypt(plain, KEY)
    assert beside(plain) == {"", ".keys"}


def test_a_log_that_could_not_be_folded_in_is_never_left_beside_the_new_file(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = plain.with_name(plain.name + "-wal")
    compare = encryption._compare

    def compare_and_leave_a_log(*told: Any) -> None:
        compare(*told)
        log.write_bytes(b"not folded in")

    with monkeypatch.context() as patch:
        patch.setattr(encryption, "_compare", compare_and_leave_a_log)
        patch.setattr(encryption, "closing", nothing_closed)
        with pytest.raises(CannotSave, match="没有加密"):
            encrypt(plain, KEY)
    assert key_file.is_plain(plain)


@contextmanager
def nothing_closed(opened: Any) -> Iterator[Any]:
    """SQLite would remove the log itself."""
    yield opened


def test_a_damaged_store_is_not_carried_over(plain: Path) -> None:
    content = bytearray(plain.read_bytes())
    content[4096 * 3 : 4096 * 12] = bytes([7]) * 4096 * 9
    plain.write_bytes(content)
    with pytest.raises(CannotSave, match="读到损坏的地方，没有加密"):
        encrypt(plain, KEY)
    assert plain.read_bytes()[100:] == content[100:]


def test_a_wrong_key_decrypts_nothing(keyed: Path) -> None:
    with pytest.raises(CannotSave, match="没有解密"):
        decrypt(keyed, OTHER)
    assert key_file.fits(keyed, KEY)
    assert beside(keyed) == {"", ".keys"}
