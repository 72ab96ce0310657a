"""Ties go to the lower id: the same roster, whatever way the solver took to it."""

from collections.abc import Collection

from mediation_desk.domain.roster_problem import Placing, RosterProblem
from mediation_desk.domain.roster_tally import RosterTally
from mediation_desk.domain.roster_value import RosterValue


def settle_ties(problem: RosterProblem, placings: Collection[Placing]) -> frozenset[Placing]:
    """Give each shift to the lowest id among those with whom the roster is worth exactly the same.

    Goes on until nothing moves any more; what is locked or frozen stays.
    """
    problem = problem.in_order()
    tally = RosterTally(problem, placings, len(placings))
    holders = {post.id: [each for each in problem.people if post.id in each.posts] for post in problem.posts}
    shifts = sorted(each for each in set(placings) - problem.locked if each.half_day not in problem.frozen)
    has_moved = True
    while has_moved:
        has_moved = False
        for number, shift in enumerate(shifts):
            for person in holders[shift.post_id]:
                if person.id >= shift.person_id:
                    break
                if tally.change(shift, person) == RosterValue() and not tally.blocker(person, *shift[:2], shift):
                    shifts[number] = Placing(shift.half_day, shift.post_id, person.id)
                    tally.remove(shift)
                    tally.place(shifts[number])
                    has_moved = True
                    break
    return frozenset(tally.placings)
