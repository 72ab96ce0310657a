"""附件 of the case page: scans and other files, kept with the case and looked at where they are."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QWidget

from mediation_desk.domain.case import Attachment, AttachmentKind, Case
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import DeskError, Fault, RuleBroken, refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, fill_words
from mediation_desk.gui.file_dialog import file_dialog
from mediation_desk.gui.forms.ui_attachments import Ui_AttachmentsForm
from mediation_desk.gui.image_view import read_image
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.printing import save_file
from mediation_desk.gui.remove_attachment_dialog import RemoveAttachmentDialog
from mediation_desk.services.attachments import attach, attached
from mediation_desk.services.audit import note_export

FOLDER = "scan_folder"
"""Key of the folder files were last taken from, among the settings of this PC."""

SHORT_HASH = 12
PDF = "application/pdf"


class AttachmentsTab(QWidget):
    """Takes files by a dialog or dropped from outside; what the service refuses is told by the name of the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._shown_id: int | None = None
        self.ui = Ui_AttachmentsForm()
        self.ui.setupUi(self)
        self.model = LineModel(("种类", "文件名", "大小", "收存时间", "经手人", "校验码"), self)
        self.ui.attachments.setModel(self.model)
        self.ui.attachments.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.attachments.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 1)
        self.ui.split.setSizes([1000, 1000])
        fill_words(self.ui.attachment_kind, AttachmentKind, blank="请选择")
        self.ui.attachment_kind.currentIndexChanged.connect(self._suit_kind)
        add_action(
            self, "添加文件", "Ctrl+Shift+A", self.ask_for_files, self.ui.add_files, needs=self.desk.needs(Right.PAPERS)
        )
        self._copy = add_action(
            self, "另存一份附件", "Ctrl+Shift+S", self.save_copy, self.ui.save_copy, needs=self.desk.needs(Right.PRINT)
        )
        self._remove = add_action(self, "移除附件", "Ctrl+Shift+K", self.remove, self.ui.remove_attachment)

    def show_case(self, case: Case) -> None:
        """Show the attachments of `case`; the chosen one stays chosen, else the newest is."""
        same_case = self.case is not None and self.case.id == case.id
        chosen_id, known = (self._chosen_id(), len(self.model.lines)) if same_case else (None, 0)
        self.case = case
        if any(each.id == self._shown_id and each.removed_at for each in case.attachments):
            self._shown_id = None  # its picture goes from the screen too
        self.model.show([self._line(each) for each in case.attachments])
        ids = [each.id for each in case.attachments]
        row = ids.index(chosen_id) if chosen_id in ids and len(ids) == known else len(ids) - 1
        self.ui.attachments.setCurrentIndex(self.model.index(row, 0))
        self.ui.empty_text.setVisible(not ids)
        self.ui.empty_text.setText("还没有附件。先选材料种类，再按“添加文件”，或把扫描件拖到这里。")
        if not same_case:
            self.ui.attachment_kind.setCurrentIndex(0)
        self._offer_agreements(case)
        if not ids:
            self._show_chosen()

    def _line(self, attachment: Attachment) -> Line:
        of_agreement = f"（第{attachment.agreement_no}份）" if attachment.agreement_no else ""
        at = attachment.recorded_at
        removed = "（已移除）" if attachment.removed_at else ""
        cells = (
            attachment.kind.label + of_agreement + removed,
            attachment.file_name,
            size_in_words(attachment.size),
            f"{at:%Y-%m-%d} {show_time(at.time())}",
            self.desk.centre.user_name(attachment.by_id),
            attachment.sha256[:SHORT_HASH],
        )
        return Line(cells, attachment.id)

    def _offer_agreements(self, case: Case) -> None:
        """Only a frozen text can have been signed; the newest is offered first."""
        field = self.ui.attachment_agreement
        field.clear()
        for each in reversed(case.agreements):
            if not each.is_draft and each.withdrawn_at is None:
                field.addItem(f"第{each.no}份 {each.number}", each.no)
        self._suit_kind()

    def _suit_kind(self) -> None:
        signed = chosen(self.ui.attachment_kind) == AttachmentKind.SIGNED_AGREEMENT
        self.ui.attachment_agreement.setEnabled(signed and self.ui.attachment_agreement.count() > 0)

    # ---- taking files in

    def ask_for_files(self) -> None:
        with telling(self):
            self._kind()
            endings = " ".join(f"*.{ending}" for ending in sorted(self.desk.rules.attachment_limits.media_types))
            start = str(QSettings().value(FOLDER, "") or Path.home())
            kinds = f"图片和 PDF ({endings});;所有文件 (*)"
            dialog = file_dialog(self, "files_dialog", "添加文件", start, kinds)
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
            dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def add(self, paths: Sequence[Path]) -> None:
        """Keep these files with the case. One that is refused does not keep the others out."""
        refused: list[Fault] = []
        with telling(self):
            kind = self._kind()
            agreement = self.ui.attachment_agreement
            agreement_no = int(agreement.currentData()) if agreement.isEnabled() else None
            for path in paths:
                try:
                    content = self._read(path)
                    self.desk.do(
                        attach,
                        self._case_id,
                        kind=kind,
                        file_name=path.name,
                        content=content,
                        agreement_no=agreement_no,
                    )
                    QSettings().setValue(FOLDER, str(path.parent))
                except DeskError as error:
                    refused.append(Fault(f"{path.name}：{error}"))
            if refused:
                raise RuleBroken(*refused)

    def _kind(self) -> AttachmentKind:
        refuse_unless(chosen(self.ui.attachment_kind), "请先选择材料种类。", "attachment_kind")
        return AttachmentKind(chosen(self.ui.attachment_kind))

    def _read(self, path: Path) -> bytes:
        """The content, or so much of it that the service sees it is too large. Raises `RuleBroken`."""
        try:
            with path.open("rb") as file:
                return file.read(self.desk.rules.attachment_limits.max_bytes + 1)
        except OSError as error:
            raise RuleBroken(Fault(f"读不出这个文件（{error.strerror}），没有收存。")) from error

    # ---- looking at them

    def save_copy(self) -> None:
        chosen_id = self._chosen_id()
        if chosen_id is not None:
            with telling(self):
                attachment, content = self._content(chosen_id)
                ending = Path(attachment.file_name).suffix
                saved = partial(self.desk.log.note, note_export, f"附件 {attachment.file_name}", self._case_id)
                save_file(self, content, attachment.file_name, f"原文件 (*{ending})", saved)

    def remove(self) -> None:
        """Ask for the reason, then take the chosen attachment out."""
        attachment = self._chosen()
        if attachment is not None and self.case is not None:
            RemoveAttachmentDialog(self.desk, self.case, attachment, self).open()

    def _chosen(self) -> Attachment | None:
        """The chosen attachment, if it was not removed."""
        chosen_id = self._chosen_id()
        standing = self.case.standing_attachments if self.case else []
        return next((each for each in standing if each.id == chosen_id), None)

    def _chosen_id(self) -> int | None:
        index = self.ui.attachments.currentIndex()
        return self.model.lines[index.row()].key if index.isValid() else None

    def _content(self, attachment_id: int) -> tuple[Attachment, bytes]:
        case_id = self._case_id
        return self.desk.look(lambda records, _: attached(records, case_id, attachment_id))

    def _show_chosen(self) -> None:
        chosen_id = self._chosen_id()
        is_there = self._chosen() is not None
        for thing in (self._copy, self.ui.save_copy, self._remove, self.ui.remove_attachment):
            thing.setEnabled(is_there)
        if chosen_id is None:
            self._say("")
        elif chosen_id != self._shown_id:
            self._show(chosen_id)
        self._shown_id = chosen_id

    def _show(self, attachment_id: int) -> None:
        ui = self.ui
        try:
            attachment, content = self._content(attachment_id)
        except DeskError as error:
            self._say(str(error))
            return
        self.desk.log.viewed(f"附件 {attachment.file_name}", self._case_id)
        if attachment.media_type == PDF:
            ui.pdf.show_pdf(content)
            ui.preview_stack.setCurrentWidget(ui.pdf)
            return
        image = read_image(content)
        if image.isNull():
            self._say("这个文件无法在这里显示，可另存后用其他程序查看。")
            return
        ui.picture.show_image(image)
        ui.preview_stack.setCurrentWidget(ui.picture)

    def _say(self, sentence: str) -> None:
        self.ui.preview_text.setText(sentence)
        self.ui.preview_stack.setCurrentWidget(self.ui.text_page)

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id


def size_in_words(size: int) -> str:
    """A size in bytes as people say it: "312 KB", "4.1 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
