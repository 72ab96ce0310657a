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
        self._uid = user.uid
        self.ui.user_name.setText(user.name)
        watch_name(self.ui.user_name, self.ui.user_name_caption)
        self.ui.user_active.setChecked(user.active)

    def user(self) -> User:
        return User(uid=self._uid, name=name_of(self.ui.user_name), active=self.ui.user_active.isChecked())
