"""What would help where people are missing: one rule relaxed at a time, and how many would be missing then.

Nothing is relaxed here; these are answers for a person, who decides.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import NamedTuple

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.roster_problem import LevelName, RosterPerson, RosterProblem, RosterSolution
from mediation_desk.solver.model import CannotSolve
from mediation_desk.solver.roster import SECONDS_A_LEVEL, least_shortage
from mediation_desk.solver.roster_aims import aim_of
from mediation_desk.solver.roster_model import RosterModel


class ReliefKind(Labelled):
    NO_CLASH = "no_clash", "取消单位互斥"
    SAME_UNIT = "same_unit", "允许同单位的人同时当班"
    UNFREEZE = "unfreeze", "放开临近的班次"
    WEEK_CAP = "week_cap", "每人每周多排1班"
    DAY_CAP = "day_cap", "每人每日多排1班"
    MONTH_CAP = "month_cap", "每人每月多排1班"
    ONE_MORE = "one_more", "增加1名人员"


class Relief(NamedTuple):
    """One relaxation and the people still missing with it. `args`: names of the posts of ONE_MORE."""

    kind: ReliefKind
    args: tuple[str, ...]
    short: int

    @property
    def words(self) -> str:
        """For example 取消单位互斥→缺0, 增加1名人员（律师岗）→缺12."""
        whom = f"（{'、'.join(self.args)}）" if self.args else ""
        return f"{self.kind.label}{whom}→缺{self.short}"


def what_would_help(
    problem: RosterProblem, solution: RosterSolution, *, stop: Event | None = None, seconds: float = SECONDS_A_LEVEL
) -> list[Relief]:
    """Single relaxations that leave fewer people missing, best first; those proven until `stop` is set.

    Empty when nobody is missing, nothing helps, or the solver is not to be had.
    """
    missing = sum(solution.short.values())
    helpful = []
    for kind, args, relaxed in _relaxations(problem) if missing else ():
        if stop is not None and stop.is_set():
            break
        try:
            level = least_shortage(relaxed, stop=stop, seconds=seconds)
        except CannotSolve:
            break
        if level.proven and level.value < missing:
            helpful.append(Relief(kind, args, level.value))
    order = list(ReliefKind)
    return sorted(helpful, key=lambda relief: (relief.short, order.index(relief.kind), relief.args))


def _relaxations(problem: RosterProblem) -> Iterator[tuple[ReliefKind, tuple[str, ...], RosterProblem]]:
    people = problem.people
    if problem.clashes:
        yield ReliefKind.NO_CLASH, (), replace(problem, clashes=frozenset())
    if max(Counter(person.unit for person in people if person.unit).values(), default=0) > problem.unit_most:
        yield ReliefKind.SAME_UNIT, (), replace(problem, unit_most=len(people))
    if problem.frozen > problem.past:
        yield ReliefKind.UNFREEZE, (), replace(problem, frozen=problem.past)
    caps = {ReliefKind.WEEK_CAP: "week_cap", ReliefKind.DAY_CAP: "day_cap", ReliefKind.MONTH_CAP: "month_cap"}
    for kind, cap in caps.items():
        yield (
            kind,
            (),
            replace(problem, people=tuple(replace(each, **{cap: getattr(each, cap) + 1}) for each in people)),
        )
    for profession in dict.fromkeys(post.profession for post in problem.posts):
        posts = [post for post in problem.posts if post.profession == profession]
        newcomer = _newcomer(problem, frozenset(post.id for post in posts))
        yield (
            ReliefKind.ONE_MORE,
            tuple(dict.fromkeys(post.name for post in posts)),
            replace(problem, people=(*people, newcomer)),
        )


def _newcomer(problem: RosterProblem, posts: frozenset[int]) -> RosterPerson:
    """Somebody of no unit who can always come, with the caps most people have."""
    newcomer = RosterPerson(max((person.id for person in problem.people), default=0) + 1, "", posts=posts)
    caps = Counter((person.day_cap, person.week_cap, person.month_cap) for person in problem.people)
    if not caps:
        return newcomer
    day_cap, week_cap, month_cap = caps.most_common(1)[0][0]
    return replace(newcomer, day_cap=day_cap, week_cap=week_cap, month_cap=month_cap)


def certain_shortages(
    problem: RosterProblem, solution: RosterSolution, *, stop: Event | None = None, seconds: float = SECONDS_A_LEVEL
) -> dict[tuple[HalfDay, int], int]:
    """How many are missing at a place in every roster that misses no more people on the whole (必缺).

    Those of `solution.short` beyond that could be missing elsewhere instead (可改为缺在别处). Places that were not
    proven until `stop` was set are left out.
    """
    problem = problem.in_order()
    roster = RosterModel(problem)
    shortage = aim_of(roster, LevelName.SHORTAGE, len(solution.placings), all_filled=False)
    start = roster.columns_of(solution.placings)
    roster.model.hold(shortage.costs, shortage.cost_of(start))
    certain = {place: people for place, people in solution.short.items() if place in roster.frozen_short}
    for place in solution.short.keys() & roster.short.keys():
        if stop is not None and stop.is_set():
            break
        try:
            outcome = roster.model.minimise({roster.short[place]: 1}, start=start, stop=stop, seconds=seconds)
        except CannotSolve:
            break
        if outcome is not None and outcome.proven:
            certain[place] = outcome.value
    return dict(sorted(certain.items()))
