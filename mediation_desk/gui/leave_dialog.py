"""Leave of one mediator, or an absence that is noted afterwards: from when to when, why, and who stands in."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.presence import LeaveKind
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.errors import tell
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes, fill_words, needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_leave import Ui_LeaveForm
from mediation_desk.services.presence import LeaveAsked, note_absence, take_leave

ROOM_FOR_BUTTONS = 72
_TITLES = {LeaveKind.LEAVE: "请假", LeaveKind.ABSENCE: "登记缺勤"}


class LeaveDialog(EditDialog):
    """Records leave, or with `kind` an absence. What has to be said of it stands in a box over `parent`.

    `leads_to_roster`: where shifts are lost, the box leads to their month.
    """

    def __init__(
        self,
        desk: Desk,
        mediator_id: int,
        parent: QWidget,
        half_day: HalfDay | None = None,
        kind: LeaveKind = LeaveKind.LEAVE,
        *,
        leads_to_roster: bool = False,
    ) -> None:
        mediators = desk.look(lambda records, _: records.mediators.all())
        mediator = next(each for each in mediators if each.id == mediator_id)
        form = LeaveForm(desk.rules, desk.now().date(), mediator, mediators)
        form.begin(half_day)
        super().__init__(f"{_TITLES[kind]}：{mediator.name}", form, self._record, parent)
        self.desk, self.kind = desk, kind
        self._leads_to_roster = leads_to_roster
        self._form, self._place = form, parent
        self.resize(self.width(), form.sizeHint().height() + ROOM_FOR_BUTTONS)

    def _record(self) -> None:
        service = take_leave if self.kind is LeaveKind.LEAVE else note_absence
        _, said, lost = self.desk.do(service, self._form.asked())
        if lost and self._leads_to_roster:
            show = partial(self.desk.month_wanted.emit, lost[0].half_day.day)
            ask(self._place, "\n".join(said), "到排班页", show, otherwise="知道了")
        elif said:
            tell(self._place, "\n".join(said))


class LeaveForm(QWidget):
    """The fields of leave, read back as it is asked."""

    def __init__(self, rules: Rules, today: date, mediator: Mediator, mediators: Iterable[Mediator]) -> None:
        super().__init__()
        assert mediator.id is not None
        self.ui = Ui_LeaveForm()
        self.ui.setupUi(self)
        self._today, self._mediator_id = today, mediator.id
        for half in (self.ui.first_half, self.ui.last_half):
            fill_words(half, Half)
        choose(self.ui.last_half, Half.PM)
        fill_codes(self.ui.reason, rules.table("absence_reason"), today)
        self.ui.substitute.addItem("", "")
        professions = rules.table("mediator_profession")
        for each in mediators:
            if each.id != mediator.id and each.is_active(today):
                about = "，".join(filter(None, (each.presence.label, professions.label(each.profession))))
                self.ui.substitute.addItem(f"{each.name}（{about}）", each.id)

    def begin(self, half_day: HalfDay | None) -> None:
        """Begin with one half-day, or with the whole of today."""
        self.ui.first_day.setText(show_day(half_day.day if half_day else self._today))
        if half_day is not None:
            choose(self.ui.first_half, half_day.half)
            choose(self.ui.last_half, half_day.half)
        self.ui.first_day.selectAll()

    def asked(self) -> LeaveAsked:
        """What the fields say. Raises `RuleBroken` at a day that cannot be read."""
        substitute = chosen(self.ui.substitute)
        return LeaveAsked(
            mediator_id=self._mediator_id,
            first_day=needed_day_of(self.ui.first_day, self._today),
            first_half=Half(chosen(self.ui.first_half)),
            last_day=day_of(self.ui.last_day, self._today),
            last_half=Half(chosen(self.ui.last_half)),
            reason=chosen(self.ui.reason),
            note=text_of(self.ui.leave_note),
            substitute_id=int(substitute) if substitute else None,
        )
