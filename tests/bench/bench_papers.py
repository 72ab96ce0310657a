"""A thousand agreements in one go: how many a second on one core, and whether memory stays where it is.

Goal: at least 50 a second, and no more than a few MB beyond what the first hundred took.
"""

import time

import psutil  # type: ignore[import-untyped]  # it comes without types

from tests.bench.agreements import drawn

PAPERS, WARM_UP = 1000, 100
FEWEST_A_SECOND = 50.0
MOST_MB = 5.0


def test_a_thousand_agreements() -> None:
    process = psutil.Process()
    for number in range(WARM_UP):
        drawn(number)
    before, start = process.memory_info().rss, time.process_time()
    size = sum(len(drawn(number).pdf) for number in range(WARM_UP, WARM_UP + PAPERS))
    taken, grown = time.process_time() - start, (process.memory_info().rss - before) / 1e6
    print(f"\n{PAPERS} agreements: {PAPERS / taken:.0f} a second, {size / PAPERS / 1000:.0f} kB each, {grown:+.1f} MB")
    assert PAPERS / taken >= FEWEST_A_SECOND
    assert grown <= MOST_MB
