"""Begins a call-out: what for, how soon, and whom to call in which order."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from mediation_desk.domain.call_out import Urgency
from mediation_desk.domain.call_out_flow import terms_of
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, fill_codes, fill_words
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_call_out_begin import Ui_CallOutBeginForm
from mediation_desk.gui.tick_list import ticked_people
from mediation_desk.services.call_out import CallListEntry, CallOutWish, begin_call_out, call_list

_WAYS = (("", "按设置"), ("1", "逐个呼叫"), ("2", "两人一组"), ("0", "全部同时"))


class CallOutBeginDialog(QDialog):
    """Emits `begun` with the id of the search once the first calls are noted."""

    begun = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, case_id: int | None = None, purpose: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._case_id = desk, case_id
        self._uid = desk.new_uid()
        self.ui = ui = Ui_CallOutBeginForm()
        ui.setupUi(self)
        ui.purpose.setText(purpose)
        fill_words(ui.urgency, Urgency)
        choose(ui.urgency, Urgency.NORMAL)
        for code, way in _WAYS:
            ui.at_a_time.addItem(way, code)
        fill_codes(ui.profession, desk.rules.table("mediator_profession"), desk.now().date(), blank="不限")
        ui.profession.currentIndexChanged.connect(self._offer)
        ui.urgency.currentIndexChanged.connect(self._say_terms)
        add_action(self, "上移", "Alt+Up", lambda: self._move(-1), ui.up_button)
        add_action(self, "下移", "Alt+Down", lambda: self._move(1), ui.down_button)
        add_action(self, "开始呼叫", "Ctrl+Return", self.save, ui.save_button)
        ui.cancel_button.clicked.connect(self.reject)
        self._say_terms()
        self._offer()
        take_room(self, ui.fields)

    def save(self) -> None:
        """Begin the search, or say at its field what is missing."""
        ui = self.ui
        way = str(ui.at_a_time.currentData())
        wish = CallOutWish(
            uid=self._uid,
            purpose=line_of(ui.purpose),
            order=ticked_people(ui.order),
            urgency=Urgency(chosen(ui.urgency)),
            profession=chosen(ui.profession),
            case_id=self._case_id,
            at_a_time=int(way) if way else None,
        )
        with telling(self):
            call_out = self.desk.do(begin_call_out, wish)
            self.accept()
            assert call_out.id is not None
            self.begun.emit(call_out.id)

    def _offer(self) -> None:
        """The people on call, those who can be called now first and ticked."""
        field = self.ui.order
        field.clear()
        people = self.desk.look(call_list, case_id=self._case_id, profession=chosen(self.ui.profession))
        for person in people:
            item = QListWidgetItem(_in_words(person, self.desk.rules.table("mediator_profession").label))
            item.setData(Qt.ItemDataRole.UserRole, str(person.mediator_id))
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Unchecked if person.why_not else Qt.CheckState.Checked)
            field.addItem(item)
        if people:
            field.setCurrentRow(0)

    def _say_terms(self) -> None:
        terms = terms_of(Urgency(chosen(self.ui.urgency)), self.desk.rules)
        together = f"{terms.at_a_time}人一组" if terms.at_a_time else "全部同时"
        way = "逐个呼叫" if terms.at_a_time == 1 else together
        self.ui.at_a_time.setItemText(0, f"按设置：{way}，每次等{terms.minutes}分钟")

    def _move(self, by: int) -> None:
        field = self.ui.order
        row = field.currentRow()
        if 0 <= row < field.count() and 0 <= row + by < field.count():
            field.insertItem(row + by, field.takeItem(row))
            field.setCurrentRow(row + by)


def _in_words(person: CallListEntry, profession: Callable[[str], str]) -> str:
    """One line of the list: who, how to reach them, how long they take, what to know before calling."""
    told = [
        f"{person.name}　{person.phone or '没有电话'}",
        "，".join(filter(None, [profession(person.profession), person.unit])),
        f"约定{person.response_minutes}分钟内答复" if person.response_minutes is not None else "",
        f"路程{person.travel_minutes}分钟" if person.travel_minutes is not None else "路程未登记",
        f"近期呼叫{person.recent}次",
        f"本案适合度{person.points}分" if person.points else "",
        "连续几次未答复" if person.silent else "",
        f"现在不能呼叫：{person.why_not}" if person.why_not else "",
    ]
    return "　".join(filter(None, told))
