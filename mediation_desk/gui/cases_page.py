"""案件: the list of cases, narrowed by what the clerk looks for; conditions used often are kept under a name."""

from array import array
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QStyledItemDelegate, QWidget
from shiboken6 import isValid

from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.domain.waiting import Waiting
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.case_table_model import SEARCHED, SORTED_BY, CaseTableModel
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words
from mediation_desk.gui.forms.ui_cases import Ui_CasesForm
from mediation_desk.gui.hits_delegate import HitsDelegate
from mediation_desk.gui.saved_filters import SavedFilters
from mediation_desk.gui.several_cases import SeveralCases
from mediation_desk.services.act import Act
from mediation_desk.services.hard_cases import hard_cases
from mediation_desk.services.narrowing import DueIn, cases_due, cases_waiting
from mediation_desk.services.search import read_box
from mediation_desk.store.cases import CaseFilter, Order
from mediation_desk.store.records import Records

if TYPE_CHECKING:
    from mediation_desk.gui.upstream_dialog import UpstreamDialog

PAUSE_MS = 0
"""The list follows each key; of keys that came while it was busy only the last counts."""

AT_ONCE = 1024
"""So many lines are there at once, however long the list is."""

_CHARACTERS = (15, 7, 7, 8, 7, 4, 8, 12)
_DUE = {DueIn.LATE: "已逾期", DueIn.TODAY: "今天到期", DueIn.WEEK: "七日内到期"}
_OPEN, _DONE, _HARD = "open", "done", "hard"


