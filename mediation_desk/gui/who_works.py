"""Who works at the desk, at the top of the window: a choice among all, or a name that only a password gives.

A store in which nobody has a password lets anybody work as anybody, and says so in yellow. Where there are passwords,
the name has a menu: 换人, 改口令, 锁定, 退出; and the program locks itself when nobody is at the desk. What was copied
does not stay on the clipboard in either.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.clipboard import ClipboardWatch
from mediation_desk.gui.desk import Desk, this_pc

if TYPE_CHECKING:
    from mediation_desk.gui.lock import Lock
    from mediation_desk.gui.main_window import MainWindow
    from mediation_desk.services.passwords import Verdict

_HINT_MS = 20_000

LAST_LOGIN = "last_login"
"""Uid of who logged in last at this PC: offered first the next time."""


class WhoWorks(QObject):
    """Fills the place at the top right of the window, and follows the settings of the centre."""

    def __init__(self, desk: Desk, window: "MainWindow") -> None:
        super().__init__(window)
        self._desk, self._window, self._ui = desk, window, window.ui
        self.lock: Lock | None = None
        self._only_with_passwords: list[QAction] = []
        self._clipboard = ClipboardWatch(lambda: self._setting("clipboard_seconds"), self)
        window.left.connect(self._clipboard.clear)
        self._ui.user_choice.currentIndexChanged.connect(self._choose)
        self._ui.open_mark_button.clicked.connect(self._open_settings)
        if not self._has_passwords():
            last = QSettings().value(self._last_user_key(), 0, type=int)
            desk.hand_over(last if isinstance(last, int) else 0)
        self.refresh()
        desk.centre_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Follow the settings: names, who is retired, the first password of all."""
        guarded = self._has_passwords()
        if guarded and self.lock is None:
            self._guard()
        ui = self._ui
        for part in (ui.user_caption, ui.user_choice):
            part.setVisible(not guarded)
        ui.user_button.setVisible(guarded)
        for action in self._only_with_passwords:
            action.setVisible(guarded)
        if guarded:
            ui.user_button.setText(self._desk.user.name.replace("&", "&&"))
            ui.user_button.setAccessibleName(f"使用者 {self._desk.user.name}")
        else:
            self._offer_users()
        self._show_mark(guarded)
        if guarded and not self._desk.user.active:
            self.change_user()

    def _has_passwords(self) -> bool:
        from mediation_desk.domain.errors import DeskError
        from mediation_desk.services.passwords import has_passwords

        with suppress(DeskError):  # a server that is just gone: it stays as it was
            self._desk.is_guarded = self._desk.look(lambda records, _: has_passwords(records))
        return self._desk.is_guarded

    # ---- without passwords

    def _offer_users(self) -> None:
        choice = self._ui.user_choice
        choice.blockSignals(True)
        choice.clear()
        for user in self._desk.centre.users:
            if user.active:
                choice.addItem(user.name, user.id)
        choice.setCurrentIndex(choice.findData(self._desk.user_id))
        choice.blockSignals(False)

    def _choose(self) -> None:
        user_id = self._ui.user_choice.currentData()
        if user_id is not None:
            self._desk.hand_over(int(user_id))
            QSettings().setValue(self._last_user_key(), self._desk.user_id)
            self._window.offer_pages()

    def _last_user_key(self) -> str:
        """Each store remembers its own user: the third one here may be another's colleague there."""
        return f"last_user/{self._desk.centre.uid}"

    def _show_mark(self, guarded: bool) -> None:
        """Say in yellow what keeps nobody out; a practice store has nothing to keep."""
        desk, ui = self._desk, self._ui
        open_to_all = [] if guarded else ["未设口令，谁都可以用任何人的名义操作"]
        readable = ["数据未加密，拿到这台电脑的人都能看到"] if desk.database.path and not desk.database.key else []
        ui.open_mark_text.setText("；".join(open_to_all + readable) + "。")
        ui.open_mark.setVisible(bool(open_to_all + readable) and not desk.centre.is_practice)
        ui.open_mark_button.setVisible(desk.may(Right.BACKUP if guarded else Right.USERS))

    def _open_settings(self) -> None:
        from mediation_desk.gui.settings_page import SettingsPage

        self._window.open_page("settings")
        page = self._ui.stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.ui.sections.setCurrentWidget(page.encryption if self._desk.is_guarded else page.users)

    # ---- with passwords

    def _guard(self) -> None:
        """From now on the name has a menu, and nobody stays logged in who is not there."""
        from mediation_desk.gui.idle import IdleWatch
        from mediation_desk.gui.lock import Lock

        desk, window = self._desk, self._window
        self.lock = lock = Lock(desk, window, self._take_over)
        lock.leave_wanted.connect(window.leave_unseen)
        idle = IdleWatch(lambda: self._setting("idle_lock_minutes"), desk.now, parent=self)
        idle.idle.connect(lock.lock)
        lock.locked.connect(self._clipboard.clear)
        lock.locked.connect(idle.stop)
        lock.unlocked.connect(idle.start)
        lock.let_in.connect(self.insist)
        idle.start()
        menu = QMenu(self._ui.user_button)
        for text, keys, do in (
            ("换人", "Ctrl+Alt+H", self.change_user),
            ("改口令", "Ctrl+Alt+P", self.change_password),
            ("锁定", "F12", lock.lock),
            ("退出程序", "Ctrl+Q", window.close),
        ):
            action = add_action(window, text, keys, do)
            self._only_with_passwords.append(action)
            menu.addAction(action)
        self._ui.user_button.setMenu(menu)

    def change_user(self) -> None:
        """Let somebody else log in."""
        if self.lock is not None:
            self.lock.change_user()

    def change_password(self, why: str = "") -> None:
        """Ask for a new password; with `why` there is no way around it."""
        from mediation_desk.gui.password_dialog import PasswordDialog
        from mediation_desk.services.entrance import Entrance

        desk, user = self._desk, self._desk.user
        entrance = Entrance(desk.database, desk.packs, this_pc(), desk.now)
        PasswordDialog(
            user.name,
            desk.rules,
            desk.now().date(),
            lambda old, new: entrance.change_password(user.uid, old, new),
            self._window,
            why=why,
            is_forced=bool(why),
        ).open()

    def insist(self, verdict: "Verdict") -> None:
        """Whoever was just let in: a password that will not do any longer is changed before anything else."""
        from mediation_desk.gui.password_dialog import PasswordDialog

        if verdict.why_change and not self._desk.database.read_only:
            if not any(each.isVisible() for each in self._window.findChildren(PasswordDialog)):
                self.change_password(verdict.why_change)
        elif verdict.hint:
            self._window.statusBar().showMessage(verdict.hint, _HINT_MS)

    def _take_over(self, uid: str) -> None:
        """Let this user work from now on; what is half typed stays with the one before. Raises `CannotSave`."""
        from mediation_desk.domain.errors import CannotSave

        trouble = self._window.leave_pages()
        if trouble:
            raise CannotSave(f"草稿还没有保存，不能换人：{trouble}")
        self._desk.refresh_centre()  # the user may have been added at another desk
        user = next(each for each in self._desk.centre.users if each.uid == uid)
        assert user.id is not None
        self._desk.hand_over(user.id)
        QSettings().setValue(LAST_LOGIN, uid)
        self.refresh()
        self._window.start_anew()

    def _setting(self, name: str) -> int:
        return int(self._desk.rules.setting(name, self._desk.now().date()))
