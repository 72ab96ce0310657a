"""A party says what it thought of the service; nothing is chosen for it."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rating import CHANNELS, LEVELS, NO_ANSWER
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import needed_day_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_rating import Ui_RatingForm
from mediation_desk.services.ratings import record_rating

_CHOOSE = "请选择"


class RatingDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_RatingForm()
        self.ui.setupUi(self)
        self.ui.rated_by.addItem(_CHOOSE, None)
        for party in case.parties:
            self.ui.rated_by.addItem(f"{party.name}（{party.side.label}）", party.no)
        self.ui.level.addItem(_CHOOSE, None)
        for code in desk.rules.table(LEVELS).codes:
            self.ui.level.addItem(code.label, code.code)
        self.ui.level.addItem(NO_ANSWER, "")
        self.ui.channel.addItem(_CHOOSE, "")
        for channel in CHANNELS:
            self.ui.channel.addItem(channel, channel)
        self.ui.rated_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            record_rating,
            self.case_id,
            self.ui.rated_by.currentData(),
            self.ui.level.currentData(),
            rated_on=needed_day_of(self.ui.rated_on, self.today),
            channel=self.ui.channel.currentData(),
            comment=text_of(self.ui.comment),
        )
