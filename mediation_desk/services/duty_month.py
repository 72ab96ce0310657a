"""Everything recorded that bears on the roster of one month, read in one look; rosters are worked out from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from mediation_desk.domain.duty_roster import DutyRoster, Post, UnitClash, Wish
from mediation_desk.domain.expected import Expected, expected, man_posts
from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.opening import Opening
from mediation_desk.domain.presence import Leave
from mediation_desk.domain.roster_problem import Blocker, Placing
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import opening
from mediation_desk.store.records import Records
from mediation_desk.store.rosters import ShiftRow


@dataclass(frozen=True)
class Limits:
    """The settings a roster is made by, each under its name without `roster_`; see the pack `roster_settings`."""

    day_most: int
    week_most: int
    month_most: int
    unit_most: int
    notice_hours: int
    carry_months: int
    carry_most: int
    wishes_most: int
    wish_weight_most: int

    @classmethod
    def on(cls, rules: Rules, day: date) -> "Limits":
        return cls(**{name: rules.setting(f"roster_{name}", day) for name in cls.__dataclass_fields__})


class Need(NamedTuple):
    """How many people a post wants on a half-day, and how many of them are standing people or who stands in for them.

    Of each number that many are meant to come; whether they do is not known.
    """

    wanted: int
    standing: int

    @property
    def rotating(self) -> int:
        """How many rotating people are still wanted."""
        return max(0, self.wanted - self.standing)


@dataclass(frozen=True)
class DutyMonth:
    """One month: what is open, who is wanted, who can come, what was made of it.

    `mediators` is everybody ever entered, by id. `around` are the shifts in force in the weeks that the month cuts,
    on their days outside the month.
    """

    month: date
    at: datetime
    opening: Opening
    half_days: tuple[HalfDay, ...]
    posts: tuple[Post, ...]
    mediators: Mapping[int, Mediator]
    leaves: tuple[Leave, ...]
    clashes: tuple[UnitClash, ...]
    wishes: tuple[Wish, ...]
    draft: DutyRoster | None
    published: DutyRoster | None
    around: tuple[ShiftRow, ...]
    limits: Limits

    @cached_property
    def days(self) -> tuple[date, ...]:
        return days_of(self.month)

    @cached_property
    def every_half_day(self) -> tuple[HalfDay, ...]:
        """Open or not."""
        return tuple(HalfDay(day, half) for day in self.days for half in Half)

    @property
    def now(self) -> HalfDay:
        """The half-day that is running; nothing is changed in it or before it."""
        return HalfDay.of(self.at)

    @cached_property
    def past(self) -> frozenset[HalfDay]:
        """Half-days that have begun: what happened there is no longer a plan."""
        return frozenset(each for each in self.half_days if each <= self.now)

    @cached_property
    def near(self) -> frozenset[HalfDay]:
        """Half-days to come within the time of notice, if people were told of a roster."""
        if self.published is None:
            return frozenset()
        last = HalfDay.of(self.at + timedelta(hours=self.limits.notice_hours))
        return frozenset(each for each in self.half_days if each <= last and each not in self.past)

    @cached_property
    def confirmed(self) -> bool:
        """Whether the holidays of the whole month are known."""
        return all(self.opening.confirmed(day) for day in self.days)

    @cached_property
    def posts_in_use(self) -> tuple[Post, ...]:
        """Posts that want somebody in the month, or have somebody on a roster of it."""
        used = {post_id for _, post_id in self.needs} | {each.post_id for each in self.drafted | self.in_force}
        return tuple(each for each in self.posts if each.id in used)

    @cached_property
    def unpopular(self) -> frozenset[HalfDay]:
        return frozenset(each for each in self.half_days if self.opening.is_unpopular(each))

    @cached_property
    def away(self) -> Mapping[tuple[int, HalfDay], Leave]:
        """(mediator id, half-day) → the leave or absence that takes the mediator away then."""
        return {
            (leave.mediator_id, half_day): leave
            for leave in self.leaves
            for half_day in self.half_days
            if leave.covers(half_day)
        }

    @cached_property
    def standing(self) -> Mapping[HalfDay, Sequence[Expected]]:
        """Who should be there without a roster: standing people, and who stands in for one of them."""
        return {
            each: expected(each, self.mediators.values(), self.leaves, (), {self.month}, self.opening)
            for each in self.half_days
        }

    @cached_property
    def needs(self) -> Mapping[tuple[HalfDay, int], Need]:
        """(half-day, post id) → the need, for each post that wants somebody on an open half-day."""
        found = {}
        for half_day, there in self.standing.items():
            manned = man_posts(half_day, self.posts, there, self.mediators.values())
            for post in self.posts:
                if post.id is not None and (wanted := post.wants(half_day)):
                    found[half_day, post.id] = Need(wanted, len(manned.get(post.id, ())))
        return found

    @cached_property
    def rotating(self) -> tuple[Mediator, ...]:
        """Rotating people who belong to the centre on some day of the month."""
        return tuple(
            each
            for each in self.mediators.values()
            if each.presence is Presence.ROTATING and any(each.is_active(day) for day in self.days)
        )

    @cached_property
    def people(self) -> tuple[Mediator, ...]:
        """Whoever may be on the roster: rotating people, who stands in for one of them, and who has a shift."""
        ids = {each.id for each in self.rotating}
        stand_ins = {each.substitute_id for each in self.leaves if each.mediator_id in ids}
        with_shift = {each.person_id for each in self.drafted | self.in_force}
        return tuple(each for number, each in self.mediators.items() if number in ids | stand_ins | with_shift)

    @cached_property
    def unavailable(self) -> Mapping[int, Mapping[HalfDay, Blocker]]:
        """Mediator id → the half-days on which he or she cannot be on the roster, and why, for each of `people`."""
        called = {(each.mediator_id, half_day) for half_day, there in self.standing.items() for each in there}
        stand_ins = {(leave.substitute_id, half_day) for (_, half_day), leave in self.away.items()}

        def blocker(mediator: Mediator, half_day: HalfDay) -> Blocker | None:
            cell = (mediator.id, half_day)
            if not mediator.is_active(half_day.day):
                return Blocker.NOT_COMING
            if cell in self.away:
                return Blocker.ON_LEAVE
            if cell in called:
                return Blocker.CALLED_AWAY
            by_week = not mediator.weekly_pattern or half_day.in_week in mediator.weekly_pattern
            comes = cell in stand_ins or (mediator.presence is Presence.ROTATING and by_week)
            return None if comes else Blocker.NOT_COMING

        return {
            each.id: {half_day: why for half_day in self.half_days if (why := blocker(each, half_day))}
            for each in self.people
            if each.id is not None
        }

    @cached_property
    def drafted(self) -> frozenset[Placing]:
        """The shifts of the draft; none without one."""
        return placings_of(self.draft)

    @cached_property
    def in_force(self) -> frozenset[Placing]:
        """The shifts of the published roster; none without one."""
        return placings_of(self.published)

    @cached_property
    def chosen(self) -> frozenset[Placing]:
        """The locked shifts of the draft."""
        return frozenset(shift.placing for shift in (self.draft.shifts if self.draft else ()) if shift.locked)

    @property
    def shown(self) -> DutyRoster | None:
        """The roster people look at: the draft while there is one, else the published one."""
        return self.draft or self.published


def read_month(records: Records, act: Act, month: date) -> DutyMonth:
    """Read a month, named by any of its days."""
    month = month.replace(day=1)
    days = days_of(month)
    calendar = opening(records, act, days[0], days[-1])
    return DutyMonth(
        month=month,
        at=act.at,
        opening=calendar,
        half_days=calendar.of_month(month),
        posts=tuple(records.rosters.posts()),
        mediators={each.id: each for each in records.mediators.all() if each.id is not None},
        leaves=tuple(records.presence.leaves(days[0] - timedelta(days=6), days[-1] + timedelta(days=6))),
        clashes=tuple(records.rosters.clashes()),
        wishes=tuple(records.rosters.wishes(days[0], days[-1])),
        draft=records.rosters.draft(month),
        published=records.rosters.published(month),
        around=tuple(_around(records, days)),
        limits=Limits.on(act.rules, max(month, act.today)),
    )


def _around(records: Records, days: Sequence[date]) -> Iterator[ShiftRow]:
    before, after = days[0].weekday(), 6 - days[-1].weekday()
    if before:
        yield from records.rosters.shifts(days[0] - timedelta(days=before), days[0] - timedelta(days=1))
    if after:
        yield from records.rosters.shifts(days[-1] + timedelta(days=1), days[-1] + timedelta(days=after))


def days_of(month: date) -> tuple[date, ...]:
    """Every day of the month that begins on `month`."""
    number = (add_months(month, 1) - month).days
    return tuple(month + timedelta(days=each) for each in range(number))


def placings_of(roster: DutyRoster | None) -> frozenset[Placing]:
    """The shifts of a roster as plain values; of none there are none."""
    return frozenset(shift.placing for shift in roster.shifts) if roster else frozenset()


def placing_of(row: ShiftRow) -> Placing:
    return Placing(HalfDay(row.day, Half(row.half)), row.post_id, row.mediator_id)


def posts_held(mediator: Mediator, posts: Iterable[Post]) -> frozenset[int]:
    """Ids of the posts that somebody is qualified for."""
    return frozenset(each.id for each in posts if each.id is not None and each.profession in mediator.professions)
