"""Every step ends in the log: what it changed, by whom, case by case; and nothing that was refused."""

import json
from dataclasses import replace
from typing import Any

from mediation_desk.domain.audit import FIRST_HASH, AuditKind, Doing
from mediation_desk.services.intake import take_in
from mediation_desk.services.triage import triage
from mediation_desk.store.audit import entry_of
from mediation_desk.store.columns import metadata
from mediation_desk.store.sealing import OF_CASE, Told
from mediation_desk.store.watching import WATCHED
from tests.desk import NOW, Desk, intake
from tests.store.intruder import head_no, one, run_noticed


def entries(desk: Desk, after: int = 0) -> list[dict[str, Any]]:
    with desk.database.reading() as records:
        found = records.connection.exec_driver_sql(f"select * from audit where no > {after} order by no")
        return [dict(row) for row in found.mappings()]


def changes(entry: dict[str, Any]) -> list[list[Any]]:
    told: list[list[Any]] = json.loads(entry["changes"])
    return told


def step(desk: Desk, **who: Any) -> Any:
    doing = Doing(what="step", by_id=1, at=NOW, origin="窗口一")
    return desk.database.writing(doing=replace(doing, **who))


def test_whatever_is_part_of_a_part_of_a_case_is_logged_with_the_case() -> None:
    of_cases = {"cases", *(name for name in WATCHED if "case_id" in metadata.tables[name].columns)}
    for _ in range(2):  # parts of parts of parts
        for name in WATCHED:
            wholes = {key.column.table.name for key in metadata.tables[name].foreign_keys} - {"centres", "cases"}
            if wholes and wholes <= of_cases:
                of_cases.add(name)
    assert of_cases - OF_CASE.keys() == {
        "cases", *(name for name in of_cases if "case_id" in metadata.tables[name].columns)
    }  # fmt: skip


def test_a_step_says_who_did_what_when_and_where(desk: Desk) -> None:
    before = head_no(desk.database)
    with step(desk, what="take_in") as records:
        take_in(records, desk.act, intake())
    [entry] = entries(desk, before)
    told = (entry["kind"], entry["what"], entry["by_id"], entry["origin"], entry["case_id"], str(entry["at"])[:16])
    assert told == ("change", "take_in", 1, "窗口一", 1, "2026-11-23 09:30")
    assert sorted((table, sign) for table, _, sign, _ in changes(entry)) == [
        ("cases", "+"),
        ("events", "+"),
        ("parties", "+"),
        ("parties", "+"),
    ]


def test_what_was_changed_is_told_before_and_after(desk: Desk) -> None:
    case_id = desk.registered()
    before = head_no(desk.database)
    desk.do(triage, case_id, path="M1", dispute_kind="02")
    told = {table: held for entry in entries(desk, before) for table, _, sign, held in changes(entry) if sign == "~"}
    assert told["cases"]["dispute_kind"] == ["", "02"]


def test_what_was_removed_is_told_whole(desk: Desk) -> None:
    desk.registered()
    run_noticed(desk.database, "delete from parties where no = 2")
    before = head_no(desk.database)
    with step(desk) as records:
        records.told.append(Told(AuditKind.VIEW, "案件"))
    external, viewed = entries(desk, before)
    [[table, _, sign, held]] = changes(external)
    assert (external["kind"], table, sign, held["name"]) == ("external", "parties", "-", "李四")
    assert (viewed["kind"], viewed["told"], viewed["changes"]) == ("view", "案件", "")


def test_each_case_of_a_step_has_an_entry_of_its_own(desk: Desk) -> None:
    before = head_no(desk.database)
    with step(desk) as records:
        take_in(records, desk.act, intake(1))
        take_in(records, desk.act, intake(2))
        records.centre.get().phone = "010-12345678"
    assert sorted(entry["case_id"] or 0 for entry in entries(desk, before)) == [0, 1, 2]


def test_a_part_that_went_together_with_its_whole_is_told_of_their_case(desk: Desk) -> None:
    case_id = desk.drafted()
    before = head_no(desk.database)
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.agreements.clear()
    [entry] = entries(desk, before)
    assert entry["case_id"] == case_id
    assert {"agreements", "clauses", "obligations", "instalments"} <= {table for table, *_ in changes(entry)}


def test_a_row_that_goes_over_to_a_case_leaves_where_it_was(desk: Desk) -> None:
    one_id, other_id = desk.registered(), desk.registered()
    run_noticed(desk.database, f"update events set case_id = {other_id} where case_id = {one_id}")
    before = head_no(desk.database)
    desk.registered()
    told = [(entry["case_id"], changes(entry)[0][2]) for entry in entries(desk, before) if entry["kind"] == "external"]
    assert sorted(told) == [(one_id, "-"), (other_id, "+")]


def test_nothing_is_logged_of_a_step_that_is_refused_or_changes_nothing(desk: Desk) -> None:
    desk.registered()
    before = head_no(desk.database)
    with desk.refuses("请写明纠纷情况", "matter"):
        desk.do(take_in, intake(2, matter=" "))
    run_noticed(desk.database, "update parties set name = name")
    with step(desk):
        pass
    assert head_no(desk.database) == before
    assert one(desk.database, "select count(*) from row_changes") == 0


def test_the_first_entry_hangs_on_nothing_and_the_head_is_the_last(desk: Desk) -> None:
    desk.registered()
    names = "no, kind, at, by_id, origin, what, told, case_id, digest, changes, hash"
    with desk.database.reading() as records:
        found = records.connection.exec_driver_sql(f"select {names} from audit order by no").all()
        last = FIRST_HASH
        for row in found:
            entry = entry_of(row)
            assert entry.hash == entry.hash_after(last)
            last = entry.hash
    assert one(desk.database, "select hash from audit_heads") == last
