"""How well the records are backed up: what is said of it on 今日, and how loudly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import Keep


class Light(IntEnum):
    """Green for what is as it should be; sorts by urgency."""

    RED = 0
    YELLOW = 1
    GREEN = 2


class Remark(NamedTuple):
    """A few words about the back-ups; `more` says all of it, what to do included."""

    light: Light
    text: str
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """A back-up that was restored into a throw-away store. `counts` are the rows found in each table.

    `trouble` says why it failed, and is empty when it passed.
    """

    held_at: datetime
    file_name: str
    passed: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the store tells of its back-ups. `has_news`: something was recorded since the last of them."""

    last_at: datetime | None = None
    has_news: bool = False
    rehearsal: Rehearsal | None = None

    def is_due(self, now: datetime, rules: Rules) -> bool:
        """Whether a back-up is to be made: after so many minutes of work, or when the clock was set back."""
        if self.last_at is None:
            return self.has_news
        gap = timedelta(minutes=rules.setting("backup_every_minutes", now.date()))
        return self.has_news and not self.last_at <= now < self.last_at + gap

    def is_rehearsal_due(self, now: datetime, rules: Rules) -> bool:
        """Whether a rehearsal is to be held; one that failed is tried again the next day."""
        if self.last_at is None:
            return False
        held = self.rehearsal
        if held is None or held.held_at > now:
            return True
        days = rules.setting("rehearsal_days", now.date()) if held.passed else 1
        return held.held_at.date() + timedelta(days=days) <= now.date()

    def remarks(self, now: datetime, rules: Rules) -> list[Remark]:
        """What 今日 says: of the last back-up, and of the last rehearsal."""
        return [self._of_backup(now, rules), *self._of_rehearsal(now, rules)]

    def _of_backup(self, now: datetime, rules: Rules) -> Remark:
        if self.last_at is None:
            return Remark(Light.YELLOW, "还没有备份")
        days = rules.setting("backup_warn_days", now.date())
        if self.has_news and self.last_at < now - timedelta(days=days):
            return Remark(Light.RED, f"备份 {_day(self.last_at, now)}，之后的改动{days}天以上没有备份")
        return Remark(Light.GREEN, f"备份 {_time(self.last_at, now)}")

    def _of_rehearsal(self, now: datetime, rules: Rules) -> list[Remark]:
        held = self.rehearsal
        if held is None:
            return [Remark(Light.YELLOW, "备份还没有演练过")] if self.last_at else []
        day, days = _day(held.held_at, now), rules.setting("rehearsal_days", now.date())
        if not held.passed:
            return [Remark(Light.RED, f"备份演练 {day} 没有通过")]
        if held.held_at.date() < now.date() - timedelta(days=days):
            return [Remark(Light.RED, f"备份演练 {day}，已超过{days}天")]
        return [Remark(Light.GREEN, f"备份演练 {day} 通过")]


def keep_of(rules: Rules, now: datetime) -> Keep:
    """How many back-ups the centre keeps."""

    def setting(name: str) -> int:
        return rules.setting(f"backup_keep_{name}", now.date())

    risky_days = setting("risky_days")
    return Keep(days=setting("days"), weeks=setting("weeks"), months=setting("months"), risky_days=risky_days)


def _day(at: datetime, now: datetime) -> str:
    return f"{at:%m-%d}" if at.year == now.year else f"{at:%Y-%m-%d}"


def _time(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else f"{_day(at, now)} {at:%H:%M}"
