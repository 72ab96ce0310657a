"""The tables, as they are today. How a store gets here is told by the steps in `migrations/`.

Every table carries the centre, and every reference goes through it, so that several centres can share one store and the
tables can be spread by centre (store of several desks). Keys are dense integers; `uid` (UUIDv7) is for exchange.
Times are wall time of the desk, without zone: all of China keeps one.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
)

from mediation_desk.domain.agreement import AgreementForm, AgreementKind, ObligationKind, SignatureKind, SignerRole
from mediation_desk.domain.case import (
    Answer,
    AssignmentRole,
    AttachmentKind,
    ChosenBy,
    DecisionKind,
    EventKind,
    NumberKind,
    OutcomeKind,
    RecusalAnswer,
    SessionResult,
)
from mediation_desk.domain.centre import CommitteePost
from mediation_desk.domain.mediator import AppointmentKind, Presence
from mediation_desk.domain.party import AgentKind, Capacity, PartyKind, Side

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Word(TypeDecorator[StrEnum]):
    """A word of the trade, kept by its English key."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self.kind(value)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="")


def _day(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Date, nullable=not needed)


def _word(name: str, kind: type[StrEnum], *, needed: bool = True) -> Column[Any]:
    return Column(name, Word(kind), nullable=not needed)


def _list(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False, default=list, server_default="[]")


def _flag(name: str, *, default: bool = False) -> Column[Any]:
    return Column(name, Boolean, nullable=False, default=default, server_default="1" if default else "0")


def _number(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=not needed)


def _fen(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=not needed)


def _recorded(*, needed: bool = True) -> list[Column[Any]]:
    return [_number("by_id", needed=needed), Column("recorded_at", DateTime, nullable=not needed)]


def _refers(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["centre_id", column], [f"{table}.centre_id", f"{table}.id"])


def _record(name: str, *parts: Any) -> Table:
    """A table whose rows others may refer to: its own key, the centre's, and a uid for exchange."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("centre_id", Integer, ForeignKey("centres.id"), nullable=False),
        Column("uid", String, nullable=False),
        UniqueConstraint("centre_id", "id"),
        UniqueConstraint("centre_id", "uid"),
        *parts,
    )


def _part(name: str, whole: str, key: str, *parts: Any, referred: bool = False) -> Table:
    """A table whose rows are part of one row of `whole`; `referred` where it has parts of its own."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("centre_id", Integer, nullable=False),
        Column(key, Integer, nullable=False),
        *parts,
        _refers(key, whole),
        *([UniqueConstraint("centre_id", "id")] if referred else []),
        Index(None, "centre_id", key),
    )


def _part_of_case(name: str, *parts: Any, referred: bool = False) -> Table:
    return _part(name, "cases", "case_id", *parts, referred=referred)


