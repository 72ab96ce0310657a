"""The tables of procedure around mediation: time, petitions, referrals, supervision, what follows an agreement."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Index, String, Text, UniqueConstraint

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import Direction, ReferralKind, ReferralStepKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.supervision import ConferenceKind, SuggestionKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.store.columns import (
    day,
    fact,
    flag,
    listed,
    number,
    part,
    part_of_case,
    record,
    recorded,
    refers,
    text,
    word,
)

clock_stops = part_of_case(
    "clock_stops",
    word("clock", ClockKind),
    Column("reason_code", String, nullable=False),
    text("reason"),
    day("since", needed=True),
    day("until"),
    *recorded(),
    number("ended_by_id"),
    Column("ended_at", DateTime),
)
extensions = part_of_case(
    "extensions",
    word("clock", ClockKind),
    number("days", needed=True),
    day("approved_on", needed=True),
    text("approved_by"),
    text("reason"),
    *recorded(),
)
petitions = part_of_case(
    "petitions",
    text("number"),
    Column("kind", String, nullable=False),
    text("domain"),
    day("received_on", needed=True),
    flag("contact_clear", default=True),
    text("accused_unit"),
    *recorded(),
    Index(None, "centre_id", "received_on"),
    Index(None, "centre_id", "accused_unit"),
    referred=True,
)
petition_steps = part(
    "petition_steps",
    "petitions",
    "petition_id",
    word("kind", PetitionStepKind),
    day("happened_on", needed=True),
    text("text"),
    *recorded(),
)
referrals = part_of_case(
    "referrals",
    number("no", needed=True),
    word("direction", Direction),
    word("kind", ReferralKind),
    text("unit"),
    text("document_no"),
    text("matter"),
    text("path"),
    day("sent_on", needed=True),
    day("due_on"),
    *recorded(),
    Index(None, "centre_id", "due_on"),
    referred=True,
)
referral_steps = part(
    "referral_steps",
    "referrals",
    "referral_id",
    word("kind", ReferralStepKind),
    day("happened_on", needed=True),
    text("person"),
    text("text"),
    *recorded(),
)
supervision_orders = part_of_case(
    "supervision_orders",
    number("no", needed=True),
    text("unit"),
    Column("fault_code", String, nullable=False),
    text("demand"),
    day("issued_on", needed=True),
    day("due_on", needed=True),
    day("replied_on"),
    text("reply"),
    number("replied_by_id"),
    day("settled_on"),
    text("result"),
    number("settled_by_id"),
    *recorded(),
    Index(None, "centre_id", "settled_on", "due_on"),
)
conferences = part_of_case(
    "conferences",
    number("no", needed=True),
    Column("meeting", String, nullable=False),
    word("kind", ConferenceKind),
    day("held_on", needed=True),
    text("place"),
    text("chair"),
    listed("units"),
    text("minutes"),
    *recorded(),
    Index(None, "centre_id", "held_on"),
    referred=True,
)
conference_decisions = part(
    "conference_decisions",
    "conferences",
    "conference_id",
    number("no", needed=True),
    text("text"),
    text("unit"),
    text("helpers"),
    day("due_on", needed=True),
    day("done_on"),
    text("done_note"),
    number("done_by_id"),
    Index(None, "centre_id", "done_on", "due_on"),
)
lead_cadres = part_of_case(
    "lead_cadres",
    number("no", needed=True),
    Column("name", Text, nullable=False),
    text("post"),
    day("since", needed=True),
    day("until"),
    text("result"),
    *recorded(),
    referred=True,
)
cadre_visits = part(
    "cadre_visits",
    "lead_cadres",
    "lead_cadre_id",
    day("visited_on", needed=True),
    text("manner"),
    text("situation"),
    *recorded(),
)
suggestions = part_of_case(
    "suggestions",
    number("no", needed=True),
    word("kind", SuggestionKind),
    text("unit"),
    text("text"),
    day("made_on", needed=True),
    day("answered_on"),
    text("answer"),
    Column("adopted", Boolean),
    *recorded(),
)
risk_assessments = part_of_case(
    "risk_assessments",
    Column("level", String, nullable=False),
    text("reason"),
    Column("assessed_at", DateTime, nullable=False),
    *recorded(),
)
red_flags = part_of_case(
    "red_flags",
    Column("flag", String, nullable=False),
    Column("met_at", DateTime),
    *recorded(),
    Index(None, "centre_id", "met_at"),
)
red_flag_reports = part_of_case(
    "red_flag_reports",
    Column("flag", String, nullable=False),
    Column("reported_at", DateTime, nullable=False),
    text("reported_to"),
    text("measures"),
    *recorded(),
)
responsibility_transfers = part_of_case(
    "responsibility_transfers",
    number("to_id", needed=True),
    text("reason"),
    Column("accepted", Boolean),
    text("answer"),
    Column("answered_at", DateTime),
    *recorded(),
    refers("to_id", "users"),
    Index(None, "centre_id", "to_id"),
)
confirmation_steps = part_of_case(
    "confirmation_steps",
    number("agreement_no", needed=True),
    word("state", ConfirmationState),
    day("happened_on", needed=True),
    text("court"),
    text("court_number"),
    text("text"),
    *recorded(),
)
breaches = part_of_case(
    "breaches",
    number("agreement_no", needed=True),
    number("obligation_no"),
    day("found_on", needed=True),
    text("situation"),
    text("measures"),
    *recorded(),
)
lawsuits = part_of_case(
    "lawsuits",
    number("agreement_no", needed=True),
    day("filed_on", needed=True),
    number("plaintiff_no"),
    text("court"),
    text("claim"),
    text("result_code"),
    day("result_on"),
    text("result"),
    *recorded(),
)
ratings = part_of_case(
    "ratings",
    number("party_no", needed=True),
    text("level"),
    day("rated_on", needed=True),
    text("channel"),
    text("comment"),
    *recorded(),
)
relations = part_of_case(
    "relations",
    word("kind", RelationKind),
    number("other_id", needed=True),
    number("main_id", needed=True),
    number("party_no"),
    number("other_party_no"),
    text("reason"),
    *recorded(),
    Column("withdrawn_at", DateTime),
    number("withdrawn_by_id"),
    text("withdrawn_reason"),
    refers("other_id", "cases"),
    refers("main_id", "cases"),
    Index(None, "centre_id", "other_id"),
    Index(None, "centre_id", "main_id"),
)
upstream_entries = part_of_case(
    "upstream_entries",
    Column("system", String, nullable=False),
    text("number"),
    day("entered_on", needed=True),
    text("note"),
    *recorded(),
)
follow_up_draws = fact(
    "follow_up_draws",
    day("drawn_on", needed=True),
    Column("seed", String, nullable=False),
    listed("candidates"),
    listed("drawn"),
    *recorded(),
    Index(None, "centre_id", "drawn_on"),
)
saved_filters = record(
    "saved_filters",
    number("user_id", needed=True),
    Column("name", Text, nullable=False),
    Column("content", JSON, nullable=False, default=dict, server_default="{}"),
    Column("saved_at", DateTime, nullable=False),
    refers("user_id", "users"),
    UniqueConstraint("centre_id", "user_id", "name"),
)
