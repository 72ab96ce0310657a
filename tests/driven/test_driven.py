"""The real program on a real screen, driven from outside; skipped where the tools for that are not there.

`MEDIATION_DESK_REQUIRE_DRIVEN=1` makes their absence a failure. `MEDIATION_DESK_PICTURES` names a folder for pictures
of the screen; each scenario gets one of its own in it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = ("Xvfb", "xdotool", "openbox", "dbus-run-session", "pdftotext")


def missing_tools() -> list[str]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    asked = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"], capture_output=True, check=False
    )
    return missing if asked.returncode == 0 else [*missing, "python3-gi and gir1.2-atspi-2.0"]


@pytest.fixture
def screen() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("windows are driven from outside on Linux only")
    missing = missing_tools()
    if missing and os.environ.get("MEDIATION_DESK_REQUIRE_DRIVEN") != "1":
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing


def drive(scenario: str, tmp_path: Path) -> None:
    """Run a scenario of this folder as a program of its own; it prints its name and "done" when all of it held."""
    kept = os.environ.get("MEDIATION_DESK_PICTURES")
    folder = (Path(kept) if kept else tmp_path) / scenario
    folder.mkdir(parents=True)
    done = subprocess.run(
        [SYSTEM_PYTHON, str(HERE / f"{scenario}.py"), sys.executable, str(folder)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.stdout.splitlines()[-1:] == [f"{scenario.replace('_', ' ')}: done"], done.stdout + done.stderr


@pytest.mark.usefixtures("screen")
def test_four_real_matters_go_the_whole_way_through_the_window(tmp_path: Path) -> None:
    drive("whole_way", tmp_path)


@pytest.mark.usefixtures("screen")
def test_the_right_person_serves_gets_the_case_and_is_called_in(tmp_path: Path) -> None:
    drive("right_person", tmp_path)


@pytest.mark.usefixtures("screen")
def test_what_goes_on_around_mediation_is_done_in_the_window(tmp_path: Path) -> None:
    drive("procedure", tmp_path)
