"""Why this person has a shift, why not another, and why nobody: answers read off the roster, no solver asked.

Answers are codes and numbers; the words for a person are made from them.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.roster_problem import TENTHS, Blocker, LevelName, Placing, RosterPerson, RosterProblem
from mediation_desk.domain.roster_tally import RosterTally
from mediation_desk.domain.roster_value import RosterValue


class ReasonCode(Labelled):
    LOCKED = "locked", "已锁定"
    ONLY_ONE = "only_one", "只有此人可排"
    KEPT = "kept", "原已排定"
    LEAST_LOADED = "least_loaded", "负担较轻"
    UNPOPULAR_TURN = "unpopular_turn", "轮到此人"
    WISH_MET = "wish_met", "照顾愿望"
    TIE = "tie", "条件相同"
    NOT_BEST = "not_best", "另有更合适的人"


class Reason(NamedTuple):
    """Why somebody has a shift.

    `args` by code: LOCKED `frozen` 1 when it is past or near; LEAST_LOADED and UNPOPULAR_TURN `z`, the load without
    this shift in tenths, `rank` of it among `of` people who could serve, itself among them; WISH_MET the wish `w`;
    TIE the first person `with` whom; `than` wherever others could serve: how many of them this decides against.
    """

    code: ReasonCode
    args: Mapping[str, int]


class Other(NamedTuple):
    """Why not this person: a blocker, with the people in the way, or what the roster would be worth more (`delta`)."""

    person_id: int
    blocker: Blocker | None = None
    delta: RosterValue | None = None
    because_of: tuple[int, ...] = ()


_DECIDING = {
    LevelName.CHANGES: ReasonCode.KEPT,
    LevelName.TOTAL: ReasonCode.LEAST_LOADED,
    LevelName.UNPOPULAR: ReasonCode.UNPOPULAR_TURN,
    LevelName.WISHES: ReasonCode.WISH_MET,
}


class Explanation:
    """The answers for one roster."""

    def __init__(self, problem: RosterProblem, placings: Collection[Placing]) -> None:
        self._problem = problem.in_order()
        self._tally = RosterTally(self._problem, placings, len(placings))
        self._others: dict[Placing, tuple[Other, ...]] = {}

    def others(self, placing: Placing) -> tuple[Other, ...]:
        """Everybody else, by id: why not him or her."""
        if placing not in self._others:
            people = [person for person in self._problem.people if person.id != placing.person_id]
            self._others[placing] = tuple(self._other(person, placing) for person in people)
        return self._others[placing]

    def blockers_of_shortage(self, half_day: HalfDay, post_id: int) -> tuple[Other, ...]:
        """Everybody who holds the post and is not at it then, by id: why nobody comes for whoever is missing.

        Neither blocker nor delta: this person could simply be put there, which no proven roster leaves undone.
        """
        at_post = {each.person_id for each in self._tally.placings if each[:2] == (half_day, post_id)}
        holders = [each for each in self._problem.people if post_id in each.posts and each.id not in at_post]
        blocked = []
        for person in holders:
            blocker = self._tally.blocker(person, half_day, post_id)
            if blocker is None and half_day in self._problem.frozen:
                blocker = Blocker.FROZEN
            in_the_way = self._tally.those_in_the_way(person, half_day, blocker) if blocker else ()
            blocked.append(Other(person.id, blocker, because_of=in_the_way))
        return tuple(blocked)

    def _other(self, person: RosterPerson, placing: Placing) -> Other:
        half_day, post_id, _ = placing
        blocker = self._tally.blocker(person, half_day, post_id, instead_of=placing)
        if blocker is None:
            return Other(person.id, delta=self._tally.change(placing, person))
        in_the_way = self._tally.those_in_the_way(person, half_day, blocker, instead_of=placing)
        return Other(person.id, blocker, because_of=in_the_way)

    def reasons(self, placing: Placing) -> tuple[Reason, ...]:
        """Why this person has this shift, what weighs most first; `placing` must be one of the roster."""
        if placing in self._problem.locked:
            return (Reason(ReasonCode.LOCKED, {"frozen": int(placing.half_day in self._problem.frozen)}),)
        able = {other.person_id: other.delta for other in self.others(placing) if other.delta is not None}
        if not able:
            return (Reason(ReasonCode.ONLY_ONE, {}),)
        if placing.person_id not in self._tally.people:
            return (Reason(ReasonCode.NOT_BEST, {"than": len(able)}),)
        against: dict[ReasonCode, list[int]] = {}
        for person_id, delta in able.items():
            against.setdefault(_deciding(delta), []).append(person_id)
        return tuple(
            Reason(code, self._args(code, placing, able, against[code])) for code in ReasonCode if code in against
        )

    def _args(self, code: ReasonCode, placing: Placing, able: Collection[int], against: list[int]) -> dict[str, int]:
        args = {"than": len(against)}
        if code in {ReasonCode.LEAST_LOADED, ReasonCode.UNPOPULAR_TURN}:
            loads = self._tally.total if code is ReasonCode.LEAST_LOADED else self._tally.unpopular
            z = loads[placing.person_id] - TENTHS
            rank = 1 + sum(loads[person_id] < z for person_id in able)
            return args | {"z": z, "rank": rank, "of": len(able) + 1}
        if code is ReasonCode.WISH_MET:
            return args | {"w": self._tally.people[placing.person_id].wishes.get(placing.half_day, 0)}
        return args | {"with": against[0]} if code is ReasonCode.TIE else args


def explain(problem: RosterProblem, placings: Collection[Placing]) -> Explanation:
    """Take a roster to be explained, whoever made it."""
    return Explanation(problem, placings)


def _deciding(delta: RosterValue) -> ReasonCode:
    """What speaks against a change: the first level at which it makes a difference."""
    if delta < RosterValue():
        return ReasonCode.NOT_BEST
    level = _first_difference(delta)
    return _DECIDING[level] if level else ReasonCode.TIE


def _first_difference(delta: RosterValue) -> LevelName | None:
    return next((name for name, change in zip(LevelName, delta, strict=True) if change), None)


def reason_in_words(reason: Reason, names: Mapping[int, str]) -> str:
    """One short Chinese phrase; `names` by person id."""
    args = reason.args
    match reason.code:
        case ReasonCode.LOCKED:
            return "该半天已过或临近，保持不变" if args["frozen"] else "该班次已锁定"
        case ReasonCode.ONLY_ONE:
            return "只有此人可排"
        case ReasonCode.KEPT:
            return "已发布的班表中就是此人，尽量少改"
        case ReasonCode.LEAST_LOADED:
            return f"负担较轻：不算这一班，{_load_in_words(args)}"
        case ReasonCode.UNPOPULAR_TURN:
            return f"轮到值周末等班：不算这一班，这类班{_load_in_words(args)}"
        case ReasonCode.WISH_MET:
            return f"本人愿意值这一班（愿望{args['w']}）" if args["w"] > 0 else "其他可排的人更不愿意值这一班"
        case ReasonCode.TIE:
            others = f"等{args['than']}人" if args["than"] > 1 else ""
            return f"与{names.get(args['with'], '')}{others}条件相同，按编号排"
        case ReasonCode.NOT_BEST:
            return f"此班未按最优排：换成另外{args['than']}人之一会更合适"


def other_in_words(other: Other, names: Mapping[int, str]) -> str:
    """One short Chinese phrase on why not this person; `names` by person id."""
    if other.blocker:
        whom = "、".join(names.get(each, "") for each in other.because_of)
        return f"{other.blocker.label}（{whom}）" if whom else other.blocker.label
    if other.delta is None:
        return "可以排到这里"
    level = _first_difference(other.delta)
    if level is None:
        return "条件相同，按编号排"
    if other.delta < RosterValue():
        return f"换成此人更好（{level.label}）"
    return {
        LevelName.CHANGES: f"换成此人要多改{other.delta.changes}个已发布的班次",
        LevelName.TOTAL: "换成此人，班次多少更不均",
        LevelName.UNPOPULAR: "换成此人，周末等班更不均",
        LevelName.WISHES: f"换成此人，愿望少满足{other.delta.wishes}分",
    }[level]


def _load_in_words(args: Mapping[str, int]) -> str:
    z, rank = args["z"], args["rank"]
    against_fair_part = f"比应排{'多' if z > 0 else '少'}{abs(z) / TENTHS:g}班" if z else "与应排持平"
    return f"累计{against_fair_part}，可排的{args['of']}人中{'最少' if rank == 1 else f'第{rank}少'}"
