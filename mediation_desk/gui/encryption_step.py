"""What is asked before the keys of a store are changed: one's password, a reason, and a sheet that is on paper."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import DeskError, Fault, Faults, LockedOut, RuleBroken, WrongPassword
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_encryption_step import Ui_EncryptionStep
from mediation_desk.gui.sheet_form import SheetForm
from mediation_desk.services.encryption import confirm


class EncryptionStep(QWidget):
    """Shown in an `EditDialog`. Without a `sheet` none is printed; only where `asks_reason` a reason is wanted."""

    def __init__(self, desk: Desk, hint: str, sheet: SheetForm | None = None, *, asks_reason: bool = False) -> None:
        super().__init__()
        self.ui = Ui_EncryptionStep()
        self.ui.setupUi(self)
        self._desk, self._sheet, self._asks_reason = desk, sheet, asks_reason
        self.ui.step_hint.setText(hint)
        for part in (self.ui.step_reason_caption, self.ui.step_reason):
            part.setVisible(asks_reason)
        if sheet is not None:
            sheet.ui.sheet_layout.setContentsMargins(0, 0, 0, 0)
            self.ui.sheet_place.addWidget(sheet)

    @property
    def password(self) -> str:
        return self.ui.own_password.text()

    @property
    def reason(self) -> str:
        return self.ui.step_reason.text().strip()

    @property
    def words(self) -> RecoveryWords:
        assert self._sheet is not None
        return self._sheet.words

    def check(self) -> None:
        """Raise `RuleBroken` at what is missing or wrong. A wrong password is counted."""
        faults = Faults()
        faults.check(self.reason or not self._asks_reason, "请写明原因，会记入日志。", "step_reason")
        faults.check(self.password, "请输入您的口令。", "own_password")
        faults.refuse_if_any()
        if self._sheet is not None:
            self._sheet.check()
        try:
            self._desk.do(confirm, self.password).insist()
        except (WrongPassword, LockedOut) as refusal:
            raise at_the_password(refusal) from refusal


def at_the_password(refusal: DeskError) -> RuleBroken:
    return RuleBroken(Fault(str(refusal), "own_password"))
