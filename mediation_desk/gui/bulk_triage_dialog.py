"""Sends several registered cases the same lawful way; says how many went, and of each other one why not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, fill_codes
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_bulk_triage import Ui_BulkTriageForm
from mediation_desk.gui.line_model import Line, LineModel, show_lines_in
from mediation_desk.services.several import Several, triage_all


class BulkTriageDialog(QDialog):
    """Shown with `open()`. It closes when every case went; else it stays and shows those that did not."""

    def __init__(self, desk: Desk, case_ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.case_ids = desk, case_ids
        self.ui = Ui_BulkTriageForm()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = desk.now().date()
        fill_codes(self.ui.statutory_path, desk.rules.table("statutory_path"), today, blank="请选择")
        fill_codes(self.ui.dispute_kind, desk.rules.table("dispute_kind"), today, blank="各案不变")
        self.model = LineModel(("案件", "原因"), self)
        show_lines_in(self.ui.not_done, self.model)
        self.ui.not_done_caption.hide()
        self.ui.state_text.setText(f"选中{len(case_ids)}件，将按同一途径分流。只分流已登记、还没有分流的案件。")
        add_action(self, "分流", "Ctrl+Return", self.save, self.ui.save_button)
        self.ui.cancel_button.clicked.connect(self.reject)
        take_room(self, self.ui.fields)

    def save(self) -> None:
        with telling(self):
            self._show(
                self.desk.do(
                    triage_all,
                    self.case_ids,
                    path=chosen(self.ui.statutory_path),
                    reason=text_of(self.ui.triage_reason),
                    dispute_kind=chosen(self.ui.dispute_kind),
                )
            )

    def _show(self, several: Several) -> None:
        if not several.not_done:
            self.accept()
            return
        self.ui.state_text.setText(f"已分流{several.done}件；{len(several.not_done)}件没有分流，仍是原样：")
        self.model.show([Line((each.called, " ".join(each.sentence.split()))) for each in several.not_done])
        for field in (self.ui.statutory_path, self.ui.dispute_kind, self.ui.triage_reason):
            self.ui.fields_layout.setRowVisible(field, False)
        self.ui.not_done_caption.show()
        self.ui.save_button.setEnabled(False)
        take_room(self, self.ui.fields)
