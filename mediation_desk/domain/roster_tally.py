"""Who serves how much and beside whom, kept up to date while shifts come and go.

Answers at once whether somebody could take a shift, and what the roster would be worth then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import TENTHS, Blocker, Placing, RosterPerson, RosterProblem
from mediation_desk.domain.roster_value import RosterValue, starting_loads


class RosterTally:
    """The placings of one roster, counted by person, week and unit. `filled` shifts are what fair parts are of."""

    def __init__(self, problem: RosterProblem, placings: Iterable[Placing], filled: int) -> None:
        self.problem = problem
        self.people = {person.id: person for person in problem.people}
        self.placings: set[Placing] = set()
        starts = starting_loads(problem, filled)
        self.total = {person_id: start.total for person_id, start in starts.items()}
        self.unpopular = {person_id: start.unpopular for person_id, start in starts.items()}
        self._weeks = {half_day: half_day.day.isocalendar()[:2] for half_day in problem.half_days}
        self._in_day: Counter[tuple[int, object]] = Counter()
        self._in_week: Counter[tuple[int, object]] = Counter(
            {(person.id, week): served for person in problem.people for week, served in person.served_in_week.items()}
        )
        self._in_month: Counter[int] = Counter()
        self._there: defaultdict[HalfDay, dict[int, int]] = defaultdict(dict)  # person id -> post id
        self._units: defaultdict[HalfDay, Counter[str]] = defaultdict(Counter)
        self._clashing: defaultdict[str, set[str]] = defaultdict(set)
        for pair in problem.clashes:
            for unit in pair:
                self._clashing[unit] |= pair - {unit}
        for each in placings:
            self.place(each)

    def place(self, placing: Placing) -> None:
        self.placings.add(placing)
        self._there[placing.half_day][placing.person_id] = placing.post_id
        self._count(placing, 1)

    def remove(self, placing: Placing) -> None:
        self.placings.discard(placing)
        del self._there[placing.half_day][placing.person_id]
        self._count(placing, -1)

    def _count(self, placing: Placing, shifts: int) -> None:
        half_day, _, person_id = placing
        person = self.people.get(person_id)
        if person is None:  # a kept shift of somebody who left counts for its post only
            return
        self._in_day[person_id, half_day.day] += shifts
        self._in_week[person_id, self._week(half_day)] += shifts
        self._in_month[person_id] += shifts
        self._units[half_day][person.unit] += shifts
        self.total[person_id] += TENTHS * shifts
        if half_day in self.problem.unpopular:
            self.unpopular[person_id] += TENTHS * shifts

    def _week(self, half_day: HalfDay) -> tuple[int, ...]:
        return self._weeks.get(half_day) or half_day.day.isocalendar()[:2]

    def blocker(
        self, person: RosterPerson, half_day: HalfDay, post_id: int, instead_of: Placing | None = None
    ) -> Blocker | None:
        """The first reason why `person` cannot take this shift, were `instead_of` of the same half-day not there."""
        if post_id not in person.posts:
            return Blocker.NOT_QUALIFIED
        if reason := person.unavailable.get(half_day):
            return reason
        if person.id in self._there[half_day]:
            return Blocker.OTHER_POST
        if self._in_day[person.id, half_day.day] >= person.day_cap:
            return Blocker.DAY_CAP
        if self._in_week[person.id, self._week(half_day)] >= person.week_cap:
            return Blocker.WEEK_CAP
        if self._in_month[person.id] >= person.month_cap:
            return Blocker.MONTH_CAP
        return self._blocker_of_unit(person.unit, half_day, instead_of)

    def _blocker_of_unit(self, unit: str, half_day: HalfDay, instead_of: Placing | None) -> Blocker | None:
        if not unit:
            return None
        leaving = self.people.get(instead_of.person_id) if instead_of else None
        there = self._units[half_day]
        if there[unit] - (leaving is not None and leaving.unit == unit) >= self.problem.unit_most:
            return Blocker.SAME_UNIT
        for other in self._clashing[unit]:
            if there[other] - (leaving is not None and leaving.unit == other) > 0:
                return Blocker.CLASH
        return None

    def those_in_the_way(
        self, person: RosterPerson, half_day: HalfDay, blocker: Blocker, instead_of: Placing | None = None
    ) -> tuple[int, ...]:
        """Ids of those on duty on whose account the unit rules keep `person` out; () for other blockers."""
        if blocker is Blocker.SAME_UNIT:
            units = {person.unit}
        elif blocker is Blocker.CLASH:
            units = self._clashing[person.unit]
        else:
            return ()
        leaving = instead_of.person_id if instead_of else None
        staying = [self.people[each] for each in self._there[half_day] if each in self.people and each != leaving]
        return tuple(sorted(each.id for each in staying if each.unit in units))

    def change(self, placing: Placing, taker: RosterPerson) -> RosterValue:
        """How the value of the roster changes when `taker` takes this shift; below `RosterValue()` is better."""
        half_day, post_id, giver_id = placing
        published = self.problem.published or frozenset()
        giver = self.people.get(giver_id)
        changes = (placing in published) - (Placing(half_day, post_id, taker.id) in published)
        total = _square_step(self.total[taker.id], 1)
        unpopular = _square_step(self.unpopular[taker.id], 1)
        wishes = -taker.wishes.get(half_day, 0)
        if giver:
            total += _square_step(self.total[giver_id], -1)
            unpopular += _square_step(self.unpopular[giver_id], -1)
            wishes += giver.wishes.get(half_day, 0)
        return RosterValue(0, 0, changes, total, unpopular if half_day in self.problem.unpopular else 0, wishes)


def _square_step(load: int, shifts: int) -> int:
    """How the square of a load grows with so many shifts more."""
    return (load + TENTHS * shifts) ** 2 - load**2
