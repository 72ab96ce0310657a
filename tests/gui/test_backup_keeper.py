"""Back-ups made beside whoever works."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.errors import CannotSave, DeskError
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.gui import backup_keeper
from mediation_desk.gui.backup_keeper import BackupKeeper, keeper_of
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.main_window import MainWindow
from mediation_desk.gui.start import Start
from mediation_desk.services import backup
from mediation_desk.store.backup import Backup, back_up, list_backups
from mediation_desk.store.backup_places import Places, write_places
from mediation_desk.store.database import open_store
from mediation_desk.store.restoring import is_prepared, prepare
from mediation_desk.store.sealing import Told
from tests.desk import Desk as Clerk
from tests.gui.conftest import NOW
from tests.gui.starting import Begin


@pytest.fixture
def keeper(desk: Desk, place: QWidget) -> Iterator[BackupKeeper]:
    keeper = keeper_of(desk, place)
    yield keeper
    keeper.call_off()
    keeper.background.finish()


def there(desk: Desk) -> list[Backup]:
    assert desk.database.path is not None
    return list_backups(desk.database.path.parent / "backups")


def is_done(keeper: BackupKeeper) -> bool:
    return not keeper.doing


def a_round(keeper: BackupKeeper, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.told, check_params_cb=lambda: is_done(keeper)):
        keeper.look()


def test_there_is_one_keeper_for_a_desk(keeper: BackupKeeper, desk: Desk, place: QWidget) -> None:
    assert keeper_of(desk, place) is keeper


def test_work_is_backed_up_and_nothing_is_backed_up_twice(
    keeper: BackupKeeper, desk: Desk, clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.registered()
    a_round(keeper, qtbot)
    a_round(keeper, qtbot)
    assert [each.reason for each in there(desk)] == [BackupReason.TIMED]
    assert keeper.remarks == []


def test_what_goes_wrong_is_remarked_and_not_tried_again_at_once(
    keeper: BackupKeeper, desk: Desk, clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    assert desk.database.path is not None
    write_places(desk.database.path, Places(folder=tmp_path / "gone" / "gone"))
    clerk.registered()
    a_round(keeper, qtbot)
    [remark] = keeper.remarks
    assert remark.text == "备份没有做成"
    keeper.look()
    assert is_done(keeper)
    write_places(desk.database.path, Places(folder=tmp_path / "备份"))
    with qtbot.waitSignal(keeper.told, check_params_cb=lambda: is_done(keeper)):
        keeper.look_anew()
    assert keeper.remarks == []


def test_nothing_is_made_by_itself_in_practice_or_where_nothing_can_be_written(
    keeper: BackupKeeper, desk: Desk
) -> None:
    desk.centre.is_practice = True
    keeper.start()
    keeper.look()
    assert is_done(keeper)
    desk.centre.is_practice = False
    desk.database.read_only = "只读"
    keeper.look()
    assert is_done(keeper)
    assert not keeper.is_wanted


def test_it_begins_with_clearing_away_what_a_killed_program_left(
    keeper: BackupKeeper, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.database.path is not None
    half = desk.database.path.parent / "backups" / "desk-20261122-093000.db.part"
    half.parent.mkdir()
    half.write_bytes(b"half")
    monkeypatch.setattr(backup_keeper, "_FIRST_ROUND_MS", 0)
    keeper.start()
    qtbot.waitUntil(lambda: bool(there(desk)) and is_done(keeper))
    assert not half.exists()


def test_one_thing_is_done_at_a_time(keeper: BackupKeeper, desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    refused: list[DeskError] = []
    go_on = Event()
    keeper.do("试写", lambda _progress, _stop: go_on.wait(5), lambda _: None)
    keeper.back_up(lambda _: None, refused.append)
    keeper.look()
    assert str(refused[0]).startswith("正在试写")
    with qtbot.waitSignal(keeper.told):
        go_on.set()
    assert is_done(keeper)


def test_a_rehearsal_is_held_and_its_way_is_told(keeper: BackupKeeper, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.registered()
    told: list[float] = []
    keeper.moved.connect(told.append)
    a_round(keeper, qtbot)
    held: list[object] = []
    with qtbot.waitSignal(keeper.told, check_params_cb=lambda: bool(held), timeout=20_000):
        keeper.rehearse(held.append, lambda _: None)
    assert held[0].passed  # type: ignore[attr-defined]  # a Rehearsal
    assert told[-1] == 1


def test_the_last_back_up_is_made_at_closing_time(keeper: BackupKeeper, desk: Desk, clerk: Clerk) -> None:
    clerk.registered()
    keeper.close_down()
    assert [each.reason for each in there(desk)] == [BackupReason.CLOSING]
    keeper.close_down()
    assert len(there(desk)) == 1


def test_whoever_will_not_wait_closes_without_it(
    keeper: BackupKeeper, desk: Desk, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    clerk.registered()

    def cancel() -> None:
        [box] = (each for each in QApplication.topLevelWidgets() if isinstance(each, QProgressDialog))
        box.canceled.emit()

    def back_up_slowly(*_: object, stop: Event, **__: object) -> None:
        if stop.wait(10):
            raise CannotSave("已取消。")

    monkeypatch.setattr(backup, "back_up_now", back_up_slowly)
    QTimer.singleShot(0, cancel)
    keeper.close_down()
    assert there(desk) == []


def test_a_store_that_cannot_be_read_at_the_end_keeps_nobody_from_closing(
    keeper: BackupKeeper, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    def broken(*_: object) -> None:
        raise CannotSave("读不出来。")

    monkeypatch.setattr(desk, "look", broken)
    keeper.close_down()
    assert there(desk) == []


def test_the_clock_of_the_desk_counts(keeper: BackupKeeper, desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.registered()
    a_round(keeper, qtbot)
    clerk.registered()
    a_round(keeper, qtbot)
    assert len(there(desk)) == 1
    desk._clock = lambda: NOW + timedelta(minutes=30)
    a_round(keeper, qtbot)
    assert len(there(desk)) == 2


def cases(window: MainWindow) -> int:
    assert window.desk is not None
    return len(window.desk.look(lambda records, _: records.cases.ids()))


def test_the_program_backs_up_when_it_ends(begin: Begin, store: Path) -> None:
    window = begin("--store", store)
    assert window.desk is not None
    assert keeper_of(window.desk, window).background.parent() is window  # else it would go with the first page
    window.desk.do(lambda records, _: records.told.append(Told(AuditKind.VIEW, "案件")))
    window.close()
    start = window.findChild(Start)
    assert start is not None
    start.end()
    assert [each.reason for each in list_backups(store.parent / "backups")] == [BackupReason.CLOSING]


def test_what_was_laid_ready_takes_the_place_of_the_store_when_it_is_opened(
    begin: Begin, store: Path, rules: Rules, tmp_path: Path
) -> None:
    with closing(open_store(store)) as database:
        backup = back_up(database, tmp_path / "备份", reason=BackupReason.ASKED, now=NOW, pause=0)
        Clerk(database, rules).registered()
    prepare(backup, store, now=NOW)
    assert cases(begin("--store", store)) == 0
    assert not is_prepared(store)
    assert store.with_name("desk.before-20261123-093000.db").is_file()
