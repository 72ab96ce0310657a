"""The program outlives as many signals and calls as a day of typing makes."""

import subprocess
import sys

import pytest

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


CALLING = """
import mediation_desk.gui
from PySide6.QtCore import QObject

named = QObject()
for _ in range(50_000):
    named.setObjectName("name")
print("still here")
"""


@pytest.mark.parametrize("day_of_work", [EMITTING, CALLING])
def test_twenty_thousand_signals_and_as_many_calls_do_no_harm(day_of_work: str) -> None:
    done = subprocess.run([sys.executable, "-c", day_of_work], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr


def test_importing_stays_what_python_makes_of_it() -> None:
    code = (
        "import builtins; own = builtins.__import__; import mediation_desk.gui, PySide6.QtWidgets;"
        " assert builtins.__import__ is own"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
