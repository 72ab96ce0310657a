"""Checking the store from the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from click.testing import CliRunner, Result

from mediation_desk.cli import main

Run = Callable[..., Result]


@pytest.fixture
def store(furnished_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(furnished_store, tmp_path / "desk.db"))


@pytest.fixture
def run(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "home" / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "home" / "log")
    return lambda *words: CliRunner().invoke(main, ["--store", str(store), *words])


def spoil(store: Path) -> None:
    connection = driver.connect(str(store), isolation_level=None)
    connection.execute("insert into stage_counts (centre_id, stage, number) values (1, 'closed', 3)")
    connection.close()


def test_a_good_store_is_said_to_be_good(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "没有发现问题" in result.stderr


def test_what_is_found_is_listed_and_nothing_touched(run: Run, store: Path) -> None:
    spoil(store)
    for _ in range(2):
        result = run("check")
        assert result.exit_code == 1
        assert result.stdout == "[各阶段件数] “已结案”记为3件，实有0件。（可修复）\n"
        assert "还有1处问题" in result.stderr


def test_what_can_be_mended_is_mended_on_demand(run: Run, store: Path) -> None:
    spoil(store)
    result = run("check", "--repair")
    assert result.exit_code == 0
    assert "已修复1处" in result.stderr
    assert "都已修复" in result.stderr
    assert run("check").exit_code == 0
    assert list((store.parent / "backups").glob("*.db"))


def test_it_tells_json_too(run: Run, store: Path) -> None:
    spoil(store)
    [told] = json.loads(run("check", "--json").stdout)
    assert told == {"check": "counts", "sentence": "“已结案”记为3件，实有0件。", "can_be_mended": True}
