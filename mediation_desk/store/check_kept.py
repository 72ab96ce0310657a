"""Checks of what is kept for quick answers: search words, keys of parties, numbers of cases by stage."""

from collections.abc import Iterator, Sequence

from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.search_words import tokens_of
from mediation_desk.domain.stage import Stage
from mediation_desk.store import party_keys, search_rows
from mediation_desk.store.copying import Progress
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.stage_counts import counted, kept_counts, recount

_AT_A_TIME = 200
_TOKENS_ASKED = 8
"""So many tokens of a case are looked for in the index of a file: it keeps no words, and each one costs a look."""


def search(database: Database, progress: Progress) -> Iterator[Trouble]:
    """Every case has its words in the index, and nothing else has."""
    with database.reading() as records:
        lacking, left = search_rows.strays(Cursor(records.connection))
        ids = list(records.cases.ids())
    for case_id in lacking:
        yield Trouble(check=Check.SEARCH, sentence=f"序号{case_id}的案件查不到。", key=case_id)
    for case_id in left:
        yield Trouble(check=Check.SEARCH, sentence=f"已经没有序号{case_id}的案件，却还查得到。", key=case_id)
    there = sorted(set(ids).difference(lacking))
    for first in range(0, len(there), _AT_A_TIME):
        progress(first / len(there))
        with database.reading() as records:
            stale = list(_stale(Cursor(records.connection), there[first : first + _AT_A_TIME]))
        for case_id in stale:
            yield Trouble(check=Check.SEARCH, sentence=f"序号{case_id}的案件改过以后，有的词查不到。", key=case_id)


def _stale(cursor: Cursor, case_ids: Sequence[int]) -> Iterator[int]:
    for case_id, document in search_rows.read_documents(cursor, case_ids).items():
        tokens = sorted(tokens_of(document))
        if cursor.is_file:
            asked = tokens[case_id % 3 :: len(tokens) // _TOKENS_ASKED + 1]
            all_of = " AND ".join(f'"{token}"' for token in asked)
            query = "select count(*) from case_search where case_search match ? and rowid = ?"
            kept = cursor.run(query, (all_of, case_id)).fetchone()[0] == 1
        else:
            query = (
                "select tsvector_to_array(words) from case_search "
                "where centre_id = (select id from centres limit 1) and case_id = ?"
            )
            kept = set(tokens) == set(cursor.run(query, (case_id,)).fetchone()[0])
        if not kept:
            yield case_id


def make_search_rows_anew(records: Records, keys: list[int | str]) -> None:
    search_rows.renew(Cursor(records.connection), [int(key) for key in keys])


def repeats(database: Database, progress: Progress) -> Iterator[Trouble]:
    """Every case has the keys that its parties give, and nothing else has."""
    progress(0.1)
    with database.reading() as records:
        wrong = party_keys.strays(Cursor(records.connection))
    for case_id in wrong:
        sentence = f"序号{case_id}的案件查重用的索引与当事人不符，可能漏提示重复来访。"
        yield Trouble(check=Check.PARTY_KEYS, sentence=sentence, key=case_id)


def make_party_keys_anew(records: Records, keys: list[int | str]) -> None:
    party_keys.renew(Cursor(records.connection), [int(key) for key in keys])


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
