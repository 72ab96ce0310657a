"""The dialogs of 督办: an order to a unit, its reply, and whether that was enough."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import clocks_of, extensions_of
from mediation_desk.domain.clock_words import clock_called, clock_in_words, end_in_words, state_in_words
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import chosen, day_of, fill_codes, needed_day_of
from mediation_desk.gui.form_content import line_of, text_of
from mediation_desk.gui.forms.ui_order_issue import Ui_OrderIssueForm
from mediation_desk.gui.forms.ui_order_reply import Ui_OrderReplyForm
from mediation_desk.gui.forms.ui_order_settle import Ui_OrderSettleForm
from mediation_desk.services.supervision import Urging, issue_order, reply_to_order, settle_order

_ENOUGH, _AGAIN = "enough", "again"


def _in_short(order: SupervisionOrder) -> str:
    return f"第{order.no}次督办：{order.unit}，{show_day(order.due_on)}前回复。要求：{order.demand}"


class IssueOrderDialog(CaseDialog):
    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(desk, case, parent)
        self.ui = Ui_OrderIssueForm()
        self.ui.setupUi(self)
        fill_codes(self.ui.fault_code, desk.rules.table("supervision_fault"), self.today, blank="请选择")
        self.ui.issued_on.setText(show_day(self.today))
        self.wire(self.ui)

    def record(self) -> None:
        self.desk.do(
            issue_order,
            self.case_id,
            unit=line_of(self.ui.unit),
            fault_code=chosen(self.ui.fault_code),
            demand=text_of(self.ui.demand),
            issued_on=needed_day_of(self.ui.issued_on, self.today),
            due_on=needed_day_of(self.ui.due_on, self.today),
        )


class ReplyToOrderDialog(CaseDialog):
    """What the unit replied. How a time limit was counted can be put into it, day by day."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget, order: SupervisionOrder) -> None:
        super().__init__(desk, case, parent)
        self.order = order
        self.ui = Ui_OrderReplyForm()
        self.ui.setupUi(self)
        self.ui.order_text.setText(_in_short(order))
        self.ui.replied_on.setText(show_day(self.today))
        self._clocks = [each for each in clocks_of(case, desk.rules) if each.kind is not ClockKind.SUPERVISION]
        for row, clock in enumerate(self._clocks):
            state = state_in_words(clock, self.today, desk.rules.holidays)
            self.ui.clock.addItem(f"{clock_called(clock)}：{state}", row)
        late = [row for row, clock in enumerate(self._clocks) if clock.is_late(self.today)]
        self.ui.clock.setCurrentIndex(max(late, default=len(self._clocks) - 1))
        self.ui.add_clock_button.clicked.connect(self.add_clock)
        self.wire(self.ui)

    def add_clock(self) -> None:
        """Put how the chosen time limit was counted, and how late it is, below what is typed."""
        clock, holidays = self._clocks[self.ui.clock.currentIndex()], self.desk.rules.holidays
        counted = clock_in_words(clock, extensions_of(self.case, clock.kind), holidays, self.today)
        state = f"截至{show_day(self.today)}，{state_in_words(clock, self.today, holidays)}"
        words = f"{clock_called(clock)}的计期说明：\n{counted}\n届满：{end_in_words(clock)}\n情况：{state}"
        self.ui.reply.setPlainText("\n\n".join(filter(None, (text_of(self.ui.reply), words))))
        self.ui.reply.setFocus()

    def record(self) -> None:
        self.desk.do(
            reply_to_order,
            self.case_id,
            self.order.no,
            replied_on=needed_day_of(self.ui.replied_on, self.today),
            reply=text_of(self.ui.reply),
        )


class SettleOrderDialog(CaseDialog):
    """Whether the reply was enough; where it was not, the same unit is urged once more."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget, order: SupervisionOrder) -> None:
        super().__init__(desk, case, parent)
        self.order = order
        self.ui = Ui_OrderSettleForm()
        self.ui.setupUi(self)
        replied = f"\n{show_day(order.replied_on)}回复：{order.reply}" if order.replied_on else "\n单位还没有回复。"
        self.ui.order_text.setText(_in_short(order) + replied)
        self.ui.verdict.addItem("已按要求办理" if order.replied_on else "不再督办", _ENOUGH)
        self.ui.verdict.addItem("没有办好，再次督办", _AGAIN)
        self.ui.settled_on.setText(show_day(self.today))
        self.ui.again_demand.setPlainText(order.demand)
        self.ui.verdict.currentIndexChanged.connect(self._offer_again)
        self._offer_again()
        self.wire(self.ui)

    def _offer_again(self) -> None:
        again = chosen(self.ui.verdict) == _AGAIN
        ui = self.ui
        for part in (ui.again_demand, ui.again_demand_caption, ui.again_due_on, ui.again_due_on_caption):
            part.setEnabled(again)

    def record(self) -> None:
        ui = self.ui
        demand, due_on = text_of(ui.again_demand), day_of(ui.again_due_on, self.today)
        self.desk.do(
            settle_order,
            self.case_id,
            self.order.no,
            result=text_of(ui.settle_result),
            settled_on=needed_day_of(ui.settled_on, self.today),
            again=Urging(demand=demand, due_on=due_on) if chosen(ui.verdict) == _AGAIN else None,
        )
