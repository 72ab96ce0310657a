"""What topics of the tab 程序 have in common that show facts of one kind and open a dialog for each step."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fact_page import FactPage


class FactTopic(QWidget):
    """Has its facts in `page`; `show_case` is each topic's own."""

    def __init__(self, desk: Desk, headers: Sequence[str], *, empty: str) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.page = FactPage(desk, headers, empty=empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def open_dialog(self, kind: Callable[..., QDialog], *about: Any) -> None:
        """Ask for a step of the case, `about` a fact where the step needs one."""
        assert self.case is not None
        with telling(self):
            kind(self.desk, self.case, self, *about).open()
