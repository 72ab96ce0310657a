"""Stores to be harmed: plain and encrypted ones, and what was said to be in them.

An engine of SQLAlchemy compiles every statement anew. So each kind of store lies at one place through a whole session
of tests, is opened once, and gets a fresh file whenever a test begins.
"""

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.intake import take_in
from mediation_desk.services.triage import accept
from mediation_desk.store.database import Database, create, open_store
from mediation_desk.store.sqlite_file import unlock
from tests.desk import NOW, Desk, intake, uid

KEY = bytes(range(32))
KINDS: dict[str, bytes | None] = {"plain": None, "encrypted": KEY}

ALL = os.environ.get("MEDIATION_DESK_FAULTS") == "all"
"""Whether to try every write point and hundreds of places, which takes long; else some of them."""

RULES: Rules = load_rules(resource("rules"))


def furnished(folder: Path, kind: str) -> Path:
    """A closed store with a centre and its people; made when it is first asked for, never opened afterwards."""
    path = folder / f"{kind}.furnished.db"
    if not path.exists():
        database = create(path, KINDS[kind])
        Desk(database, RULES).furnish()
        database.close()
    return path


class Place:
    """Where the store of one kind lies. `database` is open on it; `begin` puts a fresh file there."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        self.key = KINDS[kind]
        self.path = folder / f"{kind}.db"
        self._furnished = furnished(folder, kind)
        self.begin()
        self.database = open_store(self.path, self.key)

    def begin(self, content: Path | None = None) -> None:
        """Put a fresh store there, or `content`; whoever had it open must have closed it."""
        clear(self.path)
        shutil.copy(content or self._furnished, self.path)

    def look(self) -> Database:
        """Open what lies there now, as the program would after it was killed: by a connection made anew."""
        self.database.close()
        return self.database


def clear(path: Path) -> None:
    for ending in ("", "-wal", "-shm", ".note"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def save_draft(desk: Desk, number: int) -> None:
    with desk.database.writing() as records:
        content = {"number": number}
        records.drafts.save(uid(number), centre_id=1, form="intake", user_id=1, content=content, now=NOW)


def save_case(desk: Desk, number: int) -> None:
    """Register a case under `number`, from its draft when that is even, and give it its running number."""
    with desk.database.writing() as records:
        case_id = take_in(records, desk.act, intake(number, from_draft=number % 2 == 0)).id
        assert case_id is not None
        accept(records, desk.act, case_id, committee_id=1)


_PARTS = text(
    """
    select c.number,
        (select count(*) from parties p where p.centre_id = 1 and p.case_id = c.id),
        (select count(*) from decisions d where d.centre_id = 1 and d.case_id = c.id),
        (select count(*) from events e where e.centre_id = 1 and e.case_id = c.id),
        (select group_concat(text) from issued_numbers n where n.centre_id = 1 and n.case_id = c.id),
        (select count(*) from audit a where a.centre_id = 1 and a.case_id = c.id)
    from cases c where c.centre_id = 1 and c.uid = :uid
    """
)


def has_whole_case(database: Database, number: int) -> bool:
    """Whether the case is there with all that belongs to it. Fails when half of it is."""
    with database.reading() as records:
        found = records.connection.execute(_PARTS, {"uid": uid(number)}).one_or_none()
    if found is None:
        return False
    given, parties, decisions, events, issued, logged = found
    assert (parties, decisions, events, issued, logged > 0) == (2, 1, 3, given, True), "half a case is there"
    return True


def has_draft(database: Database, number: int) -> bool:
    with database.reading() as records:
        draft = records.drafts.find(uid(number))
        assert draft is None or draft.content == {"number": number}
        return draft is not None


def is_sound(path: Path, key: bytes | None) -> bool:
    """What SQLite itself says of the file, and of the references in it."""
    with closing(opened_raw(path, key)) as connection:
        faults: list[Any] = connection.execute("pragma integrity_check").fetchall()
        faults += connection.execute("pragma foreign_key_check").fetchall()
        return faults == [("ok",)]


def opened_raw(path: Path, key: bytes | None) -> Any:
    """By the same driver: a second SQLite in one process would break the locks of the first."""
    connection = driver.connect(str(path), isolation_level=None)
    if key is not None:
        unlock(connection, key)
    return connection


def encrypted_copy(plain: Path, place: Place) -> Path:
    """The same store with the key of `place`, beside it."""
    path = place.path.with_name(f"{plain.stem}.encrypted.db")
    if not path.exists():
        assert place.key is not None
        with closing(driver.connect(str(plain), isolation_level=None)) as connection:
            mark = connection.execute("pragma application_id").fetchone()[0]
            connection.execute("attach ? as other key ?", (str(path), f"x'{place.key.hex()}'"))
            connection.execute("select sqlcipher_export('other')")
            connection.execute(f"pragma other.application_id={mark}")
            connection.execute("detach other")
    return path


def numbers_without_gaps(database: Database) -> bool:
    """Running numbers are 1, 2, 3, … and the counter stands at the last."""
    with database.reading() as records:
        issued = records.connection.execute(text("select seq from issued_numbers order by seq")).scalars().all()
        last = records.connection.execute(text("select coalesce(max(last), 0) from counters")).scalar_one()
        return list(issued) == list(range(1, last + 1))
