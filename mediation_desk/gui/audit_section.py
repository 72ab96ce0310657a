"""设置·日志, and the same for one case: who did, saw, printed and exported what, and whether all of it still fits."""

from functools import partial
from threading import Event

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.audit import AuditKind, Misfit
from mediation_desk.domain.errors import Fault, NotFound, RuleBroken
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.audit_model import AuditModel
from mediation_desk.gui.audit_watch import gently, remember
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import chosen, day_of, fill_words
from mediation_desk.gui.forms.ui_audit import Ui_AuditForm
from mediation_desk.gui.printing import save_file
from mediation_desk.services.audit import note_export
from mediation_desk.services.audit_log import (
    anchors_of,
    entry_in_words,
    log_workbook,
    misfits_in_words,
    note_verified,
)
from mediation_desk.store.audit import head
from mediation_desk.store.audit_log import LogFilter

WORKBOOK = "表格 (*.xlsx)"
_PERMILLE = 1000


class AuditSection(QWidget):
    """Only for whoever may read the log. `case_id` narrows it to one case for good."""

    def __init__(self, desk: Desk, case_id: int | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._case_id = case_id
        self._stop: Event | None = None
        self._background = Background(self)
        self.ui = Ui_AuditForm()
        self.ui.setupUi(self)
        self.model = AuditModel(desk, self)
        self.ui.log_lines.setModel(self.model)
        self.ui.log_lines.header().setResizeContentsPrecision(50)
        self.ui.log_lines.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.log_lines.selectionModel().currentRowChanged.connect(self._show_entry)
        fill_words(self.ui.log_kind, AuditKind, blank="全部")
        self._fill_users()
        for widget in (self.ui.log_case, self.ui.log_case_caption, self.ui.verify_log):
            widget.setVisible(case_id is None)
        add_action(self, "查看日志", "Ctrl+Return", self.refresh, self.ui.show_log)
        add_action(self, "导出日志", "Ctrl+Shift+X", self.export, self.ui.export_log)
        if case_id is None:
            add_action(self, "核验日志和数据", "Ctrl+Shift+V", self.verify, self.ui.verify_log)
        self.ui.stop_verifying.clicked.connect(self.stop)
        for field in (self.ui.log_since, self.ui.log_until, self.ui.log_case):
            field.returnPressed.connect(self.refresh)
        desk.centre_changed.connect(self._fill_users)
        desk.changed.connect(self._allow)
        self._show_progress(None)
        self._allow()

    def _fill_users(self) -> None:
        kept = self.ui.log_user.currentData()
        self.ui.log_user.clear()
        self.ui.log_user.addItem("全部", None)
        for user in self.desk.centre.users:
            self.ui.log_user.addItem(user.name, user.id)
        self.ui.log_user.setCurrentIndex(max(self.ui.log_user.findData(kept), 0))

    def _allow(self) -> None:
        """Whoever may not read the log is told so; nothing of it stays in sight for the next user."""
        may = self.desk.may(Right.AUDIT)
        self.ui.verdict.setText("" if may else "只有“审计”角色可以看日志。请由审计人员登录。")
        for widget in (self.ui.show_log, self.ui.export_log, self.ui.verify_log, self.ui.log_lines, self.ui.log_text):
            widget.setEnabled(may)
        if not may:
            self.stop()
            self.model.clear()
            self.ui.log_text.clear()

    # ---- reading

    def showEvent(self, event: QShowEvent) -> None:
        """The newest lines stand there at once."""
        super().showEvent(event)
        if not event.spontaneous() and not self.model.lines and self.desk.may(Right.AUDIT):
            self.refresh()

    def refresh(self) -> None:
        """Show what is asked for, the newest first."""
        with telling(self):
            self.model.show(self._wanted())
            self.ui.log_text.clear()
            self.ui.verdict.setText("" if self.model.lines else "没有这样的记录。")

    def _wanted(self) -> LogFilter:
        ui, today = self.ui, self.desk.now().date()
        since, until = day_of(ui.log_since, today), day_of(ui.log_until, today)
        if since and until and since > until:
            raise RuleBroken(Fault("开始日晚于结束日，请改正。", "log_until"))
        case_id = self._case_id if self._case_id is not None else self._case_typed()
        return LogFilter(
            since=since, until=until, by_id=ui.log_user.currentData(), kind=chosen(ui.log_kind), case_id=case_id
        )

    def _case_typed(self) -> int | None:
        typed = self.ui.log_case.text().strip()
        if not typed:
            return None
        try:
            return self.desk.look(lambda records, _: records.audit.case_id_of(typed))
        except NotFound as error:
            raise RuleBroken(Fault(str(error), "log_case")) from error

    def _show_entry(self) -> None:
        index = self.ui.log_lines.currentIndex()
        if index.isValid():
            with telling(self):
                lines = self.desk.look(entry_in_words, self.model.lines[index.row()].no)
                self.ui.log_text.setPlainText("\n".join(lines) or "这一条没有改动数据。")

    # ---- taking it along

    def export(self) -> None:
        with telling(self):
            content = self.desk.look(log_workbook, self._wanted())
            name = f"操作日志 {self.desk.now():%Y-%m-%d %H%M}"
            saved = partial(self.desk.log.note, note_export, name, self._case_id)
            save_file(self, content, f"{name}.xlsx", WORKBOOK, saved)

    # ---- holding it against the records

    def verify(self) -> None:
        """Look through everything, on a thread of its own; people go on working meanwhile."""
        if self._stop is not None or not self.desk.may(Right.AUDIT):
            return
        database = self.desk.database
        self.desk.log.flush()
        self.ui.verdict.setText("正在核验日志和全部数据，可以继续工作…")
        self._show_progress(0.0)
        self._stop = self._background.run_long(
            lambda tell, stop: gently(database, anchors_of(database), 0, stop, tell), self._tell, self._show_progress
        )

    def stop(self) -> None:
        """Leave it at what was found so far; nothing is concluded from it."""
        if self._stop is not None:
            self._stop.set()

    def finish(self) -> None:
        """Stop and wait; call it before the window goes."""
        self.stop()
        self._background.finish()

    def _show_progress(self, done: float | None) -> None:
        for widget in (self.ui.verify_progress, self.ui.stop_verifying):
            widget.setVisible(done is not None)
        self.ui.verify_log.setEnabled(done is None)
        self.ui.verify_progress.setValue(int((done or 0.0) * _PERMILLE))

    def _tell(self, misfits: list[Misfit]) -> None:
        was_stopped = self._stop is not None and self._stop.is_set()
        self._stop = None
        self._show_progress(None)
        if not self.desk.may(Right.AUDIT):
            return
        with telling(self):
            self.ui.log_text.setPlainText("\n".join(self.desk.look(misfits_in_words, misfits)))
            if misfits:
                self.ui.verdict.setText(f"发现{len(misfits)}处不符，列在上面。请保留数据文件，并与最近的备份核对。")
            elif was_stopped:
                self.ui.verdict.setText("已停止，没有核验完。")
            else:
                self.ui.verdict.setText("核验完毕：日志前后相接，数据与日志一致。")
                self._remember_the_end()
            if not was_stopped:
                self.desk.log.note(note_verified, self.desk.act(), len(misfits))

    def _remember_the_end(self) -> None:
        remember(self.desk, self.desk.look(lambda records, _: head(records.connection)))
