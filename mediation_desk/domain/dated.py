"""Rules change: every one is in force from one day to another, and the version of the day in question counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something in force from one day to another, both included; None leaves that end open."""

    effective_from: date | None = None
    effective_to: date | None = None

    def has_begun(self, day: date) -> bool:
        return self.effective_from is None or self.effective_from <= day

    def has_ended(self, day: date) -> bool:
        return self.effective_to is not None and self.effective_to < day


_D = TypeVar("_D", bound=Dated)


def version_on(versions: Iterable[_D], day: date | None) -> _D | None:
    """Return the version in force on `day`, or None; without a day the newest one, in force or not.

    `versions` are in the order of their beginning. A version that has ended is not replaced by an older one.
    """
    newest = None
    for version in versions:
        if day is None or version.has_begun(day):
            newest = version
    return None if newest and day and newest.has_ended(day) else newest
