"""换班: the requests of a month, what both sides said, what stands against them, and carrying them out."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.duty_roster import SwapRequest, SwapState
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_swaps import Ui_SwapsForm
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.swaps import OPEN, SwapShown, answer_swap, carry_out_swap, swaps_of, withdraw_swap
from mediation_desk.store.records import Records

_COLUMNS = ("状态", "换出", "换给", "换回", "经过", "现在的障碍")


class SwapsDialog(QDialog):
    """Everything that was ever asked in a month stays in the list, whatever became of it."""

    def __init__(self, desk: Desk, month: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.month = desk, month
        self.ui = Ui_SwapsForm()
        self.ui.setupUi(self)
        self.setWindowTitle(f"换班：{month.year}年{month.month}月")
        self.model = LineModel(_COLUMNS, self)
        self.ui.swaps.setModel(self.model)
        self.ui.swaps.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.swaps.selectionModel().currentChanged.connect(self._offer_steps)
        self.ui.agree.clicked.connect(lambda: self._answer(agrees=True))
        self.ui.refuse.clicked.connect(lambda: self._answer(agrees=False))
        self.ui.withdraw.clicked.connect(self._withdraw)
        self.ui.carry_out.clicked.connect(self._ask_to_carry_out)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        with telling(self):
            chosen = self._chosen()
            found, names, posts = self.desk.look(_swaps_and_names, self.month)
            self.model.show([_line(each, names, posts) for each in found])
            rows = [row for row, each in enumerate(found) if chosen and each.swap.id == chosen.id]
            self.ui.swaps.setCurrentIndex(self.model.index(rows[0] if rows else 0, 0))
            self.ui.swaps_text.setText(
                "双方同意后按“换班生效”，就发布新的一版排班。"
                if found
                else "本月没有换班申请。要换班，请在排班格中选一个已发布的班次，按H。"
            )
            self._offer_steps()

    def _chosen(self) -> SwapRequest | None:
        shown = self.ui.swaps.currentIndex().data(Qt.ItemDataRole.UserRole)
        return shown.swap if isinstance(shown, SwapShown) else None

    def _offer_steps(self) -> None:
        swap = self._chosen()
        state = swap.state if swap else None
        for button, is_possible in (
            (self.ui.agree, state is SwapState.ASKED),
            (self.ui.refuse, state is SwapState.ASKED),
            (self.ui.withdraw, state in OPEN),
            (self.ui.carry_out, state is SwapState.AGREED),
        ):
            button.setEnabled(is_possible)

    def _answer(self, *, agrees: bool) -> None:
        swap = self._chosen()
        with telling(self):
            if swap and swap.id is not None:
                self.desk.do(answer_swap, swap.id, agrees=agrees, note=line_of(self.ui.answer_note))
                self.ui.answer_note.clear()

    def _withdraw(self) -> None:
        swap = self._chosen()
        with telling(self):
            if swap and swap.id is not None:
                self.desk.do(withdraw_swap, swap.id)

    def _ask_to_carry_out(self) -> None:
        swap = self._chosen()
        if swap and swap.id is not None:
            swap_id = swap.id
            question = "换班生效后发布新的一版排班，其他人看到的就是新版。"
            ask(self, question, "换班生效", lambda: self._carry_out(swap_id))

    def _carry_out(self, swap_id: int) -> None:
        with telling(self):
            self.desk.do(carry_out_swap, swap_id)


def _swaps_and_names(
    records: Records, act: Act, month: date
) -> tuple[list[SwapShown], dict[int | None, str], dict[int | None, str]]:
    names = {each.id: each.name for each in records.mediators.all()}
    return swaps_of(records, act, month), names, {each.id: each.name for each in records.rosters.posts()}


def _line(shown: SwapShown, names: dict[int | None, str], posts: dict[int | None, str]) -> Line:
    swap = shown.swap
    back = ""
    if swap.back_day is not None and swap.back_half is not None:
        back = f"{HalfDay(swap.back_day, swap.back_half).in_month} {posts.get(swap.back_post_id, '')}"
    given = f"{names[swap.asker_id]} {HalfDay(swap.day, swap.half).in_month} {posts.get(swap.post_id, '')}"
    cells = (swap.state.label, given, names[swap.taker_id], back or "不换回", _history(swap), "；".join(shown.against))
    return Line(cells, shown, YELLOW if swap.state in OPEN else None)


def _history(swap: SwapRequest) -> str:
    """When what happened, with what was said."""
    told = [f"{show_day(swap.asked_at.date())} {show_time(swap.asked_at.time())}申请"]
    told[0] += f"（{swap.reason}）" if swap.reason else ""
    if swap.answered_at is not None:
        note = f"（{swap.answer_note}）" if swap.answer_note else ""
        told.append(f"{show_day(swap.answered_at.date())} {show_time(swap.answered_at.time())}答复{note}")
    if swap.done_at is not None:
        told.append(f"{show_day(swap.done_at.date())}生效，第{swap.roster_version}版")
    return "；".join(told)
