"""The way to a shared store: reached on a thread, asked for a password, tried again, or chosen anew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotOpen, DeskError, NotLetIn
from mediation_desk.gui.application import read_options
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.server_dialog import ServerDialog
from mediation_desk.gui.start import Start
from mediation_desk.logs import stop_logging
from mediation_desk.store import database as database_module
from mediation_desk.store import pc_keys
from mediation_desk.store.address import Address, ServerAddress
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.places import choose_store
from tests.gui.starting import box, home, store  # noqa: F401 - fixtures

THERE = ServerAddress("127.0.0.1", "desk", "clerk")
Answers = list[DeskError | None]


@pytest.fixture
def asked(store: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Address, str | None]]:  # noqa: F811 - the fixture
    """Who was asked for the store with which password. `ANSWERS` says what came back, None for the store."""
    known: list[tuple[Address, str | None]] = []

    def open_at(address: Address, *, password: str | None) -> Database:
        known.append((address, password))
        answer = ANSWERS.pop(0) if ANSWERS else None
        if answer is not None:
            raise answer
        return open_store(store)

    monkeypatch.setattr(database_module, "open_at", open_at)
    monkeypatch.setattr(pc_keys, "recall_password", lambda _: None)
    return known


ANSWERS: Answers = []


@pytest.fixture
def start(home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], MainWindow]]:  # noqa: F811
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    ANSWERS.clear()
    started: list[Start] = []

    def begin() -> MainWindow:
        window = MainWindow()
        qtbot.addWidget(window)
        start = Start(window, read_options([]))
        started.append(start)
        window.painted.connect(start.begin)
        window.show()
        return window

    yield begin
    for each in started:
        each.end()
    stop_logging()


def asking(window: MainWindow) -> QInputDialog | None:
    found = window.findChild(QInputDialog, "server_password_dialog")
    return found if isinstance(found, QInputDialog) and found.isVisible() else None


def shown_box(window: MainWindow) -> QMessageBox:
    found = box(window)
    assert found is not None
    return found


def test_the_chosen_store_is_reached(
    start: Callable[[], MainWindow], asked: list[tuple[Address, str | None]], qtbot: QtBot
) -> None:
    choose_store(THERE)
    window = start()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert asked == [(THERE, None)]


def test_a_password_that_this_pc_keeps_is_not_asked_for(
    start: Callable[[], MainWindow],
    asked: list[tuple[Address, str | None]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pc_keys, "recall_password", lambda _: "Juniper-42")
    choose_store(THERE)
    window = start()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert asked == [(THERE, "Juniper-42")]


def test_a_password_that_nobody_keeps_is_asked_for_until_it_fits(
    start: Callable[[], MainWindow], asked: list[tuple[Address, str | None]], qtbot: QtBot
) -> None:
    choose_store(THERE)
    ANSWERS[:] = [NotLetIn("打不开：不接受这个用户或口令"), NotLetIn("打不开：不接受这个用户或口令")]
    window = start()
    for password in ("wrong", "Juniper-42"):
        qtbot.waitUntil(lambda: asking(window) is not None)
        dialog = asking(window)
        assert dialog is not None
        dialog.setTextValue(password)
        dialog.accept()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert asked == [(THERE, None), (THERE, "wrong"), (THERE, "Juniper-42")]


def test_who_does_not_know_the_password_is_told_and_can_choose_another_store(
    start: Callable[[], MainWindow], asked: list[tuple[Address, str | None]], qtbot: QtBot
) -> None:
    choose_store(THERE)
    ANSWERS[:] = [NotLetIn("打不开：不接受这个用户或口令")]
    window = start()
    qtbot.waitUntil(lambda: asking(window) is not None)
    dialog = asking(window)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: box(window) is not None)
    assert shown_box(window).text() == "打不开：不接受这个用户或口令"
    [other] = [each for each in shown_box(window).buttons() if each.text() == "设置共享数据"]
    other.click()
    [server] = window.findChildren(ServerDialog)
    assert server.address() == THERE
    server.reject()


def test_a_server_that_is_gone_can_be_tried_again(
    start: Callable[[], MainWindow], asked: list[tuple[Address, str | None]], qtbot: QtBot
) -> None:
    choose_store(THERE)
    ANSWERS[:] = [CannotOpen("打不开：连不上数据服务器")]
    window = start()
    qtbot.waitUntil(lambda: box(window) is not None)
    [again] = [each for each in shown_box(window).buttons() if each.text() == "重试"]
    again.click()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert len(asked) == 2
