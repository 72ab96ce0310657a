"""导入可排情况: what a workbook of an office would change, sentence by sentence, before it is taken over."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.availability import Remark, SpotKey
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.forms.ui_roster_import import Ui_RosterImportForm
from mediation_desk.gui.line_model import ORANGE, Line, LineModel
from mediation_desk.services.availability import AvailabilityPreview, preview_availability, take_over_availability


class RosterImportDialog(QDialog):
    """Nothing is taken over before 导入 is pressed. A suggestion counts only when somebody accepts it."""

    def __init__(self, desk: Desk, month: date, content: bytes, preview: AvailabilityPreview, parent: QWidget) -> None:
        """`preview` is what `content` would change in the month without any suggestion."""
        super().__init__(parent)
        self._desk, self._month, self._content, self._place = desk, month, content, parent
        self._corrections: dict[SpotKey, str] = {}
        self._preview = preview
        self.ui = Ui_RosterImportForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"导入可排情况：{month.year}年{month.month}月")
        self.remarks = LineModel(("导入吗", "说明", "建议改为"), self)
        self.changes = LineModel(("会改的",), self)
        for view, model, stretched in ((self.ui.remarks, self.remarks, 1), (self.ui.changes, self.changes, 0)):
            view.setModel(model)
            view.header().setStretchLastSection(False)
            view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            view.header().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.ui.remarks.activated.connect(lambda _: self._accept_chosen())
        self.ui.accept_suggestion.clicked.connect(self._accept_chosen)
        self.ui.accept_all.clicked.connect(lambda: self._accept(self._preview.remarks))
        self.ui.cancel.clicked.connect(self.reject)
        add_action(self, "导入", "Ctrl+Return", self.accept, self.ui.take_over)
        self.finished.connect(self.deleteLater)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        self._show()

    def accept(self) -> None:
        """Take over what is shown; what has to be said of it stands in a box over the page."""
        with telling(self):
            said = self._desk.do(take_over_availability, self._preview)
            super().accept()
            if said:
                tell(self._place, "\n".join(said))

    def _show(self) -> None:
        preview = self._preview
        held, changes = len(preview.held_back), len(preview.changes)
        told = [f"会改{changes}处", f"已有相同的{preview.already}处" if preview.already else ""]
        told.append(f"{held}处看不准，暂不导入" if held else "")
        self.ui.import_text.setText("，".join(filter(None, told)) + "。")
        self.remarks.show([_line(each) for each in preview.remarks])
        self.changes.show([Line((each,)) for each in preview.changes])
        has_suggestions = any(each.suggestion for each in preview.remarks)
        self.ui.accept_suggestion.setEnabled(has_suggestions)
        self.ui.accept_all.setEnabled(has_suggestions)
        self.ui.take_over.setEnabled(bool(changes))

    def _accept_chosen(self) -> None:
        remark = self.ui.remarks.currentIndex().data(Qt.ItemDataRole.UserRole)
        if isinstance(remark, Remark):
            self._accept((remark,))

    def _accept(self, remarks: tuple[Remark, ...]) -> None:
        """Read the workbook again with what was accepted."""
        self._corrections |= {each.spot.key: each.suggestion for each in remarks if each.suggestion}
        with telling(self):
            self._preview = self._desk.look(preview_availability, self._month, self._content, self._corrections)
            self._show()


def _line(remark: Remark) -> Line:
    return Line(
        ("暂不导入" if remark.held else "照此导入", remark.text, remark.suggestion),
        remark,
        ORANGE if remark.held else None,
    )
