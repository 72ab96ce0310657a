"""How dangerous a matter is (研判), and to whom a red flag was reported at once (人民调解法 art. 25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation_desk.domain.rules import Rules


@dataclass(eq=False, kw_only=True)
class RiskAssessment:
    """`level` from the table `risk_level`, which is the local scheme; the last assessment counts."""

    level: str
    reason: str
    assessed_at: datetime
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class RedFlag:
    """A danger that was marked, at `recorded_at`. `met_at` is when it was reported first, or the mark was taken back.

    Until then a report is owed. `flag` from the table `safety_flag`.
    """

    flag: str
    met_at: datetime | None = None
    by_id: int
    recorded_at: datetime


def report_due_at(marked_at: datetime, rules: Rules) -> datetime:
    """Until when a danger that was marked then is to be reported, by the centre's own setting."""
    return marked_at + timedelta(minutes=rules.setting("safety_report_minutes", marked_at.date()))


def raised(flags: Iterable[str], by_id: int, at: datetime) -> list[RedFlag]:
    """Flags that are marked now."""
    return [RedFlag(flag=flag, by_id=by_id, recorded_at=at) for flag in flags]


@dataclass(eq=False, kw_only=True)
class RedFlagReport:
    """`flag` from the table `safety_flag`; `reported_to` names the organ and whoever took the report there."""

    flag: str
    reported_at: datetime
    reported_to: str
    measures: str = ""
    by_id: int
    recorded_at: datetime
