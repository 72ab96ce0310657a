"""Asks why something that was recorded is taken back; the reason stays in the timeline."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_take_back import Ui_TakeBackForm


class TakeBackDialog(CaseDialog):
    """`what` says what is taken back; `take_back` is given the reason and calls the service."""

    def __init__(self, desk: Desk, case: Case, what: str, take_back: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self._take_back = take_back
        self.ui = Ui_TakeBackForm()
        self.ui.setupUi(self)
        self.ui.take_back_text.setText(what)
        self.wire(self.ui)

    def record(self) -> None:
        self._take_back(text_of(self.ui.take_back_reason))
