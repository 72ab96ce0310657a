"""文书 of the case page: every paper that can be printed now, seen before it is."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_papers import Ui_PapersForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import CasePaper, SeenPaper, paper_to_print, papers_of, see_paper


class PapersTab(QWidget):
    """Draws the chosen paper anew whenever the case changes, so that what is printed is what is recorded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._shown: tuple[int, str, int] | None = None
        self.ui = Ui_PapersForm()
        self.ui.setupUi(self)
        self.model = LineModel(("代号", "文书"), self)
        self.ui.papers.setModel(self.model)
        self.ui.papers.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.papers.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.ui.papers.activated.connect(self.print_paper)
        self.ui.split.setStretchFactor(0, 1)
        self.ui.split.setStretchFactor(1, 2)
        self.ui.split.setSizes([1000, 2000])
        self._print = add_action(self, "打印文书", "Ctrl+P", self.print_paper, self.ui.print_paper)
        self._save = add_action(self, "另存为 PDF", "Ctrl+Shift+S", self.save_pdf, self.ui.save_pdf)

    def show_case(self, case: Case) -> None:
        """Show the papers of `case`; the chosen one stays chosen."""
        same_case = self.case is not None and self.case.id == case.id
        chosen = self.chosen() if same_case else None
        self.case = case
        papers = papers_of(case, self.desk.act())
        self.model.show([Line((paper.code, paper.title), paper) for paper in papers])
        same = [row for row, paper in enumerate(papers) if chosen and _same(paper, chosen)]
        self.ui.papers.setCurrentIndex(self.model.index(same[0] if same else len(papers) - 1, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew: a draft of an agreement is saved without anybody being told."""
        super().showEvent(event)
        if self.case is not None:
            case_id = self._case_id
            with telling(self):
                self.show_case(self.desk.look(lambda records, _: records.cases.get(case_id)))

    def chosen(self) -> CasePaper | None:
        index = self.ui.papers.currentIndex()
        return self.model.lines[index.row()].key if index.isValid() else None

    def _show_chosen(self) -> None:
        paper = self.chosen()
        now = (self._case_id, paper.code, paper.no) if paper else None
        if now != self._shown:
            self.ui.preview.clear()
        self._shown = now
        if paper is not None:
            try:
                self.ui.preview.show_pdf(self.desk.look(see_paper, self._case_id, paper.code, paper.no).pdf)
            except DeskError as error:
                self.ui.preview.clear(str(error))
        can_be_printed = bool(self.ui.preview.pdf)
        for action, button in ((self._print, self.ui.print_paper), (self._save, self.ui.save_pdf)):
            action.setEnabled(can_be_printed)
            button.setEnabled(can_be_printed)

    def print_paper(self) -> None:
        paper = self.chosen()
        if paper is not None and self.ui.preview.pdf:
            with telling(self):
                seen = self.desk.look(paper_to_print, self._case_id, paper.code, paper.no)
                print_paper(self, seen.pdf, paper.title, paper.copies, partial(self._note_printed, paper, seen))

    def save_pdf(self) -> None:
        paper = self.chosen()
        if paper is not None and self.ui.preview.pdf:
            assert self.case is not None
            save_file(self, self.ui.preview.pdf, f"{paper.title} {self.case.number}".strip() + ".pdf")

    def _note_printed(self, paper: CasePaper, seen: SeenPaper, copies: int) -> None:
        with telling(self):
            said = (paper.code, paper.no, paper.title, seen.content, seen.digest)
            self.desk.do(note_printed, self._case_id, *said, copies)

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id


def _same(paper: CasePaper, other: CasePaper) -> bool:
    """Whether it is the same paper, though its title may have lost the word 草稿."""
    return (paper.code, paper.no) == (other.code, other.no)
