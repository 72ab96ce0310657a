"""Two desks corrected the same registration: both versions beside each other, field by field, and a person decides."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidgetItem, QWidget

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import ChangedMeanwhile
from mediation_desk.domain.merging import Parting
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.as_registered import intake_of
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_conflict import Ui_ConflictForm
from mediation_desk.services.corrections import called, in_words, parted_ways, put_together
from mediation_desk.services.intake import Intake, correct

_HEADERS = ("项目", "原来", "对方改成", "您改成")
_THEIRS, _MINE = 2, 3


def correct_or_settle(desk: Desk, was: Case, intake: Intake, window: QWidget, then: Callable[[], object]) -> bool:
    """Correct the case as it was when the form was filled, and say whether that is recorded.

    If somebody else corrected it meanwhile, both versions are shown; whatever was typed stays until a person has
    settled it, and only then `then` is called.
    """
    assert was.id is not None
    try:
        desk.do(correct, was.id, was.version_id, intake)
    except ChangedMeanwhile:
        ConflictDialog(desk, was, intake, window, then).open()
        return False
    return True


class ConflictDialog(QDialog):
    """What only one of them changed holds; of what both changed, the version that is ticked. None is at first."""

    def __init__(self, desk: Desk, was: Case, mine: Intake, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        assert was.id is not None
        self.desk, self._case_id, self._was, self._then = desk, was.id, intake_of(was, mine.uid), then
        self._typed = mine
        self.ui = Ui_ConflictForm()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = self.ui.versions
        table.setColumnCount(len(_HEADERS))
        table.setHorizontalHeaderLabels(_HEADERS)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.itemChanged.connect(self._ticked)
        self.ui.cancel_button.clicked.connect(self.reject)
        add_action(self, "按勾选保存", "Ctrl+Return", self._save, self.ui.save_button)
        add_action(self, "不一样的都用对方的", "Alt+Left", lambda: self._tick_all(_THEIRS))
        add_action(self, "不一样的都用我的", "Alt+Right", lambda: self._tick_all(_MINE))
        self._lay_open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ui.versions.resizeRowsToContents()

    def _lay_open(self) -> None:
        """Read what is kept by now, and show where the three versions part."""
        now = self.desk.look(lambda records, _: records.cases.get(self._case_id))
        self._version_id, self._theirs = now.version_id, intake_of(now, self._typed.uid)
        self._mine, parted = parted_ways(self._was, self._theirs, self._typed)
        self._parted = sorted(parted, key=lambda each: not each.is_conflict)
        who = self._who_corrected(now)
        self.ui.what_happened.setText(f"您打开以后，{who}改过这个案件的登记。您的更正还没有保存，输入的内容都在。")
        table = self.ui.versions
        table.blockSignals(True)
        table.setRowCount(len(self._parted))
        for row, each in enumerate(self._parted):
            self._show_row(row, each)
        table.blockSignals(False)
        table.resizeRowsToContents()
        self._count()

    def _who_corrected(self, now: Case) -> str:
        last = next((each for each in reversed(now.events) if each.kind is EventKind.CORRECTED), None)
        if last is None:
            return "另一个窗口"
        return f"{self.desk.centre.user_name(last.by_id)}在 {show_time(last.recorded_at.time())} "

    def _show_row(self, row: int, each: Parting) -> None:
        name = called(each.name, self._was, self._theirs, self._mine)
        said = (in_words(each.name, value, self.desk.rules) for value in (each.was, each.theirs, each.mine))
        for column, text in enumerate((name, *said)):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(text)
            if column in (_THEIRS, _MINE):
                holds = not each.is_conflict and each.settled(mine=True) == (each.theirs, each.mine)[column - _THEIRS]
                if each.is_conflict:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Unchecked)
                elif not holds:
                    item.setForeground(self.palette().placeholderText())
            self.ui.versions.setItem(row, column, item)

    def _ticked(self, item: QTableWidgetItem) -> None:
        """Of two versions one is ticked."""
        if item.checkState() is Qt.CheckState.Checked:
            other = self._cell(item.row(), _THEIRS + _MINE - item.column())
            self.ui.versions.blockSignals(True)
            other.setCheckState(Qt.CheckState.Unchecked)
            self.ui.versions.blockSignals(False)
        self._count()

    def _tick_all(self, column: int) -> None:
        for row, each in enumerate(self._parted):
            if each.is_conflict:
                self._cell(row, column).setCheckState(Qt.CheckState.Checked)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.ui.versions.item(row, column)
        assert item is not None
        return item

    def _is_ticked(self, row: int, column: int) -> bool:
        return self._cell(row, column).checkState() is Qt.CheckState.Checked

    def _count(self) -> None:
        """Nothing is saved before somebody has looked at each conflict."""
        conflicts = [row for row, each in enumerate(self._parted) if each.is_conflict]
        left = [row for row in conflicts if not self._is_ticked(row, _THEIRS) and not self._is_ticked(row, _MINE)]
        self.ui.save_button.setEnabled(not left)
        self.ui.undecided.setText(f"还有{len(left)}项没有勾选。" if left else "")

    def _save(self) -> None:
        wanted = {each.name for row, each in enumerate(self._parted) if self._is_ticked(row, _MINE)}
        together = put_together(self._theirs, self._mine, self._parted, wanted)
        with telling(self):
            try:
                self.desk.do(correct, self._case_id, self._version_id, together)
            except ChangedMeanwhile:
                self._lay_open()  # once more, meanwhile
                return
            self.accept()
            self._then()
