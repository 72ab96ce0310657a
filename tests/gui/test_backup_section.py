"""备份 in 设置: where the back-ups go, which there are, and restoring one."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.backup_standing import Light, Remark
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.gui.backup_remarks import in_colour
from mediation_desk.gui.backup_section import BackupSection
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.line_model import YELLOW
from mediation_desk.services.backup import back_up_now
from mediation_desk.store.backup import list_backups
from mediation_desk.store.backup_places import Places, places_file, read_places, write_places
from mediation_desk.store.copying import Progress
from mediation_desk.store.database import open_store
from mediation_desk.store.restoring import finish, is_prepared
from tests.desk import Desk as Clerk
from tests.gui.conftest import NOW


def store(desk: Desk) -> Path:
    assert desk.database.path is not None
    return desk.database.path


@pytest.fixture
def section(desk: Desk, qtbot: QtBot, place: QWidget) -> Iterator[BackupSection]:
    made = BackupSection(desk)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.keeper.call_off()
    made.keeper.background.finish()
    made.leave()


def until(section: BackupSection, qtbot: QtBot, said: str) -> None:
    qtbot.waitUntil(lambda: said in section.ui.backup_said.text() and not section.keeper.doing, timeout=20_000)


def backed_up(section: BackupSection, qtbot: QtBot) -> None:
    section.ui.back_up_now.click()
    until(section, qtbot, "已备份")
    qtbot.waitUntil(lambda: bool(section.backups.lines))


def question(section: BackupSection) -> QMessageBox:
    return section.findChildren(QMessageBox, "question_box")[-1]


def answer(section: BackupSection, words: str) -> None:
    box = question(section)
    next(button for button in box.buttons() if button.text() == words).click()


def test_before_the_first_back_up_there_is_nothing_to_rehearse_or_restore(section: BackupSection) -> None:
    assert "还没有备份" in section.ui.backup_state.text()
    assert not section.ui.rehearse_now.isEnabled()
    assert not section.ui.restore.isEnabled()
    assert section.ui.backup_folder.text() == str(store(section.desk).parent / "backups")
    assert section.ui.stop_backup.isHidden()


def test_a_back_up_is_made_and_listed(section: BackupSection, qtbot: QtBot) -> None:
    backed_up(section, qtbot)
    [line] = section.backups.lines
    assert line.cells[0] == "2026-11-23 09:30"
    assert line.cells[1] == "手动"
    assert line.cells[3:] == ("否", "", "备份文件夹")
    assert "备份 09:30" in section.ui.backup_state.text()
    assert section.ui.rehearse_now.isEnabled()


def test_a_rehearsal_is_held_on_demand(section: BackupSection, qtbot: QtBot, clerk: Clerk) -> None:
    clerk.registered()
    backed_up(section, qtbot)
    section.ui.rehearse_now.click()
    until(section, qtbot, "演练通过")
    assert "1个案件都在" in section.ui.backup_said.text()
    qtbot.waitUntil(lambda: section.backups.lines[0].cells[4] == "通过")
    assert "备份演练 11-23 通过" in section.ui.backup_state.text()


def test_a_rehearsal_that_fails_says_why(section: BackupSection, qtbot: QtBot) -> None:
    backed_up(section, qtbot)
    [backup] = list_backups(Path(section.ui.backup_folder.text()))
    backup.path.write_bytes(backup.path.read_bytes()[:-1])
    section.ui.rehearse_now.click()
    until(section, qtbot, "不一致")
    assert "备份演练 11-23 没有通过" in section.ui.backup_state.text()
    assert "不一致" in section.ui.backup_state.text()


def half_and_then_wait(progress: Progress, stop: Event) -> None:
    progress(0.5)
    assert stop.wait(10)


def test_while_something_goes_on_it_can_be_stopped(section: BackupSection, qtbot: QtBot) -> None:
    section.keeper.do("备份", half_and_then_wait, lambda _: None)
    qtbot.waitUntil(lambda: section.ui.backup_progress.value() == 500)
    assert not section.ui.back_up_now.isEnabled()
    with qtbot.waitSignal(section.keeper.told):
        section.ui.stop_backup.click()
    assert section.ui.back_up_now.isEnabled()
    assert section.ui.backup_progress.isHidden()


def test_what_the_program_began_by_itself_is_shown_when_it_takes_its_time(section: BackupSection, qtbot: QtBot) -> None:
    section.keeper.do("备份", half_and_then_wait, lambda _: None, is_asked=False)
    qtbot.waitUntil(section.ui.stop_backup.isVisible)
    section.ui.stop_backup.click()
    qtbot.waitUntil(section.ui.stop_backup.isHidden)


def test_a_second_folder_is_chosen_tried_and_gets_its_copy_at_once(
    section: BackupSection, qtbot: QtBot, tmp_path: Path
) -> None:
    backed_up(section, qtbot)
    stick = tmp_path / "U盘"
    stick.mkdir()
    section.ui.choose_second.click()
    dialog = section.findChild(QFileDialog, "folder_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(stick))
    qtbot.waitUntil(lambda: len(section.backups.lines) == 2)
    assert read_places(store(section.desk)).second == stick
    assert {line.cells[5] for line in section.backups.lines} == {"备份文件夹", "第二备份位置"}
    qtbot.waitUntil(section.ui.try_second.isEnabled)
    section.ui.try_second.click()
    until(section, qtbot, "可以写入")
    section.ui.drop_second.click()
    qtbot.waitUntil(lambda: len(section.backups.lines) == 1)
    assert section.ui.second_folder.text() == ""
    section.try_second()
    assert list_backups(stick)  # what was made stays


def test_a_second_folder_that_cannot_be_written_is_not_taken(
    section: BackupSection, qtbot: QtBot, tmp_path: Path
) -> None:
    section.choose_second(str(tmp_path / "gone"))
    until(section, qtbot, "写不进去")
    assert read_places(store(section.desk)).second is None


def test_the_first_folder_can_be_another(section: BackupSection, qtbot: QtBot, tmp_path: Path) -> None:
    section.choose_first(str(tmp_path / "别处"))
    qtbot.waitUntil(lambda: bool(list_backups(tmp_path / "别处")))
    assert section.ui.backup_folder.text() == str(tmp_path / "别处")


def test_what_leaves_this_pc_is_thought_of(section: BackupSection, qtbot: QtBot, tmp_path: Path) -> None:
    section.choose_first(str(tmp_path / "坚果云" / "备份"))
    until(section, qtbot, "“坚果云”会自动同步")
    section.choose_first(str(tmp_path / "备份"))
    until(section, qtbot, "已保存。")  # a round of the keeper begins with it, and is waited for
    section.choose_second(str(tmp_path))
    until(section, qtbot, "数据没有加密")


def test_lost_choices_are_told(section: BackupSection) -> None:
    places_file(store(section.desk)).write_text("{", encoding="utf-8")
    section.refresh()
    assert "重新选择" in section.ui.backup_state.text()


def test_one_without_a_manifest_is_marked(section: BackupSection, qtbot: QtBot) -> None:
    backed_up(section, qtbot)
    [backup] = list_backups(Path(section.ui.backup_folder.text()))
    backup.manifest.unlink()
    section.refresh()
    qtbot.waitUntil(lambda: section.backups.lines[0].cells[1] == "没有清单，未核对")
    assert section.backups.lines[0].tone is YELLOW


def test_a_back_up_is_restored_when_the_store_is_opened_next(
    section: BackupSection, desk: Desk, qtbot: QtBot, clerk: Clerk
) -> None:
    section.ui.restore.setEnabled(True)
    section.ui.restore.click()
    assert "选一个备份" in section.ui.backup_said.text()
    backed_up(section, qtbot)
    clerk.registered()
    section.ui.backups.setCurrentIndex(section.backups.index(0, 0))
    section.ui.restore.click()
    assert "将不在其中" in question(section).text()
    answer(section, "恢复")
    until(section, qtbot, "已准备好")
    assert is_prepared(store(desk))
    reasons = {each.reason for each in list_backups(Path(section.ui.backup_folder.text()))}
    assert BackupReason.RESTORE in reasons
    desk.database.close()
    aside = finish(store(desk))
    assert aside is not None
    for path, cases in ((store(desk), 0), (aside, 1)):
        database = open_store(path)
        with database.reading() as records:
            assert len(records.cases.ids()) == cases
        database.close()


def test_restoring_can_be_called_off(section: BackupSection, desk: Desk, qtbot: QtBot) -> None:
    backed_up(section, qtbot)
    section.ui.backups.setCurrentIndex(section.backups.index(0, 0))
    section.ui.restore.click()
    answer(section, "恢复")
    until(section, qtbot, "已准备好")
    assert section.ui.restore.text() == "取消恢复(&R)"
    section.ui.restore.click()
    assert "已取消恢复" in section.ui.backup_said.text()
    assert not is_prepared(store(desk))


def test_whoever_has_no_right_to_it_sees_and_backs_up_but_changes_nothing(
    section: BackupSection, desk: Desk, qtbot: QtBot
) -> None:
    desk.user.roles[:] = ["clerk"]
    backed_up(section, qtbot)
    assert not section.ui.restore.isEnabled()
    assert not section.ui.choose_folder.isEnabled()
    assert not section.ui.choose_second.isEnabled()
    assert section.ui.rehearse_now.isEnabled()


def test_of_a_store_on_a_server_only_who_backs_it_up_is_said(section: BackupSection, desk: Desk) -> None:
    path, desk.database.path = desk.database.path, None
    section.refresh()
    assert "pg_dump" in section.ui.backup_state.text()
    assert section.ui.back_up_now.isHidden()
    desk.database.path = path


def test_nothing_is_read_while_the_section_is_not_shown(desk: Desk, qtbot: QtBot) -> None:
    hidden = BackupSection(desk)
    qtbot.addWidget(hidden)
    hidden.refresh()
    assert hidden.ui.backup_state.text() == ""


def test_a_remark_is_shown_as_it_is_written() -> None:
    remarks = [Remark(Light.RED, "没有做成", "“<盘>”满了"), Remark(Light.GREEN, "备份 09:30")]
    assert "没有做成" in in_colour(remarks)
    assert "“&lt;盘&gt;”满了<" in in_colour(remarks, whole=True)
    assert in_colour([]) == ""


def test_back_ups_of_the_second_folder_are_listed_as_such(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    write_places(store(desk), Places(folder=tmp_path / "备份", second=tmp_path))
    back_up_now(desk.database, desk.rules, BackupReason.TIMED, NOW, pause=0)
    shown = BackupSection(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.backups.lines) == 2)
    shown.leave()
