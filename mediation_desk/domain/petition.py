"""A matter that came by petition (信访事项), and its way to mediation and back (访调对接, 信访工作条例 art. 33)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from unicodedata import normalize

from mediation_desk.domain.labelled import Labelled


class PetitionStepKind(Labelled):
    """What was done with a petition item. A notice is the written act that acceptance in time is counted by (K1)."""

    NOTICE = "notice", "书面告知"
    OFFERED = "offered", "告知可以调解"
    DECLINED = "declined", "不愿调解"
    TAKEN_UP = "taken_up", "转入调解"
    AGREED = "agreed", "调解达成协议"
    RETURNED = "returned", "转回信访程序"
    OPINION = "opinion", "出具处理意见"
    FINISHED = "finished", "办结"


@dataclass(eq=False, kw_only=True)
class PetitionStep:
    kind: PetitionStepKind
    happened_on: date
    text: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Petition:
    """The petition item of a case: `number` is the petition system's, `domain` from the table `petition_domain`.

    `kind` is from the table `petition_kind`. Whom an accusation is about (`accused_unit`) never sees it (art. 30).
    Of an item whose sender or address is unclear nobody can be told (`contact_clear`, art. 23).
    """

    number: str = ""
    kind: str
    domain: str = ""
    received_on: date
    contact_clear: bool = True
    accused_unit: str = ""
    steps: list[PetitionStep] = field(default_factory=list)
    by_id: int
    recorded_at: datetime

    def accuses(self, unit: str) -> bool:
        """Whether it accuses this unit, or one that is part of it: they never see it (art. 30)."""
        return self.kind == ACCUSATION and is_same_unit(self.accused_unit, unit)

    @property
    def last_step(self) -> PetitionStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def is_in_mediation(self) -> bool:
        """Whether mediation has it now: taken up, and not returned or finished since."""
        moves = [each.kind for each in self.steps if each.kind in _MOVES]
        return bool(moves) and moves[-1] is PetitionStepKind.TAKEN_UP


def is_same_unit(one: str, other: str) -> bool:
    """Whether two names are of one unit, or one names a part of the other: too often rather than too seldom."""
    first, second = ("".join(normalize("NFKC", each).split()) for each in (one, other))
    return bool(first and second) and (first in second or second in first)


_MOVES = (PetitionStepKind.TAKEN_UP, PetitionStepKind.RETURNED, PetitionStepKind.FINISHED)
REDRESS_CLAIM, ACCUSATION = "redress_claim", "accusation"
"""Codes of 申诉求决 and 检举控告 in the table `petition_kind`."""
NOTICE_PAPERS = ("E15-1", "E15-2", "E15-3", "E15-4")
"""Codes of the papers by which a petitioner is told."""
PETITION_SOURCE = "referral_petition"
"""Code of what a petition office sent, in the table `case_source`."""
