"""From when to when the centre works in the morning and in the afternoon (settings, written as 930 for 9:30)."""

from datetime import date, time
from typing import NamedTuple

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.rules import Rules

OFFICE_HOURS = frozenset(f"office_{half.value}_{edge}" for half in Half for edge in ("begin", "end"))
"""The settings that are times of day."""

_LAST_MINUTE = 24 * 60 - 1


class Hours(NamedTuple):
    begin: time
    end: time

    @property
    def label(self) -> str:
        """9:00—12:00."""
        return f"{show_time(self.begin)}—{show_time(self.end)}"


def office_hours(rules: Rules, half: Half, day: date | None = None) -> Hours:
    """The hours of a half-day as they are on `day`, or the newest."""
    begin, end = (rules.setting(f"office_{half.value}_{edge}", day) for edge in ("begin", "end"))
    return Hours(_time(begin), _time(end))


def is_time(written: int) -> bool:
    """Whether a number reads as a time of day: 930 does, 975 does not."""
    return 0 <= written // 100 < 24 and 0 <= written % 100 < 60


def _time(written: int) -> time:
    """930 is 9:30, and so is 870; what is beyond the day is its last minute."""
    hours, minutes = divmod(max(written, 0), 100)
    hour, minute = divmod(min(hours * 60 + minutes, _LAST_MINUTE), 60)
    return time(hour, minute)
