"""The first start: a store with its centre, its first user and that one's password, encrypted unless told otherwise."""

from datetime import datetime
from pathlib import Path

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import act_of
from mediation_desk.services.passwords import set_own_password
from mediation_desk.services.setting_up import set_up
from mediation_desk.store.creation import new_store
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.records import Records


def begin_desk(
    place: Path | Database,
    centre: Centre,
    rules: Rules,
    now: datetime,
    password: str = "",
    words: RecoveryWords | None = None,
) -> Database:
    """Make a store and open it, or set up one that is open and empty. Raises `DeskError`; nothing is left then."""
    if isinstance(place, Path):
        return open_store(place, make_store(place, centre, rules, now, password, words))
    with place.writing(doing=Doing(what="set_up", at=now)) as records:
        set_up_with_password(records, centre, rules, now, password)
    return place


def make_store(
    path: Path, centre: Centre, rules: Rules, now: datetime, password: str = "", words: RecoveryWords | None = None
) -> bytes | None:
    """Make the store at `path`, and return its key; None for a plain one, which is made where there are no `words`.

    The words are to be on paper already. The key file is whole before the store gets its name, so that whatever
    happens meanwhile leaves a store that can be opened, or none. Raises `DeskError`; nothing is left then.
    """
    if words is None:
        with new_store(path, doing=Doing(what="set_up", at=now)) as records:
            set_up_with_password(records, centre, rules, now, password)
        return None
    from mediation_desk.store import key_file

    key, locked_up = key_file.new_key(), False
    try:
        with new_store(path, key, Doing(what="set_up", at=now)) as records:
            set_up_with_password(records, centre, rules, now, password)
            key_file.make(path, key, words)
            locked_up = True
            first = centre.users[0]
            key_file.set_password(path, key, first.uid, first.name, password)
    except BaseException:
        if locked_up and not path.exists():
            key_file.key_path(path).unlink(missing_ok=True)
        raise
    return key


def set_up_with_password(records: Records, centre: Centre, rules: Rules, now: datetime, password: str) -> None:
    """Set the centre up; its first user logs in with `password`, or nobody needs one when it is empty."""
    set_up(records, centre)
    if password:
        set_own_password(records, act_of(centre, centre.users[0], now, rules), "", password)
