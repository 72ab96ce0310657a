"""Facts of one kind: a list, the chosen one in words, and what can be done. Part of the tab 程序."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_fact_page import Ui_FactPageForm
from mediation_desk.gui.line_model import Line, LineModel, show_lines_in

_IN_A_ROW = 4


class FactPage(QWidget):
    """Shows lines; `key` of a line is the fact itself. Buttons are reached by Ctrl+Shift+1, 2, … in their order."""

    def __init__(self, desk: Desk, headers: Sequence[str], *, empty: str) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_FactPageForm()
        self.ui.setupUi(self)
        self.ui.empty_text.setText(empty)
        self.ui.head_text.hide()
        self.model = LineModel(headers, self)
        show_lines_in(self.ui.facts, self.model, self.ui.empty_text)
        self.model.modelReset.connect(lambda: self.ui.split.setVisible(bool(self.model.lines)))
        self.ui.split.hide()
        self.ui.facts.selectionModel().currentRowChanged.connect(lambda: self._show_chosen())
        self._words: Callable[[Any], str] = lambda _: ""
        self._offers: list[tuple[QPushButton, Callable[[Any], bool]]] = []

    def offer(
        self,
        text: str,
        do: Callable[[], object],
        *any_of: Right,
        name: str,
        suits: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        """A button `name` for something that can be done while the chosen fact, or None, suits it.

        Whoever has one of the rights may do it.
        """
        button = QPushButton(text)
        button.setObjectName(name)
        place = len(self._offers)
        self.ui.buttons.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        add_action(
            self,
            text,
            f"Ctrl+Shift+{place + 1}",
            lambda: button.isEnabled() and do(),
            button,
            needs=self.desk.needs(*any_of),
        )
        self._offers.append((button, suits))

    def show_head(self, text: str) -> None:
        """What holds for all of them, above the buttons."""
        self.ui.head_text.setText(text)
        self.ui.head_text.show()

    def show_lines(self, lines: Sequence[Line], words: Callable[[Any], str]) -> None:
        """Show the facts; `words` tells one of them whole. The line that was chosen stays chosen, or a new last is."""
        before, count = self.ui.facts.currentIndex().row(), len(self.model.lines)
        self._words = words
        self.model.show(lines)
        if lines:
            row = before if before >= 0 and len(lines) == count else len(lines) - 1
            self.ui.facts.setCurrentIndex(self.model.index(row, 0))
        self._show_chosen()

    @property
    def chosen(self) -> Any:
        """The chosen fact, None without one."""
        index = self.ui.facts.currentIndex()
        return self.model.lines[index.row()].key if index.isValid() else None

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.ui.fact_text.setPlainText("" if chosen is None else self._words(chosen))
        for button, suits in self._offers:
            button.setEnabled(suits(chosen))
