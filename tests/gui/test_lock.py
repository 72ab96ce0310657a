"""Nothing can be read while the desk is locked, and everything is back afterwards, exactly as it was."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.party import Side
from mediation_desk.gui.background import Background
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell
from mediation_desk.gui.login_dialog import LoginDialog
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.parties_tab import PartiesTab
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.register_page import RegisterPage
from mediation_desk.services.entrance import Entrance
from tests.desk import Desk as Clerk
from tests.gui.looking import bring_up, found

FIRST, SECOND, GIVEN, GIVEN_AGAIN = "Kai1-men", "Guan2-men", "Chu3-shi!", "Zai4-gei!"
NAMES = ("张三", "李四")


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """王窗口 and 李窗口 each have a password of their own."""
    entrance = Entrance(desk.database, desk.packs, "", desk.now)
    one, two = (user.uid for user in desk.centre.users)
    entrance.change_password(one, "", FIRST)
    entrance.give_password(one, two, GIVEN)
    entrance.change_password(two, GIVEN, SECOND)
    return desk


@pytest.fixture
def window(guarded: Desk, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow()
    qtbot.addWidget(window)
    bring_up(window, qtbot)
    window.begin(guarded)
    yield window
    if is_locked(window):
        window.who_works.lock.unlock()  # type: ignore[union-attr]  # it is locked


def lock(window: MainWindow) -> LoginDialog:
    assert window.who_works is not None
    assert window.who_works.lock is not None
    window.who_works.lock.lock()
    return login_of(window)


def login_of(window: MainWindow) -> LoginDialog:
    assert window.who_works is not None
    assert window.who_works.lock is not None
    login = window.who_works.lock.dialog
    assert login is not None
    return login


def is_locked(window: MainWindow) -> bool:
    assert window.who_works is not None
    assert window.who_works.lock is not None
    return window.who_works.lock.dialog is not None


def say(login: LoginDialog, password: str, qtbot: QtBot) -> None:
    """Say a password and wait until it is judged."""
    login.ui.login_password.setText(password)
    QTest.keyClick(login.ui.login_password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(login) or not login.is_busy)


def read_from_the_screen() -> str:
    """Every text that some window shows now."""
    texts = []
    for top in QApplication.topLevelWidgets():
        if not top.isVisible() or top.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            continue
        texts.append(top.windowTitle())
        for part in top.findChildren(QWidget):
            if part.isVisible():
                match part:
                    case QLabel() | QLineEdit() | QAbstractButton():
                        texts.append(part.text())
                    case QPlainTextEdit():
                        texts.append(part.toPlainText())
                    case QComboBox():
                        texts.append(part.currentText())
    return "\n".join(texts)


def dialog_of(window: MainWindow) -> QDialog:
    """A dialog with something half typed in it, opened from a case."""
    page = found(window, CasePage, "CaseForm")
    page.open_tab("parties")
    found(page, PartiesTab, "PartiesForm").add(Side.CLAIMANT)
    [dialog] = [each for each in window.findChildren(QDialog) if each.isVisible()]
    return dialog


# ---- locked


def test_no_name_can_be_read_while_it_is_locked(window: MainWindow, clerk: Clerk, qtbot: QtBot) -> None:
    window.open_case(clerk.registered())
    assert all(name in read_from_the_screen() for name in NAMES)
    login = lock(window)
    assert not any(name in read_from_the_screen() for name in NAMES)
    assert window.desk is not None
    assert window.desk.centre.name not in read_from_the_screen()
    say(login, FIRST, qtbot)
    assert all(name in read_from_the_screen() for name in NAMES)
    assert window.isVisible()


def test_a_half_typed_form_stays_as_it_is_and_its_draft_is_kept(
    window: MainWindow, guarded: Desk, qtbot: QtBot
) -> None:
    window.open_page("register")
    page = found(window, RegisterPage, "RegisterPage")
    matter = page.form.ui.matter
    matter.setFocus()
    QTest.keyClicks(matter, "louShui")
    cursor = matter.textCursor()
    cursor.setPosition(3)
    matter.setTextCursor(cursor)
    login = lock(window)
    [draft] = guarded.look(lambda records, act: records.drafts.of_user(act.by_id))
    assert draft.content["typed"]["matter"] == "louShui"
    say(login, FIRST, qtbot)
    assert not is_locked(window)
    qtbot.waitUntil(lambda: window.focusWidget() is matter)
    QTest.keyClicks(matter, "X")
    assert matter.toPlainText() == "louXShui"


def test_an_open_dialog_goes_and_comes_back_with_what_was_typed(window: MainWindow, clerk: Clerk, qtbot: QtBot) -> None:
    window.open_case(clerk.registered())
    dialog = dialog_of(window)
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    field.setText("王五")
    login = lock(window)
    assert not dialog.isVisible()
    assert "王五" not in read_from_the_screen()
    say(login, FIRST, qtbot)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert field.text() == "王五"
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_what_wants_to_open_meanwhile_waits_until_it_is_unlocked(window: MainWindow, qtbot: QtBot) -> None:
    login = lock(window)
    tell(window, "张三的文书没有打印。")
    [box] = window.findChildren(QMessageBox)
    assert "张三" not in read_from_the_screen()
    qtbot.waitUntil(lambda: not box.isVisible())
    say(login, FIRST, qtbot)
    assert box.isVisible()
    assert "张三" in read_from_the_screen()
    box.close()


def test_background_work_goes_on_and_is_told_of_afterwards(window: MainWindow, qtbot: QtBot) -> None:
    def fail() -> None:
        raise CannotSave("张三的备份没有做成。")

    background = Background(window)
    login = lock(window)
    background.run(fail, lambda _: None)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    assert "张三" not in read_from_the_screen()
    background.finish()
    say(login, FIRST, qtbot)
    assert "张三的备份没有做成。" in read_from_the_screen()


def test_keys_go_to_the_password_once_it_is_locked(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("register")
    matter = found(window, RegisterPage, "RegisterPage").form.ui.matter
    matter.setFocus()
    QTest.keyClicks(matter, "louShui")
    login = lock(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is login.ui.login_password)
    handle = login.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert login.ui.login_password.text() == "a"
    assert matter.toPlainText() == "louShui"


def test_a_dialog_that_ends_meanwhile_does_not_come_back(window: MainWindow, qtbot: QtBot) -> None:
    box = QMessageBox(window)
    box.open()
    login = lock(window)
    box.done(0)
    say(login, FIRST, qtbot)
    assert not box.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_menu_is_closed(window: MainWindow) -> None:
    menu = QMenu(window)
    menu.addAction("张三")
    menu.popup(window.mapToGlobal(window.rect().center()))
    lock(window)
    assert not menu.isVisible()


def test_one_key_locks_and_twice_is_once(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F12)
    login = login_of(window)
    assert lock(window) is login
    say(login, FIRST, qtbot)
    assert window.isVisible()


# ---- the password


def test_wrong_then_right(window: MainWindow, qtbot: QtBot) -> None:
    login = lock(window)
    say(login, "falsch", qtbot)
    assert is_locked(window)
    assert "还可以试4次" in login.ui.login_trouble.text()
    assert login.ui.login_password.text() == ""
    assert login.ui.login_password.hasFocus()
    say(login, FIRST, qtbot)
    assert not is_locked(window)


def test_too_many_wrong_passwords_lock_out(window: MainWindow, qtbot: QtBot) -> None:
    login = lock(window)
    for number in range(12):
        say(login, f"falsch{number}", qtbot)
    assert is_locked(window)
    assert "9:40以后才能再试" in login.ui.login_trouble.text()
    say(login, FIRST, qtbot)
    assert is_locked(window), "not even the right one, before the time is over"


def test_escape_enter_and_closing_are_no_way_past_it(window: MainWindow) -> None:
    login = lock(window)
    login.ui.login_password.setText("halb")
    QTest.keyClick(login, Qt.Key.Key_Escape)
    assert login.ui.login_password.text() == ""
    QTest.keyClick(login.ui.login_password, Qt.Key.Key_Return)
    assert not login.is_busy
    assert login.isVisible()
    assert not window.isVisible()


@pytest.mark.parametrize(("key", "modifier", "hinted"), [
    ("A", Qt.KeyboardModifier.NoModifier, True),
    ("a", Qt.KeyboardModifier.ShiftModifier, True),
    ("a", Qt.KeyboardModifier.NoModifier, False),
    ("A", Qt.KeyboardModifier.ShiftModifier, False),
    ("1", Qt.KeyboardModifier.NoModifier, False),
])  # fmt: skip
def test_caps_lock_is_told_of(window: MainWindow, key: str, modifier: Qt.KeyboardModifier, hinted: bool) -> None:
    login = lock(window)
    press(login.ui.login_password, key, modifier)
    assert login.ui.caps_hint.isVisible() is hinted
    QTest.keyClick(login.ui.login_password, Qt.Key.Key_CapsLock)
    assert not login.ui.caps_hint.isVisible()


def press(field: QLineEdit, text: str, modifier: Qt.KeyboardModifier) -> None:
    """What a keyboard with Caps Lock sends: a letter that does not fit the Shift key."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, ord(text.upper()), modifier, text))


