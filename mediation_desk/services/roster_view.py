"""What the roster page shows of a month: days, posts, people, the draft and the published roster, warnings."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.duty_roster import DutyRoster, Post, RosterState, ShiftSource
from mediation_desk.domain.fairness import Carried
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.roster_problem import Blocker, Level, Method
from mediation_desk.services.act import Act
from mediation_desk.services.duty_month import DutyMonth, Need, posts_held, read_month
from mediation_desk.services.fairness import carried_into
from mediation_desk.services.month_problem import posed
from mediation_desk.services.roster_warnings import before_solving, kept_levels
from mediation_desk.store.records import Records


@dataclass(frozen=True)
class PersonShown:
    """One row of the grid. Counts are half-days of the shown roster, `carried` tenths of a shift from months before.

    `posts` are ids of the posts the person is qualified for.
    """

    id: int
    name: str
    unit: str
    professions: tuple[str, ...]
    presence: Presence
    posts: frozenset[int]
    month_count: int
    unpopular_count: int
    carried: Carried


@dataclass(frozen=True)
class RosterShown:
    """The head of a roster. `levels` are what was reached, empty for one changed by hand; `by` is who made it.

    `unconfirmed`: the month's holidays are not known, so it is shown as 草案 even when it is published.
    """

    id: int
    version: int
    state: RosterState
    method: Method | None
    levels: tuple[Level, ...]
    reason: str
    unconfirmed: bool
    made_at: datetime
    by: str
    published_at: datetime | None
    published_by: str

    @property
    def proven(self) -> bool:
        return bool(self.levels) and all(level.proven for level in self.levels)


@dataclass(frozen=True)
class ShiftShown:
    """One cell of the grid that is filled."""

    post_id: int
    source: ShiftSource
    locked: bool


@dataclass(frozen=True)
class RosterMonth:
    """Everything the roster page shows. Cells are (mediator id, half-day), places (half-day, post id).

    `shifts` are those of the draft if there is one, else of the published roster; `published_shifts` maps a cell to
    its post. `blocked` says why somebody cannot come, `past` which half-days nothing can be changed in any more.
    `short` counts who is missing at a place in the shown roster, people who cannot come not counted as there.
    `warnings` tell what is certain before anything is worked out.
    """

    month: date
    days: tuple[date, ...]
    open: frozenset[HalfDay]
    closed_why: Mapping[HalfDay, str]
    unpopular: frozenset[HalfDay]
    past: frozenset[HalfDay]
    confirmed: bool
    posts: tuple[Post, ...]
    people: tuple[PersonShown, ...]
    draft: RosterShown | None
    published: RosterShown | None
    shifts: Mapping[tuple[int, HalfDay], ShiftShown]
    published_shifts: Mapping[tuple[int, HalfDay], int]
    blocked: Mapping[tuple[int, HalfDay], Blocker]
    wishes: Mapping[tuple[int, HalfDay], int]
    needs: Mapping[tuple[HalfDay, int], Need]
    short: Mapping[tuple[HalfDay, int], int]
    warnings: tuple[str, ...]


def look_at_month(records: Records, act: Act, month: date) -> RosterMonth:
    """Gather the month that `month` lies in."""
    known = read_month(records, act, month)
    carried = carried_into(records, act, known.month, known.mediators.values())
    users = {user.id: user.name for user in records.centre.get().users}
    blocked = {
        (person_id, half_day): blocker
        for person_id, half_days in known.unavailable.items()
        for half_day, blocker in half_days.items()
    }
    mine: dict[int, list[HalfDay]] = {}
    for person_id, half_day in (shifts := _cells(known.shown)):
        mine.setdefault(person_id, []).append(half_day)
    return RosterMonth(
        month=known.month,
        days=known.days,
        open=frozenset(known.half_days),
        closed_why={each: known.opening.why(each) for each in known.every_half_day if each not in known.half_days},
        unpopular=known.unpopular,
        past=known.past,
        confirmed=known.confirmed,
        posts=known.posts_in_use,
        people=tuple(_person(each, known, carried, mine) for each in known.people),
        draft=_head(known.draft, users),
        published=_head(known.published, users),
        shifts=shifts,
        published_shifts={(each.person_id, each.half_day): each.post_id for each in known.in_force},
        blocked=blocked,
        wishes={(each.mediator_id, each.half_day): each.weight for each in known.wishes},
        needs=known.needs,
        short=_short(known, blocked),
        warnings=tuple(before_solving(known, posed(known, carried))),
    )


def _person(
    mediator: Mediator, known: DutyMonth, carried: Mapping[int, Carried], mine: Mapping[int, list[HalfDay]]
) -> PersonShown:
    assert mediator.id is not None
    own = mine.get(mediator.id, [])
    return PersonShown(
        mediator.id,
        mediator.name,
        mediator.unit,
        tuple(mediator.professions),
        mediator.presence,
        posts_held(mediator, known.posts_in_use),
        len(own),
        sum(half_day in known.unpopular for half_day in own),
        carried.get(mediator.id, Carried()),
    )


def _head(roster: DutyRoster | None, users: Mapping[int | None, str]) -> RosterShown | None:
    if roster is None:
        return None
    assert roster.id is not None
    return RosterShown(
        id=roster.id,
        version=roster.version,
        state=roster.state,
        method=Method(roster.method) if roster.method else None,
        levels=kept_levels(roster),
        reason=roster.reason,
        unconfirmed=roster.unconfirmed,
        made_at=roster.made_at,
        by=users.get(roster.by_id, ""),
        published_at=roster.published_at,
        published_by=users.get(roster.published_by_id, ""),
    )


def _cells(roster: DutyRoster | None) -> dict[tuple[int, HalfDay], ShiftShown]:
    shifts = roster.shifts if roster else []
    return {(each.mediator_id, each.half_day): ShiftShown(each.post_id, each.source, each.locked) for each in shifts}


def _short(known: DutyMonth, blocked: Mapping[tuple[int, HalfDay], Blocker]) -> dict[tuple[HalfDay, int], int]:
    if known.shown is None:
        return {}
    there = Counter(
        (each.half_day, each.post_id)
        for each in (known.drafted if known.draft else known.in_force)
        if (each.person_id, each.half_day) not in blocked
    )
    missing = {place: need.rotating - there[place] for place, need in known.needs.items()}
    return {place: number for place, number in missing.items() if number > 0}
