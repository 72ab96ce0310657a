"""The questions about bias as they are asked of one mediator, a choice for each code of the table that has one."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.recusal import questions
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.fields import choose, chosen, fill_words

_BESIDE = 3
"""How many questions stand beside each other."""


class BiasQuestions(QWidget):
    """Emits `answered` with code and answer when somebody answers; showing other answers emits nothing."""

    answered = Signal(str, str)

    def __init__(self, rules: Rules, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, code in enumerate(questions(rules, day)):
            choice = QComboBox(self)
            choice.setObjectName(code.code)
            choice.setAccessibleName(code.label)
            fill_words(choice, RecusalAnswer)
            choice.currentIndexChanged.connect(lambda _, name=code.code: self._tell(name))
            caption = QLabel(code.extra["question"], self)
            caption.setWordWrap(True)
            caption.setBuddy(choice)
            asked = QVBoxLayout()
            asked.setSpacing(2)
            asked.addWidget(caption)
            asked.addWidget(choice)
            grid.addLayout(asked, number // _BESIDE, number % _BESIDE)
            self.choices[code.code] = choice

    def show_answers(self, answers: Mapping[str, RecusalAnswer]) -> None:
        """Show what was answered; a question without an answer is 未核实."""
        for code, choice in self.choices.items():
            before = choice.blockSignals(True)
            choose(choice, answers.get(code, RecusalAnswer.UNCHECKED))
            choice.blockSignals(before)

    def _tell(self, code: str) -> None:
        self.answered.emit(code, chosen(self.choices[code]))
