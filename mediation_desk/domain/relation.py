"""How a case stands to an earlier one, as a person decided it. Whatever was joined can be parted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class RelationKind(Labelled):
    SAME_DISPUTE = "same_dispute", "同一纠纷"
    NEW_DISPUTE = "new_dispute", "同一当事人的新纠纷"
    OTHER_PERSON = "other_person", "不是同一人"
    SAME_PERSON = "same_person", "同一人"
    MERGED = "merged", "并入"


@dataclass(eq=False, kw_only=True)
class Relation:
    """Recorded at the later case. `other_id` is the case it directly comes back to, `main_id` the first of them all.

    Of the two kinds about persons the parties are named: `party_no` here, `other_party_no` there.
    """

    kind: RelationKind
    other_id: int
    main_id: int
    party_no: int | None = None
    other_party_no: int | None = None
    reason: str = ""
    by_id: int
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by_id: int | None = None
    withdrawn_reason: str = ""

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


OF_DISPUTES = (RelationKind.SAME_DISPUTE, RelationKind.NEW_DISPUTE, RelationKind.MERGED)
"""Of two cases only one of these can be true."""

OF_PERSONS = (RelationKind.SAME_PERSON, RelationKind.OTHER_PERSON)
"""Of two parties only one of these can be true."""


def repeat_sequence(days: Sequence[date], within_days: int) -> int:
    """The how manieth coming the last of these days is, the first being 1.

    Whoever comes back later than `within_days` after the coming before begins anew; 0 sets no such bound.
    """
    number = 1
    for earlier, later in zip(days[-2::-1], days[::-1], strict=False):
        if within_days and (later - earlier).days > within_days:
            break
        number += 1
    return number
