"""The way from the first paint to the first page, and every reason why it may end before."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QLibraryInfo, QLockFile, QSettings, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon, QRawFont
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import RulePackBroken
from mediation_desk.exchange import rule_packs
from mediation_desk.gui import application
from mediation_desk.gui.application import Start, add_rare_faces, prepare, read_options
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.logs import LOG_FILE, stop_logging
from mediation_desk.store.database import create, open_store
from tests.gui.looking import said_in_a_box

Begin = Callable[..., MainWindow]

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
        qtbot.waitUntil(lambda: window.desk is not None or bool(window.findChildren(FirstStart)) or bool(box(window)))
        return window

    yield begin
    for start in started:
        start.end()
    stop_logging()
    qapp.setFont(font)


@pytest.fixture
def store(finished_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(finished_store, tmp_path / "desk.db"))


def box(window: MainWindow) -> QMessageBox | None:
    """Why the store cannot be opened."""
    found = window.findChild(QMessageBox, "cannot_open_box")
    return found if isinstance(found, QMessageBox) else None


def wizard_of(window: MainWindow) -> FirstStart:
    [wizard] = window.findChildren(FirstStart)
    return wizard


def end(window: MainWindow) -> None:
    """Close the window as the program does at its end."""
    window.close()
    window.findChildren(Start)[0].end()


def fill_in(wizard: FirstStart) -> None:
    wizard.ui.begin_centre.click()
    wizard.centre_form.ui.centre_name.setText("东城街道综治中心")
    wizard.ui.next.click()
    committee = wizard._shown_committee().ui
    committee.committee_name.setText("东城街道人民调解委员会")
    committee.committee_short_name.setText("东")
    wizard.ui.next.click()
    wizard.ui.user_name.setText("王窗口")


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
        there = application._is_there(path)
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


def test_a_first_start_makes_a_store_and_opens_it(begin: Begin, home: Path) -> None:
    window = begin()
    path = home / "数据 folder" / "desk.db"
    assert not path.exists()
    fill_in(wizard_of(window))
    wizard_of(window).ui.next.click()
    assert not wizard_of(window).isVisible()
    assert window.desk is not None
    assert window.desk.centre.name == "东城街道综治中心"
    assert path.is_file()
    end(window)
    assert begin().desk is not None


def test_leaving_the_first_start_leaves_nothing(begin: Begin, home: Path, qtbot: QtBot) -> None:
    window = begin("--store", home / "new" / "desk.db")
    wizard_of(window).reject()
    qtbot.waitUntil(lambda: not window.isVisible())
    end(window)
    assert not (home / "new").exists()


def test_where_no_store_can_be_made_the_wizard_keeps_what_was_typed(begin: Begin, home: Path) -> None:
    (home / "file").write_text("别的文件", encoding="utf-8")
    window = begin("--store", home / "file" / "desk.db")
    wizard = wizard_of(window)
    fill_in(wizard)
    for _ in range(2):
        wizard.ui.next.click()
        assert "请换一个可写的文件夹" in said_in_a_box(wizard)
    assert wizard.isVisible()
    assert (wizard.centre_form.name, wizard.ui.user_name.text()) == ("东城街道综治中心", "王窗口")
    (home / "file").unlink()
    wizard.ui.next.click()
    assert said_in_a_box(wizard) == ""
    assert window.desk is not None


@pytest.mark.parametrize("when", ["desk.db.filling", "desk.db"])
def test_a_full_disk_at_the_first_start_leaves_no_half_store(
    begin: Begin, home: Path, monkeypatch: pytest.MonkeyPatch, when: str
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
        wizard.ui.next.click()
        assert "No space left" in said_in_a_box(wizard)
    assert [each.name for each in (home / "数据 folder").iterdir()] == ["desk.db.lock"]
    wizard.ui.next.click()
    assert window.desk is not None


def test_of_two_first_starts_one_makes_the_store_and_the_other_keeps_what_was_typed(begin: Begin) -> None:
    first, second = begin(), begin()
    for window in (first, second):
        fill_in(wizard_of(window))
    wizard_of(first).ui.next.click()
    assert first.desk is not None
    wizard_of(second).ui.next.click()
    assert "已在另一个窗口中打开" in said_in_a_box(wizard_of(second))
    assert wizard_of(second).ui.user_name.text() == "王窗口"
    end(first)
    wizard_of(second).ui.next.click()
    assert "已经设置过综治中心" in said_in_a_box(wizard_of(second))


def test_a_store_that_nobody_has_set_up_is_asked_for_its_centre(begin: Begin, home: Path) -> None:
    create(home / "desk.db").close()
    window = begin("--store", home / "desk.db")
    fill_in(wizard_of(window))
    wizard_of(window).ui.next.click()
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


# ---- words, faces, icons, options


def test_the_program_has_chinese_buttons_icons_and_a_face_for_its_words(qapp: QApplication) -> None:
    font = qapp.font()
    names = qapp.organizationName(), qapp.applicationName()
    theme = QIcon.themeName(), QIcon.themeSearchPaths()
    try:
        prepare(qapp)
        assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
        assert not QIcon.fromTheme("page-today").isNull()
        assert QRawFont.fromFont(qapp.font()).supportsCharacter(ord("调"))
        assert qapp.font().pointSizeF() >= 9
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
        qapp.setFont(font)
        qapp.setOrganizationName(names[0])
        qapp.setApplicationName(names[1])
        QIcon.setThemeName(theme[0])
        QIcon.setThemeSearchPaths(theme[1])


def test_every_name_can_be_read_on_the_screen(qapp: QApplication) -> None:
    font = qapp.font()
    try:
        add_rare_faces(qapp)
        assert qapp.font().families()[0] == font.families()[0]
        faces = [QRawFont.fromFont(QFontDatabase.font(family, "", 9)) for family in qapp.font().families()]
        for character in "𠮷䶮Ł·":
            assert any(face.supportsCharacter(ord(character)) for face in faces), character
    finally:
        qapp.setFont(font)


def test_the_translations_of_qt_come_with_it() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_zh_CN.qm").is_file()


def test_options_are_read() -> None:
    options = read_options(["--store", "数据/desk.db", "--practice"])
    assert (options.store, options.practice, options.demo, options.quit_after_paint) == (
        Path("数据/desk.db"),
        True,
        None,
        False,
    )
    with pytest.raises(SystemExit):
        read_options(["--version"])


def test_the_whole_program_starts_and_ends(store: Path, home: Path) -> None:
    homes = {f"XDG_{kind}_HOME": str(home / "home" / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "mediation_desk", "--store", str(store), "--quit-after-paint"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr
    assert not Path(f"{store}.lock").exists()
    database = open_store(store)
    database.close()
    [log_folder] = (home / "home").rglob("log")
    assert not (log_folder / LOG_FILE).exists(), "nothing went wrong, so nothing was logged"


def test_garbage_is_looked_for_again_after_the_start() -> None:
    usual = gc.get_threshold()
    gc.disable()
    application._look_for_garbage_from_now_on()
    try:
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*usual)
