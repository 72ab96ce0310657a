"""调解员: the directory, who is who, when they are here, by whom they are appointed and how much they have to do."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import EditedMeanwhile
from mediation_desk.domain.half_day import WEEKDAY_LABELS, WEEKDAYS
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.forms.ui_mediators import Ui_MediatorsPage
from mediation_desk.gui.hand_over_dialog import HandOverDialog
from mediation_desk.gui.leave_panel import LeavePanel
from mediation_desk.gui.ledger_dialog import LedgerDialog
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.mediator_form import MediatorForm
from mediation_desk.services.act import Act
from mediation_desk.services.directory import remarks_on, save_mediator
from mediation_desk.store.records import Records

_COLUMNS = ("姓名", "职业身份", "单位", "驻点", "到岗或呼叫时间", "聘任", "在办", "电话")
_IN, _OUT = "in", "out"
_DAY_NAMES = dict(zip(WEEKDAYS, WEEKDAY_LABELS, strict=True))


class MediatorsPage(QWidget):
    """Typing in the box filters at once, without asking the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_MediatorsPage()
        self.ui.setupUi(self)
        for label, state in (("在册", _IN), ("已离册", _OUT), ("全部", "")):
            self.ui.filter_state.addItem(label, state)
        self.model = LineModel(_COLUMNS, self)
        self.ui.mediators.setModel(self.model)
        self.ui.mediators.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._mediators: Sequence[Mediator] = ()
        self._open_cases: dict[int, int] = {}
        self._shown_id: int | None = None
        self.leave_panel = LeavePanel(desk)
        self.ui.person_tabs.addTab(self.leave_panel, "请假、缺勤")
        self.ui.people_and_person.setStretchFactor(0, 3)
        self.ui.people_and_person.setStretchFactor(1, 1)
        self.ui.filter_text.textChanged.connect(self._filter)
        self.ui.filter_state.currentIndexChanged.connect(self._filter)
        self.ui.mediators.activated.connect(self._change)
        self.ui.mediators.selectionModel().currentRowChanged.connect(lambda: self._show_person())
        add_action(
            self, "添加调解员", "Ctrl+Shift+A", self.add, self.ui.add_mediator, needs=self.desk.needs(Right.DIRECTORY)
        )
        add_action(
            self,
            "修改所选调解员",
            "F2",
            self._change_selected,
            self.ui.change_mediator,
            needs=self.desk.needs(Right.DIRECTORY),
        )
        add_action(
            self,
            "移交所选调解员的案件",
            "Ctrl+Shift+H",
            self._hand_over,
            self.ui.hand_over_cases,
            needs=self.desk.needs(Right.ASSIGN),
        )
        add_action(self, "台账", "Ctrl+L", self.show_ledger, self.ui.show_ledger, needs=self.desk.needs(Right.FIGURES))
        add_action(self, "筛选调解员", "Ctrl+F", self.ui.filter_text.setFocus)
        desk.changed.connect(self._refresh_if_shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        with telling(self):
            self._mediators, self._open_cases = self.desk.look(_all_and_open_cases)
            self._filter()
            self._show_person(again=True)

    def show_ledger(self) -> None:
        """Show what everybody carried, was asked and did."""
        LedgerDialog(self.desk, self).open()

    def add(self) -> None:
        self._edit(Mediator(uid=self.desk.new_uid(), name=""))

    def chosen(self) -> Mediator | None:
        """Who is chosen in the list."""
        mediator_id = self.ui.mediators.currentIndex().data(Qt.ItemDataRole.UserRole)
        return next((each for each in self._mediators if each.id == mediator_id), None)

    def _show_person(self, *, again: bool = False) -> None:
        """Show what belongs to who is chosen now; the store is asked only where that is another, or `again`."""
        person = self.chosen()
        if not again and person is not None and person.id == self._shown_id:
            return
        self._shown_id = person.id if person is not None else None
        with telling(self):
            names = {each.id: each.name for each in self._mediators if each.id is not None}
            self.leave_panel.show_mediator(person, names)

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _change(self, index: QModelIndex) -> None:
        mediator_id = index.data(Qt.ItemDataRole.UserRole)
        with telling(self):
            self._edit(self.desk.look(lambda records, _: records.mediators.get(mediator_id)))

    def _change_selected(self) -> None:
        index = self.ui.mediators.currentIndex()
        if index.isValid():
            self._change(index)

    def _hand_over(self) -> None:
        person = self.chosen()
        if person is not None:
            HandOverDialog(self.desk, person, self).open()

    def _edit(self, mediator: Mediator) -> None:
        form = MediatorForm(self.desk.rules, self.desk.now().date(), self.desk.centre.committees, mediator)
        title = "添加调解员" if mediator.id is None else f"修改调解员：{mediator.name}"
        EditDialog(title, form, lambda: self._save(form, mediator), self, form.fields).open()

    def _save(self, form: MediatorForm, was: Mediator) -> None:
        try:
            remarks = remarks_on(self.desk.do(save_mediator, form.mediator(), None if was.id is None else was))
        except EditedMeanwhile as edited:
            for name, value in edited.theirs.items():  # seen now: what is saved after this is meant so
                setattr(was, name, value)
            raise
        if remarks:
            tell(self, "\n".join(remarks))

    def _filter(self) -> None:
        today = self.desk.now().date()
        words = self.ui.filter_text.text().split()
        state = self.ui.filter_state.currentData()
        shown = [
            mediator
            for mediator in self._mediators
            if (not state or mediator.is_active(today) is (state == _IN)) and self._mentions(mediator, words)
        ]
        chosen = self.ui.mediators.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.model.show([self._line(mediator, today) for mediator in shown])
        for row, mediator in enumerate(shown):
            if mediator.id == chosen:
                self.ui.mediators.setCurrentIndex(self.model.index(row, 0))
        self._show_person()
        self.ui.mediators.setVisible(bool(shown))
        self.ui.mediators_empty.setVisible(not shown)
        self.ui.mediators_empty.setText(
            "没有符合条件的调解员。请改一改筛选条件。"
            if self._mediators
            else "名册还是空的。请按“添加”登记第一位调解员。"
        )
        self.ui.mediators_summary.setText(f"共{len(shown)}人")

    def _mentions(self, mediator: Mediator, words: Sequence[str]) -> bool:
        tables = self.desk.rules.tables
        text = "\n".join(
            [
                mediator.name,
                mediator.unit,
                mediator.phone,
                mediator.presence.label,
                *(tables["mediator_profession"].label(code) for code in mediator.professions),
                *(tables["dispute_kind"].full_label(code) for code in mediator.specialities),
                *mediator.languages,
            ]
        )
        return all(word in text for word in words)

    def _line(self, mediator: Mediator, today: date) -> Line:
        assert mediator.id is not None
        cells = (
            mediator.name,
            self.desk.rules.table("mediator_profession").label(mediator.profession),
            mediator.unit,
            mediator.presence.label,
            when_in_words(mediator),
            self._appointment_in_words(mediator, today),
            str(self._open_cases.get(mediator.id, 0)),
            mediator.phone,
        )
        return Line(cells, mediator.id)

    def _appointment_in_words(self, mediator: Mediator, today: date) -> str:
        current = []
        for appointment in mediator.appointments:
            committee = self.desk.centre.committee(appointment.committee_id)
            if committee and appointment.covers(today):
                current.append(f"{committee.short_name}·{appointment.kind.label}")
        if current:
            return "、".join(current)
        if any(appointment.since > today for appointment in mediator.appointments):
            return "聘期未到"
        return "聘期已满" if mediator.appointments else "未聘任"


def when_in_words(mediator: Mediator) -> str:
    """When somebody comes or can be called: "周一、周三上午", "开放时都在", "呼叫次序1，8:30至18:00"."""
    week = _week_in_words(mediator)
    match mediator.presence:
        case Presence.STANDING:
            return week or "开放时都在"
        case Presence.ROTATING:
            return week or "按排班"
        case Presence.ON_CALL:
            first, last = show_time(mediator.call_from), show_time(mediator.call_until)
            hours = f"{first}至{last}" if first and last else ""
            return "，".join(filter(None, (f"呼叫次序{mediator.call_order}", week, hours)))


def _week_in_words(mediator: Mediator) -> str:
    days = []
    for day, name in _DAY_NAMES.items():
        morning, afternoon = f"{day}_am" in mediator.weekly_pattern, f"{day}_pm" in mediator.weekly_pattern
        if morning or afternoon:
            half = "" if morning and afternoon else ("上午" if morning else "下午")
            days.append(f"周{name}{half}")
    return "、".join(days)


def _all_and_open_cases(records: Records, _: Act) -> tuple[list[Mediator], dict[int, int]]:
    return records.mediators.all(), records.mediators.open_cases()
