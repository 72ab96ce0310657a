"""Rosters to be filled, made by chance from a seed: people, leave, court days, clashing units, carried loads, wishes.

The month is September 2026: Saturdays are open, 25 to 27 September are a holiday, Sunday the 20th is worked for it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.roster_problem import Blocker, Placing, RosterPerson, RosterPost, RosterProblem

FIRST = date(2026, 9, 1)
CLOSED = {date(2026, 9, day) for day in (6, 13, 25, 26, 27)}
PROFESSIONS = (("people", "人民调解员", 50), ("lawyer", "律师", 30), ("counsellor", "心理咨询师", 20))
"""Key, name, and how many of a hundred people have it."""


@dataclass(frozen=True)
class Size:
    """How large a roster is. `needs`: people wanted of each profession; `posts_each`: over how many posts each."""

    people: int
    needs: tuple[int, int, int] = (1, 1, 1)
    days: int = 30
    posts_each: tuple[int, int, int] = (1, 1, 1)


TWELVE = Size(12)
FORTY = Size(40)
FORTY_HEAVY = Size(40, (2, 1, 3))
HUNDRED_AND_TWENTY = Size(120, (4, 3, 5))
TWELVE_POSTS = Size(120, (1, 1, 1), posts_each=(4, 3, 5))


def roster_problem(seed: int, size: Size = TWELVE) -> RosterProblem:
    """A month (or its first days) for so many people; the same one for the same seed."""
    chance = Random(seed)
    half_days = tuple(_open_half_days(size.days))
    posts = tuple(_posts(size))
    people = tuple(_person(chance, number, size, posts, half_days) for number in range(1, size.people + 1))
    units = sorted({person.unit for person in people})
    clashes = {frozenset(chance.sample(units, 2)) for _ in range(max(1, size.people // 10))}
    needed = dict(zip((key for key, _, _ in PROFESSIONS), size.needs, strict=True))
    return RosterProblem(
        half_days,
        posts,
        people,
        needs={(half_day, post.id): needed[post.profession] for half_day in half_days for post in posts},
        unpopular=frozenset(each for each in half_days if _is_unpopular(each)),
        clashes=frozenset(clashes),
    )


def with_leave(problem: RosterProblem, person_id: int, first: date, days: int) -> RosterProblem:
    """The same problem, that person being ill for so many days."""
    ill = {each for each in problem.half_days if first <= each.day < first + timedelta(days=days)}

    def now(person: RosterPerson) -> RosterPerson:
        away = {**person.unavailable, **dict.fromkeys(ill, Blocker.ON_LEAVE)}
        return replace(person, unavailable=away) if person.id == person_id else person

    return replace(problem, people=tuple(now(person) for person in problem.people))


def published(problem: RosterProblem, placings: frozenset[Placing], until: date | None = None) -> RosterProblem:
    """The same problem once `placings` are published; the days before `until` are past and stay as they are."""
    past = frozenset(each for each in problem.half_days if until and each.day < until)
    locked = frozenset(each for each in placings if each.half_day in past)
    return replace(problem, published=placings, frozen=past, past=past, locked=problem.locked | locked)


def shuffled(problem: RosterProblem, seed: int) -> RosterProblem:
    """The same problem with everything in another order."""
    chance = Random(seed)
    needs = list(problem.needs.items())
    return replace(
        problem,
        half_days=tuple(chance.sample(problem.half_days, len(problem.half_days))),
        posts=tuple(chance.sample(problem.posts, len(problem.posts))),
        people=tuple(chance.sample(problem.people, len(problem.people))),
        needs=dict(chance.sample(needs, len(needs))),
    )


def placings(*shifts: tuple[int, Half, int, int]) -> frozenset[Placing]:
    """Placings from (day of September, half, post id, person id)."""
    return frozenset(Placing(HalfDay(FIRST.replace(day=day), half), post, person) for day, half, post, person in shifts)


def small_problem(**changes: Any) -> RosterProblem:
    """Three days, one post of one person, three people who can all serve; `changes` replace fields of it."""
    half_days = tuple(_open_half_days(3))
    posts = (RosterPost(1, "调解岗", "people"),)
    people = tuple(RosterPerson(number, f"演示{number}", posts=frozenset({1})) for number in (1, 2, 3))
    problem = RosterProblem(half_days, posts, people, needs={(half_day, 1): 1 for half_day in half_days})
    return replace(problem, **changes)


def _open_half_days(days: int) -> list[HalfDay]:
    every = (FIRST + timedelta(days=number) for number in range(days))
    return [HalfDay(day, half) for day in every if day not in CLOSED for half in Half]


def _is_unpopular(half_day: HalfDay) -> bool:
    before_holiday = half_day == HalfDay(date(2026, 9, 24), Half.PM)
    friday_afternoon = half_day.day.weekday() == 4 and half_day.half is Half.PM
    return half_day.day.weekday() >= 5 or friday_afternoon or before_holiday


def _posts(size: Size) -> list[RosterPost]:
    posts: list[RosterPost] = []
    for priority, ((key, name, _), number) in enumerate(zip(PROFESSIONS, size.posts_each, strict=True), start=1):
        posts += [RosterPost(len(posts) + more, f"{name}岗", key, priority) for more in range(1, number + 1)]
    return posts


def _person(
    chance: Random, number: int, size: Size, posts: tuple[RosterPost, ...], half_days: tuple[HalfDay, ...]
) -> RosterPerson:
    keys = [key for key, _, _ in PROFESSIONS]
    weights = [weight for _, _, weight in PROFESSIONS]
    # the first few hold one profession each in turn, so that none is without people
    own = {keys[number % 3]} if number <= 6 else set(chance.choices(keys, weights))
    if chance.random() < 0.15:
        own.add(chance.choice(keys))
    unavailable = dict.fromkeys(_court_days(chance, half_days), Blocker.NOT_COMING)
    if chance.random() < 0.4:
        away_from = FIRST + timedelta(days=chance.randrange(size.days))
        away_until = away_from + timedelta(days=chance.randint(1, 7))
        unavailable |= {each: Blocker.ON_LEAVE for each in half_days if away_from <= each.day <= away_until}
    free = [each for each in half_days if each not in unavailable]
    wished = chance.sample(free, min(len(free), chance.randint(0, 4)))
    return RosterPerson(
        number,
        f"演示{number}",
        unit=f"单位{chance.randrange(max(3, size.people // 3))}",
        posts=frozenset(post.id for post in posts if post.profession in own),
        unavailable=unavailable,
        day_cap=chance.choice((1, 2)),
        week_cap=chance.choice((3, 4, 4, 5)),
        month_cap=20,
        served_in_week={(2026, 36): chance.choice((0, 0, 1))},
        share=chance.choice((100, 100, 100, 50)),
        carried=chance.randint(-30, 30),
        carried_unpopular=chance.randint(-20, 20),
        wishes={each: chance.choice((-2, -1, 1, 2)) for each in wished},
    )


def _court_days(chance: Random, half_days: tuple[HalfDay, ...]) -> list[HalfDay]:
    """The half-days of the week on which this person is elsewhere."""
    weekly = set(chance.sample(sorted({each.in_week for each in half_days}), chance.randint(0, 3)))
    return [each for each in half_days if each.in_week in weekly]
