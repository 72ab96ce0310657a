"""From when to when the centre works in the morning and in the afternoon (settings)."""

from datetime import date, time
from typing import NamedTuple

from mediation_desk.domain.dates import show_time
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.rules import Rules

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


def _time(minutes: int) -> time:
    hour, minute = divmod(min(max(minutes, 0), _LAST_MINUTE), 60)
    return time(hour, minute)
