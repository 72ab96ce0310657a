"""Encrypting the store that is open: whoever holds it goes on, and nothing readable is left of what it was."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import CannotOpen, CannotSave, NotAllowed, WrongPassword, WrongWords
from mediation_desk.domain.rights import RIGHTS_OF, Role
from mediation_desk.domain.rules import Rules
from mediation_desk.services import encryption
from mediation_desk.services.encryption import (
    change_key,
    change_sheet,
    clean_up,
    confirm,
    note_encryption,
    turn_off,
    turn_on,
)
from mediation_desk.services.passwords import set_own_password
from mediation_desk.store import encryption as store_encryption
from mediation_desk.store import key_file
from mediation_desk.store.backup import backups_folder, list_backups
from mediation_desk.store.copying import Stopped
from mediation_desk.store.database import Database, create, open_store
from mediation_desk.store.left_behind import plain_copies
from tests.desk import NOW, Desk
from tests.keys import CHEAP

pytestmark = pytest.mark.file_only

PASSWORD = "Zhong-Xin-2026"
WORDS = key_file.word_list().words_for(bytes(range(16)))
LATER = key_file.word_list().words_for(bytes(range(16, 32)))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.make, "__kwdefaults__", {"costs": CHEAP})


@pytest.fixture
def desk(tmp_path: Path, rules: Rules) -> Iterator[Desk]:
    database = create(tmp_path / "desk.db")
    desk = Desk(database, rules)
    desk.furnish()
    desk.registered()
    yield desk
    database.close()


@pytest.fixture
def user(desk: Desk) -> User:
    return desk.look(lambda records, _: records.centre.get()).users[0]


@pytest.fixture
def keyed(desk: Desk, user: User) -> Desk:
    turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    return desk


def unlock(desk: Desk, user: User, password: str = PASSWORD) -> bytes:
    path = desk.database.path
    assert path is not None
    return key_file.unlock_with_password(path, user.uid, password, now=NOW, most_failures=5, lock_minutes=10)


def path_of(database: Database) -> Path:
    assert database.path is not None
    return database.path


# ---- on


def test_whoever_holds_the_store_goes_on_with_the_encrypted_one(desk: Desk, user: User) -> None:
    before, told = desk.contents(), list[float]()
    assert turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS, progress=told.append) == ""
    path = path_of(desk.database)
    assert desk.database.key == unlock(desk, user) == key_file.unlock_with_words(path, WORDS)
    assert key_file.is_encrypted(path)
    after = desk.contents()
    assert {name: rows for name, rows in after.items() if name != "backups"} == {
        name: rows for name, rows in before.items() if name != "backups"
    }
    assert desk.registered() == 2
    assert told == sorted(told)
    assert told[-1] == 1


def test_only_an_encrypted_back_up_is_left(keyed: Desk) -> None:
    path = path_of(keyed.database)
    [backup] = list_backups(backups_folder(path), path)
    assert backup.encrypted
    assert key_file.unlock_with_words(backup.path, WORDS) == keyed.database.key
    assert plain_copies(path) == []


def test_a_store_that_is_encrypted_is_not_encrypted_again(keyed: Desk, user: User) -> None:
    with pytest.raises(CannotSave, match="已经加密"):
        turn_on(keyed.database, keyed.rules, NOW, user, PASSWORD, LATER)
    assert key_file.unlock_with_words(path_of(keyed.database), WORDS) == keyed.database.key


def test_called_off_it_is_plain_as_before_and_has_no_key_file(desk: Desk, user: User) -> None:
    stop = Event()
    stop.set()
    before = desk.contents()["cases"]
    with pytest.raises(Stopped):
        turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS, stop=stop)
    path = path_of(desk.database)
    assert not key_file.is_encrypted(path)
    assert not key_file.key_path(path).exists()
    assert desk.database.key is None
    assert desk.contents()["cases"] == before


def test_without_a_back_up_nothing_is_begun(desk: Desk, user: User) -> None:
    backups_folder(path_of(desk.database)).write_bytes(b"in the way")
    with pytest.raises(CannotSave, match="事先的备份没有做成，所以没有继续"):
        turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    assert not key_file.is_encrypted(path_of(desk.database))


def test_plain_back_ups_stay_until_there_is_an_encrypted_one(
    desk: Desk, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CannotSave("备份写不进去。")

    with monkeypatch.context() as patch:
        patch.setattr(encryption, "back_up_now", fail)
        told = turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    path = path_of(desk.database)
    assert told == "新的备份没有做成，所以未加密的旧备份还没有清除。备份写不进去。"
    assert [each.parent.name for each in plain_copies(path)] == ["backups"]
    assert clean_up(desk.database, desk.rules, NOW) == ""
    assert plain_copies(path) == []


def test_what_could_not_be_removed_is_named(desk: Desk, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    left = path_of(desk.database).with_name("desk.0003.db")
    monkeypatch.setattr(encryption, "remove_plain_copies", lambda *_, **__: [left])
    told = turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    assert told == f"下列未加密的旧文件没能清除，请自行销毁：\n{left}"


# ---- changing


def test_with_another_key_only_this_user_and_the_new_sheet_open_it(keyed: Desk, user: User) -> None:
    path, old = path_of(keyed.database), keyed.database.key
    assert old is not None
    key_file.set_password(path, old, "another", "王窗口", "别人的口令3")
    cases = keyed.contents()["cases"]
    change_key(keyed.database, keyed.rules, NOW, user, "Xin-Kou-Ling-1", LATER)
    assert keyed.database.key == unlock(keyed, user, "Xin-Kou-Ling-1") == key_file.unlock_with_words(path, LATER)
    assert keyed.database.key != old
    assert key_file.users(path) == [(user.uid, user.name)]
    assert keyed.contents()["cases"] == cases
    with pytest.raises(WrongWords):
        key_file.unlock_with_words(path, WORDS)


def test_a_new_sheet_opens_it_and_the_old_one_does_not(keyed: Desk, user: User) -> None:
    change_sheet(keyed.database, LATER)
    path = path_of(keyed.database)
    assert key_file.unlock_with_words(path, LATER) == keyed.database.key == unlock(keyed, user)
    with pytest.raises(WrongWords):
        key_file.unlock_with_words(path, WORDS)


# ---- off


def test_turned_off_it_opens_without_a_key_again(keyed: Desk) -> None:
    cases = keyed.contents()["cases"]
    turn_off(keyed.database, keyed.rules, NOW)
    path = path_of(keyed.database)
    assert keyed.database.key is None
    assert keyed.contents()["cases"] == cases
    keyed.database.close()
    open_store(path).close()


def test_a_plain_store_has_no_sheet_no_key_and_nothing_to_turn_off(desk: Desk, user: User) -> None:
    with pytest.raises(CannotSave, match="数据没有加密"):
        change_sheet(desk.database, WORDS)
    with pytest.raises(CannotSave, match="数据没有加密"):
        change_key(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    with pytest.raises(CannotSave, match="数据没有加密"):
        turn_off(desk.database, desk.rules, NOW)


def test_a_store_that_can_only_be_read_or_lies_on_a_server_is_left_alone(desk: Desk, user: User) -> None:
    desk.database.read_only = "只能查看。"
    with pytest.raises(CannotSave, match="只能查看"):
        turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    desk.database.read_only = ""
    path, desk.database.path = desk.database.path, None
    with pytest.raises(CannotSave, match="由服务器管理员加密"):
        turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)
    desk.database.path = path


def test_a_store_that_gets_lost_meanwhile_is_told(desk: Desk, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(desk.database)
    monkeypatch.setattr(store_encryption, "encrypt", lambda *_, **__: path.unlink())
    with pytest.raises(CannotOpen, match="找不到数据文件"):
        turn_on(desk.database, desk.rules, NOW, user, PASSWORD, WORDS)


# ---- who may


def test_only_who_keeps_the_back_ups_may_and_says_the_password(desk: Desk, user: User) -> None:
    desk.do(set_own_password, "", PASSWORD)
    assert desk.do(confirm, PASSWORD).refusal is None
    with pytest.raises(WrongPassword):
        desk.do(confirm, "something else").insist()
    desk.do(note_encryption, "加密数据")
    logged = desk.look(lambda records, _: records.connection.exec_driver_sql("select kind, told from audit").all())
    assert ("store", "加密数据") in [tuple(each) for each in logged]
    clerk = replace(desk.act, rights=RIGHTS_OF[Role.CLERK])
    for service, told in ((confirm, PASSWORD), (note_encryption, "加密数据")):
        with desk.database.writing() as records, pytest.raises(NotAllowed):
            service(records, clerk, told)
