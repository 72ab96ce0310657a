"""Makes the pages. Each is loaded when it is first wanted, so that the window is there at once."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import Right, lacking
from mediation_desk.gui.desk import Desk

if TYPE_CHECKING:
    from mediation_desk.gui.case_page import CasePage


_NEEDED: dict[str, tuple[Right, ...]] = {
    "register": (Right.REGISTER,),
    "cases": (Right.ALL_CASES, Right.CLOSED_FILES, Right.MEDIATE),
    "roster": (Right.ROSTER, Right.DUTY, Right.MEDIATE),
    "mediators": (Right.DIRECTORY, Right.ROSTER, Right.ASSIGN),
    "figures": (Right.FIGURES,),
    "settings": (Right.SETTINGS, Right.USERS, Right.AUDIT, Right.BACKUP),
}
"""One of these rights leads to the page; 今日 is everybody's."""


def may_open(desk: Desk, key: str) -> bool:
    """Whether the page with that key is there for the user who works."""
    return key not in _NEEDED or desk.may(*_NEEDED[key])


def refuse_unless_open(desk: Desk, key: str) -> None:
    """Raise `NotAllowed`, with who may, for a page that is not there for the user who works."""
    if not may_open(desk, key):
        raise NotAllowed(lacking(desk.user, desk.centre.users, _NEEDED[key]))


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
        case "figures":
            from mediation_desk.gui.figures_page import FiguresPage

            return FiguresPage(desk)
        case _:
            from mediation_desk.gui.settings_page import SettingsPage

            return SettingsPage(desk)


def make_case_page(desk: Desk) -> "CasePage":
    """The page that shows one case."""
    from mediation_desk.gui.case_page import CasePage

    return CasePage(desk)
