"""What is asked when many open cases are given out at once, and what came out, as plain values.

How well a person fits a case is told by `ranking.py`; here that is only a score, or no score: excluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediation_desk.domain.roster_problem import Method

SCORE_MOST = 100
LOAD_STEP = 4
"""What every case a person would then have open costs, in points of the score."""
LEFT_COST, LEFT_COST_URGENT = 10_000, 1_000_000
"""What it costs to leave a place empty: more than any score and load could ever save."""


@dataclass(frozen=True)
class BacklogPlace:
    """One place to be filled: a case, or one role of a case that wants several people (律师 and 心理咨询师).

    `scores` maps person ids to 0 … 100; whoever is not in it is excluded. `urgent` places are filled first.
    """

    case_id: int
    role: str = ""
    scores: Mapping[int, int] = field(default_factory=dict)
    urgent: bool = False

    @property
    def key(self) -> tuple[int, str]:
        return self.case_id, self.role

    @property
    def left_cost(self) -> int:
        return LEFT_COST_URGENT if self.urgent else LEFT_COST


@dataclass(frozen=True)
class BacklogPerson:
    """Somebody who takes cases: those open now, and the most at a time (None: as many as there are)."""

    id: int
    open_cases: int = 0
    most: int | None = None

    def room(self, places: int) -> int:
        """How many of `places` this person could take."""
        return places if self.most is None else max(0, min(places, self.most - self.open_cases))


@dataclass(frozen=True)
class BacklogProblem:
    """Places to fill and people to fill them; nobody takes two places of one case. Ties go to the lower id."""

    places: tuple[BacklogPlace, ...]
    people: tuple[BacklogPerson, ...]

    def in_order(self) -> "BacklogProblem":
        """The same problem with places in order of case and role, people in order of id."""
        return BacklogProblem(
            tuple(sorted(self.places, key=lambda place: place.key)),
            tuple(sorted(self.people, key=lambda person: person.id)),
        )


@dataclass(frozen=True)
class BacklogPlan:
    """Who takes what: `given` maps (case id, role) to a person id, `left` are the places nobody could take.

    `cost` is what was made small: points missing to 100, load, and places left (see `cost_of`). `proven`: no plan
    costs less. `trouble` says in Chinese why the solver was not used or stopped early; "" otherwise.
    """

    given: Mapping[tuple[int, str], int]
    left: tuple[tuple[int, str], ...]
    cost: int
    proven: bool
    method: Method = Method.SOLVER
    trouble: str = ""


def cost_of(problem: BacklogProblem, given: Mapping[tuple[int, str], int]) -> int:
    """What a plan costs: 100 less the score for each place, 4 × the cases open then for each more, and what is left."""
    cost = 0
    loads = {person.id: person.open_cases for person in problem.people}
    for place in problem.places:
        person_id = given.get(place.key)
        if person_id is None:
            cost += place.left_cost
        else:
            loads[person_id] += 1
            cost += SCORE_MOST - place.scores[person_id] + LOAD_STEP * loads[person_id]
    return cost


def give_out_simply(problem: BacklogProblem, trouble: str = "") -> BacklogPlan:
    """The simple way, for when the solver is not to be had: urgent places first, each to whoever costs least then."""
    problem = problem.in_order()
    loads = {person.id: person.open_cases for person in problem.people}
    room = {person.id: person.room(len(problem.places)) for person in problem.people}
    given: dict[tuple[int, str], int] = {}
    on_case: set[tuple[int, int]] = set()
    for place in sorted(problem.places, key=lambda place: (not place.urgent, len(place.scores), place.key)):
        able = [
            (SCORE_MOST - score + LOAD_STEP * (loads[person_id] + 1), person_id)
            for person_id, score in place.scores.items()
            if room.get(person_id) and (place.case_id, person_id) not in on_case
        ]
        if able:
            _, person_id = min(able)
            given[place.key] = person_id
            loads[person_id] += 1
            room[person_id] -= 1
            on_case.add((place.case_id, person_id))
    return plan_of(problem, given, proven=False, method=Method.GREEDY, trouble=trouble)


def plan_of(
    problem: BacklogProblem,
    given: Mapping[tuple[int, str], int],
    *,
    proven: bool,
    method: Method = Method.SOLVER,
    trouble: str = "",
) -> BacklogPlan:
    """The plan that `given` makes of this problem."""
    left = tuple(sorted(place.key for place in problem.places if place.key not in given))
    return BacklogPlan(dict(sorted(given.items())), left, cost_of(problem, given), proven, method, trouble)
