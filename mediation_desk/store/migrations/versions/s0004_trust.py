"""The log and its triggers, credentials and roles, back-ups, search words, keys of parties, and counts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("users", sa.Column("roles", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("users", sa.Column("mediator_id", sa.Integer(), nullable=True))
    op.add_column("users", sa.Column("password_digest", sa.Text(), server_default="", nullable=False))
    _give_every_role()
    _let_attachments_be_removed()
    _make_log()
    _make_credentials()
    _make_backups()
    _make_quick_answers()
    _make_search_words()
    _make_orders_of_lists()
    if op.get_bind().dialect.name == "postgresql":
        _let_keys_begin_with_the_centre()


def _give_every_role() -> None:
    """Whoever worked with the program before goes on as before, until somebody tells their roles."""
    op.execute("""update users set roles = '["clerk", "mediator", "director", "archivist", "admin", "auditor"]'""")


def _let_attachments_be_removed() -> None:
    op.add_column("attachments", sa.Column("removed_at", sa.DateTime(), nullable=True))
    op.add_column("attachments", sa.Column("removed_by_id", sa.Integer(), nullable=True))
    op.add_column("attachments", sa.Column("removed_reason", sa.Text(), server_default="", nullable=False))


def _make_log() -> None:
    op.create_table(
        "row_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_changes")),
    )
    op.create_table(
        "watched_columns",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("since_no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "column_name", name=op.f("pk_watched_columns")),
    )
    op.create_table(
        "audit",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Text(), server_default="", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_audit_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", "no", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_centre_id_case_id_no"), "audit", ["centre_id", "case_id", "no"], unique=False)
    op.create_index(op.f("ix_audit_centre_id_at"), "audit", ["centre_id", "at"], unique=False)
    op.create_table(
        "audit_heads",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_audit_heads_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", name=op.f("pk_audit_heads")),
    )


def _make_credentials() -> None:
    op.create_table(
        "credentials",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), server_default="", nullable=False),
        sa.Column("earlier_secrets", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=True),
        sa.Column("must_change", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_failure_at", sa.DateTime(), nullable=True),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id", "user_id"], ["users.centre_id", "users.id"], name=op.f("fk_credentials_centre_id_user_id")
        ),
        sa.PrimaryKeyConstraint("centre_id", "user_id", name=op.f("pk_credentials")),
    )


def _make_backups() -> None:
    op.create_table(
        "backups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("audit_no", sa.BigInteger(), nullable=False),
        sa.Column("audit_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_backups_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
    )
    op.create_index(op.f("ix_backups_centre_id_made_at"), "backups", ["centre_id", "made_at"], unique=False)
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("passed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("counts", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_rehearsals_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
    )
    op.create_index(op.f("ix_rehearsals_centre_id_held_at"), "rehearsals", ["centre_id", "held_at"], unique=False)


def _make_quick_answers() -> None:
    op.create_table(
        "party_keys",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "key", "case_id", name=op.f("pk_party_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_party_keys_centre_id_case_id"), "party_keys", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "stage_counts",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "stage", name=op.f("pk_stage_counts")),
    )


def _make_orders_of_lists() -> None:
    op.create_index("ix_cases_by_day", "cases", ["centre_id", "registered_at"], unique=False)
    op.create_index("ix_cases_by_stage", "cases", ["centre_id", "stage", "id"], unique=False)
    op.create_index("ix_cases_by_kind", "cases", ["centre_id", "dispute_kind", "id"], unique=False)


def _make_search_words() -> None:
    """Made apart for each engine; `search_rows.py` tells why so. It is filled when the step is done."""
    op.create_table(
        "word_counts",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "word", name=op.f("pk_word_counts")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        options = "content='', contentless_delete=1, detail=none, tokenize='ascii'"
        op.execute(f"create virtual table case_search using fts5(words, {options})")
        return
    columns = "centre_id integer not null, case_id integer not null, words tsvector not null"
    op.execute(f"create table case_search ({columns}, primary key (centre_id, case_id)) partition by range (case_id)")
    for place in range(20):
        last = (place + 1) * 100_000 if place < 19 else "maxvalue"
        bounds = f"from ({place * 100_000}) to ({last})"
        op.execute(f"create table case_search_{place} partition of case_search for values {bounds}")
        op.execute(f"alter table case_search_{place} alter words set statistics 1000")
    op.execute("create index ix_case_search_words on case_search using gin (words)")


def _let_keys_begin_with_the_centre() -> None:
    """A store of several desks can be spread by centre: every key has to hold the centre then, and begins with it.

    Within a file `id` stays the key, as SQLite finds a row by it at once.
    """
    connection = op.get_bind()
    for table in sa.inspect(connection).get_table_names():
        key = sa.inspect(connection).get_pk_constraint(table)
        columns = {each["name"] for each in sa.inspect(connection).get_columns(table)}
        if key["constrained_columns"] == ["id"] and "centre_id" in columns and table != "row_changes":
            op.execute(f'alter table {table} drop constraint "{key["name"]}"')
            op.execute(f'alter table {table} add constraint "{key["name"]}" primary key (centre_id, id)')
