"""Rosters from the command line: shown, worked out, published, checked, written to files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from mediation_desk.cli import at_the_desk, main
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.roster_making import place
from tests.desk import NOW, Desk
from tests.duty import MONTH, Duty, at

Run = Callable[..., Result]


class _Clock(datetime):
    @classmethod
    def now(cls, tz: object = None) -> "_Clock":
        return cls.fromisoformat(NOW.isoformat())


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A lawyer wanted on Tuesday mornings, and two of them."""
    duty = Duty(desk)
    duty.post("律师", "lawyer", weekly_pattern=["tue_am"])
    duty.people(["周一", "郑二"])
    return duty


@pytest.fixture
def run(duty: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on the store of `duty`, as it is then, on 23 November 2026."""
    home = tmp_path / "home"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: home / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: home / "log")
    monkeypatch.setattr(at_the_desk, "datetime", _Clock)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(duty.desk.database.path), "roster", *words])

    return run


def test_a_month_is_worked_out_published_checked_and_shown(run: Run) -> None:
    assert run("2026-12").stdout == "2026年12月  还没有排班\n"
    result = run("2026-12", "--generate")
    assert result.exit_code == 0, result.output
    assert result.stdout == "已排5个班次，存为第1版草案，已证明最优\n"
    assert "均衡：已证明最优\n" in result.stderr
    assert run("2026-12", "--publish", "--check").stdout == "已发布第1版\n没有违反硬性规则\n"
    lines = run("2026-12").stdout.splitlines()
    assert lines[0] == "2026年12月  第1版  已发布"
    assert lines[1].startswith("12月1日（周二）上午  律师：")
    assert lines[2] == "12月1日（周二）下午"


def test_who_is_missing_is_told_with_what_would_help(run: Run, duty: Duty) -> None:
    for name in ("周一", "郑二"):
        duty.leave(duty.ids[name], at(8))
    result = run("2026-12", "--generate")
    assert "12月8日（周二）上午 律师 缺1人：周一、郑二 请假\n" in result.stderr
    assert "可行办法：增加1名人员（律师）→缺0\n" in result.stderr
    assert "12月8日（周二）上午  律师：（缺1人）" in run("2026-12").stdout
    assert "还缺1人次\n" in run("2026-12", "--publish").stderr


def test_a_newer_version_tells_what_it_changes(run: Run, duty: Duty) -> None:
    duty.published(Placing(at(1), 1, duty.ids["周一"]))
    duty.desk.do(place, MONTH, duty.ids["郑二"], at(8), 1)
    result = run("2026-12", "--publish", "--reason", "补班")
    assert result.stdout == "已发布第2版\n"
    assert "12月8日（周二）上午 律师：（缺） → 郑二\n" in result.stderr


def test_a_roster_against_the_rules_fails_the_check(run: Run, duty: Duty) -> None:
    duty.published(Placing(at(1), 1, duty.ids["周一"]))
    duty.leave(duty.ids["周一"], at(1))
    result = run("2026-12", "--check")
    assert (result.exit_code, result.stderr) == (1, "2026年12月1日（周二）上午“律师”周一：请假。\n")
    assert run("2027-01", "--check").stderr == "本月还没有排班。\n"


def test_a_roster_is_written_as_a_sheet_a_workbook_or_a_calendar(run: Run, duty: Duty, tmp_path: Path) -> None:
    duty.published(Placing(at(1), 1, duty.ids["周一"]))
    book, calendar = tmp_path / "12月.xlsx", tmp_path / "12月.ICS"
    assert run("2026-12", "-o", str(book)).exit_code == 0
    assert len(load_workbook(book).sheetnames) == 3
    assert run("2026-12", "-o", str(calendar)).exit_code == 0
    assert len(list(Calendar.from_ical(calendar.read_bytes()).walk("VEVENT"))) == 1
    sheet = tmp_path / "12月.pdf"
    assert run("2026-12", "-o", str(sheet)).exit_code == 0
    assert len(PdfReader(sheet).pages) == 1
    assert run("2026-12", "-o", str(book)).exit_code == 1
    assert run("2026-12", "--force", "-o", str(book)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["2026"], "看不懂月份“2026”，请写成 2026-12 的样子。\n"),
        (["2026-13"], "看不懂月份“2026-13”，请写成 2026-12 的样子。\n"),
        (["2026-12", "-o", "roster.doc"], "不知道“roster.doc”该写成什么，请用 .pdf、.xlsx 或 .ics 结尾。\n"),
    ],
)
def test_wrong_use_is_told(words: list[str], sentence: str, run: Run) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (2, sentence)
