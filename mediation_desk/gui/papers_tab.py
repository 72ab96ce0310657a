"""文书 of the case page: every paper, filled in, seen before it is printed, and compared with earlier versions."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.case_printing import note_saved
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.draft_keeper import DraftKeeper
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.forms.ui_papers import Ui_PapersForm
from mediation_desk.gui.name_proof import NameProofDialog
from mediation_desk.gui.paper_entry_dialog import PaperEntryDialog, kept_draft
from mediation_desk.gui.paper_list import POSSIBLE, Groups, PaperLine, list_papers
from mediation_desk.gui.paper_preview import PaperPreview, Wanted
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.paper_entries import drop_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import SeenPaper


class PapersTab(QWidget):
    """Draws the chosen paper anew whenever the case changes, so that what is printed is what is recorded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._groups: Groups = {}
        self._unchecked: set[Wanted] = set()
        self._is_going_to_print = False
        self.ui = Ui_PapersForm()
        self.ui.setupUi(self)
        self.preview = PaperPreview(desk, self.ui.preview)
        self.preview.drawn.connect(self._show_drawn)
        self.preview.checked.connect(self._show_checked)
        self.ui.papers.currentItemChanged.connect(self._show_chosen)
        self.ui.papers.itemActivated.connect(self._open_chosen)
        self.ui.paper_filter.textChanged.connect(self.ui.papers.look_for)
        self.ui.paper_filter.returnPressed.connect(self.ui.papers.choose_first_found)
        self.ui.mark_changes.toggled.connect(self.preview.set_marks)
        self.ui.large_type.toggled.connect(self._show_chosen)
        self.ui.split.setStretchFactor(0, 2)
        self.ui.split.setStretchFactor(1, 3)
        self.ui.split.setSizes([2000, 3000])
        self._add_actions()

    def _add_actions(self) -> None:
        ui = self.ui
        self._print = add_action(
            self, "打印文书", "Ctrl+P", self.print_paper, ui.print_paper, needs=self.desk.needs(Right.PRINT)
        )
        self._save = add_action(
            self, "另存为 PDF", "Ctrl+Shift+S", self.save_pdf, ui.save_pdf, needs=self.desk.needs(Right.PRINT)
        )
        self._enter = add_action(
            self, "录入或修改文书内容", "F2", self.enter, ui.enter, needs=self.desk.needs(Right.PAPERS)
        )
        self._drop = add_action(
            self, "删除录入的内容", "Ctrl+Shift+K", self.drop_entry, ui.drop_entry, needs=self.desk.needs(Right.PAPERS)
        )
        self._new = add_action(
            self, "新增文书", "Ctrl+Shift+N", self.offer_new_papers, ui.new_paper, needs=self.desk.needs(Right.PAPERS)
        )
        self._compare = add_action(self, "对比版本", "Ctrl+Shift+D", self.compare, ui.compare)
        add_action(self, "核对姓名", "Ctrl+Shift+M", self.prove_names, ui.prove_names)
        add_action(self, "装订卷宗", "Ctrl+B", self.bind_file, ui.bind_file, needs=self.desk.needs(Right.PRINT))
        add_action(self, "查找文书", "Ctrl+F", ui.paper_filter.setFocus)
        add_action(self, "标出或不标改动", "Ctrl+M", ui.mark_changes.toggle)
        add_action(self, "大字版或普通字号", "Ctrl+G", ui.large_type.toggle)

    # ---- showing

    def show_case(self, case: Case) -> None:
        """Show the papers of `case`; the chosen one stays chosen."""
        is_other = self.case is None or self.case.id != case.id
        if is_other:
            self.ui.paper_filter.clear()
            self.preview.clear()
        self.case = case
        self._groups = self.desk.look(list_papers, case)
        printed = [line for lines in self._groups.values() for line in lines if line.printed_at]
        self._unchecked = {Wanted(self._case_id, line.form.code, line.no or 0) for line in printed}
        self.ui.papers.show_groups(self._groups, self.desk.now().date(), afresh=is_other)
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew: a draft of an agreement is saved without anybody being told."""
        super().showEvent(event)
        if self.case is not None:
            case_id = self._case_id
            with telling(self):
                self.show_case(self.desk.look(lambda records, _: records.cases.get(case_id)))

    def leave(self) -> None:
        """Keep what is half typed for a paper; nothing is drawn any more until a case is shown again."""
        for keeper in self.findChildren(DraftKeeper):
            keeper.flush()
        self.preview.stop()

    def chosen(self) -> PaperLine | None:
        return self.ui.papers.chosen()

    def _show_chosen(self) -> None:
        paper = self.chosen()
        self.ui.print_state.clear()
        self.ui.mark_changes.setEnabled(False)
        if paper is None:
            self.preview.clear()
        elif paper.no is None:
            self.preview.clear(f"还没有{paper.title}。按 Enter 或“录入”填写，保存后就能打印。")
        else:
            self.preview.show(Wanted(self._case_id, paper.form.code, paper.no), large=self.ui.large_type.isChecked())
        self._offer_steps()

    def _show_drawn(self) -> None:
        seen = self.preview.seen
        self.ui.print_state.setText(_state_in_words(seen) if seen else "")
        self.ui.mark_changes.setEnabled(bool(seen and seen.changes_marked))
        self._offer_steps()
        self.preview.check(self._unchecked)

    def _show_checked(self, paper: Wanted, has_changed: bool) -> None:
        if paper.case_id == self._case_id:
            self._unchecked.discard(paper)
            self.ui.papers.mark(paper.code, paper.no, has_changed=has_changed)

    def _offer_steps(self) -> None:
        """Let buttons and keys work for what can be done with the chosen paper."""
        paper, is_drawn, may_write = self.chosen(), self.preview.seen is not None, not self.desk.database.read_only
        ui = self.ui
        _allow(is_drawn, self._print, ui.print_paper)
        _allow(is_drawn, self._save, ui.save_pdf)
        _allow(is_drawn, self._compare, ui.compare)
        _allow(bool(paper and paper.form.inputs) and may_write, self._enter, ui.enter)
        _allow(bool(paper and paper.has_entry) and may_write, self._drop, ui.drop_entry)
        _allow(bool(self._groups.get(POSSIBLE)) and may_write, self._new, ui.new_paper)
        begun = paper and paper.form.inputs and kept_draft(self.desk, self._case_id, *paper.key)
        ui.enter.setText("继续录入" if begun else "修改录入" if paper and paper.has_entry else "录入")

    # ---- what is typed for a paper

    def _open_chosen(self) -> None:
        paper = self.chosen()
        if paper is not None:
            self.enter() if paper.form.inputs else self.print_paper()

    def enter(self) -> None:
        """Ask for what the chosen paper needs."""
        paper = self.chosen()
        if paper is not None and self._enter.isEnabled():
            self._open_entry(paper)

    def offer_new_papers(self) -> None:
        """Offer every paper that can be filled in, below the button."""
        menu = QMenu(self)
        menu.setObjectName("new_paper_menu")
        for paper in self._groups.get(POSSIBLE, ()):
            menu.addAction(f"{paper.form.code}　{paper.title}", partial(self._open_entry, paper))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.ui.new_paper.mapToGlobal(QPoint(0, self.ui.new_paper.height())))

    def _open_entry(self, paper: PaperLine) -> None:
        assert self.case is not None
        with telling(self):
            dialog = PaperEntryDialog(self.desk, self.case, paper.form, paper.no, paper.title, self)
            dialog.entered.connect(self.ui.papers.choose)
            dialog.finished.connect(self._offer_steps)
            dialog.open()

    def drop_entry(self) -> None:
        paper = self.chosen()
        if paper is not None and paper.no is not None and self._drop.isEnabled():
            question = f"删除为“{paper.title}”录入的内容？删除后不能恢复。"
            ask(self, question, "删除", partial(self._drop_entry, self._case_id, paper.form.code, paper.no))

    def _drop_entry(self, case_id: int, code: str, no: int) -> None:
        with telling(self):
            self.desk.do(drop_entry, case_id, code, no)

    # ---- paper

    def print_paper(self) -> None:
        """Print the chosen paper as it is recorded now; it is drawn anew before the printer is asked for."""
        paper = self.chosen()
        if paper is None or paper.no is None or self.preview.seen is None or self._is_going_to_print:
            return
        self._is_going_to_print = True
        wanted = Wanted(self._case_id, paper.form.code, paper.no)
        large = self.ui.large_type.isChecked()
        self.preview.draw_for_printer(wanted, large=large, then=partial(self._print_drawn, wanted, paper))

    def _print_drawn(self, wanted: Wanted, paper: PaperLine, seen: SeenPaper | str) -> None:
        """What is noted is what went to the printer."""
        self._is_going_to_print = False
        if isinstance(seen, str):
            tell(self, seen)
        else:
            noted = partial(self._note_printed, wanted, paper.title, seen)
            print_paper(self, seen.pdf, paper.title, paper.copies, noted)

    def save_pdf(self) -> None:
        paper, seen = self.chosen(), self.preview.seen
        if paper is not None and seen is not None:
            assert self.case is not None
            wanted = Wanted(self._case_id, paper.form.code, paper.no or 0)
            name = f"{paper.title} {self.case.number}".strip() + ".pdf"
            save_file(self, seen.pdf, name, saved=partial(note_saved, self.desk, *wanted, paper.title, seen))

    def _note_printed(self, paper: Wanted, title: str, seen: SeenPaper, copies: int) -> None:
        with telling(self):
            self.desk.do(note_printed, *paper, title, seen.content, seen.digest, copies)

    def compare(self) -> None:
        """Open the versions of the chosen paper side by side."""
        from mediation_desk.gui.compare_dialog import CompareDialog

        paper = self.chosen()
        if paper is not None and paper.no is not None:
            with telling(self):
                CompareDialog(self.desk, self._case_id, paper.form.code, paper.no, paper.title, self).open()

    def prove_names(self) -> None:
        if self.case is not None:
            NameProofDialog(self.desk, self.case, self).open()

    def bind_file(self) -> None:
        """Open the case file: what it holds and lacks, and all of it as one PDF."""
        from mediation_desk.gui.dossier_dialog import DossierDialog

        if self.case is not None:
            DossierDialog(self.desk, self._case_id, self).open()

    @property
    def _case_id(self) -> int:
        assert self.case is not None
        assert self.case.id is not None
        return self.case.id


def _allow(can_be_done: bool, action: QAction, button: QAbstractButton) -> None:
    action.setEnabled(can_be_done)
    button.setEnabled(can_be_done)


def _state_in_words(seen: SeenPaper) -> str:
    """What the next print will be, seen from the last one."""
    if seen.last_printed is None:
        return "还没有打印过。"
    if seen.is_reprint:
        return f"内容与上次打印相同，第{seen.times_printed + 1}次打印将注明重印。"
    return f"自上次打印（{day_in_words(seen.last_printed.kept_at.date())}）后有改动。"
