"""案件: the list of cases, narrowed by what the clerk looks for; conditions used often are kept under a name."""

import json
from array import array
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QSettings, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QStyledItemDelegate, QWidget

from mediation_desk.domain.errors import Fault, RuleBroken
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.backlog_dialog import BacklogDialog
from mediation_desk.gui.case_table_model import SEARCHED, SORTED_BY, CaseTableModel
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes
from mediation_desk.gui.forms.ui_cases import Ui_CasesForm
from mediation_desk.gui.hits_delegate import HitsDelegate
from mediation_desk.services.search import read_box
from mediation_desk.store.cases import CaseFilter, Order
from mediation_desk.store.records import Records

PAUSE_MS = 0
"""The list follows each key; of keys that came while it was busy only the last counts."""

AT_ONCE = 1024
"""So many lines are there at once, however long the list is."""

_CHARACTERS = (15, 7, 7, 8, 7, 4, 8, 12)
_OPEN, _DONE = "open", "done"


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
        self._order = Order()
        self._background = Background(self)
        self._user_id = desk.user_id
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._prepare_table()
        self._fill_choices()
        self._show_saved_filters()
        self._connect()
        self.setFocusProxy(self.ui.case_table)

    def search(self, text: str) -> None:
        """Show the cases that mention `text`, whatever else the list was narrowed by before."""
        self._show_conditions({"query": text.strip()})
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
            self.model.show(ids, wanted.query.words)
            self._mark_hits(bool(wanted.query.words))
            self._stale = False
            self._asked += 1
            self._select(self.model.row_of(selected) if selected is not None else None)
            self._count(count)
            self.ui.empty_text.setVisible(not ids)
            self.ui.case_table.setVisible(bool(ids))
            if len(ids) == AT_ONCE:
                self._read_on(wanted, order, selected)

    def _read_on(self, wanted: CaseFilter, order: Order, selected: int | None) -> None:
        asked, look = self._asked, self.desk.look

        def show_all(ids: "array[int]") -> None:
            if asked == self._asked:  # nobody wants another list by now
                self.model.extend(ids)
                self._count(len(ids))
                if selected is not None:
                    self._select(self.model.row_of(selected))

        self._background.run(lambda: look(lambda records, _: records.cases.ids(wanted, order)), show_all)

    def _mark_hits(self, wanted: bool) -> None:
        """Cells without marks are painted by Qt alone, which is much quicker."""
        delegate = self._hits_delegate if wanted else self._usual_delegate
        for column in SEARCHED:
            self.ui.case_table.setItemDelegateForColumn(column, delegate)

    def _count(self, count: int | None) -> None:
        self.ui.count_text.setText("正在清点…" if count is None else f"共{count}件")

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
        fill_codes(
            self.ui.dispute_kind, self.desk.rules.table("dispute_kind"), self.desk.now().date(), blank="全部类型"
        )
        self._offer_mediators()

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
        for combo in (ui.stage, ui.dispute_kind, ui.mediator):
            combo.currentIndexChanged.connect(self.refresh)
        for day in (ui.since, ui.until):
            day.editingFinished.connect(self._refresh_if_day_changed)
        ui.query.returnPressed.connect(self.refresh)
        ui.case_table.activated.connect(self._open)
        ui.saved_filter.activated.connect(self._use_saved_filter)
        add_action(self, "保存筛选条件", "Ctrl+S", self._save_filter, ui.save_filter_button)
        add_action(self, "删除筛选条件", "Ctrl+Shift+D", self._drop_filter, ui.drop_filter_button)
        add_action(self, "清除筛选条件", "Ctrl+Shift+X", self._clear, ui.clear_button)
        add_action(
            self,
            "批量指派",
            "Ctrl+Shift+G",
            lambda: BacklogDialog(self.desk, self).open(),
            ui.backlog_button,
            needs=self.desk.needs(Right.ASSIGN),
        )
        add_action(self, "转到案件列表", "Ctrl+L", ui.case_table.setFocus)
        self.desk.changed.connect(self._reread)

    def _reread(self) -> None:
        self._stale = True
        if self._user_id != self.desk.user_id:
            self._user_id = self.desk.user_id
            self._show_saved_filters()
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
        stages = {_OPEN: OPEN_STAGES, _DONE: frozenset(Stage) - OPEN_STAGES}
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
        )

    def _select(self, row: int | None) -> None:
        if self.model.rowCount():
            self.ui.case_table.selectRow(row or 0)

    def _open(self, index: QModelIndex) -> None:
        self.desk.case_wanted.emit(index.data(Qt.ItemDataRole.UserRole))

    # ---- conditions, and those kept under a name

    def _conditions(self) -> dict[str, Any]:
        ui = self.ui
        combos = {combo.objectName(): combo.currentData() for combo in (ui.stage, ui.dispute_kind, ui.mediator)}
        return combos | {field.objectName(): field.text() for field in (ui.query, ui.since, ui.until)}

    def _show_conditions(self, conditions: dict[str, Any]) -> None:
        for field in (self.ui.query, self.ui.since, self.ui.until):
            field.setText(str(conditions.get(field.objectName(), "")))
        for combo in (self.ui.stage, self.ui.dispute_kind, self.ui.mediator):
            _choose_quietly(combo, conditions.get(combo.objectName(), ""))

    def _clear(self) -> None:
        self.ui.saved_filter.setEditText("")
        self.search("")
        self.ui.query.setFocus()

    def _save_filter(self) -> None:
        name = self.ui.saved_filter.currentText().strip()
        with telling(self):
            if not name:
                raise RuleBroken(Fault("请先为这组条件起个名字。", "saved_filter"))
            self._keep_filters(self._saved_filters() | {name: self._conditions()})
            self.ui.saved_filter.setCurrentText(name)

    def _drop_filter(self) -> None:
        kept = self._saved_filters()
        kept.pop(self.ui.saved_filter.currentText().strip(), None)
        self._keep_filters(kept)

    def _use_saved_filter(self) -> None:
        conditions = self._saved_filters().get(self.ui.saved_filter.currentText())
        if conditions is not None:
            self._show_conditions(conditions)
            self.refresh()

    def _saved_filters(self) -> dict[str, dict[str, Any]]:
        kept: dict[str, dict[str, Any]] = json.loads(str(QSettings().value(self._settings_key(), "{}")))
        return kept

    def _keep_filters(self, filters: dict[str, dict[str, Any]]) -> None:
        QSettings().setValue(self._settings_key(), json.dumps(filters, ensure_ascii=False))
        self._show_saved_filters()

    def _settings_key(self) -> str:
        [uid] = [user.uid for user in self.desk.centre.users if user.id == self.desk.user_id]
        return f"saved_filters/{uid}"

    def _show_saved_filters(self) -> None:
        self.ui.saved_filter.clear()
        self.ui.saved_filter.addItems(sorted(self._saved_filters()))
        self.ui.saved_filter.setEditText("")


def _first_lines(records: Records, wanted: CaseFilter, order: Order) -> tuple["array[int]", int | None]:
    """The first ids of a list, and how many it has where that is known without reading it to the end."""
    ids = records.cases.ids(wanted, order, AT_ONCE)
    if len(ids) < AT_ONCE:
        return ids, len(ids)
    return ids, records.cases.count() if wanted == CaseFilter() else None


def _refuse_a_reversed_period(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise RuleBroken(Fault("起始日期晚于截止日期。", "since"))


def _choose_quietly(combo: QComboBox, code: str | int) -> None:
    combo.blockSignals(True)
    choose(combo, code)
    combo.blockSignals(False)
