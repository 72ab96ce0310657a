"""What is known when a mediator is chosen for a case: what the parties want, what was asked about bias, the ranking.

How people are ranked is told by `ranking.py`; giving the case is the service `assignment.assign`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from mediation_desk.domain.labelled import Labelled


class RecusalAnswer(Labelled):
    NO = "no", "无"
    YES = "yes", "有"
    UNCHECKED = "unchecked", "未核实"


class StanceKind(Labelled):
    """人民调解法 art. 19 and 23: the parties may choose a mediator, or accept or oppose one.

    WITHDRAWN takes back what the same party said before.
    """

    CHOOSES = "chooses", "选择"
    OPPOSES = "opposes", "反对"
    WITHDRAWN = "withdrawn", "收回意见"


@dataclass(eq=False, kw_only=True)
class Stance:
    """What one party says to one mediator; the last one of a party to a mediator counts.

    `upheld`: the centre followed the objection (None: not decided yet), then the mediator is excluded.
    """

    party_no: int
    mediator_id: int
    kind: StanceKind
    reason: str = ""
    upheld: bool | None = None
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class RecusalCheck:
    """An answer to one question about bias (code of the table `recusal_reason`) of one mediator in this case.

    The last answer counts; without one the question is 未核实, which is not "no".
    """

    mediator_id: int
    reason_code: str
    answer: RecusalAnswer
    note: str = ""
    by_id: int
    recorded_at: datetime


@dataclass(eq=False, kw_only=True)
class Ranking:
    """What the person who chose had in front of them, kept so that it can be shown and printed later.

    `weights` are the settings that counted, by name. `candidates` and `excluded` hold what `ranking.py` keeps of
    each: mediator id, tier, score, points by code, or the reasons of exclusion. `draw` tells how a tie was drawn, so
    that it can be done again; {} without a tie. `override_reason` is why somebody else than the first was taken.
    """

    no: int
    role: str
    weights: dict[str, int] = field(default_factory=dict)
    candidates: list[dict[str, object]] = field(default_factory=list)
    excluded: list[dict[str, object]] = field(default_factory=list)
    draw: dict[str, object] = field(default_factory=dict)
    chosen_id: int | None = None
    override_reason: str = ""
    by_id: int
    made_at: datetime
