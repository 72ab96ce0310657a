"""过程 of a case with 500 facts, from the case in memory to the painted tab, beside joining the same words.

Goal: 50 ms. A third of the facts tells more than a line holds.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case, CaseEvent, EventKind
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.timeline_tab import TimelineTab
from mediation_desk.services.practice import set_up_practice
from mediation_desk.store.creation import new_store
from mediation_desk.store.database import open_store

FACTS, MS, REPEATS = 500, 50, 9
NOW = datetime(2026, 11, 23, 9, 30)
LONG = "双方就漏水责任和修复方式各自陈述，调解员现场查看后提出三个方案，约定下次带报价再谈。" * 4


def milliseconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return (time.perf_counter() - begun) * 1000


def long_case() -> Case:
    draw = Random(5)
    events = [
        CaseEvent(
            kind=draw.choice(list(EventKind)),
            happened_on=date(2026, 1, 5) + timedelta(days=no // 2),
            text=LONG[: draw.randrange(40, len(LONG))]
            if draw.random() < 1 / 3
            else draw.choice(("", "同意", "通话3分")),
            by_id=1,
            recorded_at=NOW - timedelta(days=FACTS - no, minutes=no),
        )
        for no in range(FACTS)
    ]
    facts = {"uid": "0" * 36, "centre_id": 1, "requested_on": date(2026, 1, 5), "registered_at": NOW}
    return Case(**facts, first_contact_id=1, matter="漏水", demand="修复", events=events)  # type: ignore[arg-type]


def joined_words(case: Case) -> str:
    return "\n".join(f"{each.happened_on} {each.recorded_at} {each.kind.label} {each.text}" for each in case.events)


def test_the_timeline_of_a_long_case(tmp_path: Path, rules: Rules, qtbot: QtBot) -> None:
    with new_store(tmp_path / "desk.db", None) as records:
        set_up_practice(records, NOW, rules)
    database = open_store(tmp_path / "desk.db")
    tab, case = TimelineTab(Desk(database, rules, clock=lambda: NOW)), long_case()
    qtbot.addWidget(tab)
    tab.resize(1100, 600)
    tab.show()
    QApplication.processEvents()

    def show() -> None:
        tab.show_case(case)
        QApplication.processEvents()  # paints

    first = milliseconds(show)
    shown = statistics.median(milliseconds(show) for _ in range(REPEATS))
    floor = statistics.median(milliseconds(lambda: joined_words(case)) for _ in range(REPEATS))
    print(
        f"\n{FACTS} facts: {shown:.1f} ms, the first time {first:.1f} (goal {MS}); {shown / floor:.0f} times the words"
    )
    database.close()
    assert shown <= MS
