"""Ties the plain classes of the domain to the tables. Importing this module is enough.

A relationship exists only where one record is *part* of another; everything else is asked for by a query.
"""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import configure_mappers, registry, relationship

from mediation_desk.domain import agreement, case, centre, mediator, party
from mediation_desk.store import schema
from mediation_desk.store.draft import Draft

mappers = registry(metadata=schema.metadata)


def _parts(of: type[Any], table: Table, **options: Any) -> Any:
    return relationship(
        of, lazy="selectin", cascade="all, delete-orphan", order_by=table.c.id, passive_deletes=False, **options
    )


def _one(of: type[Any]) -> Any:
    return relationship(of, lazy="selectin", cascade="all, delete-orphan", uselist=False)


def _plain(kind: type[Any], table: Table, **parts: Any) -> None:
    mappers.map_imperatively(kind, table, properties=parts)


_plain(centre.User, schema.users)
_plain(centre.CommitteeMember, schema.committee_members)
_plain(centre.Committee, schema.committees, members=_parts(centre.CommitteeMember, schema.committee_members))
_plain(
    centre.Centre,
    schema.centres,
    committees=_parts(centre.Committee, schema.committees),
    users=_parts(centre.User, schema.users),
)
_plain(mediator.Appointment, schema.appointments)
_plain(mediator.Mediator, schema.mediators, appointments=_parts(mediator.Appointment, schema.appointments))

_plain(party.Agent, schema.agents)
_plain(party.Party, schema.parties, agents=_parts(party.Agent, schema.agents))

_plain(agreement.Clause, schema.clauses)
_plain(agreement.Instalment, schema.instalments)
_plain(agreement.Performance, schema.performances)
_plain(
    agreement.Obligation,
    schema.obligations,
    instalments=_parts(agreement.Instalment, schema.instalments),
    performances=_parts(agreement.Performance, schema.performances),
)
_plain(agreement.Signature, schema.signatures)
_plain(
    agreement.Agreement,
    schema.agreements,
    clauses=_parts(agreement.Clause, schema.clauses),
    obligations=_parts(agreement.Obligation, schema.obligations),
    signatures=_parts(agreement.Signature, schema.signatures),
)

_plain(case.Willingness, schema.willingness)
_plain(case.Triage, schema.triages)
_plain(case.Decision, schema.decisions)
_plain(case.IssuedNumber, schema.issued_numbers)
_plain(case.Assignment, schema.assignments)
_plain(case.Session, schema.sessions)
_plain(case.ConfidentialNote, schema.confidential_notes)
_plain(case.Outcome, schema.outcomes)
_plain(case.FollowUp, schema.follow_ups)
_plain(case.Closing, schema.closings)
_plain(case.Attachment, schema.attachments)
_plain(case.CaseEvent, schema.events)
mappers.map_imperatively(
    case.Case,
    schema.cases,
    version_id_col=schema.cases.c.version_id,
    version_id_generator=False,  # services count it up, for changes of the registration data only
    properties={
        "triage": _one(case.Triage),
        "closing": _one(case.Closing),
        "parties": _parts(party.Party, schema.parties),
        "willingness": _parts(case.Willingness, schema.willingness),
        "decisions": _parts(case.Decision, schema.decisions),
        "numbers": _parts(case.IssuedNumber, schema.issued_numbers),
        "assignments": _parts(case.Assignment, schema.assignments),
        "sessions": _parts(case.Session, schema.sessions),
        "outcomes": _parts(case.Outcome, schema.outcomes),
        "agreements": _parts(agreement.Agreement, schema.agreements),
        "follow_ups": _parts(case.FollowUp, schema.follow_ups),
        "attachments": _parts(case.Attachment, schema.attachments),
        "events": _parts(case.CaseEvent, schema.events),
    },
)
_plain(Draft, schema.drafts)

configure_mappers()
