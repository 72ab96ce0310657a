"""What is asked of a roster and what came out, as plain values: the solver, the greedy way and the checks share them.

The rules come in two sorts. Hard ones (H1 to H6) are never broken; too few people is not an error but a number of
people short. Soft ones are levels, strictly in order: 先排满，再少改，再均衡，再轮流值周末，最后照顾愿望.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.labelled import Labelled

TENTHS = 10
"""Fairness is counted in tenths of a shift, in whole numbers."""


class Placing(NamedTuple):
    """One person at one post on one half-day; sorts by time, post and person."""

    half_day: HalfDay
    post_id: int
    person_id: int


class Blocker(Labelled):
    """Why somebody cannot take a shift. The first four are known before anything is worked out."""

    NOT_QUALIFIED = "not_qualified", "没有该岗位的职业身份"
    ON_LEAVE = "on_leave", "请假"
    NOT_COMING = "not_coming", "该半天不在本人轮驻时间内"
    CALLED_AWAY = "called_away", "该半天另有安排"
    OTHER_POST = "other_post", "同一半天在其他岗位"
    DAY_CAP = "day_cap", "当日已满"
    WEEK_CAP = "week_cap", "本周已满"
    MONTH_CAP = "month_cap", "本月已满"
    SAME_UNIT = "same_unit", "与当班者同单位"
    CLASH = "clash", "与当班者单位互斥"
    FROZEN = "frozen", "该半天已过或临近，不再改动"


@dataclass(frozen=True)
class RosterPost:
    """A post with the need that standing people leave open is told by `RosterProblem.needs`."""

    id: int
    name: str
    profession: str
    priority: int = 1


@dataclass(frozen=True)
class RosterPerson:
    """A rotating person with limits and history.

    `posts`: ids of posts the person is qualified for. `unavailable`: half-days with the reason (ON_LEAVE, NOT_COMING,
    CALLED_AWAY). Caps count shifts; `served_in_week` maps an ISO week (year, week) that begins or ends outside the
    month to the shifts already served in it. `share` is the percentage of a full part (part-time people carry less).
    `carried` and `carried_unpopular` are tenths of a shift above (+) or below (-) the fair part of the last months.
    `wishes` maps half-days to -3 … 3.
    """

    id: int
    name: str
    unit: str = ""
    posts: frozenset[int] = frozenset()
    unavailable: Mapping[HalfDay, Blocker] = field(default_factory=dict)
    day_cap: int = 2
    week_cap: int = 10
    month_cap: int = 60
    served_in_week: Mapping[tuple[int, int], int] = field(default_factory=dict)
    share: int = 100
    carried: int = 0
    carried_unpopular: int = 0
    wishes: Mapping[HalfDay, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RosterProblem:
    """One month to be filled. Ties go to the lower id, in whatever order people and posts are given.

    `needs` maps (half-day, post id) to the number of rotating people wanted, of open half-days only; 0 is left out.
    `unit_most` people of one unit at most may be on duty together (H4), of two clashing units one at most (H5).
    `locked` placings are kept (H6), even where they break another rule. `frozen` half-days are past or too near:
    `locked` says all there is of them; those in `past` can never be opened again.
    `published` is the roster in force when it is worked out anew, None the first time.
    """

    half_days: tuple[HalfDay, ...]
    posts: tuple[RosterPost, ...]
    people: tuple[RosterPerson, ...]
    needs: Mapping[tuple[HalfDay, int], int]
    unpopular: frozenset[HalfDay] = frozenset()
    unit_most: int = 1
    clashes: frozenset[frozenset[str]] = frozenset()
    locked: frozenset[Placing] = frozenset()
    frozen: frozenset[HalfDay] = frozenset()
    past: frozenset[HalfDay] = frozenset()
    published: frozenset[Placing] | None = None

    def in_order(self) -> "RosterProblem":
        """The same problem with half-days in order of time, posts and people in order of id."""
        return replace(
            self,
            half_days=tuple(sorted(self.half_days)),
            posts=tuple(sorted(self.posts, key=lambda post: post.id)),
            people=tuple(sorted(self.people, key=lambda person: person.id)),
        )


class LevelName(Labelled):
    """The levels in their order.

    PRIORITY is there only where somebody is missing and posts differ in priority, CHANGES only when a published roster
    is worked out anew.
    """

    SHORTAGE = "shortage", "排满"
    PRIORITY = "priority", "缺在次要岗位"
    CHANGES = "changes", "少改"
    TOTAL = "total", "均衡"
    UNPOPULAR = "unpopular", "轮流值周末"
    WISHES = "wishes", "照顾愿望"


class Method(Labelled):
    SOLVER = "solver", "求解器"
    GREEDY = "greedy", "简易排法"


@dataclass(frozen=True)
class Level:
    """What was reached at a level. Smaller is better, so WISHES is minus the sum of wishes met.

    `value` in people (SHORTAGE), people times (10 - priority) (PRIORITY), shifts (CHANGES), squared tenths of a shift
    (TOTAL, UNPOPULAR); `bound` is what no roster as good at the levels before can go below, as far as it is known;
    `proven` when the solver found both to be the same.
    """

    name: LevelName
    value: int
    bound: int
    proven: bool

    def kept(self) -> dict[str, object]:
        return {"name": self.name.value, "value": self.value, "bound": self.bound, "proven": self.proven}


@dataclass(frozen=True)
class RosterSolution:
    """A roster that breaks no hard rule, with what is missing: `short` maps (half-day, post id) to people.

    `trouble` says in Chinese why the solver was not used or stopped early; "" otherwise.
    """

    placings: frozenset[Placing]
    short: Mapping[tuple[HalfDay, int], int]
    levels: tuple[Level, ...]
    method: Method = Method.SOLVER
    trouble: str = ""

    @property
    def proven(self) -> bool:
        return bool(self.levels) and all(level.proven for level in self.levels)
