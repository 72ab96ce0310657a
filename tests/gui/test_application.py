"""What the program brings before its window: Chinese words, icons, faces that have every character, its options."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon, QRawFont
from PySide6.QtWidgets import QApplication

from mediation_desk.gui.application import add_rare_faces, prepare, read_options
from mediation_desk.logs import LOG_FILE
from mediation_desk.store.database import open_store


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
        "数据/desk.db",
        True,
        None,
        False,
    )
    with pytest.raises(SystemExit):
        read_options(["--version"])


def test_the_whole_program_starts_and_ends(finished_store: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(finished_store, tmp_path / "desk.db"))
    homes = {f"XDG_{kind}_HOME": str(tmp_path / "home" / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
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
    [log_folder] = (tmp_path / "home").rglob("log")
    assert not (log_folder / LOG_FILE).exists(), "nothing went wrong, so nothing was logged"
