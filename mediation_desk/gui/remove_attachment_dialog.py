"""Takes an attachment out of a case, with the reason that is kept."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Attachment, Case
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_remove_attachment import Ui_RemoveAttachmentForm
from mediation_desk.services.attachments import remove_attachment


class RemoveAttachmentDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, attachment: Attachment, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        assert attachment.id is not None
        self._attachment_id = attachment.id
        self.ui = Ui_RemoveAttachmentForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"移除附件：{attachment.file_name}")
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(remove_attachment, self.case_id, self._attachment_id, text_of(self.ui.removed_reason))