# ---- somebody else


def test_another_user_takes_over_and_the_draft_stays_with_the_first(
    window: MainWindow, guarded: Desk, clerk: Clerk, qtbot: QtBot
) -> None:
    window.open_page("register")
    found(window, RegisterPage, "RegisterPage").form.ui.matter.setPlainText("漏水")
    window.open_case(clerk.registered())
    dialog = dialog_of(window)
    next(each for each in dialog.findChildren(QLineEdit) if each.isVisible()).setText("王五")
    login = lock(window)
    login.ui.somebody_else.click()
    assert "王窗口的草稿留给王窗口" in login.ui.login_hint.text()
    assert login.ui.login_user.currentText() == "李窗口"
    say(login, SECOND, qtbot)
    assert guarded.user.name == "李窗口"
    assert window.ui.user_button.text() == "李窗口"
    assert not any(name in read_from_the_screen() for name in ("漏水", "王五"))
    window.open_page("register")
    qtbot.waitUntil(lambda: len(window.findChildren(RegisterPage)) == 1)
    assert found(window, RegisterPage, "RegisterPage").form.ui.matter.toPlainText() == ""
    first = guarded.centre.users[0].id
    kept = guarded.look(lambda records, _: records.drafts.of_user(first or 0))
    assert sorted(draft.form for draft in kept) == ["intake", "party"]


