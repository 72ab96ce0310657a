"""Days off from the command line: a year shown, a notice taken in."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mediation_desk.cli import at_the_desk, main
from tests.desk import NOW
from tests.notices import NOTICE_2027

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
    return lambda *words, typed=None: CliRunner().invoke(main, ["--store", str(store), "holidays", *words], typed)


@pytest.fixture
def notice(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / "notice.txt"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


def test_a_year_is_shown_day_by_day(run: Run) -> None:
    lines = run("show", "2026").stdout.splitlines()
    assert lines[:4] == [
        "2026年  已确认",
        "2026-01-01 周四  放假  元旦",
        "2026-01-02 周五  放假  元旦",
        "2026-01-03 周六  放假  元旦",
    ]
    assert "2026-10-10 周六  上班  国庆节" in lines
    assert len(lines) == 1 + 33 + 6


def test_a_year_can_be_had_as_json(run: Run) -> None:
    told = json.loads(run("show", "2026", "--json").stdout)
    assert (told["year"], told["confirmed"]) == (2026, True)
    assert told["days"][0] == {"day": "2026-01-01", "kind": "off", "name": "元旦"}


def test_a_year_nobody_announced_says_so(run: Run) -> None:
    assert run("show", "2027").stdout == "2027年  未确认，暂按周一至周五\n"
    assert run("show", "20").exit_code == 2


def test_a_notice_is_taken_in_and_counts(run: Run, notice: Callable[[str], str]) -> None:
    result = run("import", notice(NOTICE_2027))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "2027-01-01 周五  工作日（未确认） → 元旦"
    assert result.stderr == "已采用：2027年 国办发明电〔2026〕8号\n"
    assert run("show", "2027").stdout.startswith("2027年  已确认\n2027-01-01 周五  放假  元旦\n")
    assert "没有要改变的日子。" in run("import", notice(NOTICE_2027)).stderr


def test_a_preview_changes_nothing(run: Run) -> None:
    result = run("import", "-", "--preview", typed=NOTICE_2027)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2027-10-09 周六  周六（未确认） → 调休上班" in result.stdout
    assert "未确认" in run("show", "2027").stdout


def test_what_was_not_read_must_be_seen(run: Run, notice: Callable[[str], str]) -> None:
    file = notice(NOTICE_2027 + "\n大家休息好。")
    refused = run("import", file)
    assert refused.exit_code == 1
    assert "没有读懂：大家休息好。" in refused.stderr
    assert "未确认" in run("show", "2027").stdout
    assert run("import", file, "--seen").exit_code == 0


def test_a_contradiction_is_refused(run: Run, notice: Callable[[str], str]) -> None:
    refused = run("import", notice(NOTICE_2027.replace("共7天", "共8天", 1)), "--seen")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("写明共8天，实际数出7天：")


def test_a_day_of_issue_is_given_where_the_text_has_none(run: Run, notice: Callable[[str], str]) -> None:
    file = notice(NOTICE_2027.replace("2026年11月20日", ""))
    assert "没有找到发文日期" in run("import", file).stderr
    assert "看不懂日期“11-20”" in run("import", file, "--issued-on", "11-20").stderr
    assert run("import", file, "--issued-on", "2026-11-20").exit_code == 0


def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    assert "读不出来" in run("import", str(tmp_path / "missing.txt")).stderr
    (tmp_path / "old.txt").write_bytes(NOTICE_2027.encode("gb18030"))
    assert "不是 UTF-8 文本" in run("import", str(tmp_path / "old.txt")).stderr


def test_an_unknown_command_is_told(run: Run) -> None:
    assert "没有命令“forget”" in run("forget").stderr
