"""Hands all open cases of a mediator over: a proposal for each, changed where the director knows better."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.mediator import Mediator
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import day_of
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_hand_over import Ui_HandOverForm
from mediation_desk.gui.giving_out import GivingOut
from mediation_desk.services.act import Act
from mediation_desk.services.backlog import Tasks
from mediation_desk.services.hand_over import HandOver, cases_to_hand_over, hand_over
from mediation_desk.store.records import Records


class HandOverDialog(GivingOut):
    """Every case needs a taker; who was responsible until then stays to be read."""

    nothing = "名下没有未办结的案件。"
    doing = "移交"

    def __init__(self, desk: Desk, mediator: Mediator, parent: QWidget) -> None:
        self.ui = Ui_HandOverForm()
        super().__init__(desk, self.ui, parent, can_wait=False)
        assert mediator.id is not None
        self._mediator_id: int = mediator.id
        self.ui.leaver_text.setText(f"{mediator.name}名下未办结的案件全部移交给其他人，办过的记录保留。")
        self.work_out(self._read)

    def _read(self, records: Records, act: Act) -> Tasks:
        return cases_to_hand_over(records, act, self._mediator_id)

    def is_ready(self) -> bool:
        return True

    def record(self) -> None:
        wanted = HandOver(
            mediator_id=self._mediator_id,
            reason=line_of(self.ui.hand_over_reason),
            takers=self.model.takers(),
            left_on=day_of(self.ui.hand_over_left_on, self.today),
        )
        self.desk.do(hand_over, wanted)
