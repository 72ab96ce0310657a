"""Back-ups from the command line."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mediation_desk.cli import at_the_desk, main
from mediation_desk.store.backup_places import Places, write_places
from tests.desk import NOW

Run = Callable[..., Result]


class _Clock(datetime):
    @classmethod
    def now(cls, tz: object = None) -> "_Clock":
        return cls.fromisoformat(NOW.isoformat())


@pytest.fixture
def run(furnished_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on a store that was set up, on 23 November 2026."""
    home = tmp_path / "home"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: home / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: home / "log")
    monkeypatch.setattr(at_the_desk, "datetime", _Clock)
    store = shutil.copy(furnished_store, tmp_path / "desk.db")
    return lambda *words: CliRunner().invoke(main, ["--store", str(store), "backup", *words])


def test_a_back_up_is_made_and_listed(run: Run, tmp_path: Path) -> None:
    assert run("list").stderr == "还没有备份。\n"
    done = run()
    file = tmp_path / "backups" / "desk-20261123-093000.db"
    assert (done.exit_code, done.stderr) == (0, f"已备份 {file}\n")
    [line] = run("list").stdout.splitlines()
    assert line.startswith("2026-11-23 09:30  手动  ")
    assert line.endswith(f"KB  未加密  {file}")
    [told] = json.loads(run("list", "--json").stdout)
    assert (told["file"], told["made_at"], told["reason"]) == (str(file), "2026-11-23T09:30:00", "asked")


def test_they_are_listed_when_the_store_is_gone(run: Run, tmp_path: Path) -> None:
    run()
    (tmp_path / "desk.db").unlink()
    (tmp_path / "backups" / "desk-20261123-093000.json").unlink()
    assert "没有清单" in run("list").stdout


def test_a_back_up_can_go_to_any_folder(run: Run, tmp_path: Path) -> None:
    assert run("--to", str(tmp_path / "U盘")).exit_code == 0
    assert (tmp_path / "U盘" / "desk-20261123-093000.db").is_file()
    assert not (tmp_path / "backups").exists()
    assert run("--to", str(tmp_path / "gone" / "gone")).exit_code == 1


def test_what_a_back_up_lacks_is_told(run: Run, tmp_path: Path) -> None:
    write_places(tmp_path / "desk.db", Places(folder=tmp_path / "backups", second=tmp_path / "U盘"))
    done = run()
    assert done.exit_code == 0
    assert "备份写不进" in done.stderr


def test_a_rehearsal_tells_how_it_went(run: Run, tmp_path: Path) -> None:
    assert run("rehearse").exit_code == 1
    run()
    assert run("rehearse").stderr == "演练通过：desk-20261123-093000.db，0个案件\n"
    file = tmp_path / "backups" / "desk-20261123-093000.db"
    file.write_bytes(file.read_bytes()[:-1])
    failed = run("rehearse")
    assert failed.exit_code == 1
    assert failed.stderr.startswith("演练没有通过：备份“desk-20261123-093000.db”与做成时不一致")
