"""Presence, duty rosters, assignment with reasons and call-outs, and what the centre itself set."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _add_to_the_house()
    _make_presence()
    _make_own_rules()
    _make_rosters()
    _make_the_choice_of_mediators()
    _make_call_outs()


def _add_to_the_house() -> None:
    op.add_column("centres", sa.Column("opening_pattern", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("mediators", sa.Column("joined_on", sa.Date(), nullable=True))
    op.add_column("mediators", sa.Column("other_professions", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("mediators", sa.Column("response_minutes", sa.Integer(), nullable=True))
    op.add_column("mediators", sa.Column("travel_minutes", sa.Integer(), nullable=True))
    op.add_column("mediators", sa.Column("call_from", sa.Time(), nullable=True))
    op.add_column("mediators", sa.Column("call_until", sa.Time(), nullable=True))
    op.add_column("mediators", sa.Column("day_most", sa.Integer(), nullable=True))
    op.add_column("mediators", sa.Column("week_most", sa.Integer(), nullable=True))
    op.add_column("mediators", sa.Column("month_most", sa.Integer(), nullable=True))
    op.add_column("mediators", sa.Column("share", sa.Integer(), server_default="100", nullable=False))
    op.add_column("mediators", sa.Column("case_most", sa.Integer(), nullable=True))


def _make_presence() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("first_half", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("last_half", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_leaves_centre_id_mediator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "substitute_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_leaves_centre_id_substitute_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_leaves_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index(op.f("ix_leaves_centre_id_last_day"), "leaves", ["centre_id", "last_day"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_attendances_centre_id_mediator_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_attendances_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_attendances_centre_id_day"), "attendances", ["centre_id", "day"], unique=False)
    op.create_table(
        "opening_exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_opening_exceptions_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_exceptions")),
    )
    op.create_index(
        op.f("ix_opening_exceptions_centre_id_day"), "opening_exceptions", ["centre_id", "day"], unique=False
    )


def _make_own_rules() -> None:
    op.create_table(
        "own_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_own_settings_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_settings")),
    )
    op.create_table(
        "holiday_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_holiday_notices_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_notices")),
    )


def _make_rosters() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("weekly_pattern", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_posts_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_posts_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_posts_centre_id_uid")),
    )
    op.create_table(
        "unit_clashes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("one_unit", sa.Text(), nullable=False),
        sa.Column("other_unit", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_unit_clashes_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_clashes")),
    )
    op.create_table(
        "wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_wishes_centre_id_mediator_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_wishes_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
        sa.UniqueConstraint(
            "centre_id", "mediator_id", "day", "half", name=op.f("uq_wishes_centre_id_mediator_id_day_half")
        ),
    )
    op.create_index(op.f("ix_wishes_centre_id_day"), "wishes", ["centre_id", "day"], unique=False)
    op.create_table(
        "duty_rosters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("method", sa.Text(), server_default="", nullable=False),
        sa.Column("levels", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("unconfirmed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_duty_rosters_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_rosters")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_duty_rosters_centre_id_id")),
        sa.UniqueConstraint("centre_id", "month", "version", name=op.f("uq_duty_rosters_centre_id_month_version")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_duty_rosters_centre_id_uid")),
    )
    op.create_table(
        "duty_shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("locked", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_duty_shifts_centre_id_mediator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "post_id"], ["posts.centre_id", "posts.id"], name=op.f("fk_duty_shifts_centre_id_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "roster_id"],
            ["duty_rosters.centre_id", "duty_rosters.id"],
            name=op.f("fk_duty_shifts_centre_id_roster_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
    )
    op.create_index(op.f("ix_duty_shifts_centre_id_day"), "duty_shifts", ["centre_id", "day"], unique=False)
    op.create_index(
        op.f("ix_duty_shifts_centre_id_mediator_id_day"),
        "duty_shifts",
        ["centre_id", "mediator_id", "day"],
        unique=False,
    )
    op.create_index(op.f("ix_duty_shifts_centre_id_roster_id"), "duty_shifts", ["centre_id", "roster_id"], unique=False)
    op.create_table(
        "swap_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("back_day", sa.Date(), nullable=True),
        sa.Column("back_half", sa.String(), nullable=True),
        sa.Column("back_post_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("answer_note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("roster_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "asker_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_swap_requests_centre_id_asker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "post_id"], ["posts.centre_id", "posts.id"], name=op.f("fk_swap_requests_centre_id_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "taker_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_swap_requests_centre_id_taker_id"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_swap_requests_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_requests")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_swap_requests_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_swap_requests_centre_id_uid")),
    )
    op.create_index(op.f("ix_swap_requests_centre_id_month"), "swap_requests", ["centre_id", "month"], unique=False)


def _make_the_choice_of_mediators() -> None:
    op.add_column("cases", sa.Column("mediator_gender_wish", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("has_interpreter", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("parties", sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "stances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_no", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_stances_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_stances_centre_id_mediator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
    )
    op.create_index(op.f("ix_stances_centre_id_case_id"), "stances", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "recusal_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_recusal_checks_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_recusal_checks_centre_id_mediator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal_checks")),
    )
    op.create_index(
        op.f("ix_recusal_checks_centre_id_case_id"), "recusal_checks", ["centre_id", "case_id"], unique=False
    )
    op.create_table(
        "rankings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("weights", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("candidates", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("excluded", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("draw", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("chosen_id", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_rankings_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rankings")),
        sa.UniqueConstraint("centre_id", "case_id", "no", name=op.f("uq_rankings_centre_id_case_id_no")),
    )
    op.create_index(op.f("ix_rankings_centre_id_case_id"), "rankings", ["centre_id", "case_id"], unique=False)
    op.add_column("assignments", sa.Column("ranking_no", sa.Integer(), nullable=True))
    op.drop_index(op.f("ix_assignments_centre_id_mediator_id"), table_name="assignments")
    op.create_index(
        op.f("ix_assignments_centre_id_mediator_id_assigned_on"),
        "assignments",
        ["centre_id", "mediator_id", "assigned_on"],
        unique=False,
    )


def _make_call_outs() -> None:
    op.create_table(
        "call_outs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("profession", sa.Text(), server_default="", nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("at_a_time", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("order", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("end_note", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_call_outs_centre_id_case_id")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_call_outs_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_outs")),
        sa.UniqueConstraint("centre_id", "id", name=op.f("uq_call_outs_centre_id_id")),
        sa.UniqueConstraint("centre_id", "uid", name=op.f("uq_call_outs_centre_id_uid")),
    )
    op.create_index(op.f("ix_call_outs_centre_id_case_id"), "call_outs", ["centre_id", "case_id"], unique=False)
    op.create_index(op.f("ix_call_outs_centre_id_ended_at"), "call_outs", ["centre_id", "ended_at"], unique=False)
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("call_out_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("late", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "call_out_id"],
            ["call_outs.centre_id", "call_outs.id"],
            name=op.f("fk_calls_centre_id_call_out_id"),
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "mediator_id"],
            ["mediators.centre_id", "mediators.id"],
            name=op.f("fk_calls_centre_id_mediator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index(op.f("ix_calls_centre_id_call_out_id"), "calls", ["centre_id", "call_out_id"], unique=False)
    op.create_index(op.f("ix_calls_centre_id_called_at"), "calls", ["centre_id", "called_at"], unique=False)
    op.create_index(
        op.f("ix_calls_centre_id_mediator_id_called_at"),
        "calls",
        ["centre_id", "mediator_id", "called_at"],
        unique=False,
    )
