"""The file that holds everything: opening it safely, one transaction at a time, and saying plainly what went wrong.

One driver in every mode (sqlcipher3), BEGIN emitted by ourselves (the driver's own modes silently lose concurrent
updates), WAL with synchronous=FULL: what was acknowledged survives a power cut.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from mediation_desk.domain.errors import CannotOpen, CannotRead, CannotSave, ChangedMeanwhile, ReadOnly
from mediation_desk.store import migrations
from mediation_desk.store.records import Records

APPLICATION_ID = 0x4D44534B
"""Marks a file as a store of this program ("MDSK")."""

BUSY_SECONDS = 5
"""How long a step waits for another program to finish writing."""

PRAGMAS = (
    "foreign_keys=on",
    "journal_mode=wal",
    "synchronous=full",
    "cache_size=-16384",
    "temp_store=memory",
    "trusted_schema=off",
    "cell_size_check=on",
)
_READING_PRAGMAS = tuple(pragma for pragma in PRAGMAS if not pragma.startswith(("journal_mode", "synchronous")))

# What SQLite says, what has happened, and what to do. The first part that is found in the message counts.
_TROUBLES: tuple[tuple[str, type[CannotSave], str, str], ...] = (
    ("disk is full", CannotSave, "磁盘已满", "请清理磁盘后再试。"),
    ("disk I/O error", CannotSave, "磁盘读写失败", "请检查磁盘后再试。"),
    ("locked", CannotSave, "另一个程序正在写入数据", "请稍后再试。"),
    ("readonly", ReadOnly, "数据文件是只读的", "请检查文件权限后再试。"),
    ("unable to open", CannotSave, "数据文件打不开，可能已被移走", "请把它放回原处后再试。"),
    ("malformed", CannotSave, "数据文件已损坏", "请停止录入，保留该文件，并联系管理员恢复备份。"),
    ("not a database", CannotSave, "数据文件已损坏", "请停止录入，保留该文件，并联系管理员恢复备份。"),
)


class Database:
    """An open store. `read_only` says in a sentence why nothing can be written, and is empty when it can."""

    def __init__(self, path: Path, engine: Engine, read_only: str = "") -> None:
        self.path = path
        self.read_only = read_only
        self._engine = engine
        self._writer = engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """One consistent look at the records. Objects read stay usable afterwards; changes to them are not kept.

        Raises `CannotRead` (file gone, damaged), with a sentence for the clerk.
        """
        with _said_plainly(saving=False), self._engine.connect() as connection:
            connection.begin()  # never committed
            with closing(Records(connection)) as records:
                yield records

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Records]:
        """One step: all of it is kept when the block ends, nothing when it raises.

        `patience` is how many seconds to wait for another program that is writing, `BUSY_SECONDS` unless told.
        Raises `ReadOnly`, `CannotSave` (full, locked, damaged) or `ChangedMeanwhile`, with a sentence for the clerk.
        """
        if self.read_only:
            raise ReadOnly(self.read_only)
        seconds = BUSY_SECONDS if patience is None else patience
        with _said_plainly(), self._writer.connect() as connection:
            connection.connection.cursor().execute(f"pragma busy_timeout={int(seconds * 1000)}")
            with connection.begin(), closing(Records(connection)) as records:
                yield records
                records.flush()

    def close(self) -> None:
        """Let SQLite look which indexes serve best, fold the write-ahead log into the file, then let go of it.

        What cannot be folded in now (a full disk, another reader) stays in the log, where the next start finds it.
        """
        if not self.read_only:
            with suppress(driver.Error, SQLAlchemyError), self._engine.connect() as connection:
                cursor = connection.connection.cursor()
                cursor.execute("pragma optimize")
                cursor.execute("pragma wal_checkpoint(truncate)")
        self._engine.dispose()


@contextmanager
def _said_plainly(*, saving: bool = True) -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            "这条记录刚被别人修改过，您的修改没有保存，窗口里的文字还在。请刷新后核对再保存。"
        ) from error
    except (DatabaseError, driver.Error) as error:
        for part, kind, happened, advice in _TROUBLES:
            if part in _why(error):
                if saving:
                    raise kind(f"{happened}，这一步没有保存；窗口里的文字还在。{advice}") from error
                raise CannotRead(f"{happened}，没有读出内容；没有改动任何数据。{advice}") from error
        raise


def create(path: Path) -> Database:
    """Make a new, empty store at `path`; refuses to touch a file that is there."""
    refuse_to_replace(path)
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(fresh)
        fresh.touch()
        with closing(_connect(fresh)) as connection:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
        engine = _engine(fresh)
        _migrate(engine)
        Database(fresh, engine).close()
        fresh.replace(path)
    except (OSError, driver.Error, SQLAlchemyError) as error:
        with suppress(OSError):
            remove(fresh)
        raise CannotOpen(f"无法在“{path.parent}”建立数据文件（{_why(error)}）。请换一个可写的文件夹。") from error
    return Database(path, _engine(path))


def open_store(path: Path) -> Database:
    """Open the store at `path`, bringing an older one up to date (a copy is kept beside it first).

    Raises `CannotOpen` with a sentence when the file is missing, empty, damaged or not a store; never makes a new one
    in its place. A store of a newer release, or one that cannot be written, opens read-only; one that cannot be written
    and is older than the program is left alone.
    """
    try:
        if not path.exists():
            raise CannotOpen(f"找不到数据文件“{path}”。请检查路径；程序没有新建文件。")
        if not path.is_file() or path.stat().st_size == 0:
            raise CannotOpen(f"“{path}”是空文件或文件夹，不是数据文件。程序没有改动它；请从备份恢复。")
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{_why(error)}）。请检查权限。") from error
    revision = _revision(path)
    if revision not in migrations.REVISIONS:
        engine = _engine(path, writable=False)
        return Database(path, engine, "这份数据由更新版本的程序建立，只能查看，不能修改。请更新本程序。")
    if not _is_writable(path):
        if revision != migrations.HEAD:
            raise CannotOpen(
                f"“{path}”由旧版本的程序建立，要先升级才能打开，而数据文件或所在文件夹是只读的。"
                "程序没有改动它；请检查权限，或复制到可写的文件夹后再打开。"
            )
        engine = _engine(path, writable=False)
        return Database(path, engine, "数据文件或所在文件夹是只读的，只能查看，不能修改。请检查文件夹权限。")
    engine = _engine(path)
    if revision != migrations.HEAD:
        with _said_plainly():
            _copy(path, path.with_name(f"{path.stem}.{revision}{path.suffix}"))
            _migrate(engine)
    return Database(path, engine)


def _revision(path: Path) -> str:
    """The revision of the schema. Looks without changing anything: the file may be anybody's."""
    try:
        with closing(_connect(path, writable=False)) as connection:
            if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                raise CannotOpen(f"“{path}”不是调解工作台的数据文件。程序没有改动它；请重新选择。")
            row = connection.execute("select version_num from alembic_version").fetchone()
    except driver.Error as error:
        raise _not_opened(path, error) from error
    if row is None:
        raise CannotOpen(f"“{path}”已经损坏（缺少版本标记）。程序没有改动它；请从备份恢复。")
    return str(row[0])


