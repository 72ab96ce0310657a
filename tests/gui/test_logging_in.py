"""The login at the start: by password, by the sheet, through the key store of the PC; and where nobody logs in."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.first_start import FirstStart
from mediation_desk.gui.login_dialog import LoginDialog
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.recovery_words_dialog import RecoveryWordsDialog
from mediation_desk.gui.server_dialog import ServerDialog
from mediation_desk.gui.settings_page import SettingsPage
from mediation_desk.services.entrance import Entrance
from mediation_desk.services.first_desk import make_store
from mediation_desk.store import key_file, pc_keys
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.database import Database, create, open_store
from tests.gui.conftest import a_centre
from tests.gui.looking import found
from tests.gui.starting import PASSWORD, Begin, box, end, fill_in, logins, say, wizard_of

GIVEN = "Chu3-shi!"
WORDS = key_file.fresh_words()


@pytest.fixture
def encrypted(home: Path, rules: Rules) -> Path:
    """An encrypted store of 王窗口, who has a password, and 李窗口, who was given one."""
    path = home / "encrypted.db"
    centre = a_centre()
    key = make_store(path, centre, rules, datetime.now(), PASSWORD, WORDS)
    database = open_store(path, key)
    one, two = (user.uid for user in centre.users)
    Entrance(database, rules, "").give_password(one, two, GIVEN)
    database.close()
    return path


def login() -> LoginDialog:
    [login] = logins()
    return login


def told_in(login: LoginDialog, qtbot: QtBot) -> str:
    """What the login says, once it has judged."""
    qtbot.waitUntil(lambda: login.ui.login_trouble.isVisible() and not login.is_busy)
    return login.ui.login_trouble.text()


def test_an_encrypted_store_opens_by_password(begin: Begin, encrypted: Path, qtbot: QtBot) -> None:
    window = begin("--store", encrypted)
    names = [login().ui.login_user.itemText(row) for row in range(login().ui.login_user.count())]
    assert names == ["王窗口", "李窗口"]
    assert window.desk is None
    assert not window.ui.user_button.isVisible()
    say(login(), "falsch")
    assert "还可以试4次" in told_in(login(), qtbot)
    say(login(), PASSWORD)
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert window.desk.user.name == "王窗口"
    assert logins() == []
    assert not window.ui.open_mark.isVisible()
    assert window.windowTitle().startswith("东城街道综治中心")


def test_who_logged_in_last_is_offered_first(begin: Begin, encrypted: Path, qtbot: QtBot) -> None:
    window = begin("--store", encrypted)
    login().ui.login_user.setCurrentIndex(1)
    say(login(), GIVEN)
    qtbot.waitUntil(lambda: window.desk is not None)
    forced = found(window, PasswordDialog, "PasswordForm")
    assert "管理员给的口令" in forced.ui.password_why.text()
    end(window)
    begin("--store", encrypted)
    assert login().ui.login_user.currentText() == "李窗口"


def test_too_many_wrong_passwords_are_told_with_the_time_they_end(begin: Begin, encrypted: Path, qtbot: QtBot) -> None:
    begin("--store", encrypted)
    for _ in range(6):
        say(login(), "falsch")
        told_in(login(), qtbot)
    assert "以后才能再试" in login().ui.login_trouble.text()
    say(login(), PASSWORD)
    assert "以后才能再试" in told_in(login(), qtbot)


def test_leaving_the_login_ends_the_program_and_lets_go(
    begin: Begin, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr("mediation_desk.gui.main_window.QCoreApplication.exit", lambda: ended.append(1))
    window = begin("--store", encrypted)
    login().ui.leave.click()
    assert ended == [1]
    end(window)
    assert QLockFile(f"{encrypted}.lock").tryLock(0)


def test_the_key_store_of_the_pc_opens_the_file_but_does_not_say_who_works(
    begin: Begin, encrypted: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    key = key_file.unlock_with_words(encrypted, WORDS)
    monkeypatch.setattr(pc_keys, "recall", lambda _: key)
    window = begin("--store", encrypted)
    assert login().ui.forgotten.text() == "忘记口令(&F)"
    login().ui.forgotten.click()
    assert "请管理员" in login().ui.login_trouble.text()
    say(login(), "falsch")
    assert "口令不对" in told_in(login(), qtbot)
    say(login(), PASSWORD)
    qtbot.waitUntil(lambda: window.desk is not None)


def test_the_recovery_sheet_opens_it_and_gives_a_new_password(begin: Begin, encrypted: Path, qtbot: QtBot) -> None:
    window = begin("--store", encrypted)
    login().ui.forgotten.click()
    words = found(login(), RecoveryWordsDialog, "RecoveryWordsForm")
    for number, line in enumerate(WORDS.lines, start=1):
        getattr(words.ui, f"line_{number}").setText(" ".join(line))
    words.ui.open_store.click()
    qtbot.waitUntil(lambda: bool(login().findChildren(PasswordDialog)))
    anew = found(login(), PasswordDialog, "PasswordForm")
    assert "请为王窗口设一个新口令" in anew.ui.password_why.text()
    for field in (anew.ui.new_password, anew.ui.password_again):
        field.setText("Xin4-de!!")
    anew.ui.save_button.click()
    qtbot.waitUntil(lambda: window.desk is not None)
    end(window)
    again = begin("--store", encrypted)
    say(login(), "Xin4-de!!")
    qtbot.waitUntil(lambda: again.desk is not None)


def test_a_plain_store_with_passwords_asks_for_them(begin: Begin, store: Path, rules: Rules, qtbot: QtBot) -> None:
    database = open_store(store)
    with database.reading() as records:
        first = records.centre.get().users[0].uid
    Entrance(database, rules, "").change_password(first, "", PASSWORD)
    database.close()
    window = begin("--store", store)
    assert login().ui.login_user.count() == 1
    say(login(), PASSWORD)
    qtbot.waitUntil(lambda: window.desk is not None)
    assert "数据未加密" in window.ui.open_mark_text.text()
    assert "未设口令" not in window.ui.open_mark_text.text()


def test_a_store_without_passwords_says_so_and_leads_to_the_settings(begin: Begin, store: Path) -> None:
    window = begin("--store", store)
    assert logins() == []
    assert "未设口令" in window.ui.open_mark_text.text()
    assert "数据未加密" in window.ui.open_mark_text.text()
    window.ui.open_mark_button.click()
    page = window.ui.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.ui.sections.currentWidget() is page.users


def test_a_practice_store_has_nothing_to_be_guarded(begin: Begin) -> None:
    assert not begin("--practice").ui.open_mark.isVisible()


def test_a_lost_encrypted_store_is_never_made_anew(begin: Begin, encrypted: Path) -> None:
    encrypted.unlink()
    window = begin("--store", encrypted)
    assert not window.findChildren(FirstStart)
    assert not encrypted.exists()


def test_a_first_start_that_was_broken_off_begins_anew(begin: Begin, encrypted: Path) -> None:
    encrypted.rename(encrypted.with_name(encrypted.name + ".filling"))
    assert wizard_of(begin("--store", encrypted)).isVisible()


# ---- a server


def test_a_first_start_may_lead_to_a_server_whose_store_is_empty(
    begin: Begin, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = home / "stands for a server.db"
    asked: list[tuple[object, str | None]] = []

    def open_at(address: object, *, password: str | None) -> Database:
        asked.append((address, password))
        return create(path)

    monkeypatch.setattr("mediation_desk.store.database.open_at", open_at)
    window = begin()
    wizard_of(window).ui.begin_server.click()
    dialog = found(window, ServerDialog, "ServerForm")
    address = ServerAddress(host="db.example.cn", database="desk", user="desk")
    dialog.chosen.emit(address, "geheim")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(FirstStart)))
    assert asked == [(address, "geheim")]
    wizard = next(each for each in window.findChildren(FirstStart) if each.isVisible())
    assert not wizard.ui.begin_server.isVisibleTo(wizard), "it is on a server already"
    fill_in(wizard)
    wizard.ui.next.click()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert window.desk.user.name == "王窗口"


def test_a_server_that_goes_is_told_in_red_until_it_is_back(begin: Begin, store: Path) -> None:
    window = begin("--store", store)
    window.say_server_is_gone(True)
    assert "连不上服务器" in window.ui.read_only_mark.text()
    assert window.ui.read_only_mark.isVisible()
    window.say_server_is_gone(False)
    assert not window.ui.read_only_mark.isVisible()


def test_a_server_that_does_not_answer_can_be_tried_again(
    begin: Begin, store: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answers: list[Database] = []

    def open_at(_: object, *, password: str | None) -> Database:
        assert password is None
        if not answers:
            raise CannotOpen("连不上服务器“db.example.cn”。")
        return answers.pop()

    monkeypatch.setattr("mediation_desk.store.database.open_at", open_at)
    monkeypatch.setattr(pc_keys, "recall_password", lambda _: None)
    window = begin("--store", "postgresql+psycopg://desk@db.example.cn/desk")
    told = box(window)
    assert told is not None
    assert "连不上服务器" in told.text()
    answers.append(open_store(store))
    next(button for button in told.buttons() if button.text() == "重试").click()
    qtbot.waitUntil(lambda: window.desk is not None)
