"""The store that holds everything: opening it safely, one transaction at a time.

A store is a file of this PC (see `sqlite_file.py`), plain or encrypted, or lies on a server that several desks share
(see `server.py`). The same steps lead to the same tables on both.
"""

import atexit
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import SQLAlchemyError

from mediation_desk.domain.audit import AuditKind, Doing
from mediation_desk.domain.errors import CannotOpen, MaybeSaved, ReadOnly, TryAgain
from mediation_desk.store import migrations, sqlite_file
from mediation_desk.store.address import Address
from mediation_desk.store.centre import HOLDS
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Head, seal, take_in_what_is_there
from mediation_desk.store.side_note import (
    Note,
    forget_note,
    is_log_gone,
    is_log_strange,
    is_noted_damaged,
    note_closed,
    note_closing,
    note_damage,
    note_not_opened,
    note_opening,
    steps_missing,
    write_note,
)
from mediation_desk.store.sight import Sight
from mediation_desk.store.sqlite_file import connect, engine_of, remove, undo_half, unlock
from mediation_desk.store.suitable import refuse_unsuitable
from mediation_desk.store.troubles import database_errors, is_damage, said_plainly, why
from mediation_desk.store.watching import watch

_T = TypeVar("_T")

APPLICATION_ID = 0x4D44534B
"""Marks a file as a store of this program ("MDSK")."""

END_OF_LOG = "select no, at from audit order by centre_id desc, no desc limit 1"
"""Number and moment of the newest step of a file, by the table's key: a million steps are not looked through for it."""

NEWER = "这份数据由更新版本的程序建立，只能查看，不能修改。请更新本程序。"
_OWN_REMEMBERED = 1000
_TRIES = 4
_MAYBE_SAVED = (
    "保存时与数据服务器的连接断了，这一步可能已保存，也可能没有；窗口里的文字还在。"
    "连接恢复后请先刷新核对，没有再保存一次；同一份登记不会重复。"
)
_EXTERNAL = Doing(kind=AuditKind.EXTERNAL)
_UPGRADE = Doing(kind=AuditKind.STORE, what="upgrade")


