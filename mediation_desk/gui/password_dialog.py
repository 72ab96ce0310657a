"""Asks for a new password of one's own, because somebody wants one or because the old one will not do any longer."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.errors import DeskError, Fault, LockedOut, RuleBroken, WrongPassword
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.background import Background
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.errors import clear_refusals, show_refusals, tell
from mediation_desk.gui.forms.ui_password import Ui_PasswordForm
from mediation_desk.gui.password_rules import PasswordRules


class PasswordDialog(QDialog):
    """Shown with `open()`; accepted once `change(old, new)` is done, on a thread of its own, for the user of that name.

    Without `asks_old` there is no old one to be said. One that `is_forced` cannot be left without a new password.
    """

    def __init__(
        self,
        name: str,
        rules: Rules,
        today: date,
        change: Callable[[str, str], None],
        parent: QWidget,
        *,
        why: str = "",
        asks_old: bool = True,
        is_forced: bool = False,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_PasswordForm()
        self.ui.setupUi(self)
        self._change, self._is_forced = change, is_forced
        self._background = Background(self)
        self._watch = PasswordRules(self.ui, rules, today, lambda: name)
        ui = self.ui
        self.setWindowTitle("改口令" if asks_old else "设口令")
        ui.save_button.setText("改口令(&S)" if asks_old else "设口令(&S)")
        for part in (ui.old_password, ui.old_password_caption):
            part.setVisible(asks_old)
        ui.password_why.setText(why)
        ui.password_why.setVisible(bool(why))
        ui.cancel.setVisible(not is_forced)
        for field in (ui.old_password, ui.new_password, ui.password_again):
            field.textEdited.connect(lambda: clear_refusals(self))
        ui.save_button.clicked.connect(self.accept)
        ui.cancel.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        take_room(self, ui.fields)

    def accept(self) -> None:
        """Change it; making what a password is locked up with takes a while."""
        if self._is_busy:
            return
        ui = self.ui
        clear_refusals(self)
        old, new = ui.old_password.text(), ui.new_password.text()
        if new != ui.password_again.text():
            show_refusals(self, RuleBroken(Fault("两遍写得不一样。", "password_again")), {})
            return
        self._be_busy(True)
        self._background.run(lambda: self._change(old, new), lambda _: self._end(), self._refuse)

    def reject(self) -> None:
        if not self._is_forced and not self._is_busy:
            super().reject()

    @property
    def _is_busy(self) -> bool:
        return not self.ui.save_button.isEnabled()

    def _be_busy(self, busy: bool) -> None:
        for part in (self.ui.fields, self.ui.save_button, self.ui.cancel):
            part.setEnabled(not busy)

    def _end(self) -> None:
        self._background.finish()
        super().accept()

    def _refuse(self, error: DeskError) -> None:
        self._be_busy(False)
        if isinstance(error, RuleBroken):
            show_refusals(self, error, {})
        elif isinstance(error, (LockedOut, WrongPassword)):
            show_refusals(self, RuleBroken(Fault(str(error), "old_password")), {})
        else:
            tell(self, str(error))
