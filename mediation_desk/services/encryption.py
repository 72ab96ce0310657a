"""Encrypting the store that is open, changing its key or its sheet, and taking the key away.

Each takes as long as the store is large and is for a thread of its own. The store is let go of meanwhile; whoever holds
it goes on with what came of it. What is to be printed is on paper before anything relies on it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import CannotSave, DeskError
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services.act import Act, needs
from mediation_desk.services.backup import back_up_first, back_up_now
from mediation_desk.services.passwords import Verdict, check_password
from mediation_desk.store import encryption, key_file, pc_keys
from mediation_desk.store.copying import Progress, share
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.left_behind import remove_plain_copies
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told

ON_A_SERVER = "数据在服务器上，由服务器管理员加密，不在这里。"
_BACKED_UP, _DONE = 0.2, 0.8


@needs(Right.BACKUP)
def confirm(records: Records, act: Act, password: str) -> Verdict:
    """Judge the password of the acting user before something is done to the whole store; see `check_password`."""
    return check_password(records, act, act.by_id, password)


@needs(Right.BACKUP)
def note_encryption(records: Records, act: Act, what: str) -> None:
    """Log what was done: "加密数据", "取消加密：换服务器"."""
    del act
    records.told.append(Told(AuditKind.STORE, what))


def turn_on(
    database: Database,
    rules: Rules,
    now: datetime,
    user: User,
    password: str,
    words: RecoveryWords,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> str:
    """Encrypt a plain store: `password` of this user and the sheet of `words` open it from now on.

    Plain back-ups and copies go once an encrypted back-up is there; returns what is to be said of those that stay.
    Raises a `DeskError`; the store is plain as before then.
    """
    path = _file_of(database)
    if database.key is not None:
        raise CannotSave("数据已经加密，没有改动。")
    back_up_first(database, rules, BackupReason.ENCRYPT, now, progress=share(progress, 0, _BACKED_UP))
    key = key_file.new_key()
    try:
        key_file.make(path, key, words)
        key_file.set_password(path, key, user.uid, user.name, password)
        middle = share(progress, _BACKED_UP, _DONE)
        _rewrite(database, key, lambda: encryption.encrypt(path, key, progress=middle, stop=stop))
    except BaseException:
        if key_file.is_plain(path):
            with suppress(OSError):
                key_file.key_path(path).unlink(missing_ok=True)
        raise
    return clean_up(database, rules, now, progress=share(progress, _DONE, 1))


def clean_up(database: Database, rules: Rules, now: datetime, *, progress: Progress | None = None) -> str:
    """Back up the encrypted store, then remove the plain copies. Returns what is to be said of those that stay."""
    path = _file_of(database)
    try:
        back_up_now(database, rules, BackupReason.ASKED, now, pause=0, progress=share(progress, 0, 0.6))
    except DeskError as error:
        return f"新的备份没有做成，所以未加密的旧备份还没有清除。{error}"
    left = remove_plain_copies(path, progress=share(progress, 0.6, 1))
    if not left:
        return ""
    return "下列未加密的旧文件没能清除，请自行销毁：\n" + "\n".join(map(str, left))


def change_key(
    database: Database,
    rules: Rules,
    now: datetime,
    user: User,
    password: str,
    words: RecoveryWords,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> None:
    """Encrypt the store anew with a key nobody had before: only this user and this sheet open it.

    Others are given passwords anew. Earlier back-ups keep their key and their sheet. Raises a `DeskError`.
    """
    path, old = _file_of(database), _key_of(database)
    back_up_first(database, rules, BackupReason.REKEY, now, progress=share(progress, 0, _BACKED_UP))
    pc_keys.forget(path)
    new, middle = key_file.new_key(), share(progress, _BACKED_UP, 1)
    _rewrite(database, new, lambda: encryption.rekey(path, old, new, progress=middle, stop=stop))
    key_file.start_anew(path, new, words, user.uid, user.name, password)


def change_sheet(database: Database, words: RecoveryWords) -> None:
    """From now on the sheet of `words` opens the store, and no earlier one. Raises a `DeskError`."""
    key_file.new_words(_file_of(database), _key_of(database), words)


def turn_off(
    database: Database, rules: Rules, now: datetime, *, progress: Progress | None = None, stop: Event | None = None
) -> None:
    """Make the store plain. Raises a `DeskError`; it is encrypted as before then."""
    path, key = _file_of(database), _key_of(database)
    back_up_first(database, rules, BackupReason.ENCRYPT, now, progress=share(progress, 0, _BACKED_UP))
    pc_keys.forget(path)
    middle = share(progress, _BACKED_UP, 1)
    _rewrite(database, None, lambda: encryption.decrypt(path, key, progress=middle, stop=stop))


def _rewrite(database: Database, key: bytes | None, work: Callable[[], None]) -> None:
    """Let go of the store, do `work`, and go on with `key`; where it was refused, as before."""
    path, before = _file_of(database), database.key
    database.close()
    try:
        work()
    except BaseException:
        database.become(open_store(path, before))
        raise
    database.become(open_store(path, key))


def _file_of(database: Database) -> Path:
    if database.path is None:
        raise CannotSave(ON_A_SERVER)
    if database.read_only:
        raise CannotSave(database.read_only)
    return database.path


def _key_of(database: Database) -> bytes:
    if database.key is None:
        raise CannotSave("数据没有加密，没有改动。")
    return database.key