class CasesPage(QWidget):
    """Reads when it is shown and when something changed; Enter or a double click opens a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_CasesForm()
        self.ui.setupUi(self)
        self.model = CaseTableModel(desk, self)
        self._hits_delegate, self._usual_delegate = HitsDelegate(parent=self), QStyledItemDelegate(self)
        self._stale = True
        self._asked = 0
        self._these: frozenset[int] | None = None
        self._called = ""
        self._order = Order()
        self._background = Background(self)
        self._user_id = desk.user_id
        self._report: UpstreamDialog | None = None
        self._among: dict[tuple[str, str], frozenset[int]] = {}
        """What conditions about time and whose turn it is found, until something changes."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._prepare_table()
        self._fill_choices()
        self._saved = SavedFilters(desk, self, self.ui, self._conditions, self._use)
        self._several = SeveralCases(desk, self, self.ui, self.model)
        self._several.changed.connect(lambda _: self._show_count())
        self._number: int | None = None
        self._connect()
        self.setFocusProxy(self.ui.case_table)

    def search(self, text: str) -> None:
        """Show the cases that mention `text`, whatever else the list was narrowed by before."""
        self._show_conditions({"query": text.strip()})
        self.refresh()
        self.ui.case_table.setFocus()

    def show_these(self, cases: Iterable[int], called: str) -> None:
        """Show these cases and no others, until the conditions are cleared; `called` says what they are."""
        self._show_conditions({})
        self._these, self._called = frozenset(cases), called
        self.refresh()
        self.ui.case_table.setFocus()

    def refresh(self) -> None:
        """Read the list anew; the case that was selected stays selected.

        The first lines are shown at once. A list that goes on is read to its end meanwhile, on a thread of its own.
        """
        self._pause.stop()
        with telling(self):
            wanted, order = self._wanted(), self._order
            ids, count = self.desk.look(lambda records, _: _first_lines(records, wanted, order))
            selected = self.ui.case_table.currentIndex().data(Qt.ItemDataRole.UserRole)
            several = self._several.kept()
            self.model.show(ids, wanted.query.words)
            self._mark_hits(bool(wanted.query.words))
            self._stale = False
            self._asked += 1
            self._select(self.model.row_of(selected) if selected is not None else None)
            self._several.choose(several)
            self._count(count)
            self.ui.empty_text.setVisible(not ids)
            self.ui.case_table.setVisible(bool(ids))
            if len(ids) == AT_ONCE:
                self._read_on(wanted, order, selected, several)

    def _read_on(self, wanted: CaseFilter, order: Order, selected: int | None, several: frozenset[int]) -> None:
        asked, look, chosen_so_far = self._asked, self.desk.look, self._chosen

        def show_all(ids: "array[int]") -> None:
            if asked == self._asked:  # nobody wants another list by now
                is_untouched = self._chosen == chosen_so_far
                self.model.extend(ids)
                self._count(len(ids))
                if is_untouched and selected is not None:
                    self._select(self.model.row_of(selected))
                    self._several.choose(several)

        self._background.run(lambda: look(lambda records, _: records.cases.ids(wanted, order)), show_all)

    @property
    def _chosen(self) -> tuple[int | None, frozenset[int]]:
        return self.ui.case_table.currentIndex().data(Qt.ItemDataRole.UserRole), self._several.kept()

    def _mark_hits(self, wanted: bool) -> None:
        """Cells without marks are painted by Qt alone, which is much quicker."""
        delegate = self._hits_delegate if wanted else self._usual_delegate
        for column in SEARCHED:
            self.ui.case_table.setItemDelegateForColumn(column, delegate)

    def _count(self, count: int | None) -> None:
        self._number = count
        self._show_count()

    def _show_count(self) -> None:
        chosen = self._several.number
        several = f"，选中{chosen}件" if chosen > 1 else ""
        counted = "正在清点…" if self._number is None else f"共{self._number}件{several}"
        self.ui.count_text.setText(f"{counted}　{self._called}" if self._these is not None else counted)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column in SORTED_BY:
            self._order = Order(SORTED_BY[column], order is Qt.SortOrder.DescendingOrder)
            self.refresh()
        else:  # a column that cannot be sorted by shows no arrow
            back = next(place for place, key in SORTED_BY.items() if key is self._order.by)
            descending = Qt.SortOrder.DescendingOrder if self._order.descending else Qt.SortOrder.AscendingOrder
            header = self.ui.case_table.horizontalHeader()
            header.blockSignals(True)
            header.setSortIndicator(back, descending)
            header.blockSignals(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def leave(self) -> None:
        """Wait for a list that is still being read: the store goes soon."""
        self._close_report()
        self._background.finish()

    def _prepare_table(self) -> None:
        table = self.ui.case_table
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        character = table.fontMetrics().horizontalAdvance("案")
        for column, characters in enumerate(_CHARACTERS):
            table.horizontalHeader().resizeSection(column, characters * character)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSortIndicator(6, Qt.SortOrder.DescendingOrder)
        table.horizontalHeader().setSortIndicatorShown(True)
        table.horizontalHeader().setSectionsClickable(True)
        table.horizontalHeader().sortIndicatorChanged.connect(self._sort)

    def _fill_choices(self) -> None:
        stage = self.ui.stage
        stage.addItem("全部阶段", "")
        for group, label in ((_OPEN, "在办"), (_DONE, "已结")):
            stage.insertSeparator(stage.count())
            stage.addItem(label, group)
            for each in Stage:
                if (each in OPEN_STAGES) is (group == _OPEN):
                    stage.addItem(f"　{each.label}", each.value)
            if group == _OPEN:
                stage.addItem("　积案", _HARD)
        fill_codes(
            self.ui.dispute_kind, self.desk.rules.table("dispute_kind"), self.desk.now().date(), blank="全部类型"
        )
        self._offer_mediators()
        self._fill_times()
        fill_words(self.ui.waiting, [each for each in Waiting if each is not Waiting.NOBODY], blank="全部")

    def _fill_times(self) -> None:
        due = self.ui.due
        due.addItem("全部时限", "")
        for of_limits, about in ((True, "期限"), (False, "事项")):
            due.insertSeparator(due.count())
            for due_in, words in _DUE.items():
                due.addItem(f"{about}{words}", f"{'limit' if of_limits else 'other'} {due_in}")

    def _offer_mediators(self) -> None:
        combo, now_chosen = self.ui.mediator, self.ui.mediator.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem("全部", "")
        with telling(self):
            for mediator in self.desk.look(lambda records, _: records.mediators.all()):
                combo.addItem(mediator.name, mediator.id)
        combo.setCurrentIndex(max(combo.findData(now_chosen), 0))
        combo.blockSignals(False)

    def _connect(self) -> None:
        ui = self.ui
        ui.query.textChanged.connect(lambda: self._pause.start())
        for combo in self._combos:
            combo.currentIndexChanged.connect(self.refresh)
        for day in (ui.since, ui.until):
            day.editingFinished.connect(self._refresh_if_day_changed)
        ui.query.returnPressed.connect(self.refresh)
        ui.case_table.activated.connect(self._open)
        add_action(self, "清除筛选条件", "Ctrl+Shift+X", self._clear, ui.clear_button)
        add_action(
            self,
            "上级报表",
            "Ctrl+Shift+E",
            self.report_upstream,
            ui.upstream_button,
            needs=self.desk.needs(Right.PRINT, Right.FIGURES),
        )
        add_action(self, "转到案件列表", "Ctrl+L", ui.case_table.setFocus)
        self.desk.changed.connect(self._reread)

    def report_upstream(self) -> None:
        """Report the cases or the figures of a period to the systems above."""
        from mediation_desk.gui.upstream_dialog import UpstreamDialog

        with telling(self):
            if not self.desk.may(Right.FIGURES):
                self.desk.needs(Right.FULL_NUMBERS).check()
            self._close_report()
            self._report = UpstreamDialog(self.desk, self)
            self._report.show()

    def _close_report(self) -> None:
        if self._report is not None and isValid(self._report):
            self._report.close()
        self._report = None

    def _reread(self) -> None:
        self._stale = True
        self._among.clear()
        self._saved.refresh()
        if self.isVisible():
            self._offer_mediators()
            self.refresh()

    def _refresh_if_day_changed(self) -> None:
        field = self.sender()
        assert isinstance(field, QLineEdit)
        if field.isModified():
            field.setModified(False)
            self.refresh()

    def _wanted(self) -> CaseFilter:
        """What the conditions say. Raises `RuleBroken` at a day that cannot be read."""
        ui, today = self.ui, self.desk.now().date()
        stages = {_OPEN: OPEN_STAGES, _DONE: frozenset(Stage) - OPEN_STAGES, _HARD: OPEN_STAGES}
        stage = chosen(ui.stage)
        since, until = day_of(ui.since, today), day_of(ui.until, today)
        _refuse_a_reversed_period(since, until)
        return CaseFilter(
            query=self.desk.look(read_box, ui.query.text()),
            stages=frozenset(stages.get(stage) or ({stage} if stage else ())),
            dispute_kind=chosen(ui.dispute_kind),
            mediator_id=int(chosen(ui.mediator)) if chosen(ui.mediator) else None,
            since=since,
            until=until,
            among=self._found_otherwise(today),
        )

    def _found_otherwise(self, today: date) -> frozenset[int] | None:
        """Those of a figure, with that time limit, whose turn it is, or of long standing; None where none is asked for.

        Each is asked of the store once, and again only after a change, or on another day.
        """
        due, whom = chosen(self.ui.due), chosen(self.ui.waiting)
        hard = _HARD if chosen(self.ui.stage) == _HARD else ""
        found = [] if self._these is None else [self._these]
        for key, question in (
            ((due, str(today)), lambda records, act: _due_cases(records, act, due)),
            ((whom, ""), lambda records, act: cases_waiting(records, act, Waiting(whom))),
            ((hard, str(today)), hard_cases),
        ):
            if key[0]:
                if key not in self._among:
                    self._among[key] = self.desk.look(question)
                found.append(self._among[key])
        return frozenset.intersection(*found) if found else None

    @property
    def _combos(self) -> tuple[QComboBox, ...]:
        return self.ui.stage, self.ui.dispute_kind, self.ui.mediator, self.ui.due, self.ui.waiting

    def _select(self, row: int | None) -> None:
        """Choose one line and no other, whichever key is still held down."""
        if self.model.rowCount():
            one = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.ui.case_table.selectionModel().setCurrentIndex(self.model.index(row or 0, 0), one)

    def _open(self, index: QModelIndex) -> None:
        self.desk.case_wanted.emit(index.data(Qt.ItemDataRole.UserRole))

    # ---- conditions

    def _conditions(self) -> dict[str, Any]:
        ui = self.ui
        shown = {combo.objectName(): combo.currentData() for combo in self._combos}
        return shown | {field.objectName(): field.text() for field in (ui.query, ui.since, ui.until)}

    def _show_conditions(self, conditions: dict[str, Any]) -> None:
        self._these, self._called = None, ""
        for field in (self.ui.query, self.ui.since, self.ui.until):
            field.setText(str(conditions.get(field.objectName(), "")))
        for combo in self._combos:
            _choose_quietly(combo, conditions.get(combo.objectName(), ""))

    def _use(self, conditions: dict[str, Any]) -> None:
        self._show_conditions(conditions)
        self.refresh()

    def _clear(self) -> None:
        self._saved.show_name("")
        self.search("")
        self.ui.query.setFocus()


def _first_lines(records: Records, wanted: CaseFilter, order: Order) -> tuple["array[int]", int | None]:
    """The first ids of a list, and how many it has where that is known without reading it to the end."""
    ids = records.cases.ids(wanted, order, AT_ONCE)
    if len(ids) < AT_ONCE:
        return ids, len(ids)
    return ids, records.cases.count() if wanted == CaseFilter() else None


def _due_cases(records: Records, act: Act, due: str) -> frozenset[int]:
    about, _, due_in = due.partition(" ")
    return cases_due(records, act, DueIn(due_in), of_limits=about == "limit")


def _refuse_a_reversed_period(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise RuleBroken(Fault("起始日期晚于截止日期。", "since"))


def _choose_quietly(combo: QComboBox, code: str | int) -> None:
    """A condition that means nothing any more narrows nothing; who left or a code of old is still looked for."""
    combo.blockSignals(True)
    is_gone = combo.objectName() in ("due", "waiting") and combo.findData(code) < 0
    choose(combo, "" if is_gone else code)
    combo.blockSignals(False)
