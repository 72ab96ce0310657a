"""Whoever's data do not open is told what happened and what is kept, chooses a way out, and is back at work."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.damage import WayOut
from mediation_desk.domain.errors import CannotOpen
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.gui.recovery_dialog import RecoveryDialog, offer_recovery
from mediation_desk.store import key_file, rescue
from mediation_desk.store.backup import back_up
from mediation_desk.store.database import open_store
from mediation_desk.store.side_note import note_damage
from tests.desk import NOW, Desk
from tests.faults.stores import KEY, KINDS, RULES, furnished, has_whole_case, save_case
from tests.store.test_rescue import Harmed, with_key_file

LATER = datetime(2026, 11, 23, 12)
PATIENCE = 60_000  # milliseconds, on a busy machine
ERROR = CannotOpen("数据打不开。")

Open = Callable[[], RecoveryDialog]


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Of each kind a folder with a store of two cases, backed up when it had one."""
    made = {}
    for kind, key in KINDS.items():
        folder = tmp_path_factory.mktemp(kind)
        path = Path(shutil.copy(furnished(folder, kind), folder / "desk.db"))
        if key is not None:
            with_key_file(path, key)
        database = open_store(path, key)
        save_case(Desk(database, RULES), 1)
        back_up(database, folder / "backups", reason=BackupReason.TIMED, now=NOW, pause=0)
        save_case(Desk(database, RULES), 3)
        database.close()
        made[kind] = folder
    return made


@pytest.fixture
def plain(backed_up: dict[str, Path], tmp_path: Path) -> Harmed:
    shutil.copytree(backed_up["plain"], tmp_path, dirs_exist_ok=True)
    return Harmed(tmp_path / "desk.db", None)


@pytest.fixture
def encrypted(backed_up: dict[str, Path], tmp_path: Path) -> Harmed:
    shutil.copytree(backed_up["encrypted"], tmp_path, dirs_exist_ok=True)
    return Harmed(tmp_path / "desk.db", KEY)


@pytest.fixture
def opened(place: QWidget, qtbot: QtBot) -> Iterator[Callable[[Harmed], RecoveryDialog]]:
    """Opens the dialog, and waits until it knows what is wrong."""
    made: list[RecoveryDialog] = []

    def begin(harmed: Harmed) -> RecoveryDialog:
        dialog = RecoveryDialog(harmed.path, ERROR, harmed.key, place, clock=lambda: LATER)
        dialog.open()
        made.append(dialog)
        qtbot.waitUntil(dialog.ui.leave.isVisible, timeout=PATIENCE)
        return dialog

    yield begin
    for dialog in made:
        dialog.reject()


def choose(dialog: RecoveryDialog, way: WayOut, qtbot: QtBot) -> None:
    row = [line.key.way for line in dialog.ways.lines].index(way)
    dialog.ui.ways.setCurrentIndex(dialog.ways.index(row, 0))
    dialog.ui.go.click()
    if way is not WayOut.ANEW:
        done = (dialog.ui.open_store, dialog.ui.use_salvaged)
        qtbot.waitUntil(lambda: any(button.isVisible() for button in done), timeout=PATIENCE)


def buttons(dialog: RecoveryDialog) -> set[str]:
    return {button.objectName() for button in dialog.findChildren(QPushButton) if button.isVisible()}


def test_it_says_what_happened_what_is_kept_and_what_each_way_costs(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog]
) -> None:
    plain.path.write_bytes(b"")
    dialog = opened(plain)
    assert dialog.ui.what_happened.text() == f"数据文件是空的。\n{plain.path}"
    assert "不会删除" in dialog.ui.what_is_kept.text()
    [line] = dialog.ways.lines
    assert line.cells[0].startswith("用备份恢复\n（2026-11-23 09:30，")
    assert line.cells[1] == "会缺少11月23日 09:30以后的约1步操作。"
    assert buttons(dialog) == {"go", "leave"}


