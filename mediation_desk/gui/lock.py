"""Locks the program: nothing can be read on the screen until the same person, or another, has said the password."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.hiding import Hiding
from mediation_desk.gui.login_dialog import LoginDialog
from mediation_desk.services.entrance import Entrance
from mediation_desk.services.passwords import Verdict

_PROMISE = "窗口里的内容都还在，没有保存的也在；登录后原样回来。"
_FORGOT = "请管理员登录（换人），在“设置”的“使用者”里给您一个初始口令；没有别的管理员的，退出程序后用恢复单打开。"
_WHEN_HANDED_OVER = "{name}的草稿留给{name}；开着的小窗口会关闭，其中没有存成草稿的内容不保留。"


class Lock(QObject):
    """Locked, every window is hidden and comes back as it was: fields, dialogs, where the cursor stood.

    The one who worked unlocks; anybody else logs in by 换人. `let_in` carries the verdict on the password that did it.
    `leave_wanted` asks for the end of the program.
    """

    locked = Signal()
    unlocked = Signal()
    let_in = Signal(object)
    leave_wanted = Signal()

    def __init__(self, desk: Desk, window: QWidget, take_over: Callable[[str], None]) -> None:
        """`take_over` is told who works from now on; it raises `DeskError` where what was typed cannot be kept."""
        super().__init__(window)
        self._desk, self._window, self._take_over = desk, window, take_over
        self._entrance = Entrance(desk.database, desk.packs, this_pc(), desk.now)
        self._dialog: LoginDialog | None = None
        self._hiding: Hiding | None = None

    @property
    def dialog(self) -> LoginDialog | None:
        """What is to be seen while locked."""
        return self._dialog

    def lock(self) -> None:
        """Lock now; once is enough."""
        if self._dialog is not None:
            return
        keep_drafts()
        dialog = LoginDialog(self._entrance.judge, self._window)
        dialog.passed.connect(self._let_in)
        dialog.leave_wanted.connect(self.leave_wanted)
        dialog.forgot.connect(lambda: dialog.say(_FORGOT))
        dialog.somebody_else_wanted.connect(self._offer_everybody)
        self._dialog, self._hiding = dialog, Hiding(dialog)
        user = self._desk.user
        dialog.offer([(user.uid, user.name)])
        dialog.call_it("已锁定", _PROMISE, "解锁(&L)")
        dialog.ui.somebody_else.show()
        self._hiding.hide_all()
        self.locked.emit()
        dialog.open()

    def change_user(self) -> None:
        """Lock, and ask who works from now on."""
        self.lock()
        self._offer_everybody()

    def _offer_everybody(self) -> None:
        assert self._dialog is not None
        user = self._desk.user
        people = self._entrance.people()
        others = [uid for uid, _ in people if uid != user.uid]
        self._dialog.offer(people, others[0] if others else user.uid)
        self._dialog.call_it("换人", _WHEN_HANDED_OVER.format(name=user.name))
        self._dialog.ui.somebody_else.hide()

    def _let_in(self, uid: str, verdict: Verdict) -> None:
        assert self._dialog is not None
        assert self._hiding is not None
        if uid != self._desk.user.uid:
            try:
                self._take_over(uid)
            except DeskError as error:
                self._dialog.refuse(error)
                return
            self._hiding.give_up_dialogs()
        self.unlock()
        self.let_in.emit(verdict)

    def unlock(self) -> None:
        """Put everything back; whoever asks for it knows that it may be."""
        assert self._dialog is not None
        assert self._hiding is not None
        hiding, dialog = self._hiding, self._dialog
        self._hiding = self._dialog = None
        hiding.show_all()
        dialog.accept()  # last: a program without any window would end
        dialog.deleteLater()
        self.unlocked.emit()


def keep_drafts() -> None:
    """Save what is half typed in any window. What the store does not take stays in its form, and is tried again."""
    for window in QApplication.topLevelWidgets():
        for keeper in window.findChildren(DraftKeeper):
            keeper.flush()
