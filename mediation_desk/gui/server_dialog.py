"""设置共享数据: where the server is, whether it can be used as it is, and from then on the desk works there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QWidget

from mediation_desk.domain.errors import DeskError, Faults, RuleBroken
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.errors import clear_refusals, show_refusals
from mediation_desk.gui.forms.ui_server import Ui_ServerForm
from mediation_desk.store import pc_keys
from mediation_desk.store.address import ENCRYPTED, PORT, SURE, ServerAddress
from mediation_desk.store.database import create_at
from mediation_desk.store.places import choose_store

if TYPE_CHECKING:
    from mediation_desk.store.shared_store import Found

_GOOD, _BAD, _MIND = "✓", "✗", "！"
_PROTECTIONS = ((SURE, "加密，并核对服务器身份（有证书，推荐）"), (ENCRYPTED, "只加密（自签证书，不核对身份）"))


class ServerDialog(QDialog):
    """Shown with `open()`. `chosen` carries the address and the password once the choice is kept.

    Nothing is made or chosen before a test found that it can be.
    """

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, known: ServerAddress | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ServerForm()
        self.ui.setupUi(self)
        self._background = Background(self)
        self._found: Found | None = None
        ui = self.ui
        for mode, label in _PROTECTIONS:
            ui.security.addItem(label, mode)
        ui.port.setText(str(PORT))
        ui.remember.setEnabled(pc_keys.is_there())
        if known is not None:
            self._fill(known)
        for field in (ui.host, ui.port, ui.database, ui.user, ui.password, ui.root):
            field.textEdited.connect(self._forget_test)
        ui.security.activated.connect(self._forget_test)
        add_action(self, "测试连接", "Ctrl+T", self.test, ui.test)
        add_action(self, "采用", "Ctrl+Return", self.accept, ui.adopt)
        ui.cancel.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._forget_test()
        take_room(self, ui.fields)

    # ---- what is typed

    def address(self) -> ServerAddress:
        """What was typed. Raises `RuleBroken` at the fields that are missing or wrong."""
        ui, faults = self.ui, Faults()
        for field, called in ((ui.host, "主机"), (ui.database, "数据库名"), (ui.user, "用户")):
            faults.check(field.text().strip(), f"请填写{called}。", field.objectName())
        port = ui.port.text().strip()
        faults.check(port.isdecimal() and 0 < int(port) < 65536, "端口是1到65535的数，一般为5432。", "port")
        root = ui.root.text().strip()
        faults.check(not root or Path(root).is_file(), "找不到这个证书文件。", "root")
        faults.refuse_if_any()
        return ServerAddress(
            host=ui.host.text().strip(),
            database=ui.database.text().strip(),
            user=ui.user.text().strip(),
            port=int(port),
            mode=ui.security.currentData(),
            root=root,
        )

    def _fill(self, known: ServerAddress) -> None:
        ui = self.ui
        ui.host.setText(known.host)
        ui.port.setText(str(known.port))
        ui.database.setText(known.database)
        ui.user.setText(known.user)
        ui.security.setCurrentIndex(max(ui.security.findData(known.mode), 0))
        ui.root.setText(known.root)

    @property
    def _password(self) -> str | None:
        return self.ui.password.text() or None

    # ---- test, then adopt

    def test(self) -> None:
        """Ask the server, on a thread of its own: one that does not answer takes seconds."""
        if not self.ui.test.isEnabled():
            return
        self._forget_test()
        clear_refusals(self)
        try:
            address, password = self.address(), self._password
        except RuleBroken as refusal:
            show_refusals(self, refusal, {})
            return

        def look() -> "Found":
            from mediation_desk.store.shared_store import look_at  # loads the driver of servers

            return look_at(address, password)

        self._be_busy(True, "正在连接…")
        self._background.run(look, self._show_found, self._refuse)

    def accept(self) -> None:
        """Make the tables where there are none, then remember the choice."""
        if not self.ui.adopt.isEnabled() or self._found is None:
            return
        address, password, is_empty = self.address(), self._password, self._found.is_empty
        remembers = self.ui.remember.isChecked()

        def adopt() -> None:
            if is_empty:
                create_at(address, password=password).close()
            choose_store(address)
            if remembers and password is not None:
                pc_keys.remember_password(address, password)
            else:
                pc_keys.forget_password(address)

        self._be_busy(True, "正在建立共享数据…" if is_empty else "正在采用…")
        self._background.run(adopt, lambda _: self._end(address, password), self._refuse)

    def reject(self) -> None:
        if self.ui.test.isEnabled():
            super().reject()

    def done(self, result: int) -> None:
        self.ui.password.clear()
        self._background.finish()
        super().done(result)

    def _end(self, address: ServerAddress, password: str | None) -> None:
        super().accept()
        self.chosen.emit(address, password)

    def _show_found(self, found: "Found") -> None:
        self._be_busy(False)
        lines = list(what_was_found(found, self.address()))
        self._found = None if any(mark == _BAD for mark, _ in lines) else found
        self.ui.found.setText("\n".join(f"{mark} {text}" for mark, text in lines))
        self.ui.adopt.setText("建立共享数据(&A)" if found.is_empty else "采用(&A)")
        self.ui.adopt.setEnabled(self._found is not None)
        self._bring_into_view()
        if self._found is not None:
            self.ui.adopt.setFocus()

    def _refuse(self, error: DeskError) -> None:
        self._be_busy(False, f"{_BAD} {error}")
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        self.ui.fields_layout.activate()
        self.ui.fields_area.ensureWidgetVisible(self.ui.found)

    def _forget_test(self) -> None:
        self._found = None
        self.ui.found.clear()
        self.ui.adopt.setEnabled(False)

    def _be_busy(self, busy: bool, told: str = "") -> None:
        ui = self.ui
        for part in (ui.fields, ui.test, ui.cancel):
            part.setEnabled(not busy)
        ui.adopt.setEnabled(False)
        ui.found.setText(told)


def ask_password(address: ServerAddress, parent: QWidget) -> QInputDialog:
    """Asks for the password of the server's user, for this start only; shown by whoever wants to know."""
    asking = QInputDialog(parent)
    asking.setObjectName("server_password_dialog")
    asking.setWindowTitle("数据服务器的口令")
    asking.setLabelText(f"{address.host} 上的用户“{address.user}”的口令")
    asking.setTextEchoMode(QLineEdit.EchoMode.Password)
    asking.setOkButtonText("连接")
    asking.setCancelButtonText("取消")
    asking.finished.connect(asking.deleteLater)
    return asking


