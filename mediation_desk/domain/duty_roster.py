"""The duty roster of a month as it is kept: posts to fill, wishes, shifts, swaps, and which units never meet.

How a roster is worked out is told by `roster_problem.py`; who carried how much by `fairness.py`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from mediation_desk.domain.half_day import Half, HalfDay
from mediation_desk.domain.labelled import Labelled

if TYPE_CHECKING:
    from mediation_desk.domain.roster_problem import Placing


@dataclass(eq=False, kw_only=True)
class Post:
    """A place at the window that wants people of one profession (table `mediator_profession`).

    `needed` people on each half-day of `weekly_pattern` ("mon_am"; empty: whenever the centre is open). `priority`
    decides where people are taken away first when there are too few: a low number is kept longest.
    """

    id: int | None = None
    uid: str
    name: str
    profession: str
    needed: int = 1
    weekly_pattern: list[str] = field(default_factory=list)
    priority: int = 1
    since: date | None = None
    until: date | None = None
    note: str = ""

    def wants(self, half_day: HalfDay) -> int:
        """How many people the post wants on an open half-day."""
        begun = self.since is None or self.since <= half_day.day
        ended = self.until is not None and self.until < half_day.day
        meets = not self.weekly_pattern or half_day.in_week in self.weekly_pattern
        return self.needed if begun and not ended and meets else 0


@dataclass(eq=False, kw_only=True)
class UnitClash:
    """Two units whose people are not to be on duty together, and why."""

    id: int | None = None
    one_unit: str
    other_unit: str
    reason: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Wish:
    """A mediator would like (1 to 3) or would rather not (-1 to -3) serve on a half-day. Limits: settings."""

    id: int | None = None
    mediator_id: int
    day: date
    half: Half
    weight: int
    by_id: int
    recorded_at: datetime

    @property
    def half_day(self) -> HalfDay:
        return HalfDay(self.day, self.half)


class ShiftSource(Labelled):
    """How a shift came to be."""

    SOLVER = "solver", "自动排"
    MANUAL = "manual", "手动"
    SWAP = "swap", "换班"


class RosterState(Labelled):
    DRAFT = "draft", "草案"
    PUBLISHED = "published", "已发布"
    REPLACED = "replaced", "已被新版替换"


@dataclass(eq=False, kw_only=True)
class DutyShift:
    """One mediator at one post for one half-day. A locked one stays when the roster is worked out anew."""

    day: date
    half: Half
    post_id: int
    mediator_id: int
    source: ShiftSource = ShiftSource.SOLVER
    locked: bool = False

    @property
    def half_day(self) -> HalfDay:
        return HalfDay(self.day, self.half)

    @property
    def placing(self) -> "Placing":
        from mediation_desk.domain.roster_problem import Placing  # not needed at the start

        return Placing(self.half_day, self.post_id, self.mediator_id)


@dataclass(eq=False, kw_only=True)
class DutyRoster:
    """One version of the roster of a month. A published one is never changed: what changes is a newer version.

    `month` is its first day. `reason` says why this version came after another (请假, 换班, …). `levels` is what was
    proven of it (`roster_problem.Level.kept`), empty for one made by hand; `method` how it was worked out
    (`roster_problem.Method`). `unconfirmed`: the month's holidays were not known, so it is shown as 草案.
    """

    id: int | None = None
    uid: str
    month: date
    version: int
    state: RosterState = RosterState.DRAFT
    reason: str = ""
    method: str = ""
    levels: list[dict[str, object]] = field(default_factory=list)
    unconfirmed: bool = False
    by_id: int
    made_at: datetime
    published_by_id: int | None = None
    published_at: datetime | None = None
    shifts: list[DutyShift] = field(default_factory=list)


class SwapState(Labelled):
    ASKED = "asked", "待对方同意"
    AGREED = "agreed", "双方同意"
    REFUSED = "refused", "对方不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    DONE = "done", "已换班"


@dataclass(eq=False, kw_only=True)
class SwapRequest:
    """One mediator asks another to take a shift, perhaps for one of the other's in return (`back_*`).

    Both must agree before it is carried out; what happened stays, whatever the answer.
    """

    id: int | None = None
    uid: str
    month: date
    asker_id: int
    day: date
    half: Half
    post_id: int
    taker_id: int
    back_day: date | None = None
    back_half: Half | None = None
    back_post_id: int | None = None
    state: SwapState = SwapState.ASKED
    reason: str = ""
    answer_note: str = ""
    by_id: int
    asked_at: datetime
    answered_at: datetime | None = None
    done_at: datetime | None = None
    roster_version: int | None = None
