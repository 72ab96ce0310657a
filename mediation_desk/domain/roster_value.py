"""What a roster is worth: one number for each level, in their order, counted from the placings alone.

Smaller is better, and the first number that differs decides: 先排满，再少改，再均衡，再轮流值周末，最后照顾愿望.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import TENTHS, Level, LevelName, Placing, RosterProblem


class RosterValue(NamedTuple):
    """One number for each `LevelName`, in its order and units. Two of them compare as the rosters do."""

    shortage: int = 0
    priority: int = 0
    changes: int = 0
    total: int = 0
    unpopular: int = 0
    wishes: int = 0


class Load(NamedTuple):
    """Tenths of a shift a person is above (+) or below (-) the fair part: of all shifts, and of unpopular ones."""

    total: int
    unpopular: int


def value_of(problem: RosterProblem, placings: Collection[Placing]) -> RosterValue:
    """What `placings` reach at each level.

    `changes` are shifts of the published roster that are no longer there; `total` and `unpopular` sums of squares.
    """
    priorities = {post.id: post.priority for post in problem.posts}
    short = shortages(problem, placings)
    loads = loads_after(problem, placings)
    wishes = {person.id: person.wishes for person in problem.people}
    return RosterValue(
        shortage=sum(short.values()),
        priority=sum(people * (10 - priorities[post_id]) for (_, post_id), people in short.items()),
        changes=len((problem.published or frozenset()).difference(placings)),
        total=sum(load.total**2 for load in loads.values()),
        unpopular=sum(load.unpopular**2 for load in loads.values()),
        wishes=-sum(wishes[each.person_id].get(each.half_day, 0) for each in placings if each.person_id in wishes),
    )


def levels_of(problem: RosterProblem, value: RosterValue) -> tuple[LevelName, ...]:
    """The levels that mean something for a roster of this value, in their order."""
    meaningless = set()
    if not value.shortage or len({post.priority for post in problem.posts}) < 2:
        meaningless.add(LevelName.PRIORITY)
    if problem.published is None:
        meaningless.add(LevelName.CHANGES)
    return tuple(name for name in LevelName if name not in meaningless)


def levels_reached(problem: RosterProblem, placings: Collection[Placing]) -> tuple[Level, ...]:
    """What `placings` reach, beside bounds that hold for every roster: only what cannot be beaten at all is proven."""
    value = value_of(problem, placings)
    most_wishes = sum(max(0, wish) for person in problem.people for wish in person.wishes.values())
    bounds = dict(zip(LevelName, RosterValue(wishes=-most_wishes), strict=True))
    reached = dict(zip(LevelName, value, strict=True))
    return tuple(
        Level(name, reached[name], bounds[name], proven=reached[name] == bounds[name])
        for name in levels_of(problem, value)
    )


def shortages(problem: RosterProblem, placings: Collection[Placing]) -> dict[tuple[HalfDay, int], int]:
    """(half-day, post id) → people missing, in order of time; what is filled is left out."""
    there = Counter((each.half_day, each.post_id) for each in placings)
    missing = {place: problem.needs[place] - there[place] for place in sorted(problem.needs)}
    return {place: people for place, people in missing.items() if people > 0}


def loads_after(problem: RosterProblem, placings: Collection[Placing]) -> dict[int, Load]:
    """Person id → what is carried after this month: carried before, plus the shifts, minus the fair part of them."""
    served = Counter(each.person_id for each in placings)
    unpopular = Counter(each.person_id for each in placings if each.half_day in problem.unpopular)
    starts = starting_loads(problem, len(placings))
    return {
        person_id: Load(start.total + TENTHS * served[person_id], start.unpopular + TENTHS * unpopular[person_id])
        for person_id, start in starts.items()
    }


def starting_loads(problem: RosterProblem, filled: int) -> Mapping[int, Load]:
    """Person id → carried before, minus the fair part of a month of `filled` shifts.

    The fair part goes by share among those who hold a post. Of the unpopular shifts it is the part needed of them
    that can be filled on the whole, wherever somebody is missing: else an empty Saturday would pass for a fair one.
    """
    shares = {person.id: person.share if person.posts else 0 for person in problem.people}
    needed = sum(problem.needs.values())
    needed_unpopular = sum(people for (half_day, _), people in problem.needs.items() if half_day in problem.unpopular)
    whole = sum(shares.values()) or 1
    return {
        person.id: Load(
            person.carried - _rounded(TENTHS * filled * shares[person.id], whole),
            person.carried_unpopular
            - _rounded(TENTHS * filled * needed_unpopular * shares[person.id], whole * (needed or 1)),
        )
        for person in problem.people
    }


def _rounded(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)
