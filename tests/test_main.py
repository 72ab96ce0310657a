"""The program starts by its name, and says what it is without a window."""

import os
import subprocess
import sys

import pytest

from mediation_desk import __main__, __version__
from mediation_desk.gui import application


def started(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "mediation_desk", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def test_the_version_is_told_without_a_window() -> None:
    told = started("--version")
    assert (told.returncode, told.stdout.strip()) == (0, f"mediation-desk {__version__}")


def test_a_wrong_option_is_refused_and_nothing_is_opened() -> None:
    told = started("--shop", "desk.db")
    assert told.returncode == 2
    assert "--shop" in told.stderr


def test_the_exit_code_and_the_options_are_those_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def run(arguments: list[str]) -> int:
        given.extend(arguments)
        return 3

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setattr(sys, "argv", ["mediation-desk", "--practice"])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert (ended.value.code, given) == (3, ["--practice"])
