"""The key file beside an encrypted store, `desk.db.keys`: what opens the store, and to whom.

Nothing opens the store without this file, so a copy of it lies with every back-up (`copy_beside`). It is written whole,
beside the old one and then in its place. The old one is not kept: by it a password that was taken away, or a sheet that
was lost, would open the store still.
"""

import os
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from mediation_desk.domain.errors import CannotOpen, CannotSave, Fault, LockedOut, WrongPassword, WrongWords
from mediation_desk.domain.recovery_words import SECRET_BYTES, RecoveryWords, WordList
from mediation_desk.resources import resource
from mediation_desk.store import sqlite_file
from mediation_desk.store.copying import write_whole
from mediation_desk.store.key_slots import (
    KEY_BYTES,
    SHEET,
    Costs,
    Damaged,
    Keys,
    TooNew,
    as_json,
    from_json,
    no_keys,
)

_PLAIN_HEADER = b"SQLite format 3\0"
_COSTS = Costs()

# ---- whether, and where


def is_plain(path: Path) -> bool:
    """Whether the file says of itself that it is a store without a key. Raises `CannotOpen` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{error.strerror}）。请检查权限。") from error


def is_encrypted(path: Path) -> bool:
    """Whether the store at `path` is, or was before it got lost, an encrypted one. Raises `CannotOpen` as `is_plain`.

    What a file says of itself counts before the key file: a store that is being encrypted is still plain when its key
    file is there, and one that was just decrypted is plain already. A missing or empty file counts by its key file, so
    that a lost store is never taken for one that was never made.
    """
    try:
        has_content = path.is_file() and path.stat().st_size > 0
        return not is_plain(path) if has_content else key_path(path).exists()
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{error.strerror}）。请检查权限。") from error


def key_path(path: Path) -> Path:
    """The key file of the store at `path`."""
    return path.with_name(path.name + ".keys")


def half_written(path: Path) -> Path:
    """What a crash may leave of a key file that was being written."""
    return path.with_name(key_path(path).name + ".part")


@cache
def word_list() -> WordList:
    """The words that sheets are written with."""
    lines = resource("recovery_words.txt").read_text(encoding="utf-8").splitlines()
    return WordList([line for line in lines if not line.startswith("#")])


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def fresh_words() -> RecoveryWords:
    """Words that nobody has seen yet. They open nothing until `make` or `new_words` is given them."""
    return word_list().words_for(os.urandom(SECRET_BYTES))


# ---- making and changing: each raises `CannotSave` when the file cannot be written, `CannotOpen` when it is damaged


def make(path: Path, key: bytes, words: RecoveryWords | None = None, *, costs: Costs = _COSTS) -> RecoveryWords:
    """Write the key file for a store that is about to get `key`, with the slot of the recovery words alone.

    `words` are those that are on paper already, else fresh ones; they are returned. Raises `CannotSave` if an encrypted
    store is there. Where one got lost, its key file is put aside, as it may be the only way into its back-ups.
    """
    if is_encrypted(path):
        if path.exists():
            raise CannotSave(f"“{path}”已经加密，钥匙文件没有改动。")
        _put_aside(path)
    words = words or fresh_words()
    _write(path, no_keys(costs).lock_up(key, SHEET, "", words.secret))
    return words


def set_password(path: Path, key: bytes, user_uid: str, user_name: str, password: str) -> None:
    """Let `password`, and no earlier one, open the store for this user. `key` is the one that opens it now."""
    _write(path, _read(path).lock_up(key, user_uid, user_name, _secret(password)))


def drop_user(path: Path, user_uid: str) -> None:
    """Take the user's way in away; one who has none changes nothing."""
    keys = _read(path)
    if keys.slot(user_uid):
        _write(path, keys.without(user_uid))


def forgive(path: Path, user_uid: str) -> None:
    """Forget the wrong passwords of a user, who may try again at once."""
    keys = _read(path)
    slot = keys.slot(user_uid)
    if slot is not None and slot.failures:
        _write(path, keys.with_slot(replace(slot, failures=0, failed_at=None)))


def new_words(path: Path, key: bytes, words: RecoveryWords | None = None) -> RecoveryWords:
    """Make `words`, else fresh ones, the recovery words; earlier sheets open nothing from now on. Returns them."""
    words = words or fresh_words()
    _write(path, _read(path).lock_up(key, SHEET, "", words.secret))
    return words


def users(path: Path) -> list[tuple[str, str]]:
    """Uid and name of everybody whose password opens the store."""
    return [(slot.owner, slot.name) for slot in _read(path).slots if slot.owner != SHEET]


def identity(path: Path) -> str:
    """Names the key of this store; re-keyed, it has another one."""
    return _read(path).store


def is_whole(path: Path) -> bool:
    """Whether the store at `path` has a key file that can be read."""
    try:
        _read(path)
    except CannotOpen:
        return False
    return True


def copy_beside(path: Path, other: Path) -> None:
    """Copy the key file of the store at `path` beside a copy of it at `other`, whole or not at all."""
    _read(path)  # what is damaged must not take the place of what is not
    try:
        write_whole(key_path(other), key_path(path).read_bytes())
    except OSError as error:
        raise CannotSave(
            f"钥匙文件写不进“{other.parent}”（{error.strerror}），没有复制。请检查文件夹和权限。"
        ) from error


# ---- re-keying: at every moment the file leads to the key that opens the store


def announce(path: Path, old: bytes, new: bytes) -> None:
    """Note that the store may have `new` from now on: whoever unlocks `old` is given the one that fits."""
    _write(path, _read(path).announce(old, new))


