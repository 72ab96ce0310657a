"""首问负责: who received the visitor, who answers for the case now, and every hand-over that was offered."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.responsibility import ResponsibilityTransfer
from mediation_desk.domain.responsibility_words import responsible_in_words, transfer_in_words, transfer_state
from mediation_desk.domain.rights import Right
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import ORANGE, Line


class ResponsibilityTopic(FactTopic):
    """Who is responsible stands above the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("时间", "移交人", "请谁接手", "状态"), empty="没有移交过。")
        self.page.offer("移交", self.offer, Right.REGISTER, name="offer_button", suits=lambda _: not self._waits())
        self.page.offer("答复移交", self.answer, Right.REGISTER, name="answer_button", suits=lambda _: self._is_mine())
        self.page.offer(
            "撤回移交", self.take_back, Right.REGISTER, name="take_back_button", suits=lambda _: self._waits()
        )

    def show_case(self, case: Case) -> None:
        self.case = case
        called = self.desk.centre.user_name
        self.page.show_head(responsible_in_words(case, called))
        self.page.show_lines(
            [self._line(each) for each in case.transfers], lambda transfer: transfer_in_words(transfer, called)
        )

    def offer(self) -> None:
        from mediation_desk.gui.responsibility_dialogs import OfferDialog

        self.open_dialog(OfferDialog)

    def answer(self) -> None:
        from mediation_desk.gui.responsibility_dialogs import AnswerOfferDialog

        self.open_dialog(AnswerOfferDialog)

    def take_back(self) -> None:
        from mediation_desk.gui.responsibility_dialogs import TakeBackOfferDialog

        self.open_dialog(TakeBackOfferDialog)

    def _waits(self) -> bool:
        return self.case is not None and self.case.open_offer is not None

    def _is_mine(self) -> bool:
        offer = self.case.open_offer if self.case else None
        return offer is not None and offer.to_id == self.desk.user_id

    def _line(self, transfer: ResponsibilityTransfer) -> Line:
        called, at = self.desk.centre.user_name, transfer.recorded_at
        when = f"{show_day(at.date())} {show_time(at.time())}"
        cells = (when, called(transfer.by_id), called(transfer.to_id), transfer_state(transfer))
        return Line(cells, transfer, ORANGE if transfer.is_open else None)
