"""The log in the window: read, narrowed, exported, and held against the records."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mediation_desk.gui import audit_section, audit_watch, printing
from mediation_desk.gui.audit_dialog import AuditDialog
from mediation_desk.gui.audit_section import AuditSection
from mediation_desk.gui.desk import Desk
from mediation_desk.services.audit import note_view
from tests.desk import Desk as Walk
from tests.store.intruder import run


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """Settings of no real person."""
    settings = QSettings(str(tmp_path_factory.mktemp("settings") / "desk.ini"), QSettings.Format.IniFormat)
    for module in (audit_watch, printing):
        monkeypatch.setattr(module, "QSettings", lambda: settings)
    return settings


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> AuditSection:
    """The log of a desk where a case was registered and looked at."""
    Walk(desk.database, desk.rules).triaged()
    desk.log.note(note_view, "案件", 1)
    desk.log.flush()
    section = AuditSection(desk)
    qtbot.addWidget(section)
    section.show()
    return section


def shown(section: AuditSection) -> list[str]:
    return [line.what for line in section.model.lines]


def finished(section: AuditSection, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: section._stop is None)
    return section.ui.verdict.text()


def test_the_newest_lines_stand_there_at_once(section: AuditSection) -> None:
    assert shown(section)[:2] == ["案件", "（未说明）"]


def test_an_entry_that_is_chosen_tells_what_it_changed(section: AuditSection) -> None:
    section.ui.log_lines.setCurrentIndex(section.model.index(1, 0))
    assert "新增 当事人 1" in section.ui.log_text.toPlainText()
    section.ui.log_lines.setCurrentIndex(section.model.index(0, 0))
    assert section.ui.log_text.toPlainText() == "这一条没有改动数据。"


def test_it_is_narrowed_by_what_is_asked_for(section: AuditSection) -> None:
    section.ui.log_kind.setCurrentIndex(section.ui.log_kind.findData("view"))
    section.refresh()
    assert shown(section) == ["案件"]
    section.ui.log_user.setCurrentIndex(section.ui.log_user.findData(2))
    section.refresh()
    assert section.ui.verdict.text() == "没有这样的记录。"


@pytest.mark.parametrize(
    ("since", "until", "case", "count"), [("今天", "今天", "", 1), ("", "2026-11-22", "", 0), ("", "", "1", 2)]
)
def test_days_and_cases_are_typed(section: AuditSection, since: str, until: str, case: str, count: int) -> None:
    ui = section.ui
    ui.log_since.setText(since)
    ui.log_until.setText(until)
    ui.log_case.setText(case)
    section.refresh()
    assert len(section.model.lines) == count


@pytest.mark.parametrize(
    ("since", "until", "case", "caption", "sentence"),
    [
        ("哪天", "", "", "log_since_caption", "哪天"),
        ("2026-11-23", "2026-11-1", "", "log_until_caption", "开始日晚于结束日"),
        ("", "", "没有这个号", "log_case_caption", "没有编号为“没有这个号”的案件"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    section: AuditSection, since: str, until: str, case: str, caption: str, sentence: str
) -> None:
    section.ui.log_since.setText(since)
    section.ui.log_until.setText(until)
    section.ui.log_case.setText(case)
    section.refresh()
    assert sentence in getattr(section.ui, caption).text()


def test_it_is_exported_and_that_is_logged(section: AuditSection, tmp_path: Path) -> None:
    section.export()
    dialog = section.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "log.xlsx"))
    dialog.close()
    sheet = load_workbook(BytesIO((tmp_path / "log.xlsx").read_bytes())).active
    assert sheet is not None
    assert str(sheet.cell(1, 1).value).startswith("操作日志")
    section.desk.log.flush()
    section.refresh()
    assert section.model.lines[0].kind == "export"


def test_a_sound_store_is_found_sound_and_its_end_is_remembered(section: AuditSection, qtbot: QtBot) -> None:
    section.verify()
    assert not section.ui.verify_log.isEnabled()
    assert finished(section, qtbot) == "核验完毕：日志前后相接，数据与日志一致。"
    assert audit_watch.remembered(section.desk) is not None
    section.desk.log.flush()
    section.refresh()
    assert shown(section)[0] == "核验日志和数据：没有发现不符"


def test_what_was_done_past_the_program_is_listed(section: AuditSection, qtbot: QtBot) -> None:
    run(section.desk.database, "update parties set name = '王五' where id = 1")
    section.verify()
    assert finished(section, qtbot).startswith("发现1处不符")
    assert "当事人 1 与日志记下的不一样" in section.ui.log_text.toPlainText()
    assert audit_watch.remembered(section.desk) is None


def test_verifying_can_be_stopped_and_then_concludes_nothing(
    section: AuditSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped_at_once(*args: object) -> list[object]:
        section.stop()
        return []

    monkeypatch.setattr(audit_section, "gently", stopped_at_once)
    section.verify()
    section.stop()
    assert finished(section, qtbot) == "已停止，没有核验完。"
    assert audit_watch.remembered(section.desk) is None


def test_whoever_may_not_read_the_log_sees_nothing_of_it(section: AuditSection) -> None:
    section.desk.centre.users[1].roles = ["clerk"]
    section.desk.hand_over(2)
    assert section.model.rowCount() == 0
    assert "只有“审计”角色可以看日志" in section.ui.verdict.text()
    assert not section.ui.show_log.isEnabled()
    section.verify()
    assert section._stop is None


def test_the_log_of_one_case_has_nothing_of_others(desk: Desk, qtbot: QtBot, section: AuditSection) -> None:
    desk.log.note(note_view, "案件", 2)
    dialog = AuditDialog(desk, 2, "（序号 2）", section)
    dialog.open()
    assert [line.case_id for line in dialog.section.model.lines] == [2]
    assert not dialog.section.ui.log_case.isVisible()
    assert not dialog.section.ui.verify_log.isVisible()
    dialog.ui.close_button.click()
    assert not dialog.isVisible()
