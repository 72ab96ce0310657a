"""Several cases chosen in the list: they stay chosen while it is read anew; some things are done with all of them."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.backlog_dialog import BacklogDialog
from mediation_desk.gui.bulk_triage_dialog import BulkTriageDialog
from mediation_desk.gui.case_table_model import CaseTableModel
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell
from mediation_desk.gui.forms.ui_cases import Ui_CasesForm
from mediation_desk.services.several import MOST


class SeveralCases(QObject):
    """Works the selection of the table and the buttons for several cases. `changed` tells how many are chosen."""

    changed = Signal(int)

    def __init__(self, desk: Desk, page: QWidget, ui: Ui_CasesForm, model: CaseTableModel) -> None:
        super().__init__(page)
        self._desk, self._page, self._ui, self._model = desk, page, ui, model
        ui.case_table.selectionModel().selectionChanged.connect(lambda: self.changed.emit(self.number))
        add_action(
            page, "批量分流", "Ctrl+Shift+J", self._triage, ui.bulk_triage_button, needs=desk.needs(Right.TRIAGE)
        )
        add_action(page, "批量指派", "Ctrl+Shift+G", self._assign, ui.backlog_button, needs=desk.needs(Right.ASSIGN))

    @property
    def number(self) -> int:
        return sum(part.height() for part in self._parts())

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self._ui.case_table.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def ids(self) -> list[int]:
        """The ids of the chosen cases, in the order of the list."""
        rows = sorted(row for part in self._parts() for row in range(part.top(), part.bottom() + 1))
        return [self._model.id_at(row) for row in rows]

    def kept(self) -> frozenset[int]:
        """What is to be chosen again after the list was read anew: several, but not half the store."""
        return frozenset(self.ids()) if 1 < self.number <= MOST else frozenset()

    def choose(self, ids: frozenset[int]) -> None:
        """Choose these cases, as far as the list has them."""
        chosen = QItemSelection()
        for row in self._model.rows_of(ids) if ids else ():
            chosen.select(self._model.index(row, 0), self._model.index(row, self._model.columnCount() - 1))
        if not chosen.isEmpty():
            self._ui.case_table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _triage(self) -> None:
        ids = self._few_enough()
        if ids:
            BulkTriageDialog(self._desk, ids, self._page).open()

    def _assign(self) -> None:
        """The chosen ones if there are several, else all that wait."""
        if self.number <= 1:
            BacklogDialog(self._desk, self._page).open()
        elif ids := self._few_enough():
            BacklogDialog(self._desk, self._page, ids).open()

    def _few_enough(self) -> list[int]:
        if self.number > MOST:
            tell(self._page, f"一次最多办理{MOST}件，现在选中{self.number}件。请用条件缩小范围，分几次选。")
            return []
        return self.ids()
