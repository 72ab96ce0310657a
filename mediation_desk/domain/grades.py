"""How pressing a time limit is: four grades, by thresholds that are settings, counted in the unit of the time limit."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Holidays, Rules, Unit
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import is_working_day


class Grade(IntEnum):
    """How pressing a due date is; sorts by urgency."""

    LATE = 0
    TODAY = 1
    SOON = 2
    WEEK = 3
    LATER = 4


class Thresholds(NamedTuple):
    """Up to how many days that are left a time limit is `SOON`, and `WEEK`.

    It is soon as well when no more than `soon_percent` of all its days are left, but never before the week begins.
    """

    soon_days: int
    soon_percent: int
    week_days: int
    confirmation_days: int

    def soon_of(self, clock: Clock) -> int:
        if clock.kind is ClockKind.CONFIRMATION:
            return self.confirmation_days
        share = clock.count.length * self.soon_percent // 100
        return max(self.soon_days, min(share, self.week_days))


def thresholds(rules: Rules, day: date) -> Thresholds:
    """The settings as they count that day."""
    return Thresholds(
        rules.setting("due_soon_days", day),
        rules.setting("due_soon_percent", day),
        rules.setting("due_week_days", day),
        rules.setting("confirmation_warning_days", day),
    )


def grade_of(left: int, soon_days: int, week_days: int) -> Grade:
    """Late, today, within the warning days, within a week, or later, by the days that are left."""
    if left < 0:
        return Grade.LATE
    if left == 0:
        return Grade.TODAY
    if left <= soon_days:
        return Grade.SOON
    return Grade.WEEK if left <= week_days else Grade.LATER


def grade_of_clock(clock: Clock, today: date, holidays: Holidays, limits: Thresholds) -> Grade | None:
    """How pressing a time limit is that still runs; None for one that was met, that stands still, or a right gone."""
    if clock.met_on is not None or clock.ends_on is None:
        return None
    if clock.is_over(today):
        return Grade.LATE if clock.is_late(today) else None
    return grade_of(days_left(clock, clock.ends_on, today, holidays), limits.soon_of(clock), limits.week_days)


def days_left(clock: Clock, ends_on: date, today: date, holidays: Holidays) -> int:
    """The days after `today` up to the last one, working days for a time limit of working days; negative once over."""
    left = (ends_on - today).days
    if clock.period.unit is not Unit.WORKING_DAY or left <= 0:
        return left
    return sum(is_working_day(date.fromordinal(today.toordinal() + each), holidays) for each in range(1, left + 1))