def what_was_found(found: "Found", address: ServerAddress) -> Iterator[tuple[str, str]]:
    """What a server said, in lines that begin with a mark: good, to be minded, or in the way."""
    yield _GOOD, f"已连上服务器（PostgreSQL {found.version.split(' ')[0]}）。"
    if address.is_on_this_pc:
        yield _GOOD, "服务器就在这台电脑上，内容不经过网络。"
    elif address.mode == ENCRYPTED:
        yield _MIND, "连接已加密，但没有核对服务器的身份。"
    else:
        yield _GOOD, "连接已加密，服务器的身份已核对。"
    if not found.is_known_version:
        yield _BAD, "服务器的版本太旧，请管理员升级到 PostgreSQL 13 或更高版本。"
    if not found.is_utf8:
        yield _BAD, "数据库的编码不是 UTF8，存不下所有姓名。请管理员按手册重新建立数据库。"
    if not found.is_durable:
        yield _MIND, "服务器关闭了 fsync：停电时可能丢失已经保存的内容。请管理员打开。"
    if found.is_empty and found.may_make_tables:
        yield _GOOD, "数据库是空的，可以在里面建立共享数据。"
    elif found.is_empty:
        yield _BAD, "数据库是空的，但这个用户没有建表的权限。请管理员开通。"
    elif found.is_newer:
        yield _BAD, "这份共享数据由更新版本的程序建立。请先更新本程序。"
    elif not found.may_write:
        yield _BAD, "这个用户没有写入权限。请管理员开通。"
    else:
        yield _GOOD, "那里已有共享数据，可以直接使用。"
