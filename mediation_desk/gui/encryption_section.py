"""设置·加密: whether the records are encrypted, who can open them, and the sheet in the safe."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressDialog, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rights import Right
from mediation_desk.gui.backup_keeper import keeper_of
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.encryption_step import EncryptionStep
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.forms.ui_encryption_section import Ui_EncryptionSection
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.sheet_form import SheetForm
from mediation_desk.services.encryption import (
    ON_A_SERVER,
    change_key,
    change_sheet,
    clean_up,
    note_encryption,
    turn_off,
    turn_on,
)
from mediation_desk.services.entrance import Entrance
from mediation_desk.store import key_file, pc_keys
from mediation_desk.store.copying import Progress
from mediation_desk.store.left_behind import plain_copies

_PLAIN = "数据没有加密：谁拿到这台电脑、数据文件或备份，都能看到全部内容。"
_ON = (
    "加密后，要用口令或恢复单才能打开数据；备份也一起加密。请先打印恢复单并锁入柜中，再填写下面两个词。"
    "加密期间不能办理业务。其他使用者第一次登录，要等您打开数据以后换人登录，或由管理员给口令。"
)
_SHEET = "换单以后旧恢复单作废，请销毁。以前的备份仍要用旧单才能打开；以后做的备份用新单。"
_KEY = (
    "恢复单遗失、口令泄露或电脑失窃后用。数据用新钥匙重新加密，旧恢复单和其他人的口令全部作废，"
    "其他人要由管理员重新给口令。以前的备份仍用旧恢复单。"
)
_OFF = "取消加密以后，谁拿到这台电脑、数据文件或以后的备份，都能看到全部内容。这件事会记入日志。"
_FIRST_PASSWORD = "加密以后要凭口令打开数据，请先为自己设一个口令。"

Work = Callable[[Progress, Event], str]
"""Long work that returns what is to be said when it is done."""


class EncryptionSection(QWidget):
    """Whoever may not keep the back-ups sees how things stand."""

    def __init__(self, desk: Desk, chance: Random | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_EncryptionSection()
        self.ui.setupUi(self)
        self._chance = chance or SystemRandom()
        self._keeper = keeper_of(desk, self)
        self._background = self._keeper.background  # so that nothing is backed up while the store is written anew
        self.ui.encryption_state.setTextFormat(Qt.TextFormat.PlainText)
        self.ui.plain_copies.setTextFormat(Qt.TextFormat.PlainText)
        self.ui.turn_on.clicked.connect(self.turn_on)
        self.ui.new_sheet.clicked.connect(self.new_sheet)
        self.ui.new_key.clicked.connect(self.new_key)
        self.ui.turn_off.clicked.connect(self.turn_off)
        self.ui.remember_here.clicked.connect(self._remember)
        self.ui.remove_copies.clicked.connect(self._remove_copies)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # ---- what is shown

    @property
    def _path(self) -> Path:
        assert self.desk.database.path is not None
        return self.desk.database.path

    def refresh(self) -> None:
        database, ui = self.desk.database, self.ui
        if database.path is None:
            ui.encryption_state.setText(ON_A_SERVER)
            for widget in self.findChildren(QWidget):
                widget.setVisible(widget is ui.encryption_state)
            return
        keyed, may = database.key is not None, self.desk.may(Right.BACKUP) and not database.read_only
        ui.encryption_state.setText(self._who_can_open() if keyed else _PLAIN)
        ui.turn_on.setVisible(not keyed)
        for part in (ui.new_sheet, ui.new_key, ui.turn_off):
            part.setVisible(keyed)
        ui.remember_here.setEnabled(may)
        for button in (ui.turn_on, ui.new_sheet, ui.new_key, ui.turn_off, ui.remove_copies):
            button.setEnabled(may)
        self._show_remembered(keyed)
        self._show_copies([])
        if keyed:  # a share that does not answer must not hold up the window
            self._background.run(partial(plain_copies, database.path), self._show_copies)

    def _who_can_open(self) -> str:
        try:
            names = "、".join(name for _, name in key_file.users(self._path))
        except DeskError as error:
            return f"数据已加密。{error}"
        return f"数据已加密，备份也是。能用口令打开的：{names}。忘记口令时用恢复单打开。"

    def _show_remembered(self, keyed: bool) -> None:
        for part in (self.ui.remember_here, self.ui.remember_state):
            part.setVisible(keyed)
        if keyed:
            is_there = pc_keys.is_there()
            self.ui.remember_here.setEnabled(self.ui.remember_here.isEnabled() and is_there)
            self.ui.remember_here.setChecked(is_there and pc_keys.recall(self._path) is not None)
            self.ui.remember_state.setText(
                "谁在使用仍要凭口令登录。能登录这台电脑（系统账户）的人可以打开数据，公用电脑不要勾选。"
                if is_there
                else "这台电脑没有可用的钥匙库，每次启动都要输口令。"
            )

    def _show_copies(self, copies: list[Path]) -> None:
        names = "\n".join(map(str, copies))
        self.ui.plain_copies.setText(f"下列旧文件没有加密，谁都能打开：\n{names}" if copies else "")
        for part in (self.ui.plain_copies, self.ui.remove_copies):
            part.setVisible(bool(copies))

    # ---- what is done

    def turn_on(self) -> None:
        """Ask for what is needed to encrypt; whoever has no password yet chooses one first."""
        user, desk = self.desk.user, self.desk
        entrance = Entrance(desk.database, desk.packs, this_pc(), desk.now)
        if entrance.has_password(user.uid):
            self._ask("加密数据", "加密(&E)", _ON, self._encrypt)
            return
        dialog = PasswordDialog(
            user.name,
            desk.rules,
            desk.now().date(),
            lambda old, new: entrance.change_password(user.uid, old, new),
            self,
            why=_FIRST_PASSWORD,
            asks_old=False,
        )
        dialog.accepted.connect(desk.centre_changed)
        dialog.accepted.connect(self.turn_on)
        dialog.open()

    def new_sheet(self) -> None:
        self._ask("换恢复单", "换单(&N)", _SHEET, self._change_sheet)

    def new_key(self) -> None:
        self._ask("换钥匙", "换钥匙(&K)", _KEY, self._change_key)

    def turn_off(self) -> None:
        step = EncryptionStep(self.desk, _OFF, asks_reason=True)
        self._open("取消加密", "取消加密(&D)", step, self._decrypt)

    def _ask(self, title: str, answer: str, hint: str, do: Callable[[EncryptionStep], None]) -> None:
        centre = self.desk.centre.name
        sheet = SheetForm(centre, key_file.fresh_words(), self.desk.now().date(), self._chance)
        self._open(title, answer, EncryptionStep(self.desk, hint, sheet), do)

    def _open(self, title: str, answer: str, step: EncryptionStep, do: Callable[[EncryptionStep], None]) -> None:
        def go_on() -> None:
            step.check()
            do(step)

        dialog = EditDialog(title, step, go_on, self)
        dialog.ui.save.setText(answer)
        dialog.open()

    def _encrypt(self, step: EncryptionStep) -> None:
        desk, now = self.desk, self.desk.now()
        user, password, words = desk.user, step.password, step.words

        def work(progress: Progress, stop: Event) -> str:
            return turn_on(desk.database, desk.rules, now, user, password, words, progress=progress, stop=stop)

        self._do("加密数据", work, "数据已加密。请把恢复单锁好。")

    def _change_key(self, step: EncryptionStep) -> None:
        desk, now = self.desk, self.desk.now()
        user, password, words = desk.user, step.password, step.words

        def work(progress: Progress, stop: Event) -> str:
            change_key(desk.database, desk.rules, now, user, password, words, progress=progress, stop=stop)
            return ""

        self._do("换钥匙", work, "已换钥匙。旧恢复单作废；请给其他人重新设口令。")

    def _change_sheet(self, step: EncryptionStep) -> None:
        change_sheet(self.desk.database, step.words)
        self.desk.do(note_encryption, "换恢复单")
        tell(self, "已换恢复单，旧单作废，请销毁。")

    def _decrypt(self, step: EncryptionStep) -> None:
        desk, now = self.desk, self.desk.now()

        def work(progress: Progress, stop: Event) -> str:
            turn_off(desk.database, desk.rules, now, progress=progress, stop=stop)
            return ""

        self._do("取消加密", work, "数据已不加密。", step.reason)

    def _remove_copies(self) -> None:
        desk, now = self.desk, self.desk.now()

        def work(progress: Progress, stop: Event) -> str:
            del stop  # each file is gone or not
            return clean_up(desk.database, desk.rules, now, progress=progress)

        self._do("清除未加密的旧文件", work, "未加密的旧文件已清除。")

    def _remember(self) -> None:
        key = self.desk.database.key
        assert key is not None
        if not self.ui.remember_here.isChecked():
            pc_keys.forget(self._path)
        elif not pc_keys.remember(self._path, key):
            tell(self, "这台电脑的钥匙库没有收下钥匙，没有改动；启动时照旧输口令。")
        self._show_remembered(keyed=True)

    # ---- long work, with the window shut to everything else

    def _do(self, what: str, work: Work, done: str, reason: str = "") -> None:
        progress = _progress(self, what)
        self._keeper.call_off()

        def careful(told: Callable[[float], None], stop: Event) -> str | DeskError:
            try:
                return work(told, stop)
            except DeskError as error:
                return error

        def end(outcome: str | DeskError) -> None:
            progress.reset()
            progress.deleteLater()
            if isinstance(outcome, DeskError):
                tell(self, str(outcome))
            else:
                with telling(self):
                    self.desk.do(note_encryption, f"{what}：{reason}" if reason else what)
                tell(self, "\n".join(filter(None, (done, outcome))))
            self.desk.centre_changed.emit()
            self.refresh()

        stop = self._background.run_long(careful, end, lambda share: progress.setValue(int(share * 1000)))
        progress.canceled.connect(stop.set)


def _progress(window: QWidget, what: str) -> QProgressDialog:
    progress = QProgressDialog(f"正在{what}，请不要关闭电脑……", "取消", 0, 1000, window)
    progress.setObjectName("encryption_progress")
    progress.setAccessibleName(f"{what}进度")
    progress.setWindowTitle(what)
    progress.setWindowModality(Qt.WindowModality.ApplicationModal)
    progress.setAutoClose(False)
    progress.setAutoReset(False)
    progress.setMinimumDuration(0)
    progress.setValue(0)
    return progress
