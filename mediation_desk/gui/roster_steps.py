"""What is done with a month's roster as a whole: publishing, comparing, posts, opening days, leave and swaps."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.errors import telling
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_roster_publish import Ui_PublishForm
from mediation_desk.gui.holiday_notice_dialog import HolidayNoticeDialog
from mediation_desk.gui.leave_dialog import LeaveDialog
from mediation_desk.gui.ledger_dialog import LedgerDialog
from mediation_desk.gui.opening_dialog import OpeningDialog
from mediation_desk.gui.post_dialog import PostsDialog
from mediation_desk.gui.roster_changes_dialog import RosterChangesDialog
from mediation_desk.gui.swap_dialog import SwapsDialog
from mediation_desk.gui.swap_form import SwapForm
from mediation_desk.services.roster_making import drop_draft, publish
from mediation_desk.services.roster_view import RosterMonth
from mediation_desk.services.roster_warnings import before_publishing
from mediation_desk.services.swaps import ask_swap


class RosterSteps(QObject):
    """Acts on the month that is shown. `said` brings a sentence for the line below the grid.

    `draft_gone` comes when the draft was published or thrown away.
    """

    said = Signal(str)
    draft_gone = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._month: RosterMonth | None = None

    def show_month(self, month: RosterMonth) -> None:
        self._month = month

    # ---- the draft

    def publish(self) -> None:
        """Ask before people are told: what is missing, what is not proven, and why there is a newer version."""
        month = self._month
        with telling(self._page):
            if month is None:
                return
            told = self._desk.look(before_publishing, month.month)
            form = PublishForm(month, told)
            title = f"发布{month.month.year}年{month.month.month}月排班"
            dialog = EditDialog(title, form, lambda: self._publish(form), self._page)
            dialog.ui.save.setText("发布(&S)")
            dialog.resize(dialog.width(), dialog.height() // 2)
            dialog.open()

    def compare(self) -> None:
        """Show what the draft changes."""
        if self._month is None or self._month.draft is None:
            self.said.emit("没有草案可以对比。")
            return
        RosterChangesDialog(self._desk, self._month.month, self._page).open()

    def drop_draft(self) -> None:
        if self._month is None or self._month.draft is None:
            self.said.emit("没有草案。")
            return
        kept = "已发布的排班不变。" if self._month.published else "手动改动和自动排的班都会丢掉。"
        ask(self._page, f"放弃{self._month.month.month}月的草案？{kept}", "放弃草案", self._drop)

    def _publish(self, form: "PublishForm") -> None:
        assert self._month is not None
        roster = self._desk.do(publish, self._month.month, form.reason())
        self.draft_gone.emit()
        self.said.emit(f"已发布第{roster.version}版。")

    def _drop(self) -> None:
        assert self._month is not None
        with telling(self._page):
            self._desk.do(drop_draft, self._month.month)
            self.draft_gone.emit()
            self.said.emit("草案已放弃。")

    # ---- what a roster is made of

    def show_posts(self) -> None:
        PostsDialog(self._desk, self._page).open()

    def show_opening(self) -> None:
        with telling(self._page):
            if self._month is not None:
                OpeningDialog(self._desk, self._month.month, self._page).open()

    def import_notice(self) -> None:
        with telling(self._page):
            HolidayNoticeDialog(self._desk, self._page).open()

    # ---- people

    def ask_leave(self, person_id: int, half_day: HalfDay) -> None:
        with telling(self._page):
            LeaveDialog(self._desk, person_id, self._page, half_day).open()

    def show_swaps(self) -> None:
        if self._month is not None:
            SwapsDialog(self._desk, self._month.month, self._page).open()

    def show_ledger(self) -> None:
        with telling(self._page):
            LedgerDialog(self._desk, self._page).open()

    def ask_swap(self, person_id: int, half_day: HalfDay) -> None:
        """Ask who takes a published shift."""
        with telling(self._page):
            assert self._month is not None
            form = SwapForm(self._desk, self._month, person_id, half_day)
            dialog = EditDialog("申请换班", form, lambda: self._ask_swap(form), self._page)
            dialog.ui.save.setText("登记申请(&S)")
            dialog.open()

    def _ask_swap(self, form: SwapForm) -> None:
        self._desk.do(ask_swap, form.request())
        self.said.emit("换班申请已登记，等对方答复；在“人员—换班”中记下答复，双方同意后生效。")


class PublishForm(QWidget):
    """What whoever publishes must know, and the reason where people were told of another version before."""

    def __init__(self, month: RosterMonth, told: list[str]) -> None:
        super().__init__()
        self.ui = Ui_PublishForm()
        self.ui.setupUi(self)
        lines = ["发布后，今日页、墙贴和导出都按这一版；以前的版本留着可查。", *(f"· {each}" for each in told)]
        self.ui.publish_text.setText("\n".join(lines))
        self.ui.reason_area.setVisible(month.published is not None)

    def reason(self) -> str:
        return line_of(self.ui.roster_reason)
