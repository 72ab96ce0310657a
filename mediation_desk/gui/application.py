"""How the program starts.

1. Qt, the font and an empty window: nothing else is loaded, so the window is painted at once.
2. After its first paint the rest is imported: the rules, then the store.
3. The store is opened, after a login where it has passwords; see `start.py`.
4. A store is opened for one window at a time; a second start on the same store says so and ends.
5. The pages come, 今日 first. What was half typed last time is taken up again by its page.

`--demo FOLDER` shows all this on a sample dispute without a screen; see `demo.py`.
"""

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase, QFontInfo, QIcon
from PySide6.QtWidgets import QApplication

from mediation_desk import __version__
from mediation_desk.gui.garbage import GarbageKeeper
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.start import Start
from mediation_desk.resources import resource

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
    window.filled.connect(lambda: GarbageKeeper(window))
    start = Start(window, options)
    window.painted.connect(start.begin)
    window.show()
    try:
        return app.exec()
    finally:
        start.end()  # a store that is not closed is missed the next time


def read_options(arguments: list[str]) -> Namespace:
    """Read the command line; `--version` and `--help` answer and leave."""
    parser = ArgumentParser(prog="mediation-desk", description="调解工作台")
    parser.add_argument("--store", metavar="ADDRESS", help="数据文件，或服务器地址（默认在用户数据文件夹）")
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
