"""装订卷宗: what the file of a case holds and lacks, and the whole of it as one PDF, seen, printed and saved."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHeaderView, QLabel, QTreeView, QWidget

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.file_scoring import ScoreSheet, score_rows
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.forms.ui_dossier import Ui_DossierForm
from mediation_desk.gui.line_model import RED, YELLOW, Line, LineModel, Tone
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.act import Act
from mediation_desk.services.case_file import DossierPlan, DossierRow, plan_dossier, score_file
from mediation_desk.services.dossier import (
    SCORE_SHEET,
    TITLE,
    Dossier,
    draw_score_sheet,
    make_dossier,
    note_dossier,
)
from mediation_desk.services.paper_log import note_exported, note_printed
from mediation_desk.store.records import Records

_SCORE_SHEET_TITLE = "卷宗评查表"
_ALARM = "color: #b3261e;"


class _GivenUp(DeskError):
    """The dialog was closed while the file was being bound."""


class _Shown(NamedTuple):
    """What is seen: its title and PDF, and what records that so many copies were printed; 0 when it was saved."""

    title: str
    pdf: bytes
    note: Callable[[int], object]


class DossierDialog(QDialog):
    """Binds on a thread of its own. What is missing or damaged is named, and hinders nothing."""

    _binding = Signal(str)

    def __init__(self, desk: Desk, case_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.case_id = desk, case_id
        self._dossier: Dossier | None = None
        self._shown: _Shown | None = None
        self._given_up = Event()
        self._background = Background(self)
        self.ui = Ui_DossierForm()
        self.ui.setupUi(self)
        self.rows = LineModel(("序号", "文书", "必须", "状态", "页号"), self)
        self.scores = LineModel(("序号", "项目", "分值", "程序核对", "发现的问题"), self)
        for view, model in ((self.ui.rows, self.rows), (self.ui.scores, self.scores)):
            view.setModel(model)
        self._give_room(self.ui.rows, 1)
        self._give_room(self.ui.scores, 4)
        self.ui.split.setSizes([1000, 1000])
        for label in (self.ui.missing_text, self.ui.troubles_text):
            label.setStyleSheet(_ALARM)
        add_action(self, "生成卷宗", "Ctrl+Return", self.make, self.ui.make_dossier)
        self._print = add_action(self, "打印卷宗", "Ctrl+P", self.print_shown, self.ui.print_shown)
        self._save = add_action(self, "卷宗另存为 PDF", "Ctrl+Shift+S", self.save_shown, self.ui.save_shown)
        add_action(self, "看评查表", "Ctrl+E", self.show_scores, self.ui.show_scores)
        self.ui.close_button.clicked.connect(self.reject)
        self._binding.connect(self.ui.progress_text.setText)
        self.finished.connect(self._let_go)
        desk.changed.connect(self._reread)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        self.ui.preview.clear("按“生成卷宗”，全卷合成一个 PDF，先看后印。")
        self._offer_steps()
        self._reread()

    @staticmethod
    def _give_room(view: QTreeView, column: int) -> None:
        """Let one column take the room that the others leave."""
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    # ---- what the file holds

    def _reread(self) -> None:
        with telling(self):
            plan, sheet = self.desk.look(_look, self.case_id)
            self._show_plan(plan)
            self._show_sheet(self._dossier.scores if self._dossier else sheet)

    def _show_plan(self, plan: DossierPlan) -> None:
        ui, rules = self.ui, self.desk.rules
        self.setWindowTitle(f"装订卷宗：{plan.title}")
        pages = {row.title: row for row in self._dossier.rows} if self._dossier else {}
        lines: list[Line] = []
        for row in plan.rows:
            bound = pages.get(row.title)
            numbers = f"{bound.first}—{bound.last}" if bound and bound.last > bound.first else ""
            numbers = numbers or (str(bound.first) if bound else "")
            number = "" if row.is_missing else str(1 + sum(not each.key.is_missing for each in lines))
            cells = (number or "缺", row.title, "必须" if row.is_must else "按需", _state(row), numbers)
            lines.append(Line(cells, row, _tone(row)))
        self.rows.show(lines)
        missing = "、".join(row.title for row in plan.missing)
        ui.missing_text.setText(f"缺必须文书：{missing}。可以照样装订，并在卷宗情况说明中写明。" if missing else "")
        label = rules.table("retention_class").label(plan.retention.code)
        kept = (
            f"，{'' if plan.is_closed else '今年结案的'}保管到{day_in_words(plan.keep_until)}"
            if plan.keep_until
            else ""
        )
        ui.retention_text.setText(f"建议保管期限：{label}（{plan.retention.reason}）{kept}。")
        ui.last_text.setText(_since_last(plan))
        _hide_empty(ui.missing_text, ui.last_text)

    def _show_sheet(self, sheet: ScoreSheet) -> None:
        rows = score_rows(sheet)
        self.scores.show([Line(row, None, YELLOW if row[4] else None) for row in rows])
        self.ui.scores_text.setText(f"评查：{sheet.in_words(self.desk.rules)}")
        troubles = self._dossier.troubles if self._dossier else ()
        self.ui.troubles_text.setText("未能印出：" + "".join(troubles) if troubles else "")
        _hide_empty(self.ui.troubles_text)

    # ---- binding it

    def make(self) -> None:
        """Bind the file anew, beside the window."""
        if not self.ui.make_dossier.isEnabled():
            return
        self.ui.make_dossier.setEnabled(False)
        act, double_sided = self.desk.act(), self.ui.double_sided.isChecked()
        self._background.run(lambda: self._make(act, double_sided), self._show_dossier)

    def _make(self, act: Act, double_sided: bool) -> Dossier | DeskError:
        """Runs on the other thread: reads anew and touches no widget."""
        try:
            with self.desk.database.reading() as records:
                return make_dossier(
                    records, act, self.case_id, double_sided=double_sided, progress=self._tell_or_give_up
                )
        except DeskError as error:
            return error

    def _tell_or_give_up(self, title: str) -> None:
        if self._given_up.is_set():
            raise _GivenUp("没有装订。")
        self._binding.emit(f"正在装订：{title}")

    def _show_dossier(self, made: Dossier | DeskError) -> None:
        self.ui.make_dossier.setEnabled(True)
        self.ui.progress_text.clear()
        if self._given_up.is_set():
            return
        if isinstance(made, DeskError):
            tell(self, str(made))
            return
        self._dossier = made
        self._see(_Shown(TITLE, made.pdf, lambda copies: self.desk.do(note_dossier, self.case_id, made, copies)))
        self.ui.progress_text.setText(f"已生成，共{made.pages}页。")
        self._reread()

    def _let_go(self) -> None:
        """Bind no further; what was begun ends with the paper it is at."""
        self._given_up.set()
        self._background.finish()
        self.deleteLater()

    # ---- paper

    def show_scores(self) -> None:
        """Show the scoring sheet as it is printed; it is of the bound file once there is one."""
        with telling(self):
            sheet = self._dossier.scores if self._dossier else self.desk.look(score_file, self.case_id)
            paper = self.desk.look(draw_score_sheet, self.case_id, sheet)
            about = (SCORE_SHEET, 0, _SCORE_SHEET_TITLE, paper.content, paper.digest)
            self._see(_Shown(_SCORE_SHEET_TITLE, paper.pdf, partial(self._note_score_sheet, *about)))
            self.ui.lists.setCurrentWidget(self.ui.scores_page)

    def _see(self, shown: _Shown) -> None:
        self._shown = shown
        self.ui.preview.show_pdf(shown.pdf)
        self._offer_steps()

    def _offer_steps(self) -> None:
        for action, button in ((self._print, self.ui.print_shown), (self._save, self.ui.save_shown)):
            action.setEnabled(self._shown is not None)
            button.setEnabled(self._shown is not None)

    def print_shown(self) -> None:
        if self._shown is not None:
            print_paper(self, self._shown.pdf, self._shown.title, 1, partial(self._note, self._shown))

    def save_shown(self) -> None:
        if self._shown is not None:
            name = f"{self._shown.title} {self.windowTitle().partition('：')[2]}".strip()
            save_file(self, self._shown.pdf, f"{name}.pdf", saved=partial(self._note, self._shown, 0))

    def _note(self, shown: _Shown, copies: int) -> None:
        if copies or not self.desk.database.read_only:
            with telling(self):
                shown.note(copies)

    def _note_score_sheet(
        self, code: str, no: int, title: str, content: Sequence[str], digest: str, copies: int
    ) -> None:
        about = (self.case_id, code, no, title, content, digest)
        if copies:
            self.desk.do(note_printed, *about, copies)
        else:
            self.desk.do(note_exported, *about)


def _look(records: Records, act: Act, case_id: int) -> tuple[DossierPlan, ScoreSheet]:
    return plan_dossier(records, act, case_id), score_file(records, act, case_id)


def _tone(row: DossierRow) -> Tone | None:
    if row.is_missing:
        return RED
    return None if row.was_printed or row.attachments else YELLOW


def _state(row: DossierRow) -> str:
    if row.is_missing:
        return "缺"
    if row.attachments:
        return f"{'签署件' if row.paper else '附件'}{len(row.attachments)}件"
    return "打印过" if row.was_printed else "未打印过"


def _since_last(plan: DossierPlan) -> str:
    if plan.last is None:
        return ""
    when = f"上次装订（{day_in_words(plan.last.kept_at.date())}）后"
    return f"{when}有改动：{'、'.join(plan.changed)}。请重新生成。" if plan.changed else f"{when}没有改动。"


def _hide_empty(*labels: QLabel) -> None:
    for label in labels:
        label.setVisible(bool(label.text()))
