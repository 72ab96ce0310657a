"""司法确认: until when, at which court, what was checked, how far it came, and the papers for the court."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.case import Case
from mediation_desk.domain.confirmation import (
    OPEN_TO_APPLY,
    Confirmation,
    advice,
    competent_court,
    confirmations_of,
    next_steps,
)
from mediation_desk.domain.confirmation_check import check_before_court
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.enclosures import enclosures_of
from mediation_desk.domain.rights import Right
from mediation_desk.gui.background import Background
from mediation_desk.gui.confirmation_dialog import ConfirmationDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import tell, telling
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.line_model import ORANGE, RED, Line, Tone
from mediation_desk.gui.overview_text import moment
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.services.act import Act
from mediation_desk.services.confirmation import take_back_confirmation
from mediation_desk.services.court_pack import CourtPack, make_court_pack, note_court_pack


class _Shown(NamedTuple):
    """What a line stands for: how an agreement stands, or one step of it."""

    confirmation: Confirmation
    step: ConfirmationStep | None = None


class ConfirmationTopic(QWidget):
    """For each agreement first how it stands and what was found against it, then its steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._background = Background(self)
        empty = "书面协议生效后，在这里登记各方要不要申请司法确认、法院怎样处理。口头协议不能申请。"
        self.page = FactPage(desk, ("协议", "日期", "进展", "法院", "法院案号"), empty=empty)
        self.page.offer(
            "登记进展…",
            self.record,
            Right.FOLLOW_UP,
            name="record_confirmation",
            suits=lambda each: each is not None and bool(next_steps(each.confirmation.state)),
        )
        self.page.offer(
            "撤回登记…",
            self.take_back,
            Right.FOLLOW_UP,
            name="take_back_confirmation",
            suits=lambda each: each is not None and bool(each.confirmation.steps),
        )
        is_chosen = bool
        self.page.offer("打印申请材料…", self.print_pack, Right.PRINT, name="print_court_pack", suits=is_chosen)
        self.page.offer("申请材料存 PDF…", self.save_pack, Right.PRINT, name="save_court_pack", suits=is_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def show_case(self, case: Case) -> None:
        self.case = case
        confirmations = confirmations_of(case, self.desk.rules, self.desk.now().date())
        self.page.show_lines([line for each in confirmations for line in self._lines(each)], self._in_words)

    def _lines(self, confirmation: Confirmation) -> Iterator[Line]:
        called = f"{confirmation.agreement.no}．{confirmation.agreement.number}"
        until = f"{show_day(confirmation.last_day.effective)}止" if confirmation.state in OPEN_TO_APPLY else ""
        cells = (called, until, confirmation.label, confirmation.court, confirmation.court_number)
        yield Line(cells, _Shown(confirmation), self._tone(confirmation))
        for step in confirmation.steps:
            cells = ("", show_day(step.happened_on), step.state.label, step.court, step.court_number)
            yield Line(cells, _Shown(confirmation, step))

    def _tone(self, confirmation: Confirmation) -> Tone | None:
        today = self.desk.now().date()
        warning = self.desk.rules.setting("confirmation_warning_days", today)
        left = (confirmation.last_day.effective - today).days
        if confirmation.state is ConfirmationState.EXPIRED:
            return RED
        return ORANGE if confirmation.state in OPEN_TO_APPLY and 0 <= left <= warning else None

    def _in_words(self, shown: _Shown) -> str:
        return self._step_in_words(shown.step) if shown.step else "\n".join(self._standing(shown.confirmation))

    def _standing(self, confirmation: Confirmation) -> Iterator[str]:
        assert self.case is not None
        rules, today = self.desk.rules, self.desk.now().date()
        yield f"{confirmation.agreement.number}　{confirmation.label}"
        yield from advice(confirmation, rules, today)
        if confirmation.was_asked:
            return
        committee = self.desk.centre.committee(self.case.committee_id)
        yield competent_court(self.case, committee.name if committee else "", rules)
        found = check_before_court(self.case, confirmation.agreement, rules, today)
        yield "申请前核对：" if found else "申请前核对：没有发现问题。各方应当共同申请。"
        for number, finding in enumerate(found, start=1):
            mark = "（不能申请）" if finding.is_hard else ""
            yield f"{number}．{finding.sentence}{mark}"
        enclosures = enclosures_of(self.case, confirmation.agreement, rules, today)
        if missing := [each.label for each in enclosures if each.is_missing]:
            yield f"申请材料还缺：{'、'.join(missing)}。"

    def _step_in_words(self, step: ConfirmationStep) -> str:
        lines = [
            f"{show_day(step.happened_on)}　{step.state.label}",
            step.court,
            step.court_number,
            step.text,
            f"{self.desk.centre.user_name(step.by_id)}登记于{moment(step.recorded_at)}",
        ]
        return "\n".join(filter(None, lines))

    @property
    def _chosen(self) -> tuple[Case, Confirmation]:
        assert self.case is not None
        return self.case, self.page.chosen.confirmation

    def record(self) -> None:
        ConfirmationDialog(self.desk, *self._chosen, self).open()

    def take_back(self) -> None:
        case, confirmation = self._chosen
        last = confirmation.steps[-1]
        what = f"撤回最后一步：{show_day(last.happened_on)} {last.state.label}。撤回的内容和原因留在“过程”中。"
        assert case.id is not None
        take_back = partial(_take_back, self.desk, case.id, confirmation.agreement.no)
        TakeBackDialog(self.desk, case, what, take_back, self).open()

    def print_pack(self) -> None:
        self._make(self._print)

    def save_pack(self) -> None:
        self._make(self._save)

    def _make(self, then: Callable[[int, CourtPack], None]) -> None:
        """Put the pack together beside the window: photos take a second."""
        case, confirmation = self._chosen
        assert case.id is not None
        case_id, act, no = case.id, self.desk.act(), confirmation.agreement.no
        self._background.run(lambda: _made(self.desk, act, case_id, no), lambda pack: then(case_id, pack))

    def _print(self, case_id: int, pack: CourtPack) -> None:
        self._tell_troubles(pack)
        print_paper(self, pack.pdf, pack.title, 1, partial(self._note, case_id, pack))

    def _save(self, case_id: int, pack: CourtPack) -> None:
        self._tell_troubles(pack)
        save_file(self, pack.pdf, f"{pack.title}.pdf", saved=partial(self._note, case_id, pack, 0))

    def _tell_troubles(self, pack: CourtPack) -> None:
        if pack.troubles:
            tell(self, f"有附件未能印出，册中已注明，请另附原件：{''.join(pack.troubles)}")

    def _note(self, case_id: int, pack: CourtPack, copies: int) -> None:
        if copies or not self.desk.database.read_only:
            with telling(self):
                self.desk.do(note_court_pack, case_id, pack, copies)


def _made(desk: Desk, act: Act, case_id: int, agreement_no: int) -> CourtPack:
    """Runs on the other thread: reads anew and touches no widget."""
    with desk.database.reading() as records:
        return make_court_pack(records, act, case_id, agreement_no)


def _take_back(desk: Desk, case_id: int, agreement_no: int, reason: str) -> None:
    desk.do(take_back_confirmation, case_id, agreement_no, reason=reason)
