"""What is shown, printed and saved comes into the log by itself, once, and is tried again where the store is busy."""

from contextlib import closing

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.gui import log_keeper
from mediation_desk.gui.desk import Desk
from mediation_desk.services.audit import note_print
from mediation_desk.services.audit_log import LogLine, look_at_log
from mediation_desk.store.audit_log import LogFilter
from mediation_desk.store.sqlite_file import connect


def told(desk: Desk) -> list[LogLine]:
    return [line for line in desk.look(look_at_log, LogFilter()) if line.kind in ("view", "print", "export")]


def test_a_note_is_written_soon_by_itself(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_keeper, "SOON_MS", 0)
    desk.log.note(note_print, "案件登记单", 7, copies=2)
    qtbot.waitUntil(lambda: bool(told(desk)))
    [line] = told(desk)
    assert (line.what, line.case_id, line.who, line.at) == ("案件登记单 2份", 7, "王窗口", desk.now())


def test_who_sees_the_same_again_is_noted_once(desk: Desk) -> None:
    for _ in range(3):
        desk.log.viewed("案件", 7)
    desk.log.viewed("保密笔记", 7)
    desk.log.viewed("案件", 8)
    desk.log.flush()
    assert sorted((line.what, line.case_id) for line in told(desk)) == [("保密笔记", 7), ("案件", 7), ("案件", 8)]


def test_another_user_is_noted_anew_and_by_their_own_name(desk: Desk) -> None:
    desk.log.viewed("案件", 7)
    desk.hand_over(2)
    desk.log.viewed("案件", 7)
    desk.log.flush()
    assert [line.who for line in told(desk)] == ["李窗口", "王窗口"]


def test_a_store_that_is_busy_is_asked_again(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_keeper, "AGAIN_MS", 0)
    monkeypatch.setattr(log_keeper, "PATIENCE_SECONDS", 0)
    assert desk.database.path is not None
    desk.log.viewed("案件", 7)
    with closing(connect(desk.database.path)) as other:
        other.execute("begin immediate")
        desk.log.flush()
        assert told(desk) == []
    qtbot.waitUntil(lambda: bool(told(desk)))


def test_a_store_that_is_only_read_takes_no_notes(desk: Desk) -> None:
    desk.database.read_only = "只能查看"
    desk.log.viewed("案件", 7)
    desk.log.flush()
    desk.database.read_only = ""
    desk.log.flush()
    assert told(desk) == []
