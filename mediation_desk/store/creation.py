"""Makes a store together with its first contents, or nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediation_desk.store.database import create
from mediation_desk.store.records import Records


@contextmanager
def new_store(path: Path) -> Iterator[Records]:
    """Fill a new store at `path` in the block. If the block raises, the file is gone again and its name is free.

    Raises `CannotOpen` when something is at `path` already; that is never touched.
    """
    database = create(path)
    try:
        with database.writing() as records:
            yield records
    except BaseException:
        database.close()
        path.unlink()
        raise
    database.close()
