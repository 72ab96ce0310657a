"""What the programs do that get killed: each works until its end, and tells of each piece of work when it is done.

Programs are forked from one that has imported everything and has the store of each kind open already (`ready`), so that
thousands can be killed: what costs time is then the work itself.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store.backup import back_up
from mediation_desk.store.database import open_store
from tests.desk import NOW, Desk
from tests.faults.encrypting import convert
from tests.faults.stores import KINDS, RULES, Place, save_case, save_draft

FOLDER = "MEDIATION_DESK_FAULTS_FOLDER"
"""The variable that says where the stores lie that are to be harmed."""

Told = Callable[[str, int], None]


def save_for_ever(place: Place, first: int, tell: Told) -> None:
    """Save a draft of registration `first`, then that registration with its number, then the next one, and so on."""
    desk = Desk(place.database, RULES)
    for number in count(first):
        save_draft(desk, number)
        tell("draft", number)
        save_case(desk, number)
        tell("case", number)


def back_up_for_ever(place: Place, first: int, tell: Told) -> None:
    """Save a registration, then back up the store, then the next one, and so on."""
    desk = Desk(place.database, RULES)
    for number in count(first):
        save_case(desk, number)
        tell("case", number)
        now = NOW + timedelta(seconds=number)
        back_up(place.database, backups(place), reason=BackupReason.ASKED, now=now, pages_at_a_time=40, pause=0)
        tell("backup", number)


def migrate(place: Place, first: int, tell: Told) -> None:
    """Open a store of the release before."""
    tell("begun", first)
    open_store(place.path, place.key).close()
    tell("migrated", first)


def convert_or_decrypt(place: Place, decrypts: int, tell: Told) -> None:
    """Encrypt a plain store, give an encrypted one another key, or take its key away."""
    tell("begun", decrypts)
    convert(place, decrypts=bool(decrypts))
    tell("converted", decrypts)


WORK: dict[str, Callable[[Place, int, Told], None]] = {
    "save": save_for_ever,
    "back_up": back_up_for_ever,
    "migrate": migrate,
    "convert": convert_or_decrypt,
}


def backups(place: Place) -> Path:
    return place.path.with_name(f"{place.kind}-backups")


def run(work: str, kind: str, first: int, pipe: Connection) -> None:
    """The program. Whoever killed it reads the pipe."""
    with suppress(BrokenPipeError):
        WORK[work](_ready()[kind], first, lambda what, number: pipe.send((what, number)))


_places: dict[str, Place] = {}


def _ready() -> dict[str, Place]:
    """Every kind of store, open; each has saved once, so that statements are compiled."""
    if not _places:
        for kind in KINDS:
            place = Place(Path(os.environ[FOLDER]), kind)
            save_draft(Desk(place.database, RULES), 1)
            save_case(Desk(place.database, RULES), 1)
            place.database.close()
            _places[kind] = place
    return _places


if FOLDER in os.environ and __name__ == "tests.faults.killed":
    _ready()
