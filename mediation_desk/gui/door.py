"""The door of a store at the start: the password that opens an encrypted file, or the sheet, and who works."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from mediation_desk.domain.errors import CannotOpen, DeskError
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import this_pc
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.who_works import LAST_LOGIN
from mediation_desk.services.entrance import Entrance, People, open_file, people_of_file
from mediation_desk.services.passwords import Verdict
from mediation_desk.store.database import Database, open_store

if TYPE_CHECKING:
    from mediation_desk.gui.login_dialog import LoginDialog

_ASK_AN_ADMIN = "请管理员在“设置”的“使用者”里给您一个初始口令。"


class Door(QObject):
    """`let_in` carries the open store, the uid of who works, and the verdict on the password, None where the sheet was
    said instead. `opened` carries a store that is open without anybody having said who works; `failed` the error, the
    path and the key, if it was known, of a file that does not open.
    """

    let_in = Signal(object, str, object)
    opened = Signal(object)
    failed = Signal(object, object, object)

    def __init__(self, packs: Rules, window: MainWindow, work: Background) -> None:
        super().__init__(window)
        self._packs, self._window, self._work = packs, window, work

    def unlock(self, path: Path) -> None:
        """Ask this PC for the key of an encrypted store, else somebody for a password."""
        from mediation_desk.store import pc_keys

        try:
            people = people_of_file(path)
        except CannotOpen as error:
            self.failed.emit(error, path, None)
            return
        self._work.run(lambda: pc_keys.recall(path), partial(self._open_or_ask, path, people))

    def ask_who_works(self, database: Database) -> bool:
        """Ask who works in a store that is open. False where nobody has a password, so that nobody is asked."""
        entrance = Entrance(database, self._packs, this_pc())
        if not entrance.is_guarded():
            return False
        login = self._ask(entrance.people(), entrance.judge, "忘记口令(&F)")

        def pass_on(uid: str, verdict: Verdict) -> None:
            login.accept()
            self.let_in.emit(database, uid, verdict)

        login.passed.connect(pass_on)
        login.forgot.connect(lambda: login.say(_ASK_AN_ADMIN))
        return True

    def _ask(self, people: People, judge: Callable[[str, str], Any], way_out: str) -> "LoginDialog":
        from mediation_desk.gui.login_dialog import LoginDialog

        login = LoginDialog(judge, self._window)
        login.offer(people, str(QSettings().value(LAST_LOGIN, "")))
        login.ui.forgotten.setText(way_out)
        login.leave_wanted.connect(self._window.leave_unseen)
        login.finished.connect(login.deleteLater)
        login.open()
        return login

    # ---- an encrypted file

    def _open_or_ask(self, path: Path, people: People, key: bytes | None) -> None:
        if key is not None:
            self._open(path, key, self.opened.emit)
            return
        packs = self._packs

        def judge(uid: str, password: str) -> tuple[Database, Verdict] | CannotOpen:
            try:
                return open_file(path, uid, password, packs, this_pc())
            except CannotOpen as error:
                return error

        login = self._ask(people, judge, "用恢复单打开(&F)")
        login.passed.connect(partial(self._pass_on, path, login))
        login.forgot.connect(partial(self._ask_for_words, path, login))

    def _pass_on(self, path: Path, login: "LoginDialog", uid: str, given: tuple[Database, Verdict] | DeskError) -> None:
        login.accept()
        if isinstance(given, tuple):
            self.let_in.emit(given[0], uid, given[1])
        else:
            self.failed.emit(given, path, None)

    def _open(self, path: Path, key: bytes, then: Callable[[Database], None]) -> None:
        self._work.run(lambda: open_store(path, key), then, lambda error: self.failed.emit(error, path, key))

    # ---- the recovery sheet

    def _ask_for_words(self, path: Path, login: "LoginDialog", uid: str) -> None:
        """The sheet opens the store; who has it gives the user who was chosen a new password."""
        from mediation_desk.gui.recovery_words_dialog import RecoveryWordsDialog

        def go_on(key: bytes) -> None:
            self._open(path, key, partial(self._ask_anew, login, uid))

        dialog = RecoveryWordsDialog(path, login)
        dialog.unlocked.connect(go_on)
        dialog.open()

    def _ask_anew(self, login: "LoginDialog", uid: str, database: Database) -> None:
        from mediation_desk.gui.password_dialog import PasswordDialog

        def end() -> None:
            login.accept()
            self.let_in.emit(database, uid, None)

        entrance, name = Entrance(database, self._packs, this_pc()), login.name_of(uid)
        dialog = PasswordDialog(
            name,
            self._packs,
            datetime.now().date(),
            lambda _, new: entrance.set_anew(uid, new),
            login,
            why=f"恢复单核对无误。请为{name}设一个新口令。",
            asks_old=False,
            is_forced=True,
        )
        dialog.accepted.connect(end)
        dialog.open()
