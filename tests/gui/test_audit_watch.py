"""After the start the newest part of the log is looked at, with what this PC remembers of its end."""

from threading import Event

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.audit import Misfit, MisfitKind
from mediation_desk.gui import audit_watch
from mediation_desk.gui.audit_watch import AuditWatch, gently, remembered, watch_of
from mediation_desk.gui.desk import Desk
from mediation_desk.services.audit import note_view
from mediation_desk.store import audit
from tests.desk import Desk as Walk
from tests.store.intruder import head_no, run, set_head_to_the_last


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """Settings of no real person."""
    settings = QSettings(str(tmp_path_factory.mktemp("settings") / "desk.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(audit_watch, "QSettings", lambda: settings)
    return settings


@pytest.fixture
def watch(desk: Desk, qtbot: QtBot) -> AuditWatch:
    """A watch at a desk with one case."""
    Walk(desk.database, desk.rules).registered()
    window = QWidget()
    qtbot.addWidget(window)
    return watch_of(desk, window)


def look(watch: AuditWatch, qtbot: QtBot) -> list[MisfitKind]:
    with qtbot.waitSignal(watch.told):
        watch.look()
    return [each.kind for each in watch.misfits]


def test_a_sound_store_is_remembered_by_its_end(watch: AuditWatch, desk: Desk, qtbot: QtBot) -> None:
    assert look(watch, qtbot) == []
    assert watch.remarks == []
    kept = remembered(desk)
    assert kept is not None
    assert (kept.no, kept.at) == (head_no(desk.database), desk.now())


def test_what_does_not_fit_is_remarked_in_red_and_not_remembered(watch: AuditWatch, desk: Desk, qtbot: QtBot) -> None:
    run(desk.database, "update parties set name = '王五' where id = 1")
    assert look(watch, qtbot) == [MisfitKind.CHANGED]
    [remark] = watch.remarks
    assert remark.text == "日志与数据不符，请核验"
    assert remembered(desk) is None


def test_a_log_that_was_cut_off_shows_by_what_this_pc_remembers(watch: AuditWatch, desk: Desk, qtbot: QtBot) -> None:
    desk.log.note(note_view, "案件", 1)
    desk.log.flush()
    assert look(watch, qtbot) == []
    run(desk.database, f"delete from audit where no = {head_no(desk.database)}")
    set_head_to_the_last(desk.database)
    assert look(watch, qtbot) == [MisfitKind.ANCHOR]
    assert watch.misfits[0].told == "这台电脑"


def test_only_the_newest_part_is_looked_at(
    watch: AuditWatch, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_watch, "NEWEST", 1)
    run(desk.database, "update parties set name = '王五' where id = 1")
    Walk(desk.database, desk.rules)
    for case_id in (7, 8):
        desk.log.note(note_view, "案件", case_id)
        desk.log.flush()
    assert look(watch, qtbot) == []


def test_there_is_one_watch_for_each_desk(watch: AuditWatch, desk: Desk, qtbot: QtBot) -> None:
    assert watch_of(desk, QWidget()) is watch


def test_a_practice_store_is_not_watched(watch: AuditWatch, desk: Desk) -> None:
    desk.centre.is_practice = True
    watch.start()
    assert not watch._timer.isActive()
    desk.centre.is_practice = False
    watch.start()
    assert watch._timer.isActive()
    watch.finish()
    assert not watch._timer.isActive()


def test_it_rests_between_and_tells_how_far_it_came(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_watch, "_STRETCH", -1.0)
    monkeypatch.setattr(audit_watch, "_PAUSE", 0)
    done: list[float] = []
    assert gently(desk.database, (), 0, Event(), done.append) == []
    assert done[-1] == 1.0


def test_it_ends_when_told_to_or_when_there_is_too_much(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = Event()
    stopped.set()
    done: list[float] = []
    assert gently(desk.database, (), 0, stopped, done.append) == []
    assert done == []
    monkeypatch.setattr(audit, "MOST_MISFITS", 1)
    run(desk.database, "update users set name = 'x' || id")
    found: list[Misfit] = gently(desk.database, (), 0, Event(), done.append)
    assert len(found) == 1


@pytest.mark.parametrize("kept", ["", "7", "seven hash 2026-11-23T09:30:00"])
def test_settings_that_say_nothing_sensible_are_no_memory(desk: Desk, settings: QSettings, kept: str) -> None:
    settings.setValue(f"log/{desk.centre.uid}", kept)
    assert remembered(desk) is None
