"""The list of cases narrowed to what is late and to whose turn it is: each found out once, then kept while one types.

Goal at a million cases: 250 ms until the first lines are painted, 150 ms for each key typed after that.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rules import Rules
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.garbage import GarbageKeeper
from mediation_desk.store.database import open_store
from tests.bench.big_store import KEY, NOW

CHOSEN_MS, TYPED_MS = 250, 150
REPEATS = 5


def milliseconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return (time.perf_counter() - begun) * 1000


@pytest.mark.usefixtures("qapp")
def test_a_narrowed_list(big_store: Path, rules: Rules, qtbot: QtBot) -> None:
    database = open_store(big_store, KEY)
    page = CasesPage(Desk(database, rules, clock=lambda: NOW))
    qtbot.addWidget(page)
    GarbageKeeper(page)  # as in the program, where no list waits for garbage to be looked for
    page.resize(1366, 768)
    page.show()
    QApplication.processEvents()

    def come_to_rest() -> None:
        qtbot.waitUntil(lambda: f"共{page.model.rowCount()}件" == page.ui.count_text.text(), timeout=20_000)

    come_to_rest()

    def choose(combo: QComboBox, code: str) -> None:
        combo.setCurrentIndex(combo.findData(code))
        QApplication.processEvents()  # paints

    def type_name() -> None:
        page.ui.query.setText("王")
        QApplication.processEvents()

    told = []
    for combo, code in ((page.ui.due, "limit late"), (page.ui.due, "other late"), (page.ui.waiting, "mediator")):
        times = []
        for _ in range(REPEATS):
            page._among.clear()
            times.append(milliseconds(lambda combo=combo, code=code: choose(combo, code)))  # type: ignore[misc]
            come_to_rest()
            found = page.ui.count_text.text()
            typed = milliseconds(type_name)
            page.ui.query.clear()
            choose(combo, "")
            come_to_rest()
        told.append((code, found, statistics.median(times), typed))
    page.leave()
    database.close()
    for code, found, chosen, typed in told:
        print(f"\n{code}: {found}, {chosen:.0f} ms (goal {CHOSEN_MS}); a key then {typed:.0f} ms (goal {TYPED_MS})")
    assert max(chosen for _, _, chosen, _ in told) <= CHOSEN_MS
    assert max(typed for *_, typed in told) <= TYPED_MS