def test_the_first_comes_back_to_the_draft(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("register")
    found(window, RegisterPage, "RegisterPage").form.ui.matter.setPlainText("漏水")
    for name, password in (("李窗口", SECOND), ("王窗口", FIRST)):
        assert window.who_works is not None
        window.who_works.change_user()
        assert login_of(window).ui.login_user.currentText() == name
        say(login_of(window), password, qtbot)
    window.open_page("register")
    qtbot.waitUntil(lambda: len(window.findChildren(RegisterPage)) == 1)
    assert found(window, RegisterPage, "RegisterPage").form.ui.matter.toPlainText() == "漏水"


def test_the_password_of_another_does_not_unlock(window: MainWindow, qtbot: QtBot) -> None:
    login = lock(window)
    say(login, SECOND, qtbot)
    assert is_locked(window)


def test_a_given_password_must_be_changed_before_anything_else(window: MainWindow, guarded: Desk, qtbot: QtBot) -> None:
    one, two = guarded.centre.users
    Entrance(guarded.database, guarded.packs, "", guarded.now).give_password(one.uid, two.uid, GIVEN_AGAIN)
    assert window.who_works is not None
    window.who_works.change_user()
    say(login_of(window), GIVEN_AGAIN, qtbot)
    dialog = found(window, PasswordDialog, "PasswordForm")
    assert "管理员给的口令" in dialog.ui.password_why.text()
    dialog.reject()
    assert dialog.isVisible(), "there is no way around it"
    dialog.ui.old_password.setText(GIVEN_AGAIN)
    for field in (dialog.ui.new_password, dialog.ui.password_again):
        field.setText("Xin4-de!!")
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.save_button.click()
    login = lock(window)
    say(login, "Xin4-de!!", qtbot)
    assert not is_locked(window)


def test_who_is_retired_meanwhile_is_sent_to_the_door(window: MainWindow, guarded: Desk) -> None:
    user_id = guarded.user_id

    def retire(records: object, _: object) -> None:
        next(user for user in records.centre.get().users if user.id == user_id).active = False  # type: ignore[attr-defined]

    guarded.do(retire)
    guarded.refresh_centre()
    assert is_locked(window)
    assert login_of(window).ui.login_title.text() == "换人"
    assert guarded.user_id == user_id, "nobody works under another name unseen"


def test_the_program_can_be_left_while_locked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    ended: list[int] = []
    monkeypatch.setattr("mediation_desk.gui.main_window.QCoreApplication.exit", lambda: ended.append(1))
    login = lock(window)
    with qtbot.waitSignal(window.left):
        login.ui.leave.click()
    login.close()
    assert ended == [1, 1]


def test_no_key_of_the_door_does_two_things(window: MainWindow, clerk: Clerk) -> None:
    window.open_case(clerk.registered())
    keys = Counter(
        key.toString()
        for widget in [window, *window.findChildren(QWidget)]
        if widget.isVisible()
        for action in widget.actions()
        if action.isVisible() and action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut
        for key in action.shortcuts()
    )
    assert [key for key, times in keys.items() if times > 1] == []
    assert {"F12", "Ctrl+Q"} <= keys.keys()
