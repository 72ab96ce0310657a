"""The fields of one user: name, roles with what each may do, place in the directory, retirement."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import RIGHTS_OF, Right, Role
from mediation_desk.gui.fields import choose
from mediation_desk.gui.form_content import name_of, tick, ticked
from mediation_desk.gui.forms.ui_user import Ui_UserForm
from mediation_desk.gui.live_checks import watch_name
from mediation_desk.services.setting_up import doubts_about_user

NOBODY: Mapping[int, str] = MappingProxyType({})


class UserForm(QWidget):
    """Shows a user and reads it back with the same uid. `mediators` are the names of the directory by their ids."""

    def __init__(self, user: User, mediators: Mapping[int, str] = NOBODY) -> None:
        super().__init__()
        self.ui = ui = Ui_UserForm()
        self.ui.setupUi(self)
        self._uid = user.uid
        ui.user_name.setText(user.name)
        watch_name(ui.user_name, ui.user_name_caption)
        ui.user_active.setChecked(user.active)
        for role in Role:
            ui.user_roles.addItem(_tick_of(role))
        tick(ui.user_roles, user.roles)
        ui.user_mediator.addItem("（不是调解员）", None)
        for mediator_id, name in mediators.items():
            ui.user_mediator.addItem(name, mediator_id)
        if user.mediator_id is not None:
            choose(ui.user_mediator, user.mediator_id)
        ui.user_roles.itemChanged.connect(self._tell_doubts)
        ui.user_mediator.currentIndexChanged.connect(self._tell_doubts)
        ui.user_active.toggled.connect(self._tell_doubts)
        self._tell_doubts()

    def user(self) -> User:
        ui = self.ui
        return User(
            uid=self._uid,
            name=name_of(ui.user_name),
            active=ui.user_active.isChecked(),
            roles=ticked(ui.user_roles),
            mediator_id=ui.user_mediator.currentData(),
        )

    def _tell_doubts(self) -> None:
        self.ui.user_doubts.setText("\n".join(doubts_about_user(self.user())))


def _tick_of(role: Role) -> QListWidgetItem:
    rights = "、".join(right.label for right in Right if right in RIGHTS_OF[role])
    item = QListWidgetItem(f"{role.label}：{rights}")
    item.setData(Qt.ItemDataRole.UserRole, role.value)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    return item
