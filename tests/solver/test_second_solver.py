"""Rosters worked out again by another solver (CBC) from rules written down a second time: every level must agree."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import floor

import pulp
import pytest

from mediation_desk.domain.roster_problem import LevelName, Placing, RosterProblem
from mediation_desk.solver.roster import solve_roster
from tests.solver.instances import Size, published, roster_problem

SIZE = Size(10, days=12)

# pulp 3.3 brings CBC with it and says that its successor will not
pytestmark = pytest.mark.filterwarnings("ignore:PULP_CBC_CMD is deprecated:DeprecationWarning")


@pytest.mark.parametrize("seed", range(100, 120))
def test_another_solver_reaches_the_same_at_every_level(seed: int) -> None:
    problem = roster_problem(seed, SIZE)
    if seed % 3 == 0:
        in_force = solve_roster(replace(problem, clashes=frozenset(), unit_most=2)).placings
        problem = published(problem, in_force)
    solution = solve_roster(problem)
    assert solution.proven
    again = SecondModel(problem)
    assert [again.least(level.name) for level in solution.levels] == [level.value for level in solution.levels]


class SecondModel:
    """The rules of a roster as `roster_problem.py` tells them, one column for each placing, solved level by level."""

    def __init__(self, problem: RosterProblem) -> None:
        self._problem = problem
        self._people = {person.id: person for person in problem.people}
        self._lp = pulp.LpProblem("roster", pulp.LpMinimize)
        self._takes = {
            Placing(half_day, post_id, person.id): self._lp.add_variable(f"x{number}_{person.id}", cat="Binary")
            for number, (half_day, post_id) in enumerate(problem.needs)
            for person in problem.people
            if post_id in person.posts and half_day not in person.unavailable
        }
        self._short = {
            place: self._lp.add_variable(f"s{number}", 0, needed, "Integer")
            for number, (place, needed) in enumerate(problem.needs.items())
        }
        self._filled = 0
        there = self._sums(lambda each: each[:2])
        for place, needed in problem.needs.items():
            self._lp += there[place] + self._short[place] == needed
        self._keep_caps()
        self._keep_units()

    def _sums(self, key: Callable[[Placing], object]) -> defaultdict[object, pulp.LpAffineExpression]:
        sums: defaultdict[object, pulp.LpAffineExpression] = defaultdict(pulp.LpAffineExpression)
        for each, column in self._takes.items():
            sums[key(each)] += column
        return sums

    def _keep_caps(self) -> None:
        in_half_day = self._sums(lambda each: (each.person_id, each.half_day))
        in_day = self._sums(lambda each: (each.person_id, each.half_day.day))
        in_week = self._sums(lambda each: (each.person_id, each.half_day.day.isocalendar()[:2]))
        in_month = self._sums(lambda each: each.person_id)
        for person in self._problem.people:
            self._lp += in_month[person.id] <= person.month_cap
            for half_day in self._problem.half_days:
                week = half_day.day.isocalendar()[:2]
                self._lp += in_half_day[person.id, half_day] <= 1
                self._lp += in_day[person.id, half_day.day] <= person.day_cap
                self._lp += in_week[person.id, week] <= person.week_cap - person.served_in_week.get(week, 0)

    def _keep_units(self) -> None:
        of_unit = self._sums(lambda each: (each.half_day, self._people[each.person_id].unit))
        for sum_of_unit in list(of_unit.values()):
            self._lp += sum_of_unit <= 1
        for half_day in self._problem.half_days:
            for one, other in self._problem.clashes:
                self._lp += of_unit[half_day, one] + of_unit[half_day, other] <= 1

    def least(self, name: LevelName) -> int:
        """Make one level small and hold it there."""
        objective = self._objective(name)
        self._lp.setObjective(objective)
        status = self._lp.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, threads=1))
        assert pulp.LpStatus[status] == "Optimal"
        value = round(float(objective.value()))
        self._lp += objective <= value + 0.001
        if name is LevelName.SHORTAGE:
            self._filled = sum(self._problem.needs.values()) - value
        return value

    def _objective(self, name: LevelName) -> pulp.LpAffineExpression:
        problem = self._problem
        if name is LevelName.SHORTAGE:
            return pulp.lpSum(self._short.values())
        if name is LevelName.PRIORITY:
            weights = {post.id: 10 - post.priority for post in problem.posts}
            return pulp.lpSum(weights[post_id] * column for (_, post_id), column in self._short.items())
        if name is LevelName.CHANGES:
            in_force = problem.published or frozenset()
            return len(in_force) - pulp.lpSum(column for each, column in self._takes.items() if each in in_force)
        if name is LevelName.WISHES:
            return pulp.lpSum(
                -self._people[each.person_id].wishes.get(each.half_day, 0) * column
                for each, column in self._takes.items()
            )
        return self._squares(unpopular=name is LevelName.UNPOPULAR)

    def _squares(self, *, unpopular: bool) -> pulp.LpAffineExpression:
        """The sum of (10 shifts + carried - fair part)², a column for each number of shifts a person may have."""
        problem = self._problem
        shares = sum(person.share for person in problem.people)
        part = Fraction(1)
        if unpopular:
            needed = sum(people for (half_day, _), people in problem.needs.items() if half_day in problem.unpopular)
            part = Fraction(needed, sum(problem.needs.values()))
        squares = []
        for person in problem.people:
            fair = floor(10 * self._filled * part * person.share / shares + Fraction(1, 2))
            carried = person.carried_unpopular if unpopular else person.carried
            counted = [
                column
                for each, column in self._takes.items()
                if each.person_id == person.id and (not unpopular or each.half_day in problem.unpopular)
            ]
            kind = "u" if unpopular else "t"
            numbers = [
                self._lp.add_variable(f"{kind}{person.id}_{number}", cat="Binary") for number in range(len(counted) + 1)
            ]
            self._lp += pulp.lpSum(numbers) == 1
            self._lp += pulp.lpSum(k * column for k, column in enumerate(numbers)) == pulp.lpSum(counted)
            squares += [(10 * k + carried - fair) ** 2 * column for k, column in enumerate(numbers)]
        return pulp.lpSum(squares)
