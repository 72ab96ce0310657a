"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:

    op.create_table(
        "centres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("is_practice", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres")),
        sa.UniqueConstraint("uid", name=op.f("uq_centres_uid")),
    )
    op.create_table(
        "committees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("term_start", sa.Date(), nullable=True),
        sa.Column("term_end", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("number_formats", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_committees_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committees")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_committees_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_committees_centre_id_uid")),
    )
    op.create_table(
        "mediators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("profession", sa.Text(), server_default="", nullable=False),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("weekly_pattern", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("call_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("specialities", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("languages", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_mediators_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediators")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_mediators_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_mediators_centre_id_uid")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_users_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_users_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_users_centre_id_uid")),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_appointments_centre_id_committee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_appointments_centre_id_mediator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(
        op.f("ix_appointments_centre_id_mediator_id"), "appointments", ["centre_id", "mediator_id"], unique=False
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("first_contact_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Text(), server_default="", nullable=False),
        sa.Column("demand", sa.Text(), server_default="", nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("occurred_at", sa.Text(), server_default="", nullable=False),
        sa.Column("dispute_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("event_category", sa.Text(), server_default="", nullable=False),
        sa.Column("case_source", sa.Text(), server_default="", nullable=False),
        sa.Column("source_document", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("people_involved", sa.Integer(), nullable=True),
        sa.Column("claimed_fen", sa.BigInteger(), nullable=True),
        sa.Column("safety_flags", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("safety_note", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_cases_centre_id_committee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "first_contact_id"],
            ["users.centre_id", "users.id"],
            name=op.f("fk_cases_centre_id_first_contact_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_cases_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_cases_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_cases_centre_id_uid")),
    )
    op.create_index(op.f("ix_cases_centre_id_number"), "cases", ["centre_id", "number"], unique=False)
    op.create_index(
        op.f("ix_cases_centre_id_stage_registered_at"), "cases", ["centre_id", "stage", "registered_at"], unique=False
    )
    op.create_table(
        "committee_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_committee_members_centre_id_committee_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_members")),
    )
    op.create_index(
        op.f("ix_committee_members_centre_id_committee_id"),
        "committee_members",
        ["centre_id", "committee_id"],
        unique=False,
    )
    op.create_table(
        "counters",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_counters_centre_id_committee_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_counters_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", "committee_id", "kind", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("parked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "user_id"], ["users.centre_id", "users.id"], name=op.f("fk_drafts_centre_id_user_id")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_drafts_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_drafts_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_drafts_centre_id_uid")),
    )
    op.create_index(op.f("ix_drafts_centre_id_user_id_form"), "drafts", ["centre_id", "user_id", "form"], unique=False)
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), server_default="", nullable=False),
        sa.Column("performance_terms", sa.Text(), server_default="", nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("party_nos", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("mediator_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("recorder", sa.Text(), server_default="", nullable=False),
        sa.Column("extra_holders", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("effect_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_agreements_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_agreements_centre_id_id")),
    )
    op.create_index(op.f("ix_agreements_centre_id_case_id"), "agreements", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_agreements_centre_id_effect_day"), "agreements", ["centre_id", "effect_day"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("chosen_by_nos", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("kinship", sa.String(), nullable=False),
        sa.Column("same_employer", sa.String(), nullable=False),
        sa.Column("earlier_role", sa.String(), nullable=False),
        sa.Column("despite_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_assignments_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_assignments_centre_id_mediator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_centre_id_case_id"), "assignments", ["centre_id", "case_id"], unique=False)
    op.create_index(
        op.f("ix_assignments_centre_id_mediator_id"), "assignments", ["centre_id", "mediator_id"], unique=False
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("agreement_no", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_attachments_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_attachments_centre_id_id")),
    )
    op.create_index(op.f("ix_attachments_centre_id_case_id"), "attachments", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("missing_papers", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("despite_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_closings_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closings")),
    )
    op.create_index(op.f("ix_closings_centre_id_case_id"), "closings", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "confidential_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"],
            ["cases.centre_id", "cases.id"],
            name=op.f("fk_confidential_notes_centre_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidential_notes")),
    )
    op.create_index(
        op.f("ix_confidential_notes_centre_id_case_id"), "confidential_notes", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("reason_code", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("handed_to", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_decisions_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_decisions_centre_id_committee_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_centre_id_case_id"), "decisions", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_events_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_centre_id_case_id"), "events", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("situation", sa.Text(), server_default="", nullable=False),
        sa.Column("visitor", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_follow_ups_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_centre_id_case_id"), "follow_ups", ["centre_id", "case_id"], unique=False)
    op.create_index(
        op.f("ix_follow_ups_centre_id_done_on_due_on"), "follow_ups", ["centre_id", "done_on", "due_on"], unique=False
    )
    op.create_table(
        "issued_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_issued_numbers_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "committee_id"],
            ["committees.centre_id", "committees.id"],
            name=op.f("fk_issued_numbers_centre_id_committee_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_numbers")),
        sa.UniqueConstraint(
            "centre_id",
            "committee_id",
            "kind",
            "year",
            "seq",
            name=op.f("uq_issued_numbers_centre_id_committee_id_kind_year_seq"),
        ),
        sa.UniqueConstraint("centre_id", "text", name=op.f("uq_issued_numbers_centre_id_text")),
    )
    op.create_index(
        op.f("ix_issued_numbers_centre_id_case_id"), "issued_numbers", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("reason_code", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_outcomes_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_centre_id_case_id"), "outcomes", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), server_default="", nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.Column("ethnicity", sa.Text(), server_default="", nullable=False),
        sa.Column("nationality", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_paper", sa.Text(), server_default="", nullable=False),
        sa.Column("id_number", sa.Text(), server_default="", nullable=False),
        sa.Column("no_paper_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("occupation", sa.Text(), server_default="", nullable=False),
        sa.Column("workplace", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.Column("self_supporting", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("legal_representative", sa.Text(), server_default="", nullable=False),
        sa.Column("legal_representative_post", sa.Text(), server_default="", nullable=False),
        sa.Column("uscc", sa.Text(), server_default="", nullable=False),
        sa.Column("represents_group", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_parties_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_parties_centre_id_id")),
    )
    op.create_index(op.f("ix_parties_centre_id_case_id"), "parties", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_parties_centre_id_id_number"), "parties", ["centre_id", "id_number"], unique=False)
    op.create_index(op.f("ix_parties_centre_id_name"), "parties", ["centre_id", "name"], unique=False)
    op.create_index(op.f("ix_parties_centre_id_phone"), "parties", ["centre_id", "phone"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("began", sa.Time(), nullable=True),
        sa.Column("ended", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("present_nos", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("present_note", sa.Text(), server_default="", nullable=False),
        sa.Column("participants", sa.Text(), server_default="", nullable=False),
        sa.Column("participants_agreed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("rights_told", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("record", sa.Text(), server_default="", nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("mediator_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("recorder", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_sessions_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_centre_id_case_id"), "sessions", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "triages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_triages_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triages")),
    )
    op.create_index(op.f("ix_triages_centre_id_case_id"), "triages", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "willingness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_no", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_willingness_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_willingness")),
    )
    op.create_index(op.f("ix_willingness_centre_id_case_id"), "willingness", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "agents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), server_default="", nullable=False),
        sa.Column("powers", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("powers_other", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("id_paper", sa.Text(), server_default="", nullable=False),
        sa.Column("id_number", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "party_id"], ["parties.centre_id", "parties.id"], name=op.f("fk_agents_centre_id_party_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agents")),
    )
    op.create_index(op.f("ix_agents_centre_id_party_id"), "agents", ["centre_id", "party_id"], unique=False)
    op.create_table(
        "attachment_contents",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "attachment_id"],
            ["attachments.centre_id", "attachments.id"],
            name=op.f("fk_attachment_contents_centre_id_attachment_id"),
        ),
        sa.PrimaryKeyConstraint("centre_id", "attachment_id", name=op.f("pk_attachment_contents")),
    )
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "agreement_id"],
            ["agreements.centre_id", "agreements.id"],
            name=op.f("fk_clauses_centre_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
    )
    op.create_index(op.f("ix_clauses_centre_id_agreement_id"), "clauses", ["centre_id", "agreement_id"], unique=False)
    op.create_table(
        "frozen_papers",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "agreement_id"],
            ["agreements.centre_id", "agreements.id"],
            name=op.f("fk_frozen_papers_centre_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("centre_id", "agreement_id", name=op.f("pk_frozen_papers")),
    )
    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payer_no", sa.Integer(), nullable=True),
        sa.Column("payer_name", sa.Text(), server_default="", nullable=False),
        sa.Column("payee_no", sa.Integer(), nullable=True),
        sa.Column("payee_name", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("means", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at_once", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "agreement_id"],
            ["agreements.centre_id", "agreements.id"],
            name=op.f("fk_obligations_centre_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_obligations_centre_id_id")),
    )
    op.create_index(
        op.f("ix_obligations_centre_id_agreement_id"), "obligations", ["centre_id", "agreement_id"], unique=False
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("party_no", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("signer_name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("witness", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "agreement_id"],
            ["agreements.centre_id", "agreements.id"],
            name=op.f("fk_signatures_centre_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    op.create_index(
        op.f("ix_signatures_centre_id_agreement_id"), "signatures", ["centre_id", "agreement_id"], unique=False
    )
    op.create_table(
        "instalments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "obligation_id"],
            ["obligations.centre_id", "obligations.id"],
            name=op.f("fk_instalments_centre_id_obligation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalments")),
    )
    op.create_index(
        op.f("ix_instalments_centre_id_obligation_id"), "instalments", ["centre_id", "obligation_id"], unique=False
    )
    op.create_table(
        "performances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "obligation_id"],
            ["obligations.centre_id", "obligations.id"],
            name=op.f("fk_performances_centre_id_obligation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performances")),
    )
    op.create_index(
        op.f("ix_performances_centre_id_obligation_id"), "performances", ["centre_id", "obligation_id"], unique=False
    )
