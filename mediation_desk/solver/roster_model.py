"""A month's roster as columns and rows: who may serve where, the hard rules, and what each level counts.

What is locked is no column: needs, caps and units are only what it leaves of them, so there always is a solution.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import Placing, RosterPerson, RosterProblem
from mediation_desk.domain.roster_value import shortages
from mediation_desk.solver.model import Model

K = TypeVar("K", bound=Hashable)


class Seat(NamedTuple):
    """One person on one half-day at one of these posts: posts held by the same people are as good as one."""

    half_day: HalfDay
    post_ids: tuple[int, ...]
    person_id: int


class RosterModel:
    """The model of one problem, which must be in order.

    `seats` are the columns of who may serve, `short` those of how many are missing; `frozen_short` are the people
    missing on half-days that are not touched any more. `people` and `locked` leave out who is not in the problem.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.model = Model()
        self.people = {person.id: person for person in problem.people}
        self.locked = [each for each in problem.locked if each.person_id in self.people]
        self.short: dict[tuple[HalfDay, int], int] = {}
        self.seats: dict[Seat, int] = {}
        self._alike = _posts_alike(problem)
        self._published = problem.published or frozenset()
        self._units_there: dict[tuple[HalfDay, str], int] = {}
        self._counts: list[tuple[frozenset[Seat], list[int]]] = []
        missing = shortages(problem, problem.locked)
        self.frozen_short = {place: people for place, people in missing.items() if place[0] in problem.frozen}
        self._needed = {place: people for place, people in missing.items() if place not in self.frozen_short}
        for half_day, post_ids in dict.fromkeys((half_day, self._alike[post_id]) for half_day, post_id in self._needed):
            self._fill(half_day, post_ids)
        self._keep_caps()
        self._keep_units()

    def _fill(self, half_day: HalfDay, post_ids: tuple[int, ...]) -> None:
        """H1: who serves and who is missing make up the need, so nobody is too many.

        Whoever stands in the published roster has a seat of their own at that post, so that staying there counts.
        """
        needed = {post_id: self._needed.get((half_day, post_id), 0) for post_id in post_ids}
        able = [each for each in self.problem.people if post_ids[0] in each.posts and half_day not in each.unavailable]
        seats = [Seat(half_day, post_ids, person.id) for person in able]
        own = {
            post_id: [
                Seat(half_day, (post_id,), person.id)
                for person in able
                if Placing(half_day, post_id, person.id) in self._published and len(post_ids) > 1
            ]
            for post_id in post_ids
        }
        for seat in chain(seats, *own.values()):
            self.seats[seat] = self.model.column()
        for post_id in post_ids:
            self.short[half_day, post_id] = self.model.column(needed[post_id], whole=len(post_ids) > 1)
            there = [self.seats[seat] for seat in own[post_id]]
            self._at_most([*there, self.short[half_day, post_id]], needed[post_id])
        everybody = [self.seats[seat] for seat in chain(seats, *own.values())]
        missing = [self.short[half_day, post_id] for post_id in post_ids]
        people = sum(needed.values())
        self.model.row([*everybody, *missing], least=people, most=people)

    def _keep_caps(self) -> None:
        """H2 and H3: one post at a time, so many shifts a day, a week and a month."""
        self._keep_cap(lambda each: each.half_day, lambda *_: 1)
        self._keep_cap(lambda each: each.half_day.day, lambda person, _: person.day_cap)
        self._keep_cap(_week, lambda person, week: person.week_cap - person.served_in_week.get(week, 0))
        self._keep_cap(lambda _: None, lambda person, _: person.month_cap)

    def _keep_cap(self, span: Callable[[Placing | Seat], K], cap: Callable[[RosterPerson, K], int]) -> None:
        used = Counter((each.person_id, span(each)) for each in self.locked)
        for (person_id, when), columns in self._grouped(lambda each: (each.person_id, span(each))).items():
            self._at_most(columns, cap(self.people[person_id], when) - used[person_id, when])

    def _keep_units(self) -> None:
        """H4 and H5: few people of one unit together, and of two clashing units one only."""
        unit = {person.id: person.unit for person in self.problem.people}
        there = self._grouped(lambda each: (each.half_day, unit[each.person_id]))
        locked = Counter((each.half_day, unit[each.person_id]) for each in self.locked)
        for (half_day, name), columns in there.items():
            if name:
                self._at_most(columns, self.problem.unit_most - locked[half_day, name])
        clashes = sorted(tuple(sorted(pair)) for pair in self.problem.clashes if len(pair) > 1)
        for half_day in dict.fromkeys(half_day for half_day, _ in there):
            for one, other in clashes:
                self._keep_apart((half_day, one), (half_day, other), there, locked)

    def _keep_apart(
        self,
        one: tuple[HalfDay, str],
        other: tuple[HalfDay, str],
        there: Mapping[tuple[HalfDay, str], list[int]],
        locked: Mapping[tuple[HalfDay, str], int],
    ) -> None:
        ones, others = there.get(one, []), there.get(other, [])
        if locked[one]:
            self._at_most(others, 0)
        if locked[other]:
            self._at_most(ones, 0)
        if ones and others and self.problem.unit_most == 1:
            self._at_most([*ones, *others], 1)
        elif ones and others:
            self._at_most([self._unit_there(one, ones), self._unit_there(other, others)], 1)

    def _unit_there(self, unit: tuple[HalfDay, str], columns: Iterable[int]) -> int:
        """The column that is 1 when anybody of the unit is on duty then."""
        if unit not in self._units_there:
            self._units_there[unit] = self.model.column()
            for column in columns:
                self.model.row({column: 1.0, self._units_there[unit]: -1.0}, most=0)
        return self._units_there[unit]

    def _at_most(self, columns: Collection[int], most: int) -> None:
        if len(columns) > most:
            self.model.row(columns, most=max(0, most))

    def _grouped(self, key: Callable[[Seat], K]) -> dict[K, list[int]]:
        groups: defaultdict[K, list[int]] = defaultdict(list)
        for seat, column in self.seats.items():
            groups[key(seat)].append(column)
        return groups

    def counted(self, seats: Collection[Seat], most: int) -> list[int]:
        """Columns, 1 each, that add up to how many of `seats` are taken; the first of them are to be cheapest."""
        columns = [self.model.column(whole=False) for _ in range(min(most, len(seats)))]
        factors = dict.fromkeys((self.seats[each] for each in seats), 1.0) | dict.fromkeys(columns, -1.0)
        self.model.row(factors, least=0, most=0)
        self._counts.append((frozenset(seats), columns))
        return columns

    def columns_of(self, placings: Collection[Placing]) -> dict[int, float]:
        """The columns of a roster, those of 0 left out."""
        taken = {self._seat(each) for each in placings} & self.seats.keys()
        columns = dict.fromkeys((self.seats[each] for each in taken), 1.0)
        missing = shortages(self.problem, placings)
        columns |= {column: float(missing.get(place, 0)) for place, column in self.short.items()}
        units = {(each.half_day, self.people[each.person_id].unit) for each in taken}
        columns |= {column: 1.0 for unit, column in self._units_there.items() if unit in units}
        for counted, steps in self._counts:
            columns |= dict.fromkeys(steps[: len(counted & taken)], 1.0)
        return columns

    def _seat(self, placing: Placing) -> Seat:
        own = Seat(placing.half_day, (placing.post_id,), placing.person_id)
        return own if own in self.seats else own._replace(post_ids=self._alike.get(placing.post_id, ()))

    def placings_in(self, columns: Sequence[float]) -> frozenset[Placing]:
        """The roster that these columns stand for, with what is locked; among posts alike the lower id sits first."""
        taken = [each for each, column in self.seats.items() if columns[column] > 0.5]
        left = {place: people - round(columns[self.short[place]]) for place, people in self._needed.items()}
        placings = set(self.problem.locked)
        for half_day, post_ids, person_id in sorted(taken, key=lambda seat: (len(seat.post_ids), seat)):
            post_id = next(each for each in post_ids if left.get((half_day, each)))
            left[half_day, post_id] -= 1
            placings.add(Placing(half_day, post_id, person_id))
        return frozenset(placings)


def _posts_alike(problem: RosterProblem) -> dict[int, tuple[int, ...]]:
    """Post id → all posts that the very same people hold, itself among them."""
    alike: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for post in problem.posts:
        alike[frozenset(person.id for person in problem.people if post.id in person.posts)].append(post.id)
    return {post_id: tuple(post_ids) for post_ids in alike.values() for post_id in post_ids}


def _week(shift: Placing | Seat) -> tuple[int, int]:
    year, week, _ = shift.half_day.day.isocalendar()
    return year, week
