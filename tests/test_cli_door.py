"""The console program at the door: names, passwords, the recovery sheet, stores that are made encrypted."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mediation_desk.cli.commands import main
from mediation_desk.cli.door import PASSWORD
from mediation_desk.domain.centre import Centre, Committee, User
from mediation_desk.domain.rules import Rules
from mediation_desk.services.entrance import Entrance
from mediation_desk.services.first_desk import make_store
from mediation_desk.store import key_file
from mediation_desk.store.database import open_store
from tests.keys import CHEAP

FIRST, GIVEN, NEW = "Kai1-men", "Chu3-shi!", "Xin4-de!!"
WORDS = key_file.fresh_words()
HOUSE = ("--centre", "示例综治中心", "--committee", "示例调委会", "--short-name", "示", "--user", "登记员")

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "make", partial(key_file.make, costs=CHEAP))
    monkeypatch.delenv(PASSWORD, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def bare(path: Path) -> Run:
    """Run a command line in a folder without a store."""
    return lambda *words, typed="", env=None: CliRunner().invoke(main, ["--store", str(path), *words], typed, env)


@pytest.fixture
def run(bare: Run, path: Path, rules: Rules) -> Run:
    """Run a command line on an encrypted store: 王窗口 has a password, 李窗口 was given one."""
    users = [User(uid="one", name="王窗口"), User(uid="two", name="李窗口")]
    committees = [Committee(uid="committee", name="示例调委会", short_name="示")]
    centre = Centre(uid="centre", name="示例综治中心", committees=committees, users=users)
    key = make_store(path, centre, rules, datetime.now(), FIRST, WORDS)
    database = open_store(path, key)
    Entrance(database, rules, "").give_password("one", "two", GIVEN)
    database.close()
    return bare


def listed(run: Run, *before: str, typed: str = "", env: dict[str, str] | None = None) -> Result:
    return run(*before, "list", typed=typed, env=env)


def test_a_password_is_asked_for(run: Run) -> None:
    done = listed(run, "--user", "王窗口", typed=f"{FIRST}\n")
    assert (done.exit_code, done.stdout) == (0, "")
    assert FIRST not in done.output


def test_or_stands_in_the_environment(run: Run) -> None:
    assert listed(run, "--user", "王窗口", env={PASSWORD: FIRST}).exit_code == 0


def test_who_it_is_must_be_said_where_there_are_several(run: Run) -> None:
    done = listed(run)
    assert (done.exit_code, done.stderr) == (2, "请用 --user 写明是谁：王窗口、李窗口。\n")
    unknown = listed(run, "--user", "赵六")
    assert (unknown.exit_code, unknown.stderr) == (1, "没有叫“赵六”的使用者。可以是：王窗口、李窗口。\n")


def test_a_wrong_password_is_refused_with_the_tries_left(run: Run) -> None:
    for left in (4, 3, 2, 1):
        done = listed(run, "--user", "王窗口", env={PASSWORD: "falsch"})
        assert done.exit_code == 1
        assert f"还可以试{left}次" in done.stderr
    assert "以后才能再试" in listed(run, "--user", "王窗口", env={PASSWORD: "falsch"}).stderr
    assert "以后才能再试" in listed(run, "--user", "王窗口", env={PASSWORD: FIRST}).stderr


def test_a_password_that_must_be_changed_lets_nobody_work(run: Run) -> None:
    done = listed(run, "--user", "李窗口", env={PASSWORD: GIVEN})
    assert done.exit_code == 1
    assert "管理员给的口令" in done.stderr
    changed = run("--user", "李窗口", "password", typed=f"{GIVEN}\n{NEW}\n{NEW}\n")
    assert (changed.exit_code, changed.stderr.splitlines()[-1]) == (0, "口令已改。")
    assert listed(run, "--user", "李窗口", env={PASSWORD: NEW}).exit_code == 0


def test_the_steps_are_those_of_who_came_in(run: Run, path: Path) -> None:
    run("--user", "李窗口", "password", typed=f"{GIVEN}\n{NEW}\n{NEW}\n")
    assert run("--user", "李窗口", "blank", "E18", "-o", str(path.parent / "a.pdf"), env={PASSWORD: NEW}).exit_code == 0
    database = open_store(path, key_file.unlock_with_words(path, WORDS))
    with database.reading() as records:
        rows = records.connection.exec_driver_sql("select by_id from audit where what = 'make_blanks'").all()
    database.close()
    assert rows == [(2,)]


def test_the_sheet_sets_a_forgotten_password_anew(run: Run) -> None:
    words = "".join(f"{' '.join(line)}\n" for line in WORDS.lines)
    done = run("--user", "王窗口", "password", "--with-sheet", typed=f"{words}{NEW}\n{NEW}\n")
    assert done.exit_code == 0
    assert WORDS.lines[0][0] not in done.output
    assert listed(run, "--user", "王窗口", env={PASSWORD: NEW}).exit_code == 0


def test_mistyped_words_are_named_and_change_nothing(run: Run) -> None:
    lines = [" ".join(line) for line in WORDS.lines]
    first, second, *rest = lines[2].split()
    lines[2] = " ".join([second, first, *rest])
    done = run("--user", "王窗口", "password", "--with-sheet", typed="\n".join(lines) + "\n")
    assert done.exit_code == 1
    assert "第3行" in done.stderr
    assert listed(run, "--user", "王窗口", env={PASSWORD: FIRST}).exit_code == 0


def test_a_plain_store_with_passwords_asks_too(bare: Run, path: Path, rules: Rules) -> None:
    assert bare("init", "--plain", *HOUSE).exit_code == 0
    database = open_store(path)
    with database.reading() as records:
        uid = records.centre.get().users[0].uid
    Entrance(database, rules, "").change_password(uid, "", FIRST)
    database.close()
    assert "口令不对" in listed(bare, env={PASSWORD: "falsch"}).stderr
    assert listed(bare, env={PASSWORD: FIRST}).exit_code == 0
    assert bare("password", typed=f"{FIRST}\n{NEW}\n{NEW}\n").exit_code == 0
    assert listed(bare, env={PASSWORD: NEW}).exit_code == 0


def test_without_passwords_nobody_is_asked_and_anybody_can_be_named(bare: Run) -> None:
    bare("init", "--plain", *HOUSE)
    assert listed(bare).exit_code == 0
    assert listed(bare, "--user", "登记员").exit_code == 0
    assert listed(bare, "--user", "赵六").exit_code == 1


def test_a_store_is_made_encrypted_with_its_sheet(bare: Run, path: Path) -> None:
    sheet = path.parent / "恢复单.pdf"
    done = bare("init", *HOUSE, "--sheet", str(sheet), typed=f"{FIRST}\n{FIRST}\n")
    assert done.exit_code == 0
    assert "已加密" in done.stderr
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert not key_file.is_plain(path)
    assert listed(bare, env={PASSWORD: FIRST}).exit_code == 0


def test_the_words_can_be_copied_from_the_screen(bare: Run, path: Path) -> None:
    done = bare("init", *HOUSE, "--show-words", env={PASSWORD: FIRST})
    words = key_file.word_list().read(done.stdout)
    assert key_file.fits(path, key_file.unlock_with_words(path, words))


def test_nothing_is_made_before_it_is_said_where_the_sheet_goes(bare: Run, path: Path) -> None:
    done = bare("init", *HOUSE)
    assert done.exit_code == 2
    assert "请写明恢复单去哪里" in done.stderr
    weak = bare("init", *HOUSE, "--show-words", env={PASSWORD: "kurz"})
    assert weak.exit_code == 1
    assert "口令太短" in weak.stderr
    assert list(path.parent.iterdir()) == []


def test_a_server_has_no_file(path: Path) -> None:
    words = ["--store", "postgresql+psycopg://desk@127.0.0.1:1/desk", "seed"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "不能用于服务器上的共享数据" in done.stderr


def test_a_server_that_does_not_answer_is_said(path: Path) -> None:
    done = CliRunner().invoke(main, ["--store", "postgresql+psycopg://desk@127.0.0.1:1/desk", "list"])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "127.0.0.1" in done.stderr
