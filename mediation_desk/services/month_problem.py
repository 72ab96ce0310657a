"""Poses the problem of a month: who can serve where, what is kept, what is wanted; the solver takes it from here."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from mediation_desk.domain.fairness import Carried, served
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.roster_check import Broken, broken_locks, broken_rules
from mediation_desk.domain.roster_problem import Placing, RosterPerson, RosterPost, RosterProblem
from mediation_desk.services.duty_month import DutyMonth, placing_of, posts_held


@dataclass(frozen=True)
class Posed:
    """The problem of a month, and the locks that were left out of it because they break a rule."""

    problem: RosterProblem
    refused_locks: tuple[Broken, ...]


def posed(known: DutyMonth, carried: Mapping[int, Carried]) -> Posed:
    """Pose the problem of a month as it is known.

    Kept are what has begun, the published shifts within the time of notice, who stands in for somebody on leave, and
    the locks of the draft. A half-day within the time of notice from which somebody fell out is not frozen: the
    others stay, but a replacement may come. Locks that break a rule are left out until the user chooses.
    """
    problem = bare_problem(known, carried)
    facts = _facts(known, problem)
    chosen = {each for each in known.chosen if each.half_day not in known.past}
    stand_ins = _stand_ins(known, problem)
    kept = Counter((each.half_day, each.post_id) for each in facts)
    needs = {
        place: kept[place] if place[0] in known.past else max(needed, kept[place])
        for place, needed in (dict.fromkeys(kept, 0) | dict(problem.needs)).items()
    }
    problem = replace(
        problem,
        needs={place: needed for place, needed in needs.items() if needed},
        frozen=known.past | _untouched(known, facts, chosen | stand_ins),
        locked=frozenset(facts | chosen | stand_ins),
    )
    broken = broken_locks(problem)
    refused = {placing for each in broken for placing in each.placings} - facts
    told = tuple(each for each in broken if chosen.intersection(each.placings) - facts)
    return Posed(replace(problem, locked=problem.locked - refused), told)


def bare_problem(known: DutyMonth, carried: Mapping[int, Carried]) -> RosterProblem:
    """The problem without anything kept: who is wanted, who can come, what was published."""
    open_ = frozenset(known.half_days)
    around = served(map(placing_of, known.around), known.leaves)
    return RosterProblem(
        half_days=known.half_days,
        posts=tuple(
            RosterPost(each.id, each.name, each.profession, each.priority)
            for each in known.posts_in_use
            if each.id is not None
        ),
        people=tuple(_person(each, known, carried, around) for each in known.people),
        needs={place: need.rotating for place, need in known.needs.items() if need.rotating},
        unpopular=known.unpopular,
        unit_most=known.limits.unit_most,
        clashes=frozenset(frozenset((each.one_unit, each.other_unit)) for each in known.clashes),
        past=known.past,
        published=frozenset(each for each in known.in_force if each.half_day in open_) if known.published else None,
    )


def _person(
    mediator: Mediator, known: DutyMonth, carried: Mapping[int, Carried], around: Collection[Placing]
) -> RosterPerson:
    assert mediator.id is not None
    own = carried.get(mediator.id, Carried())
    limits = known.limits
    return RosterPerson(
        id=mediator.id,
        name=mediator.name,
        unit=mediator.unit,
        posts=posts_held(mediator, known.posts_in_use),
        unavailable=known.unavailable[mediator.id],
        day_cap=limits.day_most if mediator.day_most is None else mediator.day_most,
        week_cap=limits.week_most if mediator.week_most is None else mediator.week_most,
        month_cap=limits.month_most if mediator.month_most is None else mediator.month_most,
        served_in_week=Counter(each.half_day.day.isocalendar()[:2] for each in around if each.person_id == mediator.id),
        share=_share(mediator, known),
        carried=own.total,
        carried_unpopular=own.unpopular,
        wishes={each.half_day: each.weight for each in known.wishes if each.mediator_id == mediator.id},
    )


def _share(mediator: Mediator, known: DutyMonth) -> int:
    """The part for the time there; who only stands in has none."""
    if mediator.presence is not Presence.ROTATING or not known.half_days:
        return 0
    there = sum(mediator.is_active(half_day.day) for half_day in known.half_days)
    return round(mediator.share * there / len(known.half_days))


def _facts(known: DutyMonth, problem: RosterProblem) -> set[Placing]:
    """Published shifts that stand: all that have begun, and those within the time of notice that can be served.

    Where somebody changed a half-day within the time of notice by hand, only what was left there stands.
    """
    published = problem.published or frozenset()
    by_hand = {each.half_day for each in known.chosen}
    near = {each for each in published if each.half_day in known.near}
    possible = _possible(near, problem)
    return {each for each in published if each.half_day in known.past} | {
        each for each in possible if each.half_day not in by_hand or each in known.drafted
    }


def _possible(placings: Collection[Placing], problem: RosterProblem) -> set[Placing]:
    """Those that somebody of the problem can serve."""
    people = {each.id: each for each in problem.people}
    return {
        each
        for each in placings
        if (person := people.get(each.person_id))
        and each.post_id in person.posts
        and each.half_day not in person.unavailable
    }


def _stand_ins(known: DutyMonth, problem: RosterProblem) -> set[Placing]:
    """The shifts to come of people on leave, with who was named to stand in, where that person can."""
    found = set()
    for shift in problem.published or ():
        leave = known.away.get((shift.person_id, shift.half_day))
        if leave and leave.substitute_id is not None and shift.half_day not in known.past:
            found.add(shift._replace(person_id=leave.substitute_id))
    return _possible(found, problem)


def _untouched(known: DutyMonth, facts: set[Placing], others: set[Placing]) -> frozenset[HalfDay]:
    """Half-days within the time of notice from which nobody fell out, and that nobody changed."""
    touched = {each.half_day for each in known.in_force - facts}
    touched |= {each.half_day for each in others - facts}
    return known.near - touched


def broken_by(known: DutyMonth, after: frozenset[Placing], before: frozenset[Placing] = frozenset()) -> list[Broken]:
    """Which hard rules a roster made by hand breaks with what was added to `before`.

    What has begun, and published shifts within the time of notice, broke nothing when they were published and are no
    longer asked about. Frozen half-days hinder nobody who changes them by hand.
    """
    settled = {each for each in after & known.in_force if each.half_day in known.near or each.half_day <= known.now}
    kept = Counter((each.half_day, each.post_id) for each in settled)
    problem = bare_problem(known, {})
    needs = {place: max(problem.needs.get(place, 0), kept[place]) for place in problem.needs.keys() | kept}
    added = after - before
    found = broken_rules(replace(problem, needs=needs, locked=frozenset(settled)), after)
    return [each for each in found if added.intersection(each.placings)]
