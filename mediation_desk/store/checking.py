"""Looks whether the store is true to itself, and mends what only repeats what is kept elsewhere.

A store of a million cases is read in parts of some hundred rows, each a look of its own: nobody waits for it. Of what
cannot be mended a person is told what is wrong and what to do, and nothing is touched.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from threading import Event

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.errors import CannotRead
from mediation_desk.store import check_cases, check_file, check_kept, check_numbers
from mediation_desk.store.copying import Progress, Stopped, go_on_unless
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records

_AT_A_TIME = 200

Look = Callable[[Database, Progress], Iterator[Trouble]]
"""Looks at one thing; tells now and then how much of it is done."""

LOOKS: tuple[Look, ...] = (
    check_file.pages,
    check_file.references,
    check_file.unlogged,
    check_file.log,
    check_cases.stages,
    check_cases.words,
    check_cases.sums,
    check_numbers.running_numbers,
    check_numbers.numbers_of_cases,
    check_numbers.blanks,
    check_cases.papers,
    check_cases.attachments,
    check_cases.drafts,
    check_kept.search,
    check_kept.repeats,
    check_kept.counts,
)

MENDERS: dict[Check, Callable[[Records, list[int | str]], None]] = {
    Check.INDEXES: check_file.make_indexes_anew,
    Check.UNLOGGED: lambda _records, _keys: None,  # every step begins by logging them
    Check.STAGES: check_cases.restage_anew,
    Check.COUNTERS: check_numbers.raise_counters,
    Check.SEARCH: check_kept.make_search_rows_anew,
    Check.PARTY_KEYS: check_kept.make_party_keys_anew,
    Check.COUNTS: check_kept.recount_stages,
}


def find_troubles(
    database: Database, *, progress: Progress | None = None, stop: Event | None = None
) -> Iterator[Trouble]:
    """Everything that is wrong with the store, as it is found. Ends early once `stop` is set.

    In a damaged file nothing else is looked at: what it holds can no longer be trusted.
    """
    for turn, look in enumerate(LOOKS):
        tell = partial(_tell, progress, stop, turn)
        try:
            tell(0.0)
            for trouble in look(database, tell):
                yield trouble
                if trouble.check is Check.FILE:
                    return
        except Stopped:
            return
        except CannotRead as error:
            yield Trouble(check=Check.FILE, sentence=str(error))
            return
    if progress:
        progress(1.0)


def _tell(progress: Progress | None, stop: Event | None, turn: int, done: float) -> None:
    go_on_unless(stop)
    if progress:
        progress((turn + done) / len(LOOKS))


def mend(
    database: Database,
    troubles: Iterable[Trouble],
    doing: Doing,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> int:
    """Make anew what can be made of facts, some hundred things a step, and return how many troubles that mended.

    Each step works by what the facts are at that moment. Raises `CannotSave`; what was mended before stays mended.
    """
    keys: dict[Check, list[int | str]] = {}
    for trouble in troubles:
        if trouble.can_be_mended:
            keys.setdefault(trouble.check, []).append(trouble.key)
    total, done = sum(map(len, keys.values())), 0
    for check in (each for each in MENDERS if each in keys):
        for first in range(0, len(keys[check]), _AT_A_TIME):
            if stop is not None and stop.is_set():
                return done
            some = keys[check][first : first + _AT_A_TIME]
            with database.writing(doing=doing) as records:
                MENDERS[check](records, some)
            done += len(some)
            if progress:
                progress(done / total)
    return done
