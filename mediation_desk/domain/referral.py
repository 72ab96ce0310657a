"""Matters that go to another unit or come from one: signed for, objected to, answered, returned.

The rules are 信访工作条例 art. 22 and 23.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class Direction(Labelled):
    OUT = "out", "转出"
    IN = "in", "转入"


class ReferralKind(Labelled):
    """交办 needs feedback, 转送 does not; courts refer before filing (委派) or after (委托), others entrust (E5)."""

    HAND_OVER = "hand_over", "转办"
    ASSIGNED_TASK = "assigned_task", "交办"
    FORWARD = "forward", "转送"
    PRE_FILING = "pre_filing_referral", "委派调解"
    POST_FILING = "post_filing_referral", "委托调解（立案后）"
    ENTRUSTED = "entrusted", "委托调解"


class ReferralStepKind(Labelled):
    SIGNED_FOR = "signed_for", "签收"
    OBJECTED = "objected", "提出异议"
    OBJECTION_UPHELD = "objection_upheld", "异议成立"
    OBJECTION_REJECTED = "objection_rejected", "异议不成立"
    FED_BACK = "fed_back", "反馈结果"
    RETURNED = "returned", "退回"
    RECALLED = "recalled", "撤回"


ENDS = frozenset({ReferralStepKind.FED_BACK, ReferralStepKind.RETURNED, ReferralStepKind.RECALLED})
_COMES_BACK = frozenset({ReferralStepKind.RETURNED, ReferralStepKind.RECALLED})


@dataclass(eq=False, kw_only=True)
class ReferralStep:
    """`person` is who signed for it, or who said it at the unit."""

    kind: ReferralStepKind
    happened_on: date
    person: str = ""
    text: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Referral:
    """One way out or in. `unit` is the other side's; `document_no` its own number; feedback is due on `due_on`."""

    no: int
    direction: Direction
    kind: ReferralKind
    unit: str
    document_no: str = ""
    matter: str = ""
    path: str = ""
    sent_on: date
    due_on: date | None = None
    steps: list[ReferralStep] = field(default_factory=list)
    by_id: int
    recorded_at: datetime

    def step(self, kind: ReferralStepKind) -> ReferralStep | None:
        """The last step of that kind."""
        return next((each for each in reversed(self.steps) if each.kind is kind), None)

    @property
    def is_open(self) -> bool:
        """Whether the other side still has something to do."""
        return not any(each.kind in ENDS for each in self.steps)

    @property
    def came_back(self) -> bool:
        return any(each.kind in _COMES_BACK for each in self.steps)
