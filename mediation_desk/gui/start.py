"""Brings the window from its first paint to its first page, and lets go of the store at the end.

The store is where `--store` says, else at the address that was chosen on this PC, else in the user's data folder.

* A plain file is opened at once: that takes less than anybody notices. Where nobody has a password yet, the first page
  comes at once too; else the login does.
* An encrypted file asks for a password first: who may open it stands in its key file. The password opens the key, the
  key the store, on a thread of their own. Where the key store of this PC knows the key, the file opens without; who
  works is asked all the same.
* A server may let anybody wait, so it is reached on a thread too; one that does not answer can be tried again.
* No store yet, or one that nobody has set up: the first-start wizard asks for the centre, or opens 练习模式.
* What cannot be opened is left as it is, and said.
"""

from argparse import Namespace
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from mediation_desk.gui.main_window import MainWindow
from mediation_desk.resources import resource

if TYPE_CHECKING:
    from mediation_desk.domain.errors import DeskError
    from mediation_desk.domain.rules import Rules
    from mediation_desk.gui.audit_watch import AuditWatch
    from mediation_desk.gui.background import Background
    from mediation_desk.gui.backup_keeper import BackupKeeper
    from mediation_desk.gui.desk import Desk
    from mediation_desk.gui.door import Door
    from mediation_desk.gui.other_desks import OtherDesksWatch
    from mediation_desk.services.passwords import Verdict
    from mediation_desk.store.address import Address, ServerAddress
    from mediation_desk.store.database import Database


