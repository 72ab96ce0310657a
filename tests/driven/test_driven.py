"""The real program on a real screen, driven from outside; skipped where the tools for that are not there.

`MEDIATION_DESK_REQUIRE_DRIVEN=1` makes their absence a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = ("Xvfb", "xdotool", "openbox", "dbus-run-session")


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


@pytest.mark.usefixtures("screen")
def test_four_real_matters_go_the_whole_way_through_the_window(tmp_path: Path) -> None:
    kept = os.environ.get("MEDIATION_DESK_PICTURES")
    folder = Path(kept) if kept else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    root = HERE.parent.parent
    done = subprocess.run(
        [SYSTEM_PYTHON, str(HERE / "whole_way.py"), sys.executable, str(folder)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.stdout.splitlines()[-1:] == ["whole way: done"], done.stdout + done.stderr
