"""The simple way to fill a roster, for when the solver is not to be had: the least loaded first, shift by shift.

Always gives a roster that breaks no hard rule, the same one for the same problem; never claims that it is the best.
"""

from collections.abc import Iterator, Mapping

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import Method, Placing, RosterPerson, RosterProblem, RosterSolution
from mediation_desk.domain.roster_tally import RosterTally
from mediation_desk.domain.roster_value import levels_reached, shortages


def fill(problem: RosterProblem, trouble: str = "") -> RosterSolution:
    """Keep what is locked and what of the published roster can stay, then fill the rest, hardest places first."""
    problem = problem.in_order()
    tally = RosterTally(problem, problem.locked, sum(problem.needs.values()))
    holders = {post.id: [each for each in problem.people if post.id in each.posts] for post in problem.posts}
    left = dict(shortages(problem, problem.locked))
    for kept in sorted((problem.published or frozenset()) - problem.locked):
        person = tally.people.get(kept.person_id)
        is_wanted = left.get(kept[:2], 0) > 0 and kept.half_day not in problem.frozen
        if is_wanted and person and tally.blocker(person, kept.half_day, kept.post_id) is None:
            tally.place(kept)
            left[kept[:2]] -= 1
    for half_day, post_id in _places(problem, holders, left):
        free = [each for each in holders[post_id] if tally.blocker(each, half_day, post_id) is None]
        if free:
            taker = min(free, key=lambda each: _burden(tally, each, half_day))
            tally.place(Placing(half_day, post_id, taker.id))
    placings = frozenset(tally.placings)
    return RosterSolution(
        placings, shortages(problem, placings), levels_reached(problem, placings), Method.GREEDY, trouble
    )


def _places(
    problem: RosterProblem,
    holders: Mapping[int, list[RosterPerson]],
    left: Mapping[tuple[HalfDay, int], int],
) -> Iterator[tuple[HalfDay, int]]:
    """Every place still to be filled: where the fewest could serve first, of these the more important post."""
    priorities = {post.id: post.priority for post in problem.posts}

    def hardness(place: tuple[HalfDay, int]) -> tuple[int, int, tuple[HalfDay, int]]:
        half_day, post_id = place
        able = sum(half_day not in each.unavailable for each in holders[post_id])
        return able - left[place], priorities[post_id], place

    open_places = [place for place in left if place[0] not in problem.frozen and place[1] in holders]
    for place in sorted(open_places, key=hardness):
        yield from [place] * left[place]


def _burden(tally: RosterTally, person: RosterPerson, half_day: HalfDay) -> tuple[int, int, int, int]:
    unpopular = tally.unpopular[person.id] if half_day in tally.problem.unpopular else 0
    return tally.total[person.id], unpopular, -person.wishes.get(half_day, 0), person.id
