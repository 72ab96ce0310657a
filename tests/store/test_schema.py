"""Every key and every reference carries the centre, and words are kept by their keys."""

from datetime import date, datetime

import pytest
from sqlalchemy import DateTime, Table, select

from mediation_desk.domain.party import Side
from mediation_desk.store.columns import Word, metadata
from mediation_desk.store.duty_schema import attendances, call_outs, calls, duty_shifts, leaves, opening_exceptions
from mediation_desk.store.schema import agreements, cases, follow_ups, paper_versions, parties
from tests.desk import NOW, TODAY, Desk, statements

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))


@every_table
def test_every_table_carries_the_centre(table: Table) -> None:
    assert table.name in {"centres", "watched_columns"} or "centre_id" in table.columns


@every_table
def test_every_reference_goes_through_the_centre(table: Table) -> None:
    for reference in table.foreign_key_constraints:
        columns = [column.name for column in reference.columns]
        assert columns[0] == "centre_id"
        if len(columns) > 1:
            assert [element.target_fullname.split(".")[1] for element in reference.elements] == ["centre_id", "id"]


@every_table
def test_times_are_of_the_wall_without_zone(table: Table) -> None:
    assert not any(isinstance(column.type, DateTime) and column.type.timezone for column in table.columns)


@every_table
def test_names_of_constraints_do_not_collide(table: Table) -> None:
    names = [each.name for each in table.constraints] + [each.name for each in table.indexes]
    assert len(names) == len(set(names))


def test_a_word_is_kept_by_its_key_and_comes_back_as_the_word(desk: Desk) -> None:
    desk.registered()
    with desk.database.reading() as records:
        connection = records.connection
        assert connection.exec_driver_sql("select side from parties").scalars().all() == ["claimant", "respondent"]
        sides = connection.execute(select(parties.c.side)).scalars().all()
        assert [type(side) for side in sides] == [Side, Side]


@pytest.mark.parametrize("wanted", [Side.CLAIMANT, "claimant"])
def test_a_word_is_found_by_itself_and_by_its_key(desk: Desk, wanted: str) -> None:
    desk.registered()
    with desk.database.reading() as records:
        found = records.connection.execute(select(parties.c.no).where(parties.c.side == wanted)).scalars().all()
        assert found == [1]


def test_no_word_is_nothing() -> None:
    from sqlalchemy.dialects.sqlite import dialect

    word = Word(Side)
    assert word.process_bind_param(None, dialect()) is None
    assert word.process_result_value(None, dialect()) is None


def test_days_and_times_come_back_as_they_went(desk: Desk) -> None:
    desk.registered(occurred_on=date(2026, 2, 28))
    with desk.database.reading() as records:
        row = records.connection.execute(select(cases.c.occurred_on, cases.c.registered_at)).one()
        assert tuple(row) == (date(2026, 2, 28), datetime(2026, 11, 23, 9, 30))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (cases, ["centre_id", "stage", "registered_at"]),
        (parties, ["centre_id", "id_number"]),
        (agreements, ["centre_id", "effect_day"]),
        (follow_ups, ["centre_id", "done_on", "due_on"]),
        (cases, ["centre_id", "query_code"]),
        (paper_versions, ["centre_id", "case_id", "code", "no"]),
        (leaves, ["centre_id", "last_day"]),
        (attendances, ["centre_id", "day"]),
        (opening_exceptions, ["centre_id", "day"]),
        (duty_shifts, ["centre_id", "day"]),
        (duty_shifts, ["centre_id", "mediator_id", "day"]),
        (call_outs, ["centre_id", "ended_at"]),
        (calls, ["centre_id", "called_at"]),
        (calls, ["centre_id", "mediator_id", "called_at"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_lists_ask_for_has_an_index(table: Table, columns: list[str]) -> None:
    assert columns in [[column.name for column in index.columns] for index in table.indexes]


@pytest.mark.file_only
def test_presence_and_duty_are_looked_up_by_their_days_never_read_through(desk: Desk) -> None:
    with statements(desk.database) as sent, desk.database.reading() as records:
        records.presence.leaves(TODAY, TODAY)
        records.presence.attendances(TODAY, TODAY)
        records.presence.open_attendance(1, TODAY)
        records.presence.opening_exceptions(TODAY, TODAY)
        records.rosters.shifts(TODAY, TODAY)
        records.call_outs.running()
        records.call_outs.calls(NOW, NOW)
        records.call_outs.last_answers([1], 3)
    with desk.database.reading() as records:
        for statement in sent:
            asked = ("explain query plan " + statement, tuple(0 for _ in range(statement.count("?"))))
            plan = [row[3] for row in records.connection.exec_driver_sql(*asked)]
            read_through = {step.split()[1] for step in plan if step.startswith("SCAN ")}
            assert not read_through & (set(metadata.tables) - {"centres"})
