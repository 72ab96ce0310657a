"""A time limit told in the clerk's words: how it stands, and how its days were counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.day_count import CountedDay, DayKind
from mediation_desk.domain.grades import days_left
from mediation_desk.domain.procedure_clock import Clock
from mediation_desk.domain.rules import Holidays
from mediation_desk.domain.time_facts import RIGHTS, Extension

UNCONFIRMED = "未确认"
"""Said of every day that was counted in a year whose holidays nobody announced yet."""


@dataclass(frozen=True)
class Run:
    """Days that follow one another and are of one kind for one reason."""

    first: CountedDay
    last: CountedDay

    @property
    def length(self) -> int:
        return (self.last.day - self.first.day).days + 1

    @property
    def is_weekend(self) -> bool:
        """Whether nothing but the day of the week keeps them from counting."""
        return _is_weekend(self.first)

    @property
    def days_in_words(self) -> str:
        """Such as "2026-03-03 至 2026-03-09"."""
        if self.first.day == self.last.day:
            return show_day(self.first.day)
        return f"{show_day(self.first.day)} 至 {show_day(self.last.day)}"

    @property
    def kind_in_words(self) -> str:
        """Such as "第2日至第6日", "停计"."""
        if self.first.kind is not DayKind.COUNTED:
            return self.first.kind.label
        if self.first.number == self.last.number:
            return f"第{self.first.number}日"
        return f"第{self.first.number}日至第{self.last.number}日"

    @property
    def why(self) -> str:
        """Why they do not count; of a weekend that does, for which holiday it is worked."""
        if self.first.kind is DayKind.COUNTED and self.first.why:
            return f"{self.first.why}调休上班"
        return "周末" if self.is_weekend else self.first.why


def runs_of(days: Iterable[CountedDay]) -> Iterator[Run]:
    """The days, those of one kind and reason together."""
    for _, same in groupby(days, key=_kind_and_reason):
        together = list(same)
        yield Run(together[0], together[-1])


def _kind_and_reason(day: CountedDay) -> tuple[DayKind, str]:
    return day.kind, "" if _is_weekend(day) else day.why


def _is_weekend(day: CountedDay) -> bool:
    """A day off for no holiday is told by its day of the week."""
    return day.kind is DayKind.REST and day.why.startswith("星期")


def clock_called(clock: Clock) -> str:
    """Such as "调解期限", "反馈办理结果（区住建委）", "申请司法确认 （2026）东人调字第1号"."""
    if "（" in clock.about:  # a number begins with the year in brackets, and brackets do not stand in brackets
        return f"{clock.kind.label} {clock.about}"
    return f"{clock.kind.label}（{clock.about}）" if clock.about else clock.kind.label


def state_in_words(clock: Clock, today: date, holidays: Holidays) -> str:
    """Such as "还有3个工作日", "逾期2天", "2026-12-20调解不成，未逾期"."""
    if clock.met_on is not None:
        over = (clock.met_on - clock.ends_on).days if clock.ends_on else 0
        when = "停计期间" if clock.ends_on is None else f"逾期{over}天" if over > 0 else "未逾期"
        return f"{show_day(clock.met_on)}{clock.met_by or '完成'}，{when}"
    if clock.ends_on is None:
        return f"停计中，已计{clock.count.counted}{clock.period.days_called}"
    left = days_left(clock, clock.ends_on, today, holidays)
    if left < 0:
        return "已过期，未提出" if clock.kind in RIGHTS else f"逾期{-left}天"
    return f"还有{left}{clock.period.days_called}" if left else "今天届满"


def end_in_words(clock: Clock) -> str:
    """The last day; "停计中" where nobody can say it, and whether it rests on a year nobody announced yet."""
    return (show_day(clock.ends_on) or "停计中") + ("" if clock.is_certain else f"（{UNCONFIRMED}）")


def rule_in_words(clock: Clock) -> str:
    """What the rule says: "人民调解期限，30日", how it was lengthened, and from what it runs."""
    period = clock.period
    length = f"{period.length}{period.unit.label}" if period.id else f"至{show_day(clock.ends_on)}"
    further = f"，已延长{clock.further}{clock.period.days_called}" if clock.further else ""
    return f"{period.title}，{length}{further}"


def clock_in_words(clock: Clock, extensions: Iterable[Extension], holidays: Holidays, today: date) -> str:
    """The rule, its source, who lengthened it, and every day with whether it counted and why."""
    lines = [f"{rule_in_words(clock)}（{clock.period.source}）"]
    for each in extensions:
        approved = f"{show_day(each.approved_on)}批准（{each.approved_by}）"
        lines.append(f"延长{each.days}{clock.period.days_called}，{approved}，理由：{each.reason}")
    for run in runs_of(clock.days(holidays, today)):
        counted = f"共{run.length}天" if run.length > 1 else ""
        lines.append("　".join(filter(None, (run.days_in_words, run.kind_in_words, counted, run.why))))
    if not clock.is_certain:
        lines.append(uncertainty(clock))
    return "\n".join(lines)


def uncertainty(clock: Clock) -> str:
    """Which years nobody announced yet; "" for none."""
    return "" if clock.is_certain or clock.count.end is None else f"{UNCONFIRMED}：{clock.count.end.note}"
