"""Holding the log and all records against each other, in an encrypted store of ten thousand cases.

Goal: ≤ 15 s, and no slice of it longer than 60 ms, as it goes on while people work.
"""

from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from mediation_desk.store.audit import in_slices
from mediation_desk.store.database import open_store
from tests.bench.big_store import KEY, make_big_store

CASES = 10_000
MOST_SECONDS, MOST_SLICE_MS = 15.0, 60.0


def test_verifying_ten_thousand_cases(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make_big_store(path, CASES)
    with closing(open_store(path, KEY)) as database:
        moments = [perf_counter()]
        for part in in_slices(database):
            assert part.misfits == []
            moments.append(perf_counter())
    seconds = moments[-1] - moments[0]
    slices = sorted((after - before) * 1000 for before, after in pairwise(moments))
    longest, usual = slices[-1], slices[len(slices) // 2]
    told = f"{seconds:.1f} s (goal {MOST_SECONDS}); a slice {usual:.1f} ms, at most {longest:.0f} ms"
    print(f"\nverify {CASES} cases: {told}")
    assert seconds <= MOST_SECONDS
    assert longest <= MOST_SLICE_MS
