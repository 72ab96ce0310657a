"""What the store remembers of its back-ups."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.backup_standing import Rehearsal, Standing
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services.audit import note_view
from mediation_desk.store.backup import Backup
from mediation_desk.store.database import Database
from tests.desk import NOW, Desk

FILE = "desk-20261123-093000.db"


def backup(no: int) -> Backup:
    return Backup(folder=Path("备份"), file_name=FILE, made_at=NOW, reason=BackupReason.TIMED, sha256="ab", audit_no=no)


def standing(database: Database) -> Standing:
    with database.reading() as records:
        return records.backups.standing()


def end_of_the_log(database: Database) -> int:
    with database.reading() as records:
        return int(records.connection.exec_driver_sql("select max(no) from audit").scalar_one())


def test_whatever_is_recorded_after_a_back_up_is_news(desk: Desk) -> None:
    assert standing(desk.database) == Standing(has_news=True)
    with desk.database.writing() as records:
        records.backups.add(backup(end_of_the_log(desk.database)))
    assert standing(desk.database) == Standing(last_at=NOW)
    desk.registered()
    assert standing(desk.database) == Standing(last_at=NOW, has_news=True)


def test_the_newest_entry_tells_when_something_was_kept_last(desk: Desk) -> None:
    case_id, later = desk.registered(), NOW + timedelta(hours=3)
    with desk.database.writing(doing=Doing(by_id=1, at=later)) as records:
        note_view(records, "案件", case_id)
    with desk.database.reading() as records:
        assert records.backups.newest_at() == later


def test_the_last_rehearsal_counts_and_every_one_that_passed_proves_its_file(desk: Desk) -> None:
    passed = Rehearsal(held_at=NOW, file_name=FILE, passed=True, counts={"cases": 3})
    failed = Rehearsal(held_at=NOW + timedelta(days=31), file_name="other.db", passed=False, trouble="坏了")
    for held in (passed, failed):
        with desk.database.writing() as records:
            records.backups.add_rehearsal(held)
        assert standing(desk.database).rehearsal == held
    with desk.database.reading() as records:
        assert records.backups.proven() == {FILE}


def test_a_store_that_nobody_has_set_up_remembers_nothing(new_database: Callable[[], Database]) -> None:
    database = new_database()
    with database.writing() as records:
        records.backups.add(backup(0))
    assert standing(database) == Standing()
