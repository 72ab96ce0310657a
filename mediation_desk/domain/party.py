"""The people and organisations in a dispute, and those who act for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mediation_desk.domain.errors import Fault
from mediation_desk.domain.labelled import Labelled


class Side(Labelled):
    """Which side of the dispute a party stands on."""

    CLAIMANT = "claimant", "申请方"
    RESPONDENT = "respondent", "被申请方"
    OTHER = "other", "其他方"


class PartyKind(Labelled):
    NATURAL = "natural", "自然人"
    ORGANISATION = "organisation", "单位"


class Capacity(Labelled):
    """Capacity for civil conduct, 民法典 art. 18 to 22."""

    FULL = "full", "完全民事行为能力"
    LIMITED = "limited", "限制民事行为能力"
    NONE = "none", "无民事行为能力"


class AgentKind(Labelled):
    STATUTORY = "statutory", "法定代理人"
    ENTRUSTED = "entrusted", "委托代理人"


def full_years(born: date, day: date) -> int:
    """The age on `day`. Who was born on 29 February is a year older on 1 March where the year has no such day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(eq=False, kw_only=True)
class Agent:
    """A person who acts for a party: its guardian (法定代理人, 民法典 art. 23) or somebody it entrusted.

    `powers` are codes of the table `agent_power`.
    """

    kind: AgentKind
    name: str
    relation: str = ""
    powers: list[str] = field(default_factory=list)
    powers_other: str = ""
    phone: str = ""
    id_paper: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(eq=False, kw_only=True)
class Party:
    """A side of the dispute, or one person of it.

    `no` is its number within the case (1, 2, …), never given twice: other facts refer to it.
    `gender`, `ethnicity`, `id_paper` are codes of the rule packs; "" means not stated.
    `capacity` is only set where it differs from what the age says (an adult under guardianship, a self-supporting
    16-year-old); `self_supporting` is 民法典 art. 18 ¶2.
    `represents_group` marks one of at most five representatives of a group.
    `languages` are the languages and dialects the party can be spoken to in; none means that nobody asked.
    """

    id: int | None = None
    no: int
    side: Side
    kind: PartyKind = PartyKind.NATURAL
    name: str
    aliases: str = ""
    gender: str = ""
    ethnicity: str = ""
    nationality: str = ""
    birth_date: date | None = None
    id_paper: str = ""
    id_number: str = ""
    no_paper_reason: str = ""
    occupation: str = ""
    workplace: str = ""
    address: str = ""
    phone: str = ""
    capacity: Capacity | None = None
    self_supporting: bool = False
    legal_representative: str = ""
    legal_representative_post: str = ""
    uscc: str = ""
    represents_group: bool = False
    languages: list[str] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)

    def age_on(self, day: date) -> int | None:
        """Full years on `day`, None without a birth date. Never stored: a paper states the age of its own day."""
        return None if self.birth_date is None else full_years(self.birth_date, day)

    def capacity_on(self, day: date) -> Capacity:
        """民法典 art. 17 to 22. Unknown age counts as full capacity: the clerk sees the person."""
        if self.capacity is not None:
            return self.capacity
        age = self.age_on(day)
        if self.kind is PartyKind.ORGANISATION or age is None or age >= 18 or (age >= 16 and self.self_supporting):
            return Capacity.FULL
        return Capacity.LIMITED if age >= 8 else Capacity.NONE

    @property
    def guardians(self) -> list[Agent]:
        return [agent for agent in self.agents if agent.kind is AgentKind.STATUTORY]

    def lacks_guardian(self, day: date) -> bool:
        """Whether this party cannot sign that day because nobody is named who may act for it."""
        return self.capacity_on(day) is not Capacity.FULL and not self.guardians


def representative_faults(parties: Iterable[Party], most: int, place: str) -> list[Fault]:
    """Which sides have more representatives of their group than they may choose (信访工作条例 art. 20).

    `most` is the setting `most_representatives`.
    """
    counted = Counter(party.side for party in parties if party.represents_group)
    return [
        Fault(f"{side.label}推选了{number}名代表人，最多{most}名（信访工作条例第二十条）。", place)
        for side, number in counted.items()
        if number > most
    ]
