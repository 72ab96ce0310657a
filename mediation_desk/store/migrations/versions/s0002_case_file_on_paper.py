"""What the papers of a case need: typed entries, kept versions, numbered blanks, query codes, digests."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AT_A_TIME = 10_000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def upgrade() -> None:
    op.create_table(
        "paper_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_paper_entries_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entries")),
        sa.UniqueConstraint(
            "centre_id", "case_id", "code", "no", name=op.f("uq_paper_entries_centre_id_case_id_code_no")
        ),
    )
    op.create_index(op.f("ix_paper_entries_centre_id_case_id"), "paper_entries", ["centre_id", "case_id"], unique=False)
    op.create_table(
        "paper_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_paper_versions_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_versions")),
    )
    op.create_index(
        op.f("ix_paper_versions_centre_id_case_id"), "paper_versions", ["centre_id", "case_id"], unique=False
    )
    op.create_index(
        op.f("ix_paper_versions_centre_id_case_id_code_no"),
        "paper_versions",
        ["centre_id", "case_id", "code", "no"],
        unique=False,
    )
    op.create_table(
        "blank_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_blank_forms_centre_id")),
        sa.ForeignKeyConstraint(
            ["centre_id", "case_id"], ["cases.centre_id", "cases.id"], name=op.f("fk_blank_forms_centre_id_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank_forms")),
        sa.UniqueConstraint("centre_id", "number", name=op.f("uq_blank_forms_centre_id_number")),
    )
    op.create_table(
        "blank_counters",
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_blank_counters_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", "year", name=op.f("pk_blank_counters")),
    )
    op.add_column("agreements", sa.Column("confirmation_wanted", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("agreements", sa.Column("despite_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("agreements", sa.Column("content_digest", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("query_code", sa.Text(), server_default="", nullable=False))
    _give_query_codes(op.get_bind())
    op.create_index(op.f("ix_cases_centre_id_query_code"), "cases", ["centre_id", "query_code"], unique=False)


def _give_query_codes(connection: sa.Connection) -> None:
    """Each case the code that its uid gives, some thousands at a time."""
    some = sa.text("select id, uid from cases where id > :last order by id limit :most")
    write = sa.text("update cases set query_code = :code where id = :id")
    last = 0
    while found := connection.execute(some, {"last": last, "most": _AT_A_TIME}).all():
        connection.execute(write, [{"id": case_id, "code": _query_code(uid)} for case_id, uid in found])
        last = found[-1][0]


def _query_code(uid: str) -> str:
    chance = UUID(uid).int
    code = "".join(_ALPHABET[chance >> 5 * place & 31] for place in reversed(range(8)))
    return f"{code[:4]}-{code[4:]}"
