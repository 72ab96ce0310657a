"""Every key of the navigation has its page."""

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.main_window import PAGES
from mediation_desk.gui.pages import make_case_page, make_page


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("today", "TodayPage"),
        ("register", "RegisterPage"),
        ("cases", "CasesPage"),
        ("roster", "RosterPage"),
        ("mediators", "MediatorsPage"),
        ("figures", "FiguresPage"),
        ("settings", "SettingsPage"),
    ],
)
@pytest.mark.usefixtures("settings")
def test_each_key_has_its_page(desk: Desk, qtbot: QtBot, key: str, kind: str) -> None:
    page = make_page(key, desk)
    qtbot.addWidget(page)
    assert type(page).__name__ == kind
    assert key in {each for each, _ in PAGES}


def test_a_case_has_a_page_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    page = make_case_page(desk)
    qtbot.addWidget(page)
    assert isinstance(page, CasePage)
