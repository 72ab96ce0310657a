"""Works out beside the window why a roster is as it is, once per roster, and what would help where people are short."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import Placing, RosterProblem, RosterSolution
from mediation_desk.domain.roster_reasons import Explanation
from mediation_desk.gui.background import Background
from mediation_desk.gui.desk import Desk
from mediation_desk.services.roster_making import explain_month
from mediation_desk.services.roster_view import RosterMonth

_AGAIN = "重新生成排班（F9）→缺{}"


class RosterExplainer(QObject):
    """`explained` and `helped` come when the answers are there; a roster that changes meanwhile is begun anew.

    `helped` brings sentences, best first: none where nothing helps, None without a solver. `certain` brings how many
    are missing at a place whatever is done, where as many are missing on the whole: others could be missing elsewhere.
    """

    explained = Signal(object)
    helped = Signal(object)
    certain = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._reading, self._helping = Background(window), Background(window)
        self._month: RosterMonth | None = None
        self._stop = Event()

    def is_about(self, month: RosterMonth) -> bool:
        """Whether what was explained last is still so; posts are compared by what they want."""
        return self._month is not None and replace(month, posts=()) == replace(self._month, posts=())

    def explain(self, month: RosterMonth) -> None:
        """Explain the roster that is shown; nothing is done for one that is explained already."""
        if self.is_about(month):
            return
        self._month = month
        self._stop.set()
        if month.draft is None and month.published is None:
            return
        act, database = self._desk.act(), self._desk.database

        def work() -> tuple[RosterProblem, Explanation] | DeskError:
            try:
                with database.reading() as records:
                    return explain_month(records, act, month.month)
            except DeskError as error:
                return error

        self._reading.run(work, lambda found: self._bring(month, found))

    def finish(self) -> None:
        """Call it before the window goes."""
        self._stop.set()
        self._reading.finish()
        self._helping.finish()

    def _bring(self, month: RosterMonth, found: tuple[RosterProblem, Explanation] | DeskError) -> None:
        if month is not self._month:
            return
        if isinstance(found, DeskError):
            self._month = None
            raise found
        problem, explanation = found
        self.explained.emit(explanation)
        solution = _as_solution(month)
        if solution.short:
            work = _ways_out(problem, solution)
            self._stop = self._helping.run_long(work, lambda found: self._bring_help(month, found), lambda _: None)

    def _bring_help(self, month: RosterMonth, found: "_WaysOut") -> None:
        if month is self._month:
            self.helped.emit(found.ways)
            self.certain.emit(found.certain)


class _WaysOut(NamedTuple):
    """What would help, None where that cannot be found; and how many are missing at a place in any case, if known."""

    ways: Sequence[str] | None = None
    certain: Mapping[tuple[HalfDay, int], int] = MappingProxyType({})


def _as_solution(month: RosterMonth) -> RosterSolution:
    """The roster that is shown; who cannot come is not there, what is over cannot be helped."""
    placings = frozenset(
        Placing(half_day, shift.post_id, person_id) for (person_id, half_day), shift in month.shifts.items()
    )
    short = {place: people for place, people in month.short.items() if place[0] not in month.past}
    return RosterSolution(placings, short, ())


def _ways_out(problem: RosterProblem, solution: RosterSolution) -> Callable[[Callable[[None], None], Event], _WaysOut]:
    """Work that finds what would help. Where working the month out anew is enough, nothing need be relaxed."""

    def work(_tell: Callable[[None], None], stop: Event) -> _WaysOut:
        from mediation_desk.solver.model import CannotSolve  # the solver is loaded when it is first wanted
        from mediation_desk.solver.relief import certain_shortages, what_would_help
        from mediation_desk.solver.roster import least_shortage

        missing = sum(solution.short.values())
        try:
            again = least_shortage(problem, stop=stop).value
        except CannotSolve:
            return _WaysOut()
        ways = [_AGAIN.format(again)] if again < missing else []
        ways += [each.words for each in what_would_help(problem, solution, stop=stop)] if again else []
        return _WaysOut(ways, certain_shortages(problem, solution, stop=stop) if again == missing else {})

    return work
