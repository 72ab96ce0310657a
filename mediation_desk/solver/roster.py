"""Works a month's roster out: 先排满，再少改，再均衡，再轮流值周末，最后照顾愿望, each level proven before the next.

Where the solver is missing or fails the simple way is taken instead: there is always a roster, and too few people are
a number of people short, never an error.
"""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from mediation_desk.domain.roster_greedy import fill
from mediation_desk.domain.roster_problem import Level, LevelName, Method, Placing, RosterProblem, RosterSolution
from mediation_desk.domain.roster_ties import settle_ties
from mediation_desk.domain.roster_value import levels_of, levels_reached, shortages, value_of
from mediation_desk.solver.model import CannotSolve
from mediation_desk.solver.roster_aims import aim_of
from mediation_desk.solver.roster_model import RosterModel

SECONDS_A_LEVEL = 10.0


def solve_roster(
    problem: RosterProblem,
    *,
    on_level: Callable[[Level], None] | None = None,
    stop: Event | None = None,
    seconds: float = SECONDS_A_LEVEL,
) -> RosterSolution:
    """The best roster, or the best found within `seconds` a level or until `stop` is set; `trouble` says which.

    `on_level` is told each level as it is done, on the calling thread. The same problem gives the same roster, in
    whatever order its people and posts are, unless time ran out.
    """
    problem = problem.in_order()
    simple = fill(problem)
    try:
        return _Climb(problem, simple.placings, stop or Event(), seconds).to_the_top(on_level or (lambda _: None))
    except CannotSolve as error:
        return replace(simple, trouble=f"求解组件不可用（{error}），已用简易排法，结果未证明最优。")


def least_shortage(problem: RosterProblem, *, stop: Event | None = None, seconds: float = SECONDS_A_LEVEL) -> Level:
    """How few people can be missing: the first level alone. Raises `CannotSolve`."""
    problem = problem.in_order()
    return _Climb(problem, fill(problem).placings, stop or Event(), seconds).take(LevelName.SHORTAGE)


class _Climb:
    """One run through the levels, with the best roster so far."""

    def __init__(self, problem: RosterProblem, placings: frozenset[Placing], stop: Event, seconds: float) -> None:
        self._problem = problem
        self._roster = RosterModel(problem)
        self._best = placings
        self._method = Method.GREEDY
        self._stop = stop
        self._seconds = seconds

    def to_the_top(self, on_level: Callable[[Level], None]) -> RosterSolution:
        """Take level after level; those that could not be taken any more stay unproven."""
        done: dict[LevelName, Level] = {}
        for name in LevelName:
            if name in levels_of(self._problem, value_of(self._problem, self._best)) and not self._stop.is_set():
                done[name] = self.take(name)
                on_level(done[name])
        placings = settle_ties(self._problem, self._best)
        levels = tuple(done.get(level.name, level) for level in levels_reached(self._problem, placings))
        method = Method.SOLVER if all(level.proven for level in levels) else self._method
        trouble = _trouble(levels, is_stopped=self._stop.is_set())
        return RosterSolution(placings, shortages(self._problem, placings), levels, method, trouble)

    def take(self, name: LevelName) -> Level:
        """Make one level as good as it can be and hold it there."""
        model = self._roster.model
        aim = aim_of(self._roster, name, len(self._best), all_filled=not shortages(self._problem, self._best))
        start = self._roster.columns_of(self._best)
        cost, bound = aim.cost_of(start), model.least(aim.costs)
        if cost > bound:
            outcome = model.minimise(aim.costs, step=aim.step, seconds=self._seconds, stop=self._stop, start=start)
            if outcome is not None:
                self._best = self._roster.placings_in(outcome.columns)
                self._method = Method.SOLVER
                cost, bound = outcome.value, max(bound, outcome.bound)
        model.hold(aim.costs, cost, exactly=name is LevelName.SHORTAGE)  # fair parts are parts of what is filled
        return Level(name, aim.value(cost), aim.value(int(bound)), proven=cost == bound)


def _trouble(levels: tuple[Level, ...], *, is_stopped: bool) -> str:
    """A sentence on the first level that is not proven; "" when all are."""
    open_level = next((level for level in levels if not level.proven), None)
    if open_level is None:
        return ""
    gap = open_level.value - open_level.bound
    if open_level.name in {LevelName.TOTAL, LevelName.UNPOPULAR}:
        gap = -(-gap // 100)
    headline = "已按要求停止，保留已得排班" if is_stopped else "已到时限，已得可用排班"
    return f"{headline}；“{open_level.name.label}”一项尚未证明最优（差≤{gap}）。"
