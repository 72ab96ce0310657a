"""Whichever write fails, the store opens, what was acknowledged is there, nothing is half, and a sentence said so.

`MEDIATION_DESK_FAULTS=all` fails every write point of every piece of work; else of the slow ones only some.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.stores import ALL

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The disk that fails when told to, compiled."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("a failing disk is made by a C compiler, and loaded before libc, on Linux only")
    library = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    source = HERE / "failing_disk.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize(("work", "every", "at_least"), [("save", 7, 60), ("back_up", 37, 50), ("migrate", 251, 300)])
def test_a_failing_write_loses_nothing_that_was_said(
    failing_disk: Path, tmp_path: Path, work: str, every: int, at_least: int, kind: str
) -> None:
    told = fail_each(failing_disk, tmp_path, work, kind, 1 if ALL else every)
    assert told["troubles"] == []
    assert told["points"] >= at_least


@pytest.mark.parametrize(
    ("work", "kind", "every"), [("convert", "plain", 61), ("convert", "encrypted", 61), ("decrypt", "encrypted", 61)]
)
def test_a_store_that_gets_or_loses_a_key_on_a_failing_disk_opens_with_all_it_had(
    failing_disk: Path, tmp_path: Path, work: str, kind: str, every: int
) -> None:
    told = fail_each(failing_disk, tmp_path, work, kind, 1 if ALL else every)
    assert told["troubles"] == []
    assert told["points"] >= 100


def fail_each(failing_disk: Path, folder: Path, work: str, kind: str, every: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.failing_disk", work, kind, folder, str(every)],
        env=os.environ | {"LD_PRELOAD": str(failing_disk)},
        cwd=HERE.parent.parent,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
