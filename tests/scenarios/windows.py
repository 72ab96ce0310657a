"""What somebody does at the windows of one case: go where the overview leads, press a button, fill in a dialog."""

from typing import TypeVar

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.case_page import CasePage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.overview_tab import OverviewTab
from mediation_desk.gui.procedure_tab import ProcedureTab
from tests.gui.looking import bring_up, found

_D = TypeVar("_D", bound=CaseDialog)


class CaseWindow:
    """The page of a case, seen and used as a clerk does."""

    def __init__(self, desk: Desk, case_id: int, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.page = CasePage(desk)
        qtbot.addWidget(self.page)
        bring_up(self.page, qtbot)
        self.page.show_case(case_id)

    @property
    def stage(self) -> str:
        return self.page.ui.stage_text.text()

    @property
    def next_step(self) -> str:
        self.page.open_tab("overview")
        return self._overview().ui.next_text.text()

    def take_next_step(self) -> None:
        self.page.open_tab("overview")
        self._overview().ui.next_button.click()

    def open_topic(self, topic: str) -> FactPage:
        """Open a topic of the tab 程序, and wait until it is there."""
        self.page.open_tab(f"procedure/{topic}")
        tab = self.page.findChild(ProcedureTab)
        assert isinstance(tab, ProcedureTab)
        shown = tab.ui.pages.currentWidget()
        assert shown is not None
        facts = shown.findChild(FactPage)
        assert isinstance(facts, FactPage)
        self._qtbot.waitUntil(facts.isVisible)
        return facts

    def told(self, topic: str) -> list[tuple[str, ...]]:
        """The lines of a topic of the tab 程序."""
        return [tuple(line.cells) for line in self.open_topic(topic).model.lines]

    def press(self, button: str) -> None:
        found(self.page, QPushButton, button).click()

    def dialog(self, kind: type[_D]) -> _D:
        """The dialog of that kind that is open over the page."""
        [dialog] = [each for each in self.page.findChildren(kind) if each.isVisible()]
        return dialog

    def _overview(self) -> OverviewTab:
        overview = self.page.findChild(OverviewTab)
        assert isinstance(overview, OverviewTab)
        return overview
