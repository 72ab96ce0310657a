"""Start of the window with 10,000 cases in the store, beside a bare QMainWindow of the same machine and moment.

Goals: first paint ≤ 1.6 × the bare window's; 今日 filled ≤ 6 ×; memory after browsing 10,000 cases ≤ 220 MB.
Each start is a process of its own, from before it is begun; both kinds take turns. Python keeps its bytecode, as it
does on a desk, even where the surroundings forbid it.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

CASES = 10_000
ROUNDS = 9

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, app.quit)

app = QApplication(sys.argv)
window = Window()
window.resize(1180, 720)
window.show()
app.exec()
"""

PROGRAM = """
import sys, time
from mediation_desk.gui import application
from mediation_desk.gui.main_window import MainWindow

class Watched(MainWindow):
    def __init__(self):
        super().__init__()
        self.painted.connect(lambda: print(time.monotonic(), flush=True))
        self.filled.connect(lambda: print(time.monotonic(), flush=True))

application.MainWindow = Watched
application.run(["--store", sys.argv[1], "--quit-after-paint"])
"""

BROWSING = """
import sys
import psutil
from PySide6.QtCore import QEventLoop, QTimer
from mediation_desk.gui import application
from mediation_desk.gui.main_window import MainWindow

class Browsing(MainWindow):
    def begin(self, desk):
        super().begin(desk)
        QTimer.singleShot(0, self.browse)

    def go_on(self):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()

    def browse(self):
        self.open_page("cases")
        table = self._pages["cases"].ui.case_table
        while table.model().rowCount() < int(sys.argv[2]):
            self.go_on()  # the first screen is there at once, the rest comes meanwhile
        rows = table.model().rowCount()
        for row in range(0, rows, 40):
            table.scrollTo(table.model().index(row, 0))
            self.go_on()
        first = self.desk.look(lambda records, _: records.cases.ids()[0])
        self.open_case(first)
        print(rows, psutil.Process().memory_info().rss, flush=True)
        self.close()

application.MainWindow = Browsing
application.run(["--store", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "practice.db"
    run("-m", "mediation_desk.cli", "--store", str(path), "seed", "--cases", str(CASES), "--seed", "1")
    return path


def run(*arguments: str) -> tuple[float, list[str]]:
    """(the moment it was begun, the lines it printed)."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "",
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        },
    )
    return begun, done.stdout.splitlines()


def seconds(*arguments: str) -> list[float]:
    begun, lines = run(*arguments)
    return [float(line) - begun for line in lines]


def test_first_paint_and_first_page(store: Path) -> None:
    bare, painted, filled = [], [], []
    for _ in range(ROUNDS):
        bare += seconds("-c", BARE)[:1]
        paint, fill = seconds("-c", PROGRAM, str(store))
        painted.append(paint)
        filled.append(fill)
    floor = statistics.median(bare)
    print(f"\nbare window painted      {floor * 1000:6.0f} ms")
    for what, times, goal in (("first paint", painted, 1.6), ("今日 filled", filled, 6.0)):
        middle = statistics.median(times)
        print(f"{what:<24} {middle * 1000:6.0f} ms = {middle / floor:.2f} x (goal {goal})")
    assert len(bare) == len(painted) == ROUNDS


def test_memory_after_browsing(store: Path) -> None:
    _, [line] = run("-c", BROWSING, str(store), str(CASES))
    rows, resident = (int(part) for part in line.split())
    print(f"\nmemory after browsing {rows} cases: {resident / 1e6:.0f} MB (goal 220)")
    assert rows == CASES
