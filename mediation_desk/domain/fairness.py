"""Who carried how much: the fair part of each person, what is carried over from month to month, the table for staff.

Duties are counted as they were served: the published shifts without those of people who were away, with those of who
stood in. All fairness is in tenths of a shift, in whole numbers.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.roster_problem import TENTHS, Placing

_ROUNDS = 200
_STILL = 1e-6


class Carried(NamedTuple):
    """What somebody did above (+) or below (-) the fair part, in tenths: of all duties and of the unpopular ones."""

    total: int = 0
    unpopular: int = 0


@dataclass(frozen=True)
class Member:
    """Somebody among whom duties are shared out.

    `share` is the percentage of a full part, `posts` are the ids of the posts the person is qualified for. Before
    `joined_on` and from `left_on` on, the person has no part in anything.
    """

    id: int
    name: str
    share: int = 100
    posts: frozenset[int] = frozenset()
    joined_on: date | None = None
    left_on: date | None = None

    def number_there(self, half_days: Collection[HalfDay]) -> int:
        """On how many of the half-days the person was there."""
        if self.joined_on is None and self.left_on is None:
            return len(half_days)
        joined, left = self.joined_on or date.min, self.left_on or date.max
        return sum(joined <= half_day.day < left for half_day in half_days)


@dataclass(frozen=True)
class MonthServed:
    """A month with a published roster: its open half-days, which of them are unpopular, and who served."""

    half_days: tuple[HalfDay, ...]
    unpopular: frozenset[HalfDay]
    served: tuple[Placing, ...]


@dataclass(frozen=True)
class FairLine:
    """One person in the table for staff. Duties in half-days; `carried`, `fair` and differences in tenths of one."""

    person_id: int
    name: str
    share: int
    duties: int = 0
    unpopular: int = 0
    weekend: int = 0
    fair: int = 0
    fair_unpopular: int = 0
    carried: Carried = field(default_factory=Carried)

    @property
    def difference(self) -> int:
        """Above (+) or below (-) the fair part, with what was carried into the time."""
        return self.carried.total + TENTHS * self.duties - self.fair

    @property
    def unpopular_difference(self) -> int:
        return self.carried.unpopular + TENTHS * self.unpopular - self.fair_unpopular


def served(shifts: Iterable[Placing], leaves: Iterable[Leave]) -> tuple[Placing, ...]:
    """Who was on duty in the end: nobody who was away, but who stood in."""
    of_person: dict[int, list[Leave]] = {}
    for leave in leaves:
        of_person.setdefault(leave.mediator_id, []).append(leave)
    found = []
    for shift in shifts:
        away = next((each for each in of_person.get(shift.person_id, ()) if each.covers(shift.half_day)), None)
        if away is None:
            found.append(shift)
        elif away.substitute_id is not None:
            found.append(shift._replace(person_id=away.substitute_id))
    return tuple(sorted(found))


def fair_parts(
    placings: Sequence[Placing], members: Collection[Member], half_days: Collection[HalfDay]
) -> dict[int, int]:
    """The fair part of each member who could have served, in tenths, as many in all as were served.

    That is whoever was there on some of the half-days and holds one of the posts that were served.

    The duties of a post are shared among those who hold it, after share and time there, in such a way that over all
    posts nobody carries more than need be: who holds two posts does not carry twice as much.
    """
    held: dict[int, set[int]] = {}
    weights: dict[int, float] = {}
    for member in members:
        if weight := member.share * member.number_there(half_days):
            weights[member.id], held[member.id] = float(weight), set(member.posts)
    counted = [placing for placing in placings if placing.person_id in held]
    for placing in counted:
        held[placing.person_id].add(placing.post_id)
    duties = Counter(placing.post_id for placing in counted)
    holders = {post_id: [each for each, posts in held.items() if post_id in posts] for post_id in duties}
    concerned = {each: weights[each] for each, posts in held.items() if posts & duties.keys()}
    return _in_tenths(_evened_out(duties, holders, concerned))


def _evened_out(
    duties: Mapping[int, int], holders: Mapping[int, Collection[int]], weights: Mapping[int, float]
) -> dict[int, float]:
    """Share out post after post, again and again, until nothing moves: the sum of squares by weight is least then."""
    loads = dict.fromkeys(weights, 0.0)
    parts: dict[int, dict[int, float]] = {post_id: {} for post_id in duties}
    for _ in range(_ROUNDS):
        moved = 0.0
        for post_id in sorted(duties):
            before = parts[post_id]
            others = {each: loads[each] - before.get(each, 0.0) for each in sorted(holders[post_id])}
            parts[post_id] = after = _poured(float(duties[post_id]), others, weights)
            for each, load in others.items():
                moved = max(moved, abs(after[each] - before.get(each, 0.0)))
                loads[each] = load + after[each]
        if moved < _STILL:
            break
    return loads


def _poured(amount: float, loads: Mapping[int, float], weights: Mapping[int, float]) -> dict[int, float]:
    """Pour `amount` over those whose load by weight is lowest, so that they end at one level."""
    rising = sorted(loads, key=lambda each: loads[each] / weights[each])
    level = base = width = 0.0
    for place, each in enumerate(rising):
        base, width = base + loads[each], width + weights[each]
        level = (amount + base) / width
        if place + 1 == len(rising) or level <= loads[rising[place + 1]] / weights[rising[place + 1]]:
            break
    return {each: max(0.0, level * weights[each] - load) for each, load in loads.items()}


def _in_tenths(parts: Mapping[int, float]) -> dict[int, int]:
    """Round to tenths so that the whole stays the whole; the largest remainders are rounded up."""
    exact = {each: round(TENTHS * part, 3) for each, part in parts.items()}
    rounded = {each: int(part) for each, part in exact.items()}
    missing = round(sum(exact.values())) - sum(rounded.values())
    for each in sorted(exact, key=lambda each: (rounded[each] - exact[each], each))[:missing]:
        rounded[each] += 1
    return rounded


def carry_over(months: Iterable[MonthServed], members: Collection[Member], most: int) -> dict[int, Carried]:
    """What each member carries out of these months, cut at `most` shifts up and down.

    Older months are left out by the caller: that is how an old grudge expires.
    """
    total: Counter[int] = Counter()
    unpopular: Counter[int] = Counter()
    for month in months:
        for line in _lines(month, members):
            total[line.person_id] += line.difference
            unpopular[line.person_id] += line.unpopular_difference
    return {each.id: Carried(_cut(total[each.id], most), _cut(unpopular[each.id], most)) for each in members}


def _cut(tenths: int, most: int) -> int:
    return max(-TENTHS * most, min(TENTHS * most, tenths))


def fairness_table(
    months: Iterable[MonthServed], members: Collection[Member], carried: Mapping[int, Carried]
) -> list[FairLine]:
    """One line for each member who had a part in these months, in order of members.

    `carried` is what each brought into the first month.
    """
    sums: dict[int, FairLine] = {}
    for month in months:
        for line in _lines(month, members):
            known = sums.get(line.person_id)
            sums[line.person_id] = _added(known, line) if known else line
    return [
        FairLine(**vars(sums[each.id]) | {"carried": carried.get(each.id, Carried())})
        for each in members
        if each.id in sums
    ]


def _added(one: FairLine, other: FairLine) -> FairLine:
    return FairLine(
        one.person_id,
        one.name,
        one.share,
        one.duties + other.duties,
        one.unpopular + other.unpopular,
        one.weekend + other.weekend,
        one.fair + other.fair,
        one.fair_unpopular + other.fair_unpopular,
    )


def _lines(month: MonthServed, members: Collection[Member]) -> list[FairLine]:
    unpopular = [placing for placing in month.served if placing.half_day in month.unpopular]
    fair = fair_parts(month.served, members, month.half_days)
    fair_unpopular = fair_parts(unpopular, members, month.unpopular)
    duties = Counter(placing.person_id for placing in month.served)
    of_unpopular = Counter(placing.person_id for placing in unpopular)
    weekend = Counter(placing.person_id for placing in month.served if placing.half_day.day.weekday() >= 5)
    return [
        FairLine(
            each.id,
            each.name,
            each.share,
            duties[each.id],
            of_unpopular[each.id],
            weekend[each.id],
            fair[each.id],
            fair_unpopular.get(each.id, 0),
        )
        for each in members
        if each.id in fair
    ]


def in_shifts(tenths: int) -> str:
    """Tenths as people say them: 12 is "1.2", 10 is "1"."""
    whole, rest = divmod(abs(tenths), TENTHS)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"


def fairness_in_words(lines: Sequence[FairLine]) -> list[str]:
    """What staff are told of the table: how far apart people are, and who carried most weekends."""
    if not lines:
        return ["这段时间没有已发布的排班。"]
    most = max(lines, key=lambda line: (line.difference, -line.person_id))
    least = min(lines, key=lambda line: (line.difference, line.person_id))
    apart = most.difference - least.difference
    told = [f"按应担班次折算，最多与最少差{in_shifts(apart)}次{f'（{most.name}、{least.name}）' if apart else ''}。"]
    weekend = max(line.weekend for line in lines)
    names = "、".join(line.name for line in lines if line.weekend == weekend)
    told.append(f"周末值班最多：{names}，{weekend}个半天。" if weekend else "没有周末值班。")
    return told
