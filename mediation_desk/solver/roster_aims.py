"""What each level of a roster makes small, as costs of the columns of its model."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import gcd

from mediation_desk.domain.roster_problem import TENTHS, LevelName, Placing
from mediation_desk.domain.roster_value import starting_loads
from mediation_desk.solver.roster_model import RosterModel, Seat


@dataclass(frozen=True)
class Aim:
    """The value of a level is `base` + `scale` × the costs of the columns; the costs change by whole `step`s only."""

    costs: Mapping[int, int]
    base: int = 0
    scale: int = 1
    step: int = 1

    def cost_of(self, columns: Mapping[int, float]) -> int:
        return sum(cost * round(columns.get(column, 0)) for column, cost in self.costs.items())

    def value(self, cost: int) -> int:
        return self.base + self.scale * cost


def aim_of(roster: RosterModel, name: LevelName, filled: int, *, all_filled: bool) -> Aim:
    """What a level makes small in a roster of `filled` shifts; adds to the model the columns it counts by.

    `all_filled`: nobody is missing anywhere, so that the number of unpopular shifts cannot change either.
    """
    match name:
        case LevelName.SHORTAGE:
            return _shortage(roster, lambda _: 1)
        case LevelName.PRIORITY:
            priorities = {post.id: post.priority for post in roster.problem.posts}
            return _shortage(roster, lambda post_id: 10 - priorities[post_id])
        case LevelName.CHANGES:
            published = (roster.problem.published or frozenset()) - roster.problem.locked
            kept = {column: -1 for seat, column in roster.seats.items() if _own_placing(seat) in published}
            return Aim(kept, len(published))
        case LevelName.TOTAL:
            starts = {person_id: load.total for person_id, load in starting_loads(roster.problem, filled).items()}
            return _squares(roster, starts, lambda _: True, is_fixed=True)
        case LevelName.UNPOPULAR:
            starts = {person_id: load.unpopular for person_id, load in starting_loads(roster.problem, filled).items()}
            return _squares(roster, starts, lambda each: each.half_day in roster.problem.unpopular, is_fixed=all_filled)
        case LevelName.WISHES:
            return _wishes(roster)


def _shortage(roster: RosterModel, weight: Callable[[int], int]) -> Aim:
    frozen = sum(people * weight(post_id) for (_, post_id), people in roster.frozen_short.items())
    return Aim({column: weight(post_id) for (_, post_id), column in roster.short.items()}, frozen)


def _own_placing(seat: Seat) -> Placing | None:
    return Placing(seat.half_day, seat.post_ids[0], seat.person_id) if len(seat.post_ids) == 1 else None


def _wishes(roster: RosterModel) -> Aim:
    def wish(each: Seat | Placing) -> int:
        return roster.people[each.person_id].wishes.get(each.half_day, 0)

    costs = {column: -wish(each) for each, column in roster.seats.items() if wish(each)}
    return Aim(costs, -sum(wish(each) for each in roster.locked))


def _squares(
    roster: RosterModel, starts: Mapping[int, int], is_counted: Callable[[Seat | Placing], bool], *, is_fixed: bool
) -> Aim:
    """The sum of squared loads, shift by shift: from a load of z tenths the next one adds (z + 10)² - z² = 20 (z + 5).

    Each shift costs more than the one before, so the cheapest come first by themselves and need not be whole numbers.
    `is_fixed`: the number of shifts counted is the same in every roster, only people differ.
    """
    of_person: defaultdict[int, list[Seat]] = defaultdict(list)
    for each in filter(is_counted, roster.seats):
        of_person[each.person_id].append(each)
    served = Counter(each.person_id for each in roster.locked if is_counted(each))
    served_at_all = Counter(each.person_id for each in roster.locked)
    loads = {person_id: start + TENTHS * served[person_id] for person_id, start in starts.items()}
    costs: dict[int, int] = {}
    for person_id, seats in of_person.items():
        room = max(0, roster.people[person_id].month_cap - served_at_all[person_id])
        for number, column in enumerate(roster.counted(seats, room)):
            costs[column] = loads[person_id] + TENTHS * number + TENTHS // 2
    first = [loads[person_id] + TENTHS // 2 for person_id in of_person]
    differences = [each - first[0] for each in first] if is_fixed else first
    return Aim(costs, sum(load**2 for load in loads.values()), 2 * TENTHS, gcd(TENTHS, *differences))
