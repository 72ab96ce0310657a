"""Similar cases of a story.

Goal at a million cases: p99 ≤ 80 ms. The words must have been counted: `recount` is timed too.
"""

import os
import time
from pathlib import Path

import pytest

from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.similar import similar_cases
from mediation_desk.store import word_counts
from mediation_desk.store.database import open_store
from mediation_desk.store.sealing import Cursor
from tests.bench.bench_search import milliseconds, told
from tests.bench.big_store import KEY, NOW
from tests.bench.searches import documents

STORIES = int(os.environ.get("MEDIATION_DESK_QUERIES", "200"))
MOST = 80.0


@pytest.fixture
def act(rules: Rules) -> Act:
    return Act(centre_id=1, by_id=1, at=NOW, rules=rules, rights=frozenset(Right))


def test_similar_cases(big_store: Path, act: Act) -> None:
    database = open_store(big_store, KEY)
    with database.reading() as records:
        is_stale = word_counts.are_stale(Cursor(records.connection))
    if is_stale:
        begun = time.perf_counter()
        number = word_counts.recount(database)
        print(f"\n{number} words counted in {time.perf_counter() - begun:.1f} s")
    with database.reading() as records:
        stories = [max(each.texts, key=len) for each in documents(records, STORIES)]
        times = told([milliseconds(lambda: similar_cases(records, act, None, story)) for story in stories])  # noqa: B023 - called at once
        found = sum(bool(similar_cases(records, act, None, story)) for story in stories)
    database.close()
    print(f"\nsimilar cases: p50 {times[0]:.1f}, p99 {times[1]:.1f}, max {times[2]:.1f} ms")
    print(f"{found} of {len(stories)} stories have a similar one")
    assert times[1] <= MOST
