"""Asks why somebody opens a closed file, before anything of it is shown."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_closed_file import Ui_ClosedFileForm
from mediation_desk.services.disclosure import open_closed_file

USUAL_REASONS = ("当事人或代理人查阅本人案件", "回访或补记", "同一当事人再次来访", "卷宗评查", "有关机关持函调阅")


class ClosedFileDialog(CaseDialog):
    """The usual reasons are offered; another one may be typed. `accepted` comes once the reason is in the log."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_ClosedFileForm()
        self.ui.setupUi(self)
        called = case.number or "这个案件"
        self.ui.closed_text.setText(f"{called}已结案。查阅已结卷宗要写明理由；谁、何时、因何查阅，都记入日志。")
        self.ui.closed_reason.addItems(USUAL_REASONS)
        self.ui.closed_reason.setCurrentIndex(-1)
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.disclose(open_closed_file, self.case_id, self.ui.closed_reason.currentText())
