"""Checks of what is kept for quick answers: search words, keys of parties, numbers of cases by stage."""

from collections.abc import Iterator

from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.stage import Stage
from mediation_desk.store.copying import Progress
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.stage_counts import counted, kept_counts, recount


def search(database: Database, progress: Progress) -> Iterator[Trouble]:
    return iter(())


def make_search_rows_anew(records: Records, keys: list[int | str]) -> None: ...


def party_keys(database: Database, progress: Progress) -> Iterator[Trouble]:
    return iter(())


def make_party_keys_anew(records: Records, keys: list[int | str]) -> None: ...


def counts(database: Database, _: Progress) -> Iterator[Trouble]:
    """The numbers by stage, as they are kept and as the cases give them."""
    with database.reading() as records:
        kept, there = kept_counts(records.session), counted(records.session)
    for stage in sorted(kept.keys() | there.keys()):
        if kept.get(stage, 0) != there.get(stage, 0):
            label = Stage(stage).label if stage in list(Stage) else stage
            sentence = f"“{label}”记为{kept.get(stage, 0)}件，实有{there.get(stage, 0)}件。"
            yield Trouble(check=Check.COUNTS, sentence=sentence, key=stage)


def recount_stages(records: Records, _: list[int | str]) -> None:
    recount(records.session)
