"""A month for tests of the roster's windows: November 2026, seen on Monday 23rd; two posts, four rotating people."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.roster_cells import MonthCells
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.services.roster_view import RosterMonth, look_at_month
from tests.desk import Desk as Clerk
from tests.duty import Duty
from tests.gui.looking import bring_up

MONTH = date(2026, 11, 1)
AM, PM = Half.AM, Half.PM
MEDIATORS = ("卫和", "蒋平", "沈安")
OFFICER = "韩司"


def at(day: int, half: Half = AM) -> HalfDay:
    return HalfDay(MONTH.replace(day=day), half)


class Month:
    """The month at a desk of windows, and what happens to it behind their back."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.duty = Duty(Clerk(desk.database, desk.rules))
        self.main = self.duty.post("调解员", "people_mediator")
        self.office = self.duty.post("司法所", "justice_office_staff", weekly_pattern=["tue_am", "thu_am"])
        self.duty.people(MEDIATORS, "people_mediator")
        self.duty.person(OFFICER, "justice_office_staff")
        self.ids = self.duty.ids

    def placing(self, name: str, day: int, half: Half = AM) -> Placing:
        return Placing(at(day, half), self.office if name == OFFICER else self.main, self.ids[name])

    def publish(self, *placings: Placing) -> None:
        self.duty.published(*placings, month=MONTH)

    def look(self) -> RosterMonth:
        return self.desk.look(look_at_month, MONTH)

    def cells(self) -> MonthCells:
        return MonthCells(self.look())

    def shift(self, name: str, day: int, half: Half = AM) -> str:
        """The post somebody is shown at, "" for none."""
        shown = self.look()
        shift = shown.shifts.get((self.ids[name], at(day, half)))
        return next(post.name for post in shown.posts if post.id == shift.post_id) if shift else ""


def opened(month: Month, qtbot: QtBot) -> RosterPage:
    page = RosterPage(month.desk)
    qtbot.addWidget(page, before_close_func=lambda page: page.leave())
    page.resize(1200, 640)
    bring_up(page, qtbot)
    page.setFocus()
    qtbot.waitUntil(page.ui.grid.ui.half_days.hasFocus)
    return page


def press(page: RosterPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the grid."""
    QTest.keyClick(page.ui.grid.ui.half_days, key, modifier)


def said(page: RosterPage) -> str:
    return page.ui.cell_text.text()
