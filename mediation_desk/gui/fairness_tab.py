"""均衡和到岗率: who carries more or less than the fair part, with what is carried over, and how many came (K18)."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_fairness import Ui_FairnessTab
from mediation_desk.gui.line_model import Line, LineModel, show_lines_in
from mediation_desk.services.attendance import RATE_IN_WORDS, attendance_rate, rates_in_words
from mediation_desk.services.fairness import CAPTIONS, FAIR_IN_WORDS, fair_row, fairness_of


class FairnessTab(QWidget):
    """Shows the time it was last given; fairness goes by whole months, who carried most stands first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_FairnessTab()
        self.ui.setupUi(self)
        self.model = LineModel(CAPTIONS, self)
        show_lines_in(self.ui.fairness, self.model)
        self.ui.fairness_meaning.setText(FAIR_IN_WORDS)
        self.ui.rates_meaning.setText(RATE_IN_WORDS)

    def show_time(self, first: date, last: date) -> None:
        fairness = self.desk.look(fairness_of, first, last)
        self.ui.fairness_text.setText(fairness.months_in_words + "".join(fairness.sentences))
        lines = sorted(fairness.lines, key=lambda line: -line.difference)
        self.model.show([Line([_shown(cell) for cell in fair_row(line)], line.person_id) for line in lines])
        self.ui.rates_text.setText(f"<b>{rates_in_words(self.desk.look(attendance_rate, first, last))}</b>")


def _shown(cell: str | int | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:g}"
