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
from mediation_desk.domain.rights import Right
from mediation_desk.domain.roster_problem import TENTHS
from mediation_desk.domain.working_days import add_months
from mediation_desk.services.act import Act, needs
from mediation_desk.services.calendar import opening
from mediation_desk.services.duty_month import Limits, days_of, placing_of, posts_held
from mediation_desk.store.records import Records

CAPTIONS = (
    "姓名",
    "份额%",
    "班次",
    "应担",
    "往月多值",
    "相差",
    "冷门班",
    "应担冷门班",
    "往月多值冷门班",
    "冷门班相差",
    "周末",
)
"""The heads of the fairness table, as `fair_row` fills it."""

FAIR_IN_WORDS = (
    "班次＝已发布排班中实际承担的半天，替班算替班人的。应担＝各岗位的班次在能值这个岗位的轮驻人员中，按份额和在册天数分摊。"
    "往月多值＝以前几个月比应担多值的（负数为少值），按设置折算到起始月。相差＝班次＋往月多值－应担，正数多值、负数少值。"
)
"""What the numbers mean, told wherever the table is shown."""


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

    @property
    def months_in_words(self) -> str:
        """按整月统计：2026年10月至2026年12月。"""
        months = dict.fromkeys(f"{day.year}年{day.month}月" for day in (self.first, self.last))
        return f"按整月统计：{'至'.join(months)}。"


def fair_row(line: FairLine) -> list[str | int | float]:
    """A line under `CAPTIONS`: shifts, those that are shared out in tenths."""
    return [
        line.name,
        line.share,
        line.duties,
        line.fair / TENTHS,
        line.carried.total / TENTHS,
        line.difference / TENTHS,
        line.unpopular,
        line.fair_unpopular / TENTHS,
        line.carried.unpopular / TENTHS,
        line.unpopular_difference / TENTHS,
        line.weekend,
    ]


@needs(Right.FIGURES)
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
