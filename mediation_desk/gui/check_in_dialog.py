"""Checking in somebody who was not planned, and making good what was forgotten: any person, any time."""

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.fields import choose, chosen, fill_words, needed_day_of, time_of
from mediation_desk.gui.forms.ui_check_in import Ui_CheckInForm
from mediation_desk.gui.leave_dialog import ROOM_FOR_BUTTONS
from mediation_desk.services.attendance import check_in, check_out, take_back_check_in


class Step(Labelled):
    IN = "in", "签到"
    OUT = "out", "签退"
    BACK = "back", "撤销签到（登记错了）"


class CheckInDialog(EditDialog):
    """Emits `said` with what is to be told once it is recorded."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, mediator_id: int | None = None) -> None:
        form = CheckInForm(desk.rules, desk.now(), desk.look(lambda records, _: records.mediators.all()))
        choose(form.ui.mediator, mediator_id)
        super().__init__("签到、签退补登", form, self._record, parent)
        self.desk, self._form = desk, form
        self.resize(self.width(), form.sizeHint().height() + ROOM_FOR_BUTTONS)

    def _record(self) -> None:
        form = self._form
        who, name = form.person()
        match Step(chosen(form.ui.attendance_step)):
            case Step.IN:
                remarks = self.desk.do(check_in, who, at=form.moment()).said
                self.said.emit(" ".join([f"{name}已签到。", *remarks]))
            case Step.OUT:
                self.desk.do(check_out, who, at=form.moment())
                self.said.emit(f"{name}已签退。")
            case Step.BACK:
                self.desk.do(take_back_check_in, who, day=form.day())
                self.said.emit(f"{name}的签到已撤销。")


class CheckInForm(QWidget):
    """Who, what, on which day and when; begins with now."""

    def __init__(self, rules: Rules, now: datetime, mediators: Iterable[Mediator]) -> None:
        super().__init__()
        self.ui = Ui_CheckInForm()
        self.ui.setupUi(self)
        self._now = now
        self._names: dict[int, str] = {}
        professions = rules.table("mediator_profession")
        for each in mediators:
            if each.id is not None and each.is_active(now.date()):
                self._names[each.id] = each.name
                about = "，".join(filter(None, (professions.label(each.profession), each.unit)))
                self.ui.mediator.addItem(f"{each.name}（{about}）" if about else each.name, each.id)
        fill_words(self.ui.attendance_step, Step)
        self.ui.day.setText(show_day(now.date()))
        self.ui.at.setText(show_time(now.time()))
        self.ui.check_in_hint.setText("忘了签退的，选“签退”，写那天的日期和离开的时间。")

    def person(self) -> tuple[int, str]:
        """(id, name) of who was chosen."""
        mediator_id = chosen(self.ui.mediator)
        refuse_unless(mediator_id, "名册里还没有人。请先到“调解员”页添加。", "mediator")
        return int(mediator_id), self._names[int(mediator_id)]

    def day(self) -> date:
        return needed_day_of(self.ui.day, self._now.date())

    def moment(self) -> datetime:
        """The moment typed. Raises `RuleBroken` at the field that cannot be read."""
        day, at = self.day(), time_of(self.ui.at)
        if at is None:
            raise RuleBroken(Fault("请填写时间。", "at"))
        return datetime.combine(day, at)
