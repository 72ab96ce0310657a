"""Which back-ups are kept: all of today, then one a day, one a week and one a month, ever further apart."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mediation_desk.domain.labelled import Labelled


class BackupReason(Labelled):
    """Why a back-up was made."""

    TIMED = "timed", "定时"
    CLOSING = "closing", "关闭时"
    ASKED = "asked", "手动"
    UPGRADE = "upgrade", "升级前"
    ENCRYPT = "encrypt", "加密前"
    REKEY = "rekey", "换密钥前"
    RESTORE = "restore", "恢复前"
    REPAIR = "repair", "修复前"
    UNKNOWN = "", "不明"

    @property
    def is_risky(self) -> bool:
        """Whether it was made before something was done to the whole store."""
        return self in _RISKY


_RISKY = frozenset(
    {BackupReason.UPGRADE, BackupReason.ENCRYPT, BackupReason.REKEY, BackupReason.RESTORE, BackupReason.REPAIR}
)


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How many back-ups are kept: of so many days, weeks and months the last one, and those before something risky.

    Days, weeks and months on which no back-up was made do not count: after a long holiday as much is left as before.
    """

    days: int = 14
    weeks: int = 8
    months: int = 24
    risky_days: int = 30


@dataclass(frozen=True, kw_only=True)
class Made:
    """A back-up as far as it matters here.

    `no` is how far the log had come; it grows whatever the clock says. `is_proven`: a rehearsal went well with it.
    """

    name: str
    made_at: datetime
    no: int = 0
    reason: BackupReason = BackupReason.TIMED
    is_proven: bool = False


def to_remove(made: Sequence[Made], now: datetime, keep: Keep) -> list[Made]:
    """Those no longer needed, oldest first.

    The newest one and the newest proven one always stay, by the clock as well as by the log, and whatever was made
    after `now`, as by a clock that has been set back since.
    """
    in_order = sorted(made, key=lambda each: (each.made_at, each.no, each.name))
    kept = {each.name for each in in_order if _stays_anyway(each, now, keep)}
    for some in (in_order, [each for each in in_order if each.is_proven]):
        if some:
            kept |= {some[-1].name, max(some, key=lambda each: (each.no, each.made_at)).name}
    for how_many, span in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        kept |= _last_of_each(in_order, span, how_many)
    return [each for each in in_order if each.name not in kept]


def _stays_anyway(each: Made, now: datetime, keep: Keep) -> bool:
    is_risky = each.reason.is_risky and each.made_at > now - timedelta(days=keep.risky_days)
    return is_risky or each.made_at.date() >= now.date()


def _last_of_each(in_order: Iterable[Made], span: Callable[[datetime], object], how_many: int) -> set[str]:
    """The last of each of the newest spans of time in which any was made."""
    last = {span(each.made_at): each.name for each in in_order}
    return set(list(last.values())[-how_many:]) if how_many > 0 else set()


def _day(at: datetime) -> date:
    return at.date()


def _week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month
