"""Proves a roster right or wrong by counting it anew: what it says shares nothing with how rosters are made.

The rules are H1 to H6 of `RosterProblem`. What the locked shifts break among themselves is the user's own wish, or
past: `broken_locks` tells of it beforehand, `broken_rules` only of what was added to them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple, TypeVar

from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.roster_problem import Placing, RosterPerson, RosterProblem

K = TypeVar("K", bound=Hashable)


class Rule(Labelled):
    OVER_COVERED = "over_covered", "人数超过需要"
    UNKNOWN = "unknown", "人员、岗位或半天不在其中"
    NOT_QUALIFIED = "not_qualified", "没有该岗位的职业身份"
    NOT_AVAILABLE = "not_available", "本人不能到岗"
    TWO_POSTS = "two_posts", "同一半天两个岗位"
    DAY_CAP = "day_cap", "超过每日上限"
    WEEK_CAP = "week_cap", "超过每周上限"
    MONTH_CAP = "month_cap", "超过每月上限"
    SAME_UNIT = "same_unit", "同单位人数超限"
    CLASH = "clash", "单位互斥"
    LOCK_LOST = "lock_lost", "锁定的班次不见了"
    FROZEN = "frozen", "已过或临近的半天有改动"


class Broken(NamedTuple):
    """A broken rule, the placings that break it together, and a sentence in Chinese."""

    rule: Rule
    placings: tuple[Placing, ...]
    sentence: str


def broken_rules(problem: RosterProblem, placings: Collection[Placing]) -> list[Broken]:
    """What `placings` break of the hard rules, beyond what the locked ones break by themselves."""
    return [each for each in _all_broken(problem, placings) if not problem.locked.issuperset(each.placings)] + [
        Broken(Rule.LOCK_LOST, (lost,), f"{_shift(problem, lost)}已锁定，却不在班表中。")
        for lost in sorted(problem.locked.difference(placings))
    ]


def broken_locks(problem: RosterProblem) -> list[Broken]:
    """What the locked placings break by themselves: a lock against leave or a cap, two locks in conflict."""
    return list(_all_broken(problem, problem.locked))


def _all_broken(problem: RosterProblem, placings: Collection[Placing]) -> Iterator[Broken]:
    ordered = sorted(placings)
    people = {person.id: person for person in problem.people}
    known = [each for each in ordered if each.person_id in people]
    yield from _broken_by_one(problem, people, ordered)
    yield from _broken_by_one_person(problem, people, known)
    yield from _broken_by_units(problem, people, known)
    for place, there in _grouped(ordered, lambda each: (each.half_day, each.post_id)):
        needed = problem.needs.get(place, 0)
        if len(there) > needed:
            where = f"{place[0].label}{_post(problem, place[1])}"
            yield Broken(Rule.OVER_COVERED, there, f"{where}只需轮驻{needed}人，排了{len(there)}人。")


def _broken_by_one(
    problem: RosterProblem, people: dict[int, RosterPerson], placings: Iterable[Placing]
) -> Iterator[Broken]:
    post_ids = {post.id for post in problem.posts}
    for each in placings:
        person = people.get(each.person_id)
        shift = _shift(problem, each)
        if person is None or each.post_id not in post_ids or each.half_day not in problem.half_days:
            yield Broken(Rule.UNKNOWN, (each,), f"{shift}：人员、岗位或半天不在本月排班之中。")
        elif each.post_id not in person.posts:
            yield Broken(Rule.NOT_QUALIFIED, (each,), f"{shift}：没有该岗位的职业身份。")
        elif each.half_day in person.unavailable:
            yield Broken(Rule.NOT_AVAILABLE, (each,), f"{shift}：{person.unavailable[each.half_day].label}。")
        if each.half_day in problem.frozen and each not in problem.locked:
            yield Broken(Rule.FROZEN, (each,), f"{shift}：该半天已过或临近，不能再改动。")


def _broken_by_one_person(
    problem: RosterProblem, people: dict[int, RosterPerson], placings: Collection[Placing]
) -> Iterator[Broken]:
    for _, same in _grouped(placings, lambda each: (each.person_id, each.half_day)):
        if len(same) > 1:
            yield Broken(Rule.TWO_POSTS, same, f"{_shift(problem, same[0])}：同一半天还在另一岗位。")
    for _, same in _grouped(placings, lambda each: (each.person_id, each.half_day.day)):
        person, day = people[same[0].person_id], same[0].half_day.day
        if len(same) > person.day_cap:
            told = f"{person.name}{day_in_words(day)}排了{len(same)}班，每日上限{person.day_cap}班。"
            yield Broken(Rule.DAY_CAP, same, told)
    for (_, week), same in _grouped(placings, lambda each: (each.person_id, each.half_day.day.isocalendar()[:2])):
        person = people[same[0].person_id]
        served = len(same) + person.served_in_week.get(week, 0)
        if served > person.week_cap:
            told = f"{person.name}第{week[1]}周排了{served}班，每周上限{person.week_cap}班。"
            yield Broken(Rule.WEEK_CAP, same, told)
    for _, same in _grouped(placings, lambda each: each.person_id):
        person = people[same[0].person_id]
        if len(same) > person.month_cap:
            told = f"{person.name}本月排了{len(same)}班，每月上限{person.month_cap}班。"
            yield Broken(Rule.MONTH_CAP, same, told)


def _broken_by_units(
    problem: RosterProblem, people: dict[int, RosterPerson], placings: Collection[Placing]
) -> Iterator[Broken]:
    with_unit = [each for each in placings if people[each.person_id].unit]
    for half_day, there in _grouped(with_unit, lambda each: each.half_day):
        units = dict(_grouped(there, lambda each: people[each.person_id].unit))
        for unit, same in units.items():
            if len(same) > problem.unit_most:
                told = f"{half_day.label}“{unit}”有{len(same)}人同时当班，至多{problem.unit_most}人。"
                yield Broken(Rule.SAME_UNIT, same, told)
        for one, other in combinations(sorted(units), 2):
            if frozenset((one, other)) in problem.clashes:
                told = f"{half_day.label}“{one}”与“{other}”同时当班，两单位互斥。"
                yield Broken(Rule.CLASH, units[one] + units[other], told)


def _grouped(placings: Iterable[Placing], key: Callable[[Placing], K]) -> Iterator[tuple[K, tuple[Placing, ...]]]:
    groups: defaultdict[K, list[Placing]] = defaultdict(list)
    for each in placings:
        groups[key(each)].append(each)
    for name, members in groups.items():
        yield name, tuple(members)


def _shift(problem: RosterProblem, placing: Placing) -> str:
    names = {person.id: person.name for person in problem.people}
    who = names.get(placing.person_id, f"{placing.person_id}号人员")
    return f"{placing.half_day.label}{_post(problem, placing.post_id)}{who}"


def _post(problem: RosterProblem, post_id: int) -> str:
    return next((f"“{post.name}”" for post in problem.posts if post.id == post_id), f"{post_id}号岗位")
