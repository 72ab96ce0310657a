"""Who answers for the case towards the visitor (首问负责): the first clerk, until somebody accepts a hand-over."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class ResponsibilityTransfer:
    """An offer to hand over. `accepted` is None until the other one answered.

    An offer that ended without that was taken back; `answer` then says why.
    """

    to_id: int
    reason: str = ""
    accepted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    by_id: int
    recorded_at: datetime

    @property
    def is_open(self) -> bool:
        return self.accepted is None and self.answered_at is None

    @property
    def was_taken_back(self) -> bool:
        return self.accepted is None and self.answered_at is not None
