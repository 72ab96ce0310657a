"""Problems so small that every roster of theirs can be looked at."""

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_check import broken_rules
from mediation_desk.domain.roster_problem import Blocker, Placing, RosterPerson, RosterPost, RosterProblem


def tiny_problem(seed: int) -> RosterProblem:
    """Up to four people on three half-days, with everything that can bear on a roster."""
    chance = Random(seed)
    half_days = tuple(HalfDay(date(2026, 9, 4 + number // 2), list(Half)[number % 2]) for number in range(3))
    posts = (RosterPost(1, "调解岗", "people", 1), RosterPost(2, "咨询岗", "people", chance.choice((1, 2))))
    people = tuple(
        RosterPerson(
            number,
            f"演示{number}",
            unit=chance.choice(("甲", "乙", "丙", "")),
            posts=frozenset(chance.sample((1, 2), chance.choice((1, 2, 2)))),
            unavailable={chance.choice(half_days): Blocker.ON_LEAVE} if chance.random() < 0.3 else {},
            day_cap=chance.choice((1, 2)),
            week_cap=chance.choice((1, 2, 3)),
            served_in_week={(2026, 36): chance.choice((0, 1))},
            month_cap=chance.choice((2, 3)),
            share=chance.choice((50, 100)),
            carried=chance.randint(-12, 12),
            carried_unpopular=chance.randint(-12, 12),
            wishes={each: chance.randint(-3, 3) for each in half_days if chance.random() < 0.4},
        )
        for number in range(1, chance.choice((3, 4)) + 1)
    )
    problem = RosterProblem(
        half_days,
        posts,
        people,
        needs={(half_day, post.id): chance.choice((1, 1, 2)) for half_day in half_days for post in posts},
        unpopular=frozenset(half_days[1:]),
        unit_most=chance.choice((1, 1, 2)),
        clashes=frozenset({frozenset("甲乙")}),
    )
    if seed % 2:
        in_force = _random_roster(problem, chance)
        locked = frozenset(each for each in in_force if chance.random() < 0.2)
        problem = replace(problem, published=in_force, locked=locked)
    return problem


def _random_roster(problem: RosterProblem, chance: Random) -> frozenset[Placing]:
    placed: frozenset[Placing] = frozenset()
    for (half_day, post_id), needed in problem.needs.items():
        for person in chance.sample(problem.people, needed):
            more = placed | {Placing(half_day, post_id, person.id)}
            if not broken_rules(problem, more):
                placed = more
    return placed


def every_roster(problem: RosterProblem) -> list[frozenset[Placing]]:
    """Every roster that keeps the rules: of each half-day all that keep them alone, then all together."""
    of_half_days = []
    for half_day in problem.half_days:
        locked = {each for each in problem.locked if each.half_day == half_day}
        seats = [
            [None, *(Placing(half_day, post.id, person.id) for post in problem.posts if post.id in person.posts)]
            for person in problem.people
        ]
        alone = replace(problem, locked=frozenset(locked))
        rosters = (frozenset(seat for seat in taken if seat) for taken in product(*seats))
        of_half_days.append([each for each in rosters if not broken_rules(alone, each)])
    every = (frozenset().union(*parts) for parts in product(*of_half_days))
    return [each for each in every if not broken_rules(problem, each)]
