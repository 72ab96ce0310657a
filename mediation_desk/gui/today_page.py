"""今日: who is here, who waits, what is due, what came in today."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.backup_standing import Remark
from mediation_desk.domain.call_out import CallOutState
from mediation_desk.domain.clock import clock_remarks
from mediation_desk.domain.dates import day_in_words, show_day, show_time
from mediation_desk.domain.half_day import WEEKDAY_LABELS, HalfDay
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.audit_watch import watch_of
from mediation_desk.gui.backup_keeper import keeper_of
from mediation_desk.gui.backup_remarks import in_colour
from mediation_desk.gui.calling import call_in, show_call_out
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.due_model import GRADES, DueModel
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_today import Ui_TodayPage
from mediation_desk.gui.line_model import RED, YELLOW, Line, LineModel, show_lines_in
from mediation_desk.gui.presence_panel import PresencePanel
from mediation_desk.services.act import Act
from mediation_desk.services.running_call_outs import RunningCallOut
from mediation_desk.services.today import Due, Today, look_at_today
from mediation_desk.services.who_is_here import who_is_here
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.draft import Draft
from mediation_desk.store.records import Records

A_MINUTE_MS = 60_000


class TodayPage(QWidget):
    """Reads anew whenever it is shown, when something changed, and when noon or midnight has passed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_TodayPage()
        self.ui.setupUi(self)
        self.presence = PresencePanel(desk)
        self.presence.call_out_wanted.connect(lambda: call_in(desk, self.window()))
        self.ui.columns.addWidget(self.presence)
        self.ui.columns.setStretchFactor(0, 3)
        self.ui.columns.setStretchFactor(1, 2)
        self.dues = DueModel(desk, self)
        self.registered = LineModel(("时间", "案件", "阶段", "情况"), self)
        self.waiting = LineModel(("暂存于", "登记", "经办"), self)
        self.call_outs = LineModel(("状态", "呼叫来做什么", "等待答复"), self)
        show_lines_in(self.ui.call_outs, self.call_outs)
        self.ui.call_outs_caption.hide()
        self.ui.call_outs.activated.connect(self._open_call_out)
        show_lines_in(self.ui.dues, self.dues, self.ui.dues_empty)
        show_lines_in(self.ui.registered, self.registered, self.ui.registered_empty)
        show_lines_in(self.ui.waiting, self.waiting, self.ui.waiting_empty)
        self.ui.dues.activated.connect(self._open_case)
        self.ui.registered.activated.connect(self._open_case)
        self.ui.waiting.activated.connect(self._take_up)
        add_action(
            self, "继续等候最久的登记", "Ctrl+Shift+R", self._take_up_longest, needs=self.desk.needs(Right.REGISTER)
        )
        self.keeper = keeper_of(desk, self)
        self.keeper.told.connect(self._show_standing)
        self.watch = watch_of(desk, self)
        self.watch.told.connect(self._show_standing)
        desk.changed.connect(self._refresh_if_shown)
        self._half_day: HalfDay | None = None
        self._newest_at: datetime | None = None
        self._turns_at: datetime | None = None
        """When the next of what is counted in minutes becomes late."""
        self._minute = QTimer(self)
        self._minute.setInterval(A_MINUTE_MS)
        self._minute.timeout.connect(self._follow_the_clock)
        self._minute.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Drafts are parked without `desk.changed`, so coming back to the page always reads."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        with telling(self):
            self._show(*self.desk.look(_today_and_waiting))
            self._show_standing()

    def _show(self, today: Today, parked: Sequence[Draft]) -> None:
        now = self.desk.now()
        self._half_day = HalfDay.of(now)
        self._newest_at = today.newest_at
        self._turns_at = min((due.until for due in today.dues if due.until and due.until >= now), default=None)
        self.ui.day_line.setText(
            f"{day_in_words(now.date())} 星期{WEEKDAY_LABELS[now.weekday()]} {'上午' if now.hour < 12 else '下午'}"
        )
        self._show_call_outs(today.call_outs)
        self.ui.dues_summary.setText(_summary(today.dues))
        self.dues.show_dues(today.dues, today.cases, now.date())
        self.registered.show([_registered_line(row) for row in today.registered])
        self.presence.show_presences(today.presences)
        self.waiting.show([self._waiting_line(draft, now) for draft in parked])
        for block, model in ((self.ui.registered_block, self.registered), (self.ui.waiting_block, self.waiting)):
            self.ui.work_layout.setStretchFactor(block, 2 if model.lines else 0)  # else its room goes to what is due

    def _show_standing(self) -> None:
        """How clock, back-ups and log stand, and what went wrong last, the worst first; no back-ups for practice."""
        if not self.isVisible():
            return
        remarks: list[Remark] = [*self.watch.remarks, *clock_remarks(self.desk.now(), self._newest_at)]
        if self.keeper.is_wanted:
            standing = self.desk.look(lambda records, _: records.backups.standing())
            remarks += [*self.keeper.remarks, *standing.remarks(self.desk.now(), self.desk.rules)]
        remarks.sort(key=lambda each: each.light)
        self.ui.backup_line.setText(in_colour(remarks))
        self.ui.backup_line.setToolTip("\n".join(each.more for each in remarks if each.more))

    def _show_call_outs(self, running: Sequence[RunningCallOut]) -> None:
        """The searches that go on, above everything else; nothing at all while there are none."""
        self.call_outs.show([_call_out_line(each) for each in running])
        self.ui.call_outs_caption.setVisible(bool(running))

    def _waiting_line(self, draft: Draft, now: datetime) -> Line:
        since = draft.parked_at or draft.saved_at
        day = "" if since.date() == now.date() else f"{show_day(since.date())} "
        cells = (day + show_time(since.time()), draft.label, self.desk.centre.user_name(draft.user_id))
        return Line(cells, draft)

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _follow_the_clock(self) -> None:
        """Who was due is missing after a while, and call hours begin and end; all else waits for noon and midnight."""
        now = self.desk.now()
        if self._half_day != HalfDay.of(now) or (self._turns_at is not None and now > self._turns_at):
            self._refresh_if_shown()
        elif self.isVisible():
            with telling(self):
                self.presence.show_presences(self.desk.look(who_is_here, self.desk.now()))

    def _open_case(self, index: QModelIndex) -> None:
        self.desk.case_wanted.emit(index.data(Qt.ItemDataRole.UserRole))

    def _open_call_out(self, index: QModelIndex) -> None:
        show_call_out(self.desk, self.window(), index.data(Qt.ItemDataRole.UserRole))

    def _take_up(self, index: QModelIndex) -> None:
        self._resume(index.data(Qt.ItemDataRole.UserRole))

    def _take_up_longest(self) -> None:
        if self.waiting.lines:
            self._resume(self.waiting.lines[0].key)

    def _resume(self, draft: Draft) -> None:
        if draft.case_id is not None:
            self.desk.case_wanted.emit(draft.case_id)
            return
        self.desk.page_wanted.emit("register")
        self.desk.draft_wanted.emit(draft.uid)


def _today_and_waiting(records: Records, act: Act) -> tuple[Today, list[Draft]]:
    return look_at_today(records, act), records.drafts.parked()


def _summary(dues: Sequence[Due]) -> str:
    """How many of each grade: "逾期2 · 临近1"; "" for none."""
    counted = Counter(due.grade for due in dues)
    return " · ".join(f"{word}{counted[grade]}" for grade, word in GRADES.items() if counted[grade])


def _call_out_line(running: RunningCallOut) -> Line:
    used_up = running.state is CallOutState.EXHAUSTED
    waiting = "名单用尽，没有人接受：请报值班领导" if used_up else f"等待{'、'.join(running.names)}答复"
    told = waiting if used_up or running.names else "请呼叫下一位"
    return Line((running.urgency.label, running.purpose, told), running.call_out_id, RED if used_up else YELLOW)


def _registered_line(row: CaseRow) -> Line:
    cells = (show_time(row.registered_at.time()), row.called, Stage(row.stage).label, row.matter)
    return Line(cells, row.id)
