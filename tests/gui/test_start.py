"""The way from the first paint to the first page, and every reason why it may end before."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import platformdirs
import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QLockFile, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.exchange import rule_packs
from mediation_desk.gui import start
from mediation_desk.gui.application import read_options
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.login_dialog import LoginDialog
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.start import Start
from mediation_desk.logs import stop_logging
from mediation_desk.store import key_file, pc_keys
from mediation_desk.store.database import create
from tests.gui.looking import said_in_a_box
from tests.keys import CHEAP

Begin = Callable[..., MainWindow]
PASSWORD = "Kai1-men"

HOLD = """
import sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1])
lock.setStaleLockTime(0)
print(lock.tryLock(0), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(settings: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders of a user who starts the program for the first time."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "数据 folder")
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    monkeypatch.setattr(key_file, "make", partial(key_file.make, costs=CHEAP))
    monkeypatch.setattr(pc_keys, "recall", lambda _: None)
    return tmp_path


@pytest.fixture
def begin(qapp: QApplication, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Start the program with these arguments in a window."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # and put back afterwards
    font, started = qapp.font(), list[Start]()

    def begin(*arguments: str | Path) -> MainWindow:
        window = MainWindow()
        qtbot.addWidget(window)
        start = Start(window, read_options([str(each) for each in arguments]))
        started.append(start)
        window.painted.connect(start.begin)
        window.show()
        qtbot.waitUntil(
            lambda: (
                window.desk is not None or bool(window.findChildren(FirstStart)) or bool(box(window)) or bool(logins())
            )
        )
        return window

    yield begin
    for each in started:
        each.end()
    stop_logging()
    qapp.setFont(font)


@pytest.fixture
def store(finished_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(finished_store, tmp_path / "desk.db"))


def box(window: MainWindow) -> QMessageBox | None:
    """Why the store cannot be opened."""
    found = window.findChild(QMessageBox, "cannot_open_box")
    return found if isinstance(found, QMessageBox) else None


def logins() -> list[LoginDialog]:
    """The login dialogs that are on the screen."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, LoginDialog) and each.isVisible()]


def say(login: LoginDialog, password: str) -> None:
    login.ui.login_password.setText(password)
    login.ui.log_in.click()


def wizard_of(window: MainWindow) -> FirstStart:
    [wizard] = window.findChildren(FirstStart)
    return wizard


def end(window: MainWindow) -> None:
    """Close the window as the program does at its end."""
    window.close()
    window.findChildren(Start)[0].end()


def fill_in(wizard: FirstStart, *, encrypt: bool = True) -> None:
    """All that is asked for; what is left is the button 完成设置."""
    wizard.ui.begin_centre.click()
    wizard.centre_form.ui.centre_name.setText("东城街道综治中心")
    wizard.ui.next.click()
    committee = wizard._shown_committee().ui
    committee.committee_name.setText("东城街道人民调解委员会")
    committee.committee_short_name.setText("东")
    wizard.ui.next.click()
    wizard.ui.user_name.setText("王窗口")
    wizard.ui.new_password.setText(PASSWORD)
    wizard.ui.password_again.setText(PASSWORD)
    if not wizard._new_words:
        return
    wizard.ui.next.click()
    wizard.ui.stay_plain.setChecked(not encrypt)
    if encrypt:
        wizard.ui.next.click()
        prove(wizard)


def prove(wizard: FirstStart) -> None:
    """Copy from the sheet the two words that are asked for."""
    sheet = wizard._shown_sheet()
    for (line, place), field in zip(sheet._asked, (sheet.ui.first_word, sheet.ui.second_word), strict=True):
        field.setText(sheet.words.lines[line][place])


def finish(window: MainWindow, qtbot: QtBot) -> None:
    """Press 完成设置 and wait for what comes of it: the desk, or a box that says why not."""
    wizard = wizard_of(window)
    wizard.ui.next.click()
    qtbot.waitUntil(
        lambda: window.desk is not None or any(each.isVisible() for each in wizard.findChildren(QMessageBox))
    )


def raw(path: Path) -> "closing[driver.Connection]":
    return closing(driver.connect(str(path), isolation_level=None))


# ---- a store that is there


def test_a_store_opens_on_its_first_page(begin: Begin, store: Path, home: Path) -> None:
    window = begin("--store", store)
    assert window.windowTitle().startswith("东城街道综治中心")
    assert not window.findChildren(FirstStart)
    assert (home / "log").is_dir()
    end(window)
    assert sorted(each.name for each in store.parent.glob("desk.db*")) == ["desk.db"]


def test_the_own_store_is_opened_where_none_is_named(begin: Begin, store: Path, home: Path) -> None:
    (home / "数据 folder").mkdir()
    shutil.move(store, home / "数据 folder" / "desk.db")
    assert begin().desk is not None


def test_the_program_can_be_asked_to_end_after_its_first_page(begin: Begin, store: Path, qtbot: QtBot) -> None:
    window = begin("--store", store, "--quit-after-paint")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_without_a_log_the_desk_still_works(begin: Begin, store: Path, home: Path) -> None:
    (home / "log").write_text("no folder", encoding="utf-8")
    assert begin("--store", store).desk is not None


def test_a_newer_store_is_shown_and_not_changed(begin: Begin, store: Path) -> None:
    with raw(store) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    window = begin("--store", store)
    assert "更新版本的程序" in window.ui.read_only_mark.text()
    assert window.ui.read_only_mark.isVisible()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.unlink()
    with raw(path) as connection:
        connection.execute("create table notes (line text)")


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:100] = bytes(100)
    path.write_bytes(content)


def a_text(path: Path) -> None:
    path.write_text("张三与李四" * 100, encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (empty, "是空文件或文件夹"),
        (foreign, "不是调解工作台的数据文件"),
        (damaged, "已经损坏"),
        (a_text, "不是数据文件"),
        (a_folder, "是空文件或文件夹"),
    ],
)
def test_what_is_no_store_is_told_left_alone_and_ends_the_program(
    begin: Begin, store: Path, qtbot: QtBot, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(store)
    before = store.read_bytes() if store.is_file() else None
    window = begin("--store", store)
    told = box(window)
    assert told is not None
    assert sentence in told.text()
    assert not window.findChildren(FirstStart)
    told.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert (store.read_bytes() if store.is_file() else None) == before


def test_broken_rules_of_the_centre_are_told(begin: Begin, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path, proven: Path) -> None:
        raise RulePackBroken(["own.json 第1行：缺少“source”。"])

    monkeypatch.setattr(rule_packs, "load_rules", refuse)
    told = box(begin("--store", store))
    assert told is not None
    assert "own.json" in told.text()


def test_a_store_that_may_not_be_looked_at_is_not_taken_for_missing(begin: Begin) -> None:
    if not hasattr(os, "geteuid"):
        pytest.skip("folders have no permission bits here")
    before, folder = os.geteuid(), Path(tempfile.mkdtemp())
    path = folder / "desk.db"
    path.touch()
    folder.chmod(0)
    os.seteuid(65534 if before == 0 else before)
    try:
        there = start._is_there(path)
    finally:
        os.seteuid(before)
        folder.chmod(0o700)
        shutil.rmtree(folder)
    assert there


# ---- one window for a store


def test_a_second_window_on_a_store_is_refused_and_changes_nothing(begin: Begin, store: Path, qtbot: QtBot) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, f"{store}.lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        before = store.read_bytes()
        window = begin("--store", store)
        told = box(window)
        assert told is not None
        assert told.text() == "这份数据已在另一个窗口中打开。请切换到那个窗口；这里没有改动任何内容。"
        told.close()
        qtbot.waitUntil(lambda: not window.isVisible())
        end(window)
        assert store.read_bytes() == before
        assert Path(f"{store}.lock").exists()
        other.kill()
        other.wait()
        assert begin("--store", store).desk is not None, "the lock of a dead program is taken over"


@pytest.mark.parametrize("left", ["", "99999999\npython\nanother-pc\n\n", "1\nsystemd\n\n"])
def test_a_lock_that_a_power_cut_left_is_taken_over(begin: Begin, store: Path, left: str) -> None:
    Path(f"{store}.lock").write_text(left, encoding="utf-8")
    assert begin("--store", store).desk is not None


def test_the_lock_is_let_go_at_the_end(begin: Begin, store: Path) -> None:
    window = begin("--store", store)
    second = QLockFile(f"{store}.lock")
    assert not second.tryLock(0)
    end(window)
    assert second.tryLock(0)


# ---- the first start


@pytest.mark.parametrize("encrypt", [True, False])
def test_a_first_start_makes_a_store_and_opens_it(begin: Begin, home: Path, qtbot: QtBot, encrypt: bool) -> None:
    window = begin()
    path = home / "数据 folder" / "desk.db"
    fill_in(wizard_of(window), encrypt=encrypt)
    assert not path.exists()
    finish(window, qtbot)
    assert window.desk is not None
    assert window.desk.centre.name == "东城街道综治中心"
    assert window.ui.user_button.text() == "王窗口"
    assert window.ui.open_mark.isHidden() is encrypt
    end(window)
    assert path.read_bytes().startswith(b"SQLite format 3") is not encrypt
    again = begin()
    [login] = logins()
    assert again.desk is None
    say(login, PASSWORD)
    qtbot.waitUntil(lambda: again.desk is not None)
    assert logins() == []


def test_leaving_the_first_start_leaves_nothing(begin: Begin, home: Path, qtbot: QtBot) -> None:
    window = begin("--store", home / "new" / "desk.db")
    wizard_of(window).reject()
    qtbot.waitUntil(lambda: not window.isVisible())
    end(window)
    assert not (home / "new").exists()


def test_where_no_store_can_be_made_the_wizard_keeps_what_was_typed(begin: Begin, home: Path, qtbot: QtBot) -> None:
    (home / "file").write_text("别的文件", encoding="utf-8")
    window = begin("--store", home / "file" / "desk.db")
    wizard = wizard_of(window)
    fill_in(wizard)
    for _ in range(2):
        finish(window, qtbot)
        assert "请换一个可写的文件夹" in said_in_a_box(wizard)
    assert wizard.isVisible()
    assert (wizard.centre_form.name, wizard.ui.user_name.text()) == ("东城街道综治中心", "王窗口")
    (home / "file").unlink()
    finish(window, qtbot)
    assert said_in_a_box(wizard) == ""
    assert window.desk is not None


@pytest.mark.parametrize("when", ["desk.db.filling", "desk.db.keys", "desk.db"])
def test_a_full_disk_at_the_first_start_leaves_no_half_store(
    begin: Begin, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, when: str
) -> None:
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.name == when:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    window = begin()
    wizard = wizard_of(window)
    fill_in(wizard)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        finish(window, qtbot)
        assert "No space left" in said_in_a_box(wizard)
    assert [each.name for each in (home / "数据 folder").iterdir()] == ["desk.db.lock"]
    finish(window, qtbot)
    assert window.desk is not None


def test_of_two_first_starts_one_makes_the_store_and_the_other_keeps_what_was_typed(begin: Begin, qtbot: QtBot) -> None:
    first, second = begin(), begin()
    for window in (first, second):
        fill_in(wizard_of(window))
    finish(first, qtbot)
    assert first.desk is not None
    finish(second, qtbot)
    assert "已在另一个窗口中打开" in said_in_a_box(wizard_of(second))
    assert wizard_of(second).ui.user_name.text() == "王窗口"
    end(first)
    finish(second, qtbot)
    assert "已经" in said_in_a_box(wizard_of(second))
    assert second.desk is None


def test_a_store_that_nobody_has_set_up_is_asked_for_its_centre(begin: Begin, home: Path, qtbot: QtBot) -> None:
    create(home / "desk.db").close()
    window = begin("--store", home / "desk.db")
    fill_in(wizard_of(window))
    finish(window, qtbot)
    assert window.desk is not None
    assert window.desk.centre.name == "东城街道综治中心"


# ---- practice


def test_practice_is_made_once_and_opened_again(begin: Begin, home: Path) -> None:
    window = begin("--practice")
    assert window.desk is not None
    assert window.ui.practice_mark.isVisible()
    assert not window.findChildren(FirstStart)
    assert [each.name for each in (home / "数据 folder").glob("*.db")] == ["practice.db"]
    cases = list(window.desk.look(lambda records, _: records.cases.ids()))
    assert len(cases) > 10
    end(window)
    again = begin("--practice")
    assert again.desk is not None
    assert list(again.desk.look(lambda records, _: records.cases.ids())) == cases


def test_the_wizard_can_be_left_for_practice(begin: Begin, home: Path) -> None:
    window = begin()
    wizard_of(window).ui.begin_practice.click()
    assert not wizard_of(window).isVisible()
    assert window.desk is not None
    assert window.desk.centre.is_practice
    assert not (home / "数据 folder" / "desk.db").exists()


def test_practice_elsewhere_is_made_where_it_is_wanted(begin: Begin, home: Path) -> None:
    window = begin("--practice", "--store", home / "教室" / "练习.db")
    assert window.desk is not None
    assert window.desk.database.path == home / "教室" / "练习.db"
    assert window.desk.centre.is_practice


def test_real_cases_are_never_opened_for_practice(begin: Begin, store: Path) -> None:
    window = begin("--practice", "--store", store)
    told = box(window)
    assert told is not None
    assert "不是练习用的数据文件" in told.text()
    assert window.desk is None


def test_what_a_crash_left_half_done_beside_the_store_is_removed(begin: Begin, store: Path) -> None:
    halves = [store.with_name(f"{store.name}.{ending}") for ending in ("converting", "replaced", "new", "filling")]
    for half in halves:
        half.write_bytes(b"SQLite format 3\0 half of it")
    assert begin("--store", store).desk is not None
    assert [half for half in halves if half.exists()] == []
