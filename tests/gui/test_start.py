"""The way from the first paint to the first page, and every reason why it may end before."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.exchange import rule_packs
from mediation_desk.gui import start
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.recovery_dialog import RecoveryDialog
from mediation_desk.store.database import create
from tests.gui.looking import said_in_a_box
from tests.gui.starting import PASSWORD, Begin, box, end, fill_in, finish, logins, raw, say, wizard_of

HOLD = """
import sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1])
lock.setStaleLockTime(0)
print(lock.tryLock(0), flush=True)
sys.stdin.read()
"""


# ---- a store that is there


def test_a_store_opens_on_its_first_page(begin: Begin, store: Path, home: Path) -> None:
    window = begin("--store", store)
    assert window.windowTitle().startswith("东城街道综治中心")
    assert not window.findChildren(FirstStart)
    assert (home / "log").is_dir()
    end(window)
    assert sorted(each.name for each in store.parent.glob("desk.db*")) == ["desk.db", "desk.db.note"]


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


@pytest.mark.parametrize("spoil", [empty, foreign, damaged, a_text, a_folder])
def test_what_is_no_store_is_left_alone_and_a_way_out_is_offered(
    begin: Begin, store: Path, qtbot: QtBot, spoil: Callable[[Path], None]
) -> None:
    spoil(store)
    before = store.read_bytes() if store.is_file() else None
    window = begin("--store", store)
    [recovery] = window.findChildren(RecoveryDialog)
    qtbot.waitUntil(recovery.ui.leave.isVisible)
    assert str(store) in recovery.ui.what_happened.text()
    assert not window.findChildren(FirstStart)
    recovery.ui.leave.click()
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
