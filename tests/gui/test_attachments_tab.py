"""Files that are kept with a case."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.domain.case import AttachmentKind, Case
from mediation_desk.gui import attachments_tab, printing
from mediation_desk.gui.attachments_tab import AttachmentsTab, size_in_words
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fields import choose
from mediation_desk.gui.image_view import LONGEST_SIDE, read_image
from mediation_desk.gui.remove_attachment_dialog import RemoveAttachmentDialog
from tests.desk import Desk as Walk

EXIF_TURNED = bytes.fromhex("ffe1002245786966000049492a0008000000010012010300010000000600000000000000")
"""An Exif block that says: turn a quarter to the right (orientation 6)."""


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.database, desk.rules)


@pytest.fixture
def tab(
    desk: Desk, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> AttachmentsTab:
    """The tab, told of every change as the case page tells it, with settings of no real person."""
    settings = QSettings(str(tmp_path_factory.mktemp("settings") / "desk.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(attachments_tab, "QSettings", lambda: settings)
    monkeypatch.setattr(printing, "QSettings", lambda: settings)
    tab = AttachmentsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(910, 400)
    desk.changed.connect(lambda: tab.show_case(now(tab)))
    return tab


def now(tab: AttachmentsTab) -> Case:
    assert tab.case is not None
    case_id = tab.case.id or 0
    return tab.desk.look(lambda records, _: records.cases.get(case_id))


def show(tab: AttachmentsTab, walk: Walk, case_id: int) -> None:
    tab.show_case(walk.case(case_id))
    tab.show()


def a_picture(path: Path, width: int = 300, height: int = 200) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path))
    return path


def a_paper(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(595.28, 841.89))
    canvas.drawString(72, 700, "1")
    canvas.showPage()
    canvas.save()
    return path


def told(tab: AttachmentsTab) -> str:
    return "".join(box.text() for box in tab.findChildren(QMessageBox))


def test_an_empty_list_says_what_to_do(tab: AttachmentsTab, walk: Walk) -> None:
    show(tab, walk, walk.registered())
    assert "添加文件" in tab.ui.empty_text.text()
    assert not tab.ui.save_copy.isEnabled()


def test_without_a_kind_nothing_is_taken(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    tab.ui.add_files.click()
    assert tab.findChild(QFileDialog) is None
    assert "请先选择" in tab.ui.attachment_kind_caption.text()
    tab.add([a_picture(tmp_path / "a.png")])
    assert now(tab).attachments == []


def test_several_files_are_taken_by_the_dialog(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.IDENTITY)
    files = [a_picture(tmp_path / "身份证 正面.jpg"), a_paper(tmp_path / "身份证.pdf")]
    tab.ui.add_files.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(file) for file in files])
    assert [(each.kind, each.file_name) for each in now(tab).attachments] == [
        (AttachmentKind.IDENTITY, "身份证 正面.jpg"),
        (AttachmentKind.IDENTITY, "身份证.pdf"),
    ]
    line = tab.model.lines[0].cells
    assert line[5] == now(tab).attachments[0].sha256[:12]
    assert line[4] == "王窗口"


def dragged(*urls: QUrl) -> QMimeData:
    content = QMimeData()
    content.setUrls(list(urls))
    return content


def a_drop(content: QMimeData) -> QDropEvent:
    """What Qt tells of something dragged; entering and dropping look alike to the tab."""
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    drop.ignore()
    return drop


def test_files_can_be_dropped(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    content = dragged(QUrl.fromLocalFile(str(a_picture(tmp_path / "现场.png"))), QUrl("https://example.org/a.png"))
    enter = a_drop(content)
    tab.dragEnterEvent(cast(QDragEnterEvent, enter))
    assert enter.isAccepted()
    tab.dropEvent(a_drop(content))
    assert [each.file_name for each in now(tab).attachments] == ["现场.png"]


def test_what_is_no_file_cannot_be_dropped(tab: AttachmentsTab) -> None:
    content = dragged(QUrl("https://example.org/a.png"))
    enter = a_drop(content)
    tab.dragEnterEvent(cast(QDragEnterEvent, enter))
    assert not enter.isAccepted()


def test_one_refused_file_does_not_keep_the_others_out(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    (tmp_path / "病毒.exe").write_bytes(b"MZ")
    (tmp_path / "改名.pdf").write_bytes(b"no paper")
    (tmp_path / "空.png").write_bytes(b"")
    names = ["病毒.exe", "改名.pdf", "空.png", "没有.png"]
    tab.add([*(tmp_path / name for name in names), a_picture(tmp_path / "好.png")])
    assert [each.file_name for each in now(tab).attachments] == ["好.png"]
    assert [name for name in names if f"{name}：" not in told(tab)] == []


def test_a_file_that_is_too_large_is_refused_before_all_of_it_is_read(
    tab: AttachmentsTab, walk: Walk, tmp_path: Path
) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    huge = tmp_path / "大.png"
    with huge.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(5 * tab.desk.rules.attachment_limits.max_bytes)
    assert len(tab._read(huge)) == tab.desk.rules.attachment_limits.max_bytes + 1
    tab.add([huge])
    assert now(tab).attachments == []
    assert "文件超过" in told(tab)


def test_a_signed_copy_belongs_to_its_agreement(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.frozen())
    assert not tab.ui.attachment_agreement.isEnabled()
    choose(tab.ui.attachment_kind, AttachmentKind.SIGNED_AGREEMENT)
    assert tab.ui.attachment_agreement.isEnabled()
    tab.add([a_paper(tmp_path / "协议.pdf")])
    assert now(tab).attachments[0].agreement_no == 1
    assert tab.model.lines[0].cells[0] == "签署的协议书（第1份）"
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    tab.add([a_paper(tmp_path / "证据.pdf")])
    assert now(tab).attachments[1].agreement_no is None


def test_pictures_and_papers_are_seen_where_they_are(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    tab.add([a_picture(tmp_path / "图.png"), a_paper(tmp_path / "文.pdf")])
    assert tab.ui.preview_stack.currentWidget() is tab.ui.pdf
    assert tab.ui.pdf.page_count == 1
    tab.ui.attachments.setCurrentIndex(tab.model.index(0, 0))
    assert tab.ui.preview_stack.currentWidget() is tab.ui.picture
    assert tab.ui.picture.image.size().toTuple() == (300, 200)
    assert tab.ui.picture.rect().contains(tab.ui.picture.place())
    assert not tab.ui.picture.grab().isNull()


def test_a_picture_that_is_broken_says_so(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    (tmp_path / "坏.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    tab.add([tmp_path / "坏.png"])
    assert "另存" in tab.ui.preview_text.text()


def test_content_that_was_changed_behind_the_desks_back_is_told(
    tab: AttachmentsTab, walk: Walk, tmp_path: Path
) -> None:
    case_id = walk.registered()
    show(tab, walk, case_id)
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    tab.add([a_picture(tmp_path / "图.png"), a_picture(tmp_path / "图2.png")])
    with walk.database.writing() as records:
        records.cases.get(case_id).attachments[0].sha256 = "0" * 64
    tab.ui.attachments.setCurrentIndex(tab.model.index(0, 0))
    assert "不一致" in tab.ui.preview_text.text()


def test_a_copy_comes_out_as_it_went_in(tab: AttachmentsTab, walk: Walk, tmp_path: Path) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    picture = a_picture(tmp_path / "图.png")
    tab.add([picture])
    tab.ui.save_copy.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "取出.png"))
    assert (tmp_path / "取出.png").read_bytes() == picture.read_bytes()


def test_a_photo_is_turned_upright(qapp: object, tmp_path: Path) -> None:
    plain = a_picture(tmp_path / "图.jpg").read_bytes()
    turned = plain[:2] + EXIF_TURNED + plain[2:]
    assert read_image(plain).size().toTuple() == (300, 200)
    assert read_image(turned).size().toTuple() == (200, 300)


def test_a_huge_photo_is_read_smaller(qapp: object, tmp_path: Path) -> None:
    image = read_image(a_picture(tmp_path / "图.jpg", 2 * LONGEST_SIDE, 100).read_bytes())
    assert image.size().toTuple() == (LONGEST_SIDE, 50)


@pytest.mark.parametrize(("size", "words"), [(10, "1 KB"), (312_400, "312 KB"), (4_120_000, "4.1 MB")])
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_an_attachment_is_removed_with_a_reason_and_goes_from_the_screen(
    tab: AttachmentsTab, walk: Walk, tmp_path: Path, qtbot: QtBot
) -> None:
    show(tab, walk, walk.registered())
    choose(tab.ui.attachment_kind, AttachmentKind.EVIDENCE)
    tab.add([a_picture(tmp_path / "照片.png")])
    assert tab.ui.preview_stack.currentWidget() is tab.ui.picture
    tab.remove()
    dialog = tab.findChild(RemoveAttachmentDialog)
    assert dialog is not None
    dialog.save()
    assert "请写明移除的原因" in dialog.ui.removed_reason_caption.text()
    dialog.ui.removed_reason.setPlainText("误传了别人的证件")
    dialog.save()
    assert "（已移除）" in tab.model.lines[0].cells[0]
    assert tab.ui.preview_stack.currentWidget() is tab.ui.text_page
    assert "误传了别人的证件" in tab.ui.preview_text.text()
    assert not tab.ui.save_copy.isEnabled()
    assert not tab.ui.remove_attachment.isEnabled()
