"""The way to a shared store: what is typed is checked, the server is asked, and nothing is chosen before it can be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.gui import server_dialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.server_dialog import ServerDialog, what_was_found
from mediation_desk.gui.shared_store_section import SharedStoreSection
from mediation_desk.store import pc_keys, shared_store
from mediation_desk.store.address import ENCRYPTED, ServerAddress
from mediation_desk.store.places import choose_store, chosen_store, desk_store
from mediation_desk.store.shared_store import Found

THERE = ServerAddress("data.example", "desk", "clerk")
EMPTY = Found(
    version="15.18 (Debian)",
    is_encrypted=True,
    revision=None,
    may_make_tables=True,
    may_write=False,
    is_known_version=True,
    is_durable=True,
    is_utf8=True,
)
FULL = replace(EMPTY, revision="0004", may_write=True)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / name)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What this PC remembers."""
    passwords: dict[str, str] = {}
    monkeypatch.setattr(pc_keys, "is_there", lambda: True)
    monkeypatch.setattr(pc_keys, "remember_password", lambda at, word: passwords.setdefault(str(at), word))
    monkeypatch.setattr(pc_keys, "forget_password", lambda at: passwords.pop(str(at), None))
    return passwords


@pytest.fixture
def dialog(place: QWidget, kept: dict[str, str], qtbot: QtBot) -> Iterator[ServerDialog]:
    dialog = ServerDialog(place)
    dialog.open()
    yield dialog
    if isValid(dialog):
        dialog.done(0)


def fill(dialog: ServerDialog, address: ServerAddress = THERE) -> None:
    dialog.ui.host.setText(address.host)
    dialog.ui.database.setText(address.database)
    dialog.ui.user.setText(address.user)
    dialog.ui.password.setText("Juniper-42")


def answer(monkeypatch: pytest.MonkeyPatch, found: Found | CannotOpen) -> list[tuple[ServerAddress, str | None]]:
    asked: list[tuple[ServerAddress, str | None]] = []

    def look_at(address: ServerAddress, password: str | None) -> Found:
        asked.append((address, password))
        if isinstance(found, CannotOpen):
            raise found
        return found

    monkeypatch.setattr(shared_store, "look_at", look_at)
    return asked


def after_test(dialog: ServerDialog, qtbot: QtBot) -> str:
    dialog.test()
    qtbot.waitUntil(dialog.ui.test.isEnabled)
    return dialog.ui.found.text()


def test_what_is_missing_is_told_at_its_field_and_nobody_is_asked(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, FULL)
    dialog.ui.port.setText("5432x")
    dialog.ui.root.setText("nowhere.pem")
    dialog.test()
    captions = dialog.ui.host_caption, dialog.ui.port_caption, dialog.ui.database_caption, dialog.ui.root_caption
    for caption, sentence in zip(captions, ("请填写主机", "端口是1到65535", "请填写数据库名", "找不到"), strict=True):
        assert sentence in caption.text()
    assert asked == []


def test_a_store_that_is_there_is_taken(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, kept: dict[str, str]
) -> None:
    asked = answer(monkeypatch, FULL)
    fill(dialog)
    assert not dialog.ui.adopt.isEnabled()
    assert "那里已有共享数据，可以直接使用" in after_test(dialog, qtbot)
    assert asked == [(THERE, "Juniper-42")]
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.ui.adopt.click()
    assert told.args == [THERE, "Juniper-42"]
    assert chosen_store() == THERE
    assert kept == {}


def test_the_password_is_remembered_where_that_is_wanted(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, kept: dict[str, str]
) -> None:
    answer(monkeypatch, FULL)
    fill(dialog)
    dialog.ui.remember.setChecked(True)
    after_test(dialog, qtbot)
    with qtbot.waitSignal(dialog.chosen):
        dialog.accept()
    assert kept == {str(THERE): "Juniper-42"}


def test_tables_are_made_in_an_empty_database(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, desk: Desk
) -> None:
    made: list[ServerAddress] = []

    def create_at(address: ServerAddress, *, password: str | None) -> object:
        made.append(address)
        return desk.database

    monkeypatch.setattr(server_dialog, "create_at", create_at)
    answer(monkeypatch, EMPTY)
    fill(dialog)
    assert "数据库是空的，可以在里面建立共享数据" in after_test(dialog, qtbot)
    assert dialog.ui.adopt.text() == "建立共享数据(&A)"
    with qtbot.waitSignal(dialog.chosen):
        dialog.accept()
    assert made == [THERE]
    assert chosen_store() == THERE


