"""Asking for a swap: who could take a shift, how that weighs on both, and what may be taken back in return."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.duty_roster import SwapRequest
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_swap import Ui_SwapForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.roster_view import RosterMonth
from mediation_desk.services.swaps import Taker, returns, takers


class SwapForm(QWidget):
    """One published shift of one person. Who cannot take it is listed with the reason, and cannot be chosen."""

    def __init__(self, desk: Desk, month: RosterMonth, person_id: int, half_day: HalfDay) -> None:
        super().__init__()
        self.ui = Ui_SwapForm()
        self.ui.setupUi(self)
        self._desk, self._month = desk, month
        self._given = Placing(half_day, month.published_shifts[person_id, half_day], person_id)
        self._posts = {post.id: post.name for post in month.posts}
        names = {person.id: person.name for person in month.people}
        self.ui.given_text.setText(
            f"{names[person_id]}换出：{half_day.in_month} {self._posts[self._given.post_id]}。"
            "双方同意后按“换班生效”，发布新的一版。"
        )
        self.takers = LineModel(("姓名", "能不能换", "接班人应担班次", "换出人应担班次"), self)
        self.ui.taker.setModel(self.takers)
        self.ui.taker.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._show_takers(desk.look(takers, month.month, person_id, half_day))
        self.ui.taker.selectionModel().currentChanged.connect(self._offer_returns)
        self.ui.taker.setCurrentIndex(self.takers.index(0, 0))
        self._offer_returns(self.ui.taker.currentIndex())

    def request(self) -> SwapRequest:
        """What is asked for. Raises `RuleBroken` when nobody is chosen who could take it."""
        taker = self._taker()
        refuse_unless(taker and taker.blocker is None, "请选一位能换的人。", "taker")
        assert taker is not None
        back = self.ui.back_shift.currentData()
        given = self._given
        return SwapRequest(
            uid=self._desk.new_uid(),
            month=self._month.month,
            asker_id=given.person_id,
            day=given.half_day.day,
            half=given.half_day.half,
            post_id=given.post_id,
            taker_id=taker.person_id,
            back_day=back.half_day.day if back else None,
            back_half=back.half_day.half if back else None,
            back_post_id=back.post_id if back else None,
            reason=line_of(self.ui.swap_reason),
            by_id=self._desk.user_id,
            asked_at=self._desk.now(),
        )

    def _show_takers(self, found: Sequence[Taker]) -> None:
        self.takers.show(
            [
                Line(
                    (
                        each.name,
                        f"不能：{each.blocker.label}" if each.blocker else "能换",
                        "" if each.blocker else each.taker.in_words,
                        "" if each.blocker else each.asker.in_words,
                    ),
                    each,
                )
                for each in found
            ]
        )

    def _taker(self) -> Taker | None:
        taker = self.ui.taker.currentIndex().data(Qt.ItemDataRole.UserRole)
        return taker if isinstance(taker, Taker) else None

    def _offer_returns(self, _: QModelIndex) -> None:
        """Offer what of the taker's shifts could come back without breaking a rule."""
        self.ui.back_shift.clear()
        self.ui.back_shift.addItem("不换回", None)
        taker = self._taker()
        if taker is None or taker.blocker is not None:
            return
        with telling(self):
            given = self._given
            for back in self._desk.look(returns, self._month.month, given.person_id, given.half_day, taker.person_id):
                self.ui.back_shift.addItem(f"{back.half_day.in_month} {self._posts[back.post_id]}", back)
