"""The program outlives as many signals as a day of typing sends."""

import subprocess
import sys

EMITTING = """
import mediation_desk.gui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
bell.rung.connect(lambda: None)
for _ in range(20_000):
    bell.rung.emit()
print("still here")
"""


def test_twenty_thousand_signals_do_no_harm() -> None:
    done = subprocess.run([sys.executable, "-c", EMITTING], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr


def test_importing_stays_what_python_makes_of_it() -> None:
    code = (
        "import builtins; own = builtins.__import__; import mediation_desk.gui, PySide6.QtWidgets;"
        " assert builtins.__import__ is own"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
