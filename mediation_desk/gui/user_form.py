"""The fields of one user."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.centre import User
from mediation_desk.domain.names import clean_name
from mediation_desk.gui.forms.ui_user import Ui_UserForm


class UserForm(QWidget):
    """Shows a user and reads it back with the same uid."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.ui = Ui_UserForm()
        self.ui.setupUi(self)
        self._uid = user.uid
        self.ui.user_name.setText(user.name)
        self.ui.user_active.setChecked(user.active)

    def user(self) -> User:
        return User(uid=self._uid, name=clean_name(self.ui.user_name.text())[0], active=self.ui.user_active.isChecked())
