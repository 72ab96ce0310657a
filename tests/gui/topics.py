"""A topic of 程序 as a person works in it: shown with a case, read anew, its dialog on top."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_page import FactPage
from tests.gui.looking import bring_up, found

_D = TypeVar("_D", bound=QDialog)


class Topic(Protocol):
    """What every topic has."""

    page: FactPage

    def show_case(self, case: Case) -> None: ...


class Shown:
    """One topic in a window of its own; it follows the case as the case page lets it follow."""

    def __init__(self, desk: Desk, make: Callable[[Desk], QWidget], case_id: int, qtbot: QtBot) -> None:
        self.desk, self.case_id = desk, case_id
        self.widget = make(desk)
        qtbot.addWidget(self.widget)
        self.refresh()
        desk.changed.connect(self.refresh)
        bring_up(self.widget, qtbot)

    def refresh(self) -> None:
        self.topic.show_case(self.desk.look(lambda records, _: records.cases.get(self.case_id)))

    @property
    def topic(self) -> Topic:
        return self.widget  # type: ignore[return-value]  # each is a Topic

    @property
    def cells(self) -> list[tuple[str, ...]]:
        return [tuple(line.cells) for line in self.topic.page.model.lines]

    @property
    def text(self) -> str:
        return self.topic.page.ui.fact_text.toPlainText()

    def choose(self, row: int) -> None:
        self.topic.page.ui.facts.setCurrentIndex(self.topic.page.model.index(row, 0))

    def button(self, name: str) -> QPushButton:
        return found(self.widget, QPushButton, name)

    def offered(self) -> list[str]:
        """The buttons that can be pressed."""
        buttons = self.topic.page.findChildren(QPushButton)
        return [button.objectName().removesuffix("_button") for button in buttons if button.isEnabled()]

    def press(self, name: str, kind: type[_D]) -> _D:
        """Press a button, and give the dialog that it opens."""
        self.button(name).click()
        return [each for each in self.widget.findChildren(kind) if each.isVisible()][-1]

    def press_key(self, place: int, kind: type[_D]) -> _D:
        """Press the key of the button at that place, and give the dialog that it opens."""
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self.widget, Qt.Key(Qt.Key.Key_0 + place), modifiers)
        return [each for each in self.widget.findChildren(kind) if each.isVisible()][-1]