def take_back(path: Path) -> None:
    """Forget the last key that was announced: the store did not get it."""
    keys = _read(path)
    _write(path, replace(keys, announced=keys.announced[:-1]))


def start_anew(path: Path, key: bytes, words: RecoveryWords, user_uid: str, user_name: str, password: str) -> None:
    """Lock up a key that nobody had before: for this sheet and this user; others need their passwords set again."""
    keys = no_keys(_read(path).costs).lock_up(key, SHEET, "", words.secret)
    _write(path, keys.lock_up(key, user_uid, user_name, _secret(password)))


def key_that_fits(path: Path, key: bytes) -> bytes:
    """`key`, or the one that it leads to where re-keying was broken off: then only the store can tell which it has."""
    keys = _read(path)
    return next((each for each in keys.candidates(key) if fits(path, each)), key) if keys.announced else key


def fits(path: Path, key: bytes) -> bool:
    """Whether the file at `path` opens with `key`."""
    try:
        sqlite_file.connect(path, key, writable=False).close()
    except (driver.Error, CannotOpen):
        return False
    return True


# ---- opening


def unlock_with_password(
    path: Path, user_uid: str, password: str, *, now: datetime, most_failures: int, lock_minutes: int
) -> bytes:
    """The key of the store. A wrong password is counted in the file, as nothing else can be read yet.

    Raises `WrongPassword`, which says how many tries are left; `LockedOut` from the `most_failures`-th failure on until
    `lock_minutes` have passed since the last; `CannotOpen` if the file is missing or damaged. A clock that was set back
    makes the wait longer, never shorter.
    """
    keys = _read(path)
    slot = keys.slot(user_uid)
    if slot is None:
        raise WrongPassword("这位使用者没有打开数据的口令。请管理员在“设置”的“使用者”里设口令，或用恢复单打开。")
    failures = slot.failures
    if slot.failed_at is not None and failures >= most_failures:
        until = slot.failed_at + timedelta(minutes=lock_minutes)
        if now < until:
            raise LockedOut(_locked(until, now))
        failures = 0
    key = keys.opened(slot, _secret(password))
    if key is None:
        failures += 1
        _count(path, keys.with_slot(replace(slot, failures=failures, failed_at=now)))
        if failures >= most_failures:
            raise LockedOut(_locked(now + timedelta(minutes=lock_minutes), now))
        raise WrongPassword(f"口令不对。还可以试{most_failures - failures}次，之后要等{lock_minutes}分钟。")
    if slot.failures:
        _count(path, keys.with_slot(replace(slot, failures=0, failed_at=None)))
    return key_that_fits(path, key)


def unlock_with_words(path: Path, words: RecoveryWords) -> bytes:
    """The key of the store. Raises `WrongWords` if the sheet is not this store's, `CannotOpen` as above."""
    keys = _read(path)
    slot = keys.slot(SHEET)
    key = keys.opened(slot, words.secret) if slot else None
    if key is None:
        raise WrongWords(
            Fault("这份恢复单打不开这个数据文件：它属于另一个数据文件，或者后来换过新单。请找日期最近的那一份。")
        )
    return key_that_fits(path, key)


def _locked(until: datetime, now: datetime) -> str:
    day = "" if until.date() == now.date() else f"{until.month}月{until.day}日"
    return f"口令输错次数太多，{day}{until.hour}:{until.minute:02}以后才能再试；数据没有改动。急用时，可用恢复单打开。"


def _count(path: Path, keys: Keys) -> None:
    """Keep the count. Where nothing can be written (a full disk, a read-only folder), opening works all the same."""
    with suppress(CannotSave):
        _write(path, keys)


def _secret(password: str) -> bytes:
    """Full-width and half-width letters, as an input method happens to give them, are the same password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


# ---- the file


def _read(path: Path) -> Keys:
    """Raises `CannotOpen`, with what to do, if the file is missing, damaged or of a newer release."""
    file = key_path(path)
    try:
        return from_json(file.read_bytes())
    except FileNotFoundError:
        raise CannotOpen(
            f"找不到钥匙文件“{file.name}”，没有它，口令和恢复单都打不开数据。程序没有改动任何文件。"
            "每份备份旁边都有一个“.keys”文件：请把最近一份备份旁边的复制到数据文件旁边，改成上面的名字。"
            f"如果数据从未加密，则“{path.name}”不是数据文件或已经损坏，请从备份恢复。"
        ) from None
    except OSError as error:
        raise CannotOpen(f"无法读取钥匙文件“{file}”（{error.strerror}）。请检查权限。") from error
    except TooNew:
        raise CannotOpen(f"钥匙文件“{file.name}”由更新版本的程序写成。程序没有改动它；请更新本程序。") from None
    except Damaged:
        raise CannotOpen(
            f"钥匙文件“{file.name}”已经损坏。程序没有改动它，也没有改动数据文件。"
            "请把它改名留存，再把最近一份备份旁边的“.keys”文件复制过来，改成上面的名字；口令和恢复单照旧。"
        ) from None


def _write(path: Path, keys: Keys) -> None:
    file = key_path(path)
    try:
        write_whole(file, as_json(keys))
    except OSError as error:
        with suppress(OSError):
            half_written(path).unlink(missing_ok=True)
        raise CannotSave(f"钥匙文件“{file}”写不进去（{error.strerror}），没有改动。请检查磁盘和权限。") from error


def _put_aside(path: Path) -> None:
    file = key_path(path)
    names = (file.with_name(f"{file.name}.{number}") for number in count(1))
    try:
        file.replace(next(name for name in names if not name.exists()))
    except OSError as error:
        raise CannotSave(f"钥匙文件“{file}”动不了（{error.strerror}）。请检查权限。") from error
