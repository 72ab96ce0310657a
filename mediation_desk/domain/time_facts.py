"""What somebody recorded about a time limit: that it stood still for a while, or that there is more of it."""

from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class ClockKind(Labelled):
    ACCEPTANCE = "acceptance", "决定是否受理"
    MEDIATION = "mediation", "调解期限"
    PETITION_NOTICE = "petition_notice", "信访事项书面告知"
    PETITION = "petition", "信访事项办结"
    OBJECTION = "objection", "对转办提出异议"
    FEEDBACK = "feedback", "反馈办理结果"
    CONFIRMATION = "confirmation", "申请司法确认"
    RULING = "ruling", "法院审查司法确认"
    ENFORCEMENT = "enforcement", "申请强制执行"
    LIMITATION = "limitation", "诉讼时效"
    SUPERVISION = "supervision", "答复督办"


RIGHTS = frozenset({ClockKind.OBJECTION, ClockKind.CONFIRMATION, ClockKind.ENFORCEMENT, ClockKind.LIMITATION})
"""Within these somebody may do something. Whoever lets them pass is not late; the right is gone."""


@dataclass(eq=False, kw_only=True)
class ClockStop:
    """Days that do not count: `since` to `until`, both included; `until` is None while the clock stands still.

    `reason_code` from the table `clock_stop_reason`.
    """

    clock: ClockKind
    reason_code: str
    reason: str = ""
    since: date
    until: date | None = None
    by_id: int
    recorded_at: datetime
    ended_by_id: int | None = None
    ended_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Extension:
    """More time: `days` of the unit of the time limit, approved before it ran out.

    `approved_by` names who approved it, or tells that all parties agreed.
    """

    clock: ClockKind
    days: int
    approved_on: date
    approved_by: str
    reason: str
    by_id: int
    recorded_at: datetime
