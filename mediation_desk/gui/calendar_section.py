"""What the centre knows of holidays, year by year; from here a notice is pasted and single days are opened."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_calendar_section import Ui_CalendarSection
from mediation_desk.gui.holiday_notice_dialog import HolidayNoticeDialog
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.opening_dialog import OpeningDialog
from mediation_desk.services.holiday_notices import YearKnown, years


class CalendarSection(QWidget):
    """One line a year, and under it one for each notice that somebody took in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_CalendarSection()
        self.ui.setupUi(self)
        self.years = LineModel(("年份", "放假天数", "调休上班天数", "状态", "通知", "采用人", "采用时间"), self)
        self.ui.calendar_years.setModel(self.years)
        self.ui.calendar_years.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        add_action(
            self,
            "粘贴放假通知",
            "Ctrl+Shift+V",
            self.paste_notice,
            self.ui.paste_notice,
            needs=self.desk.needs(Right.SETTINGS),
        )
        add_action(
            self,
            "开放日",
            "Ctrl+Shift+O",
            self.show_opening,
            self.ui.show_opening,
            needs=self.desk.needs(Right.ROSTER, Right.SETTINGS),
        )
        desk.rules_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        if self.isVisible():
            self.years.show([line for year in self.desk.look(years) for line in self._lines(year)])

    def _lines(self, year: YearKnown) -> list[Line]:
        state = "已确认" if year.is_known else "未确认"
        source = "" if year.notices else "随程序提供" if year.is_known else "尚未导入"
        counts = (str(year.days_off), str(year.make_up_days)) if year.days_off or year.is_known else ("", "")
        first = Line((f"{year.year}年", *counts, state, source, "", ""), tone=None if year.is_known else YELLOW)
        notices = [
            Line(
                (
                    "",
                    "",
                    "",
                    "",
                    f"{notice.number or '（无文号）'}，{show_day(notice.issued_on)}",
                    self.desk.centre.user_name(notice.by_id),
                    f"{notice.recorded_at:%Y-%m-%d %H:%M}",
                )
            )
            for notice in year.notices
        ]
        return [first, *notices]

    def paste_notice(self) -> None:
        HolidayNoticeDialog(self.desk, self).open()

    def show_opening(self) -> None:
        OpeningDialog(self.desk, self.desk.now().date(), self).open()
