"""What was copied here does not stay on the clipboard; what others put there does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.gui.clipboard import ClipboardWatch

NUMBER = "110101199003070011"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of our windows is the active one."""
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationActive)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody works in another program."""
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.mark.usefixtures("here")
def test_what_was_copied_is_gone_after_a_while(clipboard: QClipboard, owner: QObject, qtbot: QtBot) -> None:
    watch = ClipboardWatch(lambda: 1, owner)
    clipboard.setText(NUMBER)
    assert watch._timer.remainingTime() > 0
    watch._timer.setInterval(1)
    qtbot.waitUntil(lambda: clipboard.text() == "")


@pytest.mark.usefixtures("here")
def test_it_is_gone_at_once_when_the_desk_is_locked(clipboard: QClipboard, owner: QObject) -> None:
    watch = ClipboardWatch(lambda: 60, owner)
    clipboard.setText(NUMBER)
    watch.clear()
    assert clipboard.text() == ""


@pytest.mark.usefixtures("elsewhere")
def test_what_another_program_copied_stays(clipboard: QClipboard, owner: QObject) -> None:
    watch = ClipboardWatch(lambda: 60, owner)
    clipboard.setText("别的程序的内容")
    assert not watch._timer.isActive()
    watch.clear()
    assert clipboard.text() == "别的程序的内容"


@pytest.mark.usefixtures("here")
def test_what_another_program_put_in_its_place_stays(
    clipboard: QClipboard, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = ClipboardWatch(lambda: 60, owner)
    clipboard.setText(NUMBER)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    clipboard.setText("别的程序的内容")
    watch.clear()
    assert clipboard.text() == "别的程序的内容"
    assert not watch._timer.isActive()


@pytest.mark.usefixtures("here")
def test_without_a_limit_it_stays_until_it_is_cleared(clipboard: QClipboard, owner: QObject) -> None:
    watch = ClipboardWatch(lambda: 0, owner)
    clipboard.setText(NUMBER)
    assert not watch._timer.isActive()
    watch.clear()
    assert clipboard.text() == ""
