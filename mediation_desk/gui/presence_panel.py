"""Who is here, who comes next, which posts stay empty, who can be called; checking people in and out."""

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.presence import LeaveKind
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_presence import Ui_PresencePanel
from mediation_desk.gui.line_model import LineModel, show_lines_in
from mediation_desk.gui.presence_lines import (
    CALL_COLUMNS,
    EMPTY_COLUMNS,
    PERSON_COLUMNS,
    call_line,
    coming_in_words,
    empty_line,
    nobody_in_words,
    nothing_empty_in_words,
    person_line,
)
from mediation_desk.services.attendance import check_in, check_out, take_back_check_in
from mediation_desk.services.who_is_here import Person, Presences, Whereabouts

_JUST_NOW = timedelta(minutes=10)
"""Who checked in this recently has hardly left again: the line was activated twice, or the wrong one."""


class PresencePanel(QWidget):
    """Shows what it was last given. `call_out_wanted` asks for a search among the people on call."""

    call_out_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_PresencePanel()
        self.ui.setupUi(self)
        self.on_duty = LineModel(PERSON_COLUMNS, self)
        self.empty_posts = LineModel(EMPTY_COLUMNS, self)
        self.call_list = LineModel(CALL_COLUMNS, self)
        show_lines_in(self.ui.on_duty, self.on_duty, self.ui.on_duty_empty)
        show_lines_in(self.ui.empty_posts, self.empty_posts, self.ui.empty_posts_empty)
        show_lines_in(self.ui.call_list, self.call_list, self.ui.call_list_empty)
        self.ui.presence_said.hide()
        self.ui.on_duty.activated.connect(self._come_or_leave_at)
        self.ui.empty_posts.activated.connect(lambda: desk.page_wanted.emit("roster"))
        self.ui.call_list.activated.connect(lambda: self.call_out_wanted.emit())
        add_action(
            self,
            "所选人员签到或签退",
            "F8",
            self._come_or_leave_selected,
            self.ui.check_in,
            needs=self.desk.needs(Right.DUTY),
        )
        add_action(
            self,
            "所选人员登记缺勤",
            "Shift+F8",
            self._note_absence,
            self.ui.note_absence,
            needs=self.desk.needs(Right.DUTY, Right.ROSTER),
        )
        add_action(
            self,
            "其他人签到、补登签到签退",
            "Ctrl+F8",
            self._check_in_other,
            self.ui.check_in_other,
            needs=self.desk.needs(Right.DUTY),
        )
        add_action(
            self, "呼叫随驻人员", "F7", self.call_out_wanted.emit, self.ui.call_out, needs=self.desk.needs(Right.ASSIGN)
        )

    def show_presences(self, presences: Presences) -> None:
        """Show who is where; the line that was chosen stays chosen."""
        today, rules = presences.half_day.day, self.desk.rules
        chosen = _person_at(self.ui.on_duty.currentIndex())
        self.on_duty.show([person_line(each, rules) for each in presences.people])
        self.call_list.show([call_line(each, rules) for each in presences.call_list])
        self.empty_posts.show([empty_line(each, today) for each in presences.empty])
        for row, each in enumerate(presences.people):
            if chosen is not None and each.mediator.id == chosen.mediator.id:
                self.ui.on_duty.setCurrentIndex(self.on_duty.index(row, 0))
        self.ui.coming.setText(coming_in_words(presences.coming, today))
        self.ui.on_duty_empty.setText(nobody_in_words(presences))
        self.ui.empty_posts_empty.setText(nothing_empty_in_words(presences))
        self.ui.check_in.setEnabled(bool(presences.people))
        self.ui.note_absence.setEnabled(bool(presences.people))
        self.ui.call_out.setEnabled(bool(presences.call_list))
        for block, model in ((self.ui.empty_posts_block, self.empty_posts), (self.ui.call_list_block, self.call_list)):
            self.ui.people_layout.setStretchFactor(block, 2 if model.lines else 0)  # else its room goes to the others

    def _selected(self) -> Person | None:
        """Who is chosen. Where nobody is, the next press of the key is about the first line."""
        person = _person_at(self.ui.on_duty.currentIndex())
        if person is None:
            self.ui.on_duty.setFocus()
            self.ui.on_duty.setCurrentIndex(self.on_duty.index(0, 0))
        return person

    def _come_or_leave_at(self, index: QModelIndex) -> None:
        person = _person_at(index)
        if person is not None:
            self._come_or_leave(person)

    def _come_or_leave_selected(self) -> None:
        person = self._selected()
        if person is not None:
            self._come_or_leave(person)

    def _come_or_leave(self, person: Person) -> None:
        """Who is not here checks in, who is here checks out; who came just now may have been a mistake."""
        if person.whereabouts is not Whereabouts.HERE or person.since is None:
            self._check_in(person)
        elif self.desk.now() - person.since < _JUST_NOW:
            name, came = person.mediator.name, show_time(person.since.time())
            question = f"{name}{came}刚签到。撤销这次签到？（要登记离开，请用“其他、补登”。）"
            ask(self, question, "撤销签到", lambda: self._take_back(person))
        else:
            self._check_out(person)

    def _check_in(self, person: Person) -> None:
        with telling(self):
            said = self.desk.do(check_in, _id_of(person)).said
            self._say(" ".join((f"{person.mediator.name}已签到。", *said)))

    def _check_out(self, person: Person) -> None:
        with telling(self):
            left_at = self.desk.do(check_out, _id_of(person)).left_at
            self._say(f"{person.mediator.name}{show_time(left_at.time() if left_at else None)}签退。")

    def _take_back(self, person: Person) -> None:
        with telling(self):
            self.desk.do(take_back_check_in, _id_of(person))
            self._say(f"{person.mediator.name}的签到已撤销。")

    def _note_absence(self) -> None:
        from mediation_desk.gui.leave_dialog import LeaveDialog  # not needed at the start

        person = self._selected()
        if person is not None:
            with telling(self):
                half_day = HalfDay.of(self.desk.now())
                kind = LeaveKind.ABSENCE
                LeaveDialog(self.desk, _id_of(person), self, half_day, kind, leads_to_roster=True).open()

    def _check_in_other(self) -> None:
        from mediation_desk.gui.check_in_dialog import CheckInDialog  # not needed at the start

        with telling(self):
            person = _person_at(self.ui.on_duty.currentIndex())
            dialog = CheckInDialog(self.desk, self, person.mediator.id if person else None)
            dialog.said.connect(self._say)
            dialog.open()

    def _say(self, sentence: str) -> None:
        self.ui.presence_said.setText(sentence)
        self.ui.presence_said.show()


def _person_at(index: QModelIndex) -> Person | None:
    person = index.data(Qt.ItemDataRole.UserRole)
    return person if isinstance(person, Person) else None


def _id_of(person: Person) -> int:
    assert person.mediator.id is not None
    return person.mediator.id
