"""The figures of a year and the report of a month out of a million cases. None of it holds up the window.

Goals: the statistics form of a year ≤ 2 s with the year before, the indicators ≤ 8 s, the cases of a month for the
systems above ≤ 10 s. The first is a question of the store; the last reads every case whole.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.domain.report_period import Span, month_of, year_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.figures import look_at_figures
from mediation_desk.services.statistics import look_at_statistics
from mediation_desk.services.upstream import FileKind, events_file, gather_events
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.records import Records
from tests.bench.big_store import KEY, NOW

YEAR, MONTH = year_of(date(2026, 1, 1)), month_of(date(2026, 8, 1))


@pytest.fixture(scope="module")
def store(big_store: Path) -> Iterator[Database]:
    database = open_store(big_store, KEY)
    yield database
    database.close()


@pytest.fixture(scope="module")
def act(rules: Rules) -> Act:
    return Act(centre_id=1, by_id=1, at=NOW, rules=rules, rights=frozenset(Right))


def test_the_statistics_form_of_a_year(store: Database, act: Act) -> None:
    assert _seconds(store, "statistics form", lambda records: look_at_statistics(records, act, YEAR)) <= 2


def test_the_indicators_of_a_year(store: Database, act: Act) -> None:
    assert _seconds(store, "indicators", lambda records: look_at_figures(records, act, YEAR)) <= 8


def test_the_cases_of_a_month(store: Database, act: Act) -> None:
    assert _seconds(store, "cases of a month", lambda records: _report(records, act, MONTH)) <= 10


def _report(records: Records, act: Act, span: Span) -> None:
    report = gather_events(records, act, *span)
    began = time.perf_counter()
    content = events_file(report, FileKind.XLSX)
    print(f"\n{len(report.rows)} cases, file of {len(content)} bytes in {time.perf_counter() - began:.2f} s")


def _seconds(store: Database, what: str, ask: Callable[[Records], object]) -> float:
    """How long it takes once the pages of the store are at hand; the first time is told too."""
    taken = []
    for _ in range(2):
        with store.reading() as records:
            began = time.perf_counter()
            ask(records)
            taken.append(time.perf_counter() - began)
    print(f"\n{what}: {taken[1]:.2f} s, the first time {taken[0]:.2f} s")
    return taken[1]
