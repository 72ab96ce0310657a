"""Records what parties said to mediation, or that they could not be reached."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.errors import Fault, RuleBroken, refuse_unless
from mediation_desk.gui.case_dialog import CaseDialog, offer_parties
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, fill_codes, fill_words, needed_day_of, time_of
from mediation_desk.gui.form_content import text_of
from mediation_desk.gui.forms.ui_willingness import Ui_WillingnessForm
from mediation_desk.gui.tick_list import ticked_people
from mediation_desk.services.intake import ask_willingness


class WillingnessDialog(CaseDialog):
    """One answer of one or several parties; those who have not answered yet are ticked."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_WillingnessForm()
        self.ui.setupUi(self)
        offer_parties(
            self.ui.willing_parties,
            case,
            [party.no for party in case.parties if case.answer_of(party.no) is Answer.UNDECIDED],
        )
        fill_words(self.ui.answer, Answer, blank="请选择")
        fill_codes(self.ui.channel, desk.rules.table("channel"), self.today)
        self.ui.asked_on.setText(show_day(self.today))
        self.ui.asked_at.setText(show_time(desk.now().time()))
        self.wire(self.ui)

    def record(self) -> None:
        ui, party_nos = self.ui, ticked_people(self.ui.willing_parties)
        refuse_unless(party_nos, "请勾选当事人。", "willing_parties")
        refuse_unless(chosen(ui.answer), "请选择答复。", "answer")
        day, time = needed_day_of(ui.asked_on, self.today), time_of(ui.asked_at)
        if time is None:
            raise RuleBroken(Fault("请填写时间。", "asked_at"))
        self.desk.do(
            ask_willingness,
            self.case_id,
            party_nos,
            Answer(chosen(ui.answer)),
            asked_at=datetime.combine(day, time),
            channel=chosen(ui.channel),
            remark=text_of(ui.willingness_note),
        )
