"""Starts the program in a window, and walks through what it asks for."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import platformdirs
import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.gui.application import read_options
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.login_dialog import LoginDialog
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.recovery_dialog import RecoveryDialog
from mediation_desk.gui.start import Start
from mediation_desk.logs import stop_logging
from mediation_desk.store import key_file, pc_keys
from tests.keys import CHEAP

Begin = Callable[..., MainWindow]
PASSWORD = "Kai1-men"

LONG_MS = 30_000
"""A store is made by every step of its schema, which a busy machine takes its time for."""


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
        asking = (FirstStart, RecoveryDialog)
        qtbot.waitUntil(
            lambda: (
                window.desk is not None
                or any(window.findChildren(kind) for kind in asking)
                or bool(box(window))
                or bool(logins())
            ),
            timeout=LONG_MS,
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
        lambda: window.desk is not None or any(each.isVisible() for each in wizard.findChildren(QMessageBox)),
        timeout=LONG_MS,
    )


def raw(path: Path) -> "closing[driver.Connection]":
    return closing(driver.connect(str(path), isolation_level=None))
