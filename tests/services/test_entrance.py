"""Coming in by password: through the key file of an encrypted store, through the store itself, and never otherwise."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.centre import Centre, Committee, User
from mediation_desk.domain.errors import (
    CannotSave,
    LockedOut,
    NotAllowed,
    RuleBroken,
    WrongPassword,
)
from mediation_desk.domain.rules import Rules
from mediation_desk.services.entrance import Entrance, open_file, people_of_file
from mediation_desk.services.first_desk import begin_desk, make_store
from mediation_desk.store import key_file
from mediation_desk.store.creation import new_store
from mediation_desk.store.database import Database, create, open_store
from tests.keys import CHEAP

pytestmark = pytest.mark.file_only

NOW = datetime(2026, 11, 23, 9, 30)
FIRST, SECOND, THIRD = "Kai1-men", "Guan2-men", "Di3-ge!!"
CLERK, MEDIATOR = "clerk-uid", "mediator-uid"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "make", partial(key_file.make, costs=CHEAP))


def a_centre() -> Centre:
    committees = [Committee(uid="committee", name="东城街道人民调解委员会", short_name="东")]
    users = [User(uid=CLERK, name="王窗口"), User(uid=MEDIATOR, name="李窗口")]
    return Centre(uid="centre", name="东城街道综治中心", committees=committees, users=users)


@pytest.fixture
def path(tmp_path: Path, rules: Rules) -> Path:
    """An encrypted store; its first user has a password."""
    path = tmp_path / "desk.db"
    make_store(path, a_centre(), rules, NOW, FIRST, key_file.fresh_words())
    return path


@pytest.fixture
def enter(path: Path, rules: Rules, clock: Clock) -> Iterator[Callable[..., Entrance]]:
    """Open the store as somebody and stand at its door."""
    opened: list[Database] = []

    def enter(uid: str = CLERK, password: str = FIRST) -> Entrance:
        database, _ = open_file(path, uid, password, rules, "PC-1", clock)
        opened.append(database)
        return Entrance(database, rules, "PC-1", clock)

    yield enter
    for database in opened:
        database.close()


Enter = Callable[..., Entrance]


def log(entrance: Entrance) -> list[tuple[str, str, str]]:
    """(kind, text, PC) of what the log tells of logins."""
    with entrance.database.reading() as records:
        rows = records.connection.exec_driver_sql("select kind, told, origin from audit where told != '' order by no")
        return [tuple(row) for row in rows]


# ---- an encrypted store


def test_the_password_opens_the_store_and_is_logged(enter: Enter, path: Path) -> None:
    entrance = enter()
    assert people_of_file(path) == entrance.people() == [(CLERK, "王窗口")]
    assert entrance.is_guarded()
    assert not key_file.is_plain(path)
    assert log(entrance)[-1] == (AuditKind.LOGIN.value, "登录", "PC-1")


def test_a_wrong_password_opens_nothing_and_the_waiting_ends(enter: Enter, clock: Clock) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword, match=f"还可以试{left}次"):
            enter(password="falsch")
    for _ in range(1000):
        with pytest.raises(LockedOut, match="9:40以后才能再试"):
            enter(password="falsch")
    with pytest.raises(LockedOut):
        enter()
    clock.now = NOW - timedelta(days=1)
    with pytest.raises(LockedOut):
        enter()
    clock.now = NOW + timedelta(minutes=10)
    assert enter().is_guarded()


def test_wrong_passwords_at_an_open_store_are_counted_and_logged(enter: Enter, clock: Clock) -> None:
    entrance = enter()
    for _ in range(5):
        with pytest.raises((WrongPassword, LockedOut)):
            entrance.judge(CLERK, "falsch")
    with pytest.raises(LockedOut, match="9:40以后才能再试"):
        entrance.judge(CLERK, FIRST)
    assert [kind for kind, *_ in log(entrance)][-6:] == [AuditKind.REFUSED.value] * 6
    clock.now += timedelta(minutes=11)
    assert entrance.judge(CLERK, FIRST).refusal is None


def test_a_changed_password_counts_in_both_places(enter: Enter) -> None:
    entrance = enter()
    entrance.change_password(CLERK, FIRST, SECOND)
    assert entrance.judge(CLERK, SECOND).refusal is None
    with pytest.raises(WrongPassword):
        entrance.judge(CLERK, FIRST)
    entrance.database.close()
    with pytest.raises(WrongPassword):
        enter(CLERK, FIRST)
    assert enter(CLERK, SECOND).people() == [(CLERK, "王窗口")]


def test_what_is_refused_of_a_new_password_changes_neither_place(enter: Enter) -> None:
    entrance = enter()
    with pytest.raises(RuleBroken, match="口令太短"):
        entrance.change_password(CLERK, FIRST, "kurz")
    with pytest.raises(WrongPassword):
        entrance.change_password(CLERK, "falsch", SECOND)
    entrance.database.close()
    assert enter().judge(CLERK, FIRST).refusal is None


def test_a_key_file_that_cannot_be_written_changes_neither_place(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    entrance = enter()

    def fail(*_: object) -> None:
        raise CannotSave("磁盘已满。")

    with monkeypatch.context() as patched:
        patched.setattr(key_file, "set_password", fail)
        with pytest.raises(CannotSave):
            entrance.change_password(CLERK, FIRST, SECOND)
    assert entrance.judge(CLERK, FIRST).refusal is None


def test_a_store_that_cannot_be_written_takes_the_key_file_back(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    entrance = enter()

    def fail(*_: object) -> None:
        raise CannotSave("磁盘已满。")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_commit", fail)
        with pytest.raises(CannotSave):
            entrance.change_password(CLERK, FIRST, SECOND)
    entrance.database.close()
    assert enter(CLERK, FIRST).judge(CLERK, FIRST).refusal is None


def test_a_given_password_opens_and_is_to_be_changed(enter: Enter, path: Path, rules: Rules, clock: Clock) -> None:
    entrance = enter()
    entrance.give_password(CLERK, MEDIATOR, SECOND)
    entrance.database.close()
    database, verdict = open_file(path, MEDIATOR, SECOND, rules, "PC-1", clock)
    database.close()
    assert "管理员给的口令" in verdict.why_change


def test_who_retired_has_no_way_in_any_more(enter: Enter, path: Path) -> None:
    entrance = enter()
    entrance.give_password(CLERK, MEDIATOR, SECOND)
    entrance.take_way_in(MEDIATOR)
    assert people_of_file(path) == [(CLERK, "王窗口")]
    with pytest.raises(WrongPassword):
        enter(MEDIATOR, SECOND)


def test_who_retired_is_refused_though_the_key_file_still_opens(enter: Enter) -> None:
    entrance = enter()
    entrance.give_password(CLERK, MEDIATOR, SECOND)
    with entrance.database.writing() as records:
        records.centre.get().users[1].active = False
    entrance.database.close()
    with pytest.raises(NotAllowed, match="已离岗"):
        enter(MEDIATOR, SECOND)


def test_who_is_not_in_the_store_is_refused(enter: Enter, path: Path) -> None:
    entrance = enter()
    assert entrance.database.key is not None
    key_file.set_password(path, entrance.database.key, "stranger", "外人", SECOND)
    with pytest.raises(NotAllowed, match="没有这位使用者"):
        enter("stranger", SECOND)


def test_a_password_that_only_the_store_knows_opens_the_file_from_the_next_login_on(enter: Enter, path: Path) -> None:
    entrance = enter()
    entrance.give_password(CLERK, MEDIATOR, SECOND)
    key_file.drop_user(path, MEDIATOR)
    assert entrance.judge(MEDIATOR, SECOND).refusal is None
    assert people_of_file(path) == [(CLERK, "王窗口"), (MEDIATOR, "李窗口")]


def test_a_locked_out_user_is_unlocked_by_who_keeps_the_users(enter: Enter, path: Path) -> None:
    entrance = enter()
    entrance.give_password(CLERK, MEDIATOR, SECOND)
    for _ in range(5):
        with pytest.raises((WrongPassword, LockedOut)):
            enter(MEDIATOR, "falsch")
        with pytest.raises((WrongPassword, LockedOut)):
            entrance.judge(MEDIATOR, "falsch")
    entrance.unlock(CLERK, MEDIATOR)
    assert entrance.judge(MEDIATOR, SECOND).refusal is None
    assert enter(MEDIATOR, SECOND).is_guarded()
    with entrance.database.writing() as records:
        records.centre.get().users[1].roles = ["clerk"]
    with pytest.raises(NotAllowed):
        entrance.unlock(MEDIATOR, CLERK)


def test_the_sheet_gives_a_new_password(enter: Enter) -> None:
    entrance = enter()
    with pytest.raises(RuleBroken, match="口令太短"):
        entrance.set_anew(CLERK, "kurz")
    entrance.set_anew(CLERK, SECOND)
    assert "用恢复单打开数据" in log(entrance)[-1][1]
    entrance.database.close()
    assert enter(CLERK, SECOND).judge(CLERK, SECOND).why_change == ""


def test_the_sheet_brings_nobody_back_who_retired(enter: Enter) -> None:
    entrance = enter()
    with entrance.database.writing() as records:
        records.centre.get().users[1].active = False
    with pytest.raises(RuleBroken, match="已离岗"):
        entrance.set_anew(MEDIATOR, SECOND)


# ---- a plain store


@pytest.fixture
def plain(tmp_path: Path, rules: Rules, clock: Clock) -> Iterator[Entrance]:
    path = tmp_path / "plain.db"
    database = begin_desk(path, a_centre(), rules, NOW)
    yield Entrance(database, rules, "PC-1", clock)
    database.close()


def test_without_a_password_nobody_is_asked(plain: Entrance) -> None:
    assert not plain.is_guarded()
    assert plain.people() == []
    assert not plain.has_password(CLERK)


def test_the_first_password_guards_the_store(plain: Entrance) -> None:
    plain.change_password(CLERK, "", FIRST)
    assert plain.is_guarded()
    assert plain.judge(CLERK, FIRST).refusal is None
    with pytest.raises(NotAllowed, match="还没有口令"):
        plain.judge(MEDIATOR, FIRST)
    plain.take_way_in(CLERK)
    assert plain.judge(CLERK, FIRST).refusal is None, "there is no key file to take it from"


def test_a_store_that_can_only_be_read_still_knows_its_passwords(plain: Entrance) -> None:
    plain.change_password(CLERK, "", FIRST)
    plain.database.read_only = "数据文件是只读的。"
    assert plain.judge(CLERK, FIRST).refusal is None
    with pytest.raises(WrongPassword):
        plain.judge(CLERK, "falsch")


# ---- the first start


def test_nothing_is_left_of_a_first_start_that_fails(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "desk.db"
    centre = a_centre()
    centre.name = " "
    with pytest.raises(RuleBroken):
        make_store(path, centre, rules, NOW, FIRST, key_file.fresh_words())
    assert list(tmp_path.iterdir()) == []


def test_the_key_file_of_a_lost_store_survives_a_first_start_that_fails(
    path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.unlink()
    kept = key_file.key_path(path).read_bytes()

    def fail(*_: object) -> None:
        raise CannotSave("磁盘已满。")

    monkeypatch.setattr(key_file, "set_password", fail)
    with pytest.raises(CannotSave):
        make_store(path, a_centre(), rules, NOW, FIRST, key_file.fresh_words())
    assert kept in [each.read_bytes() for each in path.parent.iterdir()]
    assert not path.exists()


def test_the_words_of_the_sheet_open_the_new_store(tmp_path: Path, rules: Rules) -> None:
    path, words = tmp_path / "desk.db", key_file.fresh_words()
    key = make_store(path, a_centre(), rules, NOW, FIRST, words)
    assert key == key_file.unlock_with_words(path, words)
    open_store(path, key).close()


def test_an_empty_store_that_is_there_is_set_up(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "desk.db"
    database = create(path)
    assert begin_desk(database, a_centre(), rules, NOW, FIRST) is database
    with pytest.raises(RuleBroken, match="已经设置过"):
        begin_desk(database, a_centre(), rules, NOW, FIRST)
    database.close()
    with pytest.raises(Exception, match="已经存在"), new_store(path):
        pass
