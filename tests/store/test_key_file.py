"""The key file: who can open the store and who cannot, and that no accident leaves it without a way in."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mediation_desk.domain.errors import CannotOpen, CannotSave, LockedOut, WrongPassword, WrongWords
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.store import key_file
from mediation_desk.store.database import create
from mediation_desk.store.key_slots import SHEET, as_json, from_json
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

NOW = datetime(2026, 11, 23, 9, 30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "调解 数据.db"


@pytest.fixture
def words(path: Path) -> RecoveryWords:
    """The sheet of a key file for `KEY` with the user u1 and a password."""
    words = key_file.make(path, KEY, costs=CHEAP)
    key_file.set_password(path, KEY, "u1", "登记员", "正确的口令1")
    return words


def unlock(path: Path, password: str, *, uid: str = "u1", now: datetime = NOW) -> bytes:
    return key_file.unlock_with_password(path, uid, password, now=now, most_failures=5, lock_minutes=10)


# ---- ways in


def test_the_password_and_the_words_open_it_and_nothing_else_does(path: Path, words: RecoveryWords) -> None:
    assert unlock(path, "正确的口令1") == KEY
    assert key_file.unlock_with_words(path, words) == KEY
    with pytest.raises(WrongPassword):
        unlock(path, "正确的口令2")
    with pytest.raises(WrongWords, match="这份恢复单打不开这个数据文件"):
        key_file.unlock_with_words(path, key_file.fresh_words())


def test_full_width_letters_are_the_same_password(path: Path, words: RecoveryWords) -> None:
    key_file.set_password(path, KEY, "u1", "登记员", "Ａbc１２３４！")
    assert unlock(path, "Abc1234!") == KEY


def test_neither_key_nor_password_nor_word_stands_in_the_file(path: Path, words: RecoveryWords) -> None:
    content = key_file.key_path(path).read_bytes()
    assert "登记员".encode() in content  # who may log in is asked before anything is opened
    for secret in (KEY, KEY.hex().encode(), words.secret, "正确的口令1".encode()):
        assert secret not in content
    assert not any(word.encode() in content for line in words.lines for word in line)


def test_a_new_password_replaces_the_earlier_one(path: Path, words: RecoveryWords) -> None:
    key_file.set_password(path, KEY, "u1", "登记员", "后来的口令2")
    with pytest.raises(WrongPassword):
        unlock(path, "正确的口令1")
    assert unlock(path, "后来的口令2") == KEY
    assert key_file.users(path) == [("u1", "登记员")]


def test_a_user_who_was_dropped_has_no_way_in(path: Path, words: RecoveryWords) -> None:
    key_file.set_password(path, KEY, "u2", "王窗口", "别人的口令3")
    assert key_file.users(path) == [("u1", "登记员"), ("u2", "王窗口")]
    key_file.drop_user(path, "u1")
    key_file.drop_user(path, "nobody")
    with pytest.raises(WrongPassword, match="没有打开数据的口令"):
        unlock(path, "正确的口令1")
    assert unlock(path, "别人的口令3", uid="u2") == KEY
    assert key_file.users(path) == [("u2", "王窗口")]


def test_with_a_new_sheet_the_old_one_opens_nothing(path: Path, words: RecoveryWords) -> None:
    fresh = key_file.new_words(path, KEY)
    assert key_file.unlock_with_words(path, fresh) == KEY
    with pytest.raises(WrongWords):
        key_file.unlock_with_words(path, words)
    assert unlock(path, "正确的口令1") == KEY


def test_words_that_are_on_paper_already_are_taken(path: Path) -> None:
    words = key_file.fresh_words()
    assert key_file.make(path, KEY, words, costs=CHEAP) is words
    assert key_file.unlock_with_words(path, words) == KEY
    later = key_file.fresh_words()
    assert key_file.new_words(path, KEY, later) is later
    assert key_file.unlock_with_words(path, later) == KEY


def test_a_slot_passed_off_as_somebody_elses_does_not_open(path: Path, words: RecoveryWords) -> None:
    """Someone who can write the file gives their own slot the name of another user, with its password."""
    file = key_file.key_path(path)
    keys = from_json(file.read_bytes())
    slot = keys.slot("u1")
    assert slot is not None
    stolen = replace(slot, owner="admin")
    file.write_bytes(as_json(keys.with_slot(stolen)))
    with pytest.raises(WrongPassword):
        unlock(path, "正确的口令1", uid="admin")


def test_a_slot_of_another_store_does_not_open(path: Path, words: RecoveryWords) -> None:
    other = path.with_name("other.db")
    key_file.make(other, KEY, words, costs=CHEAP)
    theirs = from_json(key_file.key_path(other).read_bytes())
    ours = from_json(key_file.key_path(path).read_bytes())
    slot = theirs.slot(SHEET)
    assert slot is not None
    key_file.key_path(path).write_bytes(as_json(ours.with_slot(slot)))
    with pytest.raises(WrongWords):
        key_file.unlock_with_words(path, words)
    assert key_file.identity(path) != key_file.identity(other)


# ---- lockout


def test_each_failure_says_how_many_tries_are_left_until_none_is(path: Path, words: RecoveryWords) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword, match=f"还可以试{left}次"):
            unlock(path, "错误")
    with pytest.raises(LockedOut, match=r"9:40以后才能再试"):
        unlock(path, "错误")
    with pytest.raises(LockedOut, match=r"9:40以后才能再试"):
        unlock(path, "正确的口令1", now=NOW + 9 * MINUTE)
    assert unlock(path, "正确的口令1", now=NOW + 10 * MINUTE) == KEY


def test_success_clears_the_failures(path: Path, words: RecoveryWords) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                unlock(path, "错误")
        assert unlock(path, "正确的口令1") == KEY


def test_after_the_wait_there_are_all_tries_again(path: Path, words: RecoveryWords) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassword):
            unlock(path, "错误")
    with pytest.raises(LockedOut):
        unlock(path, "错误")
    with pytest.raises(WrongPassword, match="还可以试4次"):
        unlock(path, "错误", now=NOW + 10 * MINUTE)


def test_a_clock_set_back_does_not_shorten_the_wait(path: Path, words: RecoveryWords) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassword):
            unlock(path, "错误")
    with pytest.raises(LockedOut):
        unlock(path, "错误")
    for back in (timedelta(minutes=1), timedelta(days=1), timedelta(days=4000)):
        with pytest.raises(LockedOut):
            unlock(path, "正确的口令1", now=NOW - back)
    with pytest.raises(LockedOut, match=r"11月23日9:40以后"):
        unlock(path, "正确的口令1", now=NOW - timedelta(days=1))


def test_failures_of_one_do_not_lock_out_another_and_the_words_always_open(path: Path, words: RecoveryWords) -> None:
    key_file.set_password(path, KEY, "u2", "王窗口", "别人的口令3")
    for _ in range(5):
        with pytest.raises((WrongPassword, LockedOut)):
            unlock(path, "错误")
    assert unlock(path, "别人的口令3", uid="u2") == KEY
    assert key_file.unlock_with_words(path, words) == KEY


def test_a_thousand_wrong_passwords_end_in_lockout_and_spoil_nothing(path: Path, words: RecoveryWords) -> None:
    chance = random.Random(7)
    told = []
    for number in range(1000):
        with pytest.raises((WrongPassword, LockedOut)) as refused:
            unlock(path, "".join(chance.choices("abc口令\0 ", k=number % 40)), now=NOW + number * timedelta(seconds=1))
        told.append(refused.type)
    assert told[:4] == [WrongPassword] * 4
    assert told.count(WrongPassword) <= 4 * 2  # 1000 seconds hold one wait and the tries after it
    assert told[-1] is LockedOut
    assert unlock(path, "正确的口令1", now=NOW + timedelta(hours=1)) == KEY
    assert key_file.unlock_with_words(path, words) == KEY


def test_where_the_count_cannot_be_kept_the_right_password_still_opens(
    path: Path, words: RecoveryWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongPassword):
        unlock(path, "错误")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file, "write_whole", full)
    assert unlock(path, "正确的口令1") == KEY
    with pytest.raises(CannotSave, match="没有改动"):
        key_file.set_password(path, KEY, "u1", "登记员", "后来的口令2")


def test_forgiven_failures_leave_all_tries(path: Path, words: RecoveryWords) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassword):
            unlock(path, "错误")
    key_file.forgive(path, "u1")
    key_file.forgive(path, "nobody")
    with pytest.raises(WrongPassword, match="还可以试4次"):
        unlock(path, "错误")


# ---- whether a store is encrypted


def test_a_store_says_itself_whether_it_is_encrypted(tmp_path: Path) -> None:
    plain, keyed = tmp_path / "plain.db", tmp_path / "keyed.db"
    create(plain).close()
    create(keyed, KEY).close()
    assert [key_file.is_encrypted(each) for each in (plain, keyed)] == [False, True]
    key_file.make(plain, KEY, costs=CHEAP)  # about to be encrypted
    assert not key_file.is_encrypted(plain)
    assert key_file.fits(keyed, KEY)
    assert not key_file.fits(keyed, bytes(32))
    assert not key_file.fits(tmp_path / "none.db", KEY)


def test_a_lost_store_is_not_taken_for_one_that_never_was(path: Path, words: RecoveryWords) -> None:
    assert key_file.is_encrypted(path)
    path.touch()
    assert key_file.is_encrypted(path)
    assert not key_file.is_encrypted(path.with_name("other.db"))


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "desk.db"
    path.write_bytes(b"something")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CannotOpen, match="请检查权限"):
        key_file.is_encrypted(path)
    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(CannotOpen, match="请检查权限"):
        key_file.is_encrypted(path)


def test_keys_of_an_encrypted_store_are_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    words = key_file.make(path, KEY, costs=CHEAP)
    create(path, KEY).close()
    with pytest.raises(CannotSave, match="已经加密"):
        key_file.make(path, bytes(32), costs=CHEAP)
    assert key_file.unlock_with_words(path, words) == KEY


def test_the_keys_of_a_store_that_got_lost_are_put_aside_not_written_over(path: Path) -> None:
    sheets = [key_file.make(path, KEY, costs=CHEAP) for _ in range(3)]
    for number, words in enumerate(sheets[:2], start=1):
        aside = path.with_name(f"{path.name}.keys.{number}")
        (path.with_name(f"copy {number}.db.keys")).write_bytes(aside.read_bytes())
        assert key_file.unlock_with_words(path.with_name(f"copy {number}.db"), words) == KEY
    assert key_file.unlock_with_words(path, sheets[2]) == KEY


def test_keys_that_cannot_be_put_aside_stay(path: Path, words: RecoveryWords, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(CannotSave, match="请检查权限"):
            key_file.make(path, bytes(32), costs=CHEAP)
    assert key_file.unlock_with_words(path, words) == KEY


# ---- damage


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe\0",
        b'{"format": 1}',
        b'{"format": "1", "sum": "", "keys": {}}',
        b"SQLite format 3\0",
    ],
)
def test_what_is_no_key_file_is_said_with_what_to_do(path: Path, content: bytes) -> None:
    key_file.key_path(path).write_bytes(content)
    for asked in (key_file.users, key_file.identity, lambda path: unlock(path, "x")):
        with pytest.raises(CannotOpen, match=r"已经损坏.*备份旁边"):
            asked(path)
    assert not key_file.is_whole(path)
    assert key_file.key_path(path).read_bytes() == content


def test_every_flipped_bit_and_every_cut_is_noticed(path: Path, words: RecoveryWords) -> None:
    file = key_file.key_path(path)
    whole = file.read_bytes()
    assert key_file.is_whole(path)
    chance = random.Random(3)
    for _ in range(300):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        if file.read_bytes().split() != whole.split() and json_differs(file.read_bytes(), whole):
            assert not key_file.is_whole(path)
        file.write_bytes(whole[:place])
        assert not key_file.is_whole(path)


def json_differs(one: bytes, other: bytes) -> bool:
    try:
        return bool(json.loads(one) != json.loads(other))
    except ValueError:
        return True


@pytest.mark.parametrize(
    "spoil",
    [
        lambda keys: keys.update(costs=[1, 2**40, 1]),
        lambda keys: keys.update(costs=[0, 64, 1]),
        lambda keys: keys.update(costs=[1]),
        lambda keys: keys["slots"][0].pop("salt"),
        lambda keys: keys["slots"][0].update(salt="?"),
        lambda keys: keys["slots"][0].update(failed_at="gestern"),
        lambda keys: keys.update(announced=[["AAAA"]]),
    ],
)
def test_a_file_that_fits_its_sum_and_makes_no_sense_is_damaged(
    path: Path, words: RecoveryWords, spoil: Callable[[dict[str, object]], object]
) -> None:
    from mediation_desk.store.key_slots import _sum

    file = key_file.key_path(path)
    whole = json.loads(file.read_bytes())
    spoil(whole["keys"])
    whole["sum"] = _sum(whole["keys"])
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert not key_file.is_whole(path)


def test_a_file_of_a_newer_release_is_left_alone(path: Path, words: RecoveryWords) -> None:
    file = key_file.key_path(path)
    whole = json.loads(file.read_bytes())
    file.write_text(json.dumps(whole | {"format": 2}), encoding="utf-8")
    with pytest.raises(CannotOpen, match="更新版本"):
        unlock(path, "正确的口令1")


def test_a_missing_file_is_said_with_where_its_copies_lie(path: Path) -> None:
    with pytest.raises(CannotOpen, match=r"找不到钥匙文件“调解 数据.db.keys”.*备份旁边"):
        unlock(path, "正确的口令1")


def test_a_file_that_cannot_be_read_is_said(path: Path) -> None:
    key_file.key_path(path).mkdir()
    with pytest.raises(CannotOpen, match="请检查权限"):
        key_file.users(path)


# ---- copies


def test_a_copy_beside_a_back_up_opens_with_the_same_words(path: Path, words: RecoveryWords, tmp_path: Path) -> None:
    other = tmp_path / "备份" / "desk-2026-11-23.db"
    other.parent.mkdir()
    key_file.copy_beside(path, other)
    assert key_file.unlock_with_words(other, words) == KEY
    key_file.key_path(path).unlink()
    key_file.copy_beside(other, path)
    assert unlock(path, "正确的口令1") == KEY


def test_a_damaged_key_file_is_not_copied_over_a_good_one(path: Path, words: RecoveryWords) -> None:
    other = path.with_name("copy.db")
    key_file.copy_beside(path, other)
    key_file.key_path(path).write_bytes(b"?")
    with pytest.raises(CannotOpen):
        key_file.copy_beside(path, other)
    assert key_file.unlock_with_words(other, words) == KEY


def test_a_copy_that_cannot_be_written_is_said(path: Path, words: RecoveryWords, tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="没有复制"):
        key_file.copy_beside(path, tmp_path / "none" / "copy.db")


def test_a_write_that_fails_leaves_the_file_as_it_was(
    path: Path, words: RecoveryWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    before = key_file.key_path(path).read_bytes()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CannotSave):
        key_file.new_words(path, KEY)
    assert key_file.key_path(path).read_bytes() == before


# ---- while re-keying


def test_until_the_store_is_rekeyed_the_old_key_is_given_and_then_the_new(tmp_path: Path) -> None:
    path, new, newer = tmp_path / "desk.db", bytes(32), bytes([1]) * 32
    words = key_file.make(path, KEY, costs=CHEAP)
    key_file.set_password(path, KEY, "u1", "登记员", "正确的口令1")
    create(path, KEY).close()
    key_file.announce(path, KEY, new)
    assert unlock(path, "正确的口令1") == KEY
    for number, (old, latest) in enumerate([(KEY, new), (new, newer)]):  # broken off twice
        path.unlink()
        create(path, latest).close()
        assert unlock(path, "正确的口令1") == latest
        assert key_file.unlock_with_words(path, words) == latest
        assert key_file.key_that_fits(path, old) == latest
        if not number:
            key_file.announce(path, new, newer)
            assert unlock(path, "正确的口令1") == new
    key_file.take_back(path)
    assert unlock(path, "正确的口令1") == KEY  # nothing leads there any more


def test_a_key_nobody_had_before_opens_for_one_sheet_and_one_user(path: Path, words: RecoveryWords) -> None:
    sheet, before = key_file.fresh_words(), key_file.identity(path)
    key_file.start_anew(path, bytes(32), sheet, "u2", "王窗口", "别人的口令3")
    assert key_file.unlock_with_words(path, sheet) == bytes(32)
    assert unlock(path, "别人的口令3", uid="u2") == bytes(32)
    assert key_file.users(path) == [("u2", "王窗口")]
    assert key_file.identity(path) != before
    with pytest.raises(WrongWords):
        key_file.unlock_with_words(path, words)
