"""Time limits that stop and grow, petitions, referrals, supervision, what follows an agreement, related cases."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NEW = (
    "clock_stops",
    "extensions",
    "petitions",
    "petition_steps",
    "referrals",
    "referral_steps",
    "supervision_orders",
    "conferences",
    "conference_decisions",
    "lead_cadres",
    "cadre_visits",
    "suggestions",
    "risk_assessments",
    "red_flags",
    "red_flag_reports",
    "responsibility_transfers",
    "confirmation_steps",
    "breaches",
    "lawsuits",
    "ratings",
    "follow_up_draws",
    "relations",
    "upstream_entries",
    "saved_filters",
)


def upgrade() -> None:
    _make_time_facts()
    _make_petitions_and_referrals()
    _make_supervision()
    _make_risk_and_responsibility()
    _make_what_follows_an_agreement()
    _make_relations()
    _make_upstream_and_filters()
    _let_cases_be_reopened()
    _mark_the_dangers_of_open_cases()
    _let_obligations_be_waived()
    if op.get_bind().dialect.name == "postgresql":
        _let_keys_begin_with_the_centre()


def _make_time_facts() -> None:
    op.create_table(
        "clock_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_clock_stops_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_stops")),
    )
    op.create_index(op.f("ix_clock_stops_centre_id_case_id"), "clock_stops", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_extensions_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_centre_id_case_id"), "extensions", ["centre_id", "case_id"], unique=False)


def _make_petitions_and_referrals() -> None:
    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("domain", sa.Text(), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("contact_clear", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("accused_unit", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_petitions_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_petitions_centre_id_id")),
    )
    op.create_index(op.f("ix_petitions_centre_id_case_id"), "petitions", ["centre_id", "case_id"], unique=False)
    op.create_index(
        op.f("ix_petitions_centre_id_accused_unit"), "petitions", ["centre_id", "accused_unit"], unique=False
    )
    op.create_index(op.f("ix_petitions_centre_id_received_on"), "petitions", ["centre_id", "received_on"], unique=False)
    op.create_table(
        "petition_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "petition_id"],
            ["petitions.centre_id", "petitions.id"],
            name=op.f("fk_petition_steps_centre_id_petition_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_steps")),
    )
    op.create_index(
        op.f("ix_petition_steps_centre_id_petition_id"), "petition_steps", ["centre_id", "petition_id"], unique=False
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("document_no", sa.Text(), server_default="", nullable=False),
        sa.Column("matter", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_referrals_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_referrals_centre_id_id")),
    )
    op.create_index(op.f("ix_referrals_centre_id_case_id"), "referrals", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_referrals_centre_id_due_on"), "referrals", ["centre_id", "due_on"], unique=False)
    op.create_table(
        "referral_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("person", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "referral_id"],
            ["referrals.centre_id", "referrals.id"],
            name=op.f("fk_referral_steps_centre_id_referral_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
    )
    op.create_index(
        op.f("ix_referral_steps_centre_id_referral_id"), "referral_steps", ["centre_id", "referral_id"], unique=False
    )


def _make_supervision() -> None:
    op.create_table(
        "supervision_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("fault_code", sa.String(), nullable=False),
        sa.Column("demand", sa.Text(), server_default="", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_supervision_orders_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_orders")),
    )
    op.create_index(
        op.f("ix_supervision_orders_centre_id_case_id"), "supervision_orders", ["centre_id", "case_id"], unique=False
    )
    op.create_index(
        op.f("ix_supervision_orders_centre_id_settled_on_due_on"),
        "supervision_orders",
        ["centre_id", "settled_on", "due_on"],
        unique=False,
    )
    op.create_table(
        "conferences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("chair", sa.Text(), server_default="", nullable=False),
        sa.Column("units", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("minutes", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_conferences_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferences")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_conferences_centre_id_id")),
    )
    op.create_index(op.f("ix_conferences_centre_id_case_id"), "conferences", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_conferences_centre_id_held_on"), "conferences", ["centre_id", "held_on"], unique=False)
    op.create_table(
        "conference_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("helpers", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_note", sa.Text(), server_default="", nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "conference_id"],
            ["conferences.centre_id", "conferences.id"],
            name=op.f("fk_conference_decisions_centre_id_conference_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_decisions")),
    )
    op.create_index(
        op.f("ix_conference_decisions_centre_id_conference_id"),
        "conference_decisions",
        ["centre_id", "conference_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conference_decisions_centre_id_done_on_due_on"),
        "conference_decisions",
        ["centre_id", "done_on", "due_on"],
        unique=False,
    )
    op.create_table(
        "lead_cadres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_lead_cadres_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_cadres")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_lead_cadres_centre_id_id")),
    )
    op.create_index(op.f("ix_lead_cadres_centre_id_case_id"), "lead_cadres", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "cadre_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("lead_cadre_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("manner", sa.Text(), server_default="", nullable=False),
        sa.Column("situation", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "lead_cadre_id"],
            ["lead_cadres.centre_id", "lead_cadres.id"],
            name=op.f("fk_cadre_visits_centre_id_lead_cadre_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadre_visits")),
    )
    op.create_index(
        op.f("ix_cadre_visits_centre_id_lead_cadre_id"), "cadre_visits", ["centre_id", "lead_cadre_id"], unique=False
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_suggestions_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_centre_id_case_id"), "suggestions", ["centre_id", "case_id"], unique=False)


def _make_risk_and_responsibility() -> None:
    op.create_table(
        "risk_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("assessed_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_risk_assessments_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessments")),
    )
    op.create_index(
        op.f("ix_risk_assessments_centre_id_case_id"), "risk_assessments", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "red_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("met_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_red_flags_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_flags")),
    )
    op.create_index(op.f("ix_red_flags_centre_id_case_id"), "red_flags", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_red_flags_centre_id_met_at"), "red_flags", ["centre_id", "met_at"], unique=False)
    op.create_table(
        "red_flag_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("reported_to", sa.Text(), server_default="", nullable=False),
        sa.Column("measures", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_red_flag_reports_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_flag_reports")),
    )
    op.create_index(
        op.f("ix_red_flag_reports_centre_id_case_id"), "red_flag_reports", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "responsibility_transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_responsibility_transfers_centre_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "to_id"],
            ["users.centre_id", "users.id"],
            name=op.f("fk_responsibility_transfers_centre_id_to_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_transfers")),
    )
    op.create_index(
        op.f("ix_responsibility_transfers_centre_id_case_id"),
        "responsibility_transfers",
        ["centre_id", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_responsibility_transfers_centre_id_to_id"),
        "responsibility_transfers",
        ["centre_id", "to_id"],
        unique=False,
    )


def _make_what_follows_an_agreement() -> None:
    op.create_table(
        "confirmation_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agreement_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("court", sa.Text(), server_default="", nullable=False),
        sa.Column("court_number", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_confirmation_steps_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_steps")),
    )
    op.create_index(
        op.f("ix_confirmation_steps_centre_id_case_id"), "confirmation_steps", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "breaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agreement_no", sa.Integer(), nullable=False),
        sa.Column("obligation_no", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("situation", sa.Text(), server_default="", nullable=False),
        sa.Column("measures", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_breaches_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
    )
    op.create_index(op.f("ix_breaches_centre_id_case_id"), "breaches", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "lawsuits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agreement_no", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("plaintiff_no", sa.Integer(), nullable=True),
        sa.Column("court", sa.Text(), server_default="", nullable=False),
        sa.Column("claim", sa.Text(), server_default="", nullable=False),
        sa.Column("result_code", sa.Text(), server_default="", nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_lawsuits_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawsuits")),
    )
    op.create_index(op.f("ix_lawsuits_centre_id_case_id"), "lawsuits", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_no", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_ratings_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
    )
    op.create_index(op.f("ix_ratings_centre_id_case_id"), "ratings", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "follow_up_draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("drawn", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_follow_up_draws_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_draws")),
    )
    op.create_index(
        op.f("ix_follow_up_draws_centre_id_drawn_on"), "follow_up_draws", ["centre_id", "drawn_on"], unique=False
    )


def _make_relations() -> None:
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("main_id", sa.Integer(), nullable=False),
        sa.Column("party_no", sa.Integer(), nullable=True),
        sa.Column("other_party_no", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_relations_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "main_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_relations_centre_id_main_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "other_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_relations_centre_id_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
    )
    op.create_index(op.f("ix_relations_centre_id_case_id"), "relations", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_relations_centre_id_main_id"), "relations", ["centre_id", "main_id"], unique=False)
    op.create_index(op.f("ix_relations_centre_id_other_id"), "relations", ["centre_id", "other_id"], unique=False)


def _make_upstream_and_filters() -> None:
    op.create_table(
        "upstream_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_upstream_entries_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upstream_entries")),
    )
    op.create_index(
        op.f("ix_upstream_entries_centre_id_case_id"), "upstream_entries", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "user_id"], ["users.centre_id", "users.id"], name=op.f("fk_saved_filters_centre_id_user_id")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_saved_filters_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_saved_filters_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_saved_filters_centre_id_uid")),
        sa.UniqueConstraint("centre_id", "user_id", "name", name=op.f("uq_saved_filters_centre_id_user_id_name")),
    )


def _let_cases_be_reopened() -> None:
    op.add_column("closings", sa.Column("reopened_on", sa.Date(), nullable=True))
    op.add_column("closings", sa.Column("reopened_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("closings", sa.Column("reopened_by_id", sa.Integer(), nullable=True))
    op.add_column("closings", sa.Column("reopened_at", sa.DateTime(), nullable=True))


def _mark_the_dangers_of_open_cases() -> None:
    """A report was owed of each since the case was registered; nothing was ever recorded about it."""
    cases = sa.table(
        "cases",
        *(sa.column(name) for name in ("id", "centre_id", "stage", "first_contact_id")),
        sa.column("registered_at", sa.DateTime()),
        sa.column("safety_flags", sa.JSON()),
    )
    red_flags = sa.table(
        "red_flags",
        *(sa.column(name) for name in ("centre_id", "case_id", "flag", "by_id")),
        sa.column("recorded_at", sa.DateTime()),
    )
    flagged = sa.select(cases).where(cases.c.stage != "closed", sa.cast(cases.c.safety_flags, sa.Text()) != "[]")
    rows = [
        {
            "centre_id": case.centre_id,
            "case_id": case.id,
            "flag": flag,
            "by_id": case.first_contact_id,
            "recorded_at": case.registered_at,
        }
        for case in op.get_bind().execute(flagged.order_by(cases.c.id))
        for flag in case.safety_flags
    ]
    if rows:
        op.bulk_insert(red_flags, rows)


def _let_obligations_be_waived() -> None:
    op.add_column("obligations", sa.Column("waived_on", sa.Date(), nullable=True))
    op.add_column("obligations", sa.Column("waived_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("obligations", sa.Column("waived_by_id", sa.Integer(), nullable=True))


def _let_keys_begin_with_the_centre() -> None:
    """As those of every other table of a store of several desks."""
    for table in _NEW:
        op.execute(f'alter table {table} drop constraint "pk_{table}"')
        op.execute(f'alter table {table} add constraint "pk_{table}" primary key (centre_id, id)')
