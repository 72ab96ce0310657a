"""The steps lead to today's tables, and an older store is read as it was written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mediation_desk.store import migrations
from mediation_desk.store.columns import metadata
from mediation_desk.store.database import Database, create
from mediation_desk.store.migrations.run import configuration


def test_the_revisions_known_without_alembic_are_those_of_the_steps() -> None:
    steps = ScriptDirectory.from_config(configuration())
    assert tuple(step.revision for step in reversed(list(steps.walk_revisions()))) == migrations.REVISIONS
    assert steps.get_heads() == [migrations.HEAD]


def test_all_steps_together_make_today_s_tables(new_database: Callable[[], Database]) -> None:
    with new_database().reading() as records:
        context = MigrationContext.configure(records.connection, opts={"include_name": _is_described})
        assert compare_metadata(context, metadata) == []


def _is_described(name: str | None, kind: str, _parents: object) -> bool:
    """The index of search words is made apart for each engine."""
    return kind != "table" or not (name or "").startswith("case_search")


@pytest.mark.file_only
def test_each_table_is_made_word_for_word_as_today_s(tmp_path: Path) -> None:
    """Also what Alembic passes over when it compares: defaults, keys, references, columns of indexes."""
    stepwise = create(tmp_path / "stepwise.db")
    with stepwise.reading() as records:
        by_steps = _described(records.connection)
    stepwise.close()
    empty = create(tmp_path / "today.db")
    with empty.reading() as records:
        metadata.drop_all(records.connection)
        metadata.create_all(records.connection)
        assert _described(records.connection) == by_steps
    empty.close()


def _described(connection: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for table in sorted(metadata.tables):
        for what in ("table_info", "foreign_key_list"):
            rows = connection.exec_driver_sql(f"pragma {what}({table})").all()
            told[f"{what} {table}"] = sorted(tuple(row[1:] if what == "table_info" else row[2:]) for row in rows)
        indexes = connection.exec_driver_sql(f"pragma index_list({table})").all()
        told[f"indexes {table}"] = sorted(
            (unique, tuple(row[2] for row in connection.exec_driver_sql(f"pragma index_info({name})")))
            for _, name, unique, *_ in indexes
        )
    return told
