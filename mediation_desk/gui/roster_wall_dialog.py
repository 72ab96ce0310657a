"""墙贴: the roster of a month on one large sheet, seen, printed and saved."""

from enum import Enum
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell
from mediation_desk.gui.forms.ui_roster_wall import Ui_RosterWallForm
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.audit import note_export, note_print
from mediation_desk.services.roster_files import draw_wall
from mediation_desk.services.roster_view import RosterMonth


class Size(Enum):
    """Large for a wall, small for every printer."""

    A3 = "A3 横"
    A4 = "A4 横"


class RosterWallDialog(QDialog):
    """Draws beside the window; the draft only where somebody wants it."""

    def __init__(self, desk: Desk, month: RosterMonth, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._month = desk, month
        self._pdf = b""
        self._background = Background(self)
        self.ui = Ui_RosterWallForm()
        self.ui.setupUi(self)
        self.title = f"{month.month.year}年{month.month.month}月值班表"
        self.setWindowTitle(f"墙贴：{self.title}")
        for size in Size:
            self.ui.paper_size.addItem(size.value, size)
        self.ui.print_draft.setVisible(month.draft is not None)
        self.ui.print_draft.setChecked(month.published is None)
        self.ui.print_draft.setEnabled(month.published is not None)
        self.ui.paper_size.currentIndexChanged.connect(self._draw)
        self.ui.print_draft.toggled.connect(self._draw)
        add_action(self, "打印墙贴", "Ctrl+P", self.print_wall, self.ui.print_wall)
        add_action(self, "墙贴另存为 PDF", "Ctrl+Shift+S", self.save_wall, self.ui.save_wall)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self._let_go)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        self._draw()

    def print_wall(self) -> None:
        if self._pdf:
            title, log = self.title, self._desk.log
            print_paper(self, self._pdf, title, 1, lambda copies: log.note(note_print, title, copies=copies))

    def save_wall(self) -> None:
        if self._pdf:
            saved = partial(self._desk.log.note, note_export, self.title)
            save_file(self, self._pdf, f"{self.title}.pdf", saved=saved)

    def _draw(self) -> None:
        self._pdf = b""
        self._offer("正在排版…")
        act, database, month = self._desk.act(), self._desk.database, self._month.month
        a3, draft = self.ui.paper_size.currentData() is Size.A3, self.ui.print_draft.isChecked()

        def work() -> bytes | DeskError:
            try:
                with database.reading() as records:
                    return draw_wall(records, act, month, a3=a3, draft=draft)
            except DeskError as error:
                return error

        self._background.run(work, self._show)

    def _show(self, drawn: bytes | DeskError) -> None:
        if isinstance(drawn, DeskError):
            self._offer("")
            tell(self, str(drawn))
            return
        self._pdf = drawn
        self.ui.preview.show_pdf(drawn)
        self._offer("")

    def _offer(self, waiting: str) -> None:
        self.ui.wall_text.setText(waiting)
        for button in (self.ui.print_wall, self.ui.save_wall):
            button.setEnabled(bool(self._pdf))

    def _let_go(self) -> None:
        self._background.finish()
        self.deleteLater()
