"""Who is at the centre now, who comes next, who can be called, and which posts nobody will man."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mediation_desk.domain.duty_roster import Post
from mediation_desk.domain.expected import Expected, man_posts, on_call
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.presence import Attendance, Leave
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.attendance import late_minutes
from mediation_desk.services.calendar import opening
from mediation_desk.services.staffing import Staffing, staffing_under
from mediation_desk.store.records import Records

OPEN_DAYS_AHEAD = 5
"""For how many opening days empty posts are shown."""


class Whereabouts(Labelled):
    """Where somebody is who should be here, or is."""

    HERE = "here", "已到"
    DUE = "due", "应到"
    MISSING = "missing", "未到"
    LEFT = "left", "已离开"
    AWAY = "away", "不在岗"


class Person(NamedTuple):
    """Somebody who should be at the centre in this half-day, or is. `since` is when they came, or left.

    `post` is the name of the post of the roster. `late` in minutes. `is_planned` is False for who just came.
    `leave` says why somebody is away; `stands_in_for` is the name of who is.
    """

    mediator: Mediator
    whereabouts: Whereabouts
    since: datetime | None = None
    late: int = 0
    post: str = ""
    is_planned: bool = True
    leave: Leave | None = None
    stands_in_for: str = ""


class Coming(NamedTuple):
    """The next half-day that the centre is open, and who is expected then."""

    half_day: HalfDay
    people: Sequence[Mediator]


class EmptyPost(NamedTuple):
    """A post that lacks people in a half-day."""

    half_day: HalfDay
    post_id: int
    name: str
    missing: int


class OnCallPerson(NamedTuple):
    """Somebody on call, with the minutes agreed. `why_not` says why not now, "" for who can be called."""

    mediator: Mediator
    response_minutes: int | None
    travel_minutes: int | None
    why_not: str


@dataclass(frozen=True)
class Presences:
    """Who is where at one moment. `why_closed` is "" while the centre is open.

    Empty posts are those of the rest of today and of the next opening days. `has_posts` tells whether any post was
    ever set up; `call_list` has those first who can be called now.
    """

    half_day: HalfDay
    why_closed: str
    people: Sequence[Person]
    coming: Coming | None
    empty: Sequence[EmptyPost]
    has_posts: bool
    call_list: Sequence[OnCallPerson]


def who_is_here(records: Records, act: Act, moment: datetime) -> Presences:
    """Look at this half-day and the next opening days, in as many statements however many people there are."""
    today, half_day = moment.date(), HalfDay.of(moment)
    open_days = opening(records, act, today, today)
    days = [today, *open_days.next_open_days(today, OPEN_DAYS_AHEAD)]
    staff = staffing_under(records, open_days, today, days[-1])
    posts = sorted(records.rosters.posts(), key=lambda each: (each.priority, each.id))
    people = {each.id: each for each in staff.mediators if each.id is not None}
    ahead = [each for day in days for each in open_days.of_day(day) if each >= half_day]
    expected = {each: staff.expected(each) for each in ahead}
    here = _people(staff, moment, records.presence.attendances(today, today), posts, act.rules)
    present = {each.mediator.id for each in here if each.whereabouts is Whereabouts.HERE}
    return Presences(
        half_day=half_day,
        why_closed="" if open_days.is_open(half_day) else open_days.why(half_day),
        people=here,
        coming=_coming(ahead, half_day, expected, people),
        empty=[
            EmptyPost(each, post.id, post.name, missing)
            for each in ahead
            for post, missing in _lacking(each, posts, expected[each], staff.mediators)
            if post.id is not None
        ],
        has_posts=bool(posts),
        call_list=_call_list(staff, moment, people, present),
    )


def _coming(
    ahead: Sequence[HalfDay],
    half_day: HalfDay,
    expected: Mapping[HalfDay, Sequence[Expected]],
    people: Mapping[int, Mediator],
) -> Coming | None:
    following = next((each for each in ahead if each > half_day), None)
    if following is None:
        return None
    return Coming(following, [people[each.mediator_id] for each in expected[following]])


def _lacking(
    half_day: HalfDay, posts: Sequence[Post], there: Sequence[Expected], mediators: Sequence[Mediator]
) -> Iterable[tuple[Post, int]]:
    """(post, how many people it lacks), posts in their order of priority."""
    manned = man_posts(half_day, posts, there, mediators)
    for post in posts:
        if post.id in manned and len(manned[post.id]) < post.wants(half_day):
            yield post, post.wants(half_day) - len(manned[post.id])


def _people(
    staff: Staffing, moment: datetime, attendances: Sequence[Attendance], posts: Sequence[Post], rules: Rules
) -> list[Person]:
    """Those expected first, standing before others, then those who came unplanned, then those who are away."""
    half_day = HalfDay.of(moment)
    people = {each.id: each for each in staff.mediators if each.id is not None}
    post_names = {each.id: each.name for each in posts}
    came: dict[int, list[Attendance]] = {}
    for attendance in attendances:
        if not attendance.is_mistaken:
            came.setdefault(attendance.mediator_id, []).append(attendance)
    is_kept = bool(came)
    found = [
        _planned(people[each.mediator_id], came.pop(each.mediator_id, []), moment, rules, is_kept=is_kept)._replace(
            post=post_names.get(each.post_id, ""),
            stands_in_for=people[each.stands_in_for].name if each.stands_in_for is not None else "",
        )
        for each in staff.expected(half_day)
    ]
    found += [
        Person(people[mediator_id], Whereabouts.HERE, own[-1].came_at, is_planned=False)
        for mediator_id, own in came.items()
        if own[-1].left_at is None
    ]
    shown = {each.mediator.id for each in found}
    away = {each.mediator_id: each for each in staff.leaves if each.covers(half_day)}
    found += [
        Person(people[each.mediator_id], Whereabouts.AWAY, leave=away[each.mediator_id])
        for each in staff.usual(half_day)
        if each.mediator_id in away and each.mediator_id not in shown
    ]
    return found


def _planned(mediator: Mediator, own: Sequence[Attendance], moment: datetime, rules: Rules, *, is_kept: bool) -> Person:
    """Where somebody is who is expected now, by the comings of today in their order.

    Nobody is called missing in a centre where nobody has checked in today: there it may not be the custom.
    """
    half_day = HalfDay.of(moment)
    now = [each for each in own if each.covers(half_day)]
    if not now:
        is_late = is_kept and late_minutes(moment, rules) > 0
        return Person(mediator, Whereabouts.MISSING if is_late else Whereabouts.DUE)
    first, last = now[0].came_at, now[-1]
    late = late_minutes(first, rules) if HalfDay.of(first) == half_day else 0
    if last.left_at is None:
        return Person(mediator, Whereabouts.HERE, last.came_at, late)
    return Person(mediator, Whereabouts.LEFT, last.left_at, late)


def _call_list(
    staff: Staffing, moment: datetime, people: Mapping[int, Mediator], present: Collection[int | None]
) -> list[OnCallPerson]:
    found = [
        OnCallPerson(
            people[each.mediator_id],
            each.response_minutes,
            each.travel_minutes,
            "已在中心" if each.mediator_id in present else each.why_not,
        )
        for each in on_call(moment, staff.mediators, staff.leaves)
    ]
    return sorted(found, key=lambda each: bool(each.why_not))
