"""谁看过、改过: the log of one case."""

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.gui.audit_section import AuditSection
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_audit_dialog import Ui_AuditDialog


class AuditDialog(QDialog):
    """Shows the log of `case_id` at once."""

    def __init__(self, desk: Desk, case_id: int, called: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_AuditDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(f"谁看过、改过：{called}")
        self.section = AuditSection(desk, case_id)
        self.ui.log_place.addWidget(self.section)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self._let_go)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        desk.log.flush()
        self.section.refresh()

    def _let_go(self) -> None:
        self.section.finish()
        self.deleteLater()
