"""The window: navigation at the left, one page at a time, one search box that is always a key away.

It is painted before anything else is loaded; `begin` brings the pages once the desk is open.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent
from PySide6.QtWidgets import QListWidgetItem, QMainWindow, QWidget

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.forms.ui_main_window import Ui_MainWindow

if TYPE_CHECKING:
    from datetime import date

    from mediation_desk.gui.case_page import CasePage
    from mediation_desk.gui.desk import Desk
    from mediation_desk.gui.figures_tables import Behind
    from mediation_desk.gui.register_page import RegisterPage
    from mediation_desk.gui.who_works import WhoWorks
    from mediation_desk.services.scanning import ScannedBlank, ScannedPaper

PAGES = (
    ("today", "今日"),
    ("register", "登记"),
    ("cases", "案件"),
    ("roster", "排班"),
    ("mediators", "调解员"),
    ("figures", "统计"),
    ("settings", "设置"),
)
TITLE = "调解工作台"
COMFORTABLE = QSize(1180, 720)
SMALLEST = QSize(320, 240)


class MainWindow(QMainWindow):
    """Knows that there are pages, not what is in them.

    `painted` comes once, after the first paint; `filled` once, when the first page shows its data; `left` when all is
    kept and the window goes.
    """

    painted = Signal()
    filled = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self.desk: Desk | None = None
        self.who_works: WhoWorks | None = None
        self._pages: dict[str, QWidget] = {}
        self._case_page: CasePage | None = None
        self._case_id = 0
        self._shown_key = PAGES[0][0]
        self._was_painted = False
        self._leaves_anyway = False
        for key, label in PAGES:
            item = QListWidgetItem(QIcon.fromTheme(f"page-{key}"), label)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.ui.navigation.addItem(item)
        self.ui.navigation.setCurrentRow(0)
        self.ui.practice_mark.hide()
        self.ui.read_only_mark.hide()
        for part in (self.ui.open_mark, self.ui.user_button, self.ui.user_caption, self.ui.user_choice):
            part.hide()
        self._bring_back_geometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def say_what_it_waits_for(self, text: str) -> None:
        """Before the first page: say so at once, as the window cannot answer meanwhile."""
        self.ui.waiting_text.setText(text)
        self.ui.waiting_text.repaint()

    def begin(self, desk: "Desk") -> None:
        """Show the pages of an open desk, 今日 first."""
        from mediation_desk.gui.search_box import SearchBox
        from mediation_desk.gui.undoing import Undoing
        from mediation_desk.gui.who_works import WhoWorks

        self.desk = desk
        desk.case_wanted.connect(self.open_case)
        desk.page_wanted.connect(self.open_page)
        desk.month_wanted.connect(self.open_month)
        desk.cases_wanted.connect(self.open_cases)
        self.ui.practice_mark.setVisible(desk.centre.is_practice)
        self.ui.read_only_mark.setVisible(bool(desk.database.read_only))
        self.ui.read_only_mark.setText(desk.database.read_only)
        self.who_works = WhoWorks(desk, self)
        self.search = SearchBox(self.ui.search_box, desk, self._look_for)
        self._show_centre()
        desk.centre_changed.connect(self._show_centre)
        self._connect_actions()
        self._undoing = Undoing(desk, self, self.ui)
        self.ui.navigation.currentRowChanged.connect(lambda row: self.open_page(PAGES[row][0]))
        self.ui.search_box.returnPressed.connect(self._search)
        self.open_page("today")
        QTimer.singleShot(0, self.filled.emit)

    def open_page(self, key: str) -> None:
        """Show a page; it is made when it is first wanted."""
        assert self.desk is not None
        from mediation_desk.gui.pages import make_page, refuse_unless_open

        with self._saying_why_not():
            refuse_unless_open(self.desk, key)
            if key not in self._pages:
                self._pages[key] = make_page(key, self.desk)
                self.ui.stack.addWidget(self._pages[key])
            self._show(self._pages[key], key)

    def open_case(self, case_id: int, tab: str = "") -> None:
        """Show one case as a page of its own, with one of its tabs in front where a key is given."""
        assert self.desk is not None
        from mediation_desk.gui.pages import make_case_page

        with self._saying_why_not():
            if self._case_page is None:
                self._case_page = make_case_page(self.desk)
                self.ui.stack.addWidget(self._case_page)
            self._case_page.show_case(case_id)
            self._case_id = case_id
            if tab:
                self._case_page.open_tab(tab)
            self._show(self._case_page, "cases")

    def open_cases(self, behind: "Behind") -> None:
        """Show the cases behind a number as a list."""
        from mediation_desk.gui.cases_page import CasesPage

        self.open_page("cases")
        page = self._pages.get("cases")
        if isinstance(page, CasesPage):
            page.show_these(behind.cases, behind.called)

    def open_month(self, day: "date") -> None:
        """Show the roster of the month of a day."""
        from mediation_desk.gui.roster_page import RosterPage

        self.open_page("roster")
        page = self._pages.get("roster")
        if isinstance(page, RosterPage):
            page.show_month(day)

    def _show(self, page: QWidget, key: str) -> None:
        self.ui.stack.setCurrentWidget(page)
        self._shown_key = key
        page.setFocus()

    @contextmanager
    def _saying_why_not(self) -> Iterator[None]:
        """Show a page in the block, or say why that cannot be; the navigation marks the one that is shown."""
        from mediation_desk.domain.errors import DeskError
        from mediation_desk.gui.errors import tell

        try:
            yield
        except DeskError as error:
            tell(self, str(error))
        finally:
            self.ui.navigation.blockSignals(True)
            self.ui.navigation.setCurrentRow([each for each, _ in PAGES].index(self._shown_key))
            self.ui.navigation.blockSignals(False)

    def _search(self) -> None:
        """Follow what was scanned into the search box; anything else is looked for in the cases."""
        assert self.desk is not None
        from mediation_desk.gui.errors import tell
        from mediation_desk.services.scanning import ScannedBlank, ScannedCase, look_up_scanned

        typed = self.ui.search_box.text()
        self.ui.search_box.selectAll()  # what is scanned next stands in its place
        with self._saying_why_not():
            match self.desk.look(look_up_scanned, typed):
                case None:
                    self._look_for(typed)
                case ScannedCase(case_id, sentence):
                    self.open_case(case_id)
                    if sentence:
                        tell(self, sentence)
                case ScannedBlank() as blank:
                    self._enter_blank(blank)
                case paper:
                    self.verify_paper(paper)

    def _look_for(self, words: str) -> None:
        from mediation_desk.gui.cases_page import CasesPage

        self.open_page("cases")
        page = self._pages.get("cases")
        if isinstance(page, CasesPage):
            page.search(words)

    def _enter_blank(self, blank: "ScannedBlank") -> None:
        """Register what stands on an empty form, or have it entered into the case that is shown."""
        from mediation_desk.gui.errors import tell

        if blank.begins_case:
            page = self._register_page()
            if page is not None:
                page.begin_from_blank(blank)
        elif self.ui.stack.currentWidget() is self._case_page:
            self._offer_to_link(blank, self._case_id)
        else:
            self.open_page("cases")
            tell(self, f"空白表{blank.number}（{blank.title}）要录入已有的案件。请打开那个案件，再扫描一次。")

    def _offer_to_link(self, blank: "ScannedBlank", case_id: int) -> None:
        assert self.desk is not None
        from mediation_desk.gui.asking import ask

        case = self.desk.look(lambda records, _: records.cases.get(case_id))
        called = case.number or case.file_title()
        question = f"空白表{blank.number}（{blank.title}）的内容，录入正在看的这个案件（{called}）？"
        ask(self, question, "录入这个案件", partial(self._link, blank.number, case_id))

    def _link(self, number: str, case_id: int) -> None:
        assert self.desk is not None
        from mediation_desk.services.blank_forms import use_blank

        with self._saying_why_not():
            self.desk.do(use_blank, number, case_id)
            self.open_case(case_id, "papers")

    def verify_paper(self, paper: "ScannedPaper | None" = None) -> None:
        """Ask whether a paper in hand is the one on file; one that was scanned is answered at once."""
        assert self.desk is not None
        from mediation_desk.gui.verify_dialog import VerifyDialog

        VerifyDialog(self.desk, self, paper).open()

    def _connect_actions(self) -> None:
        for number, (key, label) in enumerate(PAGES, start=1):
            add_action(self, f"{label}页", f"Ctrl+{number}", partial(self.open_page, key))
        add_action(self, "查找", "Ctrl+K", self._go_to_search)
        add_action(self, "新登记", "Ctrl+N", self._new_registration)
        add_action(self, "核对纸质文书", "Ctrl+Shift+C", self.verify_paper, self.ui.verify_paper)
        add_action(self, "使用手册", "Shift+F1", self._show_manual, self.ui.manual)
        add_action(self, "快捷键一览", "F1", self._show_keys)
        add_action(self, "刷新", "F5", self._refresh)

    def _refresh(self) -> None:
        assert self.desk is not None
        self.desk.changed.emit()

    def _go_to_search(self) -> None:
        self.ui.search_box.setFocus()
        self.ui.search_box.selectAll()

    def _new_registration(self) -> None:
        page = self._register_page()
        if page is not None:
            page.begin_new()

    def _register_page(self) -> "RegisterPage | None":
        """The registration page, in front; None where it could not be made, which was said."""
        from mediation_desk.gui.register_page import RegisterPage

        self.open_page("register")
        page = self._pages.get("register")
        return page if isinstance(page, RegisterPage) else None

    def _show_manual(self) -> None:
        from mediation_desk.gui.manual_dialog import ManualDialog

        ManualDialog(self).open()

    def _show_keys(self) -> None:
        from mediation_desk.gui.key_list import show_keys

        show_keys(self)

    def _show_centre(self) -> None:
        """Name the window after the centre and offer what its user may open; again whenever the settings change."""
        assert self.desk is not None
        practice = "（练习）" if self.desk.centre.is_practice else ""
        self.setWindowTitle(f"{self.desk.centre.name} · {TITLE}{practice}")
        self.offer_pages()

    def offer_pages(self) -> None:
        """Show in the navigation what the rights of the user lead to."""
        assert self.desk is not None
        from mediation_desk.gui.pages import may_open

        for row, (key, _) in enumerate(PAGES):
            self.ui.navigation.item(row).setHidden(not may_open(self.desk, key))

    def start_anew(self) -> None:
        """Somebody else works: nothing that the one before had open is left."""
        for page in [*self._pages.values(), self._case_page]:
            if page is not None:
                self.ui.stack.removeWidget(page)
                page.deleteLater()
        self._pages.clear()
        self._case_page = None
        self.ui.search_box.clear()
        self._show_centre()
        self.open_page("today")

    def _bring_back_geometry(self) -> None:
        kept = QSettings().value("window_geometry")
        restored = isinstance(kept, QByteArray) and self.restoreGeometry(kept)
        if not restored or self.size() != self.size().expandedTo(SMALLEST):  # half of a geometry gives a speck
            self.resize(COMFORTABLE.boundedTo(self.screen().availableSize()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let every page keep what is half typed; only where the store refuses, it asks before something is lost."""
        QSettings().setValue("window_geometry", self.saveGeometry())
        trouble = "" if self._leaves_anyway else self.leave_pages()
        if not trouble:
            self.left.emit()
            event.accept()
            return
        from mediation_desk.gui.asking import ask

        event.ignore()
        self._refresh()  # what was let go is taken up again
        question = f"草稿还没有保存：{trouble}\n\n现在退出，最后输入的内容会丢失。"
        ask(self, question, "仍然退出", self._leave_anyway)

    def leave_pages(self) -> str:
        """All pages are left even if one of them fails. Says why something could not be kept, "" when everything is."""
        if self.desk is None:
            return ""
        from mediation_desk.domain.errors import DeskError
        from mediation_desk.gui.draft_keeper import refuse_to_lose

        try:
            with ExitStack() as leaving:
                leaving.callback(refuse_to_lose, self)  # the last to be called
                for page in [*self._pages.values(), self._case_page, self.search]:
                    leave = getattr(page, "leave", None)
                    if leave is not None:
                        leaving.callback(leave)
        except DeskError as error:
            return str(error)
        return ""

    def say_server_is_gone(self, is_gone: bool) -> None:
        """Say in red that nothing can be read or saved just now, and take it back."""
        assert self.desk is not None
        gone = "连不上服务器，正在重新连接。已填写的内容都还在；连上以前请不要关闭窗口。" if is_gone else ""
        self.ui.read_only_mark.setText(gone or self.desk.database.read_only)
        self.ui.read_only_mark.setVisible(bool(self.ui.read_only_mark.text()))

    def leave_unseen(self) -> None:
        """End the program while it is locked; where something typed cannot be kept, it goes on."""
        if not self.leave_pages():
            self.left.emit()
            QCoreApplication.exit()

    def _leave_anyway(self) -> None:
        self._leaves_anyway = True
        self.close()
