"""Shows why a case went to its mediator: the order as it stood then, the draw, the weights, and the line of reason."""

from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.case import AssignmentRole, Case
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.ranking_words import KeptLine, kept_draw_in_words, lines_of, weights_version
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_printing import print_case_paper
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_why import Ui_WhyForm
from mediation_desk.gui.line_model import ORANGE, YELLOW, Line, LineModel

PAPER = "E19"


class WhyDialog(QDialog):
    """Everything comes from what was kept: later changes of people, cases or weights do not show."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.case = desk, case
        self.ui = Ui_WhyForm()
        self.ui.setupUi(self)
        self.model = LineModel(("次序", "姓名", "分数", "依据"), self)
        table = self.ui.ranking_lines
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for ranking in reversed(case.rankings):
            self.ui.ranking_choice.addItem(_called(ranking), ranking.no)
        self.ui.ranking_choice.currentIndexChanged.connect(self._show)
        self.ui.close_button.clicked.connect(self.reject)
        add_action(self, "打印指派记录", "Ctrl+P", self._print, self.ui.print_button)
        self.finished.connect(self.deleteLater)
        self.resize(self.screen().availableSize() * 0.75)
        self._show()

    @property
    def ranking(self) -> Ranking:
        """The one that is shown."""
        wanted = self.ui.ranking_choice.currentData()
        return next(each for each in self.case.rankings if each.no == wanted)

    def _show(self) -> None:
        ranking = self.ranking
        lines = lines_of(ranking)
        self.model.show([_line(each, is_chosen=each.mediator_id == ranking.chosen_id) for each in lines])
        chosen = next((each for each in lines if each.mediator_id == ranking.chosen_id), None)
        told = [_chosen_in_words(chosen)] if chosen else []
        if ranking.override_reason:
            told.append(f"没有选首位的原因：{ranking.override_reason}")
        self.ui.chosen_text.setText("\n".join(told))
        draw = kept_draw_in_words(ranking)
        self.ui.draw_text.setText(draw)
        self.ui.draw_text.setVisible(bool(draw))
        self.ui.weights_text.setText(self._weights(ranking))

    def _weights(self, ranking: Ranking) -> str:
        settings = self.desk.rules.settings
        said = [
            f"{settings[name][-1].title.rpartition('评分：')[2] if name in settings else name} {value}"
            for name, value in ranking.weights.items()
        ]
        return f"所用分值（版本{weights_version(ranking.weights)}）：{'；'.join(said)}"

    def _print(self) -> None:
        assert self.case.id is not None
        print_case_paper(self, self.desk, self.case.id, PAPER, self.ranking.no)


def _called(ranking: Ranking) -> str:
    names = {line.mediator_id: line.name for line in lines_of(ranking)}
    name = names.get(ranking.chosen_id or 0, "")
    return f"{show_day(ranking.made_at.date())}　{AssignmentRole(ranking.role).label}　{name}"


def _chosen_in_words(line: KeptLine) -> str:
    place = f"排第{line.place}位，{line.score}分" if line.place else "不在可指派之列"
    return f"{line.name}：{place}。{'；'.join(filter(None, (line.tier, *line.reasons)))}"


def _line(line: KeptLine, *, is_chosen: bool) -> Line:
    place = str(line.place) if line.place else "不可"
    cells = (place, line.name, "" if line.score is None else str(line.score), "；".join(line.reasons))
    return Line(cells, line.mediator_id, YELLOW if is_chosen else None if line.place else ORANGE)
