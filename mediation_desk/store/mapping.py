"""Ties the plain classes of the domain to the tables. Importing this module is enough.

A relationship exists only where one record is *part* of another; everything else is asked for by a query.
SQLAlchemy works out the classes of a registry together, when it is first asked for one of them. So there are
three: the start needs the house and who is there for 今日, and does not wait for cases and rosters.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, and_
from sqlalchemy.orm import registry, relationship

from mediation_desk.domain import (
    aftermath,
    agreement,
    call_out,
    case,
    centre,
    choice,
    duty_roster,
    mediator,
    paper,
    party,
    petition,
    presence,
    referral,
    relation,
    responsibility,
    risk,
    supervision,
    time_facts,
    upstream,
)
from mediation_desk.store import duty_schema, procedure_schema, schema, trust_schema  # noqa: F401 - the last one's tables have no classes
from mediation_desk.store.columns import metadata
from mediation_desk.store.draft import Draft
from mediation_desk.store.saved_filter import SavedFilter

needed_at_start = registry(metadata=metadata)
needed_for_cases = registry(metadata=metadata)
needed_for_rosters = registry(metadata=metadata)


def _parts(of: type[Any], table: Table, **options: Any) -> Any:
    return relationship(
        of, lazy="selectin", cascade="all, delete-orphan", order_by=table.c.id, passive_deletes=False, **options
    )


def _one(of: type[Any]) -> Any:
    return relationship(of, lazy="selectin", cascade="all, delete-orphan", uselist=False)


def _map(into: registry, kind: type[Any], table: Table, *, leave_out: Sequence[str] = (), **parts: Any) -> None:
    into.map_imperatively(kind, table, primary_key=_key(table), properties=parts, exclude_properties=leave_out)


def _key(table: Table) -> list[Column[Any]]:
    """Keys begin with the centre, so that whatever a session asks for begins with it too (see `centre.one`)."""
    return [table.c[name] for name in ("centre_id", "id") if name in table.c]


_plain = partial(_map, needed_at_start)
_of_case = partial(_map, needed_for_cases)
_of_roster = partial(_map, needed_for_rosters)

_plain(centre.User, schema.users, leave_out=["password_digest"])
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

_plain(presence.Leave, duty_schema.leaves)
_plain(presence.Attendance, duty_schema.attendances)
_plain(presence.OpeningException, duty_schema.opening_exceptions)
_plain(presence.HolidayNotice, duty_schema.holiday_notices)
_plain(presence.OwnSetting, duty_schema.own_settings)
_plain(duty_roster.Post, duty_schema.posts)

_of_roster(duty_roster.UnitClash, duty_schema.unit_clashes)
_of_roster(duty_roster.Wish, duty_schema.wishes)
_of_roster(duty_roster.DutyShift, duty_schema.duty_shifts)
_of_roster(
    duty_roster.DutyRoster,
    duty_schema.duty_rosters,
    shifts=_parts(duty_roster.DutyShift, duty_schema.duty_shifts),
)
_of_roster(duty_roster.SwapRequest, duty_schema.swap_requests)
_of_roster(call_out.Call, duty_schema.calls)
_of_roster(call_out.CallOut, duty_schema.call_outs, calls=_parts(call_out.Call, duty_schema.calls))

_of_case(party.Agent, schema.agents)
_of_case(party.Party, schema.parties, agents=_parts(party.Agent, schema.agents))

_of_case(agreement.Clause, schema.clauses)
_of_case(agreement.Instalment, schema.instalments)
_of_case(agreement.Performance, schema.performances)
_of_case(
    agreement.Obligation,
    schema.obligations,
    instalments=_parts(agreement.Instalment, schema.instalments),
    performances=_parts(agreement.Performance, schema.performances),
)
_of_case(agreement.Signature, schema.signatures)
_of_case(
    agreement.Agreement,
    schema.agreements,
    clauses=_parts(agreement.Clause, schema.clauses),
    obligations=_parts(agreement.Obligation, schema.obligations),
    signatures=_parts(agreement.Signature, schema.signatures),
)

_of_case(case.Willingness, schema.willingness)
_of_case(case.Triage, schema.triages)
_of_case(case.Decision, schema.decisions)
_of_case(case.IssuedNumber, schema.issued_numbers)
_of_case(choice.Stance, schema.stances)
_of_case(choice.RecusalCheck, schema.recusal_checks)
_of_case(choice.Ranking, schema.rankings)
_of_case(case.Assignment, schema.assignments)
_of_case(case.Session, schema.sessions)
_of_case(case.ConfidentialNote, schema.confidential_notes)
_of_case(case.Outcome, schema.outcomes)
_of_case(case.FollowUp, schema.follow_ups)
_of_case(case.Closing, schema.closings)
_of_case(case.Attachment, schema.attachments)
_of_case(paper.PaperEntry, schema.paper_entries)
_of_case(case.CaseEvent, schema.events)
_of_case(time_facts.ClockStop, procedure_schema.clock_stops)
_of_case(time_facts.Extension, procedure_schema.extensions)
_of_case(petition.PetitionStep, procedure_schema.petition_steps)
_of_case(
    petition.Petition,
    procedure_schema.petitions,
    steps=_parts(petition.PetitionStep, procedure_schema.petition_steps),
)
_of_case(referral.ReferralStep, procedure_schema.referral_steps)
_of_case(
    referral.Referral,
    procedure_schema.referrals,
    steps=_parts(referral.ReferralStep, procedure_schema.referral_steps),
)
_of_case(supervision.SupervisionOrder, procedure_schema.supervision_orders)
_of_case(supervision.ConferenceDecision, procedure_schema.conference_decisions)
_of_case(
    supervision.Conference,
    procedure_schema.conferences,
    decisions=_parts(supervision.ConferenceDecision, procedure_schema.conference_decisions),
)
_of_case(supervision.CadreVisit, procedure_schema.cadre_visits)
_of_case(
    supervision.LeadCadre,
    procedure_schema.lead_cadres,
    visits=_parts(supervision.CadreVisit, procedure_schema.cadre_visits),
)
_of_case(supervision.Suggestion, procedure_schema.suggestions)
_of_case(risk.RiskAssessment, procedure_schema.risk_assessments)
_of_case(risk.RedFlag, procedure_schema.red_flags)
_of_case(risk.RedFlagReport, procedure_schema.red_flag_reports)
_of_case(responsibility.ResponsibilityTransfer, procedure_schema.responsibility_transfers)
_of_case(aftermath.ConfirmationStep, procedure_schema.confirmation_steps)
_of_case(aftermath.Breach, procedure_schema.breaches)
_of_case(aftermath.Lawsuit, procedure_schema.lawsuits)
_of_case(aftermath.Rating, procedure_schema.ratings)
_of_case(aftermath.FollowUpDraw, procedure_schema.follow_up_draws)
_of_case(relation.Relation, procedure_schema.relations)
_of_case(upstream.UpstreamEntry, procedure_schema.upstream_entries)
needed_for_cases.map_imperatively(
    case.Case,
    schema.cases,
    primary_key=_key(schema.cases),
    version_id_col=schema.cases.c.version_id,
    version_id_generator=False,  # services count it up, for changes of the registration data only
    properties={
        "petition": _one(petition.Petition),
        "triages": _parts(case.Triage, schema.triages),
        "closings": _parts(case.Closing, schema.closings),
        "parties": _parts(party.Party, schema.parties),
        "willingness": _parts(case.Willingness, schema.willingness),
        "decisions": _parts(case.Decision, schema.decisions),
        "numbers": _parts(case.IssuedNumber, schema.issued_numbers),
        "stances": _parts(choice.Stance, schema.stances),
        "recusal_checks": _parts(choice.RecusalCheck, schema.recusal_checks),
        "rankings": _parts(choice.Ranking, schema.rankings),
        "assignments": _parts(case.Assignment, schema.assignments),
        "sessions": _parts(case.Session, schema.sessions),
        "outcomes": _parts(case.Outcome, schema.outcomes),
        "agreements": _parts(agreement.Agreement, schema.agreements),
        "follow_ups": _parts(case.FollowUp, schema.follow_ups),
        "attachments": _parts(case.Attachment, schema.attachments),
        "entries": _parts(paper.PaperEntry, schema.paper_entries),
        "events": _parts(case.CaseEvent, schema.events),
        "clock_stops": _parts(time_facts.ClockStop, procedure_schema.clock_stops),
        "extensions": _parts(time_facts.Extension, procedure_schema.extensions),
        "referrals": _parts(referral.Referral, procedure_schema.referrals),
        "supervision_orders": _parts(supervision.SupervisionOrder, procedure_schema.supervision_orders),
        "conferences": _parts(supervision.Conference, procedure_schema.conferences),
        "lead_cadres": _parts(supervision.LeadCadre, procedure_schema.lead_cadres),
        "suggestions": _parts(supervision.Suggestion, procedure_schema.suggestions),
        "risk_assessments": _parts(risk.RiskAssessment, procedure_schema.risk_assessments),
        "red_flags": _parts(risk.RedFlag, procedure_schema.red_flags),
        "red_flag_reports": _parts(risk.RedFlagReport, procedure_schema.red_flag_reports),
        "transfers": _parts(responsibility.ResponsibilityTransfer, procedure_schema.responsibility_transfers),
        "confirmation_steps": _parts(aftermath.ConfirmationStep, procedure_schema.confirmation_steps),
        "breaches": _parts(aftermath.Breach, procedure_schema.breaches),
        "lawsuits": _parts(aftermath.Lawsuit, procedure_schema.lawsuits),
        "ratings": _parts(aftermath.Rating, procedure_schema.ratings),
        "relations": _parts(
            relation.Relation,
            procedure_schema.relations,
            primaryjoin=and_(  # the table refers to other cases too
                procedure_schema.relations.c.centre_id == schema.cases.c.centre_id,
                procedure_schema.relations.c.case_id == schema.cases.c.id,
            ),
        ),
        "upstream": _parts(upstream.UpstreamEntry, procedure_schema.upstream_entries),
    },
)
_of_case(paper.PaperVersion, schema.paper_versions)
_of_case(paper.BlankForm, schema.blank_forms)
_plain(Draft, schema.drafts)
_plain(SavedFilter, procedure_schema.saved_filters)
