"""期限: every time limit of the case, of each day whether it counted and why, and what stops or lengthens it."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import clocks_of, extensions_of, petition_in_mediation
from mediation_desk.domain.clock_words import clock_called, clock_in_words, end_in_words, state_in_words
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.grades import Grade, grade_of_clock, thresholds
from mediation_desk.domain.petition_clocks import lead_in_words
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rights import Right
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW, Line, Tone
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.clock_sheet import ClockPaper, draw_clock
from mediation_desk.services.paper_log import note_exported, note_printed

_TONES: dict[Grade, Tone] = {Grade.LATE: RED, Grade.TODAY: ORANGE, Grade.SOON: YELLOW}
_OF_MEDIATION = (ClockKind.MEDIATION, ClockKind.PETITION)


class ClocksTopic(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._hint = ""
        self.page = page = FactPage(desk, ("期限", "起算", "届满", "状态"), empty="还没有期限在走。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        at_the_desk = (Right.TRIAGE, Right.MEDIATE)
        page.offer("停计…", partial(self._open, "stop"), *at_the_desk, name="stop_clock_button", suits=_can_stop)
        page.offer(
            "恢复计期…", partial(self._open, "resume"), *at_the_desk, name="resume_clock_button", suits=_can_resume
        )
        page.offer(
            "延长…",
            partial(self._open, "extend"),
            *at_the_desk,
            Right.SUPERVISE,
            name="extend_clock_button",
            suits=_can_extend,
        )
        is_chosen = bool
        page.offer("打印计期说明", self._print, Right.PRINT, name="print_clock_button", suits=is_chosen)
        page.offer("计期说明存 PDF…", self._save, Right.PRINT, name="save_clock_button", suits=is_chosen)

    def show_case(self, case: Case) -> None:
        """Show what runs and what ran; a claim whose debt is not due yet has not begun."""
        self.case = case
        today, rules = self.desk.now().date(), self.desk.rules
        petition = petition_in_mediation(case, rules)
        self._hint = lead_in_words(rules, petition) if petition else ""
        self.page.show_lines(
            [self._line(each) for each in clocks_of(case, rules) if each.no == 0 or each.started_on <= today],
            self._in_words,
        )

    def _in_words(self, clock: Clock) -> str:
        extensions = extensions_of(self.case, clock.kind) if self.case else ()
        words = clock_in_words(clock, extensions, self.desk.rules.holidays, self.desk.now().date())
        hint = self._hint if clock.kind in _OF_MEDIATION and clock.is_running else ""
        return "\n".join(filter(None, (hint, words)))

    def _line(self, clock: Clock) -> Line:
        today, rules = self.desk.now().date(), self.desk.rules
        cells = (
            clock_called(clock),
            show_day(clock.started_on),
            end_in_words(clock),
            state_in_words(clock, today, rules.holidays),
        )
        grade = grade_of_clock(clock, today, rules.holidays, thresholds(rules, today))
        stands_still = clock.is_running and clock.ends_on is None
        return Line(cells, clock, ORANGE if stands_still else None if grade is None else _TONES.get(grade))

    def _open(self, step: str) -> None:
        case, clock = self.case, self.page.chosen
        if case is not None and clock is not None:
            with telling(self):
                _dialog(step, self.desk, case, clock, self).open()

    def _print(self) -> None:
        with telling(self):
            if drawn := self._drawn():
                case_id, paper = drawn
                print_paper(self, paper.pdf, paper.title, 1, partial(self._note_printed, case_id, paper))

    def _save(self) -> None:
        """Where there is no printer, the sheet is taken to one."""
        with telling(self):
            if drawn := self._drawn():
                case_id, paper = drawn
                save_file(self, paper.pdf, f"{paper.title}.pdf", saved=partial(self._note_saved, case_id, paper))

    def _drawn(self) -> tuple[int, ClockPaper] | None:
        case, clock = self.case, self.page.chosen
        if case is None or case.id is None or clock is None:
            return None
        return case.id, self.desk.look(draw_clock, case.id, clock.kind, clock.no)

    def _note_printed(self, case_id: int, paper: ClockPaper, copies: int) -> None:
        self.desk.do(note_printed, case_id, paper.code, paper.no, paper.title, paper.content, paper.digest, copies)

    def _note_saved(self, case_id: int, paper: ClockPaper) -> None:
        if not self.desk.database.read_only:
            self.desk.do(note_exported, case_id, paper.code, paper.no, paper.title, paper.content, paper.digest)


def _dialog(step: str, desk: Desk, case: Case, clock: Clock, parent: QWidget) -> CaseDialog:
    from mediation_desk.gui import clock_dialogs  # loaded when one is wanted

    kinds = {
        "stop": clock_dialogs.ClockStopDialog,
        "resume": clock_dialogs.ClockResumeDialog,
        "extend": clock_dialogs.ClockExtendDialog,
    }
    return kinds[step](desk, case, clock, parent)


def _can_stop(clock: Clock | None) -> bool:
    return clock is not None and clock.is_running and bool(clock.period.stop_reasons) and clock.ends_on is not None


def _can_resume(clock: Clock | None) -> bool:
    return clock is not None and clock.is_running and clock.ends_on is None


def _can_extend(clock: Clock | None) -> bool:
    """Only what the case has once can be lengthened: the facts tell no more than the kind."""
    if clock is None or not clock.is_running or clock.no or not clock.period.extension:
        return False
    return not (clock.period.extended_once and clock.further)
