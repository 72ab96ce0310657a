"""Triggers note whatever happens to a row, whoever does it, and it shows when they are not what they should be."""

import json

import pytest

from mediation_desk.store.database import Database
from mediation_desk.store.watching import NOT_WATCHED, WATCHED, unwatched, watch
from tests.desk import Desk
from tests.store.intruder import run_noticed


def unwatched_in(database: Database) -> list[str]:
    with database.reading() as records:
        return unwatched(records.connection)


def test_every_table_is_watched_or_named_as_one_that_is_not(desk: Desk) -> None:
    with desk.database.reading() as records:
        tables = {
            name
            for name in records.connection.dialect.get_table_names(records.connection)
            if not name.startswith(("case_search", "sqlite_", "search_"))
        }
    assert tables <= {*WATCHED, *NOT_WATCHED}


def test_a_change_is_noted_with_what_stood_there_and_what_stands_there_now(desk: Desk) -> None:
    desk.registered()
    run_noticed(
        desk.database, "update parties set phone = '13800000001' where no = 1", "delete from parties where no = 2"
    )
    with desk.database.reading() as records:
        found = records.connection.exec_driver_sql("select table_name, before, after from row_changes order by id")
        (table, was, now), (_, gone, nothing) = found.all()
    assert (table, json.loads(was)["phone"], json.loads(now)["phone"]) == ("parties", "", "13800000001")
    assert json.loads(gone)["name"] == "李四"
    assert nothing is None


def test_all_is_watched_in_a_store_of_ours(desk: Desk) -> None:
    assert unwatched_in(desk.database) == []


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("statements", "tables"),
    [
        (("drop trigger watch_cases_delete",), ["cases"]),
        (
            (
                "drop trigger watch_cases_update",
                "create trigger watch_cases_update after update on cases begin select 1; end",
            ),
            ["cases"],
        ),
        (
            ("create trigger hide after insert on row_changes begin delete from row_changes; end",),
            ["row_changes"],
        ),
    ],
)
def test_triggers_of_a_file_that_are_gone_changed_or_too_many_are_named(
    desk: Desk, statements: tuple[str, ...], tables: list[str]
) -> None:
    run_noticed(desk.database, *statements)
    assert unwatched_in(desk.database) == tables


def test_watching_anew_mends_them(desk: Desk) -> None:
    with desk.database._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("drop trigger watch_cases_delete")
        else:
            connection.exec_driver_sql("alter table cases disable trigger watch_cases")
        assert unwatched(connection) == ["cases"]
        watch(connection)
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("alter table cases enable trigger watch_cases")
        assert unwatched(connection) == []
