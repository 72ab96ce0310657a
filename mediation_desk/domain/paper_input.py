"""What a paper is made from: a case with its house, and what of the case the paper is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.agreement import Agreement, AgreementForm, AgreementKind, Obligation, Performance
from mediation_desk.domain.case import AssignmentRole, Case, DecisionKind, FollowUp, OutcomeKind, Session
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.choice import Ranking
from mediation_desk.domain.confirmation import is_wanted
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.forms import About
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.paper import PaperEntry
from mediation_desk.domain.party import Agent, AgentKind, Party, Side
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision import Conference, SupervisionOrder


class AgentOf(NamedTuple):
    party: Party
    agent: Agent


class Paid(NamedTuple):
    """Something that was performed, with what it was owed for."""

    agreement: Agreement
    obligation: Obligation
    performance: Performance


Thing: TypeAlias = (
    Session | Agreement | FollowUp | AgentOf | Paid | PaperEntry | Ranking | SupervisionOrder | Conference | None
)


class Subject(NamedTuple):
    """One thing that a paper can be about: its number within the case, and words to tell it from the others.

    They name nobody: titles of papers become names of files and of print jobs.
    """

    no: int
    mark: str
    thing: Thing


def subjects(case: Case, about: About, code: str = "") -> list[Subject]:
    """What the case has of that kind now, in order; `code` is the form's, for papers about what is typed into them."""
    if about is About.ENTRY:
        return list(_typed(case, code))
    if about is About.CASE:
        return [Subject(0, "", None)]
    if about in _OF_THE_CASE:
        return [Subject(0, "", None)] if _OF_THE_CASE[about](case) else []
    if about in _OF_FACTS:
        return list(_OF_FACTS[about](case))
    if about in _ALSO_TYPED:
        return _told(case, code, list(_ALSO_TYPED[about](case)))
    if about in _AGREEMENTS:
        return [_agreement(each) for each in case.agreements if _AGREEMENTS[about](each)]
    return []


_OF_THE_CASE: Mapping[About, Callable[[Case], bool]] = {
    About.TRIAGE: lambda case: case.triage is not None,
    About.ACCEPTANCE: lambda case: case.is_accepted,
    About.NON_ACCEPTANCE: lambda case: bool(case.decision and case.decision.kind is DecisionKind.NOT_ACCEPTED),
    About.HAND_OVER: lambda case: bool(case.decision and case.decision.kind is DecisionKind.HANDED_OVER),
    About.TERMINATION: lambda case: bool(
        case.outcome and case.outcome.kind in (OutcomeKind.FAILED, OutcomeKind.TERMINATED)
    ),
}
_AGREEMENTS: Mapping[About, Callable[[Agreement], bool]] = {
    About.AGREEMENT: lambda each: each.form is AgreementForm.WRITTEN and each.withdrawn_at is None,
    About.ORAL_AGREEMENT: lambda each: each.form is AgreementForm.ORAL and each.withdrawn_at is None,
    About.EFFECTIVE_AGREEMENT: lambda each: each.effective_on is not None,
}
_OF_FACTS: Mapping[About, Callable[[Case], Iterable[Subject]]] = {
    About.SESSION: lambda case: (_numbered(each) for each in case.sessions),
    About.ASSIGNMENT: lambda case: (_numbered(each) for each in case.rankings),
    About.FOLLOW_UP: lambda case: _follow_ups(case),
    About.AGENT: lambda case: _agents(case),
    About.PERFORMANCE: lambda case: _performances(case),
}
_ALSO_TYPED: Mapping[About, Callable[[Case], Iterable[Subject]]] = {
    About.SUPERVISION: lambda case: (_numbered(each) for each in case.supervision_orders),
    About.CONFERENCE: lambda case: (_numbered(each) for each in case.conferences),
    About.CONFIRMATION: lambda case: (_agreement(each) for each in case.agreements if is_wanted(case, each)),
}
"""Papers that once were about nothing but what was typed into them; those are still there to be printed."""


def _numbered(thing: Session | Ranking | SupervisionOrder | Conference) -> Subject:
    return Subject(thing.no, f"（第{thing.no}次）", thing)


def _follow_ups(case: Case) -> Iterable[Subject]:
    done = ((no, each, each.done_on) for no, each in enumerate(case.follow_ups, start=1) if each.done_on)
    return (Subject(no, f"（{day_in_words(day)}）", each) for no, each, day in done)


def _typed(case: Case, code: str) -> Iterable[Subject]:
    """The papers of a form that are about nothing but what was typed into them."""
    entries = sorted((each for each in case.entries if each.code == code), key=lambda each: each.no)
    return (Subject(each.no, f"（第{each.no}份）", each) for each in entries)


