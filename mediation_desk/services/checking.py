"""Checks the store against its own rules, and mends what only repeats other records; see `store/checking.py`.

Both take as long as the store is large: for a thread of their own, or for somebody who waits.
"""

from collections.abc import Iterable, Iterator
from threading import Event

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.checkup import Trouble
from mediation_desk.domain.rights import Right
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services.act import Act, check
from mediation_desk.services.audit import doing
from mediation_desk.services.backup import back_up_first
from mediation_desk.store.checking import find_troubles, mend
from mediation_desk.store.copying import Progress, share
from mediation_desk.store.database import Database

MAY_CHECK = (Right.BACKUP, Right.AUDIT)
"""Whoever has one of these may have the store checked; only the first may mend it."""

_BACKED_UP = 0.4


def check_store(
    database: Database, act: Act, *, progress: Progress | None = None, stop: Event | None = None
) -> Iterator[Trouble]:
    """Everything that is wrong, as it is found; ends early once `stop` is set. Raises `NotAllowed` before it begins."""
    with database.reading() as records:
        check(records, act, *MAY_CHECK)
    return find_troubles(database, progress=progress, stop=stop)


def mend_store(
    database: Database,
    act: Act,
    origin: str,
    troubles: Iterable[Trouble],
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> int:
    """Mend what can be mended of these, after a back-up (a server has its own), and return how many that were.

    Raises `NotAllowed`, `ReadOnly`, or `CannotSave` when the back-up or a step could not be made.
    """
    with database.reading() as records:
        check(records, act, Right.BACKUP)
    some = [trouble for trouble in troubles if trouble.can_be_mended]
    if some and database.path is not None:
        back_up_first(database, act.rules, BackupReason.REPAIR, act.at, progress=share(progress, 0, _BACKED_UP))
    step = doing(act, "mend_store", origin, AuditKind.STORE)
    return mend(database, some, step, progress=share(progress, _BACKED_UP, 1), stop=stop)
