"""A key file beside a store, for as long as a test wants it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediation_desk.store import key_file
from mediation_desk.store.database import Database
from tests.keys import CHEAP


@contextmanager
def with_key_file(database: Database, folder: Path) -> Iterator[None]:
    """Meanwhile a key file lies beside a store that is encrypted; nothing happens to a plain one."""
    if database.path is None or database.key is None:
        yield
        return
    beside = key_file.key_path(database.path)
    made = folder / "made.db"
    key_file.make(made, database.key, costs=CHEAP)
    shutil.move(key_file.key_path(made), beside)
    try:
        yield
    finally:
        beside.unlink(missing_ok=True)
