"""Who should be at the centre on a half-day, at which post, and who can be called at a moment.

常驻 come by the week, 轮驻 by the published roster, 随驻 when they are called. Leave and absence take people away,
substitutes stand in for them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.duty_roster import Post
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import Leave


class Shift(Protocol):
    """A shift of a roster in force, be it part of the roster or a light row."""

    @property
    def day(self) -> date: ...
    @property
    def half(self) -> Half: ...
    @property
    def post_id(self) -> int: ...
    @property
    def mediator_id(self) -> int: ...


class Expected(NamedTuple):
    """Somebody who should be there.

    `post_id` is the post of the roster, None for who comes by the week. `stands_in_for` is the mediator who is away.
    """

    mediator_id: int
    post_id: int | None
    presence: Presence
    stands_in_for: int | None = None


def expected(
    half_day: HalfDay,
    mediators: Iterable[Mediator],
    leaves: Iterable[Leave],
    shifts: Iterable[Shift],
    roster_months: Collection[date],
    opening: Opening,
) -> list[Expected]:
    """Who should be there, standing people before others; nobody while the centre is closed.

    `roster_months` are the first days of the months whose roster is published: rotating people come by it then, by
    their weekly pattern in other months. A substitute who is there anyway, or away too, stands in for nobody.
    """
    if not opening.is_open(half_day):
        return []
    people = {each.id: each for each in mediators if each.id is not None and each.is_active(half_day.day)}
    at_post = {each.mediator_id: each.post_id for each in shifts if (each.day, each.half) == half_day}
    rostered = half_day.day.replace(day=1) in roster_months
    due = [number for number, each in people.items() if number in at_post or _comes_by_week(each, half_day, rostered)]
    gone = [leave for leave in leaves if leave.covers(half_day)]
    away = {leave.mediator_id for leave in gone}
    there = {
        number: Expected(number, at_post.get(number), people[number].presence) for number in due if number not in away
    }
    for leave in gone:
        stand_in = leave.substitute_id
        if stand_in in people and stand_in not in away and stand_in not in there and leave.mediator_id in due:
            post_id = at_post.get(leave.mediator_id)
            there[stand_in] = Expected(stand_in, post_id, people[stand_in].presence, leave.mediator_id)
    return sorted(there.values(), key=lambda each: (each.presence is not Presence.STANDING, each.mediator_id))


def _comes_by_week(mediator: Mediator, half_day: HalfDay, rostered: bool) -> bool:
    by_week = half_day.in_week in mediator.weekly_pattern
    match mediator.presence:
        case Presence.STANDING:
            return by_week or not mediator.weekly_pattern
        case Presence.ROTATING:
            return by_week and not rostered
        case Presence.ON_CALL:
            return False


def man_posts(
    half_day: HalfDay, posts: Iterable[Post], there: Iterable[Expected], mediators: Iterable[Mediator]
) -> dict[int, list[int]]:
    """Post id → ids of those who man it, for every post that wants somebody then.

    Who is on the roster stays at the post of the roster. The others go where their profession is wanted, so that as
    few places as possible stay empty, posts of low `priority` number first; who is wanted nowhere is left out.
    """
    people = {each.id: each for each in mediators}
    wanting = sorted((each for each in posts if each.wants(half_day)), key=lambda each: (each.priority, each.id))
    manned: dict[int, list[int]] = {each.id: [] for each in wanting if each.id is not None}
    free: list[int] = []
    for each in there:
        if each.post_id in manned:
            manned[each.post_id].append(each.mediator_id)
        elif each.post_id is None:
            free.append(each.mediator_id)
    places = [
        (post.id, number)
        for post in wanting
        if post.id is not None
        for number in range(post.wants(half_day) - len(manned[post.id]))
    ]
    professions = {post.id: post.profession for post in wanting if post.id is not None}
    fits = {place: [each for each in free if professions[place[0]] in people[each].professions] for place in places}
    for mediator_id, (post_id, _) in _matched(places, fits).items():
        manned[post_id].append(mediator_id)
    return {post_id: sorted(ids) for post_id, ids in manned.items()}


_Place = tuple[int, int]


def _matched(places: Sequence[_Place], fits: Mapping[_Place, Sequence[int]]) -> dict[int, _Place]:
    """Person → place. Each place in turn gets a person, be it one who moves on to another place that is free."""
    taken: dict[int, _Place] = {}

    def fill(place: _Place, asked: set[int]) -> bool:
        for person in fits[place]:
            if person not in asked:
                asked.add(person)
                if person not in taken or fill(taken[person], asked):
                    taken[person] = place
                    return True
        return False

    for place in places:
        fill(place, set())
    return taken


class OnCall(NamedTuple):
    """Somebody on call. `why_not` says in Chinese why not now, "" for who can be called; minutes as agreed."""

    mediator_id: int
    response_minutes: int | None
    travel_minutes: int | None
    why_not: str = ""


def on_call(moment: datetime, mediators: Iterable[Mediator], leaves: Iterable[Leave]) -> list[OnCall]:
    """Those who can be called at that moment in call order, then the others on call. The centre need not be open."""
    half_day = HalfDay.of(moment)
    away = {each.mediator_id: each for each in leaves if each.covers(half_day)}
    found = [
        (
            each.call_order,
            OnCall(each.id, each.response_minutes, each.travel_minutes, _why_not(each, moment, away.get(each.id))),
        )
        for each in mediators
        if each.id is not None and each.presence is Presence.ON_CALL and each.is_active(moment.date())
    ]
    found.sort(key=lambda each: (bool(each[1].why_not), each[0], each[1].mediator_id))
    return [each for _, each in found]


def _why_not(mediator: Mediator, moment: datetime, leave: Leave | None) -> str:
    if leave is not None:
        return f"{leave.kind.label}：{leave.span_in_words}"
    half_day = HalfDay.of(moment)
    if mediator.weekly_pattern and half_day.in_week not in mediator.weekly_pattern:
        return f"周{WEEKDAY_LABELS[moment.weekday()]}{half_day.half.label}不在呼叫时间内"
    first, last = mediator.call_from, mediator.call_until
    if first is not None and last is not None and not _is_between(moment.time(), first, last):
        return f"呼叫时间为{show_time(first)}至{show_time(last)}"
    return ""


def _is_between(at: time, first: time, last: time) -> bool:
    """Hours may go past midnight: from 18:00 until 6:00."""
    if first <= last:
        return first <= at < last
    return at >= first or at < last
