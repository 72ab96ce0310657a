"""Who carried how much of the rosters of past months, as they were served."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.fairness import (
    Carried,
    FairLine,
    Member,
    MonthServed,
    carry_over,
    fairness_in_words,
    fairness_table,
    served,
)
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import Limits, days_of, placing_of, posts_held
from mediation_desk.store.records import Records


@dataclass(frozen=True)
class Fairness:
    """The table of some months, from the first day of `first` to the end of the month `last`."""

    first: date
    last: date
    lines: tuple[FairLine, ...]

    @property
    def sentences(self) -> list[str]:
        """What staff are told of it."""
        return fairness_in_words(self.lines)


def fairness_of(records: Records, act: Act, first: date, last: date) -> Fairness:
    """The table for the months from `first` to `last`, both named by any of their days."""
    first, last = first.replace(day=1), last.replace(day=1)
    people = records.mediators.all()
    months = list(months_served(records, act, first, last))
    carried = carried_into(records, act, first, people)
    return Fairness(first, last, tuple(fairness_table(months, _members(records, people), carried)))


def carried_into(records: Records, act: Act, month: date, people: Iterable[Mediator]) -> dict[int, Carried]:
    """What rotating people bring into a month from those before; how many months and how much: settings.

    `people` are all mediators, those who have left since among them: they had their part of what was served.
    """
    limits = Limits.on(act.rules, max(month, act.today))
    earlier = months_served(records, act, add_months(month, -limits.carry_months), add_months(month, -1))
    return carry_over(earlier, _members(records, people), limits.carry_most)


def months_served(records: Records, act: Act, first: date, last: date) -> Iterator[MonthServed]:
    """Each month from `first` to `last` (both first days of a month) that has a published roster, as it was served."""
    if first > last:
        return
    until = days_of(last)[-1]
    calendar = opening(records, act, first, until)
    leaves = records.presence.leaves(first, until)
    shifts = [placing_of(row) for row in records.rosters.shifts(first, until)]
    while first <= last:
        of_month = [
            each for each in shifts if (each.half_day.day.year, each.half_day.day.month) == first.timetuple()[:2]
        ]
        if of_month:
            open_ = calendar.of_month(first)
            unpopular = frozenset(each for each in open_ if calendar.is_unpopular(each))
            yield MonthServed(open_, unpopular, served(of_month, leaves))
        first = add_months(first, 1)


def _members(records: Records, people: Iterable[Mediator]) -> list[Member]:
    posts = records.rosters.posts()
    return [
        Member(each.id, each.name, each.share, posts_held(each, posts), each.joined_on, each.left_on)
        for each in people
        if each.id is not None and each.presence is Presence.ROTATING
    ]
