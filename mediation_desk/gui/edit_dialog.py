"""A form in a window of its own: it scrolls where the screen is small, saves with Ctrl+Enter and closes with Escape."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_edit_dialog import Ui_EditDialog


class EditDialog(QDialog):
    """Shows `form` until `save` goes through. What is refused is said at its field, and the dialog stays open.

    `fields` names the fields of places that are not widgets of that name.
    """

    def __init__(
        self,
        title: str,
        form: QWidget,
        save: Callable[[], object],
        parent: QWidget,
        fields: Callable[[], Mapping[str, QWidget]] = dict,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_EditDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(title)
        self.form = form
        self._save, self._fields = save, fields
        self.ui.form_area.setWidget(form)
        self.ui.cancel.clicked.connect(self.reject)
        add_action(self, "保存", "Ctrl+Return", self.accept, self.ui.save)
        self.finished.connect(self.deleteLater)

    def accept(self) -> None:
        with telling(self.form, self._fields()):
            self._save()
            super().accept()
