"""The log on the command line: shown, written to a file, and held against the records."""

import shutil
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from mediation_desk.cli import main
from mediation_desk.services import audit_log
from mediation_desk.store.database import open_store
from tests.store.intruder import run as run_unnoticed

LEAK = Path(__file__).parent / "data" / "cases" / "1_leak_between_neighbours.json"

Run = Callable[..., Result]


@pytest.fixture
def store(furnished_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "log")
    monkeypatch.setattr("platform.node", lambda: "窗口一")
    return Path(shutil.copy(furnished_store, tmp_path / "desk.db"))


@pytest.fixture
def run(store: Path) -> Run:
    """Run a command line on a store with one case."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(store), *words])

    assert run("import-case", str(LEAK)).exit_code == 0
    return run


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_the_log_tells_who_did_what_where_and_with_which_case(run: Run) -> None:
    run("show", "1")
    seen, taken_over, *_ = lines(run("audit"))
    assert "登记员" in seen
    assert seen.split("  ")[3:5] == ["查看", "案件"]
    assert taken_over.split("  ")[3:5] == ["记录", "导入案件"]
    assert taken_over.endswith("窗口一")


def test_the_log_is_read_page_by_page_and_narrowed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "AT_A_TIME", 1)
    for _ in range(2):
        run("show", "1")
    assert len(lines(run("audit", "--kind", "view"))) == 2
    assert len(lines(run("audit", "--user", "登记员", "--case", "1"))) == 3
    assert lines(run("audit", "--until", "2020-01-01")) == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--kind", "looked"), 2, "没有种类“looked”"),
        (("--since", "gestern"), 2, "看不懂日期“gestern”"),
        (("--user", "王五"), 1, "没有使用者“王五”"),
        (("--case", "（无）"), 1, "没有编号为“（无）”的案件"),
    ],
)
def test_what_cannot_be_asked_of_the_log_is_said(run: Run, words: tuple[str, str], code: int, sentence: str) -> None:
    refused = run("audit", *words)
    assert refused.exit_code == code
    assert sentence in refused.stderr


def test_the_log_is_written_to_a_workbook_and_that_is_logged(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    lines(run("audit", "-o", str(target)))
    sheet = load_workbook(BytesIO(target.read_bytes())).active
    assert sheet is not None
    said = [[str(cell or "") for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert any(row[4] == "导入案件" and row[7].startswith("新增 当事人") for row in said)
    assert "操作日志" in lines(run("audit", "--kind", "export"))[0]
    assert "已经存在" in run("audit", "-o", str(target)).stderr


def test_a_store_that_only_the_program_wrote_is_found_sound_and_that_is_logged(run: Run) -> None:
    assert lines(run("verify")) == ["核验完毕：日志前后相接，数据与日志一致。"]
    assert "核验日志和数据：没有发现不符" in lines(run("audit", "--kind", "store"))[0]


def test_what_was_done_past_the_program_is_named_and_the_exit_code_tells(run: Run, store: Path) -> None:
    with closing(open_store(store)) as database:
        run_unnoticed(database, "update parties set phone = '13800000009' where id = 1")
    found = run("verify")
    assert found.exit_code == 1
    assert "数据被改" in found.stderr
    assert "当事人 1 与日志记下的不一样" in found.stderr
    assert "发现1处不符" in lines(run("audit", "--kind", "store"))[0]


def test_whoever_may_not_read_the_log_is_refused(run: Run, store: Path) -> None:
    with closing(open_store(store)) as database, database.writing() as records:
        records.centre.get().users[0].roles = ["clerk"]
    for words in (("audit",), ("verify",)):
        refused = run(*words)
        assert refused.exit_code == 1
        assert "看日志" in refused.stderr
