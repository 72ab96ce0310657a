"""The first agreement of the day: what it costs a process that has drawn none yet, and whether the window notices.

Goals: ≤ 250 ms of CPU with imports and fonts, beside a bare line of text that ReportLab sets in the same embedded font;
and, while it is drawn beside the window, no gap of more than 30 ms between two ticks of a 5 ms timer of that window,
beside the longest gap of the idle window before. Every round has processes of its own.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

CPU_ROUNDS, WINDOW_ROUNDS = 9, 5
MOST_CPU_MS, MOST_GAP_MS = 250.0, 30.0
TOLERANCE = 2.0
"""A machine that others use as well may take so much longer before this is a failure."""

FIRST = """
import time
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
load_rules(resource("rules"))
start = time.process_time()
from tests.bench.agreements import drawn
assert drawn(1).pdf
print((time.process_time() - start) * 1000)
"""

BARE = """
import time
from io import BytesIO
from mediation_desk.resources import resource
start = time.process_time()
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
pdfmetrics.registerFont(TTFont("text", str(resource("fonts", "NotoSerifSC-Regular.ttf"))))
canvas = Canvas(BytesIO())
canvas.setFont("text", 14)
canvas.drawString(72, 700, "人民调解协议书")
canvas.save()
print((time.process_time() - start) * 1000)
"""

WINDOW = """
import json, sys, time
from mediation_desk.gui import application
from mediation_desk.gui.main_window import MainWindow
from PySide6.QtCore import QTimer

IDLE_MS, TICK_MS = 1500, 5

class Watched(MainWindow):
    def begin(self, desk):
        super().begin(desk)
        self.gaps = []
        self.filled.connect(lambda: QTimer.singleShot(1000, self.watch))

    def watch(self):
        with self.desk.database.reading() as records:
            cases = (records.cases.get(each) for each in records.cases.ids())
            self.case_id = next(each.id for each in cases if each.agreements)
        self.last = time.perf_counter()
        self.ticks = QTimer(self)
        self.ticks.timeout.connect(self.tick)
        self.ticks.start(TICK_MS)
        QTimer.singleShot(IDLE_MS, self.draw)

    def tick(self):
        now = time.perf_counter()
        self.gaps.append((now - self.last) * 1000)
        self.last = now

    def draw(self):
        from mediation_desk.gui.background import Background

        self.idle, self.gaps = max(self.gaps), []
        desk, act, case_id = self.desk, self.desk.act(), self.case_id
        assert "reportlab" not in sys.modules

        def paper():
            from mediation_desk.services.papers import draw_agreement

            with desk.database.reading() as records:
                case = records.cases.get(case_id)
                return draw_agreement(records, act, case, case.agreements[0]).pdf

        self.background = Background(self)
        self.started = time.perf_counter()
        self.background.run(paper, self.tell)

    def tell(self, pdf):
        assert pdf
        self.tick()
        taken = (time.perf_counter() - self.started) * 1000
        print(json.dumps({"idle": self.idle, "drawing": max(self.gaps), "taken": taken}), flush=True)
        self.background.finish()
        self.close()

application.MainWindow = Watched
application.run(["--store", sys.argv[1]])
"""


def printed(*arguments: str) -> str:
    """What a process of its own prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-X", "utf8", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=environment).stdout


def test_the_first_agreement_of_a_process() -> None:
    taken: list[list[float]] = [[], []]
    for _ in range(CPU_ROUNDS):
        for times, code in zip(taken, (FIRST, BARE), strict=True):
            times.append(float(printed("-c", code)))
    ours, floor = (statistics.median(times) for times in taken)
    print(f"\nfirst agreement: {ours:.0f} ms CPU (goal {MOST_CPU_MS:.0f}); bare line {floor:.0f}, {ours / floor:.2f} x")
    assert ours <= TOLERANCE * MOST_CPU_MS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("first") / "practice.db"
    printed("-m", "mediation_desk.cli", "--store", str(path), "seed", "--cases", "100", "--seed", "1")
    return path


def test_the_window_stays_alive_while_the_first_agreement_is_drawn(store: Path) -> None:
    rounds = [json.loads(printed("-c", WINDOW, str(store))) for _ in range(WINDOW_ROUNDS)]
    idle, drawing, taken = (statistics.median(each[what] for each in rounds) for what in ("idle", "drawing", "taken"))
    print(
        f"\nlongest gap of the window: {drawing:.0f} ms while the first agreement is drawn (goal {MOST_GAP_MS:.0f}, "
        f"{taken:.0f} ms altogether); idle {idle:.0f}, {drawing / idle:.1f} x"
    )
    assert drawing <= TOLERANCE * MOST_GAP_MS + idle