def test_a_back_up_takes_the_place_and_the_old_file_is_named(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    plain.path.write_bytes(b"")
    dialog = opened(plain)
    choose(dialog, WayOut.BACKUP, qtbot)
    assert "desk.before-20261123-120000.db" in dialog.ui.what_is_kept.text()
    with qtbot.waitSignal(dialog.recovered) as said:
        dialog.ui.open_store.click()
    assert said.args == [True]
    assert plain.path.with_name("desk.before-20261123-120000.db").read_bytes() == b""
    assert plain.cases()[0]


def test_what_is_salvaged_is_shown_before_it_is_taken(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    plain.write(plain.page_of("sessions"), b"\xff" * 4096)
    before = plain.path.read_bytes()
    dialog = opened(plain)
    choose(dialog, WayOut.SALVAGE, qtbot)
    assert dialog.ui.what_happened.text().startswith("读出2个案件")
    assert buttons(dialog) == {"use_salvaged", "back", "leave"}
    assert plain.path.read_bytes() == before
    dialog.ui.back.click()
    qtbot.waitUntil(dialog.ui.go.isVisible, timeout=PATIENCE)
    assert not list(plain.path.parent.glob("desk.db.rescued*"))
    choose(dialog, WayOut.SALVAGE, qtbot)
    dialog.ui.use_salvaged.click()
    qtbot.waitUntil(dialog.ui.open_store.isVisible, timeout=PATIENCE)
    database = plain.open()
    assert has_whole_case(database, 1)
    assert has_whole_case(database, 3)
    database.close()


def test_what_was_salvaged_goes_when_the_program_ends(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    plain.write(plain.page_of("sessions"), b"\xff" * 4096)
    dialog = opened(plain)
    choose(dialog, WayOut.SALVAGE, qtbot)
    dialog.close()
    assert not list(plain.path.parent.glob("desk.db.rescued*"))


def test_a_damaged_header_is_mended(plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot) -> None:
    plain.write(0, bytes(100))
    choose(opened(plain), WayOut.HEADER, qtbot)
    assert plain.cases()[:2] == [True, True]


def test_a_key_file_comes_back(encrypted: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot) -> None:
    key_file.key_path(encrypted.path).unlink()
    encrypted.key = None
    dialog = opened(encrypted)
    assert "口令用做那次备份时的" in dialog.ways.lines[0].cells[1]
    choose(dialog, WayOut.KEYS, qtbot)
    with qtbot.waitSignal(dialog.recovered) as said:
        dialog.ui.open_store.click()
    assert said.args == [False]
    assert key_file.is_whole(encrypted.path)


def test_an_older_copy_can_be_opened_as_it_is(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    older = plain.path.read_bytes()
    database = plain.open()
    save_case(Desk(database, RULES), 5)
    database.close()
    plain.path.write_bytes(older)
    choose(opened(plain), WayOut.AS_IT_IS, qtbot)
    assert plain.cases()[:2] == [True, True]


def test_a_log_of_something_else_is_left_out(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    other = Path(shutil.copy(furnished(plain.path.parent, "plain"), plain.path.with_name("other.db")))
    database = open_store(other)
    for number in range(11, 41):
        save_case(Desk(database, RULES), number)
    shutil.copy(other.with_name("other.db-wal"), plain.log)
    database.close()
    choose(opened(plain), WayOut.WITHOUT_LOG, qtbot)
    assert plain.cases()[:2] == [True, True]


def test_in_place_of_a_store_that_is_gone_a_new_one_is_made_only_on_demand(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    plain.path.unlink()
    dialog = opened(plain)
    choose(dialog, WayOut.ANEW, qtbot)
    [question] = [box for box in dialog.findChildren(QMessageBox) if box.isVisible()]
    with qtbot.waitSignal(dialog.anew_wanted):
        question.buttons()[0].click()
    assert not plain.path.exists()


def test_what_is_not_damaged_can_be_tried_again(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot
) -> None:
    note_damage(plain.path)
    dialog = opened(plain)
    assert dialog.ui.what_happened.text() == "数据打不开。"
    assert buttons(dialog) == {"retry", "leave"}
    with qtbot.waitSignal(dialog.recovered) as said:
        dialog.ui.retry.click()
    assert said.args == [False]
    assert plain.cases()[:2] == [True, True]


def test_without_any_way_out_it_says_whom_to_ask(plain: Harmed, opened: Callable[[Harmed], RecoveryDialog]) -> None:
    shutil.rmtree(plain.path.parent / "backups")
    plain.path.write_bytes(b"")
    dialog = opened(plain)
    assert "没有找到能用的备份" in dialog.ui.recovery_said.text()
    assert "请联系管理员" in dialog.ui.recovery_said.text()
    assert buttons(dialog) == {"leave"}
    dialog.go()
    assert buttons(dialog) == {"leave"}


def test_a_damaged_back_up_is_named(plain: Harmed, opened: Callable[[Harmed], RecoveryDialog]) -> None:
    [backup] = (plain.path.parent / "backups").glob("*.db")
    backup.write_bytes(backup.read_bytes()[:-1])
    plain.path.write_bytes(b"")
    assert f"备份“{backup.name}”也已损坏" in opened(plain).ui.recovery_said.text()


def test_a_way_that_is_refused_says_why_and_leaves_the_others(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.write(0, bytes(1000))  # more than the header
    plain.write(100, b"\x05" + bytes(900))
    dialog = opened(plain)
    row = [line.key.way for line in dialog.ways.lines].index(WayOut.HEADER)
    dialog.ui.ways.setCurrentIndex(dialog.ways.index(row, 0))
    dialog.ui.go.click()
    qtbot.waitUntil(dialog.ui.go.isVisible, timeout=PATIENCE)
    assert "补不好" in dialog.ui.recovery_said.text()
    choose(dialog, WayOut.BACKUP, qtbot)


def test_work_can_be_stopped(
    plain: Harmed, opened: Callable[[Harmed], RecoveryDialog], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediation_desk.store.copying import Stopped

    def wait_for_stop(*_: object, stop: object, **__: object) -> None:
        stop.wait()  # type: ignore[attr-defined]  # an event
        raise Stopped

    plain.path.write_bytes(b"")
    dialog = opened(plain)
    monkeypatch.setattr(rescue, "restore", wait_for_stop)
    dialog.ui.go.click()
    qtbot.waitUntil(dialog.ui.stop_recovery.isVisible)
    dialog.ui.stop_recovery.click()
    qtbot.waitUntil(dialog.ui.go.isVisible, timeout=PATIENCE)
    assert dialog.ui.recovery_said.text() == "已停止，没有改动任何文件。"
    dialog.stop()


def test_whoever_offers_it_is_told_how_it_ends(plain: Harmed, place: QWidget, qtbot: QtBot) -> None:
    plain.path.unlink()
    told: list[object] = []
    dialog = offer_recovery(plain.path, ERROR, None, place, told.append, lambda: told.append("anew"))
    qtbot.waitUntil(dialog.ui.go.isVisible, timeout=PATIENCE)
    dialog.retry()
    assert told == [False]
    dialog = offer_recovery(plain.path, ERROR, None, place, told.append, lambda: told.append("anew"))
    qtbot.waitUntil(dialog.ui.go.isVisible, timeout=PATIENCE)
    dialog._begin_anew()
    assert told == [False, "anew"]
