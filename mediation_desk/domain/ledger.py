"""The ledger: what each person carried, was asked and did in some days. Every number is a count of facts to be read.

Duties are counted as `fairness.py` counts them: who was away did not carry the shift, who stood in did. Declining a
call is shown, and counted against nobody: nothing here adds it to anything else.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from statistics import median
from typing import NamedTuple, Protocol, TypeAlias

from mediation_desk.domain.call_out import CallAnswer
from mediation_desk.domain.call_out_flow import minutes_to_answer
from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.labelled import Labelled


class What(Labelled):
    """What is counted. Half-days of duty first, then calls, then cases."""

    PLANNED = "planned", "排班"
    KEPT = "kept", "到岗"
    ABSENT = "absent", "未到岗"
    UNRECORDED = "unrecorded", "无签到"
    UNPOPULAR = "unpopular", "冷门班"
    WEEKEND = "weekend", "周末"
    SUBSTITUTED = "substituted", "代班"
    SWAPPED_AWAY = "swapped_away", "换出"
    SWAPPED_IN = "swapped_in", "换入"
    CALLED = "called", "呼叫"
    ACCEPTED = "accepted", "接受"
    DECLINED = "declined", "谢绝"
    NO_ANSWER = "no_answer", "未答复"
    WITHDRAWN = "withdrawn", "撤回"
    ASSIGNED_SIMPLE = "assigned_simple", "新接简单"
    ASSIGNED_COMPLEX = "assigned_complex", "新接复杂"
    OPEN_SIMPLE = "open_simple", "在办简单"
    OPEN_COMPLEX = "open_complex", "在办复杂"
    CLOSED_SIMPLE = "closed_simple", "办结简单"
    CLOSED_COMPLEX = "closed_complex", "办结复杂"


MEANINGS: Mapping[What, str] = {
    What.PLANNED: "已发布排班中的半天数，含还没到的",
    What.KEPT: "排班的半天里有签到",
    What.ABSENT: "排班的半天里请假或缺勤",
    What.UNRECORDED: "排班的半天已过，没有请假缺勤，也没有签到",
    What.UNPOPULAR: "实际承担的周六、周日、周五下午和节前半天，含代班",
    What.WEEKEND: "实际承担的周六、周日半天，含代班",
    What.SUBSTITUTED: "替请假或缺勤的人站的半天",
    What.SWAPPED_AWAY: "换班时让出的半天",
    What.SWAPPED_IN: "换班时接下的半天",
    What.CALLED: "随驻呼叫的次数",
    What.ACCEPTED: "呼叫后接受",
    What.DECLINED: "呼叫后谢绝；只作记录，不作评价",
    What.NO_ANSWER: "呼叫后未答复",
    What.WITHDRAWN: "呼叫后由中心撤回",
    What.ASSIGNED_SIMPLE: "这段时间指派的案件，未达到疑难复杂标准",
    What.ASSIGNED_COMPLEX: "这段时间指派的案件，达到疑难复杂标准（人数或金额）",
    What.OPEN_SIMPLE: "这段时间结束时（或今天）仍在办",
    What.OPEN_COMPLEX: "这段时间结束时（或今天）仍在办，达到疑难复杂标准",
    What.CLOSED_SIMPLE: "这段时间结案",
    What.CLOSED_COMPLEX: "这段时间结案，达到疑难复杂标准",
}
MEDIAN_CAPTION = "应答分钟"
MEDIAN_MEANING = "从呼叫到接受或谢绝的分钟数，取中位数"


DUTIES = (
    What.PLANNED,
    What.KEPT,
    What.ABSENT,
    What.UNRECORDED,
    What.UNPOPULAR,
    What.WEEKEND,
    What.SUBSTITUTED,
    What.SWAPPED_AWAY,
    What.SWAPPED_IN,
)
"""What is counted in half-days."""

CALLS: Mapping[What, frozenset[CallAnswer]] = {
    What.CALLED: frozenset(CallAnswer),
    What.ACCEPTED: frozenset({CallAnswer.ACCEPTED}),
    What.DECLINED: frozenset({CallAnswer.DECLINED}),
    What.NO_ANSWER: frozenset({CallAnswer.NO_ANSWER}),
    What.WITHDRAWN: frozenset({CallAnswer.WITHDRAWN}),
}
"""What is counted in calls, by their answers."""

CASES = (
    What.ASSIGNED_SIMPLE,
    What.ASSIGNED_COMPLEX,
    What.OPEN_SIMPLE,
    What.OPEN_COMPLEX,
    What.CLOSED_SIMPLE,
    What.CLOSED_COMPLEX,
)
"""What is counted in cases."""

Slot: TypeAlias = tuple[date, str]
"""A half-day as a light row has it; it equals the `HalfDay` of the same day and half, and stands in its place."""


class Away(NamedTuple):
    """Why somebody was not there on a half-day, and who stood in."""

    why: str
    substitute_id: int | None = None


@dataclass
class Duties:
    """One person's half-days, each with what is to be told of it. Every number is how many of them there are.

    `planned` are those of the rosters in force, `away` those of leave and absence, `stood_in` the shifts of others
    and `stood_in_by_week` the half-days of standing people that this person served.
    """

    planned: dict[Slot, str] = field(default_factory=dict)
    away: dict[Slot, Away] = field(default_factory=dict)
    there: set[Slot] = field(default_factory=set)
    stood_in: dict[Slot, str] = field(default_factory=dict)
    stood_in_by_week: dict[Slot, str] = field(default_factory=dict)
    swapped_away: dict[Slot, str] = field(default_factory=dict)
    swapped_in: dict[Slot, str] = field(default_factory=dict)

    def counted(self, what: What, terms: "Terms") -> Set[Slot]:
        """The half-days that count as `what`, one of `DUTIES`."""
        match what:
            case What.PLANNED:
                return self.planned.keys()
            case What.KEPT:
                return self._served & self.there
            case What.ABSENT:
                return self.planned.keys() & self.away.keys()
            case What.UNRECORDED:
                return {slot for slot in self._served - self.there if slot < terms.now}
            case What.UNPOPULAR:
                return (self._served | self.stood_in.keys()) & terms.unpopular
            case What.WEEKEND:
                return (self._served | self.stood_in.keys()) & terms.weekend
            case What.SUBSTITUTED:
                return self.stood_in.keys() | self.stood_in_by_week.keys()
            case What.SWAPPED_AWAY:
                return self.swapped_away.keys()
            case _:
                return self.swapped_in.keys()

    @cached_property
    def _served(self) -> Set[Slot]:
        """Asked for once all is told."""
        return self.planned.keys() - self.away.keys()

    def told(self, what: What, slot: Slot) -> str:
        """What there is to say of one of the half-days that count as `what`."""
        if what is What.SWAPPED_AWAY:
            return self.swapped_away[slot]
        if what is What.SWAPPED_IN:
            return self.swapped_in[slot]
        if slot in self.planned and what is not What.SUBSTITUTED:
            away = self.away.get(slot)
            return f"{self.planned[slot]}，{away.why}" if away else self.planned[slot]
        return self.stood_in.get(slot) or self.stood_in_by_week[slot]


class Terms(NamedTuple):
    """What has to be known of the half-days: which nobody likes, which are at a weekend, and which one is running."""

    unpopular: Set[Slot]
    weekend: Set[Slot]
    now: HalfDay


def stand_ins(duties: Mapping[int, Duties], names: Mapping[int, str]) -> None:
    """Tell everybody who was named to stand in of the shifts they served."""
    for person_id, own in list(duties.items()):
        for slot in own.planned.keys() & own.away.keys():
            substitute = duties.get(own.away[slot].substitute_id or 0)
            if substitute is not None:
                substitute.stood_in[slot] = f"{own.planned[slot]}，代{names.get(person_id, '')}"


class Call(Protocol):
    """A call as lists know it."""

    @property
    def called_at(self) -> datetime: ...
    @property
    def answer(self) -> CallAnswer: ...
    @property
    def answered_at(self) -> datetime | None: ...
    @property
    def late(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def purpose(self) -> str: ...


def call_in_words(call: Call) -> str:
    """09:05呼叫，谢绝，出庭."""
    told = [call.answer.label, "超时后答复" if call.late else "", call.reason, call.purpose]
    return f"{call.called_at:%H:%M}呼叫，{'，'.join(filter(None, told))}"


def median_minutes(calls: Iterable[Call]) -> float | None:
    """The median of the minutes until an answer; None without an answer."""
    minutes = [one for call in calls if (one := minutes_to_answer(call)) is not None]
    return median(minutes) if minutes else None


class Difficulty(NamedTuple):
    """From how many people, or how much money, a case is complex."""

    people: int
    fen: int


@dataclass(frozen=True)
class LedgerLine:
    """One person's numbers; what is not there is 0. `median_minutes` is None without an answer.

    `month` is the first day of the month that the numbers are of, None where they are of the whole time.
    """

    mediator_id: int
    name: str
    unit: str
    presence: str
    numbers: Mapping[What, int] = field(default_factory=dict)
    median_minutes: float | None = None
    month: date | None = None

    def number(self, what: What) -> int:
        return self.numbers.get(what, 0)


@dataclass(frozen=True)
class Ledger:
    """The lines of all people from one day to another, and their total."""

    first: date
    last: date
    lines: tuple[LedgerLine, ...]
    total: LedgerLine

    def most(self, what: What) -> list[LedgerLine]:
        """Who has most of it: several where they are even, nobody where nobody has any."""
        highest = max((line.number(what) for line in self.lines), default=0)
        return [line for line in self.lines if highest and line.number(what) == highest]
