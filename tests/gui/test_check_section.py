"""设置·检查: what is found is listed, what can be mended is mended after a question, the rest stays."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave
from mediation_desk.gui import check_section
from mediation_desk.gui.check_section import CheckSection
from mediation_desk.gui.desk import Desk
from mediation_desk.store.backup_places import all_backups
from tests.desk import Desk as Clerk

PATIENCE = 60_000  # milliseconds, on a busy machine


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> CheckSection:
    made = CheckSection(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def check(section: CheckSection, qtbot: QtBot) -> None:
    section.ui.check_now.click()
    qtbot.waitUntil(section.ui.check_now.isEnabled, timeout=PATIENCE)


def spoil(desk: Desk) -> None:
    with desk.database.writing() as records:
        records.connection.exec_driver_sql(
            "insert into stage_counts (centre_id, stage, number) values (1, 'closed', 3)"
        )


def test_a_good_store_is_said_to_be_good(section: CheckSection, qtbot: QtBot) -> None:
    check(section, qtbot)
    assert section.ui.check_said.text() == "09:30 没有发现问题。"
    assert not section.ui.mend_now.isEnabled()
    assert not section.ui.check_progress.isVisible()


def test_what_is_found_is_listed_and_mended(section: CheckSection, desk: Desk, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.accepted()
    with desk.database.writing() as records:
        records.connection.exec_driver_sql("update counters set last = last + 1")
        records.connection.exec_driver_sql("update stage_counts set number = number + 1")
    check(section, qtbot)
    assert section.ui.check_said.text() == "09:30 发现2处问题，其中1处可以修复，1处要人核对。"
    assert [line.cells[0] for line in section.troubles.lines] == ["编号", "各阶段件数"]
    section.ui.mend_now.click()
    [question] = [box for box in section.findChildren(QMessageBox) if box.isVisible()]
    assert "先备份，再修复1处" in question.text()
    question.buttons()[0].click()
    qtbot.waitUntil(lambda: "发现1处问题" in section.ui.check_said.text(), timeout=PATIENCE)
    assert [line.cells[0] for line in section.troubles.lines] == ["编号"]
    assert desk.database.path is not None
    assert len(all_backups(desk.database.path)) == 1


def test_a_back_up_that_fails_is_said_and_nothing_mended(
    section: CheckSection, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise CannotSave("事先的备份没有做成，所以没有继续。")

    spoil(desk)
    check(section, qtbot)
    monkeypatch.setattr(check_section, "mend_store", refuse)
    section.mend()
    qtbot.waitUntil(section.ui.mend_now.isEnabled, timeout=PATIENCE)
    assert "没有继续" in section.ui.check_said.text()


def test_a_check_can_be_stopped(section: CheckSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_for_stop(*_: object, stop: object, progress: Callable[[float], None]) -> list[object]:
        progress(0.5)
        stop.wait()  # type: ignore[attr-defined]  # an event
        return []

    monkeypatch.setattr(check_section, "check_store", wait_for_stop)
    section.ui.check_now.click()
    qtbot.waitUntil(lambda: section.ui.check_progress.value() == 500, timeout=PATIENCE)
    section.check()  # one at a time
    section.ui.stop_check.click()
    qtbot.waitUntil(section.ui.check_now.isEnabled, timeout=PATIENCE)
    assert section.ui.check_said.text() == "09:30 查到一半停下了，没有发现问题。"
