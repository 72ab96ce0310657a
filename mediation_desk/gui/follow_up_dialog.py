"""Records a follow-up (D10) in a person's own words."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import parse_day, show_day
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_follow_up import Ui_FollowUpForm
from mediation_desk.services.afterwards import follow_up


class FollowUpDialog(CaseDialog):
    """Offers the planned ones that nobody made yet, the earliest first, and one outside the plan."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_FollowUpForm()
        self.ui.setupUi(self)
        for planned in sorted((each for each in case.follow_ups if each.done_on is None), key=lambda each: each.due_on):
            self.ui.planned.addItem(f"{show_day(planned.due_on)} {planned.subject}", show_day(planned.due_on))
        self.ui.planned.addItem("临时回访（计划外）", "")
        self.ui.followed_up_on.setText(show_day(self.today))
        self.ui.visitor.setText(desk.centre.user_name(desk.user_id))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            follow_up,
            self.case_id,
            done_on=needed_day_of(self.ui.followed_up_on, self.today),
            situation=text_of(self.ui.situation),
            visitor=line_of(self.ui.visitor),
            due_on=parse_day(chosen(self.ui.planned), self.today),
        )