def _is_writable(path: Path) -> bool:
    try:
        with closing(_connect(path)) as connection:
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
        return CannotOpen(f"无法读取“{path}”（{_why(error)}）。请检查权限。")
    return CannotOpen(f"“{path}”不是数据文件，或已经损坏（{_why(error)}）。程序没有改动它；请从备份恢复，或重新选择。")


def _connect(path: Path, *, writable: bool = True) -> Any:
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={'rw' if writable else _reading_mode(path)}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
        for pragma in PRAGMAS if writable else _READING_PRAGMAS:
            connection.execute(f"pragma {pragma}")
    except driver.Error:
        connection.close()
        raise
    return connection


def _reading_mode(path: Path) -> str:
    """Without the shared memory file of its log SQLite can read a store only as an immutable one, past the log."""
    if _can_write_beside(path):
        return "ro"
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise CannotOpen(
            f"“{path}”所在的文件夹不可写，而最近的改动还在日志文件“{log.name}”里，现在打开会看不到它们。"
            "请把这两个文件一起复制到可写的文件夹后再打开。"
        )
    return "ro&immutable=1"


def _can_write_beside(path: Path) -> bool:
    probe = path.with_name(path.name + "-probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def _engine(path: Path, *, writable: bool = True) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=partial(_connect, path, writable=writable),
        poolclass=QueuePool,
        pool_size=4,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("mediation_desk_begin", "BEGIN")
        connection.connection.cursor().execute(how)

    return engine


def _migrate(engine: Engine) -> None:
    # Alembic costs 0.2 s: needed only when a step is to be made.
    from mediation_desk.store.migrations.run import upgrade

    with engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE").begin() as connection:
        upgrade(connection)


def _copy(path: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    with closing(_connect(path)) as source, closing(driver.connect(str(copy))) as target:
        source.backup(target)


def refuse_to_replace(path: Path) -> None:
    """Raise `CannotOpen` if something is at `path`, or if that cannot be seen."""
    try:
        is_there = path.exists()
    except OSError as error:
        raise CannotOpen(f"无法读取“{path}”（{_why(error)}）。请检查权限。") from error
    if is_there:
        raise CannotOpen(f"“{path}”已经存在，没有改动它。请另选一个文件名。")


def remove(fresh: Path) -> None:
    """Remove a store that never got its name."""
    for ending in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(getattr(error, "orig", error))
