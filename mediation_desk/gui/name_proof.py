"""All names of a case in large type, to be compared with the identity cards before anything is printed."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from mediation_desk.documents.font_files import own_folder
from mediation_desk.documents.fonts import cure
from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.people_of_case import Named, mediators_of, people_of
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_name_proof import Ui_NameProofForm
from mediation_desk.gui.name_strip import NameStrip

_RED, _GREEN = "color: #b3261e;", "color: #1b5e20;"
_PART_OF_SCREEN = 0.8


class NameProofDialog(QDialog):
    """Shown with `open()`. It only shows; what is wrong is mended where the name was typed."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_NameProofForm()
        self.ui.setupUi(self)
        mediators = desk.look(lambda records, _: records.mediators.some(mediators_of(case)))
        self.strips = [self._add(person) for person in people_of(case, mediators)]
        self.ui.names_layout.addStretch()
        self._judge()
        folder = own_folder()
        self.ui.fonts_folder.setText(f"缺字时，字体文件放在：{folder}" if folder else "")
        self.ui.open_fonts_folder.setVisible(folder is not None)
        self.ui.open_fonts_folder.clicked.connect(self._open_folder)
        self.ui.close_button.clicked.connect(self.accept)
        self.resize(self.screen().availableSize() * _PART_OF_SCREEN)

    def _add(self, person: Named) -> NameStrip:
        layout = self.ui.names_layout
        if layout.count():
            layout.addSpacing(self.fontMetrics().height())
        layout.addWidget(self._label(person.role))
        strip = NameStrip(person.name, self.ui.names)
        layout.addWidget(strip)
        for char in dict.fromkeys(strip.missing):
            why = self._label(f"“{char}”（U+{ord(char):04X}）印不出来。{cure(char)}")
            why.setStyleSheet(_RED)
            layout.addWidget(why)
        return strip

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self.ui.names)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _judge(self) -> None:
        missing = {char for strip in self.strips for char in strip.missing}
        self.ui.verdict.setText(
            f"{len(missing)}个字印不出来，含有它的文书不会生成。" if missing else "所有姓名都能印出。"
        )
        self.ui.verdict.setStyleSheet(_RED if missing else _GREEN)

    def _open_folder(self) -> None:
        folder = own_folder()
        assert folder is not None
        with telling(self):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CannotSave(f"无法建立文件夹“{folder}”（{error.strerror}）。请检查权限。") from error
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
