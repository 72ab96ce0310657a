"""上级报表: the cases or the figures of a period for the systems above; what is missing is shown before it is saved."""

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.errors import DeskError, Fault, RuleBroken
from mediation_desk.domain.report_period import Span
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.fields import chosen
from mediation_desk.gui.forms.ui_upstream import Ui_UpstreamForm
from mediation_desk.gui.line_model import LineModel, show_lines_in
from mediation_desk.gui.period_choice import PeriodChoice
from mediation_desk.gui.printing import save_file
from mediation_desk.gui.upstream_reports import Gathered, GatheredEvents, Report, reports_for
from mediation_desk.services.audit import note_export
from mediation_desk.services.upstream import FileKind, lacking_file

RECEIVER = "upstream_receiver"
"""Key of whom was reported to last at this PC, among its settings."""

_FILTERS = {FileKind.XLSX: "Excel 工作簿 (*.xlsx)", FileKind.CSV: "CSV 文件 (*.csv)"}


class _Stopped(DeskError):
    """The person asked to stop."""


class UpstreamDialog(QDialog):
    """Stays open beside the window, so that cases can be completed one after another."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.ui = ui = Ui_UpstreamForm()
        ui.setupUi(self)
        self.gathered: Gathered | None = None
        self._background = Background(self)
        self._stop = Event()
        self._user_id = desk.user_id
        self._reports = reports_for(desk)
        self.lines = LineModel(("案号或查询码", "情况"), self)
        show_lines_in(ui.lacking, self.lines)
        ui.report.addItems([report.label for report in self._reports])
        ui.receiver.setText(str(QSettings().value(RECEIVER, "")))
        self.period = PeriodChoice(desk, ui.period, ui.first_day, ui.last_day)
        self._wire()
        self._forget()
        line = self.fontMetrics().lineSpacing()
        self.resize(line * 40, line * 30)

    def _wire(self) -> None:
        ui = self.ui
        ui.report.currentIndexChanged.connect(self._forget)
        self.period.changed.connect(self._forget)
        ui.lacking.activated.connect(self._open_case)
        ui.stop_button.clicked.connect(lambda: self._stop.set())
        ui.close_button.clicked.connect(self.close)
        self.desk.changed.connect(self._follow_user)
        self.finished.connect(self._let_go)
        add_action(self, "核对这段时间", "Ctrl+Return", self.gather, ui.gather)
        add_action(self, "另存报表", "Ctrl+S", self.save, ui.save_report)
        add_action(self, "另存缺项清单", "Ctrl+Shift+S", self.save_lacking, ui.save_lacking)

    @property
    def _report(self) -> Report:
        return self._reports[self.ui.report.currentIndex()]

    def _forget(self) -> None:
        """Another report or another time: nothing is gathered yet."""
        ui, report = self.ui, self._report
        self.gathered = None
        ui.summary.setText("按“核对”，先看有多少件、缺什么，再另存。")
        self.lines.show([])
        ui.file_kind.clear()
        for kind in report.files:
            ui.file_kind.addItem(kind.label, kind.value)
        for part in (ui.receiver, ui.receiver_caption, ui.save_lacking):
            part.setVisible(report.has_people)
        self._show_work("")

    def _show_work(self, text: str) -> None:
        """Say what is being done; meanwhile nothing else can be begun."""
        ui = self.ui
        ui.progress_text.setText(text)
        for part in (ui.progress_text, ui.stop_button):
            part.setVisible(bool(text))
        for field in (ui.report, ui.period, ui.gather):
            field.setEnabled(not text)
        ui.save_report.setEnabled(not text and self.gathered is not None)
        ui.save_lacking.setEnabled(not text and bool(self.lines.lines))

    # ---- gathering

    def gather(self) -> None:
        """Read the period beside the window, and show what is missing."""
        if not self.ui.report.isEnabled():
            return
        with telling(self):
            self.period.take_typed()
            self._forget()
            self._show_work("正在读取…")
            work = partial(self._read, self._report, self.period.span)
            self._stop = self._background.run_long(work, self._show_gathered, self._show_work)

    def _read(self, report: Report, span: Span, say: Callable[[str], None], stop: Event) -> Gathered | DeskError:
        """Runs on the other thread."""

        def progress(done: int, of: int) -> None:
            if stop.is_set():
                raise _Stopped("没有读完，什么也没有保存。")
            say(f"正在读取案件：{done}/{of}")

        try:
            return report.read(self.desk, span, progress)
        except DeskError as error:
            return error

    def _show_gathered(self, found: Gathered | DeskError) -> None:
        self._show_work("")
        if isinstance(found, _Stopped):
            self.ui.summary.setText(str(found))
        elif isinstance(found, DeskError):
            self._refuse(found)
        else:
            self.gathered = found
            self.lines.show(found.lines)
            self.ui.summary.setText(f"{show_time(self.desk.now().time())}核对：{found.in_words}")
            self._show_work("")
            (self.ui.lacking if found.lines else self.ui.save_report).setFocus()

    def _open_case(self, index: QModelIndex) -> None:
        self.desk.case_wanted.emit(index.data(Qt.ItemDataRole.UserRole))

    # ---- saving

    def save(self) -> None:
        """Ask where to, and keep in the log what went to whom."""
        gathered = self.gathered
        if gathered is None or not self.ui.save_report.isEnabled():
            return
        with telling(self):
            kind, receiver = FileKind(chosen(self.ui.file_kind)), self.ui.receiver.text().strip()
            if self._report.has_people:
                if not receiver:
                    raise RuleBroken(Fault("请填写报送给哪个单位。", "receiver"))
                QSettings().setValue(RECEIVER, receiver)
            saved = partial(gathered.note, self.desk, kind, receiver)
            self._write(partial(gathered.file, self.desk, kind), f"{gathered.title}.{kind.value}", kind, saved)

    def save_lacking(self) -> None:
        gathered = self.gathered
        if isinstance(gathered, GatheredEvents) and self.ui.save_lacking.isEnabled():
            title = f"缺项清单 {gathered.days}"
            saved = partial(self.desk.log.note, note_export, title)
            self._write(partial(lacking_file, gathered.report), f"{title}.xlsx", FileKind.XLSX, saved)

    def _write(self, make: Callable[[], bytes], name: str, kind: FileKind, saved: Callable[[], object]) -> None:
        """Make the file beside the window, then ask where to; `saved` is done once it is there."""

        def ask_where(content: bytes) -> None:
            self._show_work("")
            save_file(self, content, name, _FILTERS[kind], saved=saved)

        self._show_work("正在生成文件…")
        self.ui.stop_button.hide()
        self._background.run(make, ask_where, self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self._show_work("")
        tell(self, str(error))

    # ---- going

    def _follow_user(self) -> None:
        if self.desk.user_id != self._user_id:
            self.close()

    def _let_go(self) -> None:
        """Stop what is being read, and wait for it: the store may go soon."""
        self._stop.set()
        self._background.finish()
