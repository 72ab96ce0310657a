"""Makes a store together with its first contents, or nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store.database import create, refuse_to_replace
from mediation_desk.store.records import Records
from mediation_desk.store.sqlite_file import remove


@contextmanager
def new_store(path: Path, key: bytes | None = None, doing: Doing | None = None) -> Iterator[Records]:
    """Fill a new store at `path` in the block. It gets its name when it is full: a crash before leaves no half store.

    `doing` says for the log who does it.
    Raises `CannotOpen` when something is at `path` already; that is never touched.
    """
    refuse_to_replace(path)
    filling = path.with_name(f"{path.name}.filling")
    with suppress(OSError):  # what is in the way then is told by `create`
        remove(filling)
    database = create(filling, key)
    try:
        with database.writing(doing=doing) as records:
            yield records
    except BaseException:
        database.close()
        remove(filling)
        raise
    database.close()
    try:
        filling.replace(path)
    except OSError as error:
        remove(filling)
        raise CannotOpen(f"无法建立数据文件“{path}”（{error.strerror}），没有保存。请检查后再试。") from error
