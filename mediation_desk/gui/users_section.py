"""设置·使用者: who works here, what each may do, and whether and when they log in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import Right, roles_in_words
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_users import Ui_UsersSection
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.user_form import UserForm
from mediation_desk.services.entrance import Entrance
from mediation_desk.services.setting_up import doubts_about_user, save_user
from mediation_desk.services.users import LOGIN_DAYS, Standing, look_at_users

HEADERS = ("姓名", "角色", "名册中的调解员", "状态", "口令", "最近登录")


class UsersSection(QWidget):
    """One line a user. The first password of all makes everybody log in from then on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_UsersSection()
        self.ui.setupUi(self)
        self.users = LineModel(HEADERS, self)
        self.ui.users.setModel(self.users)
        self.ui.users.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._background = Background(self)
        ui = self.ui
        ui.add_user.clicked.connect(self.add)
        ui.change_user.clicked.connect(self.change)
        ui.users.activated.connect(self.change)
        ui.users.selectionModel().currentChanged.connect(self._offer)
        ui.set_password.clicked.connect(self._set_own)
        ui.give_password.clicked.connect(self._give)
        ui.unlock_user.clicked.connect(self._unlock)
        desk.centre_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read anew; the line that was chosen stays chosen."""
        if not self.isVisible() or not self.desk.may(Right.USERS, Right.SETTINGS):
            return
        row = self.ui.users.currentIndex().row()
        with telling(self):
            self.users.show([_line_of(standing) for standing in self.desk.look(look_at_users)])
        self.ui.users.setCurrentIndex(self.users.index(row, 0))
        doubts = [f"{user.name}：{doubt}" for user in self.desk.centre.users for doubt in doubts_about_user(user)]
        self.ui.users_doubts.setText("\n".join(doubts))
        self.ui.users_doubts.setVisible(bool(doubts))
        self._offer()

    def _offer(self) -> None:
        ui, standing = self.ui, self._chosen()
        keeps_users, can_write = self.desk.may(Right.USERS), not self.desk.database.read_only
        for button in (ui.add_user, ui.change_user):
            button.setEnabled(keeps_users and can_write)
        ui.set_password.setVisible(not self.desk.is_guarded)
        ui.give_password.setVisible(self.desk.is_guarded)
        ui.unlock_user.setVisible(self.desk.is_guarded)
        is_other = standing is not None and standing.user.active and standing.user.id != self.desk.user_id
        ui.give_password.setEnabled(keeps_users and can_write and is_other)
        ui.unlock_user.setEnabled(keeps_users and can_write and is_other)

    def _chosen(self) -> Standing | None:
        chosen: Standing | None = self.ui.users.currentIndex().data(Qt.ItemDataRole.UserRole)
        return chosen

    # ---- who there is

    def add(self) -> None:
        self._edit(User(uid=self.desk.new_uid(), name=""))

    def change(self) -> None:
        standing = self._chosen()
        if standing is not None and self.ui.change_user.isEnabled():
            self._edit(standing.user)

    def _edit(self, user: User) -> None:
        names = self.desk.look(lambda records, _: {each.id: each.name for each in records.mediators.all() if each.id})
        form = UserForm(user, names)

        def save() -> None:
            read = form.user()
            self.desk.do(save_user, read)
            if not read.active:
                self._entrance.take_way_in(read.uid)
            self.desk.refresh_centre()

        EditDialog(f"修改使用者：{user.name}" if user.name else "添加使用者", form, save, self).open()

    # ---- passwords

    @property
    def _entrance(self) -> Entrance:
        return Entrance(self.desk.database, self.desk.packs, this_pc(), self.desk.now)

    def _set_own(self) -> None:
        """The first password of all."""
        user = self.desk.user
        why = (
            f"现在为{user.name}设口令。设好以后，每次打开程序都要登录；"
            "其他使用者没有口令就不能登录，请接着给他们初始口令。"
        )
        self._ask(user, why, lambda new: self._entrance.change_password(user.uid, "", new))

    def _give(self) -> None:
        standing = self._chosen()
        if standing is not None:
            user, by = standing.user, self.desk.user.uid
            why = f"给{user.name}一个初始口令，当面告知本人；第一次登录时必须改成自己的。锁定同时解除。"
            self._ask(user, why, lambda new: self._entrance.give_password(by, user.uid, new))

    def _ask(self, user: User, why: str, change: Callable[[str], None]) -> None:
        desk = self.desk
        dialog = PasswordDialog(
            user.name, desk.rules, desk.now().date(), lambda _, new: change(new), self, why=why, asks_old=False
        )
        dialog.accepted.connect(desk.refresh_centre)
        dialog.open()

    def _unlock(self) -> None:
        standing = self._chosen()
        if standing is not None:
            by, uid = self.desk.user.uid, standing.user.uid
            self._background.run(partial(self._entrance.unlock, by, uid), lambda _: self.refresh())


def _line_of(standing: Standing) -> Line:
    user, login = standing.user, standing.last_login
    cells = (
        user.name,
        roles_in_words(user.roles),
        standing.mediator,
        "在用" if user.active else "已离岗",
        standing.password,
        f"{login:%Y-%m-%d %H:%M}" if login else f"{LOGIN_DAYS}天内没有",
    )
    return Line(cells, standing, YELLOW if standing.is_locked else None)
