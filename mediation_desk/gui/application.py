"""How the program starts.

1. Qt, the font and an empty window: nothing else is loaded, so the window is painted at once.
2. After its first paint the rest is imported: the rules, then the store.
3. No store yet, or one that nobody has set up: the first-start wizard asks for the centre, or opens 练习模式.
4. A store is opened for one window at a time; a second start on the same store says so and ends.
5. The pages come, 今日 first. What was half typed last time is taken up again by its page.

`--demo FOLDER` shows all this on a sample dispute without a screen; see `demo.py`.
"""

import gc
import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, QObject, Qt, QTranslator
from PySide6.QtGui import QFontDatabase, QFontInfo, QIcon
from PySide6.QtWidgets import QApplication, QDialog

from mediation_desk import __version__
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.resources import resource

if TYPE_CHECKING:
    from mediation_desk.domain.centre import Centre
    from mediation_desk.domain.rules import Rules
    from mediation_desk.store.database import Database

ON_SCREEN = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Faces that every Chinese desktop has one of, preferred on the screen; the bundled one is there for all others."""


def run(arguments: list[str]) -> int:
    """Start the program and return its exit code."""
    options = read_options(arguments)
    if options.demo:
        from mediation_desk.gui.demo import show_without_a_screen

        return show_without_a_screen(Path(options.demo))
    gc.disable()  # all that is loaded at the start stays: looking for garbage in it would take a fifth of that time
    app = QApplication(sys.argv[:1])
    prepare(app)
    window = MainWindow()
    window.filled.connect(_look_for_garbage_from_now_on)
    start = Start(window, options)
    window.painted.connect(start.begin)
    window.show()
    code = app.exec()
    start.end()
    return code


def _look_for_garbage_from_now_on() -> None:
    gc.freeze()
    gc.set_threshold(10_000)  # Python's 700 made a window wait 20 ms, again and again, while a paper is drawn beside it
    gc.enable()


def read_options(arguments: list[str]) -> Namespace:
    """Read the command line; `--version` and `--help` answer and leave."""
    parser = ArgumentParser(prog="mediation-desk", description="调解工作台")
    parser.add_argument("--store", type=Path, help="数据文件（默认在用户数据文件夹）")
    parser.add_argument("--practice", action="store_true", help="打开练习模式")
    parser.add_argument("--demo", metavar="FOLDER", help="没有屏幕时：用样例纠纷走完全程，结果写入文件夹")
    parser.add_argument("--quit-after-paint", action="store_true", help="首页显示后即退出（检查安装用）")
    parser.add_argument("--version", action="version", version=f"mediation-desk {__version__}")
    return parser.parse_args(arguments)


def prepare(app: QApplication) -> None:
    """Give the application its name, its icons, Chinese buttons and a face that has the characters."""
    app.setOrganizationName("mediation-desk")
    app.setApplicationName("mediation-desk")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    QIcon.setThemeSearchPaths([str(resource("icons"))])
    QIcon.setThemeName("mediation-desk")
    font = app.font()
    installed = set(QFontDatabase.families())
    family = next((face for face in ON_SCREEN if face in installed), None)
    if family is None:
        bundled = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSerifSC-Regular.ttf")))
        family = QFontDatabase.applicationFontFamilies(bundled)[0]
    font.setFamilies([family])
    if QFontInfo(font).pointSizeF() < 9:
        font.setPointSizeF(9)
    app.setFont(font)


def add_rare_faces(app: QApplication) -> None:
    """Let every name be read on the screen: the bundled faces follow the first. Files are mapped, not read."""
    font = app.font()
    families = font.families()
    for pattern in ("NotoSerifSC-Regular.ttf", "LXGWWenKai-8105.ttf", "rare-g/*.ttf", "rare-h/*.ttf"):
        for file in sorted(resource("fonts").glob(pattern)):
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    font.setFamilies(list(dict.fromkeys(families)))
    app.setFont(font)


class Start(QObject):
    """Brings the window from its first paint to its first page, and lets go of the store at the end."""

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window = window
        self._options = options
        self._database: Database | None = None
        self._lock: QLockFile | None = None
        self._locked: Path | None = None
        self._rules: Rules | None = None
        if options.quit_after_paint:
            window.filled.connect(window.close)

    def begin(self) -> None:
        """Load what the window did not need for its first paint, then open the store that is asked for."""
        from mediation_desk.documents.font_files import look_also_in
        from mediation_desk.domain.errors import DeskError
        from mediation_desk.exchange.rule_packs import load_rules
        from mediation_desk.gui.errors import watch_for_defects
        from mediation_desk.logs import start_logging
        from mediation_desk.store.places import desk_store, fonts_folder, practice_store, rules_folder

        watch_for_defects()
        with suppress(OSError):  # a desk without a log can still work
            start_logging()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        add_rare_faces(app)
        look_also_in(fonts_folder())
        try:
            ours = resource("rules")
            self._rules = load_rules(ours, rules_folder(), proven=ours)
            path = self._options.store or (practice_store() if self._options.practice else desk_store())
            if self._options.practice:
                self._practise(path)
            elif _is_there(path):
                self._open(path)
            else:
                self._ask_for_first_things(path)
        except DeskError as error:
            self._give_up(str(error))

    def _open(self, path: Path, *, practice: bool = False) -> None:
        """Open a store that is there; one without a centre still asks for it. Raises `DeskError`."""
        from mediation_desk.domain.errors import CannotOpen
        from mediation_desk.gui.desk import Desk
        from mediation_desk.store.database import open_store

        self._take_lock(path)
        self._database = open_store(path)
        with self._database.reading() as records:
            centre = records.centre.find()
        if practice and not (centre and centre.is_practice):
            self._close_store()
            raise CannotOpen(f"“{path}”不是练习用的数据文件，练习模式没有打开它，也没有改动它。")
        if centre is None:
            self._close_store()
            self._ask_for_first_things(path)
            return
        assert self._rules is not None
        self._window.begin(Desk(self._database, self._rules))

    def _take_lock(self, path: Path) -> None:
        """Make sure this is the only window on the store: two would show each other's old pages."""
        from mediation_desk.domain.errors import CannotOpen

        if self._locked == path:
            return
        self.end()
        with suppress(OSError):  # a folder that cannot be made is told by whoever makes the store
            path.parent.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(f"{path}.lock")
        lock.setStaleLockTime(0)
        # What a crash, a power cut or a renamed PC left behind can be removed; the lock of a living program cannot.
        taken = lock.tryLock(0) or (lock.removeStaleLockFile() and lock.tryLock(0))
        if not taken and lock.error() is QLockFile.LockError.LockFailedError:
            raise CannotOpen("这份数据已在另一个窗口中打开。请切换到那个窗口；这里没有改动任何内容。")
        self._lock, self._locked = lock, path

    def _ask_for_first_things(self, path: Path) -> None:
        from datetime import datetime
        from os import urandom

        from mediation_desk.domain.uid import uuid7
        from mediation_desk.gui.first_start import FirstStart

        assert self._rules is not None
        wizard = FirstStart(self._rules, lambda: uuid7(datetime.now(), urandom(10)), self._window)
        wizard.set_up.connect(lambda centre: self._set_up(path, centre, wizard))
        wizard.practice_wanted.connect(lambda: self._practise_instead(wizard))
        wizard.rejected.connect(self._window.close)
        wizard.open()

    def _set_up(self, path: Path, centre: "Centre", wizard: QDialog) -> None:
        """Make the store; the wizard keeps what was typed until that is done."""
        from mediation_desk.gui.errors import telling
        from mediation_desk.services.setting_up import set_up
        from mediation_desk.store.creation import new_store
        from mediation_desk.store.database import open_store

        with telling(wizard):
            self._take_lock(path)
            if _is_there(path):
                with closing(open_store(path)) as database, database.writing() as records:
                    set_up(records, centre)
            else:
                with new_store(path) as records:
                    set_up(records, centre)
            self._open(path)
            wizard.accept()

    def _practise_instead(self, wizard: QDialog) -> None:
        """Leave the wizard for 练习模式; what was typed into it stays until that is open."""
        from mediation_desk.gui.errors import telling
        from mediation_desk.store.places import practice_store

        with telling(wizard):
            self._practise(practice_store())
            wizard.accept()

    def _practise(self, path: Path) -> None:
        """Open the practice store, after making it when it is wanted for the first time. Raises `DeskError`."""
        if not _is_there(path):
            from datetime import datetime

            from mediation_desk.services.practice import make_practice_store

            assert self._rules is not None
            self._take_lock(path)
            self._window.say_what_it_waits_for("正在准备练习数据，约需几秒…")
            make_practice_store(path, self._rules, datetime.now())
        self._open(path, practice=True)

    def _give_up(self, sentence: str) -> None:
        """Say why the store cannot be opened; nothing was changed, and the program ends when it was read."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(
            QMessageBox.Icon.Critical, "无法打开", sentence, QMessageBox.StandardButton.Close, self._window
        )
        box.setObjectName("cannot_open_box")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.finished.connect(self._window.close)
        box.open()

    def end(self) -> None:
        """Let go of store and lock."""
        self._close_store()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = self._locked = None

    def _close_store(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None


def _is_there(path: Path) -> bool:
    """Whether something is at `path`; what may not be looked at counts, so that nothing is made in its place."""
    try:
        return path.exists()
    except OSError:
        return True