class Start(QObject):
    """The way in. Whatever is refused on it is said, and leaves the store as it was."""

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window = window
        self._options = options
        self._database: Database | None = None
        self._lock: QLockFile | None = None
        self._locked: Path | None = None
        self._packs: Rules | None = None
        self._background: Background | None = None
        self._keeper: BackupKeeper | None = None
        self._watch: AuditWatch | None = None
        self._others: OtherDesksWatch | None = None
        self._way_in: Door | None = None
        self._was_restored = False
        if options.quit_after_paint:
            window.filled.connect(window.close)

    def begin(self) -> None:
        """Load what the window did not need for its first paint, then open the store that is asked for."""
        from mediation_desk.documents.font_files import look_also_in
        from mediation_desk.domain.errors import DeskError
        from mediation_desk.exchange.rule_packs import load_rules
        from mediation_desk.gui.application import add_rare_faces
        from mediation_desk.gui.errors import watch_for_defects
        from mediation_desk.logs import start_logging
        from mediation_desk.store.places import fonts_folder, practice_store, rules_folder

        watch_for_defects()
        with suppress(OSError):  # a desk without a log can still work
            start_logging()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        add_rare_faces(app)
        look_also_in(fonts_folder())
        try:
            ours = resource("rules")
            self._packs = load_rules(ours, rules_folder(), proven=ours)
            if self._options.practice:
                self._practise(Path(self._options.store or practice_store()))
            else:
                self._go_to(self._wanted())
        except DeskError as error:
            self._give_up(error)

    def end(self) -> None:
        """Let go of store and lock."""
        self._close_store()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = self._locked = None

    # ---- to the store

    def _wanted(self) -> "Address":
        from mediation_desk.store.address import read_address
        from mediation_desk.store.places import chosen_store

        return read_address(self._options.store) if self._options.store else chosen_store()

    def _go_to(self, address: "Address") -> None:
        """Open what is there, whatever it is. Raises `DeskError`."""
        if not isinstance(address, Path):
            self._reach(address)
        elif _is_there(address):
            self._open_file(address)
        elif _got_lost(address):
            self._give_up(_lost(address), address)
        else:
            self._begin_anew(address)

    def _open_file(self, path: Path) -> None:
        """Open a plain file here and now; one that will not open may be encrypted. Raises `DeskError`."""
        from mediation_desk.domain.errors import CannotOpen
        from mediation_desk.store.database import open_store

        self._take_lock(path)
        self._was_restored = _end_restoring(path) or self._was_restored
        try:
            database = open_store(path)
        except CannotOpen as error:
            from mediation_desk.store.key_file import is_encrypted

            if not path.is_file() or not path.stat().st_size or not is_encrypted(path):
                self._give_up(error, path)
                return
            self._door.unlock(path)
        else:
            self._go_in(database)

    def _take_lock(self, path: Path) -> None:
        """Make sure this is the only window on the store: two would show each other's old pages."""
        from mediation_desk.domain.errors import CannotOpen

        if self._locked == path:
            return
        self.end()
        with suppress(OSError):  # a folder that cannot be made is told by whoever makes the store
            path.parent.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(f"{path}.lock")
        lock.setStaleLockTime(0)
        # What a crash, a power cut or a renamed PC left behind can be removed; the lock of a living program cannot.
        taken = lock.tryLock(0) or (lock.removeStaleLockFile() and lock.tryLock(0))
        if not taken and lock.error() is QLockFile.LockError.LockFailedError:
            raise CannotOpen("这份数据已在另一个窗口中打开。请切换到那个窗口；这里没有改动任何内容。")
        self._lock, self._locked = lock, path
        if taken:
            from mediation_desk.store.left_behind import clear

            clear(path)

    def _reach(self, address: "ServerAddress", password: str | None = None) -> None:
        """Connect on a thread of its own; without a password with the one that this PC keeps."""
        from mediation_desk.store.database import open_at
        from mediation_desk.store.pc_keys import recall_password

        self._window.say_what_it_waits_for("正在连接服务器…")
        self._work.run(
            lambda: open_at(address, password=password or recall_password(address)),
            self._go_in,
            partial(self._answer_refusal, address),
        )

    def _choose_server(self, known: "ServerAddress | None" = None) -> None:
        from mediation_desk.gui.server_dialog import ServerDialog

        dialog = ServerDialog(self._window, known)
        dialog.chosen.connect(self._reach)
        dialog.rejected.connect(self._window.close)
        dialog.open()

    # ---- in

    def _go_in(self, database: "Database") -> None:
        """The store is open: on to the first page, or to whatever has to be asked before."""
        self._database = database
        with database.reading() as records:
            centre = records.centre.find()
        if self._options.practice and not (centre and centre.is_practice):
            self._close_store()
            self._give_up(_no_practice(database.path))
        elif centre is None:
            self._begin_anew(database)
        elif not self._door.ask_who_works(database):
            self._begin()

    def _begin(self, uid: str = "", verdict: "Verdict | None" = None) -> None:
        """Show the first page to this user; to whoever worked last where nobody logs in."""
        from mediation_desk.gui.desk import Desk

        assert self._database is not None
        desk = Desk(self._database, self._rules)
        if uid:
            desk.log_in(uid)
        if self._was_restored and not self._database.read_only:
            from mediation_desk.services.audit import note_restored

            desk.do(note_restored)
            self._was_restored = False
        self._begin_to_watch(desk)
        self._window.begin(desk)
        if verdict is not None and self._window.who_works is not None:
            self._window.who_works.insist(verdict)

    def _begin_to_watch(self, desk: "Desk") -> None:
        from mediation_desk.gui.audit_watch import watch_of
        from mediation_desk.gui.backup_keeper import keeper_of
        from mediation_desk.gui.other_desks import OtherDesksWatch

        if not self._options.quit_after_paint:
            self._keeper = keeper_of(desk, self._window)
            self._keeper.start()
            self._watch = watch_of(desk, self._window)
            self._watch.start()
            self._others = OtherDesksWatch(desk)
            self._others.gone.connect(partial(self._window.say_server_is_gone, True))
            self._others.back.connect(partial(self._window.say_server_is_gone, False))
            self._others.start()

    def _begin_as(self, database: "Database", uid: str, verdict: "Verdict | None") -> None:
        from mediation_desk.gui.who_works import LAST_LOGIN

        QSettings().setValue(LAST_LOGIN, uid)
        self._database = database
        self._begin(uid, verdict)

    # ---- the first start, and practice

    def _begin_anew(self, place: "Path | Database") -> None:
        """Ask for the first things of a store that is to be made, or was made and is empty still."""
        from mediation_desk.gui.first_steps import FirstSteps

        steps = FirstSteps(
            place, self._rules, self._window, self._work, claim=self._take_lock, practise=self._practise_instead
        )
        steps.begun.connect(self._begin_as)
        steps.server_wanted.connect(self._choose_server)

    def _practise_instead(self) -> None:
        """Open 练习模式, wherever the own store is. Raises `DeskError`."""
        from mediation_desk.store.places import practice_store

        self._options.practice = True
        self._practise(practice_store())

    def _practise(self, path: Path) -> None:
        """Open the practice store, after making it when it is wanted for the first time. Raises `DeskError`."""
        if not _is_there(path):
            from mediation_desk.services.practice import make_practice_store

            self._take_lock(path)
            self._window.say_what_it_waits_for("正在准备练习数据，约需几秒…")
            make_practice_store(path, self._rules, datetime.now())
        self._open_file(path)

    # ---- out

    def _give_up(self, error: "DeskError", path: Path | None = None, key: bytes | None = None) -> None:
        """Say why the store cannot be opened; nothing was changed, and the program ends when it was read.

        Of a file at `path`, what is wrong with it is told, and a way out is offered.
        """
        path = path or self._damaged()
        if path is not None:
            self._close_store()
            self._offer_recovery(error, path, key)
            return
        box = self._box(error)
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(self._window.close)
        box.open()

    def _damaged(self) -> Path | None:
        """The file that is being opened, if a page of it could not be read."""
        from mediation_desk.store.side_note import is_noted_damaged

        return self._locked if self._locked is not None and is_noted_damaged(self._locked) else None

    def _offer_recovery(self, error: "DeskError", path: Path, key: bytes | None) -> None:
        from mediation_desk.gui.recovery_dialog import offer_recovery

        def open_again(put_back: bool) -> None:
            from mediation_desk.domain.errors import DeskError

            self._was_restored = put_back
            try:
                self._go_to(path)
            except DeskError as refusal:
                self._give_up(refusal)

        dialog = offer_recovery(path, error, key, self._window, open_again, partial(self._begin_anew, path))
        dialog.rejected.connect(self._window.close)

    def _answer_refusal(self, address: "ServerAddress", error: "DeskError") -> None:
        """A password that this PC does not keep is asked for at each start."""
        from mediation_desk.domain.errors import NotLetIn
        from mediation_desk.gui.server_dialog import ask_password

        if not isinstance(error, NotLetIn):
            self._offer_to_retry(address, error)
            return
        asking = ask_password(address, self._window)
        asking.textValueSelected.connect(partial(self._reach, address))
        asking.rejected.connect(partial(self._offer_to_retry, address, error))
        asking.open()

    def _offer_to_retry(self, address: "ServerAddress", error: "DeskError") -> None:
        box = self._box(error)
        again = box.addButton("重试", QMessageBox.ButtonRole.AcceptRole)
        other = box.addButton("设置共享数据", QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(box.addButton("退出", QMessageBox.ButtonRole.RejectRole))
        again.clicked.connect(lambda: self._reach(address))
        other.clicked.connect(lambda: self._choose_server(address))
        box.rejected.connect(self._window.close)
        box.open()

    def _box(self, error: "DeskError") -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("无法打开")
        box.setText(str(error))
        box.setObjectName("cannot_open_box")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.finished.connect(box.deleteLater)
        return box

    def _close_store(self) -> None:
        if self._others is not None:
            self._others.finish()
            self._others = None
        if self._watch is not None:
            self._watch.finish()
            self._watch = None
        if self._keeper is not None:
            self._keeper.close_down()
            self._keeper = None
        if self._database is not None:
            self._database.close()
            self._database = None

    # ---- what the way needs

    @property
    def _rules(self) -> "Rules":
        assert self._packs is not None
        return self._packs

    @property
    def _work(self) -> "Background":
        if self._background is None:
            from mediation_desk.gui.background import Background

            self._background = Background(self._window)
        return self._background

    @property
    def _door(self) -> "Door":
        if self._way_in is None:
            from mediation_desk.gui.door import Door

            self._way_in = Door(self._rules, self._window, self._work)
            self._way_in.opened.connect(self._go_in)
            self._way_in.let_in.connect(self._begin_as)
            self._way_in.failed.connect(self._give_up)
        return self._way_in


def _is_there(path: Path) -> bool:
    """Whether something is at `path`; what may not be looked at counts, so that nothing is made in its place."""
    try:
        return path.exists()
    except OSError:
        return True


def _end_restoring(path: Path) -> bool:
    """A back-up that was laid ready takes the place of the store now, while nobody has that open. Says whether."""
    if not any(path.parent.glob("*.restoring-*")):
        return False
    from mediation_desk.store.restoring import finish

    return finish(path) is not None


def _got_lost(path: Path) -> bool:
    """Whether there was a store at `path`: it left something behind, and no first start was broken off."""
    from mediation_desk.store.rescue import was_here

    return was_here(path) and not _is_there(path.with_name(path.name + ".filling"))


def _lost(path: Path) -> "DeskError":
    from mediation_desk.domain.errors import CannotOpen

    return CannotOpen(
        f"找不到数据文件“{path}”，而它的钥匙文件、日志或备份还在：数据文件可能被移走或删除了。"
        "程序没有新建文件。请把它放回原处，或从备份恢复。"
    )


def _no_practice(path: Path | None) -> "DeskError":
    from mediation_desk.domain.errors import CannotOpen

    return CannotOpen(f"“{path}”不是练习用的数据文件，练习模式没有打开它，也没有改动它。")
