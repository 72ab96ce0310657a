"""Checking and mending as the window and the command line do it: who may, with a back-up first."""

import pytest

from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.errors import CannotSave, NotAllowed
from mediation_desk.domain.rights import Right
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services import checking
from mediation_desk.services.checking import check_store, mend_store
from mediation_desk.store.backup_places import all_backups
from tests.desk import Desk


@pytest.fixture
def spoiled(desk: Desk) -> list[Trouble]:
    """A case whose stage is not what its facts say, and a counter that runs ahead."""
    desk.accepted()
    with desk.database.writing() as records:
        records.connection.exec_driver_sql("update cases set stage = 'closed'")
        records.connection.exec_driver_sql("update counters set last = last + 1")
    desk.database.close()  # the check looks into the file by a connection of its own
    return list(check_store(desk.database, desk.act))


def test_a_store_that_is_true_to_itself_has_no_troubles(desk: Desk) -> None:
    desk.agreed()
    desk.database.close()
    assert list(check_store(desk.database, desk.act)) == []


def test_what_can_be_mended_is_mended_and_the_rest_is_named(desk: Desk, spoiled: list[Trouble]) -> None:
    assert [trouble.check for trouble in spoiled] == [Check.STAGES, Check.NUMBERS]
    assert mend_store(desk.database, desk.act, "PC-1", spoiled) == 1
    assert [trouble.check for trouble in check_store(desk.database, desk.act)] == [Check.NUMBERS]


@pytest.mark.file_only
def test_the_store_is_backed_up_before_it_is_mended(desk: Desk, spoiled: list[Trouble]) -> None:
    told = list[float]()
    mend_store(desk.database, desk.act, "PC-1", spoiled, progress=told.append)
    assert desk.database.path is not None
    assert all_backups(desk.database.path)[0].reason is BackupReason.REPAIR
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.file_only
def test_without_a_back_up_nothing_is_mended(
    desk: Desk, spoiled: list[Trouble], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CannotSave("磁盘已满。")

    monkeypatch.setattr(checking, "back_up_first", fail)
    with pytest.raises(CannotSave):
        mend_store(desk.database, desk.act, "PC-1", spoiled)
    assert list(check_store(desk.database, desk.act)) == spoiled


def test_only_who_keeps_back_ups_or_the_log_may_check(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    clerk = replace(desk.act, rights=frozenset({Right.REGISTER}))
    with pytest.raises(NotAllowed):
        check_store(desk.database, clerk)
    desk.database.close()
    auditor = replace(desk.act, rights=frozenset({Right.AUDIT}))
    assert list(check_store(desk.database, auditor)) == []
    with pytest.raises(NotAllowed):
        mend_store(desk.database, auditor, "PC-1", [])