def _told(case: Case, code: str, facts: list[Subject]) -> list[Subject]:
    """Facts, and before them the papers that were typed while there were no such facts yet."""
    numbers = {each.no for each in facts}
    return [each for each in _typed(case, code) if each.no not in numbers] + facts


def _agreement(agreement: Agreement) -> Subject:
    mark = "" if agreement.kind is AgreementKind.MAIN else f"（{agreement.kind.label}）"
    return Subject(agreement.no, mark + ("（草稿）" if agreement.is_draft else ""), agreement)


_AGENTS_PER_PARTY = 100


def _agents(case: Case) -> Iterable[Subject]:
    for party in case.parties:
        for index, agent in enumerate(party.agents, start=1):
            if agent.kind is AgentKind.ENTRUSTED:
                no = party.no * _AGENTS_PER_PARTY + index
                yield Subject(no, f"（第{party.no}号当事人的第{index}位代理人）", AgentOf(party, agent))


def _performances(case: Case) -> Iterable[Subject]:
    paid = [
        Paid(agreement, obligation, performance)
        for agreement in case.agreements
        for obligation in agreement.obligations
        for performance in obligation.performances
    ]
    paid.sort(key=lambda each: each.performance.recorded_at)
    for no, each in enumerate(paid, start=1):
        yield Subject(no, f"（{day_in_words(each.performance.done_on)}）", each)


@dataclass(frozen=True, kw_only=True)
class PaperInput:
    """A case with its house. `mediators` by id; `day` is the day on which the paper is made.

    `about` is what the paper is about, `entry` what was typed for it. `further` and `rows` hold what belongs to the
    file rather than to the case ("file.pages"). `party`, `agent` and `role` are set while a party's block is drawn.
    An empty form (`is_blank`) shows the house and its own number only. `meeting` are all cases of the conference that
    the paper is about.
    """

    case: Case
    centre: Centre
    committee: Committee | None
    mediators: Mapping[int, Mediator]
    rules: Rules
    day: date
    about: Thing = None
    entry: PaperEntry | None = None
    further: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    party: Party | None = None
    agent: Agent | None = None
    role: str = ""
    is_blank: bool = False
    meeting: Sequence[Case] = ()

    @property
    def session(self) -> Session | None:
        if isinstance(self.about, Session):
            return self.about
        return self.case.sessions[-1] if self.case.sessions else None

    @property
    def ranking(self) -> Ranking | None:
        """The order from which the paper's mediator was chosen."""
        return self.about if isinstance(self.about, Ranking) else None

    @property
    def agreement(self) -> Agreement | None:
        """The agreement that the paper is about; else the last in effect, else the last not given up."""
        if isinstance(self.about, Agreement):
            return self.about
        if isinstance(self.about, Paid):
            return self.about.agreement
        standing = [each for each in self.case.agreements if each.withdrawn_at is None]
        return next(iter([*self.case.effective_agreements[-1:], *standing[-1:]]), None)

    @property
    def paper_day(self) -> date:
        """The day ages are counted on: of what the paper is about, so that a copy made later says the same."""
        match self.about:
            case Session():
                return self.about.held_on
            case Agreement():
                if self.about.made_on:
                    return self.about.made_on
                return self.about.frozen_at.date() if self.about.frozen_at else self.day
            case FollowUp():
                return self.about.done_on or self.day
            case Ranking():
                return self.about.made_at.date()
            case Paid():
                return self.about.performance.done_on
        return self.day

    @property
    def agreeing_parties(self) -> list[Party]:
        """Those who agree; all parties of the case while nobody is chosen yet."""
        numbers = self.agreement.party_nos if self.agreement else []
        chosen = [party for no in numbers if (party := self.case.party(no))]
        return chosen or self.case.parties

    @property
    def shown_party(self) -> Party | None:
        """The party whose block is drawn, or on whose behalf an agent acts."""
        return self.party or (self.about.party if isinstance(self.about, AgentOf) else None)

    @property
    def shown_agent(self) -> Agent | None:
        return self.agent or (self.about.agent if isinstance(self.about, AgentOf) else None)

    def label(self, table: str, code: str) -> str:
        """The label of a code; "" where none is recorded."""
        return self.rules.table(table).label(code) if code else ""

    def mediator_names(self, ids: Iterable[int]) -> list[str]:
        return [self.mediators[each].name for each in ids if each in self.mediators]

    def presiding(self) -> list[int]:
        """Ids of those who preside as people's mediators: only they sign as such (人民调解法 art. 13, 14 and 20)."""
        found = [
            each.mediator_id
            for each in self.case.assignments
            if each.role is AssignmentRole.PRESIDING and not each.title
        ]
        return list(dict.fromkeys(found))

    def empty_parties(self, count: int) -> list[Party]:
        """Parties without a name, for an empty form."""
        return [Party(no=0, side=side, name="") for side in (Side.CLAIMANT, Side.RESPONDENT)[:count]]
