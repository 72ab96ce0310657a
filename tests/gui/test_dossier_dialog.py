"""The case file as a window: what it holds and lacks is seen, it is bound beside the window, printed and saved."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mediation_desk.domain.case import AttachmentKind, EventKind
from mediation_desk.domain.errors import CannotRead
from mediation_desk.gui import dossier_dialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.dossier_dialog import DossierDialog
from mediation_desk.gui.line_model import RED, YELLOW
from mediation_desk.gui.papers_tab import PapersTab
from mediation_desk.services import agreements
from mediation_desk.services.attachments import attach
from mediation_desk.services.dossier import make_dossier
from mediation_desk.services.paper_log import versions_of
from mediation_desk.services.papers import draw_agreement
from tests.desk import Desk as Clerk
from tests.gui.looking import said_in_a_box


@pytest.fixture
def case_id(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return clerk.performing()


@pytest.fixture
def dialog(desk: Desk, case_id: int, place: QWidget, qtbot: QtBot) -> DossierDialog:
    dialog = DossierDialog(desk, case_id, place)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    return file.getvalue()


def add(clerk: Clerk, case_id: int, kind: AttachmentKind, content: bytes) -> None:
    clerk.do(attach, case_id, kind=kind, file_name="a.png", content=content)


def make(dialog: DossierDialog, qtbot: QtBot) -> None:
    dialog.ui.make_dossier.click()
    qtbot.waitUntil(dialog.ui.make_dossier.isEnabled)


def cells(dialog: DossierDialog, column: int) -> list[str]:
    return [line.cells[column] for line in dialog.rows.lines]


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """A printer that takes everything at once, two copies of each; what went there."""
    sent: list[tuple[str, bytes]] = []

    def take(window: object, pdf: bytes, title: str, copies: int, done: Callable[[int], None]) -> None:
        sent.append((title, pdf))
        done(2)

    monkeypatch.setattr(dossier_dialog, "print_paper", take)
    return sent


def test_what_the_file_holds_and_lacks_is_seen_at_once(dialog: DossierDialog, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(dialog.rows)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
    assert cells(dialog, 1)[:4] == [
        "人民调解申请书",
        "人民调解受理登记表",
        "人民调解当事人权利义务告知书",
        "当事人身份证明",
    ]
    assert cells(dialog, 0)[:4] == ["1", "2", "3", "缺"]
    assert cells(dialog, 3)[2:4] == ["未打印过", "缺"]
    assert [line.tone for line in dialog.rows.lines][2:4] == [YELLOW, RED]
    assert dialog.ui.missing_text.text().startswith("缺必须文书：当事人身份证明。")
    assert dialog.ui.retention_text.text().startswith("建议保管期限：短期（没有需要长期或者永久保管的情形）")
    assert dialog.ui.scores_text.text().startswith("评查：程序核对0分")
    assert not dialog.ui.troubles_text.isVisible()
    assert not dialog.ui.last_text.isVisible()
    assert not dialog.ui.print_shown.isEnabled()
    assert "生成卷宗" in dialog.ui.preview.ui.paper_note.text()


def test_the_bound_file_is_seen_with_its_pages(dialog: DossierDialog, clerk: Clerk, case_id: int, qtbot: QtBot) -> None:
    add(clerk, case_id, AttachmentKind.SIGNED_AGREEMENT, photo())
    make(dialog, qtbot)
    assert dialog.ui.preview.page_count > 10
    assert cells(dialog, 4) == ["1", "2", "3—4", "", "5", "6"]
    assert cells(dialog, 3)[-1] == "签署件1件"
    assert dialog.rows.lines[-1].tone is None
    assert dialog.ui.progress_text.text() == "已生成，共6页。"
    dialog.ui.double_sided.setChecked(False)
    make(dialog, qtbot)
    assert dialog.ui.preview.page_count == 9


def test_what_could_not_be_printed_is_named(dialog: DossierDialog, clerk: Clerk, case_id: int, qtbot: QtBot) -> None:
    add(clerk, case_id, AttachmentKind.EVIDENCE, photo()[:60])
    make(dialog, qtbot)
    assert dialog.ui.troubles_text.text() == "未能印出：证据材料 1（a.png）：文件已损坏或不完整，无法读出。"
    assert dialog.scores.lines[-1].cells[3:] == ["0", "证据材料 1：文件已损坏或不完整，无法读出。"]


def test_printing_is_noted_and_what_came_after_is_told(
    dialog: DossierDialog,
    clerk: Clerk,
    desk: Desk,
    case_id: int,
    printer: list[tuple[str, bytes]],
    qtbot: QtBot,
) -> None:
    make(dialog, qtbot)
    dialog.print_shown()
    assert printer == [("调解卷宗", dialog.ui.preview.pdf)]
    event = clerk.case(case_id).events[-1]
    assert (event.kind, event.text) == (EventKind.PRINTED, "调解卷宗 2份")
    assert dialog.ui.last_text.text() == "上次装订（2026年11月23日）后没有改动。"
    clerk.now = clerk.now.replace(hour=15)
    add(clerk, case_id, AttachmentKind.EVIDENCE, photo())
    desk.changed.emit()
    assert dialog.ui.last_text.text() == "上次装订（2026年11月23日）后有改动：收存附件。请重新生成。"


def test_saving_is_remembered_once_it_is_done(
    dialog: DossierDialog, settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    make(dialog, qtbot)
    dialog.save_shown()
    [chooser] = dialog.findChildren(QFileDialog)
    assert not dialog.ui.last_text.isVisible()
    chooser.fileSelected.emit(str(tmp_path / "file.pdf"))
    chooser.close()
    assert (tmp_path / "file.pdf").read_bytes() == dialog.ui.preview.pdf
    assert dialog.ui.last_text.isVisible()


def test_the_scoring_sheet_is_seen_and_printed(
    dialog: DossierDialog,
    clerk: Clerk,
    case_id: int,
    settings: QSettings,
    printer: list[tuple[str, bytes]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialog.print_shown()
    dialog.save_shown()  # nothing to print or save yet
    dialog.ui.show_scores.click()
    assert dialog.ui.lists.currentWidget() is dialog.ui.scores_page
    dialog.print_shown()
    assert [title for title, _ in printer] == ["卷宗评查表"]
    assert clerk.case(case_id).events[-1].text == "卷宗评查表 2份"
    dialog.save_shown()
    [chooser] = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "sheet.pdf"))
    chooser.close()
    assert clerk.case(case_id).events[-1].text == "卷宗评查表 2份"
    with clerk.database.reading() as records:
        assert [each.copies for each in versions_of(records, case_id, "S1", 0)] == [2]
    make(dialog, qtbot)
    dialog.show_scores()
    assert dialog.ui.preview.page_count >= 1


def test_a_file_that_cannot_be_bound_is_told_and_the_rest_stays(
    dialog: DossierDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CannotRead("数据文件读不出来。")

    monkeypatch.setattr(dossier_dialog, "make_dossier", fail)
    make(dialog, qtbot)
    assert said_in_a_box(dialog) == "数据文件读不出来。"
    assert not dialog.ui.print_shown.isEnabled()


def test_closing_the_dialog_breaks_the_binding_off(
    desk: Desk, case_id: int, place: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = DossierDialog(desk, case_id, place)
    bound: list[Any] = []
    really = make_dossier

    def note(*args: Any, **how: Any) -> Any:
        dialog._given_up.wait()
        bound.append(really(*args, **how))

    monkeypatch.setattr(dossier_dialog, "make_dossier", note)
    dialog.open()
    dialog.make()
    dialog.make()  # while it is made nothing is begun anew
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert bound == []


def test_a_case_of_many_parts_fits_a_small_screen(dialog: DossierDialog) -> None:
    assert dialog.minimumSizeHint().width() <= 910
    assert dialog.minimumSizeHint().height() <= 440


def test_the_file_is_opened_from_the_papers_of_the_case(desk: Desk, clerk: Clerk, case_id: int, qtbot: QtBot) -> None:
    tab = PapersTab(desk)
    qtbot.addWidget(tab)
    tab.bind_file()  # no case yet
    tab.show_case(clerk.case(case_id))
    tab.findChild(QPushButton, "bind_file").click()  # type: ignore[union-attr] # it is there
    [dialog] = tab.findChildren(DossierDialog)
    assert dialog.isVisible()
    dialog.reject()
