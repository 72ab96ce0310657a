"""Asks who works here, and for the password: at the start, when the window is locked, and when somebody takes over."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.background import Background
from mediation_desk.gui.forms.ui_login import Ui_LoginForm

_CHARACTERS_WIDE = 26

People = Sequence[tuple[str, str]]
"""(uid, name) of those who may log in."""


class LoginDialog(QDialog):
    """Shown with `open()`. It has no parent, so that nothing that opens over the window it guards can block it.

    `judge(uid, password)` is done on a thread of its own, as a password takes a while to be checked; what it raises is
    said in the dialog, what it returns comes with `passed`. Whoever is told closes the dialog by `accept`.
    `forgot` is told who cannot say the password any more, `leave_wanted` that the program is to end.
    """

    passed = Signal(str, object)
    forgot = Signal(str)
    leave_wanted = Signal()
    somebody_else_wanted = Signal()

    def __init__(self, judge: Callable[[str, str], Any], over: QWidget) -> None:
        super().__init__()
        self.ui = Ui_LoginForm()
        self.ui.setupUi(self)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._judge, self._over = judge, over
        self._background = Background(self)
        ui = self.ui
        ui.caps_hint.hide()
        ui.login_trouble.hide()
        ui.login_hint.hide()
        ui.somebody_else.hide()
        ui.login_password.installEventFilter(self)
        ui.login_password.textChanged.connect(lambda: ui.login_trouble.hide())
        ui.login_user.currentIndexChanged.connect(self._begin_anew)
        ui.log_in.clicked.connect(self.try_password)
        ui.forgotten.clicked.connect(lambda: self.forgot.emit(self._uid))
        ui.somebody_else.clicked.connect(self.somebody_else_wanted)
        ui.leave.clicked.connect(self.leave_wanted)

    # ---- what it is for

    def offer(self, people: People, chosen: str = "") -> None:
        """Let one of these people log in; `chosen` is the uid of the one who probably does."""
        choice = self.ui.login_user
        choice.blockSignals(True)
        choice.clear()
        for uid, name in people:
            choice.addItem(name, uid)
        choice.setCurrentIndex(max(choice.findData(chosen), 0))
        choice.blockSignals(False)
        self._begin_anew()

    def name_of(self, uid: str) -> str:
        return self.ui.login_user.itemText(self.ui.login_user.findData(uid))

    def call_it(self, title: str, hint: str = "", answer: str = "登录(&L)") -> None:
        """Say what the password is asked for."""
        self.setWindowTitle(f"{title} · 调解工作台")
        self.ui.login_title.setText(title)
        self.ui.login_hint.setText(hint)
        self.ui.login_hint.setVisible(bool(hint))
        self.ui.log_in.setText(answer)
        self._take_room()

    def _take_room(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = max(_CHARACTERS_WIDE * self.fontMetrics().horizontalAdvance("字"), self.sizeHint().width())
        self.resize(width, max(self.sizeHint().height(), self.heightForWidth(width)))

    def open(self) -> None:
        """Come up in the middle of the window that is guarded."""
        self._take_room()
        self.move(self._over.frameGeometry().center() - self.rect().center())
        self.show()
        self.activateWindow()
        self.ui.login_password.setFocus()

    # ---- the password

    def try_password(self) -> None:
        """Have judged what was typed; nothing typed is no attempt."""
        password = self.ui.login_password.text()
        if not password or self.is_busy:
            return
        uid = self._uid
        self._be_busy(True)
        self._background.run(lambda: self._judge(uid, password), lambda given: self._pass(uid, given), self.refuse)

    @property
    def is_busy(self) -> bool:
        return not self.ui.login_password.isEnabled()

    def refuse(self, error: DeskError) -> None:
        """Say why not, and let it be tried again."""
        self._be_busy(False)
        self.ui.login_password.clear()
        self.say(str(error))
        self.ui.login_password.setFocus()

    def _pass(self, uid: str, given: Any) -> None:
        self._be_busy(False)
        self.ui.login_password.clear()
        self.passed.emit(uid, given)

    def _be_busy(self, busy: bool) -> None:
        ui = self.ui
        for part in (ui.login_user, ui.login_password, ui.log_in, ui.forgotten, ui.somebody_else):
            part.setEnabled(not busy)
        if busy:
            ui.login_trouble.hide()

    def _begin_anew(self) -> None:
        self.ui.login_password.clear()
        self.ui.login_trouble.hide()

    def say(self, sentence: str) -> None:
        """Say something below the password; "" takes it back."""
        self.ui.login_trouble.setText(sentence)
        self.ui.login_trouble.setVisible(bool(sentence))
        self._take_room()
        self.ui.login_password.setAccessibleDescription(sentence)

    @property
    def _uid(self) -> str:
        return str(self.ui.login_user.currentData() or "")

    # ---- keys and ends

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of Caps Lock as soon as a letter shows that it is on: Qt cannot be asked."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_CapsLock:
                self.ui.caps_hint.hide()
            elif event.text().isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.ui.caps_hint.setVisible(event.text().isupper() != shifted)
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        """Escape takes back what was typed, and is no way past the dialog."""
        self._begin_anew()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.leave_wanted.emit()

    def done(self, result: int) -> None:
        self._background.finish()
        super().done(result)
