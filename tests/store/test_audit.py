"""An auditor's hour: whatever somebody does to the store past the program, `verify` names it, and nothing else."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from mediation_desk.domain.audit import Anchor, AuditKind, Doing, Misfit, MisfitKind
from mediation_desk.domain.case import AttachmentKind
from mediation_desk.services.attachments import attach
from mediation_desk.services.audit import note_restored, note_view
from mediation_desk.services.triage import triage
from mediation_desk.store import audit
from mediation_desk.store.audit import head, in_slices, verify
from mediation_desk.store.database import Database
from tests.desk import Desk, photo
from tests.store.intruder import head_no, one, run, run_noticed, set_head_to_the_last, write_the_chain_anew

SCAN = b"%PDF-1.7 scan"


def kinds(misfits: list[Misfit]) -> list[MisfitKind]:
    return [each.kind for each in misfits]


def the_only(misfits: list[Misfit]) -> Misfit:
    [misfit] = misfits
    return misfit


def look_at(desk: Desk, case_id: int, what: str = "案件") -> None:
    with desk.database.writing(doing=Doing(by_id=1, at=desk.now)) as records:
        note_view(records, what, case_id)


def anchor_of(database: Database) -> Anchor:
    with database.reading() as records:
        return replace(head(records.connection), told="备份")


def test_a_store_that_only_the_program_wrote_fits(desk: Desk) -> None:
    desk.performing()
    desk.do(attach, desk.frozen(), kind=AttachmentKind.EVIDENCE, file_name="证据.pdf", content=SCAN)
    look_at(desk, 1)
    assert verify(desk.database) == []


# ---- the rows


def test_a_cell_that_was_never_changed_shows_by_the_digest_of_its_row(desk: Desk) -> None:
    case_id = desk.registered()
    run(desk.database, "update parties set name = '王五' where no = 1")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.case_id) == (MisfitKind.CHANGED, "parties", case_id)
    assert misfit.row_id == 1


def test_a_cell_that_was_changed_before_shows_with_what_the_log_knows_of_it(desk: Desk) -> None:
    case_id = desk.triaged()
    run(desk.database, "update cases set dispute_kind = '99'")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id) == (MisfitKind.CHANGED, "cases", case_id)
    assert (misfit.column, misfit.before, misfit.after) == ("dispute_kind", "02", "99")


def test_a_row_that_was_put_in_is_named(desk: Desk) -> None:
    case_id = desk.registered()
    columns = "centre_id, case_id, kind, happened_on, text, by_id, recorded_at"
    values = f"1, {case_id}, 'note', '2026-11-23', '已履行', 1, '2026-11-23 09:30:00'"
    run(desk.database, f"insert into events ({columns}) values ({values})")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.case_id) == (MisfitKind.ADDED, "events", case_id)


def test_a_row_that_was_taken_out_is_named(desk: Desk) -> None:
    case_id = desk.registered()
    run(desk.database, "delete from parties where no = 2")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id, misfit.case_id) == (MisfitKind.REMOVED, "parties", 2, case_id)


def test_a_whole_case_that_was_taken_out_is_named(desk: Desk) -> None:
    desk.registered()
    case_id = desk.registered()
    tables = ("events", "parties")
    run(desk.database, *(f"delete from {table} where case_id = {case_id}" for table in tables))
    run(desk.database, f"delete from cases where id = {case_id}")
    found = verify(desk.database)
    assert {each.table for each in found} == {"events", "parties", "cases"}
    assert {(each.kind, each.case_id) for each in found} == {(MisfitKind.REMOVED, case_id)}


def test_what_belongs_to_no_case_is_held_against_the_log_too(desk: Desk) -> None:
    run(desk.database, "update mediators set phone = '13800000001' where id = 1")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id, misfit.case_id) == (MisfitKind.CHANGED, "mediators", 1, None)


def test_a_row_that_was_moved_to_another_case_is_named_in_both(desk: Desk) -> None:
    one_id, other_id = desk.registered(), desk.registered()
    run(desk.database, f"update events set case_id = {other_id} where case_id = {one_id}")
    found = {(each.kind, each.case_id) for each in verify(desk.database)}
    assert found == {(MisfitKind.REMOVED, one_id), (MisfitKind.ADDED, other_id)}


def test_an_edit_of_a_part_of_a_part_is_named_with_its_case(desk: Desk) -> None:
    case_id = desk.performing()
    run(desk.database, "update instalments set amount_fen = 1 where id = 1")
    misfit = the_only(verify(desk.database))
    assert (misfit.table, misfit.case_id) == ("instalments", case_id)


@pytest.mark.file_only
@pytest.mark.file_only
def test_bytes_where_there_was_text_are_named(desk: Desk) -> None:
    desk.registered()
    run(desk.database, "update parties set name = cast(name as blob) where no = 1")
    assert kinds(verify(desk.database)) == [MisfitKind.CHANGED]


# ---- edits that the triggers saw


def test_an_edit_by_another_program_is_named_before_any_step_sealed_it(desk: Desk) -> None:
    case_id = desk.registered()
    run_noticed(desk.database, "update parties set name = '王五' where no = 1")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.no, misfit.case_id) == (MisfitKind.EXTERNAL, None, case_id)
    assert (misfit.table, misfit.column, misfit.before, misfit.after) == ("parties", "name", "张三", "王五")


def test_an_edit_by_another_program_is_named_after_the_next_step_sealed_it(desk: Desk) -> None:
    case_id = desk.registered()
    run_noticed(desk.database, "update parties set name = '王五' where no = 1")
    desk.registered()
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.case_id, misfit.before, misfit.after) == (MisfitKind.EXTERNAL, case_id, "张三", "王五")
    assert misfit.no == head_no(desk.database) - 1


def test_rows_that_another_program_added_and_removed_are_named(desk: Desk) -> None:
    case_id = desk.registered()
    columns = "centre_id, case_id, kind, happened_on, text, by_id, recorded_at"
    values = f"1, {case_id}, 'note', '2026-11-23', '已履行', 1, '2026-11-23 09:30:00'"
    run_noticed(desk.database, f"insert into events ({columns}) values ({values})", "delete from parties where no = 2")
    found = {(each.kind, each.table, each.told) for each in verify(desk.database)}
    assert found == {(MisfitKind.EXTERNAL, "events", "+"), (MisfitKind.EXTERNAL, "parties", "-")}


@pytest.mark.file_only
def test_triggers_that_are_gone_or_do_something_else_are_named(desk: Desk) -> None:
    run_noticed(
        desk.database,
        "drop trigger watch_parties_update",
        "create trigger forget after insert on row_changes begin delete from row_changes; end",
    )
    assert {(each.kind, each.table) for each in verify(desk.database)} == {
        (MisfitKind.UNWATCHED, "parties"),
        (MisfitKind.UNWATCHED, "row_changes"),
    }


# ---- the log


def test_an_entry_that_was_taken_out_is_named_by_its_number(desk: Desk) -> None:
    case_id = desk.registered()
    look_at(desk, case_id)
    look_at(desk, case_id)
    no = head_no(desk.database) - 1
    run(desk.database, f"delete from audit where no = {no}")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.no, misfit.until) == (MisfitKind.GAP, no, no)


def test_an_entry_whose_teller_was_changed_is_named(desk: Desk) -> None:
    case_id = desk.registered()
    look_at(desk, case_id)
    look_at(desk, case_id)
    no = head_no(desk.database) - 1
    run(desk.database, f"update audit set by_id = 2 where no = {no}")
    assert [(each.kind, each.no) for each in verify(desk.database)] == [(MisfitKind.CHAIN, no)]


def test_an_entry_whose_content_was_changed_is_named(desk: Desk) -> None:
    desk.triaged()
    no = head_no(desk.database)
    changes = one(desk.database, f"select changes from audit where no = {no}").replace("02", "99")
    run(desk.database, f"update audit set changes = '{changes}' where no = {no}")
    found = verify(desk.database)
    assert (MisfitKind.CONTENT, no) in [(each.kind, each.no) for each in found]


def test_an_entry_whose_content_was_taken_away_is_named_once(desk: Desk) -> None:
    desk.triaged()
    run(desk.database, f"update audit set changes = null where no = {head_no(desk.database)}")
    assert kinds(verify(desk.database)) == [MisfitKind.CONTENT]


def test_a_content_that_is_no_list_of_changes_is_named(desk: Desk) -> None:
    desk.triaged()
    run(desk.database, f"update audit set changes = '[[1]]' where no = {head_no(desk.database)}")
    assert kinds(verify(desk.database)) == [MisfitKind.CONTENT]


def test_two_entries_that_changed_places_are_named(desk: Desk) -> None:
    case_id = desk.registered()
    for what in ("案件", "保密笔记", "附件"):
        look_at(desk, case_id, what)
    last = head_no(desk.database)
    run(
        desk.database,
        f"update audit set no = -1 where no = {last - 2}",
        f"update audit set no = {last - 2} where no = {last - 1}",
        f"update audit set no = {last - 1} where no = -1",
    )
    found = verify(desk.database)
    assert set(kinds(found)) == {MisfitKind.CHAIN}
    assert {last - 2, last - 1} <= {each.no for each in found}


def test_a_tail_that_was_cut_off_shows_by_the_head(desk: Desk) -> None:
    look_at(desk, desk.registered())
    no = head_no(desk.database)
    run(desk.database, f"delete from audit where no = {no}")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.no, misfit.until) == (MisfitKind.TAIL, no - 1, no)


def test_a_tail_that_was_cut_off_shows_by_an_anchor_where_the_head_was_mended(desk: Desk) -> None:
    look_at(desk, desk.registered())
    anchor = anchor_of(desk.database)
    run(desk.database, f"delete from audit where no = {anchor.no}")
    set_head_to_the_last(desk.database)
    assert verify(desk.database) == []
    misfit = the_only(verify(desk.database, anchors=[anchor]))
    assert (misfit.kind, misfit.until, misfit.told) == (MisfitKind.ANCHOR, anchor.no, "备份")


def test_a_tail_that_was_cut_off_shows_by_its_rows(desk: Desk) -> None:
    case_id = desk.registered()
    run(desk.database, f"delete from audit where no = {head_no(desk.database)}")
    set_head_to_the_last(desk.database)
    found = verify(desk.database)
    assert {(each.kind, each.case_id) for each in found} == {(MisfitKind.ADDED, case_id)}
    assert {each.table for each in found} == {"cases", "parties", "events"}


def test_an_edit_with_log_and_chain_made_to_match_shows_by_the_first_anchor_after_it(desk: Desk) -> None:
    desk.registered()
    early = anchor_of(desk.database)
    desk.triaged()
    late = anchor_of(desk.database)
    changes = one(desk.database, f"select changes from audit where no = {late.no}").replace('"02"', '"99"')
    digest = sha256(changes.encode()).hexdigest()
    run(
        desk.database,
        f"update audit set changes = '{changes}', digest = '{digest}' where no = {late.no}",
        "update cases set dispute_kind = '99' where dispute_kind = '02'",
    )
    write_the_chain_anew(desk.database)
    assert MisfitKind.CHAIN not in kinds(verify(desk.database))
    misfits = [each for each in verify(desk.database, anchors=[late, early]) if each.kind is MisfitKind.ANCHOR]
    misfit = the_only(misfits)
    assert (misfit.no, misfit.until) == (early.no + 1, late.no)


def test_what_the_store_knows_of_back_ups_anchors_the_log(desk: Desk) -> None:
    look_at(desk, desk.registered())
    anchor = anchor_of(desk.database)
    columns = "centre_id, made_at, folder, file_name, size, sha256, reason, audit_no, audit_hash"
    values = f"1, '2026-11-23 09:30:00', '', 'a.db', 1, '', '', {anchor.no}, '{anchor.hash}'"
    run(desk.database, f"insert into backups ({columns}) values ({values})")
    assert verify(desk.database) == []
    run(desk.database, f"update audit set told = '别的' where no = {anchor.no}")
    write_the_chain_anew(desk.database)
    assert [(each.kind, each.told) for each in verify(desk.database)] == [(MisfitKind.ANCHOR, "a.db")]


@pytest.mark.file_only
def test_a_moment_that_was_made_unreadable_is_named(desk: Desk) -> None:
    look_at(desk, desk.registered())
    run(desk.database, f"update audit set at = 'gestern' where no = {head_no(desk.database)}")
    assert kinds(verify(desk.database)) == [MisfitKind.CHAIN]


# ---- the files


def test_an_attachment_with_other_bytes_is_named(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(attach, case_id, kind=AttachmentKind.EVIDENCE, file_name="照片.png", content=photo())
    run(desk.database, "update attachment_contents set content = 'other'")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id, misfit.case_id) == (MisfitKind.FILE, "attachments", 1, case_id)


def test_a_frozen_paper_that_is_gone_is_named(desk: Desk) -> None:
    case_id = desk.frozen()
    run(desk.database, "delete from frozen_papers")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.case_id) == (MisfitKind.FILE, "agreements", case_id)


@pytest.mark.file_only
def test_a_content_that_belongs_to_nothing_is_named(desk: Desk) -> None:
    run(desk.database, "pragma defer_foreign_keys = on")
    with desk.database._engine.connect() as connection:
        connection.exec_driver_sql("rollback")
        connection.exec_driver_sql("pragma foreign_keys = off")
        connection.exec_driver_sql("insert into attachment_contents values (1, 77, 'x')")
        connection.exec_driver_sql("pragma foreign_keys = on")
        connection.exec_driver_sql("begin")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id) == (MisfitKind.ADDED, "attachment_contents", 77)


# ---- how it goes about it


def test_the_newest_part_is_held_against_the_log_alone(desk: Desk) -> None:
    old_id = desk.registered()
    since = head_no(desk.database)
    new_id = desk.registered()
    run(desk.database, "update parties set name = '王五' where no = 1")
    assert [each.case_id for each in verify(desk.database, since=since)] == [new_id]
    assert {each.case_id for each in verify(desk.database)} == {old_id, new_id}


def test_what_nobody_sealed_yet_belongs_to_the_newest_part(desk: Desk) -> None:
    case_id = desk.registered()
    run_noticed(desk.database, "update parties set name = '王五' where no = 1", "update mediators set phone = '1'")
    found = verify(desk.database, since=head_no(desk.database))
    assert {(each.kind, each.case_id) for each in found} == {
        (MisfitKind.EXTERNAL, case_id),
        (MisfitKind.EXTERNAL, None),
    }


def test_it_goes_in_slices_and_people_work_between_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "CASES_AT_A_TIME", 1)
    monkeypatch.setattr(audit, "ENTRIES_AT_A_TIME", 2)
    for _ in range(3):
        desk.registered()
    done = []
    for number, part in enumerate(in_slices(desk.database)):
        assert part.misfits == []
        done.append(part.done)
        if number % 3 == 0:
            desk.now += timedelta(minutes=1)
            desk.do(triage, 1 + number % 3, path="M1", dispute_kind="02") if number < 7 else look_at(desk, 1)
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0.0, 1.0)
    assert len(done) > 8


def test_it_can_be_stopped_and_tells_no_more_than_anybody_reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        desk.registered()
    run(desk.database, "update parties set name = '王五'")
    monkeypatch.setattr(audit, "CASES_AT_A_TIME", 1)
    told: list[float] = []
    assert verify(desk.database, progress=told.append, stop=lambda: len(told) > 1) == []
    assert len(told) == 2
    monkeypatch.setattr(audit, "MOST_MISFITS", 3)
    assert len(verify(desk.database)) == 3


@pytest.mark.file_only
def test_rows_that_were_seen_anew_after_a_column_came_are_held_against_both(desk: Desk) -> None:
    """A later release adds a column: the rows are logged again with it, and what they were at first still counts."""
    from mediation_desk.store.sealing import take_in_what_is_there
    from mediation_desk.store.watching import watch

    case_id = desk.registered()
    before = head_no(desk.database)
    with desk.database._engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("alter table parties add column nickname text not null default ''")
        watch(connection)
        take_in_what_is_there(connection)
    assert one(desk.database, f"select count(*) from audit where no > {before} and kind = 'store'") == 1
    told = json.loads(one(desk.database, f"select changes from audit where no = {before + 1}"))
    assert {(table, sign) for table, _, sign, _ in told} == {("parties", "+")}
    desk.registered()
    assert verify(desk.database) == []
    run(desk.database, f"update parties set nickname = '小张' where case_id = {case_id} and no = 1")
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id) == (MisfitKind.CHANGED, "parties", 1)


@pytest.mark.file_only
def test_an_edit_before_a_column_came_is_named_after_it(desk: Desk) -> None:
    from mediation_desk.store.sealing import take_in_what_is_there
    from mediation_desk.store.watching import watch

    desk.registered()
    run(desk.database, "update parties set name = '王五' where no = 1")
    with desk.database._engine.execution_options(mediation_desk_begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("alter table parties add column nickname text not null default ''")
        watch(connection)
        take_in_what_is_there(connection)
    assert kinds(verify(desk.database)) == [MisfitKind.CHANGED]


def test_a_store_without_log_is_named(desk: Desk) -> None:
    run(desk.database, "delete from audit", "delete from audit_heads")
    assert MisfitKind.ADDED in kinds(verify(desk.database))


def test_the_kinds_of_entries_do_not_matter(desk: Desk) -> None:
    with desk.database.writing(doing=Doing(kind=AuditKind.STORE, what="check")) as records:
        records.centre.get().phone = "010-12345678"
    assert verify(desk.database) == []


def test_what_was_kept_before_a_back_up_was_put_back_does_not_bind_the_log_that_goes_on(desk: Desk) -> None:
    """The store went back to an earlier state and says so; only what was kept since then is held against it."""
    case_id = desk.registered()
    desk.now += timedelta(hours=1)
    lost = Anchor(head_no(desk.database) + 3, "of the other end", "备份", desk.now)
    assert kinds(verify(desk.database, anchors=[lost])) == [MisfitKind.ANCHOR]
    desk.now += timedelta(hours=1)
    with desk.database.writing(doing=Doing(what="note_restored", by_id=1, at=desk.now)) as records:
        note_restored(records, desk.act)
    look_at(desk, case_id)
    assert verify(desk.database, anchors=[lost]) == []
    later = replace(lost, at=desk.now + timedelta(hours=1))
    assert kinds(verify(desk.database, anchors=[later])) == [MisfitKind.ANCHOR]


# ---- the passwords


@pytest.mark.parametrize(
    "change",
    [
        "update credentials set secret = 'mine'",
        "delete from credentials",
    ],
)
def test_a_password_that_was_exchanged_behind_the_log_is_named(desk: Desk, change: str) -> None:
    _give_password(desk, 1, "Juniper-42")
    assert verify(desk.database) == []
    run(desk.database, change)
    misfit = the_only(verify(desk.database))
    assert (misfit.kind, misfit.table, misfit.row_id) == (MisfitKind.PASSWORD, "users", 1)


def test_a_password_that_was_exchanged_with_its_digest_is_named_as_well(desk: Desk) -> None:
    _give_password(desk, 1, "Juniper-42")
    digest = sha256(b"mine").hexdigest()
    run(desk.database, "update credentials set secret = 'mine'", f"update users set password_digest = '{digest}'")
    assert kinds(verify(desk.database)) == [MisfitKind.CHANGED]


def test_the_log_tells_of_a_password_that_was_changed_or_taken_away_without_its_hash(desk: Desk) -> None:
    _give_password(desk, 1, "Juniper-42")
    with desk.database.writing(doing=Doing(by_id=1, at=desk.now)) as records:
        records.credentials.drop(1)
    assert verify(desk.database) == []
    told = [row.changes for row in desk.contents()["audit"]]
    assert sum("password_digest" in each for each in told) == 2
    assert not any("argon2" in each for each in told)


def _give_password(desk: Desk, user_id: int, password: str) -> None:
    with desk.database.writing(doing=Doing(by_id=1, at=desk.now)) as records:
        records.credentials.keep(user_id, password, now=desk.now, must_change=False, earlier=4)