class Database:
    """An open store. `read_only` says in a sentence why nothing can be written, and is empty when it can.

    `path` is the file, or None for a store on a server; `key` the raw key of an encrypted file.
    """

    def __init__(self, path: Path | None, engine: Engine, read_only: str = "", key: bytes | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self.key = key
        self.own: deque[Head] = deque(maxlen=_OWN_REMEMBERED)
        """Where the log went by steps of this program, so that those of other desks are told from them."""
        self._engine = self._reader = self._writer = engine
        if path is None:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writer = engine.execution_options(**{HOLDS: True})
        else:
            self._writer = engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE")
        _never_closed.add(self)

    @contextmanager
    def reading(self, sight: Sight | None = None) -> Iterator[Records]:
        """One consistent look at the records. Objects read stay usable afterwards; changes to them are not kept.

        `sight` are the eyes of somebody who may not see all cases.
        Raises `CannotRead` (file gone, damaged), with a sentence for the clerk.
        """
        with said_plainly(saving=False), self._heeding_damage(), self._reader.connect() as connection:
            connection.begin()  # never committed
            with closing(Records(connection, sight)) as records:
                yield records

    @contextmanager
    def writing(
        self, patience: float | None = None, doing: Doing | None = None, sight: Sight | None = None
    ) -> Iterator[Records]:
        """One step: all of it is kept when the block ends, nothing when it raises.

        `doing` says for the log who does what; what another program changed meanwhile is logged apart, before it.
        `patience` is how many seconds to wait for another program that is writing, else `BUSY_SECONDS`.
        Raises `ReadOnly`, `CannotSave` (full, locked, damaged, server gone), `ChangedMeanwhile`, `TryAgain`, or
        `MaybeSaved` when the server went away during the commit and did not come back to tell; each with a sentence for
        the clerk.
        """
        if self.read_only:
            raise ReadOnly(self.read_only)
        with said_plainly(), self._heeding_damage(), self._writer.connect() as connection:
            if self.path is not None:
                seconds = sqlite_file.BUSY_SECONDS if patience is None else patience
                connection.connection.cursor().execute(f"pragma busy_timeout={int(seconds * 1000)}")
            with connection.begin() as transaction:
                if self.path is None and patience is not None:
                    connection.exec_driver_sql(f"set local lock_timeout = '{int(patience * 1000)}ms'")
                with closing(Records(connection, sight)) as records:
                    others = seal(connection, _EXTERNAL)
                    yield records
                    records.flush()
                    records.sealed = seal(connection, doing or Doing(), records.told)
                self._commit(transaction, [each.head for each in (others, records.sealed) if each.head])

    @contextmanager
    def _heeding_damage(self) -> Iterator[None]:
        """Note a damaged page for the next start; what of an encrypted file met one can read nothing any more."""
        try:
            yield
        except database_errors() as error:
            if self.path is not None and is_damage(error):
                note_damage(self.path)
                self._engine.dispose()
            raise

    def _commit(self, transaction: RootTransaction, heads: list[Head]) -> None:
        """Keep the step. What a server did that went away meanwhile is asked when it is back, never guessed."""
        self.own.extend(heads)  # before anybody can be told of it
        try:
            transaction.commit()
        except database_errors() as error:
            if self.path is None and self._is_kept_after_all(transaction.connection, heads, error):
                return
            for _ in heads:
                self.own.pop()
            raise

    def _is_kept_after_all(self, connection: Connection, heads: list[Head], error: Exception) -> bool:
        from mediation_desk.store.server import is_cut_off, is_kept

        if not is_cut_off(connection):
            return False
        kept = is_kept(self._engine, heads[-1]) if heads else None
        if kept is None:
            raise MaybeSaved(_MAYBE_SAVED) from error
        return kept

    def do(self, step: Callable[[Records], _T], **how: Any) -> _T:
        """`writing` for one function, which is called again where two desks stood in each other's way on a server."""
        for _ in range(_TRIES - 1):
            try:
                with self.writing(**how) as records:
                    return step(records)
            except TryAgain:
                continue
        with self.writing(**how) as records:
            return step(records)

    def close(self) -> None:
        """Let SQLite look which indexes serve best, fold the write-ahead log into the file, then let go of it.

        What cannot be folded in now (a full disk, another reader) stays in the log, where the next start finds it.
        """
        _never_closed.discard(self)
        end: tuple[int, str] | None = None
        if self.path is not None and not self.read_only:
            with suppress(driver.Error, SQLAlchemyError), self._engine.connect() as connection:
                cursor = connection.connection.cursor()
                end = _end_of_log(cursor)
                cursor.execute("pragma optimize")
                cursor.execute("pragma wal_checkpoint(truncate)")
                note_closing(self.path, end)
        self._engine.dispose()
        if self.path is not None:
            note_closed(self.path, end)

    def become(self, other: "Database") -> None:
        """Go on as the store that `other` has opened: everybody who holds this one, closed before, goes on with it."""
        self.path, self.key, self.read_only = other.path, other.key, other.read_only
        self._engine, self._reader, self._writer = other._engine, other._reader, other._writer
        _never_closed.discard(other)
        _never_closed.add(self)


_never_closed: WeakSet[Database] = WeakSet()


@atexit.register
def _let_go() -> None:
    """What a program does that ends by a mistake and closes nothing: SQLite tidies its log away, nobody stole it."""
    for database in list(_never_closed):
        database._engine.dispose()
        if database.path is not None:
            note_closed(database.path, None)


def create(path: Path, key: bytes | None = None) -> Database:
    """Make a new, empty store at `path`; refuses to touch a file that is there."""
    refuse_unsuitable(path)
    refuse_to_replace(path)
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(fresh)
        fresh.touch()
        with closing(connect(fresh, key)) as connection:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
        engine = engine_of(fresh, key)
        migrate(engine)
        Database(fresh, engine, key=key).close()
        fresh.replace(path)
        forget_note(path)
    except (OSError, driver.Error, SQLAlchemyError) as error:
        with suppress(OSError):
            remove(fresh)
        raise CannotOpen(f"无法在“{path.parent}”建立数据文件（{why(error)}）。请换一个可写的文件夹。") from error
    return Database(path, engine_of(path, key), key=key)


def open_store(path: Path, key: bytes | None = None) -> Database:
    """Open the store at `path`, bringing an older one up to date (a copy is kept beside it first).

    Raises `CannotOpen` with a sentence when the file is missing, empty, damaged or not a store; never makes a new one
    in its place. A store of a newer release, or one that cannot be written, opens read-only; one that cannot be written
    and is older than the program is left alone.
    """
    refuse_unsuitable(path)
    try:
        if not path.exists():
            raise CannotOpen(f"找不到数据文件“{path}”。请检查路径；程序没有新建文件。")
        if not path.is_file() or path.stat().st_size == 0:
            raise CannotOpen(f"“{path}”是空文件或文件夹，不是数据文件。程序没有改动它；请从备份恢复。")
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{why(error)}）。请检查权限。") from error
    log_gone = is_log_gone(path)  # looking into the store makes a new log
    if is_log_strange(path):
        raise CannotOpen(
            f"“{path}”旁边的日志文件不是它的，现在打开会弄坏数据。程序没有改动它；请打开窗口程序，按提示恢复。"
        )
    undo_half(path, key)
    revision = _revision(path, key)
    if is_noted_damaged(path):
        raise CannotOpen(f"“{path}”上次使用时有的地方读不出来。程序没有改动它；请打开窗口程序，按提示恢复。")
    if revision not in migrations.REVISIONS:
        engine = engine_of(path, key, writable=False)
        return Database(path, engine, NEWER, key)
    if not _is_writable(path, key):
        if revision != migrations.HEAD:
            raise CannotOpen(
                f"“{path}”由旧版本的程序建立，要先升级才能打开，而数据文件或所在文件夹是只读的。"
                "程序没有改动它；请检查权限，或复制到可写的文件夹后再打开。"
            )
        engine = engine_of(path, key, writable=False)
        return Database(path, engine, "数据文件或所在文件夹是只读的，只能查看，不能修改。请检查文件夹权限。", key)
    engine = engine_of(path, key)
    try:
        _hold_log(engine)
        note_opening(path)
        if revision != migrations.HEAD:
            with said_plainly():
                _copy(path, path.with_name(f"{path.stem}.{revision}{path.suffix}"), key)
                migrate(engine)
    except BaseException:
        engine.dispose()
        note_not_opened(path)
        raise
    _compare_with_note(path, engine, is_log_gone=log_gone)
    return Database(path, engine, key=key)


def open_at(address: Address, key: bytes | None = None, password: str | None = None) -> Database:
    """Open the store at an address: a file with its key (see `open_store`), or one of several desks with its password.

    Without a password libpq's own ways are left: `PGPASSWORD`, `.pgpass`, or a server that asks for none.
    """
    if isinstance(address, Path):
        return open_store(address, key)
    from mediation_desk.store.shared_store import open_shared  # loads the driver of servers

    return open_shared(address, password)


def create_at(address: Address, key: bytes | None = None, password: str | None = None) -> Database:
    """Make a new, empty store: a file (see `create`), or the tables in an empty database of a server."""
    if isinstance(address, Path):
        return create(address, key)
    from mediation_desk.store.shared_store import create_shared  # loads the driver of servers

    return create_shared(address, password)


def _hold_log(engine: Engine) -> None:
    """Let the pool keep a connection: as long as there is one, the log file is there, and nobody misses it."""
    with said_plainly(saving=False), engine.connect() as connection:
        connection.exec_driver_sql("select count(*) from sqlite_master")


def _compare_with_note(path: Path, engine: Engine, *, is_log_gone: bool) -> None:
    """Raise `CannotOpen` if the store lacks what was there last time, else note that it is open."""
    with said_plainly(saving=False), engine.connect() as connection:
        no, at = _end_of_log(connection.connection.cursor())
    if is_log_gone or steps_missing(path, no):
        engine.dispose()
        raise CannotOpen(
            f"“{path}”缺少上次已经保存的记录：日志文件不见了，或数据文件被换成了旧的。"
            "程序没有改动它；请把日志文件放回原处，或按提示恢复。"
        )
    write_note(path, Note(is_open=True, audit_no=no, at=at))


def _end_of_log(cursor: Any) -> tuple[int, str]:
    """Number and moment of the newest step."""
    no, at = cursor.execute(END_OF_LOG).fetchone() or (0, "")
    return int(no), at or ""


def _revision(path: Path, key: bytes | None) -> str:
    """The revision of the schema. Looks without changing anything: the file may be anybody's."""
    try:
        with closing(connect(path, key, writable=False)) as connection:
            if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                raise CannotOpen(f"“{path}”不是调解工作台的数据文件。程序没有改动它；请重新选择。")
            row = connection.execute("select version_num from alembic_version").fetchone()
    except driver.Error as error:
        raise _not_opened(path, error) from error
    if row is None:
        raise CannotOpen(f"“{path}”已经损坏（缺少版本标记）。程序没有改动它；请从备份恢复。")
    return str(row[0])


def _is_writable(path: Path, key: bytes | None) -> bool:
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("begin immediate")
            connection.execute(f"pragma application_id={APPLICATION_ID}")  # beginning alone succeeds on any file
            connection.execute("rollback")
    except driver.Error as error:
        if any(part in str(error) for part in ("readonly", "unable to open")):
            return False
        raise _not_opened(path, error) from error
    return True


def _not_opened(path: Path, error: driver.Error) -> CannotOpen:
    if "locked" in str(error):
        return CannotOpen("数据文件正被另一个程序占用。请关闭那个程序后再打开。")
    if "unable to open" in str(error):
        return CannotOpen(f"无法读取“{path}”（{why(error)}）。请检查权限。")
    return CannotOpen(f"“{path}”不是数据文件，或已经损坏（{why(error)}）。程序没有改动它；请从备份恢复，或重新选择。")


def migrate(engine: Engine, first: str = "") -> None:
    """Make the steps that the store still lacks, all or none, and watch its tables as they are then.

    `first` is a statement that keeps others away meanwhile.
    """
    # Alembic costs 0.2 s: needed only when a step is to be made.
    from mediation_desk.store.migrations.run import upgrade

    with engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE").begin() as connection:
        if first:
            connection.exec_driver_sql(first)
        upgrade(connection)
        watch(connection)
        take_in_what_is_there(connection)
        seal(connection, _UPGRADE)


def _copy(path: Path, copy: Path, key: bytes | None) -> None:
    copy.unlink(missing_ok=True)
    with closing(connect(path, key)) as source, closing(driver.connect(str(copy))) as target:
        if key is not None:
            unlock(target, key)
        source.backup(target)


def refuse_to_replace(path: Path) -> None:
    """Raise `CannotOpen` if something is at `path`, or if that cannot be seen."""
    try:
        is_there = path.exists()
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{why(error)}）。请检查权限。") from error
    if is_there:
        raise CannotOpen(f"“{path}”已经存在，没有改动它。请另选一个文件名。")