centres = Table(
    "centres",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    _text("area_code"),
    _text("address"),
    _text("phone"),
    _flag("is_practice"),
)
users = _record("users", Column("name", Text, nullable=False), _flag("active", default=True))
committees = _record(
    "committees",
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    _text("body"),
    _day("term_start"),
    _day("term_end"),
    _flag("active", default=True),
    Column("number_formats", JSON, nullable=False, default=dict, server_default="{}"),
)
committee_members = _part(
    "committee_members",
    "committees",
    "committee_id",
    Column("name", Text, nullable=False),
    _word("post", CommitteePost),
    _text("gender"),
)
mediators = _record(
    "mediators",
    Column("name", Text, nullable=False),
    _text("gender"),
    _day("birth_date"),
    _text("unit"),
    _text("profession"),
    _word("presence", Presence),
    _list("weekly_pattern"),
    Column("call_order", Integer, nullable=False, default=0, server_default="0"),
    _list("specialities"),
    _list("languages"),
    _text("phone"),
    _text("note"),
    _day("left_on"),
)
appointments = _part(
    "appointments",
    "mediators",
    "mediator_id",
    _number("committee_id", needed=True),
    _word("kind", AppointmentKind),
    _day("since", needed=True),
    _day("until"),
    _refers("committee_id", "committees"),
)
cases = _record(
    "cases",
    Column("version_id", Integer, nullable=False),
    Column("stage", String, nullable=False),
    _text("number"),
    _text("title"),
    _day("requested_on", needed=True),
    Column("registered_at", DateTime, nullable=False),
    _number("first_contact_id", needed=True),
    _text("matter"),
    _text("demand"),
    _day("occurred_on"),
    _text("occurred_at"),
    _text("dispute_kind"),
    _text("event_category"),
    _text("case_source"),
    _text("source_document"),
    _text("channel"),
    _number("people_involved"),
    _fen("claimed_fen"),
    _list("safety_flags"),
    _text("safety_note"),
    _text("remark"),
    _number("committee_id"),
    _text("query_code"),
    _refers("first_contact_id", "users"),
    _refers("committee_id", "committees"),
    Index(None, "centre_id", "stage", "registered_at"),
    Index(None, "centre_id", "number"),
    Index(None, "centre_id", "query_code"),
)
parties = _part_of_case(
    "parties",
    _number("no", needed=True),
    _word("side", Side),
    _word("kind", PartyKind),
    Column("name", Text, nullable=False),
    _text("aliases"),
    _text("gender"),
    _text("ethnicity"),
    _text("nationality"),
    _day("birth_date"),
    _text("id_paper"),
    _text("id_number"),
    _text("no_paper_reason"),
    _text("occupation"),
    _text("workplace"),
    _text("address"),
    _text("phone"),
    _word("capacity", Capacity, needed=False),
    _flag("self_supporting"),
    _text("legal_representative"),
    _text("legal_representative_post"),
    _text("uscc"),
    _flag("represents_group"),
    Index(None, "centre_id", "name"),
    Index(None, "centre_id", "id_number"),
    Index(None, "centre_id", "phone"),
    referred=True,
)
agents = _part(
    "agents",
    "parties",
    "party_id",
    _word("kind", AgentKind),
    Column("name", Text, nullable=False),
    _text("relation"),
    _list("powers"),
    _text("powers_other"),
    _text("phone"),
    _text("id_paper"),
    _text("id_number"),
    _text("address"),
)
willingness = _part_of_case(
    "willingness",
    _number("party_no", needed=True),
    _word("answer", Answer),
    Column("asked_at", DateTime, nullable=False),
    _text("channel"),
    _text("note"),
    *_recorded(),
)
triages = _part_of_case(
    "triages",
    Column("path", String, nullable=False),
    _text("reason"),
    _day("decided_on", needed=True),
    *_recorded(),
)
decisions = _part_of_case(
    "decisions",
    _word("kind", DecisionKind),
    _day("decided_on", needed=True),
    _number("committee_id"),
    _text("reason_code"),
    _text("reason"),
    _text("handed_to"),
    *_recorded(),
    _refers("committee_id", "committees"),
)
counters = Table(
    "counters",
    metadata,
    Column("centre_id", Integer, ForeignKey("centres.id"), primary_key=True),
    Column("committee_id", Integer, primary_key=True),
    Column("kind", Word(NumberKind), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    _refers("committee_id", "committees"),
)
issued_numbers = _part_of_case(
    "issued_numbers",
    _number("committee_id", needed=True),
    _word("kind", NumberKind),
    _number("year", needed=True),
    _number("seq", needed=True),
    Column("text", Text, nullable=False),
    _number("by_id", needed=True),
    Column("issued_at", DateTime, nullable=False),
    Column("voided_at", DateTime),
    _text("void_reason"),
    _refers("committee_id", "committees"),
    UniqueConstraint("centre_id", "committee_id", "kind", "year", "seq"),
    UniqueConstraint("centre_id", "text"),
)
assignments = _part_of_case(
    "assignments",
    _number("mediator_id", needed=True),
    _word("role", AssignmentRole),
    _text("title"),
    _word("chosen_by", ChosenBy),
    _list("chosen_by_nos"),
    _word("kinship", RecusalAnswer),
    _word("same_employer", RecusalAnswer),
    _word("earlier_role", RecusalAnswer),
    _text("despite_reason"),
    _day("assigned_on", needed=True),
    _day("ended_on"),
    _text("end_reason"),
    *_recorded(),
    _refers("mediator_id", "mediators"),
    Index(None, "centre_id", "mediator_id"),
)
sessions = _part_of_case(
    "sessions",
    _number("no", needed=True),
    _day("held_on", needed=True),
    Column("began", Time),
    Column("ended", Time),
    _text("place"),
    _text("subject"),
    _flag("is_open"),
    _list("present_nos"),
    _text("present_note"),
    _text("participants"),
    _flag("participants_agreed"),
    _flag("rights_told"),
    _text("record"),
    _word("result", SessionResult),
    _list("mediator_ids"),
    _text("recorder"),
    *_recorded(),
)
confidential_notes = _part_of_case(
    "confidential_notes", _number("session_no"), Column("text", Text, nullable=False), *_recorded()
)
outcomes = _part_of_case(
    "outcomes",
    _word("kind", OutcomeKind),
    _day("ended_on", needed=True),
    _text("reason_code"),
    _text("reason"),
    *_recorded(),
)
agreements = _part_of_case(
    "agreements",
    _number("no", needed=True),
    _word("form", AgreementForm),
    _word("kind", AgreementKind),
    _text("facts"),
    _text("performance_terms"),
    _day("made_on"),
    _list("party_nos"),
    _list("mediator_ids"),
    _text("recorder"),
    _list("extra_holders"),
    _text("number"),
    Column("frozen_at", DateTime),
    _number("frozen_by_id"),
    _text("digest"),
    Column("withdrawn_at", DateTime),
    _text("withdrawn_reason"),
    _flag("confirmation_wanted"),
    _text("despite_reason"),
    _text("content_digest"),
    _day("effect_day"),
    Index(None, "centre_id", "effect_day"),
    referred=True,
)
clauses = _part("clauses", "agreements", "agreement_id", Column("text", Text, nullable=False))
obligations = _part(
    "obligations",
    "agreements",
    "agreement_id",
    _number("no", needed=True),
    _word("kind", ObligationKind),
    _number("payer_no"),
    _text("payer_name"),
    _number("payee_no"),
    _text("payee_name"),
    _fen("amount_fen"),
    _text("what"),
    _text("means"),
    _day("due_on"),
    _flag("at_once"),
    referred=True,
)
instalments = _part(
    "instalments", "obligations", "obligation_id", _day("due_on", needed=True), _fen("amount_fen", needed=True)
)
performances = _part(
    "performances",
    "obligations",
    "obligation_id",
    _day("done_on", needed=True),
    _fen("amount_fen"),
    _text("note"),
    *_recorded(),
)
signatures = _part(
    "signatures",
    "agreements",
    "agreement_id",
    _word("role", SignerRole),
    _number("party_no"),
    _number("mediator_id"),
    _text("signer_name"),
    _word("kind", SignatureKind),
    _day("signed_on", needed=True),
    _text("witness"),
    *_recorded(),
)
frozen_papers = Table(
    "frozen_papers",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("agreement_id", Integer, primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
    _refers("agreement_id", "agreements"),
)
follow_ups = _part_of_case(
    "follow_ups",
    _day("due_on", needed=True),
    _text("subject"),
    _day("done_on"),
    _text("situation"),
    _text("visitor"),
    *_recorded(needed=False),
    Index(None, "centre_id", "done_on", "due_on"),
)
closings = _part_of_case(
    "closings",
    _day("closed_on", needed=True),
    _list("missing_papers"),
    _text("despite_reason"),
    *_recorded(),
)
attachments = _part_of_case(
    "attachments",
    _word("kind", AttachmentKind),
    _number("agreement_no"),
    Column("file_name", Text, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    *_recorded(),
    referred=True,
)
attachment_contents = Table(
    "attachment_contents",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("attachment_id", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    _refers("attachment_id", "attachments"),
)
paper_entries = _part_of_case(
    "paper_entries",
    Column("code", String, nullable=False),
    _number("no", needed=True),
    Column("values", JSON, nullable=False, default=dict, server_default="{}"),
    *_recorded(),
    UniqueConstraint("centre_id", "case_id", "code", "no"),
)
paper_versions = _part_of_case(
    "paper_versions",
    Column("code", String, nullable=False),
    _number("no", needed=True),
    Column("title", Text, nullable=False),
    _list("content"),
    Column("digest", String, nullable=False),
    Column("copies", Integer, nullable=False, default=0, server_default="0"),
    _number("by_id", needed=True),
    Column("kept_at", DateTime, nullable=False),
    Index(None, "centre_id", "case_id", "code", "no"),
)
blank_forms = Table(
    "blank_forms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("centre_id", Integer, ForeignKey("centres.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("number", String, nullable=False),
    _number("by_id", needed=True),
    Column("printed_at", DateTime, nullable=False),
    _number("case_id"),
    Column("used_at", DateTime),
    _refers("case_id", "cases"),
    UniqueConstraint("centre_id", "number"),
)
blank_counters = Table(
    "blank_counters",
    metadata,
    Column("centre_id", Integer, ForeignKey("centres.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
events = _part_of_case(
    "events",
    _word("kind", EventKind),
    _day("happened_on", needed=True),
    _text("text"),
    *_recorded(),
)
drafts = _record(
    "drafts",
    Column("form", String, nullable=False),
    _number("case_id"),
    _number("user_id", needed=True),
    _text("label"),
    Column("content", JSON, nullable=False),
    Column("saved_at", DateTime, nullable=False),
    Column("parked_at", DateTime),
    _refers("user_id", "users"),
    Index(None, "centre_id", "user_id", "form"),
)
