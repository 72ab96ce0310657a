"""Makes the pages. Each is loaded when it is first wanted, so that the window is there at once."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk

if TYPE_CHECKING:
    from mediation_desk.gui.case_page import CasePage


def make_page(key: str, desk: Desk) -> QWidget:
    """The page of the navigation with that key."""
    match key:
        case "today":
            from mediation_desk.gui.today_page import TodayPage

            return TodayPage(desk)
        case "register":
            from mediation_desk.gui.register_page import RegisterPage

            return RegisterPage(desk)
        case "cases":
            from mediation_desk.gui.cases_page import CasesPage

            return CasesPage(desk)
        case "roster":
            from mediation_desk.gui.roster_page import RosterPage

            return RosterPage(desk)
        case "mediators":
            from mediation_desk.gui.mediators_page import MediatorsPage

            return MediatorsPage(desk)
        case _:
            from mediation_desk.gui.settings_page import SettingsPage

            return SettingsPage(desk)


def make_case_page(desk: Desk) -> "CasePage":
    """The page that shows one case."""
    from mediation_desk.gui.case_page import CasePage

    return CasePage(desk)
