"""设置·检查: has the store checked while people work, lists what was found, and mends what can be mended."""

from collections.abc import Sequence
from threading import Event

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.checkup import Trouble
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk, this_pc
from mediation_desk.gui.forms.ui_check_section import Ui_CheckSection
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.services.checking import MAY_CHECK, check_store, mend_store
from mediation_desk.store.copying import Progress

_SHOWN_AT_MOST = 2000


class CheckSection(QWidget):
    """What was found stays listed until the next check."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_CheckSection()
        self.ui.setupUi(self)
        self._background = Background(self)
        self._stop: Event | None = None
        self._found: Sequence[Trouble] = ()
        self.troubles = LineModel(("类别", "可修复", "问题"), self)
        self.ui.check_troubles.setModel(self.troubles)
        self.ui.check_troubles.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.stop_check.clicked.connect(self.stop)
        self.ui.mend_now.clicked.connect(self.ask_to_mend)
        add_action(self, "检查数据", "Ctrl+Shift+K", self.check, self.ui.check_now)
        self._show_what_goes_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_what_goes_on()

    def check(self) -> None:
        """Begin a check, unless one goes on."""
        if self._stop is not None:
            return
        database, act = self.desk.database, self.desk.act()

        def work(tell: Progress, stop: Event) -> list[Trouble]:
            return list(check_store(database, act, progress=tell, stop=stop))

        self._begin("正在检查…")
        self._stop = self._background.run_long(work, self._show, self._show_progress)
        self._show_what_goes_on()

    def ask_to_mend(self) -> None:
        number = sum(trouble.can_be_mended for trouble in self._found)
        ask(self, f"先备份，再修复{number}处。要人核对的，程序不动。现在修复吗？", "修复", self.mend)

    def mend(self) -> None:
        database, act, troubles = self.desk.database, self.desk.act(), self._found

        def work(tell: Progress, stop: Event) -> int | DeskError:
            try:
                return mend_store(database, act, this_pc(), troubles, progress=tell, stop=stop)
            except DeskError as error:
                return error

        self._begin("正在备份和修复…")
        self._stop = self._background.run_long(work, self._mended, self._show_progress)
        self._show_what_goes_on()

    def stop(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def _begin(self, said: str) -> None:
        self.ui.check_said.setText(said)
        self.ui.check_progress.setValue(0)

    def _show_progress(self, done: float) -> None:
        self.ui.check_progress.setValue(int(done * self.ui.check_progress.maximum()))

    def _show(self, found: Sequence[Trouble]) -> None:
        stopped = self._stop is not None and self._stop.is_set()
        self._stop, self._found = None, found
        mendable = sum(trouble.can_be_mended for trouble in found)
        if found:
            more = f"（列出前{_SHOWN_AT_MOST}处）" if len(found) > _SHOWN_AT_MOST else ""
            told = f"发现{len(found)}处问题{more}，其中{mendable}处可以修复，{len(found) - mendable}处要人核对。"
        else:
            told = "没有发现问题。"
        self.ui.check_said.setText(f"{self.desk.now():%H:%M} {'查到一半停下了，' if stopped else ''}{told}")
        self.troubles.show([_line(trouble) for trouble in found[:_SHOWN_AT_MOST]])
        self._show_what_goes_on()

    def _mended(self, result: int | DeskError) -> None:
        self._stop = None
        if isinstance(result, DeskError):
            self.ui.check_said.setText(str(result))
            self._show_what_goes_on()
            return
        self._found = ()
        self.desk.changed.emit()
        self.check()

    def _show_what_goes_on(self) -> None:
        ui, busy = self.ui, self._stop is not None
        may_mend = self.desk.may(Right.BACKUP) and any(trouble.can_be_mended for trouble in self._found)
        ui.check_progress.setVisible(busy)
        ui.stop_check.setVisible(busy)
        ui.check_now.setEnabled(not busy and any(map(self.desk.may, MAY_CHECK)))
        ui.mend_now.setEnabled(not busy and may_mend and not self.desk.database.read_only)


def _line(trouble: Trouble) -> Line:
    tone = None if trouble.can_be_mended else YELLOW
    return Line((trouble.check.label, "可修复" if trouble.can_be_mended else "", trouble.sentence), trouble, tone)
