"""督办: the orders to units about this case, what they replied, and what came of it."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.domain.supervision_words import order_in_words, order_state
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import ORANGE, RED, Line


class SupervisionTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("单位", "督办情形", "督办日期", "回复期限", "状态"), empty="没有督办过。")
        self.page.offer("发督办单", self.issue, Right.SUPERVISE, name="issue_order_button")
        self.page.offer(
            "登记回复",
            self.reply,
            Right.SUPERVISE,
            Right.FOLLOW_UP,
            name="reply_to_order_button",
            suits=lambda order: order is not None and order.awaits_reply,
        )
        self.page.offer(
            "认定回复",
            self.settle,
            Right.SUPERVISE,
            name="settle_order_button",
            suits=lambda order: order is not None and order.settled_on is None,
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        today, rules, called = self.desk.now().date(), self.desk.rules, self.desk.centre.user_name
        self.page.show_lines(
            [self._line(each) for each in case.supervision_orders],
            lambda order: order_in_words(order, rules, called, today),
        )

    def issue(self) -> None:
        from mediation_desk.gui.supervision_dialogs import IssueOrderDialog

        self.open_dialog(IssueOrderDialog)

    def reply(self) -> None:
        from mediation_desk.gui.supervision_dialogs import ReplyToOrderDialog

        self.open_dialog(ReplyToOrderDialog, self.page.chosen)

    def settle(self) -> None:
        from mediation_desk.gui.supervision_dialogs import SettleOrderDialog

        self.open_dialog(SettleOrderDialog, self.page.chosen)

    def _line(self, order: SupervisionOrder) -> Line:
        today = self.desk.now().date()
        fault = self.desk.rules.table("supervision_fault").label(order.fault_code)
        cells = (order.unit, fault, show_day(order.issued_on), show_day(order.due_on), order_state(order, today))
        is_unread = order.replied_on is not None and order.settled_on is None
        tone = RED if order.awaits_reply and order.is_late(today) else ORANGE if is_unread else None
        return Line(cells, order, tone)
