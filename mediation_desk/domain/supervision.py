"""What the director does about hard matters: 督办, 会商, 领导包案, and the three kinds of suggestions."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class ConferenceKind(Labelled):
    JOINT = "joint_conference", "联席会议"
    CASE = "case_conference", "专题会商"
    ON_SITE = "on_site", "现场协调"


class SuggestionKind(Labelled):
    """信访工作条例 art. 40, 41: 三项建议."""

    IMPROVE_WORK = "improve_work", "改进工作"
    IMPROVE_POLICY = "improve_policy", "完善政策"
    HOLD_ACCOUNTABLE = "hold_accountable", "追究责任"


@dataclass(eq=False, kw_only=True)
class SupervisionOrder:
    """督办单 (E7, 信访工作条例 art. 40). `fault_code` from the table `supervision_fault`; `unit` is who is urged.

    `result` is what the desk finds about the reply: whether it was enough, and what follows. An order may be settled
    without a reply: it was not needed any more.
    """

    no: int
    unit: str
    fault_code: str
    demand: str
    issued_on: date
    due_on: date
    replied_on: date | None = None
    reply: str = ""
    replied_by_id: int | None = None
    settled_on: date | None = None
    result: str = ""
    settled_by_id: int | None = None
    by_id: int
    recorded_at: datetime

    @property
    def awaits_reply(self) -> bool:
        return self.replied_on is None and self.settled_on is None

    def is_late(self, today: date) -> bool:
        """Whether the reply came late, or is late by now."""
        return self.due_on < (self.replied_on or self.settled_on or today)


@dataclass(eq=False, kw_only=True)
class ConferenceDecision:
    """Who leads, who helps, and until when (信访工作条例 art. 24)."""

    no: int
    text: str
    unit: str
    helpers: str = ""
    due_on: date
    done_on: date | None = None
    done_note: str = ""
    done_by_id: int | None = None

    def is_late(self, today: date) -> bool:
        """Whether it was done late, or is late by now."""
        return self.due_on < (self.done_on or today)


@dataclass(eq=False, kw_only=True)
class Conference:
    """A meeting about the case (E8). One about several cases is recorded at each, with the same `meeting` (a uid).

    Decisions are numbered within the meeting, and each stands at the case it is about. `units` are lines: the unit,
    and who came from there.
    """

    no: int
    meeting: str
    kind: ConferenceKind
    held_on: date
    place: str = ""
    chair: str
    units: list[str] = field(default_factory=list)
    minutes: str
    decisions: list[ConferenceDecision] = field(default_factory=list)
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class CadreVisit:
    """A visit of the leading cadre, or a meeting with the parties, that did take place."""

    visited_on: date
    manner: str = ""
    situation: str
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class LeadCadre:
    """领导包案 (信访工作条例 art. 18): who took the case on, in which post, and what came of it."""

    no: int
    name: str
    post: str
    since: date
    until: date | None = None
    result: str = ""
    visits: list[CadreVisit] = field(default_factory=list)
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Suggestion:
    """One of the three suggestions to a unit. `adopted` is None until it answered."""

    no: int
    kind: SuggestionKind
    unit: str
    text: str
    made_on: date
    answered_on: date | None = None
    answer: str = ""
    adopted: bool | None = None
    by_id: int
    recorded_at: datetime
