"""Gives many open cases out at once: good scores, even loads, nobody over the limit, as few places left as can be.

Cases flow from people, by way of one pair for each person and case, to the places of that case: a network, so that a
linear solver finds whole numbers by itself, even where a case wants two people who must not be the same one.
"""

from collections import defaultdict
from collections.abc import Mapping
from threading import Event

from mediation_desk.domain.backlog import (
    LOAD_STEP,
    SCORE_MOST,
    BacklogPerson,
    BacklogPlace,
    BacklogPlan,
    BacklogProblem,
    give_out_simply,
    plan_of,
)
from mediation_desk.solver.model import CannotSolve, Model

SECONDS = 10.0


def plan_backlog(problem: BacklogProblem, *, stop: Event | None = None, seconds: float = SECONDS) -> BacklogPlan:
    """The cheapest plan, or the simple one with its `trouble` where the solver is missing, failed or was stopped.

    The same problem gives the same plan, in whatever order its places and people are.
    """
    problem = problem.in_order()
    try:
        plan = _cheapest(problem, stop, seconds)
    except CannotSolve as error:
        return give_out_simply(problem, f"求解组件不可用（{error}），已用简易办法分派，结果未证明最优。")
    return plan or give_out_simply(problem, "未算完即停止，已用简易办法分派，结果未证明最优。")


def _cheapest(problem: BacklogProblem, stop: Event | None, seconds: float) -> BacklogPlan | None:
    backlog = _BacklogModel(problem)
    outcome = backlog.model.minimise(backlog.costs, stop=stop, seconds=seconds)
    if outcome is None:
        return None
    given = dict(who for column, who in backlog.takes.items() if outcome.columns[column] > 0.5)
    return plan_of(problem, given, proven=outcome.proven)


class _BacklogModel:
    """Columns for who could take which place, for places left, and for each case more that somebody takes."""

    def __init__(self, problem: BacklogProblem) -> None:
        self.model = Model()
        self.costs: dict[int, int] = {}
        self.takes: dict[int, tuple[tuple[int, str], int]] = {}
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)
        self._of_both: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        room = {person.id: person.room(len(problem.places)) for person in problem.people}
        for place in problem.places:
            self._fill(place, room)
        for person in problem.people:
            self._load(person, room[person.id])
        for same_person in self._of_both.values():
            if len(same_person) > 1:
                self.model.row(same_person, most=1)

    def _fill(self, place: BacklogPlace, room: Mapping[int, int]) -> None:
        left = self.model.column(whole=False)
        self.costs[left] = place.left_cost
        there = [left]
        for person_id, score in sorted(place.scores.items()):
            if room.get(person_id):
                column = self.model.column(whole=False)
                self.costs[column] = SCORE_MOST - score
                self.takes[column] = place.key, person_id
                self._of_person[person_id].append(column)
                self._of_both[place.case_id, person_id].append(column)
                there.append(column)
        self.model.row(there, least=1, most=1)

    def _load(self, person: BacklogPerson, room: int) -> None:
        """Each case more costs more than the one before, so the steps are climbed in their order."""
        taken = self._of_person[person.id]
        steps = [self.model.column(whole=False) for _ in range(min(room, len(taken)))]
        self.costs |= {step: LOAD_STEP * (person.open_cases + number) for number, step in enumerate(steps, start=1)}
        self.model.row(dict.fromkeys(taken, 1.0) | dict.fromkeys(steps, -1.0), least=0, most=0)
