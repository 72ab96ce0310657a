"""The ways a made-up case may go, and how many cases go each."""

from enum import Enum, auto

from mediation_desk.domain.case import OutcomeKind


class Way(Enum):
    """How far a case has come, and how it went on."""

    REGISTERED = auto()
    TRIAGED = auto()
    ACCEPTED = auto()
    ASSIGNED = auto()
    IN_MEDIATION = auto()
    TO_BE_SIGNED = auto()
    PERFORMING = auto()
    FAILED = auto()
    DECLINED = auto()
    HANDED_OVER = auto()
    CLOSED_WRITTEN = auto()
    CLOSED_ORAL = auto()
    CLOSED_FAILED = auto()
    CLOSED_TERMINATED = auto()
    CLOSED_WITHDRAWN = auto()


OPEN_WAYS = {
    Way.REGISTERED: 10,
    Way.TRIAGED: 8,
    Way.ACCEPTED: 6,
    Way.ASSIGNED: 8,
    Way.IN_MEDIATION: 20,
    Way.TO_BE_SIGNED: 6,
    Way.PERFORMING: 38,
    Way.FAILED: 4,
}
FINISHED_WAYS = {
    Way.CLOSED_WRITTEN: 62,
    Way.CLOSED_ORAL: 14,
    Way.CLOSED_FAILED: 8,
    Way.CLOSED_TERMINATED: 4,
    Way.CLOSED_WITHDRAWN: 3,
    Way.DECLINED: 4,
    Way.HANDED_OVER: 5,
}
"""Of a hundred each; made up, but as a desk knows it."""

AGREEING = (Way.TO_BE_SIGNED, Way.PERFORMING, Way.CLOSED_WRITTEN, Way.CLOSED_ORAL)
ENDED_OTHERWISE = {
    Way.FAILED: (OutcomeKind.FAILED, "no_prospect"),
    Way.CLOSED_FAILED: (OutcomeKind.FAILED, "no_prospect"),
    Way.CLOSED_TERMINATED: (OutcomeKind.TERMINATED, "refused"),
    Way.CLOSED_WITHDRAWN: (OutcomeKind.WITHDRAWN, ""),
}
NEARLY_NOW = {
    Way.REGISTERED: (0, 2),
    Way.TRIAGED: (0, 3),
    Way.ACCEPTED: (1, 6),
    Way.ASSIGNED: (2, 9),
    Way.IN_MEDIATION: (6, 22),
    Way.TO_BE_SIGNED: (7, 14),
    Way.FAILED: (7, 12),
}
"""How many working days ago the cases of a way came in, at least and at most."""
