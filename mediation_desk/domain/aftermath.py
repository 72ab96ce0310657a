"""What follows an agreement: judicial confirmation, breach, lawsuit, and what the parties thought of the service."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.labelled import Labelled


class ConfirmationState(Labelled):
    """Where judicial confirmation stands (民事诉讼法 art. 205, 206). It expires by itself, 30 days after effect."""

    NOT_WANTED = "not_wanted", "不申请"
    CONSIDERING = "considering", "考虑中"
    APPLIED = "applied", "已申请"
    ACCEPTED = "accepted", "法院已受理"
    CONFIRMED = "confirmed", "裁定有效"
    DISMISSED = "dismissed", "裁定驳回"
    WITHDRAWN = "withdrawn", "撤回申请"
    EXPIRED = "expired", "逾期未申请"


@dataclass(eq=False, kw_only=True)
class ConfirmationStep:
    """A step of judicial confirmation of one agreement. `court_number` is written as the court writes it."""

    agreement_no: int
    state: ConfirmationState
    happened_on: date
    court: str = ""
    court_number: str = ""
    text: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Breach:
    """An agreement that is not kept (人民调解法 art. 31): what was found, and what the committee did about it."""

    agreement_no: int
    obligation_no: int | None = None
    found_on: date
    situation: str
    measures: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Lawsuit:
    """A party sued about the agreement (人民调解法 art. 32). `result_code` from the table `agreement_lawsuit`."""

    agreement_no: int
    filed_on: date
    plaintiff_no: int | None = None
    court: str
    claim: str = ""
    result_code: str = ""
    result_on: date | None = None
    result: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Rating:
    """What a party thinks of the service (E13): `level` from the table `satisfaction`, "" where it would not say."""

    party_no: int
    level: str
    rated_on: date
    channel: str = ""
    comment: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class FollowUpDraw:
    """A drawing of lots whom to call: from which cases (uids, in order), by which seed, and which were drawn."""

    id: int | None = None
    centre_id: int
    drawn_on: date
    seed: str
    candidates: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    by_id: int
    recorded_at: datetime
