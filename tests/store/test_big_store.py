"""The store that is measured is a store like any other: it fits its log and its own rules.

`MEDIATION_DESK_BIG` says how many cases it gets; the checks before a change take fifty thousand.
"""

import os
from pathlib import Path

import pytest

from mediation_desk.domain.search_query import SearchQuery
from mediation_desk.store import stage_counts
from mediation_desk.store.audit import verify
from mediation_desk.store.checking import find_troubles
from mediation_desk.store.database import open_store
from tests.bench.big_store import KEY, make_big_store

CASES = int(os.environ.get("MEDIATION_DESK_BIG", "400"))
pytestmark = pytest.mark.file_only


@pytest.fixture(scope="module")
def big_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("big") / "desk.db"
    make_big_store(path, CASES, donors=min(80, CASES))
    return path


def test_it_has_as_many_cases_as_were_asked_for_and_finds_each(big_store: Path) -> None:
    database = open_store(big_store, KEY)
    with database.reading() as records:
        ids = records.cases.ids()
        assert len(ids) == CASES
        assert sum(stage_counts.kept_counts(records.session).values()) == records.cases.count() == CASES
        assert stage_counts.kept_counts(records.session) == stage_counts.counted(records.session)
        for case_id in ids[:: max(1, CASES // 10)]:
            name = records.cases.get(case_id).parties[0].name
            assert case_id in records.search.ids(SearchQuery(words=(name,)), limit=CASES)
    database.close()


def test_it_fits_its_log(big_store: Path) -> None:
    database = open_store(big_store, KEY)
    assert verify(database) == []
    database.close()


def test_it_keeps_the_rules_of_the_store(big_store: Path) -> None:
    database = open_store(big_store, KEY)
    assert list(find_troubles(database)) == []
    database.close()
