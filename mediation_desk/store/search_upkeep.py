"""What is done for searches while nobody types: merging the index little by little, and counting rare words anew."""

from contextlib import suppress

from mediation_desk.domain.errors import DeskError
from mediation_desk.store import search_rows, word_counts
from mediation_desk.store.database import Database
from mediation_desk.store.sealing import Cursor

STEPS = 8
"""So many short steps are made at a time: whoever saves waits for one of them at most."""


def tend(database: Database) -> bool:
    """Do some of what there is to do; whether there is more. Where somebody writes just then, it is left for later."""
    if database.read_only:
        return False
    with suppress(DeskError):
        for _ in range(STEPS):
            with database.writing(patience=0) as records:
                if not search_rows.optimise_some(Cursor(records.connection)):
                    break
        else:
            return True
        with database.reading() as records:
            is_stale = word_counts.are_stale(Cursor(records.connection))
        if is_stale:
            word_counts.recount(database)
    return False
