"""The fields of one user."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.centre import User
from mediation_desk.gui.form_content import name_of
from mediation_desk.gui.forms.ui_user import Ui_UserForm
from mediation_desk.gui.live_checks import watch_name


class UserForm(QWidget):
    """Shows a user and reads it back with the same uid."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.ui = Ui_UserForm()
        self.ui.setupUi(self)
        self._user = user
        self.ui.user_name.setText(user.name)
        watch_name(self.ui.user_name, self.ui.user_name_caption)
        self.ui.user_active.setChecked(user.active)

    def user(self) -> User:
        user = self._user
        return User(
            uid=user.uid,
            name=name_of(self.ui.user_name),
            active=self.ui.user_active.isChecked(),
            roles=list(user.roles),
            mediator_id=user.mediator_id,
        )
