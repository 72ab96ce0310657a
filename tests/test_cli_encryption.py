"""Encryption from the command line: nothing secret in its arguments, and the sheet before anything relies on it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from mediation_desk.cli import main
from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import Role
from mediation_desk.store import key_file
from mediation_desk.store.database import open_store
from tests.desk import uid
from tests.keys import CHEAP

Run = Callable[..., Result]
PASSWORD = "Zhong-Xin-2026"


@pytest.fixture
def path(furnished_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(furnished_store, tmp_path / "desk.db"))


@pytest.fixture
def run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    home = tmp_path / "home"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: home / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: home / "log")
    monkeypatch.setattr(key_file.make, "__kwdefaults__", {"costs": CHEAP})
    monkeypatch.setenv("MEDIATION_DESK_PASSWORD", PASSWORD)

    def run(*words: str, user: str = "", typed: str = "") -> Result:
        return CliRunner().invoke(main, ["--store", str(path), "--user", user, "encryption", *words], input=typed)

    return run


@pytest.fixture
def words(run: Run) -> str:
    """The words that an encrypted store opens with."""
    done = run("on", "--show-words")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_store_is_encrypted_and_its_words_open_it(run: Run, path: Path) -> None:
    assert run("status").stdout == "未加密\n"
    done = run("on", "--show-words")
    assert (done.exit_code, done.stderr) == (0, "数据已加密。请把恢复单锁好。\n")
    key = key_file.unlock_with_words(path, key_file.word_list().read(done.stdout))
    open_store(path, key).close()
    assert run("status").stdout == "已加密\n能用口令打开：登记员\n"


def test_the_sheet_goes_into_a_file(run: Run, path: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "恢复单.pdf"
    done = run("on", "--sheet", str(sheet))
    assert "打印以后请把它删除" in done.stderr
    text = PdfReader(sheet).pages[0].extract_text()
    lines = [line for line in text.splitlines() if line[:1] in set("1234") and line[1:2] not in {".", ""}]
    assert key_file.unlock_with_words(path, key_file.word_list().read("\n".join(lines[:4])))
    before = sheet.read_bytes()
    assert run("new-sheet", "--sheet", str(sheet)).exit_code == 1
    assert sheet.read_bytes() == before


@pytest.mark.parametrize("options", [[], ["--show-words", "--sheet", "a.pdf"]])
def test_where_the_sheet_goes_must_be_said(run: Run, path: Path, options: list[str]) -> None:
    done = run("on", *options)
    assert done.exit_code == 2
    assert "--show-words" in done.stderr
    assert not key_file.is_encrypted(path)


def test_a_new_sheet_and_another_key_take_the_place_of_the_old(run: Run, path: Path, words: str) -> None:
    later = run("new-sheet", "--show-words")
    assert later.exit_code == 0, later.output
    key = key_file.unlock_with_words(path, key_file.word_list().read(later.stdout))
    anew = run("rekey", "--show-words")
    assert anew.exit_code == 0, anew.output
    assert key_file.unlock_with_words(path, key_file.word_list().read(anew.stdout)) != key


def test_turned_off_with_a_reason_it_is_plain_and_the_log_says_why(run: Run, path: Path, words: str) -> None:
    assert run("off").exit_code == 2
    done = run("off", "--reason", "数据移交服务器")
    assert (done.exit_code, done.stderr) == (0, "数据已不加密。\n")
    database = open_store(path)
    with database.reading() as records:
        told = records.connection.exec_driver_sql("select told from audit where kind = 'store'").scalars().all()
    database.close()
    assert [each for each in told if each] == ["加密数据", "取消加密：数据移交服务器"]


def test_a_wrong_password_does_nothing(run: Run, path: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATION_DESK_PASSWORD", "wrong")
    done = run("off", "--reason", "试试")
    assert done.exit_code == 1
    assert "口令不对" in done.stderr
    assert key_file.is_encrypted(path)


def test_the_password_is_asked_for_where_the_environment_has_none(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEDIATION_DESK_PASSWORD")
    done = run("on", "--show-words", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert run("new-sheet", "--show-words", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert run("new-sheet", "--show-words", typed=f"{PASSWORD}\nwrong\n").exit_code == 1


def test_whoever_acts_is_named_where_there_are_several(run: Run, path: Path) -> None:
    database = open_store(path)
    with database.writing() as records:
        centre = records.centre.get()
        centre.users.append(User(uid=uid(77), name="王窗口", roles=[Role.CLERK]))
    database.close()
    assert "没有叫“赵”的" in run("on", "--show-words", user="赵").stderr
    done = run("on", "--show-words", user="登记员")
    assert done.exit_code == 0, done.output
    assert run("new-sheet", "--show-words").exit_code == 0  # only one can open it
    assert "没有叫“王窗口”的" in run("new-sheet", "--show-words", user="王窗口").stderr


def test_only_who_keeps_the_back_ups_may(run: Run, path: Path) -> None:
    database = open_store(path)
    with database.writing() as records:
        centre = records.centre.get()
        centre.users.append(User(uid=uid(77), name="王窗口", roles=[Role.CLERK]))
    database.close()
    done = run("on", "--show-words", user="王窗口")
    assert done.exit_code == 1
    assert "没有“备份恢复”权限" in done.stderr
    assert not key_file.is_encrypted(path)
    assert run("on", "--show-words", user="登记员").exit_code == 0  # nobody has a password yet


def test_plain_copies_are_listed(run: Run, path: Path, words: str) -> None:
    copy = path.with_name("desk.0003.db")
    copy.write_bytes(b"SQLite format 3\0")
    assert f"未加密的旧文件：{copy}" in run("status").stdout


def test_what_stays_readable_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediation_desk.services.encryption.remove_plain_copies", lambda *_, **__: ["desk.0003.db"])
    assert "没能清除" in run("on", "--show-words").stderr


def test_without_a_store_it_says_so(run: Run, path: Path) -> None:
    path.unlink()
    assert run("status").stdout == f"没有数据文件 {path}\n"