def test_tables_that_cannot_be_made_leave_everything_as_it_was(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def create_at(_: ServerAddress, *, password: str | None) -> object:
        raise CannotOpen("没有写入权限")

    monkeypatch.setattr(server_dialog, "create_at", create_at)
    answer(monkeypatch, EMPTY)
    fill(dialog)
    after_test(dialog, qtbot)
    dialog.accept()
    qtbot.waitUntil(lambda: "没有写入权限" in dialog.ui.found.text())
    assert dialog.isVisible()
    assert dialog.ui.host.text() == THERE.host
    assert chosen_store() == desk_store()


def test_a_server_that_cannot_be_reached_is_told(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, CannotOpen("打不开：连不上数据服务器"))
    fill(dialog)
    assert after_test(dialog, qtbot) == "✗ 打不开：连不上数据服务器"
    assert not dialog.ui.adopt.isEnabled()
    dialog.accept()
    assert chosen_store() == desk_store()


def test_what_is_typed_after_a_test_has_to_be_tested_again(
    dialog: ServerDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, FULL)
    fill(dialog)
    after_test(dialog, qtbot)
    assert dialog.ui.adopt.isEnabled()
    qtbot.keyClicks(dialog.ui.database, "2")  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    assert not dialog.ui.adopt.isEnabled()
    assert dialog.ui.found.text() == ""


@pytest.mark.parametrize(
    ("found", "address", "sentence", "in_the_way"),
    [
        (FULL, THERE, "✓ 连接已加密，服务器的身份已核对", False),
        (FULL, replace(THERE, mode=ENCRYPTED), "！ 连接已加密，但没有核对服务器的身份", False),
        (FULL, replace(THERE, host="localhost"), "✓ 服务器就在这台电脑上", False),
        (FULL, THERE, "✓ 已连上服务器（PostgreSQL 15.18）", False),
        (replace(FULL, is_durable=False), THERE, "！ 服务器关闭了 fsync", False),
        (replace(FULL, is_utf8=False), THERE, "✗ 数据库的编码不是 UTF8", True),
        (replace(FULL, is_known_version=False), THERE, "✗ 服务器的版本太旧", True),
        (replace(FULL, revision="9999"), THERE, "✗ 这份共享数据由更新版本的程序建立", True),
        (replace(FULL, may_write=False), THERE, "✗ 这个用户没有写入权限", True),
        (replace(EMPTY, may_make_tables=False), THERE, "✗ 数据库是空的，但这个用户没有建表的权限", True),
    ],
)
def test_what_a_server_said_is_told_in_lines(
    found: Found, address: ServerAddress, sentence: str, in_the_way: bool
) -> None:
    lines = [f"{mark} {text}" for mark, text in what_was_found(found, address)]
    assert any(line.startswith(sentence) for line in lines)
    assert any(line.startswith("✗") for line in lines) is in_the_way


def test_what_was_chosen_before_stands_in_the_fields(place: QWidget, kept: dict[str, str]) -> None:
    known = ServerAddress("10.1.2.3", "desk", "clerk", port=6543, mode=ENCRYPTED)
    dialog = ServerDialog(place, known)
    assert dialog.address() == known
    assert dialog.ui.password.text() == ""
    dialog.done(0)


# --- the section of 设置


def test_the_section_says_where_the_data_are_and_what_comes_next(desk: Desk, qtbot: QtBot) -> None:
    section = SharedStoreSection(desk)
    qtbot.addWidget(section)
    assert str(desk.database.path) in section.ui.where.text()
    assert section.ui.next_start.text() == ""
    choose_store(THERE)
    section = SharedStoreSection(desk)
    qtbot.addWidget(section)
    assert "postgresql+psycopg://clerk@data.example/desk" in section.ui.next_start.text()
    assert "重新打开程序" in section.ui.next_start.text()
    section.ui.use_file.click()
    assert chosen_store() == desk_store()
    assert section.ui.next_start.text() == ""
    assert section.ui.use_file.isHidden()


def test_the_dialog_begins_with_the_choice_and_the_section_shows_the_new_one(
    desk: Desk, qtbot: QtBot, kept: dict[str, str]
) -> None:
    choose_store(THERE)
    section = SharedStoreSection(desk)
    qtbot.addWidget(section)
    section.show()
    section.ui.set_up.click()
    [dialog] = section.window().findChildren(ServerDialog)
    assert dialog.address() == THERE
    dialog.chosen.emit(replace(THERE, database="other"), None)
    assert "/other" in section.ui.next_start.text()
    dialog.done(0)
