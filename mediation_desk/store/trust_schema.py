"""The tables that make the store trustworthy: the log, credentials, back-ups, and what is kept for quick answers.

`row_changes` is filled by triggers and emptied again before each commit (see `watching.py`, `sealing.py`). Whatever is
found by words lies in `case_search`, which is made apart for each engine (see `search_rows.py`).
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from mediation_desk.domain.audit import AuditKind
from mediation_desk.store.columns import fact, flag, listed, metadata, number, refers, text, word

row_changes = Table(
    "row_changes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("centre_id", Integer, nullable=False),
    Column("table_name", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
)
watched_columns = Table(
    "watched_columns",
    metadata,
    Column("table_name", String, primary_key=True),
    Column("column_name", String, primary_key=True),
    Column("since_no", BigInteger, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("centre_id", Integer, ForeignKey("centres.id"), primary_key=True),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    word("kind", AuditKind),
    Column("at", DateTime),
    number("by_id"),
    text("origin"),
    text("what"),
    text("told"),
    number("case_id"),
    Column("digest", String, nullable=False),
    Column("changes", Text),
    Column("hash", String, nullable=False),
    Index(None, "centre_id", "case_id", "no"),
    Index(None, "centre_id", "at"),
)
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("centre_id", Integer, ForeignKey("centres.id"), primary_key=True),
    Column("no", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
)
credentials = Table(
    "credentials",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("user_id", Integer, primary_key=True),
    text("secret"),
    listed("earlier_secrets"),
    Column("set_at", DateTime),
    flag("must_change"),
    Column("failures", Integer, nullable=False, default=0, server_default="0"),
    Column("last_failure_at", DateTime),
    Column("locked_until", DateTime),
    refers("user_id", "users"),
)
party_keys = Table(
    "party_keys",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("case_id", Integer, primary_key=True),
    Index(None, "centre_id", "case_id"),
    sqlite_with_rowid=False,
)
word_counts = Table(
    "word_counts",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("word", String, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
stage_counts = Table(
    "stage_counts",
    metadata,
    Column("centre_id", Integer, primary_key=True),
    Column("stage", String, primary_key=True),
    Column("number", Integer, nullable=False),
)
backups = fact(
    "backups",
    Column("made_at", DateTime, nullable=False),
    Column("folder", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    text("reason"),
    Column("audit_no", BigInteger, nullable=False),
    Column("audit_hash", String, nullable=False),
    Index(None, "centre_id", "made_at"),
)
rehearsals = fact(
    "rehearsals",
    Column("held_at", DateTime, nullable=False),
    text("file_name"),
    flag("passed"),
    Column("counts", JSON, nullable=False, default=dict, server_default="{}"),
    text("trouble"),
    Index(None, "centre_id", "held_at"),
)
