"""Makes cases with one agreement that lacks nothing, to be reviewed as it is or after it was spoilt."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation_desk.domain.agreement import (
    Agreement,
    Clause,
    Instalment,
    Obligation,
    ObligationKind,
    Signature,
    SignerRole,
)
from mediation_desk.domain.case import (
    Answer,
    Assignment,
    Case,
    Outcome,
    OutcomeKind,
    Session,
    SessionResult,
    Willingness,
)
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.domain.party import Party, PartyKind, Side

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
HEARD_ON = date(2026, 11, 20)


@dataclass
class Draft:
    """A case with one agreement that lacks nothing, to be reviewed or first spoilt."""

    case: Case
    agreement: Agreement
    mediators: dict[int, Mediator] = field(default_factory=dict)


def claimant(name: str, no: int = 1, **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.CLAIMANT, "name": name} | facts)  # type: ignore[arg-type]  # any field


def respondent(name: str, no: int = 2, **facts: object) -> Party:
    return Party(**{"no": no, "side": Side.RESPONDENT, "name": name} | facts)  # type: ignore[arg-type]  # any field


def company(name: str, no: int = 2, **facts: object) -> Party:
    return respondent(name, no, **{"kind": PartyKind.ORGANISATION, "legal_representative": "钱多"} | facts)


def pays(yuan: float, due: date | None = None, **facts: object) -> Obligation:
    """The second party pays the first; at once without a day."""
    owed: dict[str, object] = {
        "no": 1,
        "payer_no": 2,
        "payee_no": 1,
        "amount_fen": round(yuan * 100),
        "means": "银行转账",
        "due_on": due,
        "at_once": due is None,
    }
    return Obligation(**owed | facts)  # type: ignore[arg-type]  # any field


def in_parts(*parts: tuple[date, float], **facts: object) -> Obligation:
    instalments = [Instalment(due_on=day, amount_fen=round(yuan * 100)) for day, yuan in parts]
    owed: dict[str, object] = {"at_once": False, "instalments": instalments}
    return pays(sum(yuan for _, yuan in parts), None, **owed | facts)


def does(what: str, due: date, **facts: object) -> Obligation:
    owed = {"no": 2, "kind": ObligationKind.ACT, "payer_no": 2, "payee_no": 1, "what": what, "due_on": due}
    return Obligation(**owed | facts)  # type: ignore[arg-type]  # any field


def drafted(
    parties: list[Party], facts: str, clauses: list[str], terms: str, *obligations: Obligation, **more: object
) -> Draft:
    said: dict[str, object] = {
        "no": 1,
        "facts": facts,
        "clauses": [Clause(text=text) for text in clauses],
        "performance_terms": terms,
        "obligations": list(obligations),
        "made_on": TODAY,
        "party_nos": [party.no for party in parties],
        "mediator_ids": [5],
        "recorder": "登记员",
    }
    agreement = Agreement(**said | more)  # type: ignore[arg-type]  # any field
    case = Case(
        uid="u",
        centre_id=1,
        requested_on=HEARD_ON,
        registered_at=NOW,
        first_contact_id=1,
        matter="见协议",
        demand="见协议",
        occurred_on=date(2026, 10, 1),
        committee_id=1,
        parties=parties,
        willingness=[
            Willingness(party_no=party.no, answer=Answer.AGREES, asked_at=NOW, by_id=1, recorded_at=NOW)
            for party in parties
        ],
        assignments=[Assignment(mediator_id=5, assigned_on=HEARD_ON, by_id=1, recorded_at=NOW)],
        sessions=[
            Session(no=1, held_on=HEARD_ON, place="第一调解室", result=SessionResult.SETTLED, by_id=1, recorded_at=NOW)
        ],
        outcomes=[Outcome(kind=OutcomeKind.WRITTEN, ended_on=TODAY, by_id=1, recorded_at=NOW)],
        agreements=[agreement],
    )
    mediator = Mediator(id=5, uid="m", name="赵和", appointments=[Appointment(committee_id=1, since=date(2025, 1, 1))])
    return Draft(case, agreement, {5: mediator})


def in_effect(draft: Draft, day: date = TODAY) -> Draft:
    """The same agreement once everybody has signed on `day`."""
    agreement = draft.agreement
    agreement.frozen_at = NOW
    marks: list[tuple[SignerRole, int | None, int | None]] = [
        *((SignerRole.PARTY, no, None) for no in agreement.party_nos),
        *((SignerRole.MEDIATOR, None, mediator_id) for mediator_id in agreement.mediator_ids),
        (SignerRole.SEAL, None, None),
    ]
    agreement.signatures = [
        Signature(role=role, party_no=no, mediator_id=mediator_id, signed_on=day, by_id=1, recorded_at=NOW)
        for role, no, mediator_id in marks
    ]
    return draft
