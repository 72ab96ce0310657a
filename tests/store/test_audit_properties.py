"""Whatever people do through the program fits its log; whichever single cell is edited past it does not."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation_desk.domain.case import Answer, AttachmentKind
from mediation_desk.domain.errors import DeskError
from mediation_desk.services.afterwards import follow_up
from mediation_desk.services.agreements import drop_draft, freeze_agreement, save_agreement, withdraw_agreement
from mediation_desk.services.attachments import attach
from mediation_desk.services.blank_forms import issue_blanks, use_blank
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import add_confidential_note
from mediation_desk.services.paper_entries import drop_entry, save_entry
from mediation_desk.services.triage import triage, void_number
from mediation_desk.store.audit import verify
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.watching import WATCHED
from tests.desk import NOW, Desk, photo, text
from tests.store.intruder import head_no, unnoticed

STORED = Path(__file__).parents[1] / "data" / "store-0004.db"

Step = Callable[[Desk, int], object]
STEPS: dict[str, Step] = {
    "registered": lambda desk, _: desk.registered(),
    "drafted": lambda desk, _: desk.drafted(),
    "closed": lambda desk, _: desk.closed(),
    "triage": lambda desk, case_id: desk.do(triage, case_id, path="M1", dispute_kind="03"),
    "willing": lambda desk, case_id: desk.do(ask_willingness, case_id, [1], Answer.AGREES, asked_at=NOW),
    "void": lambda desk, case_id: desk.do(void_number, case_id, reason="编错"),
    "note": lambda desk, case_id: desk.do(add_confidential_note, case_id, "只给调解员看", None),
    "attach": lambda desk, case_id: desk.do(
        attach, case_id, kind=AttachmentKind.EVIDENCE, file_name="照片.png", content=photo()
    ),
    "shorter": lambda desk, case_id: desk.do(save_agreement, case_id, 1, text(clauses=("别的。",), obligations=())),
    "freeze": lambda desk, case_id: desk.do(freeze_agreement, case_id, 1),
    "withdraw": lambda desk, case_id: desk.do(withdraw_agreement, case_id, 1, reason="写错"),
    "drop": lambda desk, case_id: desk.do(drop_draft, case_id, 1),
    "blanks": lambda desk, _: desk.do(issue_blanks, "D03", 2),
    "use": lambda desk, case_id: desk.do(use_blank, "BF2026-000001", case_id),
    "entry": lambda desk, case_id: desk.do(save_entry, case_id, "D06", None, {"items": []}),
    "drop entry": lambda desk, case_id: desk.do(drop_entry, case_id, "D06", 1),
    "follow up": lambda desk, case_id: desk.do(
        follow_up, case_id, done_on=desk.act.today, situation="还好", visitor="赵和"
    ),
}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 3)), min_size=3, max_size=12))
def test_whatever_is_done_through_services_fits(desk: Desk, steps: list[tuple[str, int]]) -> None:
    before = head_no(desk.database)
    desk.registered()
    for name, case_id in steps:
        try:
            STEPS[name](desk, case_id)
        except DeskError:
            continue  # refused: then nothing of it may stand in the log either
    assert verify(desk.database) == []
    assert head_no(desk.database) > before


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store with rows in nearly every table; each edit in it is taken back."""
    with closing(open_store(Path(shutil.copy(STORED, tmp_path_factory.mktemp("stored"))))) as database:
        yield database


@pytest.fixture(scope="module")
def cells(stored: Database) -> list[tuple[str, int, str]]:
    """Every cell of every row that is watched: table, id, column."""
    found = []
    with stored.reading() as records:
        for table in WATCHED:
            for row in records.connection.exec_driver_sql(f"select * from {table}").mappings():
                found += [(table, row["id"], name) for name in row if (table, name) != ("centres", "id")]
    return found


@pytest.mark.file_only
@settings(max_examples=60)
@given(data=st.data())
def test_any_single_cell_that_is_edited_is_named(
    stored: Database, cells: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    table, row_id, column = data.draw(st.sampled_from(cells))
    [was] = _cell(stored, table, row_id, column)
    other = _something_else(data, was)
    _put(stored, table, row_id, column, other)
    moved_to = other if column == "id" else row_id
    named = {(each.table, each.row_id) for each in verify(stored)}
    _put(stored, table, moved_to, column, was)
    assert named & {(table, row_id), (table, moved_to)} or (column == "centre_id" and named)
    assert verify(stored) == []


def _something_else(data: st.DataObject, was: Any) -> Any:
    if isinstance(was, int):
        return was + 100_000 * data.draw(st.integers(1, 9))
    return f"{was or ''}{data.draw(st.sampled_from(['x', ' ', '改', '0']))}"


def _cell(database: Database, table: str, row_id: int, column: str) -> list[Any]:
    with database.reading() as records:
        sql = f'select "{column}" from {table} where id = ?'
        return list(records.connection.exec_driver_sql(sql, (row_id,)).one())


def _put(database: Database, table: str, row_id: Any, column: str, value: Any) -> None:
    with database._engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("pragma foreign_keys = off")
    with unnoticed(database) as connection:
        connection.exec_driver_sql(f'update {table} set "{column}" = ? where id = ?', (value, row_id))
