"""What a desk does with its store, one piece at a time, and what must hold afterwards whatever happened meanwhile."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import text

from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store.backup import back_up, check, forget, list_backups, verify
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import Database, open_store
from tests.desk import NOW, Desk
from tests.faults.stores import (
    RULES,
    Place,
    clear,
    encrypted_copy,
    has_whole_case,
    is_sound,
    numbers_without_gaps,
    save_case,
)

OLDER = Path(__file__).parent.parent / "data" / "store-0003.db"
"""A store of the release before."""


class Task(Protocol):
    def prepare(self) -> None: ...

    def do(self) -> None:
        """One piece of work; raises `DeskError` with what it says when it cannot."""

    def check(self, said: str) -> None:
        """Fails unless everything acknowledged is there, and nothing half. `said` is empty when the work was done."""


class Saving:
    """Registers a case and gives it its number, then lets go of the store."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._desk = Desk(place.database, RULES)
        self._number = 10
        self._saved: list[int] = []
        self._is_saved = False

    def prepare(self) -> None:
        self._number += 2
        self._is_saved = False

    def do(self) -> None:
        save_case(self._desk, self._number + 1)
        self._is_saved = True
        self._place.database.close()

    def check(self, said: str) -> None:
        if self._is_saved:
            self._saved.append(self._number + 1)
        database = self._place.look()
        assert has_whole_case(database, self._number + 1) == self._is_saved, "the case is not as said"
        assert all(has_whole_case(database, number) for number in self._saved[-2:]), "an earlier case is gone"
        assert number_of_cases(database) == len(self._saved), "an earlier case is gone"
        assert numbers_without_gaps(database), "the running numbers have a gap"
        if len(self._saved) % 20 == 0:
            assert is_sound(self._place.path, self._place.key), "the file is damaged"


class Migrating:
    """Brings a store of the release before up to date."""

    def __init__(self, place: Place) -> None:
        self._place = place
        place.database.close()
        self._older = encrypted_copy(OLDER, place) if place.key else OLDER
        self.prepare()
        database = open_store(place.path, place.key)
        self._expected = contents(database)
        database.close()

    def prepare(self) -> None:
        clear(self._place.path)
        shutil.copy(self._older, self._place.path)

    def do(self) -> None:
        open_store(self._place.path, self._place.key).close()

    def check(self, said: str) -> None:
        database = open_store(self._place.path, self._place.key)
        assert contents(database) == self._expected, "the store is not as it was"
        database.close()
        assert is_sound(self._place.path, self._place.key), "the file is damaged"


class BackingUp:
    """Backs up a store that has one good back-up already."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._folder = place.path.with_name("backups")
        save_case(Desk(place.database, RULES), 11)
        self._turn = 0
        self.do()
        [self._earlier] = list_backups(self._folder)

    def prepare(self) -> None:
        for each in list_backups(self._folder):
            if each != self._earlier:
                forget(each)

    def do(self) -> None:
        self._turn += 1
        now = NOW + timedelta(seconds=self._turn)
        back_up(self._place.database, self._folder, reason=BackupReason.ASKED, now=now, pages_at_a_time=40, pause=0)

    def check(self, said: str) -> None:
        found = list_backups(self._folder)
        assert self._earlier in found, "an earlier back-up is gone"
        assert said or len(found) == 2, "the back-up is not there"
        for each in found:
            verify(each)
            check(each.path, self._place.key)
        assert has_whole_case(self._place.look(), 11), "the case is gone"


def number_of_cases(database: Database) -> int:
    with database.reading() as records:
        return int(records.connection.execute(text("select count(*) from cases")).scalar_one())


def contents(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.reading() as records:
        return {name: list(records.connection.exec_driver_sql(f"select * from {name}")) for name in metadata.tables}


WORK: dict[str, type[Any]] = {"save": Saving, "back_up": BackingUp, "migrate": Migrating}
